# ruff: noqa: E501 - sentences are read more easily one to a line
"""Pages in languages whose sentences end otherwise, and what stands below their articles."""

from __future__ import annotations

import pytest
from lxml.html import fromstring

from bot.sources.formats.html.blocks.page_blocks import blocks_of
from bot.sources.formats.html.blocks.page_parts import is_prose
from bot.sources.formats.html.blocks.part_names import part_name
from bot.sources.formats.html.body.boilerplate import is_label, is_tail_heading
from bot.sources.formats.html.page import read_html
from bot.sources.formats.markdown import article_of

HINDI = [
    "बंदरगाह का रखवाला हर शाम नावों को गिनता है और उनकी संख्या एक पुरानी किताब में लिख देता है।",
    "जो नाव ऊँचे ज्वार से चूक जाती है वह छह घंटे तक बाहरी बोये के पास खड़ी रहती है, और यात्री चाय पीते हैं।",
    "पिछले साल सर्दियों में छपाई देर से हुई थी, इसलिए दो नावें रेत पर चढ़ गईं, पर किसी को चोट नहीं आई।",
]
THAI = [
    "ผู้ดูแลประภาคารนับเรือทุกเย็นแล้วจดจำนวนลงในสมุดเล่มเก่าที่ไม่มีใครเคยเปิดอ่านเลยสักครั้งเดียว",
    "เรือที่มาไม่ทันน้ำขึ้นต้องจอดรออยู่ที่ทุ่นด้านนอกนานถึงหกชั่วโมง และลูกเรือก็ขายน้ำชาให้ผู้โดยสารระหว่างรอ",
    "ฤดูหนาวปีที่แล้วตารางน้ำขึ้นน้ำลงพิมพ์เสร็จช้า เรือสองลำจึงเกยสันทราย แต่ไม่มีใครได้รับบาดเจ็บ",
]


@pytest.mark.parametrize(
    ("paragraphs", "title", "heading", "links"),
    [
        (HINDI, "बंदरगाह की नावें", "संबंधित खबरें", ["नया पुल बना", "मेला शुरू हुआ", "बारिश की चेतावनी"]),
        (THAI, "เรือที่ท่าเรือเก่า", "เรื่องที่เกี่ยวข้อง", ["สะพานใหม่เปิดใช้แล้ว", "งานเทศกาลเริ่มต้น", "เตือนภัยฝนตกหนัก"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_one_block", [False, True])
def test_what_stands_below_an_article_is_left_out(
    paragraphs: list[str], title: str, heading: str, links: list[str], is_one_block: bool
) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    if is_one_block:
        linked = "<br>".join(f"<a href='/{n}'>{link}</a>" for n, link in enumerate(links))
        after = f"<p>{heading}<br>{linked}</p>"
    else:
        linked = "".join(f"<li><a href='/{n}'>{link}</a></li>" for n, link in enumerate(links))
        after = f"<h3>{heading}</h3><ul>{linked}</ul>"
    page = f"<title>{title}</title><div class='node'><h1>{title}</h1>{text}{after}</div>"
    draft = read_html(page.encode(), "a")[0]
    assert draft.head.title == title
    assert article_of("a", draft).text.split("\n\n") == paragraphs


@pytest.mark.parametrize(
    "text",
    [
        "This article is only available to subscribers.",
        "Dieser Artikel ist nur für Abonnenten verfügbar.",
        "Cet article est réservé aux abonnés",
        "Contenido exclusivo para suscriptores",
        "［有料会員限定］ この記事は会員限定です。続きは登録してお読みください。",
        "Материал доступен только подписчикам",
    ],
)
def test_a_paywall_is_no_sentence_of_the_article(text: str) -> None:
    assert is_label(text)


@pytest.mark.parametrize(
    "text",
    ["Czytaj także", "Материалы по теме", "関連記事", "相关新闻", "관련 기사", "مواضيع ذات صلة", "Комментарии (3)", "İlgili haberler", "Tin liên quan"],
)  # fmt: skip
def test_a_heading_says_that_the_article_is_over(text: str) -> None:
    assert is_tail_heading(text)


def test_a_note_on_cookies_has_many_names() -> None:
    for name in ("cookiemsg", "cookieNotice", "cookie-popup", "cookiepolicy"):
        assert part_name(fromstring(f"<div class='{name}'>x</div>")) is not None


@pytest.mark.parametrize("paragraph", [*HINDI, *THAI])
def test_paragraphs_are_known_as_text(paragraph: str) -> None:
    (block,) = blocks_of(fromstring(f"<p>{paragraph}</p>"))
    assert is_prose(block)


@pytest.mark.parametrize("heading", ["Related articles", "เรื่องที่เกี่ยวข้อง"])
def test_a_block_of_links_below_its_heading_points_elsewhere(heading: str) -> None:
    links = "<br>".join(f"<a href='/{n}'>The {n} boats of the harbour</a>" for n in range(3))
    text = "".join(f"<p>{paragraph}</p>" for paragraph in HINDI)
    page = f"<title>नावें</title><article>{text}<p>{heading}<br>{links}</p><p>{HINDI[0][3:]}</p></article>"
    assert "boats" not in read_html(page.encode(), "a")[0].body
