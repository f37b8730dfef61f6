"""Segments with bitmaps and lists of every width: written, read, searched and merged."""

from __future__ import annotations

import io
import math
import random
from collections import Counter
from collections.abc import Iterator
from itertools import product

import pytest

from bot.search import plain, vector
from bot.search.building import SegmentBuilder
from bot.search.maxscore import Arithmetic, Term, best, make_term, weak_and
from bot.search.merging import Input, merge_segments
from bot.search.plain import PlainArithmetic
from bot.search.scoring import inverse_document_frequency, length_norm, term_score
from bot.search.segment import Segment
from bot.search.vector import VectorArithmetic, borrowed_sums

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


@pytest.fixture(scope="module", params=[(1, 60), (2, 9000)], ids=["small", "with-bitmaps"])
def written(request: pytest.FixtureRequest) -> tuple[Articles, Segment]:
    articles = corpus(*request.param)
    return articles, segment_of(articles)


def test_articles_are_found_by_slug_and_by_passage(written: tuple[Articles, Segment]) -> None:
    articles, segment = written
    first = 0
    for place, (slug, passages) in enumerate(articles):
        assert segment.slug(place) == slug
        assert segment.find_article(slug) == place
        assert segment.range_of(place) == range(first, first + len(passages))
        assert all(segment.article_of(n) == place for n in segment.range_of(place))
        first += len(passages)
    assert segment.find_article("unheard") is None
    assert segment.passages == first


def read(segment: Segment, term: str) -> dict[int, int]:
    """A term's postings as the format says: passage and frequency."""
    postings = segment.postings(term)
    if postings is None:
        return {}
    frequencies: Counter[int] = Counter()
    for level in postings.levels:
        frequencies.update(n for n in range(segment.passages) if level[n >> 3] >> (n & 7) & 1)
    for at, number in enumerate(plain.passages_of(postings)):
        listed = postings.frequencies
        frequencies[number] = len(postings.levels) + 1 if listed is None else listed[at]
    assert postings.document_frequency == len(frequencies)
    return dict(frequencies)


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
        everywhere = [range(7), range(20, 21), range(30, segment.passages)]
        wanted = sum(n in own for own in everywhere for n in expected[term])
        assert plain.count(postings, everywhere) == vector.count(postings, everywhere) == wanted


def arithmetics(segment: Segment, limit: int, mask: bytearray | None) -> Iterator[Arithmetic]:
    average = segment.header.average_length
    yield PlainArithmetic(segment, average, limit, mask)
    with borrowed_sums(segment.passages) as sums:
        arithmetic = VectorArithmetic(segment, average, limit, mask, sums)
        yield arithmetic
        arithmetic.clear()
        assert not sums.any()


def terms_of(segment: Segment, terms: list[str]) -> list[Term]:
    least = length_norm(0, segment.header.average_length)
    found = [postings for term in terms if (postings := segment.postings(term)) is not None]
    return [
        make_term(
            inverse_document_frequency(segment.passages, postings.document_frequency),
            postings,
            1.0,
            least,
        )
        for postings in found
    ]


@pytest.mark.parametrize("seed", range(25))
def test_both_arithmetics_find_what_looking_everywhere_finds(
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
    mask = None
    if seed % 3 == 0:
        mask = bytearray(chance.choices([0, 1], [seed, 10], k=segment.passages))
    norm = {n: length_norm(n, segment.header.average_length) for n in segment.lengths}
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
        if not set(terms).isdisjoint(passage) and (mask is None or mask[number])
    ]
    expected.sort()
    for arithmetic in arithmetics(segment, limit, mask):
        found = sorted((-s, n) for s, n in best(arithmetic, terms_of(segment, terms), 0.0))
        assert found[:limit] == expected[:limit]
    if expected[limit - 1 : limit]:
        least = -expected[limit - 1][0]
        for arithmetic in arithmetics(segment, limit, mask):
            found = sorted((-s, n) for s, n in best(arithmetic, terms_of(segment, terms), least))
            assert found[:limit] == expected[:limit]


@pytest.mark.parametrize("count", [1, 2, 4, 7])
def test_weak_and_keeps_every_combination_that_makes_the_threshold(count: int) -> None:
    chance = random.Random(count)  # noqa: S311 (no secret)
    rows = list(product([0, 1], repeat=count))
    bitmaps = [sum(row[i] << at for at, row in enumerate(rows)) for i in range(count)]
    weights = sorted((chance.random() for _ in range(count)), reverse=True)
    for step in range(1, 30):
        threshold = sum(weights) * step / 28
        bands = [[(bitmap, w)] for bitmap, w in zip(bitmaps, weights, strict=True)]
        kept = weak_and(bands, threshold) or 0
        for at, row in enumerate(rows):
            weight = sum(w for w, bit in zip(weights, row, strict=True) if bit)
            if weight >= threshold + 1e-9:
                assert kept >> at & 1
            if weight < threshold - 1e-9 and count <= 6:
                assert not kept >> at & 1


@pytest.mark.parametrize(("seed", "postings"), [(1, 2_000_000), (2, 5_000), (3, 500)])
def test_a_merged_segment_is_the_one_built_at_once(seed: int, postings: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (no secret)
    inputs, left = [], []
    for part in range(4):
        articles = corpus(100 * seed + part, chance.choice([20, 5000]), 3000)
        removed = frozenset(chance.sample(range(len(articles)), chance.choice([0, 2])))
        inputs.append(Input(segment_of(articles), removed))
        left += [article for place, article in enumerate(articles) if place not in removed]
    file = io.BytesIO()
    merge_segments(file, inputs, postings)
    merged, wanted = Segment(file.getvalue(), "merged"), segment_of(left)
    assert merged.lengths.tolist() == wanted.lengths.tolist()
    places = range(wanted.article_count)
    assert [merged.slug(p) for p in places] == [wanted.slug(p) for p in places]
    assert [merged.range_of(p) for p in places] == [wanted.range_of(p) for p in places]
    assert merged.header.terms == wanted.header.terms
    for term in {term for _, texts in left for passage in texts for term in passage}:
        one, other = merged.postings(term), wanted.postings(term)
        assert one is not None
        assert one == other
    assert merged.postings("unheard") is None


def test_a_segment_of_chunks_is_the_one_of_their_terms() -> None:
    terms = {"a": ["x"], "b": [], "c": ["x", "y", "x"], "d": ["z"], "e": ["y", "w"]}
    other = {"a": ["de:x"], "c": ["x", "de:y"]}
    chunks = [
        ("one", [["a", "b", "c"], ["d"], []], terms),
        ("two", [], other),
        ("three", [["c", "c", "a"], ["a"] * 300], other),
        ("four", [["b"], ["e", "a", "e"]], terms),
    ]
    builder = SegmentBuilder()
    for slug, passages, of in chunks:
        builder.add(slug, passages, of)
    file, wanted = io.BytesIO(), io.BytesIO()
    builder.write(file)
    SegmentBuilder.of_terms(
        (slug, [[term for chunk in passage for term in of[chunk]] for passage in passages])
        for slug, passages, of in chunks
    ).write(wanted)
    assert file.getvalue() == wanted.getvalue()


def test_a_segment_of_nothing_finds_nothing() -> None:
    cases: list[Articles] = [[], [("a", [])], [("a", [[], []])]]
    for articles in cases:
        segment = segment_of(articles)
        assert segment.postings("x") is None
        assert segment.passages == sum(len(passages) for _, passages in articles)
