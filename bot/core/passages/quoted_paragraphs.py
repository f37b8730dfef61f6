"""The words that are quoted of a passage.

Where an article's paragraphs are short, the one that answers is quoted with what follows it, and
where there is room for it with what comes before: which paragraphs were put together to be found
is an accident of counting. Elsewhere the passage is quoted.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from bot.core.article import Span
from bot.core.passage import Passage

MOST_PARAGRAPHS = 3
"""Maximum number of paragraphs that are put together."""
MOST_WORDS = 200
"""Maximum number of words of several paragraphs that are put together."""


def paragraph_at(passage: Passage, offset: int) -> int:
    """Return which of a passage's paragraphs, from 0, stands at an offset in its text; 0 if they
    are not told apart."""
    around = passage.around
    if around is None:
        return 0
    return bisect_right(around.starts, offset) - 1 + around.first - passage.first


def quoted_around(passage: Passage, at: int) -> Passage:
    """Return what is quoted of a passage if the paragraph ``at``, from 0, answers: a passage of the
    same article and ordinal."""
    around = passage.around
    if around is None:
        return passage
    first, last = around.quoted[at]
    past = last + 1 - around.first
    whole = len(passage.text) + len(around.after)
    end = around.starts[past] if past < len(around.starts) else whole
    return _cut(passage, Span(first, last), Span(around.starts[first - around.first], end))


def quoted_words(passage: Passage, words: Span) -> Passage:
    """Return just some words of a passage and its surroundings, whole paragraphs, as a passage of
    the same article and ordinal; all of it where its paragraphs are not told apart."""
    around = passage.around
    if around is not None:
        first, starts = around.first, around.starts
    else:
        blocks = passage.text.split("\n\n")
        first = passage.first
        if len(blocks) != passage.last - first + 1:
            return passage
        starts = (0, *accumulate(len(block) + 2 for block in blocks[:-1]))
    first -= 1
    numbers = Span(
        first + bisect_right(starts, words.start), first + bisect_right(starts, words.end - 1)
    )
    return _cut(passage, numbers, words)


def _cut(passage: Passage, numbers: Span, words: Span) -> Passage:
    """Return the sentences of a passage and its surroundings that begin within a span."""
    around = passage.around
    before, after = (around.before, around.after) if around else ("", "")
    own_end = len(passage.text)
    spans = [((span, 0) for span in passage.sentences)]
    if around:
        spans = [
            ((span, -len(before)) for span in around.sentences_before),
            *spans,
            ((span, own_end) for span in around.sentences_after),
        ]
    held = [
        Span(span.start + shift, span.end + shift)
        for part in spans
        for span, shift in part
        if words.start <= span.start + shift < words.end
    ]
    start, stop = held[0].start, held[-1].end
    whole = before + passage.text + after
    return passage._replace(
        first=numbers.start,
        last=numbers.end,
        start=passage.start + start,
        end=passage.start + stop,
        text=whole[start + len(before) : stop + len(before)],
        sentences=tuple(Span(one - start, other - start) for one, other in held),
        page=passage.page if numbers.start == passage.first else None,
        around=None,
    )
