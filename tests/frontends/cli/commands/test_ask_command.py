"""``ask`` as a person or a script calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.frontends.cli.conftest import Run

QUESTION = "Why did Russia walk a fine line on the South China Sea?"
SLUG = "china-and-russias-north-korea-problem"
ANSWER = """\
  **In the South China Sea it is the other way round: China would like to have Russia on its side \
there, and Russia walks a fine line, because it is trying to mend and strengthen its relations \
with ASEAN, with the bloc as a whole as well as with single countries of Southeast Asia.**

— “China and Russia’s North Korea problem”, digest of the article of the same title, 2016-07-18
  paragraph 8 of 14 · china-and-russias-north-korea-problem#8@4430a35c
"""


def test_the_question_of_the_readme(shipped: Path, run: Run) -> None:
    assert run("ask", QUESTION) == (0, ANSWER, "")


def test_words_need_no_quotation_marks(shipped: Path, run: Run) -> None:
    assert run("ask", *QUESTION.split()) == (0, ANSWER, "")


def test_a_question_from_standard_input(shipped: Path, run: Run) -> None:
    assert run("ask", "-", stdin=f"\n{QUESTION}\n") == (0, ANSWER, "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--corpus", "corpus", "ask", "--json", "lighthouse"),
        ("ask", "--corpus", "corpus", "lighthouse", "--json"),
        ("ask", "lighthouse", "--json", "--corpus=corpus"),
    ],
)
def test_options_stand_before_or_after_the_arguments(
    corpus: Path, run: Run, arguments: tuple[str, ...]
) -> None:
    ran = run(*arguments)
    assert json.loads(ran.out)["matches"][0]["article"] == "lighthouse"


def test_json_has_every_key_that_is_promised(corpus: Path, run: Run) -> None:
    ran = run("ask", "Who built the lighthouse on Skerry Rock?", "--json", "--limit", "3")
    answer = json.loads(ran.out)
    assert (ran.status, ran.err) == (0, "")
    assert answer["question"] == "Who built the lighthouse on Skerry Rock?"
    assert answer["answered"] is True
    assert 0.0 <= answer["confidence"] <= 1.0
    match = answer["matches"][0]
    text = (corpus / "lighthouse.md").read_text().partition("---\n\n")[2].strip()
    assert match["article"] == "lighthouse"
    assert match["title"] == "The lighthouse on Skerry Rock"
    assert match["author"] == "Ada Finch"
    assert match["publisher"] == "The Harbour Gazette"
    assert match["published"] == "1999-04-02"
    assert match["url"] == "https://example.org/skerry"
    assert match["paragraphs"]["first"] == 1
    assert match["paragraphs"]["of"] == 3
    assert match["text"] == text[match["start"] : match["end"]]
    assert match["sentence"].startswith("The lighthouse on Skerry Rock was built by Tobias Wren")
    assert match["sentence"] in match["text"]
    words = [match["text"][start:end] for start, end in match["highlights"]]
    assert {"lighthouse", "Skerry", "Rock", "built"} <= set(words)
    assert isinstance(match["score"], float)
    assert match["address"].startswith("lighthouse#1")
    assert match["citation"].startswith(
        "“The lighthouse on Skerry Rock”, Ada Finch, The Harbour Gazette, 1999-04-02, paragraph"
    )
    assert match["citation"].endswith(match["address"])


def test_json_of_what_is_not_answered_holds_the_nearest(corpus: Path, run: Run) -> None:
    ran = run("ask", "What does a xylophone quartet in Vladivostok cost?", "--json")
    answer = json.loads(ran.out)
    assert (ran.status, answer["answered"], ran.err) == (1, False, "")
    assert {"question", "answered", "confidence", "matches"} <= answer.keys()


def test_what_nothing_answers_is_said(corpus: Path, run: Run) -> None:
    ran = run("ask", "xylophone quartet Vladivostok")
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.startswith("Nothing in the articles answers this.\n")


def test_small_talk_is_answered_without_a_quotation(corpus: Path, run: Run) -> None:
    ran = run("ask", "hello there!", "--json")
    answer = json.loads(ran.out)
    assert (ran.status, answer["kind"], answer["answered"], answer["matches"]) == (
        0,
        "talk",
        False,
        [],
    )
    assert run("ask", "hello there!") == (0, answer["reply"] + "\n", "")


def test_as_many_matches_as_were_asked_for(corpus: Path, run: Run) -> None:
    def count(limit: str) -> int:
        ran = run("ask", "the lamp of the lighthouse or the tide", "--json", "--limit", limit)
        return len(json.loads(ran.out)["matches"])

    assert count("1") == 1
    assert count("2") == 2


@pytest.mark.parametrize("limit", ["0", "-1", "1001", "x", "1.5", "", "٣٣٣٣٣", "9" * 5000])
def test_a_limit_that_is_none(corpus: Path, run: Run, limit: str) -> None:
    ran = run("ask", "lighthouse", f"--limit={limit}")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.endswith(
        f"articlebot ask: error: argument --limit: {limit!a} is no whole number from 1 to 1000\n"
    )


def test_one_article_only(corpus: Path, run: Run) -> None:
    ran = run("ask", "the lamp, the tide and the water", "--article", "tides", "--json")
    assert {match["article"] for match in json.loads(ran.out)["matches"]} == {"tides"}


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("nope", "there is no article 'nope'; `articles` lists them"),
        ("tdies", "there is no article 'tdies'; did you mean “tides” (tides)?"),
        ("", "name an article; `articles` lists them"),
        ("../corpus/tides", "there is no article '../corpus/tides'; did you mean “tides” (tides)?"),
        ("tides.txt", "there is no article 'tides.txt'; did you mean “tides” (tides)?"),
        ("\x1b[31m", r"there is no article '\x1b[31m'; `articles` lists them"),
        ("%s{0}", "there is no article '%s{0}'; `articles` lists them"),
    ],
)
def test_an_article_that_is_not_there(corpus: Path, run: Run, text: str, error: str) -> None:
    ran = run("ask", "lighthouse", "--article", text)
    assert ran == (2, "", f"articlebot: {error}\n")


@pytest.mark.parametrize("text", ["tides", "TIDES", "tid", "tides "])
def test_an_article_is_named_by_its_slug_its_title_or_a_part_of_it(
    corpus: Path, run: Run, text: str
) -> None:
    ran = run("ask", "tide", "--article", text)
    assert ran == run("ask", "tide", "--article", "tides")
    assert "tides#1" in ran.out


@pytest.mark.parametrize("question", ["", " ", "\n\t", "\u2003"])
def test_an_empty_question(corpus: Path, run: Run, question: str) -> None:
    error = "articlebot: the question is empty; write one, in quotation marks\n"
    assert run("ask", question) == (2, "", error)
    assert run("ask", "-", stdin=question) == (2, "", error)


@pytest.mark.parametrize(
    "question",
    [
        "?!... -- (!)",
        "🎉🏴\U000e0067\U000e007f",
        "почему маяк стоит на скале",
        "灯塔是谁建的？",
        "ประภาคาร",
        "\udcff\udcfe \ud800",
        "NUL\x00 and \x1b[31mred\x1b[0m \u202e",
        "a" * 100_000,
        "%s %d {0} {question} \\N{BULLET}",
        '" OR 1=1; -- *',
        "e" + "\u0301" * 5000,
    ],
)
def test_a_question_that_is_hard_to_read(corpus: Path, run: Run, question: str) -> None:
    ran = run("ask", "--json", "--", question)
    answer = json.loads(ran.out)
    assert answer["question"] == question.strip()
    assert ran.status == (0 if answer["kind"] in ("answer", "talk") else 1)
    assert ("only its beginning is searched for" in ran.err) == (len(question) > 4000)
    assert ran.err.count("\n") == (len(question) > 4000)
    plain = run("ask", "--", question)
    assert plain.status == ran.status
    assert plain.out.strip()
    assert not {"\x1b", "\x00", "\u202e"} & set(plain.out)


def test_a_question_of_ten_thousand_words(corpus: Path, run: Run) -> None:
    question = " ".join(["lighthouse keeper", *(f"word{number}" for number in range(9_998))])
    ran = run("ask", "-", "--json", stdin=question)
    assert json.loads(ran.out)["question"] == question
    assert ran.status in (0, 1)


EVIL = (
    b'---\ntitle: "Evil \\e[31m title \\u202e rtl"\nauthor: "Mal\\u0007lory"\nlanguage: en\n'
    b'url: "https://example.org/\\u202ex"\n---\n\n'
    b"The zebra \x1b[31mred\x1b[0m \xc2\x9b31m crossed \xe2\x80\xaethe road\xe2\x80\xac"
    b" in 1999.\x07 Bells\x7f rang.\r\n"
)


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "zebra road"),
        ("ask", "zebra road", "--json"),
        ("show", "evil"),
        ("show", "evil#1", "--json"),
        ("articles",),
        ("articles", "--json"),
        ("verify", "evil#1@00000000"),
        ("verify", "evil#1@00000000", "--quote", "\x1b[31m zebra"),
        ("verify", "evil#1@00000000", "--json"),
        ("chat",),
        ("check",),
    ],
)
def test_an_article_cannot_command_the_terminal(
    corpus: Path, run: Run, arguments: tuple[str, ...]
) -> None:
    (corpus / "evil.md").write_bytes(EVIL)
    (corpus / "evil\x1b[31m\u202e.md").write_bytes(EVIL)
    ran = run(*arguments, stdin="zebra road\n/articles\n/article title: evil\n/ask \x1b[31m\n")
    shown = ran.out + ran.err
    assert {char for char in shown if not char.isprintable()} <= {"\n"}
    assert "\\u001b" in shown or "\\x1b" in shown or "Evil" in shown


def test_json_reads_back_whatever_the_article_holds(corpus: Path, run: Run) -> None:
    (corpus / "evil.md").write_bytes(EVIL)
    shown = json.loads(run("show", "evil", "--json").out)["paragraphs"]
    assert shown == [
        {
            "number": 1,
            "text": "The zebra \x1b[31mred\x1b[0m \x9b31m crossed \u202ethe road\u202c"
            " in 1999.\x07 Bells\x7f rang.",
        }
    ]


def test_no_folder_of_articles(folder: Path, run: Run) -> None:
    wanted = (
        f"articlebot: {folder / 'corpus'}: there is no folder of articles here; make it, or name "
        "another with --corpus DIR\n"
    )
    for command in (["ask", "x"], ["articles"], ["chat"], ["show", "x"], ["eval", "q.jsonl"]):
        (folder / "q.jsonl").write_text('{"question": "x"}')
        assert run(*command) == (2, "", wanted)


def test_an_empty_corpus_says_how_to_begin(folder: Path, run: Run) -> None:
    (folder / "corpus").mkdir()
    hint = (
        "corpus holds no articles yet: put a .md or .txt file there, or run `articlebot add FILE`\n"
    )
    assert run("ask", "x") == (1, f"Nothing in the articles answers this.\n{hint}", "")
    assert run("ask", "x", "--json").err == hint
    assert run("articles") == (0, hint, "")
    assert run("articles", "--json") == (0, "[]\n", "")
    assert run("chat", stdin="/articles\n").out.startswith(hint)


def test_a_corpus_of_empty_files(folder: Path, run: Run) -> None:
    (folder / "corpus").mkdir()
    (folder / "corpus" / "void.md").write_bytes(b"")
    (folder / "corpus" / "blank.txt").write_bytes(b" \r\n\t\r\n")
    ran = run("ask", "x")
    assert ran.status == 1
    assert "or run `articlebot add FILE`" in ran.out
    assert ran.err == "articlebot: skipped 2 files; `check` names them\n"


def test_a_file_that_is_no_article_is_named_several_are_counted_and_the_others_serve(
    corpus: Path, run: Run
) -> None:
    (corpus / "binary.md").write_bytes(b"\x00\x01\x02")
    said = "articlebot: skipped corpus/binary.md: it is binary, not text\n"
    assert run("ask", "lighthouse").err == said
    (corpus / "latin.txt").write_bytes("Größe".encode("latin-1"))
    (corpus / "broken.md").write_bytes(b"---\ntitle: [\n---\n\nText.\n")
    (corpus / "outside.md").symlink_to("/etc/hostname")
    for number in range(3):
        (corpus / f"{number}.exe").write_bytes(b"MZ")
    ran = run("ask", "lighthouse", "--json")
    assert json.loads(ran.out)["matches"][0]["article"] == "lighthouse"
    assert ran.err == "articlebot: skipped 7 files; `check` names them\n"


def test_without_an_index_that_can_be_written_it_still_answers(corpus: Path, run: Run) -> None:
    Path("config.toml").write_text("[search]\ncache = 'taken'\n")
    Path("taken").write_text("a file where the folder should be")
    ran = run("ask", "lighthouse", "--json")
    assert json.loads(ran.out)["matches"][0]["article"] == "lighthouse"
    assert ran.err.count("\n") == 1
    assert "taken" in ran.err
    assert "the index cannot be written here" in ran.err


def test_why_this_passage(corpus: Path, run: Run) -> None:
    question = "Who built the lighthouses on Skerry Rokc, Vladivostok?"
    ran = run("ask", question, "--explain")
    lines = ran.out.split("Why this passage\n")[1].splitlines()
    assert [line.split()[0] for line in lines[:5]] == [
        "built",
        "lighthouses",
        "Skerry",
        "Rokc",
        "Vladivostok",
    ]
    assert lines[1].endswith("%  in another form, in 1 passage")
    assert lines[4].endswith("%  not in the passage, in no article")
    assert lines[5] == "  together as in the question: “the lighthouses on Skerry Rokc”"
    assert [line.split()[0] for line in lines[6:]] == [
        "words",
        "phrases",
        "sentence",
        "spelling",
        "opening",
        "length",
        "title",
        "kind",
        "confidence",
    ]
    explained = json.loads(run("ask", question, "--explain", "--json").out)["explanation"]
    assert [term["matched"] for term in explained["terms"]] == [
        "word",
        "stem",
        "word",
        "word",
        "no",
    ]
    assert sum(feature["share"] for feature in explained["features"]) == pytest.approx(1.0)
    assert "explanation" not in json.loads(run("ask", question, "--json").out)


def test_nothing_to_explain(corpus: Path, run: Run) -> None:
    ran = run("ask", "xylophone quartet", "--explain")
    assert ran.out.endswith("Why: no passage shares a word with the question.\n")
    explained = json.loads(run("ask", "xylophone quartet", "--explain", "--json").out)
    assert explained["explanation"] is None


def test_a_relative_of_a_missing_word_is_named(corpus: Path, run: Run) -> None:
    (corpus / "mill.md").write_text("# The mill\n\nThe mill’s demolition commenced in May.\n")
    lines = run("ask", "Who began demolishing the mill?", "--explain").out.splitlines()
    matched = [line.split("%  ")[1] for line in lines if "% " in line and "score" not in line]
    assert matched == [
        "not in the passage (“commenced” is), in no article",
        "not in the passage (“demolition” is), in no article",
        "as asked, in 1 passage",
    ]


def test_who_asks_too_long_a_question_is_told_what_was_read(corpus: Path, run: Run) -> None:
    question = "Who built the lighthouse on Skerry Rock? "
    told = run("ask", question + "word " * 1000)
    assert told.err == (
        "articlebot: the question has 5,040 characters; only its beginning is searched for\n"
    )
    assert run("ask", question).err == ""


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_an_article_that_is_guessed_by_its_spelling_is_named(
    corpus: Path, run: Run, form: tuple[str, ...]
) -> None:
    ran = run("ask", "Who built it?", "--article", "lighthuose", *form)
    right = run("ask", "Who built it?", "--article", "lighthouse", *form)
    assert ran.err == "“lighthuose”: taken for “The lighthouse on Skerry Rock”\n"
    assert right.err == ""
    assert ran[:2] == right[:2]


def test_a_question_that_says_nothing_alone_gets_a_hint(run: Run) -> None:
    hint = "If this follows an earlier question, add that one: --follows QUESTION\n"
    assert run("ask", "why?").out.endswith(hint)
    assert hint not in run("ask", "why?", "--json").out
    assert hint not in run("ask", "Who won the marmalade cup?").out
    first = "Who carried the lamp?"
    assert hint not in run("ask", "why?", "--follows", first).out


@pytest.mark.parametrize("earlier", ["", " \n"])
def test_an_earlier_question_that_is_empty_is_refused(corpus: Path, run: Run, earlier: str) -> None:
    assert run("ask", "--follows", "Who built it?", "--follows", earlier, "and why?") == (
        2, "", "articlebot: the question is empty; write one, in quotation marks\n"
    )  # fmt: skip


@pytest.mark.parametrize("written", ["lighthuose-on-skerry", "lighthuose on Skerry"])
def test_a_misspelt_slug_is_taken_for_an_article_as_its_title_is(
    corpus: Path, run: Run, written: str
) -> None:
    ran = run("ask", "When was the lamp made automatic?", "--article", written)
    taken = f"“{written}”: taken for “The lighthouse on Skerry Rock”\n"
    assert (ran.status, ran.err) == (0, taken)
