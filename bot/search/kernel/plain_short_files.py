"""Surviving files that are cut short while they are mapped, without the kernel: what ``mapped.c``
does, by a handler in Python that is called by C.

The signal comes from the instruction that reads the page, in a thread that is inside of SQLite: it
holds no lock of Python's, and none of the allocator's, so that Python can be called there. It is
done on Linux, whose /proc says which file a page is of, on processors whose structures are known.
"""

from __future__ import annotations

import ctypes
import mmap
import platform
import signal
import sys
from ctypes import c_int, c_long, c_size_t, c_void_p

from bot.core.light_typing import Any

_MACHINES = {"x86_64", "aarch64"}
"""Processors on which the structures below are laid out so, by glibc and by musl."""
_CODE_AT, _ADDRESS_AT = 8, 16
"""Offsets of ``si_code`` and ``si_addr`` in ``siginfo_t``."""
_NO_SUCH_PAGE = 2
"""``BUS_ADRERR``: the address is behind the end of the file."""
_SIGINFO = 4
"""``SA_SIGINFO``. Without ``SA_ONSTACK``: another stack may be too small for Python."""
_FIXED = 0x10
"""``MAP_FIXED``."""
_FAILED = c_void_p(-1).value
_SUFFIXES = (b"-shm", b"-shm (deleted)")

_Handler = ctypes.CFUNCTYPE(None, c_int, c_void_p, c_void_p)


class _Action(ctypes.Structure):
    """``struct sigaction``."""

    _fields_ = (
        ("handler", c_void_p),
        ("mask", ctypes.c_ulong * (1024 // (8 * ctypes.sizeof(ctypes.c_ulong)))),
        ("flags", c_int),
        ("restorer", c_void_p),
    )


class PlainShortFiles:
    """Implements `bot.index.index_folder.ShortFiles`; there is one for a process."""

    def __init__(self) -> None:
        """Raises `OSError` where it cannot be done."""
        if not sys.platform.startswith("linux") or platform.machine() not in _MACHINES:
            raise OSError("the structures of this system are not known")
        self._met: list[int] = []
        """The files' inodes, in order."""
        self._page = mmap.PAGESIZE
        self._libc: Any = ctypes.CDLL(None)
        self._libc.mmap.argtypes = [c_void_p, c_size_t, c_int, c_int, c_int, c_long]
        self._libc.mmap.restype = c_void_p
        self._errno_at: Any = getattr(self._libc, "__errno_location")
        self._errno_at.restype = ctypes.POINTER(c_int)
        self._before = _Action()
        self._handler = _Handler(self._handle)  # kept: C calls it
        action = _Action(ctypes.cast(self._handler, c_void_p), flags=_SIGINFO)
        if self._libc.sigaction(
            int(signal.SIGBUS), ctypes.byref(action), ctypes.byref(self._before)
        ):
            raise OSError("the signal cannot be handled")

    def count(self) -> int:
        return len(self._met)

    def were_met(self, inode: int, since: int) -> bool:
        return len(self._met) > since and inode in self._met[since:]

    def _handle(self, _: int, info: int, __: int | None) -> None:
        """Put a page of zeros in the place of the one that is gone; a signal for any other reason
        goes to whoever handled it before."""
        error = self._errno_at()
        kept = error[0]
        address = c_void_p.from_address(info + _ADDRESS_AT).value or 0
        is_missing = c_int.from_address(info + _CODE_AT).value == _NO_SUCH_PAGE
        inode = _inode_at(address) if is_missing else None
        if inode is None or (inode and not self._replace(address)):
            self._libc.sigaction(int(signal.SIGBUS), ctypes.byref(self._before), None)
        elif inode:
            self._met.append(inode)
        error[0] = kept

    def _replace(self, address: int) -> bool:
        start = address - address % self._page
        made = self._libc.mmap(
            start,
            self._page,
            mmap.PROT_READ | mmap.PROT_WRITE,
            mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | _FIXED,
            -1,
            0,
        )
        return bool(made != _FAILED)


def _inode_at(address: int) -> int | None:
    """Return the inode of the file by which SQLite shares a database that is mapped at this
    address; 0 if the address is of no file, as another thread has just replaced the page; None if
    it is of another file."""
    with open("/proc/self/maps", "rb", 0) as maps:  # noqa: PTH123 - in a signal's handler
        lines = maps.readall().split(b"\n")
    for line in lines:
        bounds, _, rest = line.partition(b" ")
        first, _, end = bounds.partition(b"-")
        if end and int(first, 16) <= address < int(end, 16):
            inode = int(rest.split(b" ", 4)[3])
            return inode if not inode or line.endswith(_SUFFIXES) else None
    return None
