"""SHA-256 for names and addresses, without loading OpenSSL, which takes longer than all that is
hashed for an answer. Whole files are hashed by `hashlib`, which is faster once it is loaded."""

from __future__ import annotations

try:  # as the standard library's own `random` does
    from _sha2 import sha256 as _sha256  # type: ignore[import-not-found, unused-ignore]
except ImportError:
    try:  # before Python 3.12
        from _sha256 import sha256 as _sha256  # type: ignore[import-not-found, unused-ignore]
    except ImportError:  # a Python that was built without it
        from hashlib import sha256 as _sha256


def sha256(data: bytes) -> str:
    """Return the SHA-256 (FIPS 180-4) of some bytes, in 64 hexadecimal digits."""
    return str(_sha256(data).hexdigest())
