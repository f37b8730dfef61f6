"""A quotation for Discord: the article's own words, the answer sentence in bold, within a budget.

What is too long is cut between sentences, around the one that answers; a single sentence that is
too long is cut between words. A cut is always made in the article's text, before it is escaped and
marked, so no escape, no mark of bold and no character is ever cut in two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.core.article import Span
from bot.frontends.discord.cards.escaping import ELLIPSIS, escape, length, prefix

_GAP = f"[{ELLIPSIS}]"
_BOLD = len("****")
_SENTENCE_END = re.compile(r"[.!?。！？।؟][\"'”’»)\]]*(?=\s)|\n")


def quotation(text: str, sentences: Sequence[Span], answer: Span | None, budget: int) -> str:
    """Return the text, escaped, with one sentence in bold.

    Takes the passage's text, its sentences' spans, the span of the one to mark (None marks none)
    and the most units the result may have. Where the text has to be cut, whole sentences around
    the marked one stay, as many as fit.
    """
    whole = Span(0, len(text))
    marked = _strip(text, answer) if answer is not None else None
    if (full := _render(text, whole, marked)) and length(full) <= budget:
        return full
    spans = [span for span in sentences if text[span.start : span.end].strip()] or [whole]
    middle = next(
        (i for i, span in enumerate(spans) if marked and span.start <= marked.start < span.end), 0
    )
    first = last = middle
    kept = _excerpt(text, spans[first].start, spans[last].end, marked)
    if length(kept) > budget:
        return _one_sentence(text, marked or spans[middle], marked, budget)
    grew = True
    while grew:
        grew = False
        for after, before in ((1, 0), (0, 1)):
            low, high = first - before, last + after
            if low < 0 or high >= len(spans):
                continue
            wider = _excerpt(text, spans[low].start, spans[high].end, marked)
            if length(wider) <= budget:
                first, last, kept, grew = low, high, wider, True
    return kept


def beginning(text: str, budget: int) -> str:
    """Return the text's beginning, escaped, cut at a sentence's end where it is over the budget."""
    if length(full := escape(text)) <= budget:
        return full
    end = _fitting(text, budget - length(_GAP) - 1)
    ends = [found.end() for found in _SENTENCE_END.finditer(text, 0, end + 1) if found.end() <= end]
    end = ends[-1] if ends else _word_end(text, end)
    return f"{escape(text[:end].rstrip())} {_GAP}".lstrip()


def ending(text: str, budget: int) -> str:
    """Return the text's end, escaped, cut at a sentence's beginning where it is over the budget."""
    if length(full := escape(text)) <= budget:
        return full
    for found in _SENTENCE_END.finditer(text):
        tail = text[found.end() :].strip()
        if tail and length(_GAP) + 1 + length(escape(tail)) <= budget:
            return f"{_GAP} {escape(tail)}"
    return beginning(text, budget)


def _strip(text: str, span: Span) -> Span | None:
    """Return the span without white space at its ends, which Discord does not take inside bold."""
    inside = text[span.start : span.end]
    start = span.start + len(inside) - len(inside.lstrip())
    end = span.end - (len(inside) - len(inside.rstrip()))
    return Span(start, end) if start < end else None


def _render(text: str, span: Span, marked: Span | None) -> str:
    if marked is None or not (span.start <= marked.start and marked.end <= span.end):
        return escape(text[span.start : span.end])
    before = escape(text[span.start : marked.start])
    bold = escape(text[marked.start : marked.end])
    return f"{before}**{bold}**{escape(text[marked.end : span.end])}"


def _excerpt(text: str, start: int, end: int, marked: Span | None) -> str:
    before = f"{_GAP} " if text[:start].strip() else ""
    after = f" {_GAP}" if text[end:].strip() else ""
    return f"{before}{_render(text, Span(start, end), marked)}{after}"


def _one_sentence(text: str, span: Span, marked: Span | None, budget: int) -> str:
    room = budget - 2 * (length(_GAP) + 1) - _BOLD
    inside = text[span.start : span.end]
    end = span.start + _word_end(inside, _fitting(inside, room))
    return _excerpt(text, span.start, end, Span(span.start, end) if marked else None)


def _fitting(text: str, budget: int) -> int:
    """Return the number of characters of the text that fit the budget when escaped."""
    end = len(prefix(text, budget))
    while end > 0 and (over := length(escape(text[:end])) - budget) > 0:
        end -= max(1, over // 2)
    return max(end, 0)


def _word_end(text: str, end: int) -> int:
    """Return the last end of a word at or before ``end``; ``end`` itself if no word ends there."""
    if end >= len(text) or text[end].isspace():
        return end
    space = max(text.rfind(" ", 0, end), text.rfind("\n", 0, end))
    return space if space > end // 2 else end
