"""Threads: pages whose article is a series of posts, such as a question with its answers or a topic
of a forum. Comments on posts are no posts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from bot.sources.formats.html.blocks.page_blocks import PageBlock
from bot.sources.formats.html.blocks.page_parts import is_prose
from bot.sources.formats.html.blocks.part_names import APART_NAMES, part_name
from bot.sources.formats.html.blocks.wording import words_of
from bot.sources.formats.html.body.boilerplate import is_label

_THREAD = re.compile(r"schema\.org/(?:Question|QAPage|DiscussionForumPosting)$")
_POST = re.compile(r"schema\.org/(?:Question|Answer|Comment|DiscussionForumPosting)$")
_POST_CLASSES = frozenset("bbWrapper js-post-body cooked post_body".split())
"""Classes of posts' texts: XenForo, Stack Exchange, Discourse, MyBB. Names that blogs give to
articles, teasers and comments, too, such as ``post-text``, are none."""
_POST_ID = re.compile(r"(?:post_message|msg)_\d+")
"""Ids of posts' texts: vBulletin, SMF."""
_QUOTATIONS = ("blockquote", "aside")
_DEEPEST = 8
"""Number of quotations, each within the one before, that are looked at."""
_RUN = 4
"""Number of words in a row by which a quotation is found in what was said before."""
_BESIDE = 0.3
"""Share of the posts' words that the page's other text may have, at most, if they are a thread."""
_ARTICLE = 100
"""Number of words in front of the first post that are an article, and the posts its comments."""


def posts_of(tree: HtmlElement) -> list[HtmlElement]:
    """Return the elements with the texts of a page's posts, in order; empty unless there are two
    or more. What a post quotes from one before it is removed from the tree."""
    found = [
        element for element in tree.iter() if isinstance(element.tag, str) and _is_post(element)
    ]
    if len(found) < 2:
        return []
    every = set(found)
    posts = [post for post in found if every.isdisjoint(post.iterancestors())]
    if len(posts) < 2:
        return []
    said: set[tuple[str, ...]] = set()
    for post in posts:
        for quotation in reversed(list(post.iter(*_QUOTATIONS))):
            around = quotation.iterancestors(*_QUOTATIONS)
            if next(islice(around, _DEEPEST, None), None) is not None:
                continue
            quoted = _quoted(quotation)
            if not quoted or said.issuperset(_runs(quoted, min(len(quoted), _RUN))):
                quotation.drop_tree()
        words = words_of(str(post.text_content()))
        for length in range(1, _RUN + 1):
            said.update(_runs(words, length))
    return posts


def thread_of(
    posts: Sequence[HtmlElement], blocks: Sequence[PageBlock], chosen: Sequence[bool]
) -> list[PageBlock]:
    """Return the blocks of a page's posts; empty where the posts stand below an article, whose
    blocks are then among those that were chosen."""
    if not posts:
        return []
    every = set(posts)
    kept: list[PageBlock] = []
    beside = words = 0
    for block, choice in zip(blocks, chosen, strict=True):
        if not every.isdisjoint((block.element, *block.element.iterancestors())):
            if not is_label(block.text):
                kept.append(block)
            words += block.words
        elif choice and is_prose(block):
            beside += block.words
            if not words and beside >= _ARTICLE:
                return []
    return kept if beside <= _BESIDE * words else []


def _is_post(element: HtmlElement) -> bool:
    if element.get("itemprop") in ("text", "articleBody"):
        items = [e for e in element.iterancestors() if e.get("itemscope") is not None]
        return bool(
            items
            and _POST.search(items[0].get("itemtype") or "")
            and any(_THREAD.search(item.get("itemtype") or "") for item in items)
            and not any("FAQPage" in (item.get("itemtype") or "") for item in items)
        )
    return _is_named_post(element) and not any(
        part_name(box) in APART_NAMES or "signature" in (box.get("class") or "")
        for box in element.iterancestors()
    )


def _is_named_post(element: HtmlElement) -> bool:
    """Return whether an element has the class or the id of a post's text."""
    names = (element.get("class") or "").split()
    if "content" in names:  # phpBB
        boxes = islice(element.iterancestors(), 2)
        return any("postbody" in (box.get("class") or "").split() for box in boxes)
    return (
        not _POST_CLASSES.isdisjoint(names)
        or _POST_ID.fullmatch(element.get("id") or "") is not None
    )


def _runs(words: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[n : n + length]) for n in range(len(words) - length + 1))


def _quoted(quotation: HtmlElement) -> list[str]:
    """Return the words of a quotation without the line that says whose they are."""
    lines = [
        str(part.text_content())
        for part in quotation.iter("cite", "div")
        if part.tag == "cite" or "title" in (part.get("class") or "").split()
    ]
    words = words_of(str(quotation.text_content()))
    first = words_of(lines[0]) if lines else []
    return words[len(first) :] if words[: len(first)] == first else words
