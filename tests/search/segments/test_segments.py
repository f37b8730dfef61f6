"""Segments with postings of every form: written, read, searched and merged."""

from __future__ import annotations

import io
import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import pytest

from bot.core.relevance.term_scoring import inverse_document_frequency, length_norm, term_score
from bot.search.kernel import library
from bot.search.segments.building import SegmentBuilder
from bot.search.segments.compiled import CompiledSearcher
from bot.search.segments.impacts import least_frequency, steps
from bot.search.segments.merging import Input, merge_segments
from bot.search.segments.plain import PlainSearcher, passages_of
from bot.search.segments.searching import Ranges, Searcher, Terms, in_order, include
from bot.search.segments.segment import Segment

Articles = list[tuple[str, list[list[str]]]]


def corpus(seed: int, passages: int, vocabulary: int = 600) -> Articles:
    """Articles whose terms are distributed as words are: a few everywhere, most hardly ever."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    articles: Articles = []
    while sum(len(article) for _, article in articles) < passages:
        texts = [
            [
                f"w{min(vocabulary, int(chance.paretovariate(0.6)))}"
                for _ in range(chance.randint(0, 60))
            ]
            for _ in range(chance.randint(0, 20))
        ]
        articles.append((f"{seed}-{len(articles)}", texts))
    return articles


def segment_of(articles: Articles) -> Segment:
    file = io.BytesIO()
    SegmentBuilder.of_terms(articles).write(file)
    return Segment(file.getvalue(), "test")


@pytest.fixture(scope="module", params=[(1, 60), (2, 9000)], ids=["small", "large"])
def written(request: pytest.FixtureRequest) -> tuple[Articles, Segment]:
    articles = corpus(*request.param)
    return articles, segment_of(articles)


def test_the_tables_of_a_large_segment_may_lie_where_there_is_room() -> None:
    articles: Articles = [(f"article-{number}", [["owl"]]) for number in range(50_000)]
    file, asked = io.BytesIO(), []
    SegmentBuilder.of_terms(articles).write(file)

    def room(size: int) -> memoryview:
        asked.append(size)
        return memoryview(bytearray(size))

    segment = Segment(file.getvalue(), "test", room)
    assert asked == [len(segment.tail)]
    assert bytes(segment.tail) == Segment(file.getvalue(), "test").tail
    assert segment.find_article("article-49999") == 49_999


def test_articles_are_found_by_slug_and_by_passage(written: tuple[Articles, Segment]) -> None:
    articles, segment = written
    first = 0
    for ordinal, (slug, passages) in enumerate(articles):
        assert segment.slug(ordinal) == slug
        assert segment.find_article(slug) == ordinal
        assert segment.range_of(ordinal) == range(first, first + len(passages))
        assert [segment.locate(n) for n in segment.range_of(ordinal)] == [
            (slug, number) for number in range(len(passages))
        ]
        first += len(passages)
    assert segment.find_article("unheard") is None
    assert segment.passages == first


def searchers_of(segment: Segment) -> list[Searcher]:
    """All that can ask a segment on this machine."""
    kernel = library()
    compiled = [CompiledSearcher(segment, kernel)] if kernel is not None else []
    return [PlainSearcher(segment), *compiled]


def everywhere(segment: Segment) -> Ranges[int]:
    """All of its passages."""
    return in_order([range(segment.passages)])


def read(segment: Segment, term: str) -> dict[int, int]:
    """A term's postings as the format says: passage and frequency."""
    postings = segment.postings(term)
    if postings is None:
        return {}
    frequencies = {}
    start = postings.impacts_at
    exceptions = segment.exceptions(start, start + postings.entries)
    impacts = segment.impacts(postings)
    for entry, passage in enumerate(passages_of(segment, postings)):
        if impact := impacts[entry]:
            norm = length_norm(segment.lengths[passage], segment.header.average_length)
            told = int(least_frequency(impact, norm))
            assert math.ceil(steps(told, norm)) == impact
            frequencies[passage] = exceptions.get(entry, told)
    assert postings.document_frequency == len(frequencies)
    return frequencies


def test_postings_are_what_was_put(written: tuple[Articles, Segment]) -> None:
    articles, segment = written
    expected: dict[str, dict[int, int]] = {}
    passages = [passage for _, texts in articles for passage in texts]
    for number, passage in enumerate(passages):
        for term, frequency in Counter(passage).items():
            expected.setdefault(term, {})[number] = frequency
    assert segment.lengths.tolist() == [len(passage) for passage in passages]
    assert segment.header.terms == len(expected)
    assert {term: read(segment, term) for term in expected} == expected
    assert segment.postings("unheard") is None
    for term in expected:
        postings = segment.postings(term)
        assert postings is not None
        ranges = [range(7), range(20, 21), range(30, segment.passages)]
        wanted = sum(n in own for own in ranges for n in expected[term])
        for searcher in searchers_of(segment):
            assert searcher.count(postings, in_order(ranges)) == wanted


@pytest.mark.parametrize("part", [1, 0.9, 0.4, 0.2, 0.01, 0.002, 0.00001])
@pytest.mark.parametrize("often", [1, 300])
def test_postings_are_small_or_quickly_looked_up(part: float, often: int) -> None:
    count = 70_000 if part < 0.0001 else 3_000
    holding = set(random.Random(1).sample(range(count), int(count * part) or 1))  # noqa: S311
    passages = [["red"] * often if n in holding else ["owl"] for n in range(count)]
    passages[-1] = ["red"]
    segment = segment_of([("a", passages)])
    assert read(segment, "red") == {**dict.fromkeys(holding, often), count - 1: 1}
    postings = segment.postings("red")
    assert postings is not None
    if 8 * postings.document_frequency >= count:
        assert (postings.width, postings.entries) == (0, count)
    else:
        assert postings.width
        size = postings.entries * (1 + postings.width)
        assert size <= 3 * postings.document_frequency + 2
    exceptions = segment.exceptions(postings.impacts_at, postings.impacts_at + postings.entries)
    assert len(exceptions) == (len(holding - {count - 1}) if often > 1 else 0)
    file = io.BytesIO()
    merge_segments(file, [Input(segment, frozenset()), Input(segment, frozenset())], None)
    twice = read(Segment(file.getvalue(), "merged"), "red")
    assert twice == {n + at: f for n, f in read(segment, "red").items() for at in (0, count)}


def terms_of(segment: Segment, terms: list[str]) -> Terms:
    """Return what a question of these terms asks of a segment."""
    found = [postings for term in terms if (postings := segment.postings(term)) is not None]
    return [
        (inverse_document_frequency(segment.passages, own.document_frequency), own) for own in found
    ]


@pytest.mark.parametrize("seed", range(25))
def test_the_best_are_those_that_looking_everywhere_finds(
    written: tuple[Articles, Segment], seed: int
) -> None:
    articles, segment = written
    passages = [passage for _, texts in articles for passage in texts]
    chance = random.Random(seed)  # noqa: S311 (no secret)
    terms = list(
        {f"w{chance.randint(1, 600)}" for _ in range(chance.randint(0, 5))}
        | {f"w{int(chance.paretovariate(0.6))}" for _ in range(chance.randint(1, 9))}
    )
    limit = chance.choice([1, 3, 10])
    ordinals = list(range(segment.article_count))
    if seed % 3:
        ordinals = chance.sample(ordinals, chance.randint(1, segment.article_count))
    ranges = in_order(map(segment.range_of, ordinals))
    # the segments beside this one may have longer passages, or shorter ones
    average = segment.header.average_length * chance.choice([1, 1, 0.7, 1.2])
    norm = {n: length_norm(n, average) for n in segment.lengths}
    idf = {
        term: inverse_document_frequency(segment.passages, frequency)
        for term in terms
        if (frequency := sum(term in passage for passage in passages))
    }
    expected = [
        (
            -math.fsum(
                term_score(idf[term], passage.count(term), norm[len(passage)])
                for term in terms
                if term in passage
            ),
            number,
        )
        for number, passage in enumerate(passages)
        if not set(terms).isdisjoint(passage) and include(ranges, number)
    ]
    expected.sort()
    least = -expected[limit - 1][0] if len(expected) >= limit else 0.0
    asked = terms_of(segment, terms)
    for searcher, threshold in product(searchers_of(segment), [0.0, least]):
        found = searcher.best(asked, average, limit, threshold, ranges)
        assert sorted((-score, n) for score, n in found)[:limit] == expected[:limit]


def test_of_very_many_equals_the_first_are_found() -> None:
    segment = segment_of([("a", [["red", "fox"], ["owl"]] * 30_000)])
    asked = terms_of(segment, ["red", "fox"])
    for searcher in searchers_of(segment):
        found = searcher.best(asked, 1.5, 10, 0.0, everywhere(segment))
        assert sorted((-score, n) for score, n in found)[:10] == [
            (-found[0][0], 2 * n) for n in range(10)
        ]


@pytest.mark.parametrize("longest", [1023, 1024, 5000])
def test_of_long_passages_too_every_frequency_is_told(longest: int) -> None:
    passages = [["red"] * (n % 40) + ["owl"] * (1 + n % 7) for n in range(200)]
    passages.append(["red"] * 700 + ["fox"] * (longest - 700))
    segment = segment_of([("a", passages)])
    asked = terms_of(segment, ["red", "owl", "fox"])
    plain, *others = (
        sorted((-score, n) for score, n in searcher.best(asked, 30.0, 20, 0.0, everywhere(segment)))
        for searcher in searchers_of(segment)
    )
    assert [found[:20] for found in others] == [plain[:20]] * len(others)


def as_they_lie(segment: Segment, term: str) -> tuple[Any, ...]:
    """A term's postings, wherever in the file they are."""
    postings = segment.postings(term)
    assert postings is not None
    frequency, entries, width, gaps_at, at, read, read_at = postings
    data = read[gaps_at - read_at : at + entries - read_at]
    return frequency, entries, width, data, segment.exceptions(at, at + entries)


@pytest.mark.parametrize(("seed", "postings"), [(1, 2_000_000), (2, 5_000), (3, 500)])
def test_a_merged_segment_is_the_one_built_at_once(seed: int, postings: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (no secret)
    inputs, left = [], []
    for part in range(4):
        articles = corpus(100 * seed + part, chance.choice([20, 1500]), 3000)
        removed = frozenset(chance.sample(range(len(articles)), chance.choice([0, 2])))
        inputs.append(Input(segment_of(articles), removed))
        left += [article for ordinal, article in enumerate(articles) if ordinal not in removed]
    file = io.BytesIO()
    merge_segments(file, inputs, None, postings)
    merged, wanted = Segment(file.getvalue(), "merged"), segment_of(left)
    assert merged.lengths.tolist() == wanted.lengths.tolist()
    ordinals = range(wanted.article_count)
    assert [merged.slug(p) for p in ordinals] == [wanted.slug(p) for p in ordinals]
    assert [merged.range_of(p) for p in ordinals] == [wanted.range_of(p) for p in ordinals]
    assert merged.header.terms == wanted.header.terms
    for term in {term for _, texts in left for passage in texts for term in passage}:
        assert as_they_lie(merged, term) == as_they_lie(wanted, term)
    assert merged.postings("unheard") is None


class Known:
    """The terms of a few chunks."""

    ignored = ""

    def __init__(self, terms: Mapping[str, Sequence[str]]) -> None:
        self._terms = terms

    def of(self, chunks: Sequence[str]) -> list[Sequence[str]]:
        return [self._terms[chunk] for chunk in chunks]


def test_a_segment_of_texts_is_the_one_of_their_terms() -> None:
    terms = Known({"a": ["x"], "b": [], "c": ["x", "y", "x"], "d": ["z"], "e": ["y", "w"]})
    other = Known({"a": ["de:x"], "c": ["x", "de:y"]})
    chunks = [
        ("one", [["a", "b", "c"], ["d"], []], terms),
        ("two", [], other),
        ("three", [["c", "c", "a"], ["a"] * 300], other),
        ("four", [["b"], ["e", "a", "e"]], terms),
    ]
    builder = SegmentBuilder()
    for slug, passages, of in chunks:
        builder.add_texts(slug, [" ".join(passage) for passage in passages], of)
    file, wanted = io.BytesIO(), io.BytesIO()
    builder.write(file)
    SegmentBuilder.of_terms(
        (slug, [[term for own in of.of(passage) for term in own] for passage in passages])
        for slug, passages, of in chunks
    ).write(wanted)
    assert file.getvalue() == wanted.getvalue()


def test_a_segment_of_nothing_finds_nothing() -> None:
    cases: list[Articles] = [[], [("a", [])], [("a", [[], []])]]
    for articles in cases:
        segment = segment_of(articles)
        assert segment.postings("x") is None
        assert segment.passages == sum(len(passages) for _, passages in articles)
