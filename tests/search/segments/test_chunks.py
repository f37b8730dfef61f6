"""Codes of chunks: one contract, kept with and without the kernel."""

from __future__ import annotations

import mmap
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.search.kernel import library
from bot.search.segments.chunks import (
    NOTHING,
    ChunkCodes,
    CompiledChunkCodes,
    MakeCodes,
    PlainChunkCodes,
    chunk_codes,
)

_SIGNS = '"(.,)'
texts = st.text(st.characters(codec=None), max_size=60) | st.lists(
    st.sampled_from(
        [
            *("a", "bc", "a\0", "\0", "1234567", "12345678", "123456789012345", "x" * 16, "y" * 23),
            *("x" * 24, "x" * 15 + "y", "é" * 8, "ö", "国" * 9, "\ud800", "Ab", "K", "(", ".", '"'),
            *(" ", "\t", "\n", "\x1c", "\x85", "\xa0", "\u1680", "\u2003", "\u2028", "\u3000"),
        ]
    )
).map("".join)


class Numbers:
    """Numbers chunks as they come, but for case and signs; each third is worth nothing, and each
    fifth has a number that is less than that."""

    def __init__(self, ignored: str = _SIGNS) -> None:
        self._ignored = ignored
        self._numbers: dict[str, int] = {}
        self.asked: list[str] = []

    def of(self, chunk: str) -> int:
        word = chunk.strip(self._ignored)
        if self._ignored and word.isascii() and word.isalnum():
            chunk = word.lower()
        number = self._numbers.setdefault(chunk, len(self._numbers))
        return NOTHING if number % 3 == 0 else -number if number % 5 == 0 else number

    def __call__(self, chunks: Sequence[str]) -> list[int]:
        self.asked += chunks
        return list(map(self.of, chunks))


def _compiled(code: MakeCodes, ignored: str, most: int) -> ChunkCodes:
    kernel = library()
    if kernel is None:
        pytest.skip("no kernel is installed")
    return CompiledChunkCodes(kernel, code, ignored, most)


Make = Callable[[MakeCodes, str, int], ChunkCodes]
MAKES: list[Make] = [_compiled, lambda code, _, most: PlainChunkCodes(code, most)]
each = pytest.mark.parametrize("make", MAKES, ids=["compiled", "plain"])


def found(codes: ChunkCodes, batch: Sequence[str]) -> list[list[int]]:
    """The codes of each text, in the order in which they stand."""
    each: list[list[int]] = [[] for _ in batch]
    for code, owner in zip(*map(list, codes.read(batch)), strict=True):
        each[owner].append(code)
    return each


def wanted(numbers: Numbers, batch: Sequence[str]) -> list[list[int]]:
    of = numbers.of
    return [[c for chunk in text.split() if (c := of(chunk)) != NOTHING] for text in batch]


@each
@given(st.lists(st.lists(texts, max_size=4), max_size=4), st.sampled_from(["", _SIGNS]))
@example([["aa\0a", "aa\0a("]], _SIGNS)
@example([["x śaba", "x Żaba", "śaba."]], _SIGNS)  # bytes that differ in the bit of the case alone
def test_codes_are_those_of_the_chunks_between_white_space(
    make: Make, batches: list[list[str]], ignored: str
) -> None:
    numbers = Numbers(ignored)
    codes = make(numbers, ignored, 64)
    for batch in batches * 2:  # the second time, all of them are known
        assert found(codes, batch) == wanted(numbers, batch)


@each
@pytest.mark.parametrize("most", [1, 4, 8, 64, 1 << 20])
def test_no_chunk_is_taken_for_another(make: Make, most: int) -> None:
    batch = [
        " ".join(f"{word}{number * step}" for number in range(3000))
        for word in ("a", "of-some")
        for step in (1, 7, 10**9)
    ]
    numbers = Numbers()
    codes = make(numbers, _SIGNS, most)
    for _ in range(3):
        assert found(codes, batch) == wanted(numbers, batch)


def test_what_is_ignored_is_not_asked_for_again() -> None:
    numbers = Numbers()
    codes = _compiled(numbers, _SIGNS, 64)
    codes.read(['Owls (owls) a.b "OWLS." A.B x.', "owls, a.b X é É"])
    codes.read(["owls. (x) é"])
    assert numbers.asked == ["Owls", "a.b", "A.B", "x.", "é", "É"]


def test_the_kernel_is_used_where_there_is_one() -> None:
    wanted = PlainChunkCodes if library() is None else CompiledChunkCodes
    assert type(chunk_codes(Numbers(), "", 64)) is wanted


@each
def test_what_was_not_given_codes_is_asked_for_again(make: Make) -> None:
    numbers = Numbers()
    failing = True

    def code(chunks: Sequence[str]) -> Sequence[int]:
        if failing:
            raise KeyboardInterrupt
        return numbers(chunks)

    codes = make(code, _SIGNS, 64)
    with pytest.raises(KeyboardInterrupt):
        codes.read(["one two three four"])
    failing = False
    assert found(codes, ["five three"]) == wanted(numbers, ["five three"])
    assert {"five", "three"} == set(numbers.asked)


@each
def test_as_many_codes_are_wanted_as_chunks(make: Make) -> None:
    codes = make(lambda chunks: [7] * (len(chunks) - 1), _SIGNS, 64)
    for _ in range(2):
        with pytest.raises(ValueError):  # noqa: PT011 (in words of their own)
            codes.read(["one two three"])


@pytest.mark.skipif(sys.platform != "linux", reason="each system tells it in its own way")
def test_a_table_takes_no_memory_for_what_it_does_not_hold() -> None:
    def pages() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1])

    before = pages()
    held = [_compiled(Numbers(), _SIGNS, 1 << 22) for _ in range(4)]  # as of four languages
    for codes in held:
        codes.read(["a few words"])
    assert (pages() - before) * mmap.PAGESIZE < 32 << 22  # less than one is large
