"""The lock on a data folder."""

from __future__ import annotations

import stat
from pathlib import Path

from bot.core.errors import StorageError
from bot.frontends.data_lock import only_one
from tests.wording import raises


def test_there_is_one_at_a_time_and_the_folder_is_its_owners(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with only_one(data):
        assert stat.S_IMODE(data.stat().st_mode) == 0o700
        with raises(StorageError, match="another `run` answers with this data"), only_one(data):
            pass
    with only_one(data):
        pass


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with raises(StorageError, match="cannot be written"), only_one(tmp_path / "file"):
        pass
