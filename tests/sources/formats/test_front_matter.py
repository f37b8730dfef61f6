"""Front matter: what is read is what was written, and a fault names its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.article import Head
from bot.core.errors import ArticleError
from bot.sources.formats.front_matter import (
    head_of,
    notices,
    pages_of,
    split_front_matter,
    write_front_matter,
)
from bot.sources.formats.head_fields import clean
from tests.wording import worded

LINES = st.text().map(clean)
KNOWN = st.none() | LINES.filter(bool)
DATES = st.none() | st.dates().map(str) | st.sampled_from(["2016", "2016-07"])
HEADS = st.builds(
    Head,
    LINES.filter(bool),
    KNOWN,
    KNOWN,
    DATES,
    st.none() | LINES.map(lambda text: "https://example.org/" + text),
    st.sampled_from([None, "en", "de", "zh"]),
    KNOWN,
    KNOWN,
    DATES,
    st.none() | st.text("0123456789abcdef", min_size=64, max_size=64),
)


def read(text: str, title: str = "fallback") -> Head:
    return head_of(split_front_matter(text)[0], title)


def noticed(text: str) -> list[str]:
    return [worded(ArticleError.of(each)) for each in notices(split_front_matter(text)[0])]


def reason(text: str) -> str:
    try:
        fields, _ = split_front_matter(text)
        head_of(fields, "fallback")
        pages_of(fields)
    except ArticleError as error:
        return worded(error)
    return "no fault"


@given(HEADS, st.lists(st.integers(1, 9999)), st.text())
def test_what_is_written_reads_back(head: Head, pages: list[int], body: str) -> None:
    fields, rest = split_front_matter(write_front_matter(head, tuple(pages)) + body)
    assert head_of(fields, "fallback") == head
    assert pages_of(fields) == tuple(pages)
    assert rest == body


@given(st.text(), st.text())
def test_whatever_a_head_holds_its_front_matter_can_be_read(title: str, author: str) -> None:
    written = write_front_matter(Head(title, author))
    assert read(written) == Head(clean(title) or "fallback", clean(author) or None)


@pytest.mark.parametrize(
    ("written", "code"),
    [("de-AT", "de"), ("EN", "en"), ("haw", "haw"), ("English", None), ("<b>", None), ("q7", None)],
)
def test_a_language_is_a_code_or_is_told_by_the_text(written: str, code: str | None) -> None:
    fields, _ = split_front_matter(f"---\nlanguage: {written}\n---\nThe text.\n")
    assert head_of(fields, "x") == Head("x", language=code)


def test_all_that_can_be_known() -> None:
    text = (
        "---\ntitle: 'A title: with a colon?'\nauthor: Ann Author\npublisher: The Paper\n"
        "published: 2016-07-18\nurl: https://example.org/a\nlanguage: en_GB\nsection: World\n"
        "digest_of: the article\nfetched: 2016-07-19\nsha256: abc\nmood: calm\ntags: [a, {b: c}]\n"
        "---\nThe text.\n"
    )
    fields, body = split_front_matter(text)
    assert body == "The text.\n"
    assert head_of(fields, "x") == Head(
        "A title: with a colon?",
        "Ann Author",
        "The Paper",
        "2016-07-18",
        "https://example.org/a",
        "en",
        "World",
        "the article",
        "2016-07-19",
        "abc",
    )


@pytest.mark.parametrize(
    "written",
    ["12:30", "010", "0x10", "1_000", "yes", "No", "1e3", "2016-07-18", "3.10", ".inf", "9" * 5000],
)
def test_a_value_is_what_was_written_not_what_yaml_makes_of_it(written: str) -> None:
    assert read(f"---\ntitle: {written}\n---\n").title == written


@pytest.mark.parametrize(
    "written",
    ["Bees: a guide", "Ada's mill: wheel: end", "What we asked:", "Rule 3: use #tags", "3: C"],
)
def test_a_value_may_hold_colons_as_people_write_them(written: str) -> None:
    text = f'---\ntitle: {written}  \nauthor: "Ada: Weld"\ntags: [a: b, c]\n---\nBody.\n'
    fields, body = split_front_matter(text)
    assert (head_of(fields, "x"), body) == (Head(written, "Ada: Weld"), "Body.\n")


def test_what_is_no_yaml_otherwise_is_refused_at_its_own_line() -> None:
    said = "line 4: its front matter is no YAML: found character '@' that cannot start any token"
    assert reason("---\ntitle: A: b # c\nurl: https://a.example\nauthor: @c\n---\n") == said
    twice = "---\ntitle: A: b\ntitle: C: d\n---\n"
    assert reason(twice) == "line 3: its front matter has title twice; keep one of them"
    assert "no YAML" in reason("---\ntitle: [A: b\n---\n")


@pytest.mark.parametrize("written", ["", "~", "null", "''", '"  "', '"\\0"', '"\\ud800"'])
def test_nothing_is_not_known(written: str) -> None:
    assert read(f"---\nauthor: {written}\ntitle: {written}\n---\n") == Head("fallback")


def test_a_quoted_null_is_a_word() -> None:
    assert read("---\nauthor: 'null'\n---\n").author == "null"


def test_several_authors_are_one_line() -> None:
    assert read("---\nauthor:\n  - Ann\n  - Bea\n---\n").author == "Ann, Bea"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("2016", "2016"),
        ("2016-07", "2016-07"),
        ("2016-07-18", "2016-07-18"),
        ("2016-07-18 10:30:00", "2016-07-18"),
        ("2016-07-18T10:30:00Z", "2016-07-18"),
        ("18.07.2016", "2016-07-18"),
        ("18. 7. 2016", "2016-07-18"),
        ("2016/7/18", "2016-07-18"),
        ("July 18, 2016", "2016-07-18"),
        ("18 July 2016", "2016-07-18"),
        ("18. Juli 2016", "2016-07-18"),
        ("07/18/2016", "2016-07-18"),
        ("18/07/2016", "2016-07-18"),
        ("20160718", "2016-07-18"),
    ],
)
def test_dates(written: str, found: str) -> None:
    text = f"---\npublished: {written}\n---\n"
    assert read(text).published == found
    assert noticed(text) == []


@pytest.mark.parametrize(
    "written", ["unknown", "2016-02-30", "07/08/2016", "before 18 July 2016", "last week", "12"]
)
def test_a_date_that_cannot_be_read_is_not_known_and_named(written: str) -> None:
    text = f"---\ntitle: A\npublished: {written}\n---\n"
    assert read(text) == Head("A")
    said = f"line 3: its front matter has published: '{written}'; write it as YYYY-MM-DD"
    assert noticed(text) == [said]


def test_keys_that_are_nearly_ours_are_named_and_others_are_not() -> None:
    keys = "titel: A\nauhtor: B\npublishd: 2016\nPublisher: C\n"
    assert noticed(f"---\n{keys}---\n") == [
        "line 2: its front matter has titel; did you mean title?",
        "line 3: its front matter has auhtor; did you mean author?",
        "line 4: its front matter has publishd; did you mean published?",
        "line 5: its front matter has Publisher; did you mean publisher?",
    ]
    others = (
        "tags: [a]\nlayout: post\nmood: calm\nupdated: 2016\nsubtitle: B\npage: 2\naliases: x\n"
    )
    known = "Title: A\nAuthors: B\npublishDate: 2016-07-18\nlang: en\npages: [1]\ndate: soon\n"
    assert noticed(f"---\n{others}{known}---\n") == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: A\n---", "A"),
        ("--- \t\ntitle: A\n--- \nbody", "A"),
        ("---\ntitle: A\n...\nbody", "A"),
        ("---\n# a comment\n\ntitle: A\n---\n", "A"),
        ("---\n---\nbody\n---\n", "fallback"),
        ("---\n\nA rule, not front matter.\n\n---\n", "fallback"),
        ("---\n", "fallback"),
        ("text\n---\ntitle: A\n---\n", "fallback"),
        ("", "fallback"),
    ],
)
def test_where_front_matter_begins_and_ends(text: str, title: str) -> None:
    assert read(text).title == title


def test_what_is_no_front_matter_stays_in_the_body() -> None:
    for text in ("---\n\nA rule.\n\n---\nMore.\n", "----\na: b\n---\n", " ---\na: b\n---\n"):
        assert split_front_matter(text) == ({}, text)
    assert split_front_matter("---\n---\na\n---\nb") == ({}, "a\n---\nb")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "---\ntitle: A\nbody",
            "line 1: its front matter has no closing --- line; add one below it",
        ),
        (
            "---\ntitle: A\nauthor: b\n  c: d\n---\n",
            "line 4: its front matter is no YAML: mapping values are not allowed here",
        ),
        (
            "---\ntitle: A\nauthor: 'open\n---\n",
            "line 4: its front matter is no YAML: found unexpected end of stream",
        ),
        (
            "---\ntitle: A\nsection: \t\x07\n---\n",
            "line 3: its front matter is no YAML: special characters are not allowed",
        ),
        ("---\n- a\n- b\n---\n", "line 2: its front matter is no list of `key: value` lines"),
        ("---\njust words\n---\n", "line 2: its front matter is no list of `key: value` lines"),
        (
            "---\ntitle: A\n\ntitle: B\n---\n",
            "line 4: its front matter has title twice; keep one of them",
        ),
        (
            "---\n# c\ntitle:\n  a: b\n---\n",
            "line 3: its front matter has title: that is no single value; write one line",
        ),
        (
            "---\npublisher: [a, b]\n---\n",
            "line 2: its front matter has publisher: that is no single value; write one line",
        ),
        (
            "---\nurl: javascript:alert(1)\n---\n",
            "line 2: its front matter has url: 'javascript:alert(1)'; write it as https://...",
        ),
        (
            f"---\nurl: {'x' * 90}\n---\n",
            f"line 2: its front matter has url: '{'x' * 60}...'; write it as https://...",
        ),
        (
            "---\npages: [1, two]\n---\n",
            "line 2: its front matter has pages: '1, two'; write a list of whole numbers, "
            "[1, 1, 2]",
        ),
        (
            f"---\ntitle: {'x' * 70_000}\n---\n",
            "line 1: its front matter is longer than 65536 characters; shorten it",
        ),
    ],
)
def test_a_fault_names_its_line(text: str, said: str) -> None:
    assert reason(text) == said


@pytest.mark.thorough
def test_depth_without_end_is_refused() -> None:
    assert "its front matter is no YAML" in reason("---\na: " + "[" * 3_000 + "\n---\n")


@pytest.mark.parametrize("use", ["[{0}]", "{{<<: [{0}]}}"])
def test_a_yaml_bomb_costs_nothing(use: str) -> None:
    """Nine to the ninth, as a list of lists or as merged mappings."""
    bomb = "---\na0: &a0 {k: v}\n"
    for level in range(1, 10):
        bomb += f"a{level}: &a{level} " + use.format(", ".join([f"*a{level - 1}"] * 9)) + "\n"
    assert reason(bomb + "title: *a9\n---\nbody\n") == (
        "line 12: its front matter has title: that is no single value; write one line"
    )


def test_an_object_of_python_is_a_text() -> None:
    assert read(
        "---\ntitle: !!python/object/apply:os.system [ls]\n---\n".replace("[ls]", "ls")
    ) == (Head("ls"))


@given(st.text())
def test_every_text_is_front_matter_or_a_body_or_refused_with_a_line(text: str) -> None:
    for whole in (text, f"---\n{text}\n---\n", f"---\ntitle: {text}\n---\n"):
        said = "line 1: "
        try:
            fields, _ = split_front_matter(whole.replace("\r", "\n"))
            assert clean(head_of(fields, "fallback").title) != ""
        except ArticleError as error:
            said = worded(error)
        assert said.startswith("line ")
        assert said.isprintable()


@given(st.text())
def test_clean_gives_one_line_without_controls(text: str) -> None:
    line = clean(text)
    assert line == " ".join(line.split()) == clean(line)
    assert not any(ord(char) < 32 or "\ud800" <= char <= "\udfff" for char in line)


@given(st.text(st.characters(max_codepoint=127)))
def test_clean_treats_plain_text_as_it_treats_any(text: str) -> None:
    assert clean(f"{text} é") == f"{clean(text)} é".lstrip()


@pytest.mark.parametrize(
    "text", ["\u200b", "\u200b \u2060\ufeff", "\u3164", "\u2800\u00ad", "\u0301"]
)
def test_a_text_of_which_nothing_is_seen_is_none(text: str) -> None:
    assert clean(text) == ""


@pytest.mark.parametrize(
    ("text", "head", "body"),
    [
        (
            "---\nlayout: post\ntitle: The mole\ndate: 2021-11-02 08:15:00 +0100\nurl: /mole/\n"
            "authors:\n  - {name: Eva Holm, email: e@example.org}\n  - Per Lund\n---\nIt grew.\n",
            Head("The mole", "Eva Holm, Per Lund", published="2021-11-02"),
            "It grew.\n",
        ),
        (
            '---\naliases: [mole]\nauthor: "[[Eva Holm]]"\ndate: 2 November 2021\n---\nIt grew.\n',
            Head("x", "Eva Holm", published="2021-11-02"),
            "It grew.\n",
        ),
        ("---\nauthor: [[Eva Holm]]\ndate: soon\n---\n", Head("x", "Eva Holm"), ""),
        ("---\nauthor: {email: e@example.org}\n---\n", Head("x"), ""),
        (
            '+++\ntitle = "The mole"\ndate = 2021-11-02T08:15:00+01:00\nlang = "da"\n'
            '[author]\nname = "Eva Holm"\n+++\n\nIt grew.\n',
            Head("The mole", "Eva Holm", published="2021-11-02", language="da"),
            "\nIt grew.\n",
        ),
        ("+++\nIt grew.\n", Head("x"), "+++\nIt grew.\n"),
        (
            '{"title": "The mole", "authors": ["Eva Holm", {"name": "Per Lund"}], "date": "2021"}\n'
            "\nIt grew.\n",
            Head("The mole", "Eva Holm, Per Lund", published="2021"),
            "\nIt grew.\n",
        ),
        ('{"mole": 1}\n\nIt grew.\n', Head("x"), '{"mole": 1}\n\nIt grew.\n'),
        ("{It} grew.\n", Head("x"), "{It} grew.\n"),
        (
            "Title: The mole\nDate: 2021-11-02 08:15\nModified: 2022-01-01\n"
            "Authors: Eva Holm; Per\n    Lund\nUrl: mole.html\n\nIt grew.\n",
            Head("The mole", "Eva Holm, Per Lund", published="2021-11-02"),
            "It grew.\n",
        ),
        (
            "Note: it grew.\nTitle: none\n\nMore.\n",
            Head("x"),
            "Note: it grew.\nTitle: none\n\nMore.\n",
        ),
        ("Title: The mole\n\nIt grew.\n", Head("x"), "Title: The mole\n\nIt grew.\n"),
    ],
)
def test_front_matter_as_other_programs_write_it(text: str, head: Head, body: str) -> None:
    fields, rest = split_front_matter(text)
    assert (head_of(fields, "x"), rest) == (head, body)


def test_toml_that_is_none_names_its_line() -> None:
    assert reason("+++\ntitle = 'a'\ndate = \n+++\n").startswith(
        "line 3: its front matter is no TOML: "
    )


@given(st.sampled_from(["+++\n", "{", "Title: a\nDate: ", "---\n"]), st.text())
def test_whatever_a_head_of_another_program_holds_is_read_or_refused(mark: str, text: str) -> None:
    assert "\n" not in reason(mark + text)
