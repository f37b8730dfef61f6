"""The compiled kernel: that there is one, and what it is handed."""

from __future__ import annotations

import ctypes
import mmap
import shutil
from pathlib import Path

import pytest

from bot.search import kernel


@pytest.mark.skipif(not shutil.which("cc"), reason="without a C compiler there may be none")
def test_an_installation_has_compiled_these_sources() -> None:
    assert kernel.library_path() is not None
    assert kernel.library() is not None


def test_its_sources_are_known_by_their_checksum() -> None:
    names = {source.name for source in kernel.sources()}
    assert {"best.c", "postings.h"} <= names
    assert 0 <= kernel.checksum() < 1 << 32


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
