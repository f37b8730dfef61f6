"""The words that are quoted of a passage.

Where an article's paragraphs are short, the one that answers is quoted with what follows it, and
where there is room for it with what comes before: which paragraphs were put together to be found
is an accident of counting. Elsewhere the passage is quoted.
"""

from __future__ import annotations

from bisect import bisect_right

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
    own_end = len(passage.text)
    begin = around.starts[first - around.first]
    past = last + 1 - around.first
    end = around.starts[past] if past < len(around.starts) else own_end + len(around.after)
    spans = [
        *((span, -len(around.before)) for span in around.sentences_before),
        *((span, 0) for span in passage.sentences),
        *((span, own_end) for span in around.sentences_after),
    ]
    held = [
        Span(span.start + shift, span.end + shift)
        for span, shift in spans
        if begin <= span.start + shift < end
    ]
    start, stop = held[0].start, held[-1].end
    whole = around.before + passage.text + around.after
    shift = len(around.before)
    return passage._replace(
        first=first,
        last=last,
        start=passage.start + start,
        end=passage.start + stop,
        text=whole[start + shift : stop + shift],
        sentences=tuple(Span(one - start, other - start) for one, other in held),
        around=None,
    )
