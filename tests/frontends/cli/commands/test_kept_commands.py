"""``keep``, ``kept`` and ``check --answers``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.core.passages.address import words_hash
from tests.frontends.cli.conftest import Run

LAST = "Nobody has lived on the rock since the lamp was made automatic in 1968."
ADDRESS = f"lighthouse#3@{words_hash(LAST)}"
QUESTION = "Is anyone home out there?"


@pytest.fixture(autouse=True)
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "ada")


def test_a_kept_answer_comes_first_and_is_said_to_be_kept(corpus: Path, run: Run) -> None:
    assert run("ask", QUESTION).status == 1
    wanted = f"kept: {ADDRESS} answers “{QUESTION}”\n"
    assert run("keep", QUESTION, "lighthouse#3") == (0, wanted, "")
    assert run("keep", QUESTION, "light#3") == (0, wanted, "")  # a part of the slug is enough
    ran = run("ask", f"Hello! {QUESTION.lower()} Thanks!")
    assert (ran.status, ran.out.splitlines()[0]) == (0, "Kept by the editors:")
    assert LAST in " ".join(ran.out.split())
    answer = json.loads(run("ask", "--json", "--limit", "2", QUESTION).out)
    assert (answer["kind"], answer["confidence"]) == ("answer", 1.0)
    assert answer["matches"][0]["text"].endswith(LAST)
    assert answer["matches"][0]["sentence"] == LAST
    assert answer["matches"][0]["kept"] is True
    assert "kept" not in json.loads(run("ask", "--json", "Who built it?").out)["matches"][0]


def test_kept_answers_are_listed_replaced_and_forgotten(corpus: Path, run: Run) -> None:
    run("keep", QUESTION, "lighthouse#1")
    before = json.loads(run("kept", "--json").out)[0]["address"]
    ran = run("keep", QUESTION, ADDRESS)
    assert ran.out.splitlines()[1] == f"in place of {before}"
    (listed,) = json.loads(run("kept", "--json").out)
    assert listed["when"].endswith("Z")
    assert listed == {"question": QUESTION, "address": ADDRESS, "by": "ada", "when": listed["when"]}
    wanted = f"{QUESTION}\n  {ADDRESS}\n  kept by ada {listed['when']}\n"
    assert run("kept") == (0, wanted, "")
    wanted = f"forgotten: {ADDRESS} for “{QUESTION}”\n"
    assert run("kept", "--forget", QUESTION) == (0, wanted, "")
    wanted = f"nothing is kept for “{QUESTION}”; `kept` lists what is\n"
    assert run("kept", "--forget", QUESTION) == (1, wanted, "")
    assert run("kept").out.startswith("Nothing is kept yet")
    assert run("kept", "--json") == (0, "[]\n", "")


def test_a_question_that_gets_a_kept_answer_forgets_and_replaces_it_too(
    corpus: Path, run: Run
) -> None:
    run("keep", "When did the lamp become automatic?", "lighthouse#3")
    before = json.loads(run("kept", "--json").out)[0]["address"]
    ran = run("keep", "when did the lamp become automatic", "tides#1")
    assert ran.out.splitlines()[1] == f"in place of {before}"
    (listed,) = json.loads(run("kept", "--json").out)
    assert listed["question"] == "when did the lamp become automatic"
    with (corpus / "answers.jsonl").open("a", encoding="utf-8") as file:  # by hand
        file.write(json.dumps({**listed, "question": "When did the lamp become automatic"}) + "\n")
        file.write(json.dumps({**listed, "question": "When did the lamps become dim?"}) + "\n")
    ran = run("kept", "--forget", "Tell me when the lamp became automatic!")
    assert ran.status == 1  # that is another question
    ran = run("kept", "--forget", "Hello, when did the lamp become automatic, please?")
    wanted = f"forgotten: {listed['address']} for “When did the lamp become automatic”\n"
    assert ran == (0, wanted, "")
    (other,) = json.loads(run("kept", "--json").out)
    assert other["question"] == "When did the lamps become dim?"
    assert run("check", "--answers").status == 0


@pytest.mark.parametrize(
    ("question", "address", "fault"),
    [
        ("Why?", "lighthouse", "lighthouse names no paragraph"),
        ("Why?", "lighthouse#9", "there is no paragraph 9"),
        ("Why?", "nowhere#1", "there is no article"),
        ("Why?", "#", "is no address"),
        ("Why?", "lighthouse#3@00000000", "the words are changed"),
        (" ", "lighthouse#3", "the question is empty"),
        ("x" * 4001, "lighthouse#3", "the question is longer than 4,000 characters"),
    ],
)
def test_what_cannot_be_kept(
    corpus: Path, run: Run, question: str, address: str, fault: str
) -> None:
    ran = run("keep", question, address)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert fault in ran.err
    assert not (corpus / "answers.jsonl").exists()


def test_check_tells_which_kept_answers_no_longer_hold(corpus: Path, run: Run) -> None:
    assert run("check", "--answers").out.endswith("\nkept answers: none\n")
    run("keep", QUESTION, ADDRESS)
    run("keep", "When is the tide highest?", "tides#1")
    ran = run("check", "--answers")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.endswith("kept answers: 2 questions, each gets its passage first\n")
    file = corpus / "lighthouse.md"
    file.write_text(file.read_text("utf-8").replace("in 1968", "in 1969"), "utf-8")
    (corpus / "tides.txt").unlink()
    now = f"lighthouse#3@{words_hash(LAST.replace('1968', '1969'))}"
    ran = run("check", "--answers")
    assert ran.status == 1
    gone, changed = ran.out.splitlines()[-2:]
    assert gone.startswith("“When is the tide highest?” no longer gets tides#1@")
    assert gone.endswith(": it is no longer there")
    assert changed == (
        f"“{QUESTION}” no longer gets {ADDRESS}: its words have changed; "
        f"at {now} other words stand now"
    )
    assert run("check").status == 0


def test_check_tells_that_another_passage_comes_first(corpus: Path, run: Run) -> None:
    run("keep", QUESTION, "tides#1")
    later = (corpus / "answers.jsonl").read_text("utf-8")
    run("keep", QUESTION, ADDRESS)
    with (corpus / "answers.jsonl").open("a", encoding="utf-8") as file:  # as git may merge it
        file.write(later)
    ran = run("check", "--answers")
    assert ran.status == 1
    failed = ran.out.splitlines()[-1]
    assert failed.startswith(f"“{QUESTION}” no longer gets {ADDRESS}: tides#1@")
    assert failed.endswith(" comes first")


def test_a_damaged_line_is_named_and_stays(corpus: Path, run: Run) -> None:
    file = corpus / "answers.jsonl"
    file.write_text("oops\n", "utf-8")
    told = (
        "corpus/answers.jsonl: line 1 is no kept answer (it is not JSON); mend it, or take it out\n"
    )
    assert run("check") == (1, told, "")
    ran = run("keep", QUESTION, ADDRESS)
    assert (ran.status, ran.err) == (0, f"articlebot: {told}")
    assert file.read_text("utf-8").startswith("oops\n{")
    assert run("ask", QUESTION).status == 0


def test_a_server_keeps_its_own(corpus: Path, run: Run, folder: Path) -> None:
    (folder / "config.toml").write_text("[discord]\ndata = 'data'\n", "utf-8")
    (folder / "data" / "servers" / "42").mkdir(parents=True)
    assert run("keep", "--server", "42", QUESTION, ADDRESS).status == 0
    assert run("kept", "--json") == (0, "[]\n", "")
    assert len(json.loads(run("kept", "--json", "--server", "42").out)) == 1
    assert run("ask", QUESTION).status == 1
    assert run("check", "--answers").status == 0
    (corpus / "lighthouse.md").unlink()
    ran = run("check", "--answers")
    assert ran.status == 1
    assert ran.out.splitlines()[-1].startswith(f"server 42: “{QUESTION}” no longer gets")


def test_kept_answers_go_with_a_backup(corpus: Path, run: Run, folder: Path) -> None:
    run("keep", QUESTION, ADDRESS)
    kept = (corpus / "answers.jsonl").read_bytes()
    assert run("backup", "all.tar.zst").status == 0
    (corpus / "answers.jsonl").unlink()
    assert run("restore", "all.tar.zst", "--force").status == 0
    assert (corpus / "answers.jsonl").read_bytes() == kept


def test_nothing_of_a_pair_reaches_the_terminal_raw(corpus: Path, run: Run) -> None:
    run("keep", "Red \x1b[31m alarm?", ADDRESS)
    for ran in (run("kept"), run("check", "--answers"), run("kept", "--forget", "x\x1b[2J")):
        assert "\x1b[31m" not in ran.out + ran.err
        assert "\x1b[2J" not in ran.out + ran.err
