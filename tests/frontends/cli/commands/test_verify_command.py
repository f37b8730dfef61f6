"""``verify`` and ``check``."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from bot.core.passages.address import words_hash
from bot.search.kernel import library, where
from tests.frontends.cli.conftest import Run

LAST = "Nobody has lived on the rock since the lamp was made automatic in 1968."
HASH = words_hash(LAST)


def test_identical(corpus: Path, run: Run) -> None:
    wanted = f"identical: the words stand at lighthouse#3@{HASH}\n\n  {LAST}\n"
    assert run("verify", f"lighthouse#3@{HASH}") == (0, wanted, "")
    assert run("verify", "lighthouse#3", "--quote", "lived on the rock").status == 0


def test_a_part_of_the_slug_or_words_of_the_title_are_enough(corpus: Path, run: Run) -> None:
    wanted = f"identical: the words stand at lighthouse#3@{HASH}\n\n  {LAST}\n"
    for part in ("light", "LIGHTHOUSE"):
        meant = f"articlebot: “{part}#3@{HASH}”: taken for “lighthouse#3@{HASH}”\n"
        assert run("verify", f"{part}#3@{HASH}") == (0, wanted, meant)
    gone = f"gone: nothing stands at lighthuose#3@{HASH} any more\n"
    assert run("verify", f"lighthuose#3@{HASH}") == (1, gone, "")


def test_an_answer_is_checked_as_it_was_printed(corpus: Path, run: Run) -> None:
    printed = run("ask", "When was the lamp made automatic?").out
    assert f"**{LAST}**" in printed
    asked = ("verify", f"lighthouse#3@{HASH}")
    wanted = f"identical: the words stand at lighthouse#3@{HASH}\n\n  {LAST}\n"
    assert run(*asked, "--quote", f"**{LAST}**") == (0, wanted, "")
    assert run(*asked, "--quote", "**Nobody** has lived on the rock") == (0, wanted, "")
    changed = run(*asked, "--quote", "**Nobody has lived on the hill**").out
    assert changed.endswith("lived on the [-hill-] {+rock+}\n")
    file = corpus / "lighthouse.md"
    file.write_text(file.read_text().replace("the lamp", "the \\*\\*lamp"))
    assert run("verify", "lighthouse#3", "--quote", "the **lamp").status == 0
    assert run("verify", "lighthouse#3", "--quote", "the lamp").status == 1


def test_moved(corpus: Path, run: Run) -> None:
    wanted = f"moved: the same words now stand at lighthouse#3@{HASH}\n\n  {LAST}\n"
    assert run("verify", f"lighthouse#1@{HASH}") == (0, wanted, "")


def test_changed_word_by_word(corpus: Path, run: Run) -> None:
    file = corpus / "lighthouse.md"
    file.write_text(file.read_text().replace("made automatic in 1968", "switched off in 1968"))
    now = words_hash(LAST.replace("made automatic", "switched off"))
    wanted = (
        f"changed: other words stand at lighthouse#3@{now} now\n\n"
        "  Nobody has lived on the rock since the lamp was [-made automatic-] "
        "{+switched off+} in 1968.\n"
    )
    assert run("verify", f"lighthouse#3@{HASH}", "--quote", LAST) == (1, wanted, "")
    assert run("verify", f"lighthouse#3@{HASH}", "--quote", "-", stdin=LAST) == (1, wanted, "")


def test_gone(corpus: Path, run: Run) -> None:
    assert run("verify", "lighthouse#9@00000000") == (
        1,
        "gone: nothing stands at lighthouse#9@00000000 any more\n",
        "",
    )
    (corpus / "lighthouse.md").unlink()
    assert run("verify", f"lighthouse#3@{HASH}") == (
        1,
        f"gone: nothing stands at lighthouse#3@{HASH} any more\n",
        "",
    )


def test_verdict_as_json(corpus: Path, run: Run) -> None:
    ran = run("verify", "lighthouse#3@00000000", "--quote", "Nobody lives", "--json")
    verdict = json.loads(ran.out)
    assert ran.status == 1
    assert verdict.pop("differences")[0] == {"kind": "same", "words": "Nobody"}
    assert verdict == {
        "asked": "lighthouse#3@00000000",
        "status": "changed",
        "holds": False,
        "address": f"lighthouse#3@{HASH}",
        "text": LAST,
    }


@pytest.mark.parametrize(
    ("address", "error"),
    [
        ("tides", "tides names no paragraph; write tides#1 for the first"),
        ("tides#1", "tides#1 does not say what was quoted; give its @hash, or the words with"),
        ("tides#", "'tides#' is no address; one looks like slug#8 or slug#7-8"),
    ],
)
def test_an_address_that_says_too_little(corpus: Path, run: Run, address: str, error: str) -> None:
    ran = run("verify", address)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"articlebot: {error}")
    assert ran.err.count("\n") == 1


def test_nothing_wrong(corpus: Path, run: Run) -> None:
    ran = run("check")
    lines = ran.out.splitlines()
    assert (ran.status, ran.err, len(lines)) == (0, "", 4)
    assert lines[0] == "settings: the defaults"
    assert lines[1] == "corpus: corpus, 2 articles, no faults"
    assert lines[2].startswith("index: ")
    if library() is not None:
        assert lines[3] == f"kernel: {where()}"
    else:
        assert lines[3].startswith(f"kernel: none in use ({where()}), ")


def test_which_settings_were_checked(corpus: Path, run: Run) -> None:
    assert run("check", "--corpus", "corpus").out.startswith("settings: the defaults\n")
    Path("config.toml").write_text("")
    assert run("check").out.startswith("settings: config.toml\n")
    Path("other.toml").write_text("[corpus]\nfolder = 'corpus'\n")
    assert run("check", "--config", "other.toml").out.startswith("settings: other.toml\n")


def test_every_fault_of_the_settings_has_its_line(corpus: Path, run: Run) -> None:
    Path("config.toml").write_text("[search]\nengin = 'bm25'\n[discord]\nuser_burst = 0\n")
    assert run("check") == (
        1,
        "config.toml:2: search.engin is no setting; did you mean engine?\n"
        "config.toml:4: discord.user_burst is 0; it has to be a number from 1 to 1000\n",
        "",
    )


def test_every_fault_has_its_line(corpus: Path, run: Run) -> None:
    (corpus / "a.md").write_bytes(b"\x00")
    (corpus / "b.exe").write_bytes(b"MZ")
    (corpus / "c.md").write_text("---\ntitle: [\n---\n\nText.\n")
    for number in range(7):
        (corpus / f"empty{number}.txt").write_bytes(b"")
    ran = run("check")
    lines = ran.out.splitlines()
    assert (ran.status, ran.err, len(lines)) == (1, "", 10)
    assert lines[0] == "corpus/a.md: it is binary, not text"
    assert lines[1].startswith("corpus/b.exe: a .exe file cannot be read as an article; these can:")
    assert lines[2].startswith("corpus/c.md: line 3: its front matter is no YAML: ")


def test_what_a_head_was_meant_to_say_is_named_and_no_fault(corpus: Path, run: Run) -> None:
    (corpus / "a.md").write_text("---\ntitel: The mole\npublished: unknown\n---\n\nIt digs.\n")
    ran = run("check")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[:4] == [
        "corpus/a.md: line 2: its front matter has titel; did you mean title?",
        "corpus/a.md: line 3: its front matter has published: 'unknown'; write it as YYYY-MM-DD",
        "settings: the defaults",
        "corpus: corpus, 3 articles, no faults",
    ]


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        ("[corpos]\n", "config.toml"),
        ("[corpus]\nfolder = 3\n", "config.toml"),
        (
            "[corpus]\nfolder = 'elsewhere'\n",
            "config.toml:2: corpus.folder is 'elsewhere'; it has to",
        ),
        ("nonsense", "config.toml"),
        ("[corpus]\nfolder = 'a\\u0000b'\n".replace("'", '"'), "it has to be a path in quotes"),
        ("[corpus]\nfolder = '~nobody-at-all/x'\n", "it has to be a path in a home that is there"),
        ("[search]\ncache = 'file/index'\n", "the index cannot be written here"),
    ],
)
def test_settings_that_are_wrong(corpus: Path, run: Run, settings: str, error: str) -> None:
    Path("file").write_text("")
    Path("config.toml").write_text(settings)
    ran = run("check")
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.count("\n") == 1
    assert error in ran.out


def test_a_settings_file_that_is_not_there(corpus: Path, run: Run) -> None:
    ran = run("check", "--config", "nope.toml")
    assert (ran.status, ran.err) == (1, "")
    assert ran.out == "nope.toml: the settings cannot be read (No such file or directory)\n"
    asked = run("ask", "x", "--config", "nope.toml")
    assert asked == (2, "", f"articlebot: {ran.out}")


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("[reader]\npublic_url = 'example.org'\n", "[reader] public_url is 'example.org'"),
        ("[reader]\nproxies = ['nginx']\n", "[reader] proxies names 'nginx'"),
        ("[reader]\nlisten = 'here'\n", "[reader] listen is 'here'"),
        ("[discord]\ntoken_file = 'token'\n", "token: others can read the token in it"),
        ("[discord]\napi_url = 'discord.com'\n", "[discord] api_url is 'discord.com'"),
        ("[web]\nallow = ['10.0.0.1:80']\n", "web.allow holds '10.0.0.1:80'"),
        ("[web]\nservers_allow = ['a b']\n", "web.servers_allow holds 'a b'"),
    ],
)
def test_check_names_what_another_command_would_refuse(
    corpus: Path, run: Run, monkeypatch: pytest.MonkeyPatch, setting: str, said: str
) -> None:
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    Path("token").write_text("secret", "utf-8")
    Path("token").chmod(0o644)
    Path("config.toml").write_text(setting, "utf-8")
    found = run("check")
    assert found.status == 1
    assert said in found.out
    assert "secret" not in found.out


def test_check_names_a_port_that_is_taken(corpus: Path, run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        where = f"127.0.0.1:{taken.getsockname()[1]}"
        Path("config.toml").write_text(f"[reader]\nlisten = '{where}'\n", "utf-8")
        assert f"{where} cannot be listened at" in run("check").out
    assert run("check").status == 0


@pytest.mark.parametrize("host", ["a..b", "a" * 64])
def test_an_address_to_listen_at_that_is_no_host(corpus: Path, run: Run, host: str) -> None:
    Path("config.toml").write_text(f"[reader]\nlisten = '{host}:80'\n")
    line = (
        f"[reader] listen: '{host}' is no host; it has to be an address and a port, like "
        '"127.0.0.1:8080"\n'
    )
    assert run("check") == (1, line, "")
    assert run("serve") == (2, "", f"articlebot: {line}")
    assert run("serve", "--listen", f"{host}:80") == (2, "", f"articlebot: {line}")
