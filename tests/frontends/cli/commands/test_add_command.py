"""``add`` and ``remove``."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.sources.formats.kinds import SUFFIXES
from tests.frontends.cli.conftest import Run

RAW = Path(__file__).parents[5] / "shared" / "articles" / "000_7c93cbb4acce225d.txt"


def files(corpus: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in corpus.iterdir()}


def test_a_file_is_added_once(corpus: Path, run: Run) -> None:
    Path("whales.md").write_text("# Whales\n\nA whale sings for hours.\n")
    added = run("add", "whales.md")
    assert added == (0, "added: corpus/whales.md  “Whales”\n", "")
    before = files(corpus)
    assert set(before) == {"lighthouse.md", "tides.txt", "whales.md"}
    assert run("add", "whales.md") == (0, "known: whales.md  “Whales”\n", "")
    assert files(corpus) == before
    assert '"article": "whales"' in run("ask", "whale sings hours", "--json").out


def test_a_changed_file_replaces_and_says_what_changed(corpus: Path, run: Run) -> None:
    Path("whales.md").write_text("# Whales\n\nA whale sings for hours.\n\nIt eats no fish.\n")
    run("add", "whales.md")
    Path("whales.md").write_text("# Whales\n\nA whale sings for days.\n\nIt eats no fish.\n")
    assert run("add", "whales.md") == (
        0,
        "replaced: corpus/whales.md  “Whales” (it has the same text for the most part)\n"
        "  changed: paragraph 1, now paragraph 1\n",
        "",
    )
    assert "days" in (corpus / "whales.md").read_text()


def test_what_changed_is_said_in_the_reader_s_language(
    corpus: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "de")
    text = "A whale sings for {}.\n\nIt eats no fish.\n"
    Path("whales.md").write_text("# Whales\n\n" + text.format("hours"))
    run("add", "whales.md")
    head = "---\ntitle: Whales\nauthor: Ada\n---\n\n"
    more = "\nIt swims.\n\nIt dives.\n"
    Path("whales.md").write_text(head + text.format("hours and days") + more)
    assert run("add", "whales.md").out.splitlines()[1:] == [
        "  Autor: nicht bekannt -> Ada",
        "  geändert: Absatz 1, jetzt Absatz 1",
        "  hinzugekommen: Absätze 3-4",
    ]


def test_standard_input_and_a_title(corpus: Path, run: Run) -> None:
    ran = run("add", "-", "--title", "A song", stdin="The whale sings.\n")
    assert ran == (0, "added: corpus/a-song.md  “A song”\n", "")


def test_standard_input_may_be_a_page_or_a_document(corpus: Path, run: Run) -> None:
    documents = Path(__file__).parents[3] / "sources" / "documents"
    added = "corpus/the-ferry-that-would-not-retire.md  “The ferry that would not retire”\n"
    ran = run("add", "-", stdin=(documents / "ferry.html").read_bytes())
    assert ran == (0, "added: " + added, "")
    ran = run("add", "-", stdin=(documents / "chromium.pdf").read_bytes())
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("replaced: " + added.rstrip("\n") + " (it has the same text")


def test_what_cannot_be_read_does_not_stop_the_others(corpus: Path, run: Run) -> None:
    Path("good.txt").write_text("A whale sings for hours.")
    Path("binary.txt").write_bytes(b"\x00\x01")
    Path("latin.txt").write_bytes("Größe".encode("latin-1"))
    Path("empty.md").write_bytes(b"")
    os.mkfifo("pipe.txt")
    ran = run("add", "nope.txt", "binary.txt", "latin.txt", "empty.md", "pipe.txt", "-", "good.txt")
    assert ran.status == 2
    assert ran.out == "added: corpus/good.md  “good”\n"
    assert [line.split(": ")[1] for line in ran.err.splitlines()] == [
        "nope.txt",
        "binary.txt",
        "latin.txt",
        "empty.md",
        "pipe.txt",
        "standard input",
    ]
    assert set(files(corpus)) == {"lighthouse.md", "tides.txt", "good.md"}


def test_a_folder_s_articles_are_added_but_not_the_corpus_itself(corpus: Path, run: Run) -> None:
    Path("in/deep/.hidden").mkdir(parents=True)
    Path("in/whales.md").write_text("# Whales\n\nA whale sings for hours.\n")
    Path("in/deep/krill.html").write_text(
        "<title>Krill</title><article><p>Krill drift in swarms seen from space.</p></article>"
    )
    Path("in/picture.png").write_bytes(b"\x89PNG")
    Path("in/deep/.hidden/no.md").write_text("# No\n\nNo.\n")
    assert run("add", ".") == (
        0,
        "left out, of kinds that are not read: picture.png\n"
        "added: corpus/whales.md  “Whales”\nadded: corpus/krill.md  “Krill”\n",
        "",
    )
    assert set(files(corpus)) == {"lighthouse.md", "tides.txt", "whales.md", "krill.md"}


def test_of_many_files_the_sum_is_told_and_what_is_in_is_skipped(corpus: Path, run: Run) -> None:
    Path("in").mkdir()
    for number in range(60):
        Path(f"in/{number}.md").write_text(f"# Whale {number}\n\nIt sang for {number} hours.\n")
    Path("in/broken.pdf").write_bytes(b"no PDF")
    fault = "articlebot: in/broken.pdf: it is no PDF, whatever its name says\n"
    assert run("add", "in") == (2, "added 60, replaced 0, known 0, failed 1\n", fault)
    assert run("add", "in") == (2, "added 0, replaced 0, known 60, failed 1\n", fault)
    assert len(files(corpus)) == 62


def test_a_link_that_must_not_be_followed_is_refused(corpus: Path, run: Run) -> None:
    before = files(corpus)
    ran = run("add", "http://127.0.0.1:9/a", "http://me:secret@paper.test/a")
    assert ran.status == 2
    assert sorted(ran.err.splitlines()) == [
        "articlebot: http://127.0.0.1:9/a: 127.0.0.1: it is at 127.0.0.1, which is no public "
        "address; [web] allow in the settings can name it",
        "articlebot: http://me:secret@paper.test/a: paper.test: the link holds a user name or a "
        "password; take them out",
    ]
    assert files(corpus) == before


def test_a_link_of_another_scheme_is_no_file(corpus: Path, run: Run) -> None:
    assert run("add", "ftp://paper.test/a") == (
        2,
        "",
        "articlebot: 'ftp://paper.test/a': only http and https links are followed\n",
    )


def test_two_titles_that_give_one_name_both_live(corpus: Path, run: Run) -> None:
    Path("a.md").write_text("# Whale song!\n\nIt is long.\n")
    Path("b.md").write_text("# Whale, song?\n\nIt is short.\n")
    ran = run("add", "a.md", "b.md")
    assert ran.out == (
        "added: corpus/whale-song.md  “Whale song!”\n"
        "added: corpus/whale-song-2.md  “Whale, song?” "
        "(beside whale-song, another article of that name)\n"
    )


def test_letters_of_one_title_are_all_kept(corpus: Path, run: Run) -> None:
    for number in range(60):
        Path(f"in/{number}").mkdir(parents=True)
        Path(f"in/{number}/letter.md").write_text(
            f"---\ntitle: Letter\npublished: 1999-01-{number % 28 + 1:02}\n---\n"
            f"The whales came on {number} evenings, and the ferry was {number} minutes late.\n"
        )
    ran = run("add", "in")
    assert ran.out.splitlines()[0] == (
        "added 60, replaced 0, known 0, failed 0; beside another article of its name: 59"
    )
    assert len(files(corpus)) == 62
    assert {"letter.md", "letter-1999-01-02.md", "letter-2.md"} < set(files(corpus))


def test_a_folder_in_which_nothing_can_be_read_says_so(corpus: Path, run: Run) -> None:
    Path("empty/deep").mkdir(parents=True)
    Path("other").mkdir()
    for name in ("a.png", "b.exe", "c.mp3", "d"):
        Path("other", name).write_bytes(b"x")
    kinds = ", ".join(sorted(SUFFIXES))
    assert run("add", "empty", "other") == (
        2,
        "",
        "articlebot: empty: there is no file in it\n"
        "articlebot: other: nothing in it is of a kind that is read (a.png, b.exe, c.mp3 and 1 "
        f"more); these are: {kinds}\n",
    )


def test_a_folder_says_what_of_it_is_left_out(corpus: Path, run: Run) -> None:
    Path("in").mkdir()
    Path("in/whales.txt").write_text("A whale sings for hours.\n")
    Path("in/a.png").write_bytes(b"x")
    added = "added: corpus/whales.md  “whales”\n"
    said = "left out, of kinds that are not read: a.png{}\n" + added
    assert run("add", "in") == (0, said.format(""), "")
    for name in ("b.exe", "c\x1b[1m.mp3", "d"):
        Path("in", name).write_bytes(b"x")
    more = said.replace(added, "known: whales.md  “whales”\n")
    ran = run("add", "in")
    assert ran == (0, more.format(", b.exe, c\\u001b[1m.mp3 and 1 more"), "")


def test_links_out_of_a_folder_are_not_followed(corpus: Path, run: Run) -> None:
    Path("in/deep").mkdir(parents=True)
    Path("secret.txt").write_text("The safe is behind the picture.\n")
    Path("in/out.txt").symlink_to("../secret.txt")
    Path("in/deep/up").symlink_to(Path("corpus").absolute())
    Path("elsewhere").mkdir()
    Path("elsewhere/seals.txt").write_text("A seal sleeps on the ice.\n")
    Path("in/deep/far").symlink_to(Path("elsewhere").absolute())
    Path("in/deep/whales.txt").write_text("A whale sings for hours.\n")
    Path("in/inside.txt").symlink_to("deep/whales.txt")
    ran = run("add", "in")
    leads_out = "it is a link that leads out of the folder; add what it leads to"
    assert (ran.status, ran.err) == (
        2,
        f"articlebot: in/out.txt: {leads_out}\narticlebot: in/deep/far: {leads_out}\n",
    )
    assert set(files(corpus)) == {"lighthouse.md", "tides.txt", "inside.md", "whales.md"}


def test_a_folder_of_other_kinds_and_a_link_out_of_it_says_both(corpus: Path, run: Run) -> None:
    (corpus.parent / "secret.txt").write_text("Secret.\n")
    (corpus.parent / "in").mkdir()
    (corpus.parent / "in" / "out.txt").symlink_to(corpus.parent / "secret.txt")
    (corpus.parent / "in" / "picture.jpg").write_bytes(b"x")
    ran = run("add", "in")
    assert ran.status == 2
    assert ran.err.splitlines()[0].startswith("articlebot: in/out.txt: it is a link that leads out")
    assert "picture.jpg" in ran.err.splitlines()[1]


def test_a_title_is_no_path_and_no_command(corpus: Path, run: Run) -> None:
    titles = ["../../evil", "/etc/passwd", "-rf", ".", "..", "a\x1b[31mb\u202ec", "CON", "é" * 300]
    for number, title in enumerate(titles):
        ran = run("add", "-", f"--title={title}", stdin=f"Text {number}.\n")
        assert ran.status == 0, title
        assert {char for char in ran.out if not char.isprintable()} == {"\n"}
    assert len(files(corpus)) == 2 + len(titles)
    assert sorted(path.name for path in corpus.parent.iterdir()) == ["corpus"]


def test_one_title_for_several_files(corpus: Path, run: Run) -> None:
    ran = run("add", "a.md", "b.md", "--title", "x")
    assert ran == (2, "", "articlebot: --title goes with one file; add the others on their own\n")


@pytest.mark.parametrize("feed", ["nonsense", "ftp://a.example/feed"])
def test_a_feed_that_is_no_link_is_refused_for_that_alone(
    corpus: Path, run: Run, feed: str
) -> None:
    said = f"articlebot: '{feed}': only http and https links are followed\n"
    assert run("add", "--feed", feed) == (2, "", said)


def test_removing(corpus: Path, run: Run) -> None:
    assert run("remove", "tides") == (0, "removed: corpus/tides.txt\n", "")
    assert set(files(corpus)) == {"lighthouse.md"}
    assert run("remove", "tides") == (
        2,
        "",
        "articlebot: there is no article 'tides'; `articles` lists them\n",
    )
    assert run("remove", "../work/corpus/lighthouse").status == 2
    assert set(files(corpus)) == {"lighthouse.md"}


def test_removing_by_a_part_of_the_name_which_is_said(corpus: Path, run: Run) -> None:
    assert run("remove", "tide", "--yes") == (
        0,
        "removed: corpus/tides.txt\n",
        "articlebot: “tide”: taken for “tides”\n",
    )
    ran = run("remove", "lighthuose", "--yes")  # a misspelling names nothing
    assert (ran.status, ran.out) == (2, "")
    assert set(files(corpus)) == {"lighthouse.md"}


def test_a_corpus_that_cannot_be_written(
    corpus: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.geteuid() == 0:
        pytest.skip("nothing is unwritable for root")
    Path("whales.md").write_text("# Whales\n\nA whale sings for hours.\n")
    corpus.chmod(0o555)
    try:
        added = run("add", "whales.md")
        removed = run("remove", "tides")
    finally:
        corpus.chmod(0o755)
    assert (added.status, added.out) == (2, "")
    assert added.err.endswith("corpus/whales.md: cannot be written (Permission denied)\n")
    assert removed == (
        2,
        "",
        "articlebot: corpus/tides.txt: cannot be removed (Permission denied)\n",
    )


@pytest.mark.skipif(not RAW.exists(), reason="the raw article is not on this machine")
def test_the_raw_article(folder: Path, run: Run) -> None:
    corpus = folder / "corpus"
    corpus.mkdir()
    ran = run("add", str(RAW))
    assert (ran.status, ran.err) == (0, "")
    kinds = [line.split(":")[0] for line in ran.out.splitlines()]
    assert kinds == ["added"] * 5
    assert len(files(corpus)) == 5
    for file in files(corpus).values():
        assert "Related Articles" not in file.decode()
        assert "•" not in file.decode()
    asked = run("ask", "Why did Russia walk a fine line on the South China Sea?")
    assert asked.status == 0
    assert "walk a fine line" in asked.out
    again = run("add", str(RAW))
    assert [line.split(":")[0] for line in again.out.splitlines()] == ["known"] * 5
    questions = RAW.parents[1] / "quality" / "article_questions.jsonl"
    measured = run("eval", str(questions))
    assert "top-1                        100.0 %\n" in measured.out


def test_nearly_the_same_article_is_noticed(corpus: Path, run: Run) -> None:
    report = (corpus / "lighthouse.md").read_text("utf-8").split("---\n\n")[1]
    Path("again.md").write_text("# A light on the rock\n\n" + report.replace("in 1871", "once"))
    assert run("add", "again.md") == (
        0,
        "added: corpus/a-light-on-the-rock.md  “A light on the rock”\n"
        "nearly the same: a-light-on-the-rock and lighthouse\n",
        "",
    )


def test_that_two_added_together_are_nearly_the_same_is_said_once(corpus: Path, run: Run) -> None:
    text = (corpus / "lighthouse.md").read_text("utf-8").split("---\n\n")[1]
    (corpus / "lighthouse.md").unlink()
    Path("one.md").write_text("# A light\n\n" + text)
    Path("two.md").write_text("# The rock\n\n" + text.replace("in 1871", "once"))
    ran = run("add", "one.md", "two.md")
    assert ran.status == 0
    assert [line for line in ran.out.splitlines() if "nearly" in line] == [
        "nearly the same: a-light and the-rock"
    ]
