# ruff: noqa: E501 - pages are read more easily with one part to a line
"""The blocks of a page that are its article: kinds of pages that lost some, or gained others."""

from __future__ import annotations

import pytest

from bot.sources.formats.html.blocks.page_blocks import blocks_of
from bot.sources.formats.html.blocks.page_parts import is_prose
from bot.sources.formats.html.blocks.page_tree import parse
from bot.sources.formats.html.page import read_html
from bot.sources.formats.markdown import article_of
from tests.sources.made_prose import Prose

TITLE = "Ferry to Quillport sails again"


def paragraphs(count: int, seed: int = 1) -> list[str]:
    prose = Prose(seed)
    return [prose.paragraph(2, 3) for _ in range(count)]


OWN, OTHERS = paragraphs(8), paragraphs(8, seed=9)


def each(texts: list[str], tag: str = "p") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def read(inner: str) -> list[str]:
    """The blocks of a page's article, given what stands in its body."""
    page = f"<!DOCTYPE html><html><head><title>{TITLE}</title></head><body>{inner}</body></html>"
    draft = read_html(page.encode(), "a")[0]
    assert draft.head.title == TITLE
    return article_of("a", draft).text.split("\n\n")


def read_article(inner: str) -> list[str]:
    return read(f"<article><h1>{TITLE}</h1>{inner}</article>")


def test_an_answer_stands_under_both_of_its_questions() -> None:
    answer = "Ask at the harbour office on the quay, which is open from eight to four on weekdays."
    questions = ["Can I bring a bicycle?", "Can I bring a piano?"]
    inner = "".join(f"<h2>{question}</h2><p>{answer}</p>" for question in questions)
    found = read_article(f"{inner}<h2>Who pays?</h2><p>{OWN[0]}</p>")
    assert found == [questions[0], answer, questions[1], answer, "Who pays?", OWN[0]]


def test_a_refrain_stands_as_often_as_it_was_written() -> None:
    refrain = "Blow, wind, and bring the ferry home before the evening falls on us."
    lines = [OWN[0], refrain, OWN[1], refrain, refrain, OWN[2], refrain]
    assert read_article(each(lines)) == lines


def test_a_reply_that_two_gave_stands_twice() -> None:
    thanks = "Thank you, that is just what I had hoped to hear."
    posts = [OWN[0], thanks, OWN[1], thanks, OWN[2]]
    inner = "".join(
        f"<div class='post'><div class='body'><p>{post}</p></div></div>" for post in posts
    )
    assert read(f"<div class='thread'><h1>{TITLE}</h1>{inner}</div>") == posts


@pytest.mark.parametrize(
    "twice",
    [
        f"<blockquote class='big'><p>{OWN[1]}</p></blockquote>",
        f"<blockquote><p>{OWN[1].split('. ')[0]}</p></blockquote>",
        f"<div class='narrow'><p>{OWN[2]}</p></div>",
    ],
)
def test_what_a_page_shows_twice_and_its_author_wrote_once_stands_once(twice: str) -> None:
    inner = f"<div>{each(OWN[:3])}</div>{twice}<div>{each(OWN[3:])}</div>"
    assert read_article(inner) == OWN


@pytest.mark.parametrize("first", [2, 3, 6])
def test_of_two_groups_of_paragraphs_both_stand(first: int) -> None:
    for tag in ("div", "p"):
        groups = "".join(
            f"<div class='g'>{each(part, tag)}</div>" for part in (OWN[:first], OWN[first:])
        )
        assert read(f"<div id='main'><h1>{TITLE}</h1>{groups}</div>") == OWN


def test_short_lines_at_the_ends_stand() -> None:
    lines = ["Closed until May", *OWN[:2], "Reopens 3 June"]
    assert read_article(each(lines)) == lines


@pytest.mark.parametrize("heading", ["Response", "Comments", "Tags", "Related", "Next steps"])
def test_a_heading_over_the_articles_own_paragraph_stands(heading: str) -> None:
    inner = "".join(
        f"<h2>{name}</h2><p>{OWN[n]}</p>" for n, name in enumerate(["Request", heading, "Fares"])
    )
    assert read_article(inner) == ["Request", OWN[0], heading, OWN[1], "Fares", OWN[2]]
    assert read_article(f"<p>{OWN[0]}</p><p>{OWN[1]}</p><h2>{heading}</h2><p>{OWN[2]}</p>") == [
        *OWN[:2], heading, OWN[2],
    ]  # fmt: skip


def test_related_links_within_and_comments_below_do_not_stand() -> None:
    links = "<h3>Related</h3><ul><li><a href='/1'>Trams are late in town again</a></li><li><a href='/2'>Buses are late, too</a></li></ul>"
    comments = "".join(f"<div class='c'><b>Mo</b><p>{text}</p></div>" for text in OTHERS[:3])
    page = f"<article><h1>{TITLE}</h1>{each(OWN[:3])}{links}{each(OWN[3:])}</article><section><h2>Comments</h2>{comments}</section>"
    assert read(page) == OWN


def test_a_list_of_features_with_links_stands() -> None:
    features = {
        "Nets": "Catch herring with a net that mends itself overnight in the boat house.",
        "Lines": "Lay a long line in the morning and haul it before the tide turns.",
        "Pots": "Set pots among the rocks and come back for them in two days.",
    }
    items = "".join(
        f"<li class='feature'><h3>{name}</h3><p>{text}</p><a href='/{name}'>Learn more about {name}</a></li>"
        for name, text in features.items()
    )
    found = read(f"<main><h1>{TITLE}</h1>{each(OWN[:2])}<h2>Gear</h2><ul>{items}</ul></main>")
    assert found == [*OWN[:2], "Gear", *[part for feature in features.items() for part in feature]]


def test_links_among_other_items_of_a_list_stand() -> None:
    inner = f"<p>{OWN[0]}</p><ul><li>The timetable of the winter</li><li><a href='/f'>The fares of the winter</a></li></ul><p>{OWN[1]}</p>"
    assert "The fares of the winter" in read_article(inner)[1]


def cards(count: int) -> str:
    return "".join(
        f"<div class='item'><h3><a href='/{n}'>Trams are late again in town number {n}</a></h3><p>{text}</p></div>"
        for n, text in enumerate(OTHERS[:count])
    )


@pytest.mark.parametrize(
    "page",
    [
        f"<div class='list'>{cards(5)}</div><div id='story'><h1>{TITLE}</h1>{each(OWN)}</div>",
        f"<div id='story'><h1>{TITLE}</h1>{each(OWN)}</div><ul class='stream'>{cards(8)}</ul>",
        f"<div id='story'><h1>{TITLE}</h1>{each(OWN)}</div><div class='box'><h2><a href='/x'>Trams are late</a></h2>{each(OTHERS)}</div>",
        f"<div id='story'><h1>{TITLE}</h1>{each(OWN[:4])}<div class='gallery'>{each(OTHERS + paragraphs(8, seed=4))}</div>{each(OWN[4:])}</div>",
        f"<div id='story'><h1>{TITLE}</h1>{each(OWN)}</div><div class='comments'>{each(OTHERS + paragraphs(8, seed=4))}</div>",
    ],
    ids=["a list in front", "a stream behind", "a longer teaser beside", "a gallery within", "longer comments"],
)  # fmt: skip
def test_other_articles_on_the_page_do_not_stand(page: str) -> None:
    assert read(page) == OWN


def test_names_that_a_program_made_up_say_nothing() -> None:
    inner = "".join(
        f"<div class='ab ac ad ae'><p class='bf nav-x bb'>{text}</p></div>" for text in OWN[:1]
    )
    assert read_article(inner.replace("nav-x", "bh") + each(OWN[1:])) == OWN


def test_code_stands_whatever_it_says() -> None:
    code = "photo = get('photo: a.jpg')\nshare(photo)"
    assert read_article(f"<p>{OWN[0]}</p><pre>{code}</pre><p>{OWN[1]}</p>") == [
        OWN[0],
        code,
        OWN[1],
    ]


def test_a_line_that_stands_over_a_step_as_a_heading_stays() -> None:
    steps = "".join(
        f"<div class='step'><div class='content'><span class='headline2'>Step {n}</span><p>{text}</p></div></div>"
        for n, text in enumerate(OWN[:4], 1)
    )
    found = read(f"<div class='col'><h1>{TITLE}</h1><p>{OWN[4]}</p>{steps}<p>{OWN[5]}</p></div>")
    wanted = [
        OWN[4],
        *[part for n, text in enumerate(OWN[:4], 1) for part in (f"Step {n}", text)],
        OWN[5],
    ]
    assert found == wanted


@pytest.mark.parametrize("made", ["e1ad", "ad98", "98ad", "0bio"])
def test_an_id_that_a_program_made_is_no_name(made: str) -> None:
    line = "With the new pier one can do much more than load nets, for example:"
    inner = f"{each(OWN[:4])}<h2>More</h2><p id='{made}'>{line}</p><ul><li>sell the fish at once</li><li>mend the boats</li></ul>{each(OWN[4:])}"
    assert line in "\n".join(read_article(inner))


def test_what_is_set_apart_is_left_out_only_where_the_text_has_it() -> None:
    own = "Dredging means digging under water, and whoever says so of a garden is wrong."
    pulled = OWN[1].split(". ")[0]
    inner = f"{each(OWN[:3])}<blockquote class='pullquote'>{own}</blockquote>{each(OWN[3:5])}<blockquote class='pullquote'>{pulled}</blockquote>{each(OWN[5:])}"
    assert read_article(inner) == [*OWN[:3], own, *OWN[3:]]
    boxed = inner.replace("<blockquote class='pullquote'>", "<div class='pullquote'><p>")
    boxed = boxed.replace("</blockquote>", "</p></div>")
    assert read_article(boxed) == [*OWN[:3], own, *OWN[3:]]


def test_a_list_of_links_within_an_item_stays_with_it() -> None:
    links = "".join(
        f"<li><a href='/bug/{n}'>Fault {n} of the signal lamp on the outer pier</a></li>"
        for n in range(3)
    )
    inner = f"{each(OWN[:4])}<ul><li>The lamps were counted twice this week.</li><li>In progress: <ul>{links}</ul></li></ul>{each(OWN[4:])}"
    found = "\n".join(read_article(inner))
    assert all(f"Fault {n} of the signal lamp" in found for n in range(3))


def test_what_a_player_says_is_not_the_articles() -> None:
    said = "<div class='screen'><div>Video Not Available</div><div>Unfortunately, this video is not available in your region.</div><p>Now watching</p><p>Next video starts in : 7</p></div>"
    assert read_article(said + each(OWN)) == OWN


def test_a_stop_alone_is_no_paragraph() -> None:
    inner = f"{each(OWN[:4])}<div><a href='/p'>View photo</a></div><p>.</p>{each(OWN[4:])}"
    assert read_article(inner) == OWN


def test_code_at_the_end_is_the_articles() -> None:
    inner = f"{each(OWN)}<p>Run this program:</p><pre>a = 1<br>b = 2<div>c = 3</div></pre>"
    found = read_article(f"{inner}</article><nav><a href='/'>Home</a></nav><article>")
    assert found == [*OWN, "Run this program:", "a = 1\nb = 2\nc = 3"]


@pytest.mark.parametrize("end", [".", ".[22]", ".[22][a]", ".”[1] "])
def test_a_paragraph_that_ends_with_footnote_signs_is_prose(end: str) -> None:
    text = "The first people came over the ice from the islands in the east, and fished here"
    page = parse(f"<p>{text}{end}</p><p>{text}</p>".encode())
    assert [is_prose(block) for block in blocks_of(page)] == [True, False]


@pytest.mark.parametrize(
    ("line", "links"),
    [
        ("<p><em>More games news:</em></p>", "<ul><li><a href='/a'>Knights of the old harbour</a></li><li><a href='/b'>A race along the quay at dusk</a></li></ul>"),
        ("<h2>External links</h2>", "<ul><li><a href='/a'>Knights of the old harbour</a></li><li><a href='/b'>A race along the quay at dusk</a></li></ul>"),
        ("", "<dl><dt>Government</dt></dl><ul><li><a href='/a'>The portal of the harbour's own government</a></li></ul><dl><dt>Travel</dt></dl><ul><li><a href='/b'>The official site of the harbour's tourism</a></li></ul>"),
    ],
)  # fmt: skip
def test_no_line_stands_over_links_that_were_left_out(line: str, links: str) -> None:
    assert read_article(f"{each(OWN)}{line}{links}") == OWN


def test_a_heading_above_a_part_that_begins_with_a_link_stays() -> None:
    link = "<p><a href='/a'>Knights of the old harbour, the whole story</a></p>"
    inner = f"{each(OWN[:4])}<h2>The knights</h2>{link}{each(OWN[4:])}"
    assert read_article(inner) == [*OWN[:4], "The knights", *OWN[4:]]


def test_a_box_of_one_link_s_title_picture_and_text_is_another_page_s() -> None:
    box = (
        "<div class='box'><a href='/film'>The dirty truth about nets</a>"
        f"<p><a href='/film'><img src='a.jpg' alt='A tower'></a></p><p class='text'>{OTHERS[0]}</p></div>"
    )
    assert read_article(f"{each(OWN[:4])}{box}{each(OWN[4:])}") == OWN


@pytest.mark.parametrize("line", ["On 6/13/2018 by @adaolsen", "13 June 2018 | by Ada Olsen"])
def test_a_date_and_who_wrote_on_it_are_no_part_of_the_text(line: str) -> None:
    lead = "The ferry sails again, and the whole town is on the quay to see her go out."
    assert read_article(f"<p>{lead}</p><ul><li>{line}</li></ul>{each(OWN)}") == [lead, *OWN]


@pytest.mark.thorough
def test_a_page_of_very_many_short_blocks_is_read() -> None:
    page = "<p>The ferry sails at noon.</p>" + "<ul><li>word word</li></ul>" * 8_000
    (draft,) = read_html(f"<title>Ferry</title>{page}".encode(), "a")
    assert draft.body.startswith("The ferry sails at noon.")


def test_a_table_that_is_wider_than_any_screen_leaves_the_text_beside_it() -> None:
    text = "The harbour master prints the tide tables every spring, and the ferry follows them."
    row = "<tr>" + "<td>1" * 2500
    page = (
        f"<h1>The tide</h1><article><p>{text}<table>{row}{row}</table><p>{text[:-1]} too.</article>"
    )
    body = read_html(page.encode(), "tide")[0].body
    assert body.startswith(f"{text}\n\n| 1 | 1 |")
    assert body.endswith(f"|\n\n{text[:-1]} too.")


def test_a_list_of_properties_at_the_end_stays() -> None:
    items = ["Height: 30 cm", "Weight: 2 kg", "Burns paraffin"]
    inner = f"<div class='price'>49 crowns</div><div class='description'>{each(OWN[:2])}<ul>{each(items, 'li')}</ul></div>"
    found = read(f"<div class='product'><h1>{TITLE}</h1>{inner}</div>")
    assert found == [*OWN[:2], "\n".join(items)]


def test_a_table_s_caption_stands_above_it() -> None:
    table = "<table><caption>Boats by year</caption><tr><th>Year<th>Boats<tr><td>1901<td>12</table>"
    found = read_article(f"{each(OWN[:2])}{table}{each(OWN[2:4])}")
    assert found == [*OWN[:2], "Boats by year", "Year | Boats\n1901 | 12", *OWN[2:4]]


def test_a_heading_in_a_named_element_stands_over_its_text() -> None:
    heading = "<h2><span class='mw-headline' id='h'>History</span><span class='mw-editsection'>[<a href='/e'>edit</a>]</span></h2>"
    found = read(
        f"<div class='mw-parser-output'><h1>{TITLE}</h1>{each(OWN[:1])}{heading}{each(OWN[1:2])}</div>"
    )
    assert found == [OWN[0], "History", OWN[1]]


@pytest.mark.parametrize("name", ["comentarios_lectores", "kommentare", "lista-commenti"])
def test_comments_are_left_out_whatever_the_language_of_their_name(name: str) -> None:
    comments = "".join(f"<li><h4>#{n}</h4><p>{text}</p></li>" for n, text in enumerate(OTHERS))
    article = f"<div><h1>{TITLE}</h1>{each(OWN)}</div>"
    assert read(f"{article}<div id='{name}'><ol>{comments}</ol></div>") == OWN


def test_a_heading_of_tags_above_the_first_paragraph_does_not_stand() -> None:
    tags = ", ".join(f"<a href='/{word}'>{word}</a>" for word in ("boats", "fog", "the harbour"))
    assert read_article(f"<h4>Topics: {tags}</h4>{each(OWN)}") == OWN


REFERENCES = [
    "Olsen, A. (2001). Ropes. Journal of Knots, 3(2), 1–9.",
    "Falk, B. (2003). Bells. Harbour Press.",
]


@pytest.mark.parametrize(
    ("heading", "inner"),
    [
        ("References", "<h2>References</h2><ol>{}</ol>"),
        ("5. Literatur", "<section><h2>5. Literatur</h2><ul>{}</ul></section>"),
        ("Notes", "<h2>Notes</h2><div class='reflist'><ol class='references'>{}</ol></div>"),
    ],
)
def test_the_references_at_an_article_s_end_stand(heading: str, inner: str) -> None:
    items = "".join(f"<li><cite>{text}</cite> <a href='#r'>↩</a></li>" for text in REFERENCES)
    numbers = ["1. ", "2. "] if "<ol" in inner else ["", ""]
    lines = [number + text for number, text in zip(numbers, REFERENCES, strict=True)]
    found = read_article(each(OWN[:3]) + inner.format(items))
    assert found == [*OWN[:3], heading, "\n".join(lines)]


def test_links_to_sources_at_an_article_s_end_do_not_stand() -> None:
    links = "<h2>References</h2><ul><li><a href='/1'>Ropes and their makers</a></li></ul>"
    assert read_article(each(OWN[:3]) + links) == OWN[:3]


@pytest.mark.parametrize("answer", ["A buoy.", "<p>Twelve boats</p>"])
def test_a_closed_part_of_a_few_words_at_the_end_stands(answer: str) -> None:
    inner = f"{each(OWN[:2])}<details><summary>Solution</summary>{answer}</details>"
    assert read_article(inner)[2:] == ["Solution", answer.removeprefix("<p>").removesuffix("</p>")]


def test_a_closed_part_of_links_does_not_stand() -> None:
    links = "<details><summary>Share</summary><a href='/f'>Facebook</a></details>"
    assert read_article(each(OWN[:2]) + links) == OWN[:2]


def test_a_remark_in_a_box_of_its_own_is_the_article_s() -> None:
    remark = "Measure the door first."
    box = f"<div class='kg-callout-card'><div>!</div><div class='kg-callout-text'>{remark}</div></div>"
    plain = box.replace("kg-callout-card", "card").replace("kg-callout-text", "text")
    assert read_article(f"{each(OWN[:4])}{box}{each(OWN[4:])}") == [*OWN[:4], remark, *OWN[4:]]
    assert read_article(f"{each(OWN[:4])}{plain}{each(OWN[4:])}") == OWN


def test_a_subtitle_above_the_author_s_link_stays() -> None:
    subtitle = "What a keeper does when there is no lamp to keep"
    byline = "<div class='byline'><a href='/u'>Dora Lind</a></div>"
    assert read_article(f"<h3>{subtitle}</h3>{byline}{each(OWN)}") == [subtitle, *OWN]
    assert (
        read_article(
            f"<h3>Most read this week in town</h3><a href='/u'>Trams are late again</a>{each(OWN)}"
        )
        == OWN
    )


@pytest.mark.parametrize(
    "code",
    [
        "<table class='highlighttable'><tr><td class='linenos'><pre>1\n2</pre></td><td class='code'><pre>a = 1\nb = 2</pre></td></tr></table>",
        "<pre class='language-python line-numbers'><code>a = 1\nb = 2<span class='line-numbers-rows'><span></span><span></span></span></code></pre>",
        "<pre><span class='lineno'>1 </span>a = 1\n<span class='lineno'>2 </span>b = 2</pre>",
    ],
)
def test_the_numbers_of_lines_of_code_are_no_text(code: str) -> None:
    assert read_article(f"{each(OWN[:4])}{code}{each(OWN[4:])}") == [
        *OWN[:4],
        "a = 1\nb = 2",
        *OWN[4:],
    ]
