# ruff: noqa: E501 - the set phrases are read more easily one to a line
"""Pages that a site sends in place of an article: access checks, error pages, lists of other pages.
Recognised by their own phrases, and only if they say little else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from bot.core.errors import ArticleError
from bot.sources.formats.html.blocks.page_blocks import PageBlock
from bot.sources.formats.html.blocks.page_parts import is_linked, is_prose

_LITTLE = 150
"""Number of words above which a page is an article, perhaps one about such pages."""
_CHALLENGE = re.compile(
    r"(?:checking|verifying|verify|confirm|making sure|prove)\b.{0,40}\b(?:browser|(?:are|you.re) (?:a )?(?:human|person|not a (?:ro)?bot))"
    r"|are you a (?:human|robot)|not a robot|unusual traffic|ddos protection|ray id"
    r"|(?:complete|solve) (?:the|this) (?:captcha|security check|challenge)"
    r"|(?:enable|turn on|activate|allow) (?:java ?script and )?cookies|(?:enable|turn on) java ?script\b.{0,40}\b(?:continue|proceed|go on)"
    r"|überprüfen.{0,40}browser|kein roboter|vérif\w+.{0,30}humain|verifica\w*.{0,30}human",
    re.I | re.S,
)  # fmt: skip
_CHALLENGE_TITLE = re.compile(
    r"(?:(?:just )?(?:a|one) moment(?:,? please)?|please wait|einen moment(?: bitte)?|un instant"
    r"|attention required|security check|captcha|robot check|robot or human|human verification"
    r"|access (?:to this page )?(?:has been )?(?:denied|blocked)|ddos-guard"
    r"|checking your browser.{0,60}|pardon our interruption.{0,20}|you have been blocked.{0,20})"
    r"[\W_]*(?:[|–—-].{0,40})?",
    re.I,
)
_MISSING = re.compile(
    r"(?:(?:error|fehler|erreur)\W*)?(?:404|410)\b(?!\d).{0,60}"
    r"|.{0,40}\b(?:page|site|article|story|document|file|content|url)\b.{0,30}"
    r"\b(?:(?:could )?not (?:be )?found|not available|no longer (?:available|exists?|here)|does ?n.?o?t exist|cannot be found|is gone|is missing)\b.{0,40}"
    r"|(?:oops|sorry|whoops)\b.{0,60}\b(?:not found|404|exist|missing|gone)\b.{0,40}"
    r"|not found|.{0,30}nicht gefunden.{0,20}|.{0,30}introuvable.{0,20}|.{0,30}no (?:se )?(?:ha )?(?:sido )?encontrad[oa].{0,20}"
    r"|.{0,30}non trovat[oa].{0,20}|.{0,30}não encontrad[oa].{0,20}|.{0,30}niet gevonden.{0,20}|.{0,30}не найден[ао]?.{0,20}|.{0,20}(?:見つかりません|找不到|不存在).{0,20}",
    re.I,
)  # fmt: skip
_LOGIN = re.compile(
    r"(?:please )?(?:log ?in|sign ?in|anmelden|se connecter|iniciar sesión)(?:\W.{0,40})?|before you continue.{0,40}",
    re.I,
)
_LIST_TYPES = re.compile(r'"@type"\s*:\s*"(?:CollectionPage|ItemList|SearchResultsPage)"')
_ARTICLE_TYPES = re.compile(r'"@type"\s*:\s*(?:\[[^\]]*)?"\w*(?:Article|Posting|Report)"')
_ENTRIES = 6
"""Number of linked headings, with a line or two below each, that make a list."""


def refusal_of(tree: HtmlElement, title: str, kept: Sequence[PageBlock]) -> ArticleError | None:
    """Return the error of a page that is no article; None for an article.

    Takes the page's tree, its title, and the blocks that were taken for its article.
    """
    words = sum(block.words for block in kept)
    if words <= _LITTLE:
        names = [
            title,
            *(" ".join(str(h.text_content()).split()) for h in tree.iter("h1", "title")),
        ]
        names = [name[:200] for name in names if name]
        text = " ".join([*names, *(block.text for block in kept)])
        if any(map(_CHALLENGE_TITLE.fullmatch, names)) or _CHALLENGE.search(text):
            return ArticleError("page.challenge")
        if any(map(_MISSING.fullmatch, names)):
            return ArticleError("page.missing")
        if words <= _LITTLE / 3 and any(map(_LOGIN.fullmatch, names)):
            return ArticleError("page.login")
    if _is_list(tree, kept):
        return ArticleError("page.list")
    return None


def _is_list(tree: HtmlElement, kept: Sequence[PageBlock]) -> bool:
    """Return whether a page lists others, each with its linked title and a line or two."""
    runs, longest = 0, 0
    for block in kept:
        runs = runs + 1 if is_prose(block) else 0
        longest = max(longest, runs)
    if longest >= 3:
        return False
    source = " ".join(
        str(script.text_content())[:200_000]
        for script in tree.iter("script")
        if "ld+json" in (script.get("type") or "").lower()
    )
    if _LIST_TYPES.search(source) and not _ARTICLE_TYPES.search(source):
        return True
    headings = [block for block in kept if block.kind == "heading"]
    linked = sum(is_linked(block) for block in headings)
    prose = sum(is_prose(block) for block in kept)
    return linked >= _ENTRIES and linked >= 0.8 * len(headings) and longest <= 1 and prose <= linked
