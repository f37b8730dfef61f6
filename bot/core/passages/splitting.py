"""Splitting of articles into passages.

A passage is one paragraph, because that is what its author made a unit and what a citation
names. Two exceptions:

* Where an article is written in paragraphs of a sentence or two, as news are, one of them says
  too little to be found by (its subject stands in the paragraph before), so neighbours are put
  together until there are `ENOUGH_WORDS`, at most `MOST_PARAGRAPHS` of them and `MOST_WORDS` words.
  Only there: among paragraphs of ordinary length a short one keeps its own address, but for a
  heading that its author wrote as a paragraph, or a short question: what is below answers it.
* A paragraph of more than `LONGEST_WORDS` words is cut at sentence ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from bot.core.article import Article, Span, word_count
from bot.core.named_tuple import NamedTuple
from bot.core.passage import Passage, Surroundings
from bot.core.passages.passage_blocks import QUESTION_MARKS, is_heading
from bot.core.passages.quoted_paragraphs import MOST_PARAGRAPHS, MOST_WORDS
from bot.core.seams import Analyzer

SHORT_WORDS = 45
"""An article whose median paragraph has fewer words than this is written in short paragraphs."""
QUOTED_WITH_NEIGHBOURS_WORDS = 60
"""An article whose median paragraph has fewer words than this is quoted with what stands around the
paragraph that answers; see `bot.core.passages.quoted_paragraphs`."""
ENOUGH_WORDS = 120
"""Number of words of a passage to which no further paragraph is added. News often say in one
paragraph what happened, and in the next one when, where or why."""
LONGEST_WORDS = 400
_CODE_POINTS_A_WORD = 10
"""Code points of text without a space that count as one word, as a long link is several words."""
_UNSPACED = (
    ("[\u3041-\u30ff\u3400-\u9fff]", 1.6),
    ("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]", 5.5),
)
"""Scripts that write no spaces, as regular expressions, and how many of their code points say what
one English word says: the Universal Declaration of Human Rights has 1.6 of Chinese for each, 2.4
of Japanese, 5.2 of Thai, 5.8 of Lao and Khmer, 8.1 of Burmese."""
_LINE = re.compile(r"[^\s](?:[^\n]*[^\s])?")
_NUMBER = re.compile(r"\d{1,3}[.)]")
"""The number of an item of a list, which ends no sentence."""


class _Unit(NamedTuple):
    """A unit that is not split: a paragraph, or a piece of a huge one."""

    paragraph: int
    words: int
    opens: bool
    """True if it is a heading or a short question, and belongs to the next paragraph."""
    start: int
    """Offset of the paragraph in the article's text."""
    sentences: Sequence[Span]
    """Their spans in the paragraph; at least one."""


def split(article: Article, language: str, analyzer: Analyzer) -> tuple[Passage, ...]:
    """Cut an article into passages, in order and without overlap.

    Every sentence of every paragraph lies whole in exactly one passage, and
    ``article.text[passage.start:passage.end] == passage.text``. ``language`` is the article's.
    """
    words = [count_words(article.text[start:end]) for start, end in article.paragraphs]
    units = [
        unit
        for number, (span, total) in enumerate(zip(article.paragraphs, words, strict=True), 1)
        for unit in _units(article.text, number, span, total, analyzer, language)
    ]
    usual = _median(words)
    groups = _merge(units, ENOUGH_WORDS if usual < SHORT_WORDS else 0)
    passages = tuple(_passage(article, number, group) for number, group in enumerate(groups))
    if usual >= QUOTED_WITH_NEIGHBOURS_WORDS or article.pages:
        return passages
    around = _surroundings(article, groups, passages)
    return tuple(
        passage._replace(around=each) for passage, each in zip(passages, around, strict=True)
    )


def _units(
    text: str, number: int, span: Span, total: int, analyzer: Analyzer, language: str
) -> Iterator[_Unit]:
    """One paragraph of ``total`` words, or the pieces of a huge one; nothing for one that is all
    white space."""
    paragraph = text[span.start : span.end]
    sentences = _lines(paragraph, analyzer.sentences(paragraph, language))
    if total <= LONGEST_WORDS:
        if sentences:
            asks = total <= SHORT_WORDS and paragraph.rstrip().endswith(QUESTION_MARKS)
            opens = asks or is_heading(paragraph.strip())
            yield _Unit(number, total, opens, span.start, sentences)
        return
    piece: list[Span] = []
    words = 0
    for sentence in sentences:
        more = count_words(paragraph[sentence.start : sentence.end])
        if piece and words + more > MOST_WORDS:
            yield _Unit(number, words, False, span.start, piece)
            piece, words = [], 0
        piece.append(sentence)
        words += more
    if piece:
        yield _Unit(number, words, False, span.start, piece)


def _lines(paragraph: str, sentences: Sequence[Span]) -> Sequence[Span]:
    """Return the sentences, cut where a line ends: a heading, an item of a list and a row of a
    table each stand alone, an item with its number. Prose has no line ends within a paragraph."""
    if "\n" not in paragraph:
        return sentences
    lines: list[Span] = []
    for begin, end in sentences:
        for found in _LINE.finditer(paragraph, begin, end):
            start = found.start()
            if lines and _is_number_of(paragraph, lines[-1], start):
                start = lines.pop().start
            lines.append(Span(start, found.end()))
    return lines


def _is_number_of(paragraph: str, piece: Span, start: int) -> bool:
    """Return whether a piece is the number of the list item that begins at ``start``."""
    return (
        _NUMBER.fullmatch(paragraph, *piece) is not None
        and "\n" not in paragraph[piece.end : start]
    )


def _median(words: Sequence[int]) -> float:
    """Return the median of an article's words per paragraph; 0 if it has none."""
    from statistics import median

    return median(words) if words else 0.0


def _merge(units: Sequence[_Unit], enough: int) -> list[list[_Unit]]:
    """Put short neighbours together, each group as soon as it has ``enough`` words. A heading stays
    with what is below it, and a question with its reply."""
    groups: list[list[_Unit]] = []
    words = 0
    for unit in units:
        last = groups[-1][-1] if groups else None
        opened = last is not None and last.opens and last.words + unit.words <= MOST_WORDS
        if (
            groups
            and (words < enough or (opened and not enough))
            and len(groups[-1]) < MOST_PARAGRAPHS
            and words + unit.words <= MOST_WORDS
        ):
            groups[-1].append(unit)
            words += unit.words
        elif opened and len(groups[-1]) > 1:
            groups.append([groups[-1].pop(), unit])
            words = sum(each.words for each in groups[-1])
        else:
            groups.append([unit])
            words = unit.words
    return groups


def _passage(article: Article, number: int, group: Sequence[_Unit]) -> Passage:
    first, last = group[0], group[-1]
    start, end = first.start + first.sentences[0].start, last.start + last.sentences[-1].end
    sentences: list[Span] = []
    for unit in group:
        shift = unit.start - start
        sentences += (
            [Span(begin + shift, stop + shift) for begin, stop in unit.sentences]
            if shift
            else unit.sentences
        )
    return Passage(
        article=article.slug,
        number=number,
        first=first.paragraph,
        last=last.paragraph,
        start=start,
        end=end,
        text=article.text[start:end],
        sentences=tuple(sentences),
        page=article.pages[first.paragraph - 1] if article.pages else None,
    )


def _surroundings(
    article: Article, groups: Sequence[Sequence[_Unit]], passages: Sequence[Passage]
) -> Iterator[Surroundings | None]:
    """Yield the surroundings of each passage; None for a piece of a huge paragraph, and across one
    that is all white space."""
    units = [unit for group in groups for unit in group]
    pieces = {one.paragraph for one, other in pairwise(units) if one.paragraph == other.paragraph}
    whole = {
        unit.paragraph: unit
        for unit in units
        if unit.words <= LONGEST_WORDS and unit.paragraph not in pieces
    }
    for group, passage in zip(groups, passages, strict=True):
        own = range(passage.first, passage.last + 1)
        if any(number not in whole for number in own):
            yield None
            continue
        quoted = tuple(_quoted(unit.paragraph, whole) for unit in group)
        first, last = min(span.start for span in quoted), max(span.end for span in quoted)
        first, last = min(first, passage.first), max(last, passage.last)
        covered = [whole[number] for number in range(first, last + 1)]
        start, end = _start(covered[0]), covered[-1].start + covered[-1].sentences[-1].end
        yield Surroundings(
            first,
            tuple(_start(unit) - passage.start for unit in covered),
            quoted,
            article.text[start : passage.start],
            _sentences([unit for unit in covered if unit.paragraph < own.start], start),
            article.text[passage.end : end],
            _sentences([unit for unit in covered if unit.paragraph >= own.stop], passage.end),
        )


def _quoted(paragraph: int, whole: Mapping[int, _Unit]) -> Span:
    """Return the first and the last paragraph that are quoted if one answers: what follows it is
    looked at first."""
    first = last = paragraph
    words = whole[paragraph].words
    for step in (1, 1, -1, -1):
        other = last + 1 if step > 0 else first - 1
        if other not in whole or last - first + 1 == MOST_PARAGRAPHS:
            continue
        if words + whole[other].words <= MOST_WORDS:
            words += whole[other].words
            first, last = min(first, other), max(last, other)
    return Span(first, last)


def _start(unit: _Unit) -> int:
    """Return the offset of a unit's first sentence in the article's text."""
    return unit.start + unit.sentences[0].start


def _sentences(units: Sequence[_Unit], origin: int) -> tuple[Span, ...]:
    """Return the spans of units' sentences, from an offset in the article's text."""
    return tuple(
        Span(start + unit.start - origin, end + unit.start - origin)
        for unit in units
        for start, end in unit.sentences
    )


def count_words(text: str) -> int:
    """Return the approximate number of words of a text in any script: the words between white
    space, or the words that its code points amount to, if these are more (Chinese, Thai, a long
    link)."""
    spaced = word_count(text)
    if len(text) <= spaced * _CODE_POINTS_A_WORD:
        return spaced
    unspaced = sum(len(re.findall(script, text)) / points for script, points in _UNSPACED)
    return max(spaced, len(text) // _CODE_POINTS_A_WORD, round(unspaced))
