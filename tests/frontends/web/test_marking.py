"""Runs of text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.core.article import Span
from bot.frontends.web.marking import MarkedRun, part, runs

TEXTS = st.text(max_size=40)
SPANS = st.tuples(st.integers(0, 45), st.integers(0, 45)).map(lambda pair: Span(*sorted(pair)))


@given(TEXTS, st.none() | SPANS, st.lists(st.integers(0, 45), unique=True))
def test_runs_are_the_text_and_mark_what_is_marked(
    text: str, marked: Span | None, edges: list[int]
) -> None:
    edges.sort()
    hits = [Span(*pair) for pair in zip(edges[::2], edges[1::2], strict=False)]
    found = runs(text, marked, hits)
    assert "".join(run.text for run in found) == text
    assert all(run.text for run in found)
    flags = [(run.marked, run.hit) for run in found for _ in run.text]
    for at, flag in enumerate(flags):
        assert flag == (
            marked is not None and marked.start <= at < marked.end,
            any(hit.start <= at < hit.end for hit in hits),
        )
    at_marks = [at for at, run in enumerate(found) if run.marked]
    assert [at for at, run in enumerate(found) if run.opens] == at_marks[:1]
    assert [at for at, run in enumerate(found) if run.closes] == at_marks[-1:]


def test_a_sentence_with_words_that_matched() -> None:
    assert runs("So. Gulls fly.", Span(4, 14), [Span(0, 2), Span(4, 9)]) == (
        MarkedRun("So", hit=True),
        MarkedRun(". "),
        MarkedRun("Gulls", marked=True, hit=True, opens=True),
        MarkedRun(" fly.", marked=True, closes=True),
    )


def test_the_part_of_a_span_within_another() -> None:
    assert part(Span(5, 15), Span(10, 20)) == Span(0, 5)
    assert part(Span(5, 15), Span(0, 8)) == Span(5, 8)
    assert part(Span(5, 8), Span(8, 20)) is None
    assert part(None, Span(0, 9)) is None
