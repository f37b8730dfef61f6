"""Signed links: who made one, for what, until when."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import StorageError
from bot.service.presentation.signed_links import KEY_FILE, Grant, LinkSigner, read_key
from tests.fakes.clock import Clock
from tests.wording import raises

KEY = bytes(range(32))
DAY = 86_400


def token_of(path: str) -> str:
    return path.split("/")[2]


@given(st.integers(0, 2**64 - 1), st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_link_opens_its_article_and_no_other(server: int, slug: str) -> None:
    signer = LinkSigner(KEY, 7, Clock())
    path = signer.path(server, slug, "8")
    assert path.isascii()
    token = token_of(path)
    assert signer.check(token, slug) == Grant(server, slug)
    assert signer.check(token, slug + "x") is None
    assert LinkSigner(KEY[::-1], 7, Clock()).check(token, slug) is None


def test_every_character_of_it_counts() -> None:
    signer = LinkSigner(KEY, 7, Clock())
    token = token_of(signer.path(42, "handbook"))
    for at, char in enumerate(token):
        for other in "AQg9_-":
            changed = token[:at] + other + token[at + 1 :]
            assert other == char or signer.check(changed, "handbook") is None, (at, other)


@pytest.mark.parametrize("token", ["", "A", "=", "é", "A" * 1000, "\ud800", "..", "AAAA AAAA"])
def test_what_is_no_token_opens_nothing(token: str) -> None:
    assert LinkSigner(KEY, 7, Clock()).check(token, "handbook") is None


def test_it_ends_after_its_days() -> None:
    clock = Clock()
    signer = LinkSigner(KEY, 7, clock)
    token = token_of(signer.path(42, "handbook"))
    clock.seconds += 7 * DAY
    assert signer.check(token, "handbook") is not None
    clock.seconds += 2 * 3600
    assert signer.check(token, "handbook") is None


def test_the_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    key = read_key(folder)
    assert len(key) == 32
    assert read_key(folder) == key
    assert read_key(tmp_path / "other") != key
    assert stat.S_IMODE((folder / KEY_FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [path.name for path in folder.iterdir()] == [KEY_FILE]


def test_a_key_that_others_can_read_or_that_is_none_is_refused(tmp_path: Path) -> None:
    read_key(tmp_path)
    (tmp_path / KEY_FILE).chmod(0o644)
    with raises(StorageError, match=r"links\.key: others can read"):
        read_key(tmp_path)
    (tmp_path / KEY_FILE).chmod(0o600)
    (tmp_path / KEY_FILE).write_bytes(b"short")
    with raises(StorageError, match=r"links\.key: this is no key"):
        read_key(tmp_path)
    (tmp_path / "file").write_text("")
    with raises(StorageError, match=r"cannot be read or made"):
        read_key(tmp_path / "file")
