"""Verification of a citation: whether the words are still at the address that it gives.

Four verdicts: ``identical``; ``moved``, the same words are elsewhere in the article;
``changed``, other words are there, or where the paragraph that is nearly as quoted stands now;
``gone``, neither the words nor the paragraph exists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from bot.core.article import Article
from bot.core.errors import AddressError
from bot.core.passage import Passage
from bot.core.passages.address import Address, full_words_hash, words_hash

_MARK = "**"
"""The sign before and behind the sentence that answers, where bold cannot be shown."""
_GRAM = 6
"""Code points of the pieces by which nearly the same words are found, in scripts without spaces,
too."""
_NEARLY = 0.5
"""Least share of a quotation's pieces in a paragraph that is nearly what was quoted."""


class Difference(NamedTuple):
    """A run of words: ``same``, ``removed`` (quoted, no longer there) or ``added``."""

    kind: str
    words: str


class Verdict(NamedTuple):
    """The outcome of verifying a quotation."""

    status: str
    """``identical``, ``moved``, ``changed`` or ``gone``."""
    address: Address
    """Address of the words now, hash included, or the one at which they were sought."""
    text: str | None
    """The text that is now at the address, or None if there is none."""
    differences: tuple[Difference, ...] = ()
    """Differences from the quotation to the present text; empty without a quotation to compare."""

    @property
    def holds(self) -> bool:
        """True if the quotation is still the article's own words."""
        return self.status in ("identical", "moved")


def verify(
    address: Address,
    article: Article | None,
    passages: Sequence[Passage],
    quotation: str | None = None,
) -> Verdict:
    """Check what an address cites.

    ``article`` is the article as its file holds it now, None if it is gone; ``passages`` its
    passages, for a quotation may be a piece of a huge paragraph. ``quotation`` is the text that was
    quoted, where it is at hand. Raises `AddressError` if neither a hash nor a quotation says what
    was quoted, or no paragraph is named.
    """
    if address.first is None or address.last is None:
        raise AddressError("address.without_paragraph", address=str(address))
    if address.hash is None and not (quotation and quotation.split()):
        raise AddressError("address.without_quotation", address=str(address))
    if article is None:
        return Verdict("gone", address, None)
    if quotation:
        quotation = _without_marks(quotation, article)
    there = address.last <= len(article.paragraphs)
    if there and _is_quoted(address, article.quote(address.first, address.last), quotation):
        return Verdict("identical", address, article.quote(address.first, address.last))
    for location, text in _candidates(address, article, passages):
        if _is_quoted(address, text, quotation):
            same = (location.first, location.last) == (address.first, address.last)
            return Verdict("identical" if same else "moved", location, text)
    if quotation and (nearly := _nearly_quoted(address, article, quotation)):
        address, there = nearly, True
    if not there:
        return Verdict("gone", address, None)
    now = article.quote(address.first or 1, address.last or 1)
    compared = now
    if quotation and not (address.hash and full_words_hash(quotation).startswith(address.hash)):
        compared = _part_meant(quotation, now)
    differences = compare_words(quotation, compared) if quotation else ()
    return Verdict("changed", address._replace(hash=words_hash(now)), now, differences)


def _without_marks(quotation: str, article: Article) -> str:
    """Return a quotation without the asterisks that mark the sentence which answers, as answers are
    copied with them; unless the article has such signs of its own."""
    if _MARK not in quotation or _MARK in article.text:
        return quotation
    return quotation.replace(_MARK, "")


def _is_quoted(address: Address, text: str, quotation: str | None) -> bool:
    """Return whether a text is what was quoted: by its hash and, if words are given, by these."""
    if address.hash is not None and not full_words_hash(text).startswith(address.hash):
        return False
    return quotation is None or _holds(" ".join(text.split()), " ".join(quotation.split()))


def _holds(text: str, words: str) -> bool:
    """Return whether a text contains these words, none of them cut off: "by 1" is not in "by 15" or
    "by 1.5". Between two letters of a script written without spaces a cut cannot be detected."""
    begins = r"(?<![A-Za-z0-9])(?<![0-9][.,])" if re.match("[A-Za-z0-9]", words) else ""
    ends = r"(?![A-Za-z0-9]|[.,][0-9])" if re.search("[A-Za-z0-9]$", words) else ""
    return re.search(begins + re.escape(words) + ends, text) is not None


def _candidates(
    address: Address, article: Article, passages: Iterable[Passage]
) -> Iterable[tuple[Address, str]]:
    """Return every other location in the article that could be what was quoted, the nearest first.
    Where a paragraph was divided, or two became one, it is a paragraph longer or shorter."""
    first, last = address.first or 1, address.last or 1
    count = len(article.paragraphs)
    candidates = [(p.first, p.last, p.text) for p in passages]
    for size in {last - first, last - first + 1, max(0, last - first - 1)}:
        candidates += [
            (start, start + size, article.quote(start, start + size))
            for start in range(1, count - size + 1)
        ]
    candidates.sort(
        key=lambda candidate: (
            candidate[1] - candidate[0] != last - first,
            candidate[1] - candidate[0],
            abs(candidate[0] - first),
        )
    )
    for start, end, text in candidates:
        yield Address(address.slug, start, end, words_hash(text)), text


def _nearly_quoted(address: Address, article: Article, quotation: str) -> Address | None:
    """Return the address of as many paragraphs that hold the most of a quotation, the nearest of
    equals; None where none holds enough of it to be what became of it."""
    first, size = address.first or 1, (address.last or 1) - (address.first or 1) + 1
    quoted = _grams(quotation)
    spans = article.paragraphs
    if not quoted or size > len(spans):
        return None
    shared = [len(quoted & _grams(article.text[span.start : span.end])) for span in spans]
    sums = [0, *accumulate(shared)]
    held = {at: sums[at - 1 + size] - sums[at - 1] for at in range(1, len(spans) - size + 2)}
    best = max(held, key=lambda at: (held[at], -abs(at - first)))
    if held[best] < _NEARLY * len(quoted):
        return None
    return address._replace(first=best, last=best + size - 1)


def _grams(text: str) -> set[str]:
    words = " ".join(text.split())
    return {words[at : at + _GRAM] for at in range(len(words) - _GRAM + 1)}


def _part_meant(quotation: str, text: str) -> str:
    """Return the part of a text that a quotation of at most half its words is of, as far as the
    two have words in common: what was never quoted was not added."""
    from difflib import SequenceMatcher

    quoted, words = quotation.split(), text.split()
    if 2 * len(quoted) > len(words):
        return text
    longest = SequenceMatcher(a=quoted, b=words).find_longest_match()
    if not longest.size:
        return text
    begin = max(0, longest.b - 2 * longest.a)  # words may have been put in
    end = longest.b + 2 * (len(quoted) - longest.a)
    near = words[begin:end]
    blocks = SequenceMatcher(a=quoted, b=near).get_matching_blocks()[:-1]
    if not blocks:  # difflib leaves out a word that makes up more than a hundredth of many
        return text
    first, last = blocks[0], blocks[-1]
    start = max(0, first.b - first.a)
    return " ".join(near[start : last.b + len(quoted) - last.a])


def compare_words(before: str, after: str) -> tuple[Difference, ...]:
    """Return the word-by-word difference between two texts."""
    from difflib import SequenceMatcher

    old, new = before.split(), after.split()
    differences = []
    matcher = SequenceMatcher(a=old, b=new)
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            differences.append(Difference("same", " ".join(old[old_start:old_end])))
            continue
        if old_end > old_start:
            differences.append(Difference("removed", " ".join(old[old_start:old_end])))
        if new_end > new_start:
            differences.append(Difference("added", " ".join(new[new_start:new_end])))
    return tuple(differences)
