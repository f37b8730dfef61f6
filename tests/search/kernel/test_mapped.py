"""Tests of what becomes of a process when a file that it has mapped is cut short."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.search import kernel

ROOT = Path(__file__).parents[3]
READERS = """
import ctypes, mmap, os, sys, threading
from bot.search.kernel.plain_short_files import PlainShortFiles
from bot.search.kernel.short_files import short_files

short = short_files() if sys.argv[2] == "kernel" else PlainShortFiles()
size = 256 * mmap.PAGESIZE
file = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
os.write(file, bytes(size))
mapped = mmap.mmap(file, size)
start = ctypes.addressof(ctypes.c_char.from_buffer(mapped))
memchr = ctypes.CDLL(None).memchr  # called without the interpreter's lock
memchr.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]
os.ftruncate(file, 0)
together = threading.Barrier(8)

def read():
    together.wait()
    memchr(start, 1, size)

threads = [threading.Thread(target=read) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
inode = os.fstat(file).st_ino
print(short.were_met(inode, 0), short.were_met(inode, short.count()))
"""


def read_short_file(name: str, means: str) -> tuple[int, str]:
    """Return the end of a process whose eight threads read a file that was cut short."""
    done = subprocess.run(  # noqa: S603 - it is our own
        [sys.executable, "-c", READERS, name, means],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it is done on Linux alone")
@pytest.mark.parametrize(
    "means",
    [
        pytest.param(
            "kernel",
            marks=pytest.mark.skipif(kernel.library() is None, reason="there is no kernel"),
        ),
        "plain",
    ],
)
class TestFilesCutShort:
    def test_threads_that_meet_the_same_missing_page_go_on(
        self, means: str, tmp_path: Path
    ) -> None:
        for number in range(5):
            path = tmp_path / f"{number}-shm"
            assert read_short_file(str(path), means) == (0, "True False\n")

    def test_other_files_end_the_process_as_before(self, means: str, tmp_path: Path) -> None:
        assert read_short_file(str(tmp_path / "other"), means) == (-signal.SIGBUS, "")
