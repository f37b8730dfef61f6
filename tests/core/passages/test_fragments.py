# ruff: noqa: E501 - pages are read more easily one to a line
"""Links to a quotation: what they say, and where a browser that follows them stops."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.article import Span
from bot.core.passages.fragments import LONGEST_LINK, link_to
from tests.fakes.browser import directive_of, follow

URL = "https://example.org/"


def link(text: str, quotation: str, url: str = URL, limit: int = LONGEST_LINK) -> str:
    start = text.index(quotation)
    return link_to(url, text, start, start + len(quotation), limit)


@pytest.mark.parametrize(
    ("page", "quotation", "expected"),
    [
        # the four forms that the specification shows
        (
            "Here is an example text fragment.",
            "an example text fragment",
            "https://example.org/#:~:text=an%20example%20text%20fragment",
        ),
        ("One foo.", "foo", "https://example.org/#:~:text=foo"),
    ],
)
def test_writes_what_the_specification_shows(page: str, quotation: str, expected: str) -> None:
    assert link(page, quotation) == expected


@pytest.mark.parametrize(
    ("directive", "found"),
    [
        ("an%20example%20text%20fragment", "an example text fragment"),
        ("an%20example,text%20fragment", "an example of a text fragment"),
        ("this%20is-,an%20example,-text%20fragment", "an example"),
    ],
)
def test_the_specifications_examples_are_what_the_browser_of_the_tests_follows(
    directive: str, found: str
) -> None:
    pages = {
        "an example text fragment": "This is an example text fragment.",
        "an example of a text fragment": "This is an example of a text fragment.",
        "an example": "There an example is, but this is an example text fragment.",
    }
    page = pages[found]
    stop = follow(f"{URL}#:~:text={directive}", page)
    assert stop is not None
    assert page[stop.start : stop.end] == found


def test_joins_a_fragment_that_is_there_already() -> None:
    assert link("a foo b", "foo", f"{URL}#test") == "https://example.org/#test:~:text=foo"


def test_takes_the_place_of_a_directive_that_is_there_already() -> None:
    assert link("a foo b", "foo", f"{URL}#test:~:text=bar") == f"{URL}#test:~:text=foo"
    assert link("a foo b", "foo", f"{URL}#:~:text=bar&text=x") == f"{URL}#:~:text=foo"


def test_a_url_stays_as_it_is_where_no_fragment_leads_to_the_quotation() -> None:
    twice = "the same words. the same words."
    second = len("the same words. ")
    for url in (URL, f"{URL}#test", f"{URL}#", f"{URL}?q=a%20b"):
        assert link_to(url, "words " * 3, 6, 11, len(url) + 3) == url
        assert link_to(url, twice, second, second, LONGEST_LINK) == url
    assert link_to(f"{URL}#a:~:text=x", "foo", 0, 3, 10) == f"{URL}#a"
    assert link_to(f"{URL}#:~:text=x", "foo", 0, 3, 10) == URL


def test_a_quotation_of_no_letters_at_all_gets_the_plain_url() -> None:
    assert link_to(URL, "a \u0301 b", 2, 3) == URL
    assert link_to(URL, "", 0, 0) == URL
    assert link_to(URL, " \n ", 0, 3) == URL


def test_escapes_what_the_grammar_uses() -> None:
    page = "Well-known, R&D; 100% #1 sure + “so” ~_.!"
    result = link(page, page)
    assert result == (
        f"{URL}#:~:text=Well%2Dknown%2C%20R%26D;%20100%25%20%231%20sure%20%2B%20%E2%80%9Cso"
        "%E2%80%9D%20~_.!"
    )
    assert follow(result, page) == Span(0, len(page))


def test_a_long_quotation_is_named_by_its_ends() -> None:
    words = [f"word{number}" for number in range(60)]
    page = "Before this. " + " ".join(words) + " After that."
    directive = directive_of(link(page, " ".join(words)))
    assert directive is not None
    assert directive.start == " ".join(words[:8])
    assert directive.end == " ".join(words[-8:])


def test_each_end_lies_within_one_block() -> None:
    page = "Zero.\nOne two three.\nFour five six."
    result = link(page, "One two three.\nFour five six.")
    assert result == f"{URL}#:~:text=One%20two%20three.,Four%20five%20six."


@pytest.mark.parametrize("which", [0, 1, 2])
def test_words_that_stand_more_than_once_are_told_apart_by_what_is_around_them(which: int) -> None:
    page = "Red they said it was so.\nBlue they said it was so, too.\nThey said it was so."
    places = [4, page.index("they", 20), page.index("They")]
    span = Span(places[which], places[which] + len("they said it was so"))
    result = link_to(URL, page, *span)
    assert follow(result, page) == span


def test_words_on_one_side_tell_a_quotation_apart_where_they_can() -> None:
    said = "They said so."
    page = f"{said}\nRed is the colour.\n{said}\nBlue is the sea."
    start = page.index(said, 1)
    directive = directive_of(link_to(URL, page, start, start + len(said)))
    assert directive is not None
    assert (directive.prefix, directive.suffix) == ("Red is the colour.", "")
    # on the page, a picture's caption may stand on the other side
    shown = page.replace("Blue", "A picture.\nBlue")
    assert follow(link_to(URL, page, start, start + len(said)), shown) == Span(
        start, start + len(said)
    )


def test_a_long_beginning_tells_a_quotation_apart_before_what_is_around_it() -> None:
    words = [f"word{number}" for number in range(40)]
    first, second = " ".join(words), " ".join([*words[:14], "another", *words[15:]])
    page = f"Above.\n{first}\nBetween.\n{second}\nBelow."
    directive = directive_of(link(page, second))
    assert directive is not None
    assert (directive.prefix, directive.suffix) == ("", "")
    assert directive.start == " ".join(second.split()[:16])


def test_keeps_to_the_limit() -> None:
    page = " ".join(f"Bezeichnung{number}" for number in range(50))
    for limit in (0, 60, 100, 200, 512):
        result = link(page, page, limit=limit)
        assert len(result) <= max(limit, len(URL))
        assert result == URL or follow(result, page) == Span(0, len(page))
    assert link(page, page, limit=100) != URL


def test_a_script_without_spaces_is_linked_too() -> None:
    page = "第一句话在这里。中国和俄罗斯希望更好地遵守国际准则，而不是单方面行动。最后一句。"
    quotation = "中国和俄罗斯希望更好地遵守国际准则，而不是单方面行动。"
    result = link(page, quotation)
    assert ":~:text=" in result
    start = page.index(quotation)
    assert follow(result, page) == Span(start, start + len(quotation))


WORDS = st.sampled_from(
    "a b ab A á a-b a, & - % b. 'a ß ss e\u0301 中 中国 。 ، و \u200d İ ﬁ ﬁn fin 1 1.5 _".split()
)
PAGES = st.lists(
    st.tuples(WORDS, st.sampled_from([" ", " ", " ", "\n", "\n\n", "  ", "\t", "\u00a0"])),
    min_size=1,
    max_size=24,
)


@settings(max_examples=200)
@given(PAGES, st.data())
def test_a_browser_stops_at_the_quotation_and_nowhere_else(
    parts: list[tuple[str, str]], data: st.DataObject
) -> None:
    page = "".join(word + gap for word, gap in parts)
    ends = []
    position = 0
    for word, gap in parts:
        ends.append(Span(position, position + len(word)))
        position += len(word) + len(gap)
    first = data.draw(st.integers(0, len(ends) - 1))
    last = data.draw(st.integers(first, len(ends) - 1))
    result = link_to(URL, page, ends[first].start, ends[last].end)
    if result != URL:
        stop = follow(result, page)
        assert stop is not None
        found, whole = _words(page, stop), _words(page, Span(ends[first].start, ends[last].end))
        assert found[1] == whole[1]
        # short lines at its beginning may be left out: the text below a heading is the surer place
        assert not page[whole[0] : found[0]].strip() or "\n" in page[whole[0] : found[0]]


BLOCKS = st.lists(st.lists(WORDS, min_size=1, max_size=6).map(" ".join), min_size=2, max_size=5)


@given(BLOCKS, BLOCKS, st.data())
def test_what_comes_after_the_next_block_changes_nothing(
    blocks: list[str], later: list[str], data: st.DataObject
) -> None:
    start = sum(len(block) + 2 for block in blocks[:-2])
    end = start + data.draw(st.integers(1, len(blocks[-2])))
    known = link_to(URL, "\n\n".join(blocks), start, end)
    assert link_to(URL, "\n\n".join([*blocks, *later]), start, end) == known


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 300), st.integers(0, 512))
def test_every_text_gets_a_link_of_printable_ascii(text: str, a: int, b: int, limit: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    result = link_to(URL, text, start, end, limit)
    assert result.startswith(URL)
    assert result.isascii()
    assert result.isprintable()
    assert " " not in result


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_an_item_without_words_is_no_fault(gap: str) -> None:
    text = gap.join(["Owls hunt.", "1.", "2. Nets", "Hares run."])
    assert link(text, "Hares run.") == f"{URL}#:~:text=Hares%20run."


def _words(page: str, span: Span) -> tuple[int, int]:
    """A span without what a browser does not look at: accents, and white space at its ends."""
    start, end = span
    while start < end and (page[start].isspace() or "\u0300" <= page[start] <= "\u036f"):
        start += 1
    while start < end and (page[end - 1].isspace() or "\u0300" <= page[end - 1] <= "\u036f"):
        end -= 1
    return start, end


LIST = "The fare is paid on board.\n\nBring these:\n1. Nets\n2. Lines and a long hook\n3. Bait\n\nThe end."
ON_PAGE = "The fare is paid on board.\nBring these:\nNets\nLines and a long hook\nBait\nThe end."
TABLE = "Who lies where.\n\nBoat | Berth\nAda of Quillport | Three\nLee | Four\n\nThe end."
CELLS = "Who lies where.\nBoat\nBerth\nAda of Quillport\nThree\nLee\nFour\nThe end."


@pytest.mark.parametrize(
    ("text", "page", "quotation", "marked"),
    [
        (LIST, ON_PAGE, "2. Lines and a long hook", "Lines and a long hook"),
        (LIST, ON_PAGE, "1. Nets\n2. Lines and a long hook\n3. Bait", "Nets\nLines and a long hook\nBait"),
        (LIST, ON_PAGE, "Bring these:\n1. Nets", "Bring these:\nNets"),
        (TABLE, CELLS, "Ada of Quillport | Three", "Ada of Quillport\nThree"),
        (TABLE, CELLS, "Boat | Berth\nAda of Quillport | Three\nLee | Four", "Boat\nBerth\nAda of Quillport\nThree\nLee\nFour"),
        ("1. An apple\n\n2. A pear is round.\n\n3. A plum.", "An apple\nA pear is round.\nA plum.", "2. A pear is round.", "A pear is round."),
    ],
)  # fmt: skip
def test_a_list_and_a_table_are_linked_as_they_stand_on_the_page(
    text: str, page: str, quotation: str, marked: str
) -> None:
    stop = follow(link(text, quotation), page)
    assert stop is not None
    assert page[stop.start : stop.end] == marked


@pytest.mark.parametrize(
    "text", ["Chess in 1914. It was late.\n2. Division was later.", "A | B was the vote."]
)
def test_numbers_and_bars_that_stand_on_the_page_stay(text: str) -> None:
    stop = follow(link(text, text), text)
    assert stop == Span(0, len(text))


def test_a_link_leads_below_a_heading_that_a_list_of_contents_names_too() -> None:
    text = "Trade\n\nIt depends on its exports.\n\nClimate\n\nIt is mild."
    page = "Trade\nClimate\n" + text.replace("\n\n", "\n")
    stop = follow(link(text, "Climate\n\nIt is mild."), page)
    assert stop is not None
    assert page[stop.start : stop.end] == "It is mild."
