"""Rules for every test: it leaves the process as it found it, and properties are tried alike."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.cluster.opensearch.running import end_nodes, opensearch

__all__ = ["opensearch"]

# Some environments keep Python from caching what it compiles. The tests start hundreds of
# processes, which take twice as long where each compiles the program anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# The processes of a pool import the main module anew: here pytest, of which they need nothing.
sys.modules["__main__"].__spec__ = None
vars(sys.modules["__main__"]).pop("__file__", None)

# The tests write many small files, which takes a sixth of their time on a disk; pytest removes
# those of a test that has passed (tmp_path_retention_policy). Some are programs that are run, which
# a container's memory may not allow.
_MEMORY = Path("/dev/shm")  # noqa: S108 - tmpfs on Linux
if (
    _MEMORY.is_dir()
    and os.access(_MEMORY, os.W_OK)
    and shutil.disk_usage(_MEMORY).free > 4e9
    and not os.statvfs(_MEMORY).f_flag & os.ST_NOEXEC
):
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))

# No property is a timed test: a busy machine must not fail one. While somebody works on the code,
# each run tries other examples. .ci/run sets CI, and then they are the same in every run, so that
# a change is judged by itself.
hypothesis.settings.register_profile("everywhere", deadline=None)
hypothesis.settings.register_profile("repeatable", deadline=None, derandomize=True)
hypothesis.settings.load_profile("repeatable" if os.environ.get("CI") else "everywhere")


_CLUSTERS = {"opensearch", "over_a_cluster"}
"""Fixtures that start one."""


def _needs_opensearch(item: pytest.Item) -> bool:
    names = getattr(item, "fixturenames", ())
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    return bool(_CLUSTERS & {*names, *map(str, parameters.values())})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of a cluster, and those for which one is started. The latter come first."""
    for item in items:
        if "cluster" in item.path.parts or _needs_opensearch(item):
            item.add_marker(pytest.mark.cluster)
    items.sort(key=_needs_opensearch, reverse=True)


class _ByFile(LoadScopeScheduling):  # type: ignore[misc]
    """Lets one of several processes (``-n``) run all tests of the cluster, and one each other
    file's. The mode loadgroup would do, but pytest 9.2 does not show it the groups."""

    def _split_scope(self, nodeid: str) -> str:
        """Return a name that all tests share which the same process has to run."""
        is_clusters = "cluster" in nodeid or "opensearch" in nodeid
        return "cluster" if is_clusters else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> _ByFile:
    """Return what hands the tests out where ``-n`` asks for several processes."""
    return _ByFile(config, log)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """End the cluster after the last test that needs it: three nodes take a core's time even where
    nobody asks them."""
    if _needs_opensearch(item) and not (nextitem and _needs_opensearch(nextitem)):
        end_nodes()


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the command line speak English, whatever the language of this machine is."""
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture(autouse=True)
def loggers() -> Iterator[None]:
    """Undo what a command that ran in this process did to the logs: it writes them to its own
    standard error, which is closed by the next test."""
    known = [logging.getLogger(name) for name in ("bot", "discord")]
    before = [(each, each.handlers[:], each.level, each.propagate) for each in known]
    yield
    for logger, handlers, level, propagate in before:
        logger.handlers[:] = handlers
        logger.setLevel(level)
        logger.propagate = propagate
