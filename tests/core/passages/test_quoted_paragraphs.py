"""The paragraphs that are quoted of a passage where those of its article are short."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.article import Article, Head, join_paragraphs
from bot.core.passages.passage_links import link_of
from bot.core.passages.quoted_paragraphs import (
    MOST_PARAGRAPHS,
    MOST_WORDS,
    paragraph_at,
    quoted_around,
)
from bot.core.passages.splitting import count_words, split
from bot.text.analyzer import Languages

ANALYZER = Languages()
HEADED = "The sluice\n\nIt was opened in May. It is shut in autumn."


def article(paragraphs: list[str]) -> Article:
    text, spans = join_paragraphs(paragraphs)
    return Article("a", Head("A"), text, spans)


def sentence(count: int, word: str = "word") -> str:
    return " ".join([word.capitalize(), *[word] * (count - 2), "end."])


def quoted(paragraphs: list[str]) -> list[tuple[int, int]]:
    """The first and the last paragraph that are quoted for each one that answers."""
    return [
        (shown.first, shown.last)
        for passage in split(article(paragraphs), "en", ANALYZER)
        if passage.around is not None
        for at in range(passage.last - passage.first + 1)
        for shown in [quoted_around(passage, at)]
    ]


@given(
    st.lists(
        st.builds(sentence, st.integers(2, 90))
        | st.sampled_from([HEADED, "Why?", sentence(450), f"{sentence(300)} {sentence(250)}"]),
        max_size=9,
    )
)
def test_it_is_a_slice_of_the_article_that_holds_the_paragraph_whole(paragraphs: list[str]) -> None:
    whole = article(paragraphs)
    passages = split(whole, "en", ANALYZER)
    for passage in passages:
        if passage.around is None:
            assert quoted_around(passage, 0) is passage
            continue
        for at in range(passage.last - passage.first + 1):
            shown = quoted_around(passage, at)
            assert shown.text == whole.text[shown.start : shown.end]
            assert shown.text == whole.quote(shown.first, shown.last)
            assert shown.first <= passage.first + at <= shown.last < shown.first + MOST_PARAGRAPHS
            assert shown.first == shown.last or count_words(shown.text) <= MOST_WORDS
            position = 0
            for start, end in shown.sentences:
                assert shown.text[position:start].strip() == ""
                position = end
            assert position == len(shown.text)
            own = passage.start + passage.around.starts[passage.first + at - passage.around.first]
            assert paragraph_at(passage, own - passage.start) == at
            assert (shown.article, shown.number, shown.around) == ("a", passage.number, None)


def test_what_follows_comes_first_and_what_is_before_where_there_is_room() -> None:
    assert quoted([sentence(50)] * 5) == [(1, 3), (2, 4), (3, 5), (3, 5), (3, 5)]
    assert quoted([sentence(50), sentence(190), sentence(50)]) == [(1, 1), (2, 2), (3, 3)]
    assert quoted([sentence(20), sentence(100), sentence(30), sentence(60)]) == [
        *((1, 3), (2, 4), (2, 4), (2, 4))
    ]


@pytest.mark.parametrize("usual", [60, 150])
def test_an_article_of_longer_paragraphs_is_quoted_as_it_was_found(usual: int) -> None:
    passages = split(article([sentence(usual)] * 3), "en", ANALYZER)
    assert [passage.around for passage in passages] == [None] * 3


def test_an_original_with_pages_is_quoted_as_it_was_found() -> None:
    """The page on which another paragraph begins is not known."""
    paged = article([sentence(50)] * 3)._replace(pages=(3, 3, 4))
    assert {passage.around for passage in split(paged, "en", ANALYZER)} == {None}


def test_a_piece_of_a_huge_paragraph_is_neither_quoted_with_others_nor_they_with_it() -> None:
    huge = f"{sentence(300)} {sentence(250)}"
    assert quoted([sentence(50), huge, sentence(40), sentence(40)]) == [(1, 1), (3, 4), (3, 4)]


def test_a_link_leads_to_what_is_quoted() -> None:
    rows = [sentence(40, word) for word in ("owl", "fox", "hare", "crow", "newt")]
    passages = split(article(rows), "en", ANALYZER)
    assert [(passage.first, passage.last) for passage in passages] == [(1, 3), (4, 5)]
    links = [link_of("https://example.org/", passages, *at) for at in ((0, 0), (0, 2), (1, 1))]
    assert [link.partition("text=")[2].replace("%20", " ") for link in links] == [
        "Owl owl owl owl owl owl owl owl,hare hare hare hare hare hare hare end.",
        "Hare hare hare hare hare hare hare hare,newt newt newt newt newt newt newt end.",
        "Hare hare hare hare hare hare hare hare,newt newt newt newt newt newt newt end.",
    ]
