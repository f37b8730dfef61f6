"""Markdown: what is parsed away, what stays, and that plain text survives there and back."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.core.article import Article, Draft, Head, Span
from bot.core.errors import ArticleError
from bot.sources.formats.dialects import to_commonmark
from bot.sources.formats.markdown import (
    MOST_PARAGRAPHS,
    article_of,
    escape,
    paragraphs_of,
    parse,
    write_blocks,
)
from bot.sources.formats.markdown_parsing import Block
from tests.wording import raises

MARKS = (
    "- |1. |10) |# |#|---|***|    |> |\n|\n\n|\t|a|&amp;|&#35;|<b>|<!--|-->|```|~~~|[a]: b|[^1]"
    "|http://a.b|<http://a.b>|www.a.b|a@b.c|===|\\|:--|<?|<![CDATA[|{|$|_a_|**|`|![|](|~~|\u00a0"
    "|\u2028|\x85|\x0b|\x0c|\x1c|0|+|*|12|12.|\\|\\\n|\\#|\\<|“|(|%%|{#a}|{.b}| ^c1|[[|]]|[[a"
).split("|")
MARKUP = st.lists(st.sampled_from([*MARKS, "|", "|-|-|", "a|b\n-|-"])).map("".join)
HOSTILE = st.one_of(st.text(), MARKUP)
WRITABLE = HOSTILE.map(
    lambda text: "".join(
        "\ufffd" if char == "\0" or "\ud800" <= char <= "\udfff" else char
        for char in text.replace("\r\n", "\n").replace("\r", "\n")
    ).strip()
).filter(bool)


def texts(body: str) -> list[str]:
    return [block.text for block in parse(body)]


@settings(max_examples=300)
@given(WRITABLE)
@example("|\n:-")
def test_every_text_reads_back_word_for_word(text: str) -> None:
    assert parse(escape(text)) == [Block(text)]


@settings(max_examples=300)
@given(WRITABLE)
def test_what_is_written_is_nothing_to_another_dialect(text: str) -> None:
    assert parse(to_commonmark(escape(text))) == [Block(text)]


@given(HOSTILE)
def test_what_no_file_can_hold_reads_as_the_replacement_character(text: str) -> None:
    hostile = f"a\0{text}\ud800b\rc"
    expected = "".join(
        "\ufffd" if char == "\0" or "\ud800" <= char <= "\udfff" else char
        for char in hostile.replace("\r\n", "\n").replace("\r", "\n")
    )
    assert parse(escape(hostile)) == [Block(expected)]
    escape(hostile).encode()


@given(st.lists(st.builds(Block, WRITABLE, st.booleans()), max_size=5))
def test_blocks_read_back(blocks: list[Block]) -> None:
    expected = [
        Block(" ".join(block.text.split("\n")), len(block.text.split()) <= 30)
        if block.is_heading
        else block
        for block in blocks
    ]
    assert parse(write_blocks(blocks)) == expected


@given(HOSTILE)
def test_every_markdown_has_blocks_without_white_space_at_their_ends(body: str) -> None:
    for block in parse(body):
        assert block.text == block.text.strip() != ""


@settings(max_examples=500)
@given(
    st.lists(
        st.sampled_from([*MARKS, "Word", "two words ", "é", "“Quoted”", "A line.\n", " \n"])
        | st.text()
    ).map("".join)
)
def test_what_is_read_without_the_parser_is_what_the_parser_reads(body: str) -> None:
    # a comment is no block, and makes all be left to the parser
    assert parse(body) == parse(f"<!-- -->\n\n{body}")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("One *two* **three** ~~four~~ `five`.", ["One two three five."]),
        ("It costs ~~four~~ six crowns.", ["It costs six crowns."]),
        ("It costs <s>four</s> six, <del>or *more*</del>.", ["It costs six,."]),
        ("One\ntwo  \nthree\\\nfour", ["One two\nthree\nfour"]),
        ("A [link](https://e.org/ 'title') and <https://e.org/>.", ["A link and https://e.org/."]),
        ("A [reference][1].\n\n[1]: https://e.org/", ["A reference."]),
        ("5 * 3 \\* 2 &lt; &#64; &copy;", ["5 * 3 * 2 < @ ©"]),
        ("> Quoted\n> words.\n>\n> More.", ["Quoted words.", "More."]),
        ("One.\n\n---\n\nTwo.", ["One.", "Two."]),
        ("- one\n- two\n  - three", ["one\ntwo\nthree"]),
        ("3. one\n4. two", ["3. one\n4. two"]),
        ("- one\n\n  more\n\n      code", ["one\nmore\ncode"]),
        ("- <div>one</div>\n- two", ["one\ntwo"]),
        ("|a|b|\n|-|-|\n|1|2|", ["a | b\n1 | 2"]),
        ("```python\nx = 1\n\ny\n```", ["x = 1\n\ny"]),
        ("    code\n    more", ["code\nmore"]),
        ("One<br>two<br/>three <b>four</b>.", ["One\ntwo\nthree four."]),
        ("<p>One</p><p>two <i>three</i></p>\n<p>R&amp;D</p>", ["One\ntwo three\nR&D"]),
        ("<!-- hidden -->\n\nOne.", ["One."]),
        ("<script>\nhidden()\n</script>\n\nOne.", ["One."]),
        ("<style>p {}", []),
        ("", []),
        ("\n\n \n", []),
        ("[a]: b", []),
    ],
)
def test_markup_is_parsed_away(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_headings() -> None:
    body = "# One #\n\nTwo\n===\n\n###### *Three*\n\n####### no heading"
    assert parse(body) == [
        Block("One", True),
        Block("Two", True),
        Block("Three", True),
        Block("####### no heading"),
    ]


LONG = " ".join(["word"] * 30)


def test_items_as_long_as_paragraphs_and_apart_like_them_are_paragraphs() -> None:
    assert texts(f"- {LONG}\n\n- {LONG} *two*\n\n  More.") == [LONG, f"{LONG} two\nMore."]
    assert texts(f"1. {LONG}\n\n2. {LONG}") == [f"1. {LONG}", f"2. {LONG}"]
    assert texts(f"- {LONG}\n  - one\n\n-\n\n- {LONG}") == [f"{LONG}\none", LONG]
    # a list: of items close together, or of short ones
    assert texts(f"- {LONG}\n- {LONG}") == [f"{LONG}\n{LONG}"]
    assert texts("- one\n\n- two") == ["one\ntwo"]
    assert texts("-\n\n-") == []


def test_a_heading_longer_than_any_is_a_paragraph() -> None:
    assert parse(f"# {LONG}\n\n# {LONG} more\n\n# *{LONG}* more") == [
        Block(LONG, True),
        Block(f"{LONG} more"),
        Block(f"{LONG} more"),
    ]


def test_a_heading_belongs_to_the_paragraph_it_introduces() -> None:
    head, other, last = Block("Head", True), Block("Other", True), Block("Last", True)
    one, two = Block("One."), Block("Two.")
    assert paragraphs_of([head, one, two]) == ["Head\n\nOne.", "Two."]
    assert paragraphs_of([head, other, one]) == ["Head\n\nOther\n\nOne."]
    assert paragraphs_of([one, head, last]) == ["One.\n\nHead\n\nLast"]
    assert paragraphs_of([head, other]) == ["Head", "Other"]
    assert paragraphs_of([]) == []


def test_an_article_is_its_paragraphs_with_a_blank_line_between_two() -> None:
    draft = Draft(Head("T"), "## Head\n\nOne *two*.\n\nThree.\n", (1, 2))
    text = "Head\n\nOne two.\n\nThree."
    assert article_of("s", draft) == Article(
        "s", Head("T"), text, (Span(0, 14), Span(16, 22)), (1, 2)
    )


def test_pages_that_do_not_fit_the_paragraphs_are_left_out() -> None:
    assert article_of("s", Draft(Head("T"), "One.", (1, 2))).pages == ()


@pytest.mark.parametrize("body", ["", " \n\t\n", "<!-- nothing -->", "---", "- ", "[a]: b"])
def test_no_text_is_no_article(body: str) -> None:
    with raises(ArticleError, match="it holds no text; write some below its head"):
        article_of("s", Draft(Head("T"), body))


@pytest.mark.parametrize("mark", ["[", "![", "*a", "_*", "x<?", "<a ", "<b>", "`a", "~~a ", "[a]("])
def test_markup_that_would_take_for_ever_is_refused(mark: str) -> None:
    body = "Fine.\n\n" + mark * 60_000
    with raises(ArticleError, match=r"the paragraph that begins '.{20}' has \d+ marks of"):
        parse(body)
    assert texts(body[:2000])[0] == "Fine."


@pytest.mark.parametrize(
    "body", ["<div>\n" + "<" * 200_000, "\t" * 200_000 + "a", "# a" + " " * 200_000]
)
def test_long_runs_are_read(body: str) -> None:
    assert len(parse(body)) <= 1


def test_a_paragraph_of_200_000_characters_with_some_markup_is_read() -> None:
    plain = "Some words and *more* of them. " * 6_500
    [block] = parse(plain)
    assert block.text == ("Some words and more of them. " * 6_500).strip()
    [escaped] = parse(escape("[" * 200_000))
    assert escaped.text == "[" * 200_000


@pytest.mark.parametrize(
    "body",
    ["|a|b|\n|-|-|\n" + "|c|d|\n" * 70_000, "- a\n" * 200_001, "*a*\n\n" * 101_000],
    ids=["cells", "items", "paragraphs"],
)
def test_what_would_take_the_parser_many_seconds_is_refused_at_once(body: str) -> None:
    with raises(ArticleError, match=r"lines and cells of tables, more than the 100,000"):
        parse(body)


def test_a_long_text_without_marks_is_read_without_the_parser() -> None:
    lines = 100_000
    assert parse("\n\n" + "a\n" * lines) == [Block(" ".join(["a"] * lines))]
    poem = escape("\n".join(["1. Whose <woods> *these* are?"] * 1000))
    assert parse(poem * 100)[0].text.count("*these* are?\n1. Whose <woods>") == 999 * 100


def test_an_article_of_more_paragraphs_than_any_book_is_refused() -> None:
    draft = Draft(Head("T"), "x\n\n" * (MOST_PARAGRAPHS + 1))
    with raises(ArticleError, match="more than the 100,000 paragraphs that can be read"):
        article_of("t", draft)


def test_a_low_line_within_a_word_is_written_as_it_is() -> None:
    text = "Call side_module and __init__ of a_b_c, then _stop_."
    assert escape(text) == "Call side_module and \\_\\_init\\_\\_ of a_b_c, then \\_stop\\_."
    assert parse(escape(text)) == [Block(text)]
    assert parse(escape("a_b" * 30_000)) == [Block("a_b" * 30_000)]
