"""SHA-256 without OpenSSL."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from bot.core.hashes import sha256


@given(st.binary(max_size=300))
def test_it_is_the_sha_256_of_everyone(data: bytes) -> None:
    assert sha256(data) == hashlib.sha256(data).hexdigest()
