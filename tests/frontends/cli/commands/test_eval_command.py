"""``eval`` and the run it writes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.frontends.cli.conftest import Run

ROWS: list[dict[str, Any]] = [
    {"question": "Who built the lighthouse on Skerry Rock?", "gold": "Tobias Wren"},
    {
        "question": "Who carried the lamp down the stairs in the storm?",
        "article": "lighthouse",
        "paragraph": 2,
        "answers": ["Marta Quill"],
    },
    {
        "question": "When do the highest tides come to the harbour?",
        "article": "tides",
        "paragraph": 2,
    },
    {"question": "xylophone quartet Vladivostok"},
    {
        "question": "xylophone \u2028 quartet \ud800",
        "gold": "no such words",
        "id": "more is welcome",
    },
]


def write(*rows: object) -> str:
    Path("q.jsonl").write_text("\n".join(json.dumps(row) for row in rows) + "\n\n")
    return "q.jsonl"


def test_each_kind_of_question(corpus: Path, run: Run) -> None:
    ran = run("eval", write(*ROWS), "--json")
    measures = json.loads(ran.out)
    assert (ran.status, ran.err) == (0, "")
    assert (measures["questions"], measures["judged"]) == (5, 4)
    # short paragraphs may be one passage, which then is the right one for each of them
    assert measures["top1"] in (0.5, 0.75)
    assert measures["top1"] <= measures["mrr"] <= measures["top3"] <= 0.75
    assert measures["both"] == 0.5
    assert 0 < measures["milliseconds"]["median"] <= measures["milliseconds"]["p99"]


def test_the_measures_as_text(corpus: Path, run: Run) -> None:
    ran = run("eval", write(ROWS[0], ROWS[1]))
    lines = ran.out.splitlines()
    assert (ran.status, ran.err) == (0, "")
    assert lines[0] == "2 questions, 2 with a known passage"
    assert lines[1:5] == [
        "top-1                        100.0 %",
        "top-3                        100.0 %",
        "MRR@10                       100.0 %",
        "passage and sentence right   100.0 %",
    ]
    assert any(line.startswith("declined ") for line in lines)
    assert any(
        re.fullmatch(r"time, ten matches \(p99\) +\d+\.\d ms \(\d+\.\d\)", line) for line in lines
    )


@pytest.mark.parametrize(
    ("code", "heading", "shares"),
    [
        ("de", "2 Fragen, 2 mit bekannter Stelle", "Stelle und Satz richtig      100,0 %"),
        # a wide character takes two columns
        ("ja", "質問 2 件、うち箇所がわかるもの 2 件", "箇所と文が正しい             100.0 %"),
    ],
)
def test_the_measures_are_said_in_the_reader_s_language(
    corpus: Path, run: Run, monkeypatch: pytest.MonkeyPatch, code: str, heading: str, shares: str
) -> None:
    monkeypatch.setenv("LANGUAGE", code)
    lines = run("eval", write(ROWS[0], ROWS[1])).out.splitlines()
    assert lines[0] == heading
    assert shares in lines
    assert json.loads(run("eval", write(ROWS[0]), "--json").out)["questions"] == 1


def test_a_run_holds_a_line_for_each_question_in_order(corpus: Path, run: Run) -> None:
    ran = run("eval", write(*ROWS), "--run", "out.jsonl")
    assert (ran.status, ran.err) == (0, "")
    rows = [json.loads(line) for line in Path("out.jsonl").read_text("utf-8").split("\n")[:-1]]
    assert [row["question"] for row in rows] == [row["question"] for row in ROWS]
    for row in rows:
        assert list(row) == ["question", "answered", "confidence", "matches"]
        assert len(row["matches"]) <= 10
    asked = json.loads(run("ask", ROWS[0]["question"], "--json", "--limit", "10").out)
    assert rows[0]["matches"] == asked["matches"]
    assert (rows[0]["answered"], rows[3]["answered"]) == (True, False)
    assert sorted(path.name for path in Path().iterdir()) == ["corpus", "out.jsonl", "q.jsonl"]


def test_line_separators_within_a_question_end_no_line(corpus: Path, run: Run) -> None:
    question = "one \u2028 two \x85 three \x0b"
    Path("q.jsonl").write_text(json.dumps({"question": question}, ensure_ascii=False), "utf-8")
    assert run("eval", "q.jsonl", "--run", "out.jsonl").status == 0
    rows = Path("out.jsonl").read_text("utf-8").split("\n")
    assert (len(rows), json.loads(rows[0])["question"]) == (2, question)


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("{", "this is no JSON: "),
        ("[" * 100_000, "this is no JSON: "),
        ("[]", 'this has no question; write {"question": "..."}'),
        ('{"question": 3}', 'this has no question; write {"question": "..."}'),
        ('{"gold": "x"}', 'this has no question; write {"question": "..."}'),
        (
            '{"question": "x", "article": "a", "paragraph": "8"}',
            "paragraph is '8'; it has to be a whole number",
        ),
        (
            '{"question": "x", "article": "a", "paragraph": true}',
            "paragraph is True; it has to be a whole number",
        ),
        (
            '{"question": "x", "paragraph": 8}',
            'it has a paragraph but no article; add "article": its slug',
        ),
        ('{"question": "x", "article": 8}', "article is 8; it has to be a slug in quotes"),
        (
            '{"question": "x", "answers": "y"}',
            "answers is 'y'; it has to be a list of texts in quotes",
        ),
        (
            '{"question": "x", "answers": [1]}',
            "answers is [1]; it has to be a list of texts in quotes",
        ),
        (
            '{"question": "x", "gold": ""}',
            "gold is ''; it has to be words of the right passage, in quotes",
        ),
        ('{"question": "x", "gold": "\x1b[31m"}', "this is no JSON: "),
    ],
)
def test_a_line_that_is_no_question(corpus: Path, run: Run, row: str, error: str) -> None:
    Path("q.jsonl").write_text(f'{{"question": "good"}}\n\n{row}\n')
    ran = run("eval", "q.jsonl", "--run", "out.jsonl")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"articlebot: q.jsonl:3: {error}")
    assert ran.err.count("\n") == 1
    assert not Path("out.jsonl").exists()


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("nope.jsonl", "the questions cannot be read (No such file or directory)"),
        ("corpus", "the questions cannot be read (Is a directory)"),
        ("latin.jsonl", "the questions cannot be read (it is not UTF-8)"),
        ("empty.jsonl", 'it holds no questions; write lines like {"question": "..."}'),
    ],
)
def test_a_file_that_holds_no_questions(corpus: Path, run: Run, name: str, error: str) -> None:
    Path("empty.jsonl").write_text("\n\n")
    Path("latin.jsonl").write_bytes(b'{"question": "Gr\xf6\xdfe"}')
    assert run("eval", name) == (2, "", f"articlebot: {name}: {error}\n")


@pytest.mark.parametrize("name", ["nowhere/out.jsonl", "corpus", "."])
def test_a_run_that_cannot_be_written(corpus: Path, run: Run, name: str) -> None:
    ran = run("eval", write(ROWS[0]), "--run", name)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert sorted(path.name for path in Path().iterdir()) == ["corpus", "q.jsonl"]


KEEPER = ROWS[1]


def test_the_sentence_is_chosen_where_the_passage_is_given(corpus: Path, run: Run) -> None:
    ran = run("eval", write(*ROWS), "--given-passage", "--json")
    # the others have no paragraph, or no answers
    assert json.loads(ran.out)["given_passage"] == {"questions": 1, "sentence": 1.0}
    ran = run("eval", write(KEEPER), "--given-passage")
    assert "sentence, passage given      100.0 %" in ran.out.splitlines()


def test_each_question_is_asked_again_without_its_article(corpus: Path, run: Run) -> None:
    ran = run("eval", write(KEEPER, ROWS[0]), "--no-answer", "--json")
    certainty = json.loads(ran.out)["confidence"]
    assert certainty["askings"] == 3  # nobody says which article the other one is about
    assert certainty["auroc_answerable"] == 1.0
    assert certainty["false_answers"] == 0.0
    assert certainty["answered_at_precision"] == 1.0
    assert sum(each["askings"] for each in certainty["reliability"]) == 3
    again = json.loads(run("ask", KEEPER["question"], "--json").out)
    assert again["matches"][0]["article"] == "lighthouse"


def test_an_article_to_leave_out_has_to_be_there(corpus: Path, run: Run) -> None:
    ran = run("eval", write({**KEEPER, "article": "nowhere"}), "--no-answer")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.splitlines()[-1] == (
        "articlebot: there is no article 'nowhere'; `articles` lists them"
    )


def test_questions_about_other_articles_are_told_of(corpus: Path, run: Run) -> None:
    ran = run("eval", write(KEEPER, {**KEEPER, "article": "nowhere"}), "--json")
    assert (ran.status, json.loads(ran.out)["top1"]) == (0, 0.5)
    assert ran.err == (
        "articlebot: q.jsonl: 1 question about articles that are not in the corpus "
        "(first: 'nowhere'), counted as answered wrong\n"
    )


def test_questions_are_asked_as_people_type_them(corpus: Path, run: Run) -> None:
    def asked(*options: str) -> str:
        assert run("eval", write(KEEPER), "--run", "out.jsonl", *options).status == 0
        question: str = json.loads(Path("out.jsonl").read_text())["question"]
        return question

    assert asked("--perturb", "lower") == "who carried the lamp down the stairs in the storm"
    assert asked("--perturb", "stopwords") == "carried lamp down stairs storm"
    typed = {asked("--perturb", "typo", "--seed", str(seed)) for seed in range(5)}
    assert len(typed) > 2
    assert asked("--perturb", "typo", "--seed", "4") in typed


def test_the_reliability_is_drawn(corpus: Path, run: Run) -> None:
    assert run("eval", write(KEEPER), "--plot", "out.svg").status == 0
    picture = ElementTree.parse("out.svg").getroot()  # noqa: S314 - our own
    space = "{http://www.w3.org/2000/svg}"
    assert picture.tag == f"{space}svg"
    assert len(picture.findall(f"{space}rect")) == 2  # the ground, and one bar
    texts = [text.text for text in picture.iter(f"{space}text")]
    assert "How many answers are right at each confidence (1 askings)" in texts
    ran = run("eval", write(KEEPER), "--plot", "nowhere/out.svg")
    assert (ran.status, ran.out) == (2, "")


def test_a_run_replaces_what_was_there_as_a_whole(corpus: Path, run: Run) -> None:
    Path("real.jsonl").write_text("old")
    Path("link.jsonl").symlink_to("real.jsonl")
    assert run("eval", write(ROWS[0]), "--run", "link.jsonl").status == 0
    assert Path("link.jsonl").is_symlink()
    assert json.loads(Path("real.jsonl").read_text())["question"] == ROWS[0]["question"]


def test_a_plot_is_svg(corpus: Path, run: Run) -> None:
    assert run("eval", write(*ROWS), "--plot", "plot.png") == (
        2,
        "",
        "articlebot: plot.png: the plot is drawn as SVG; give it a name that ends so\n",
    )
    assert run("eval", write(*ROWS), "--plot", "plot.svg").status == 0
    assert Path("plot.svg").read_text("utf-8").startswith("<svg ")
