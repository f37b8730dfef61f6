"""Signed links to a server's own articles, made by the bot in that server and by nobody else.

A link holds the server, the day it ends and an HMAC (RFC 2104, with SHA-256) over both and the
article's slug, by a key that lies in the bot's data folder. It opens one article for so many days
to whoever has it, and nothing else.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import hmac
import os
import secrets
import struct
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from bot.core.errors import StorageError

KEY_FILE = "links.key"
KEY_BYTES = 32
"""Bytes of a key."""
_SIGNATURE_BYTES = 16
"""128 bits: too many to guess, and the link stays short."""
_HEAD = struct.Struct(">QI")
_DAY = 86_400
_PURPOSE = b"articlebot signed link 1\0"


class Grant(NamedTuple):
    """The permission that a valid link grants."""

    server: int
    slug: str
    """Slug without the server's prefix."""


class LinkSigner:
    """Makes and checks signed links. May be called from any thread."""

    def __init__(self, key: bytes, days: float, clock: Callable[[], float]) -> None:
        """``days`` is the number of days that a link works; ``clock`` gives seconds since 1970."""
        self._key = key
        self._days = days
        self._clock = clock

    def path(self, server: int, slug: str, location: str = "") -> str:
        """Return the path of a server's own article, ``slug`` without the server's prefix;
        ``location`` is ``8`` or ``7-8@3f9c2a1b`` where it is to lead to a passage."""
        until = int((self._clock() + self._days * _DAY) // 3600 + 1)
        head = _HEAD.pack(server, until)
        token = base64.urlsafe_b64encode(head + self._signature(head, slug)).decode().rstrip("=")
        path = f"/s/{token}/{quote(slug.encode('utf-8', 'replace'), safe='')}"
        return f"{path}/{location}" if location else path

    def check(self, token: str, slug: str) -> Grant | None:
        """Return the grant of a link's token; None if it was not made here or not for this article,
        or if it has expired."""
        try:
            raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        except (ValueError, binascii.Error):
            return None
        if len(raw) != _HEAD.size + _SIGNATURE_BYTES:
            return None
        if base64.urlsafe_b64encode(raw).decode().rstrip("=") != token:
            return None  # the same bytes can be written in several ways; one of them is ours
        head, signature = raw[: _HEAD.size], raw[_HEAD.size :]
        if not hmac.compare_digest(signature, self._signature(head, slug)):
            return None
        server, until = _HEAD.unpack(head)
        return Grant(server, slug) if self._clock() < until * 3600 else None

    def _signature(self, head: bytes, slug: str) -> bytes:
        message = _PURPOSE + head + slug.encode("utf-8", "surrogatepass")
        return hmac.new(self._key, message, hashlib.sha256).digest()[:_SIGNATURE_BYTES]


def read_key(folder: Path) -> bytes:
    """Return the key in a data folder, made if there is none yet; only its owner can read it.

    Raises `StorageError` if it cannot be read or made, is damaged, or others can read it.
    """
    path = folder / KEY_FILE
    try:
        if not path.exists():
            _make_key(path)
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise StorageError("links.exposed_key", path=str(path))
        key = path.read_bytes()
    except OSError as error:
        raise StorageError(
            "links.unusable_key", path=str(path), reason=str(error.strerror)
        ) from error
    if len(key) != KEY_BYTES:
        raise StorageError("links.no_key", path=str(path))
    return key


def _make_key(path: Path) -> None:
    """Write a new key, whole or not at all; if another process is first, its key is used."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
