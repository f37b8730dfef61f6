"""How an article becomes passages.

A passage is one paragraph, because that is what its author made a unit and what a citation
names. Two exceptions:

* Where an article is written in paragraphs of a sentence or two, as news are, one of them says
  too little to be found by (its subject stands in the paragraph before), so neighbours are put
  together until there are `ENOUGH_WORDS`, at most `MOST_MERGED` of them and `MOST_WORDS` words.
  Only there: among paragraphs of ordinary length a short one keeps its own address.
* A paragraph of more than `LONGEST_WORDS` words is cut at sentence ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.core.article import Article, Span
from bot.core.passage import Passage
from bot.core.seams import Analyzer

SHORT_WORDS = 45
"""An article whose median paragraph has fewer words than this is written in short paragraphs."""
ENOUGH_WORDS = 80
MOST_MERGED = 3
MOST_WORDS = 200
LONGEST_WORDS = 400
_CODE_POINTS_A_WORD = 10
"""For scripts that write no spaces, and for runs without any, a word is at least so many."""


class _Unit(NamedTuple):
    """What stays together: a paragraph, or a piece of a huge one."""

    paragraph: int
    words: int
    sentences: tuple[Span, ...]
    """Their spans in the article's text; at least one."""


def split(article: Article, language: str, analyzer: Analyzer) -> tuple[Passage, ...]:
    """Cut an article into passages, in order and without overlap.

    Every sentence of every paragraph lies whole in exactly one passage, and
    ``article.text[passage.start:passage.end] == passage.text``. ``language`` is the article's.
    """
    units = [
        unit
        for number, span in enumerate(article.paragraphs, 1)
        for unit in _units(article.text, number, span, analyzer, language)
    ]
    groups = _merge(units) if _is_short(article) else [[unit] for unit in units]
    return tuple(_passage(article, place, group) for place, group in enumerate(groups))


def _units(
    text: str, number: int, span: Span, analyzer: Analyzer, language: str
) -> Iterator[_Unit]:
    """One paragraph, or the pieces of a huge one; nothing for one that is all white space."""
    paragraph = text[span.start : span.end]
    sentences = [
        Span(span.start + start, span.start + end)
        for start, end in analyzer.sentences(paragraph, language)
    ]
    total = count_words(paragraph)
    if total <= LONGEST_WORDS:
        if sentences:
            yield _Unit(number, total, tuple(sentences))
        return
    piece: list[Span] = []
    words = 0
    for sentence in sentences:
        more = count_words(text[sentence.start : sentence.end])
        if piece and words + more > MOST_WORDS:
            yield _Unit(number, words, tuple(piece))
            piece, words = [], 0
        piece.append(sentence)
        words += more
    if piece:
        yield _Unit(number, words, tuple(piece))


def _is_short(article: Article) -> bool:
    counts = [count_words(article.text[start:end]) for start, end in article.paragraphs]
    from statistics import median

    return bool(counts) and median(counts) < SHORT_WORDS


def _merge(units: Sequence[_Unit]) -> list[list[_Unit]]:
    """Put short neighbours together, each group as soon as it has enough words."""
    groups: list[list[_Unit]] = []
    words = 0
    for unit in units:
        if (
            groups
            and words < ENOUGH_WORDS
            and len(groups[-1]) < MOST_MERGED
            and words + unit.words <= MOST_WORDS
        ):
            groups[-1].append(unit)
            words += unit.words
        else:
            groups.append([unit])
            words = unit.words
    return groups


def _passage(article: Article, place: int, group: Sequence[_Unit]) -> Passage:
    spans = [sentence for unit in group for sentence in unit.sentences]
    start, end = spans[0].start, spans[-1].end
    return Passage(
        article=article.slug,
        number=place,
        first=group[0].paragraph,
        last=group[-1].paragraph,
        start=start,
        end=end,
        text=article.text[start:end],
        sentences=tuple(Span(a - start, b - start) for a, b in spans),
        page=article.pages[group[0].paragraph - 1] if article.pages else None,
    )


def count_words(text: str) -> int:
    """About how many words a text has, in any script: those between white space, or one for
    every `_CODE_POINTS_A_WORD` code points where that is more (Chinese, Thai, a long link)."""
    return max(len(text.split()), len(text) // _CODE_POINTS_A_WORD)
