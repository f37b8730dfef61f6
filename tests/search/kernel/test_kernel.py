"""The compiled kernel: that there is one, and what it is handed."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import struct
import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

from bot.search import compiled_grams, compiled_terms, kernel
from bot.search.segments import chunks, compiled


@pytest.mark.skipif(not shutil.which("cc"), reason="without a C compiler there may be none")
def test_an_installation_has_compiled_these_sources() -> None:
    assert kernel.library() is not None, kernel.where()
    assert Path(kernel.where()).is_file()


def _found_in(folder: Path) -> tuple[bool, str]:
    """Return what a Python of its own finds that looks into this folder before all others."""
    script = (
        "from bot.search import kernel; print(kernel.library() is not None); print(kernel.where())"
    )
    paths = os.pathsep.join([str(folder), str(Path(kernel.__file__).parents[3])])
    ran = subprocess.run(  # noqa: S603
        [sys.executable, "-S", "-c", script],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        check=True,
        text=True,
    )
    is_there, where = ran.stdout.splitlines()
    return is_there == "True", where


def _library_in(folder: Path, content: bytes, seal: str) -> Path:
    library = folder / f"{kernel.NAME}{EXTENSION_SUFFIXES[-1]}"
    library.write_bytes(content)
    library.with_suffix(kernel.SEAL_SUFFIX).write_text(seal, "ascii")
    return library


def test_why_there_is_none_is_told(tmp_path: Path) -> None:
    assert _found_in(tmp_path) == (False, "none was compiled")
    library = tmp_path / f"{kernel.NAME}{EXTENSION_SUFFIXES[-1]}"
    library.mkdir()
    assert _found_in(tmp_path) == (False, "none was compiled")
    library.rmdir()
    library.write_bytes(b"of somebody else's")
    is_there, where = _found_in(tmp_path)
    assert not is_there
    assert where.startswith(f"{library} cannot be used: its seal cannot be read (")
    content = b"for another machine"
    _library_in(tmp_path, content, kernel.seal_of(content, kernel.checksum()))
    is_there, where = _found_in(tmp_path)
    assert not is_there
    assert where.startswith(f"{library} cannot be used: ")


def test_one_of_other_sources_is_not_used(tmp_path: Path) -> None:
    content = b"an older library"
    library = _library_in(tmp_path, content, kernel.seal_of(content, kernel.checksum() ^ 1))
    assert _found_in(tmp_path) == (
        False,
        f"{library} was compiled from other sources; install the program again",
    )


@pytest.mark.parametrize("seal", ["", "\n", "1 2", "one two three", "0" * 100])
def test_a_seal_that_says_nothing_is_no_seal(tmp_path: Path, seal: str) -> None:
    library = _library_in(tmp_path, b"anything", seal)
    is_there, where = _found_in(tmp_path)
    assert (is_there, where.startswith(f"{library} was compiled from other sources")) == (
        False,
        True,
    )


@pytest.mark.skipif(kernel.library() is None, reason="there is no library to damage")
@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.95])
def test_one_that_is_cut_off_is_not_loaded(tmp_path: Path, share: float) -> None:
    whole = Path(kernel.where())
    content = whole.read_bytes()
    seal = whole.with_suffix(kernel.SEAL_SUFFIX).read_text("ascii")
    library = _library_in(tmp_path, content[: int(len(content) * share)], seal)
    assert _found_in(tmp_path) == (False, f"{library} is damaged; install the program again")


@pytest.mark.skipif(kernel.library() is None, reason="there is no library to damage")
def test_one_with_a_byte_that_is_another_is_not_loaded(tmp_path: Path) -> None:
    whole = Path(kernel.where())
    content = bytearray(whole.read_bytes())
    content[len(content) // 2] ^= 1
    seal = whole.with_suffix(kernel.SEAL_SUFFIX).read_text("ascii")
    library = _library_in(tmp_path, bytes(content), seal)
    assert _found_in(tmp_path) == (False, f"{library} is damaged; install the program again")


_LAYOUTS = {
    "term": (compiled.TERM.format, "gaps impacts impacts_at idf entries width"),
    "segment": (
        compiled.SEGMENT.format,
        "lengths exceptions_at exceptions average_length k1 b length_width exception_count",
    ),
    "range": ("=II", "first end"),
    "slot": (f"={chunks.WORDS}QiI", "words code unused"),
    "new_chunk": ("=III", "start length set"),
    "looked_up": ("=II", "found new_chunks"),
    "gram": (compiled_grams.GRAM.format, "share start length"),
    "gram_state": (compiled_grams.STATE.format, "next seen"),
    "asked": (
        compiled_terms.ASKED.format,
        "total average_length average_sentence k1 b"
        " stems words terms pairs near_pairs reach passes_stops padding",
    ),
    "weight": (compiled_terms.WEIGHT.format, "share one other"),
    "block": ("=III", "passage first end"),
    "weighed": (compiled_terms.WEIGHED.format, "words phrases sentence held"),
}
"""Of each structure that Python packs or unpacks: by which format, and its members."""


_DEFINING = ("best.c", "chunks.c", "grams.c", "terms.c")
"""The files that define them."""


@pytest.mark.skipif(not shutil.which("cc"), reason="it takes a C compiler")
def test_structures_lie_in_memory_as_python_packs_them(tmp_path: Path) -> None:
    expected, prints = [], []
    for name, (layout, members) in _LAYOUTS.items():
        codes = re.findall(r"\d*[A-Za-z]", layout)
        offsets = [struct.calcsize("=" + "".join(codes[:at])) for at in range(len(codes) + 1)]
        for member, offset in zip(members.split(), offsets[:-1], strict=True):
            expected.append(f"{name}.{member} {offset}")
            prints.append(f'printf("{name}.{member} %zu\\n", offsetof(struct {name}, {member}));')
        expected.append(f"{name} {offsets[-1]}")
        prints.append(f'printf("{name} %zu\\n", sizeof(struct {name}));')
    folder = Path(kernel.__file__).parent
    includes = "".join(f'#include "{folder / name}"\n#undef GOLDEN\n' for name in _DEFINING)
    program = tmp_path / "layouts.c"
    program.write_text(
        f"{includes}#include <stdio.h>\nint main(void) {{ {' '.join(prints)} return 0; }}\n"
    )
    subprocess.run(  # noqa: S603
        ["cc", "-std=c11", "-o", tmp_path / "layouts", program],  # noqa: S607
        check=True,
    )
    ran = subprocess.run([tmp_path / "layouts"], check=True, capture_output=True, text=True)  # noqa: S603
    assert ran.stdout.splitlines() == expected
    assert ctypes.sizeof(kernel.LookedUp) == struct.calcsize("=II")
    assert struct.calcsize(f"={chunks.WORDS}QiI") == chunks.SLOT


def test_an_address_is_where_the_bytes_lie() -> None:
    data = b"some bytes\0of a file"
    assert ctypes.string_at(kernel.address_of(data), len(data)) == data
