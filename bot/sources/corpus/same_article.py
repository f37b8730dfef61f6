"""Detection whether a draft is a newer copy of an existing article, and of the sign that shows it.

An article is replaced only by what is the same thing: nothing that was added may be lost to
another text that happens to bear its title or the name of its file.
"""

from __future__ import annotations

import re

from bot.core.article import Article

MOST = 2 / 3
"""The least share of an article's words that a newer copy still holds. Two letters of one series
share their opening and their closing words, which is less."""
_WORDS = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]|\w+|[^\w\s]")
"""Pattern of a word; a character of a script without spaces is a word here."""
_RUN = 3


def reason_to_replace(known: Article, new: Article) -> str | None:
    """Return why ``new`` may take the place of ``known``, in words that end the sentence "it has
    ..."; None if it is another article.

    The same url, or the same original by its SHA-256, say so whatever the texts are; two urls, or
    two dates, say that they are two. Else the texts decide: an original takes the place of its
    digest, and any other text that of the one that it holds for the most part.
    """
    before, after = known.head, new.head
    if before.url and after.url:
        return "the same link" if before.url == after.url else None
    if before.sha256 and before.sha256 == after.sha256:
        return "the same original"
    if before.published and after.published and before.published != after.published:
        return None
    if before.digest_of and not after.digest_of:
        is_named_alike = before.title.casefold() == after.title.casefold()
        return "the original's words" if is_named_alike else None
    if after.digest_of and not before.digest_of:
        return None
    return "the same text for the most part" if kept_share(known, new) >= MOST else None


def kept_share(known: Article, new: Article) -> float:
    """Return the share of the known article's words, from 0 to 1, that the new one still has: in a
    paragraph that it has as a whole, or within a run of three words that it has."""
    paragraphs = {_words(new, number) for number in range(1, len(new.paragraphs) + 1)}
    runs = {run for words in paragraphs for run in zip(words, words[1:], words[2:], strict=False)}
    kept = total = 0
    for number in range(1, len(known.paragraphs) + 1):
        words = _words(known, number)
        total += len(words)
        if words in paragraphs:
            kept += len(words)
            continue
        held: set[int] = set()
        for start, run in enumerate(zip(words, words[1:], words[2:], strict=False)):
            if run in runs:
                held.update(range(start, start + _RUN))
        kept += len(held)
    return kept / total if total else 0.0


def _words(article: Article, number: int) -> tuple[str, ...]:
    return tuple(_WORDS.findall(article.quote(number, number).casefold()))
