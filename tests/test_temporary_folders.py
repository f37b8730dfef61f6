"""Temporary folders: none is left, and none is taken from a process that uses it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.wiring.temporary_folders import temporary_folder
from tests.processes import tied

_HOLD = """
import sys
from pathlib import Path
from bot.wiring.temporary_folders import temporary_folder
with temporary_folder("ours-", Path(sys.argv[1])) as folder:
    print(folder.name, flush=True)
    sys.stdin.read()
"""


def test_it_is_empty_and_private_and_gone_afterwards(tmp_path: Path) -> None:
    with temporary_folder("ours-", tmp_path) as folder:
        assert folder.parent == tmp_path
        assert folder.name.startswith("ours-")
        assert not list(folder.iterdir())
        assert folder.stat().st_mode & 0o777 == 0o700
        (folder / "file").touch()
    assert not list(tmp_path.iterdir())


def test_an_error_inside_removes_it_too(tmp_path: Path) -> None:
    with pytest.raises(KeyError), temporary_folder("ours-", tmp_path):
        raise KeyError
    assert not list(tmp_path.iterdir())


def test_it_lies_where_temporary_files_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with temporary_folder("ours-") as folder:
        assert folder.parent == tmp_path


def test_what_a_killed_process_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    command = tied([sys.executable, "-c", _HOLD, str(tmp_path)])
    holders = [
        subprocess.Popen(  # noqa: S603 - it is our own
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    names = []
    for each in holders:
        assert each.stdout is not None
        names.append(each.stdout.readline().strip())
    (tmp_path / "ours-file").touch()
    (tmp_path / "others").mkdir()
    (tmp_path / "ours-link").symlink_to("others")
    kept = {"ours-file", "others", "ours-link", names[1]}
    holders[0].send_signal(signal.SIGKILL)
    holders[0].communicate()
    with temporary_folder("ours-", tmp_path) as folder:
        assert {each.name for each in tmp_path.iterdir()} == {*kept, folder.name}
    holders[1].communicate()
    assert {each.name for each in tmp_path.iterdir()} == kept - {names[1]}


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"), temporary_folder("ours-", tmp_path / "nowhere"):
        pass
