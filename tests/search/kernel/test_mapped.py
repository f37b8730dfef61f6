"""Tests of what becomes of a process when a file that it has mapped is cut short."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.search import kernel

ROOT = Path(__file__).parents[3]
READERS = """
import ctypes, mmap, os, sys, threading
from bot.search import kernel

assert kernel.library().outlive_short_files()
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
print(kernel.library().was_cut_short(os.fstat(file).st_ino, 0))
"""


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or kernel.library() is None,
    reason="only the kernel on Linux outlives a file that is cut short",
)
def test_threads_that_meet_the_same_missing_page_go_on(tmp_path: Path) -> None:
    for number in range(5):
        done = subprocess.run(  # noqa: S603 - it is our own
            [sys.executable, "-c", READERS, str(tmp_path / f"{number}-shm")],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (0, "1\n"), done.stderr
