"""Files for what grows with an index: in memory, on a disk, and where the disk is full."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from bot.core.errors import StorageError
from bot.search.bulk.inverter import bulk_folder
from bot.search.segments.scratch import Scratch, mapped


@pytest.fixture(params=["memory", "without names", "with names"])
def scratch(request: pytest.FixtureRequest, tmp_path: Path) -> Scratch:
    if request.param == "memory":
        return Scratch(None)
    return Scratch(tmp_path, is_named=request.param == "with names")


@pytest.mark.parametrize("count", [0, 1, 200_000])
def test_an_array_is_of_zeros_and_can_be_written(
    scratch: Scratch, count: int, tmp_path: Path
) -> None:
    array = scratch.array("some", np.uint32, count)
    assert (len(array), array.dtype, int(array.sum())) == (count, np.uint32, 0)
    array[:] = np.arange(count)
    assert array.tolist() == list(range(count))
    for path in tmp_path.iterdir():
        assert mapped(path, np.uint32).tolist() == list(range(count))


@pytest.mark.parametrize("count", [0, 3, 300])
def test_a_file_holds_what_was_appended(scratch: Scratch, count: int, tmp_path: Path) -> None:
    file = scratch.file()
    for number in range(count):
        file.write(np.full(500, number, np.uint16))
    assert file.size == 1000 * count
    assert file.array(np.uint16).tolist() == [n for n in range(count) for _ in range(500)]
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_mapped_of_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    assert mapped(tmp_path / "empty", np.uint8).tolist() == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    try:
        command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a disk can only be mounted by root")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)  # noqa: S603, S607


def test_a_full_disk_is_an_error_and_no_signal(small_disk: Path) -> None:
    with (
        pytest.raises(StorageError, match=r"index\.unwritable.*No space left"),
        bulk_folder(small_disk) as folder,
    ):
        Scratch(folder, is_named=True).array("large", np.uint64, 1_000_000)
    with pytest.raises(OSError, match="No space left"):
        Scratch(small_disk).array("large", np.uint64, 1_000_000)
    file = Scratch(small_disk).file()
    file.write(bytes(100_000))
    with pytest.raises(OSError, match="No space left"):
        file.write(bytes(2_000_000))
    assert [path.name for path in small_disk.iterdir()] == ["bulk.lock"]
