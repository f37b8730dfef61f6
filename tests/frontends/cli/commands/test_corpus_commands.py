"""``articles`` and ``show``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.core.passages.address import words_hash
from tests.frontends.cli.conftest import Run


def test_the_table(corpus: Path, run: Run) -> None:
    ran = run("articles")
    assert (ran.status, ran.err) == (0, "")
    assert [line.split() for line in ran.out.splitlines()] == [
        ["title", "slug", "publisher", "date", "paragraphs", "words"],
        [
            *("The", "lighthouse", "on", "Skerry", "Rock", "lighthouse"),
            *("The", "Harbour", "Gazette", "1999-04-02", "3", "67"),
        ],
        ["tides", "tides", "2", "32"],
    ]


def test_the_table_in_a_pipe_cuts_nothing(corpus: Path, run: Run) -> None:
    title = "word " * 60
    (corpus / f"{'s' * 200}.md").write_text(f"---\ntitle: {title}\n---\n\nText.\n")
    lines = run("articles").out.splitlines()
    assert len(lines) == 4
    assert any(f"{title.strip()}  {'s' * 200}" in line for line in lines)


def test_articles_as_json(corpus: Path, run: Run) -> None:
    ran = run("articles", "--json")
    assert json.loads(ran.out)[0] == {
        "article": "lighthouse",
        "title": "The lighthouse on Skerry Rock",
        "author": "Ada Finch",
        "publisher": "The Harbour Gazette",
        "published": "1999-04-02",
        "url": "https://example.org/skerry",
        "language": "en",
        "section": None,
        "digest_of": None,
        "fetched": None,
        "sha256": None,
        "paragraphs": 3,
        "words": 67,
    }


def test_markup_in_a_title_is_text(corpus: Path, run: Run) -> None:
    (corpus / "m.md").write_text('---\ntitle: "[red]x[/red] :smile: %s {0}"\n---\n\nText.\n')
    assert "\n[red]x[/red] :smile: %s {0}  " in run("articles").out


def test_a_paragraph_in_its_surroundings(corpus: Path, run: Run) -> None:
    ran = run("show", "lighthouse#3")
    assert ran == (
        0,
        "“The lighthouse on Skerry Rock”, Ada Finch, The Harbour Gazette, 1999-04-02\n"
        "https://example.org/skerry\n"
        "\n"
        "  2  A storm in the winter of 1902 tore the gallery away. The keeper, Marta Quill, "
        "carried the lamp down the stairs and kept it alight in a window.\n"
        "\n"
        "> 3  Nobody has lived on the rock since the lamp was made automatic in 1968.\n",
        "",
    )


def test_a_whole_article(corpus: Path, run: Run) -> None:
    ran = run("show", "tides")
    assert ran == (
        0,
        "“tides”\n"
        "\n"
        "  1  The tide at the harbour rises twice a day, and the highest tides come in March.\n"
        "\n"
        "  2  Fishermen read the height of the water off a post that stands beside the old quay.\n",
        "",
    )


def test_several_paragraphs_as_json(corpus: Path, run: Run) -> None:
    shown = json.loads(run("show", "lighthouse#2-3", "--json").out)
    assert (shown["article"], shown["of"]) == ("lighthouse", 3)
    assert [paragraph["number"] for paragraph in shown["paragraphs"]] == [2, 3]
    assert shown["paragraphs"][1]["text"].startswith("Nobody has lived on the rock")


@pytest.mark.parametrize(
    ("address", "error"),
    [
        ("nope", "there is no article 'nope'; `articles` lists them"),
        ("nope#1", "there is no article 'nope'; `articles` lists them"),
        ("../secret", "there is no article '../secret'; `articles` lists them"),
        ("tides#3", "tides has 2 paragraphs; there is no paragraph 3"),
        ("tides#2-3", "tides has 2 paragraphs; there is no paragraph 3"),
        ("tides#0", "'tides#0': paragraphs count from 1, and the first comes before the last"),
        ("tides#2-1", "'tides#2-1': paragraphs count from 1, and the first comes before the last"),
        ("", "'' is no address; one looks like slug#8 or slug#7-8"),
        ("#1", "'#1' is no address; one looks like slug#8 or slug#7-8"),
        ("tides#x", "'tides#x' is no address; one looks like slug#8 or slug#7-8"),
        ("tides#1@zz", "'tides#1@zz' is no address; one looks like slug#8 or slug#7-8"),
        ("\x1b[31m#", "'\\x1b[31m#' is no address; one looks like slug#8 or slug#7-8"),
    ],
)
def test_an_address_that_leads_nowhere(corpus: Path, run: Run, address: str, error: str) -> None:
    assert run("show", address) == (2, "", f"articlebot: {error}\n")


def test_an_article_is_shown_by_its_title(corpus: Path, run: Run) -> None:
    shown = run("show", "tides#1")
    assert shown.status == 0
    assert run("show", "TIDES#1") == shown
    assert run("show", "tid#1") == shown


def test_what_is_removed_without_being_asked_is_never_guessed(corpus: Path, run: Run) -> None:
    (corpus / "long.md").write_text("# A long one\n\nIt is long.\n")
    assert run("remove", "a lonk one") == (
        2, "", "articlebot: there is no article 'a lonk one'; did you mean “A long one” (long)?\n"
    )  # fmt: skip
    assert run("remove", "A LONG") == (
        2, "", "articlebot: there is no article 'A LONG'; did you mean “A long one” (long)?\n"
    )  # fmt: skip
    assert (corpus / "long.md").exists()
    removed = run("remove", "A LONG", "--yes")
    assert (removed.status, removed.err) == (0, "articlebot: “A LONG”: taken for “long”\n")
    assert not (corpus / "long.md").exists()


def test_a_whole_title_names_what_is_removed(corpus: Path, run: Run) -> None:
    (corpus / "long.md").write_text("# A long one\n\nIt is long.\n")
    removed = run("remove", "a long one")
    assert (removed.status, removed.err) == (0, "articlebot: “a long one”: taken for “long”\n")
    assert not (corpus / "long.md").exists()


def test_an_address_with_spaces_is_taken_as_it_is_printed(corpus: Path, run: Run) -> None:
    (corpus / "The old mill.md").write_text("# The old mill\n\nIt ground rye.\n")
    address = f"The old mill#1@{words_hash('It ground rye.')}"
    verified = run("verify", *address.split())
    assert (verified.status, verified.err) == (0, "")
    assert verified.out.startswith(f"identical: the words stand at {address}")
    assert run("show", *address.split()) == run("show", address)
    assert run("remove", "lighthouse", "tides", "--yes").status == 2  # they are one name
    assert run("remove", "The", "old", "mill").out == "removed: corpus/The old mill.md\n"
