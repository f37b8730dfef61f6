"""Files for what grows with an index while a segment is made, so that memory does not."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from bot.search.segments.segment_format import Array

_IN_MEMORY = 1 << 18
"""Bytes of a file that are kept in memory."""


class Scratch:
    """Makes arrays and files in a folder, or in memory where there is none."""

    def __init__(self, folder: Path | None, *, is_named: bool = False) -> None:
        """Arrays have no names in the folder, so that they vanish with the process, unless they
        ``is_named``: then other processes can open them, and the caller deletes them."""
        self.folder = folder
        self._is_named = is_named

    def array(self, name: str, dtype: Any, count: int) -> Array:
        """Return an array of zeros, mapped from a file. Raises `OSError`."""
        if self.folder is None or not count:
            return np.zeros(count, dtype)
        named = (self.folder / name).open("w+b") if self._is_named else None
        with named or tempfile.TemporaryFile(dir=self.folder) as file:
            # a mapped page for which the disk has no room would end the process
            _fill(file, count * np.dtype(dtype).itemsize)
            return _plain(np.memmap(file, dtype, "r+", shape=(count,)))

    def room(self, size: int) -> memoryview:
        """Return so many bytes, mapped from a file without a name. Raises `OSError`."""
        return memoryview(self.array("room", np.uint8, size))

    def file(self) -> ScratchFile:
        """Return a new file without a name."""
        return ScratchFile(self.folder)


class ScratchFile:
    """Bytes that are appended and then read: in memory while they are few, then in a file."""

    def __init__(self, folder: Path | None) -> None:
        """``folder`` is where the file is made; None keeps everything in memory."""
        self._folder = folder
        self._file: BinaryIO = io.BytesIO()
        self._is_on_disk = False
        self.size = 0

    def write(self, data: Any) -> None:
        """Append the bytes of a buffer. Raises `OSError`."""
        size = memoryview(data).nbytes
        if not self._is_on_disk and self._folder and self.size + size > _IN_MEMORY:
            file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed with this
            file.write(self._file.getvalue())  # type: ignore[attr-defined]
            self._file, self._is_on_disk = file, True
        self._file.write(data)
        self.size += size

    def array(self, dtype: Any = np.uint8) -> Array:
        """Return all that was written; nothing may be written afterwards."""
        if self._is_on_disk:
            self._file.flush()
            return _plain(np.memmap(self._file, dtype, "r"))
        return np.frombuffer(self._file.getvalue(), dtype)  # type: ignore[attr-defined]

    def __del__(self) -> None:
        self._file.close()  # arrays of it stay


def _fill(file: BinaryIO, size: int) -> None:
    """Write a number of zeros. Raises `OSError`."""
    for at in range(0, size, _IN_MEMORY):
        file.write(bytes(min(_IN_MEMORY, size - at)))
    file.flush()


def mapped(path: Path, dtype: Any) -> Array:
    """Return the numbers in a file, mapped. Raises `OSError`."""
    if not path.stat().st_size:  # nothing cannot be mapped
        return np.empty(0, dtype)
    return _plain(np.memmap(path, dtype, "r"))


def _plain(array: Array) -> Array:
    """Return a mapped array as one of numpy's own class, whose slices are made faster."""
    return array.view(np.ndarray)
