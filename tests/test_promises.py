"""The documents' promises hold: every command, option and setting stands where a reader looks,
and a fresh process loads no more than an answer needs."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from bot import config
from bot.frontends.cli.parsing.parser import make_parser
from bot.service.presentation.chat_commands import COMMANDS
from bot.sources.corpus.folder import ANSWERS_FILE

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
COMMAND_LINE = (ROOT / "bot" / "frontends" / "cli" / "README.md").read_text("utf-8")
EXAMPLE = (ROOT / "config.example.toml").read_text("utf-8")
QUESTION = "Why did Russia walk a fine line on the South China Sea?"
SET_UP = (
    f'python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/python -m bot ask "{QUESTION}"'
)
TEST = 'python3 -m venv .venv && .venv/bin/pip install ".[test]" && .venv/bin/pytest -n 2'


def commands() -> dict[str, argparse.ArgumentParser]:
    """The command line's commands, by name."""
    actions = make_parser()._actions
    (found,) = (each for each in actions if isinstance(each, argparse._SubParsersAction))
    return dict(found.choices)


def options() -> Iterator[tuple[str, str]]:
    """Every command with every one of its long options."""
    for name, parser in commands().items():
        for action in parser._actions:
            for option in action.option_strings:
                if option.startswith("--") and option != "--help":
                    yield name, option


def settings(section: Any = config.Settings, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Every setting's key with its default."""
    for key, default in section._field_defaults.items():
        if hasattr(default, "_fields"):
            yield from settings(type(default), f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", default


@pytest.mark.parametrize("line", [SET_UP, TEST])
def test_the_readme_has_the_two_lines_that_set_everything_up(line: str) -> None:
    assert f"\n    {line}\n" in README


def test_a_change_is_tried_with_the_readme_s_own_line_on_each_python_that_is_promised() -> None:
    run = (ROOT / ".ci" / "run").read_text("utf-8")
    assert f"\n{TEST}\n" in run
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    promised = re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"]))
    assert f"for version in {' '.join(promised)}; do" in run
    assert project["requires-python"] == f">={promised[0]}"


def test_the_test_line_is_what_ci_runs() -> None:
    ci = ROOT / ".ci" / "run"
    assert f"\n{TEST}\n" in ci.read_text("utf-8")
    assert os.access(ci, os.X_OK)


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_has_help_with_an_example(name: str) -> None:
    parser = commands()[name]
    assert f"example: articlebot {name}" in (parser.epilog or "")
    example = (parser.epilog or "").partition(f"articlebot {name}")[2]
    positionals = [action for action in parser._actions if not action.option_strings]
    assert bool(example.strip()) or not any(action.required for action in positionals)
    assert parser.description
    for action in parser._actions:
        assert action.help, (name, action.dest)


def test_every_example_parses() -> None:
    import shlex

    for name, parser in commands().items():
        example = (parser.epilog or "").partition("example: articlebot ")[2]
        assert make_parser().parse_args(shlex.split(example)).command is not None, name


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_stands_in_the_reference(name: str) -> None:
    assert re.search(rf"(?m)^\| `{name}\b", COMMAND_LINE)


@pytest.mark.parametrize(("name", "option"), sorted(set(options())))
def test_every_option_stands_in_the_reference(name: str, option: str) -> None:
    assert re.search(rf"{re.escape(option)}\b", COMMAND_LINE)


PAGES = sorted(path for folder in ("bot", "tests") for path in (ROOT / folder).glob("**/README.md"))


each_page = pytest.mark.parametrize(
    "page", [ROOT / "README.md", *PAGES], ids=lambda page: str(page.parent.name)
)


@each_page
def test_every_link_between_the_pages_leads_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if "://" not in link:
            assert (page.parent / link.partition("#")[0]).exists(), link


@each_page
def test_a_page_is_read_in_two_minutes(page: Path) -> None:
    assert len(page.read_text("utf-8").splitlines()) <= 150


@pytest.mark.parametrize(("key", "default"), sorted(settings(), key=str))
def test_every_setting_stands_in_the_example_with_its_default(key: str, default: object) -> None:
    section, _, name = key.rpartition(".")
    shown: Any = tomllib.loads(re.sub(r"(?m)^# (?=\w+ = )", "", EXAMPLE))
    for part in [*filter(None, section.split(".")), name]:
        assert part in shown, f"{key} is missing from config.example.toml"
        shown = shown[part]
    if default is not None and default != ():
        assert shown == (str(default) if isinstance(default, Path) else default)


def test_the_example_holds_nothing_else_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "config.toml"
    copy.write_text(EXAMPLE, "utf-8")
    (tmp_path / "corpus").mkdir()
    monkeypatch.chdir(tmp_path)
    assert config.load(Path("config.toml")) == config.Settings()


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_chat_command_can_be_registered(command: str) -> None:
    (found,) = (each for each in COMMANDS if each.name == command)
    assert re.fullmatch(r"[a-z]{1,32}", found.name)
    assert 1 <= len(found.description) <= 100
    assert found.example.startswith(f"/{command}")
    required = [option.required for option in found.options]
    assert required == sorted(required, reverse=True)
    for option in found.options:
        assert re.fullmatch(r"[a-z]{1,32}", option.name)
        assert 1 <= len(option.description) <= 100


# each of these costs a fresh process from 1 to 600 ms, and no answer needs any of them
HEAVY = (
    *("aiohttp", "discord", "filelock", "lxml", "markdown_it", "msgspec", "nltk", "prompt_toolkit"),
    *("py3langid", "pydantic", "rich", "shtab", "trafilatura", "watchfiles", "yaml"),
    *("numpy", "rank_bm25", "asyncio", "dataclasses", "email", "http", "inspect", "logging"),
    *("multiprocessing", "statistics", "subprocess", "tomllib", "unittest", "urllib.request"),
    *("argparse", "gettext", "locale", "platformdirs", "queue", "random", "shutil", "tempfile"),
    *("bot.core.conversation.kept_passages", "bot.core.conversation.named_article"),
    *("bot.core.conversation.talk_replies", "bot.core.passages.article_reading"),
    *("bot.core.passages.fragments", "bot.core.passages.verification"),
    *("bot.core.questions.repair", "bot.core.seams.pairs", "bot.frontends.cli.parsing.parser"),
    *("bot.index.index_database", "bot.index.prepared_articles", "bot.search.bulk"),
    *("bot.search.segments.building", "bot.sources.corpus.answers_file"),
    *("bot.sources.corpus.atomic_files", "bot.text.sentences"),
    *("hashlib", "typing"),
)
REPORT = (
    "import sys; from bot.frontends.cli import main; status = main(); "
    "print(*sys.modules, file=sys.stderr); sys.exit(status)"
)


@pytest.mark.parametrize("module", [name for name in HEAVY if name.startswith("bot.")])
def test_what_is_not_to_be_loaded_exists(module: str) -> None:
    assert find_spec(module) is not None


def test_the_answer_of_a_fresh_process_loads_nothing_heavy(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path)}
    articles = tmp_path / "articles"  # without what is kept there: a kept pair loads more
    shutil.copytree(ROOT / "corpus", articles, ignore=shutil.ignore_patterns(ANSWERS_FILE))

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - it is our own
            [sys.executable, "-c", REPORT, *arguments, "--corpus", str(articles)],
            cwd=tmp_path,
            env={**environment, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )

    first = run("ask", QUESTION)
    assert run("check").returncode == 0  # a busy machine leaves the index for the next command
    second = run("ask", QUESTION)
    assert (first.returncode, second.returncode) == (0, 0), second.stderr
    assert second.stdout == first.stdout
    loaded = set(second.stderr.split())
    assert "bot.core.library" in loaded
    assert [name for name in HEAVY if name in loaded] == []
