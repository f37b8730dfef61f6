"""The compiled kernel: that there is one, and what it is handed."""

from __future__ import annotations

import ctypes
import mmap
import os
import shutil
import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

from bot.search import kernel


@pytest.mark.skipif(not shutil.which("cc"), reason="without a C compiler there may be none")
def test_an_installation_has_compiled_these_sources() -> None:
    assert kernel.library() is not None, kernel.where()
    assert Path(kernel.where()).is_file()


def _found_in(folder: Path) -> tuple[bool, str]:
    """What a Python of its own finds that looks into this folder before all others."""
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


def test_why_there_is_none_is_told(tmp_path: Path) -> None:
    assert _found_in(tmp_path) == (False, "none was compiled")
    library = tmp_path / f"{kernel.NAME}{EXTENSION_SUFFIXES[-1]}"
    library.mkdir()
    assert _found_in(tmp_path) == (False, "none was compiled")
    library.rmdir()
    library.write_bytes(b"for another machine")
    is_there, where = _found_in(tmp_path)
    assert not is_there
    assert where.startswith(f"{library} cannot be used: ")


@pytest.mark.skipif(not shutil.which("cc"), reason="it takes a C compiler")
def test_one_of_other_sources_is_not_used(tmp_path: Path) -> None:
    source = tmp_path / "other.c"
    source.write_text("const unsigned sources = 1;")
    library = tmp_path / f"{kernel.NAME}{EXTENSION_SUFFIXES[-1]}"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source], check=True)  # noqa: S603, S607
    assert _found_in(tmp_path) == (False, f"{library} is another version's")


def test_an_address_is_where_the_bytes_lie(tmp_path: Path) -> None:
    data = b"some bytes\0of a file"
    file = tmp_path / "file"
    file.write_bytes(data)
    with file.open("rb") as opened:
        mapped = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    for held in (data, mapped):
        address = kernel.address_of(held)
        assert ctypes.string_at(address, len(data)) == data
    mapped.close()  # nothing is held on to
