"""Where things lie."""

from __future__ import annotations

import os

import platformdirs
import pytest

from bot import wiring


@pytest.mark.parametrize("named", [None, "", "/caches", "caches", "~/caches"])
@pytest.mark.parametrize("home", [None, "", "/home/somebody", "somebody"])
def test_caches_lie_where_the_platform_has_them(
    monkeypatch: pytest.MonkeyPatch, named: str | None, home: str | None
) -> None:
    for variable, value in (("XDG_CACHE_HOME", named), ("HOME", home)):
        if value is None:
            monkeypatch.delenv(variable, raising=False)
        else:
            monkeypatch.setenv(variable, value)
    assert os.fspath(wiring.cache_folder()) == platformdirs.user_cache_dir("articlebot", False)
