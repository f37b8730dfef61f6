"""The compiled part: small loops in C for the work on every posting and every word.

best.c                     the best passages of a segment
  question, candidates     the weights of its terms, and the passages that may be among the best
  postings, scoring, heap  its postings, the score of a passage, the highest scores so far
chunks.c                   the terms for which the chunks of a text stand
grams.c                    the character n-grams of a question, in a passage's sentences
terms.c                    what a question's terms weigh in passages
mapped.c                   files that are cut short while they are mapped
short_files.py             the same for SQLite's file, by the kernel or without it
  plain_short_files.py     without it
bytes                      numbers in the byte order of files and texts
CMakeLists.txt, seal.py    how it is compiled and sealed
backend.py                 how an installation finds a compiler

They are installed as a library beside the program, which is called by its C functions,
so that one library serves every version of Python. Where there is none, or it was compiled
from other sources or is damaged, Python does the same work more slowly.
"""

from __future__ import annotations

import ctypes
import os
import zlib
from ctypes import POINTER, c_char_p, c_double, c_int32, c_ssize_t, c_uint32, c_uint64, c_void_p
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path

from bot.core.light_typing import Any, Protocol

NAME = "articlebot_kernel"
"""Name under which Python looks for the library as a module."""
_PART = 65_536
"""Maximum number of bytes of a source that are read at a time."""
SEAL_SUFFIX = ".seal"
"""Suffix of the file beside the library that says what it is."""


class Kernel(Protocol):
    """The library's functions, as their files describe them. Where an address is taken, a number
    or a ctypes array is given."""

    def space_for(self, terms: int, limit: int) -> int: ...
    def room_for(self, limit: int) -> int: ...
    def best(
        self,
        segment: bytes,
        terms: bytes,
        count: int,
        average_length: float,
        limit: int,
        threshold: float,
        ranges: int,
        range_count: int,
        space: Any,
        passages: Any,
        sums: Any,
        scores: Any,
    ) -> int: ...
    def count_in(self, term: bytes, ranges: int, range_count: int) -> int: ...
    def look_up(
        self,
        table: Any,
        bits: int,
        text: bytes,
        size: int,
        classes: bytes,
        nothing: int,
        codes: int,
        owners: int,
        new_chunks: int,
    ) -> LookedUp: ...
    def settle(self, table: Any, new_chunks: int, count: int, codes: int) -> None: ...
    def share_grams(
        self,
        grams: bytes,
        count: int,
        letters: bytes,
        text: bytes,
        size: int,
        states: Any,
        shares: Any,
        room: int,
    ) -> int: ...
    def weigh_terms(
        self,
        asked: bytes,
        weights: bytes,
        letters: bytes,
        text: bytes,
        length: int,
        stops: bytes,
        size: int,
        ends: bytes,
        sentences: bytes,
        blocks: bytes,
        count: int,
        offsets: Any,
        tokens: Any,
        weighed: Any,
    ) -> int: ...
    def outlive_short_files(self) -> int: ...
    def short_files(self) -> int: ...
    def was_cut_short(self, inode: int, since: int) -> int: ...


class LookedUp(ctypes.Structure):
    """Number of codes found, those of new chunks included, and number of new chunks."""

    _fields_ = (("found", c_uint32), ("new_chunks", c_uint32))
    found: int
    new_chunks: int


_PROTOTYPES: dict[str, tuple[Any, list[Any]]] = {
    "space_for": (c_uint64, [c_uint32, c_uint32]),
    "room_for": (c_uint32, [c_uint32]),
    "best": (
        c_uint32,
        [c_char_p, c_char_p, c_uint32, c_double, c_uint32, c_double, c_void_p, c_uint32]
        + 4 * [c_void_p],
    ),
    "count_in": (c_uint32, [c_char_p, c_void_p, c_uint32]),
    "look_up": (
        LookedUp,
        [c_void_p, c_uint32, c_char_p, c_uint32, c_char_p, c_int32, c_void_p, c_void_p, c_void_p],
    ),
    "settle": (None, [c_void_p, c_void_p, c_uint32, c_void_p]),
    "share_grams": (
        c_uint32,
        [c_char_p, c_uint32, c_char_p, c_char_p, c_uint32, c_void_p, c_void_p, c_uint32],
    ),
    "weigh_terms": (
        c_uint32,
        [*4 * [c_char_p], c_uint32, c_char_p, c_uint32, *3 * [c_char_p], c_uint32] + 3 * [c_void_p],
    ),
    "outlive_short_files": (c_uint32, []),
    "short_files": (c_uint32, []),
    "was_cut_short": (c_uint32, [c_uint64, c_uint32]),
}
_BRIEF = ("share_grams", "weigh_terms", "short_files", "was_cut_short")
"""Functions that are done sooner than another thread would give the interpreter's lock back: they
are called with the lock held."""


def library() -> Kernel | None:
    """Return the library; None if there is none that was made of these sources."""
    return _found()[0]


def where() -> str:
    """Return the library's path, or the reason why there is none to use."""
    return _found()[1]


@cache
def _found() -> tuple[Kernel | None, str]:
    spec = PathFinder.find_spec(NAME)
    path = spec.origin if spec is not None else None
    if path is None:
        return None, "none was compiled"
    fault = _fault_of(Path(path))
    if fault is not None:
        return None, f"{path} {fault}"
    try:
        loaded, brief = ctypes.CDLL(path), ctypes.PyDLL(path)
    except OSError as error:  # for another machine
        return None, f"{path} cannot be used: {error}"
    for name in _BRIEF:
        setattr(loaded, name, getattr(brief, name))
    for name, (result, arguments) in _PROTOTYPES.items():
        function = getattr(loaded, name)
        function.restype, function.argtypes = result, arguments
    return loaded, path


def _fault_of(library: Path) -> str | None:
    """Return why this library is not to be loaded; None if it is what was compiled of these
    sources. To load a damaged one would end the process."""
    try:
        seal = library.with_suffix(SEAL_SUFFIX).read_text("utf-8")
        content = library.read_bytes()
    except (OSError, ValueError) as error:
        return f"cannot be used: its seal cannot be read ({error}); install the program again"
    made_of = checksum()
    if seal == seal_of(content, made_of):
        return None
    if seal.split()[-1:] != [f"{made_of:08x}"]:
        return "was compiled from other sources; install the program again"
    return "is damaged; install the program again"


def seal_of(library: bytes, made_of: int) -> str:
    """Return what is written beside a library: its size, its CRC-32 and its sources' `checksum`."""
    return f"{len(library)} {zlib.crc32(library):08x} {made_of:08x}"


def sources() -> list[Path]:
    """Return the library's files in C."""
    folder = Path(__file__).parent
    names = os.listdir(folder)  # noqa: PTH208 - for each process that asks
    return [folder / name for name in sorted(names) if name.endswith((".c", ".h"))]


def checksum() -> int:
    """Return the CRC-32 of the sources, by which a library's seal names them."""
    number = 0
    for source in sources():
        opened = os.open(source, os.O_RDONLY)  # with fewer calls of the system
        try:
            while part := os.read(opened, _PART):
                number = zlib.crc32(part, number)
        finally:
            os.close(opened)
    return number


class _Buffer(ctypes.Structure):
    """Python's ``Py_buffer``: https://docs.python.org/3/c-api/buffer.html."""

    _fields_ = (
        ("buf", c_void_p),
        ("obj", c_void_p),
        ("len", c_ssize_t),
        ("itemsize", c_ssize_t),
        ("readonly", ctypes.c_int),
        ("ndim", ctypes.c_int),
        ("format", c_char_p),
        ("shape", POINTER(c_ssize_t)),
        ("strides", POINTER(c_ssize_t)),
        ("suboffsets", POINTER(c_ssize_t)),
        ("internal", c_void_p),
    )


def address_of(data: bytes | memoryview) -> int:
    """Return the memory address of these bytes, valid as long as something references them. ctypes
    itself gives it only for writable objects."""
    buffer = _Buffer()
    ctypes.pythonapi.PyObject_GetBuffer(ctypes.py_object(data), ctypes.byref(buffer), 0)
    address = buffer.buf
    ctypes.pythonapi.PyBuffer_Release(ctypes.byref(buffer))
    return int(address or 0)
