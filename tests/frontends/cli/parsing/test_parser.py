"""Command lines are parsed, and their faults named."""

from __future__ import annotations

import argparse
import ast
import shutil
import subprocess
from pathlib import Path

import pytest

from bot import __version__
from bot.frontends.cli.parsing.parser_words import WORDS
from bot.search.kernel import library, where
from bot.text.fingerprint import fingerprint
from tests.frontends.cli.conftest import Run


def test_help(folder: Path, run: Run) -> None:
    ran = run("--help")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("usage: articlebot ")
    assert 'example: articlebot ask "Why did Russia walk a fine line' in ran.out


def test_the_version(folder: Path, run: Run) -> None:
    kernel = where() if library() is not None else f"none in use ({where()})"
    versions = f"articlebot {__version__}\nkernel: {kernel}\nanalysis: {fingerprint()}\n"
    assert run("--version") == (0, versions, "")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["bogus"], "argument COMMAND: invalid choice: 'bogus'"),
        (["ask"], "the following arguments are required: QUESTION"),
        (["ask", "x", "--art", "y"], "unrecognized arguments: --art"),
        (
            ["ask", "--artcle", "x", "why"],
            "unrecognized arguments: --artcle; did you mean --article?",
        ),
        (["check", "--anwsers=1"], "unrecognized arguments: --anwsers=1; did you mean --answers?"),
        (["articles", "x"], "unrecognized arguments: x"),
        (["ask", "x", "--corpus"], "argument --corpus: expected one argument"),
        (["ask", "x", "--corpus", ""], "argument --corpus: '' is no path"),
        (["--config", "", "ask", "x"], "argument --config: '' is no path"),
        (["ask", "x", "--corpus", "a\0b"], "argument --corpus: 'a\\x00b' is no path"),
        (["completion", "fish"], "argument shell: invalid choice: 'fish'"),
    ],
)
def test_a_command_line_that_is_wrong(
    corpus: Path, run: Run, arguments: list[str], error: str
) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("usage: articlebot ")
    assert f"error: {error}" in ran.err.splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ([], "folgende Argumente fehlen: COMMAND"),
        (["ask", "x", "--corpus"], "Argument --corpus: es braucht einen Wert"),
        (["misses", "--since", "soon"], "Argument --since: 'soon' ist keine Zeit"),
        (["completion", "fish"], "Argument shell: unzulässige Wahl: 'fish'"),
        (["remove", "x", "--yes", "--preview"], "Argument --preview: nicht zusammen mit "),
    ],
)
def test_what_is_wrong_is_said_in_the_reader_s_language(
    corpus: Path, run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str], error: str
) -> None:
    monkeypatch.setenv("LANGUAGE", "de")
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("Aufruf: articlebot ")
    assert f": Fehler: {error}" in ran.err.splitlines()[-1]
    told = run("--help").out
    assert told.startswith("Aufruf: articlebot ")
    assert "\nOptionen:\n" in told
    assert "diese Hilfe zeigen" in told
    monkeypatch.setenv("LANGUAGE", "en")
    assert run("--help").out.startswith("usage: articlebot ")


def test_all_that_argparse_may_say_is_known() -> None:
    """Return argparse's messages, without those about wrongly made parsers, about options not used,
    or from Python 3.12 on of what is deprecated, is left out."""
    tree = ast.parse(Path(argparse.__file__).read_text("utf-8"))
    said = {
        str(call.args[0].value).strip()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "_"
        and isinstance(call.args[0], ast.Constant)
    }
    assert set(WORDS) - said <= {""}
    others = said - set(WORDS)
    never = ("deprecated", "mode %r", "open '%(file", "default: %(default)", "version number",
             "callable", "conflict", "cannot", "dest=", "option string", "must be optional",
             "invalid argument for", "not defined", "subcommands", "heading", "warning", "parser",
             "ambiguous", "subparser")  # fmt: skip
    assert [each for each in others if not any(part in each for part in never)] == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completion_for_a_shell_names_every_command(folder: Path, run: Run, shell: str) -> None:
    ran = run("completion", shell)
    assert (ran.status, ran.err) == (0, "")
    assert all(name in ran.out for name in ("ask", "chat", "articles", "verify", "completion"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "caf\udce9"),
        ("verify", "caf\udce9#1"),
        ("verify", "lighthouse#1", "--quote", "caf\udce9"),
        ("refresh", "caf\udce9"),
        ("remove", "caf\udce9"),
        ("ask", "how high?", "--article", "caf\udce9"),
        ("add", "tides.txt", "--title", "caf\udce9"),
        ("add", "--feed", "http://caf\udce9/"),
    ],
)
def test_bytes_that_are_no_text_are_told_in_a_line(
    corpus: Path, run: Run, arguments: tuple[str, ...]
) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.splitlines()[-1].endswith("is not UTF-8 text")


@pytest.mark.parametrize(
    "arguments",
    [
        ("\x1b[31mred",),
        ("add", "--\x1b[31mred"),
        ("ask", "how high?", "--limit", "\x1b[31m"),
        ("show", "a", "--server", "\x1b[31m"),
        ("show", "a", "\x1b[31mb", "--json"),
        ("--corpus", ""),
    ],
)
def test_no_argument_reaches_the_terminal_as_a_command(
    folder: Path, run: Run, arguments: tuple[str, ...]
) -> None:
    ran = run(*arguments)
    assert ran.status == 2
    assert "\x1b" not in ran.err


def test_a_link_that_is_none_is_told_in_a_line(corpus: Path, run: Run) -> None:
    ran = run("add", "http://xn--/", "http://127.1/")
    assert (ran.status, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 2


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash on this machine")
def test_completion_offers_slugs_and_runs_none_of_them(corpus: Path, run: Run) -> None:
    (corpus / "tides $(touch hacked) *.txt").write_text("The tide is high.\n")
    script = run("completion", "bash").out
    slugs = run("articles", "--slugs").out
    assert slugs.splitlines() == ["lighthouse", "tides", "tides $(touch hacked) *"]
    Path("slugs").write_text(slugs)
    script += """
        articlebot() { cat slugs; }
        COMP_WORDS=(articlebot remove ti) COMP_CWORD=2 COMP_LINE="articlebot remove ti"
        _shtab_articlebot
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    ran = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)  # noqa: S603, S607
    assert ran.stdout.splitlines() == ["tides", "tides\\ \\$\\(touch\\ hacked\\)\\ \\*"]
    assert not Path("hacked").exists()


def test_what_a_command_does_not_take_is_said_with_its_own_usage(corpus: Path, run: Run) -> None:
    for arguments in (["ask", "x", "--zap"], ["--corpus", "corpus", "ask", "x", "--zap"]):
        ran = run(*arguments)
        assert ran.err.startswith("usage: articlebot ask [-h]")
        assert "articlebot ask: error: unrecognized arguments: --zap" in ran.err
