"""Replies that quote nothing, in English and part by part in other languages."""

from __future__ import annotations

import pytest

from bot.core.answer import Answer, NearTitle
from bot.core.article import Head
from bot.core.conversation.talk_replies import TalkReply, catalogue_reply, head_reply, summary_reply
from bot.core.relevance.evidence import PARTS
from bot.frontends.answer_words import EVIDENCE, reply_in_words
from bot.frontends.languages import CATALOGUES, ENGLISH, language

OWL = NearTitle("owl", "The {0} owl")


def said(reply: TalkReply, code: str) -> str:
    answer = Answer("?", "talk", 0.0, (), (), (), None, reply=reply.text, said=reply.said)
    return reply_in_words(answer, language(code))


def test_an_article_head_is_told_in_sentences_of_its_own() -> None:
    head = Head("The owl", "Ada", "The Quay", "2015-11-04")
    reply = head_reply("owl", head, ["author", "published"])
    assert said(reply, "en") == (
        "“The owl” was written by Ada and published by The Quay on 2015-11-04.\nowl"
    )
    assert said(reply, "de") == (
        "„The owl“ wurde von Ada geschrieben. "
        "Veröffentlicht wurde er von The Quay am 2015-11-04.\nowl"
    )
    nothing = head_reply("owl", Head("The owl"), ["author", "published"])
    assert said(nothing, "en") == ("“The owl”: Nothing is known of its author or its date.\nowl")
    assert said(nothing, "fr") == (
        "«\u00a0The owl\u00a0» Son auteur n’est pas connu. Sa date n’est pas connue.\nowl"
    )


def test_an_address_is_told_where_it_is_asked_for() -> None:
    head = Head("The owl", "Ada", url="https://owl.example")
    assert "https" not in head_reply("owl", head, ["author"]).text
    reply = head_reply("owl", head, ["source"])
    assert said(reply, "en") == (
        "“The owl” was written by Ada. It can be read at https://owl.example.\nowl"
    )
    assert said(reply, "it") == (
        "«The owl» è stato scritto da Ada. Si può leggere su https://owl.example.\nowl"
    )
    alone = head_reply("owl", Head("The owl", url="https://owl.example"), ["url"])
    assert said(alone, "en") == "“The owl” can be read at https://owl.example.\nowl"
    missing = head_reply("owl", Head("The owl"), ["url", "source"])
    assert said(missing, "es") == (
        "«The owl» No se conoce su dirección en la web. No se conoce su fuente.\nowl"
    )


def test_a_catalogue_and_a_summary_count_and_name_articles() -> None:
    reply = catalogue_reply(12, [OWL])
    assert said(reply, "en") == (
        "There are 12 articles to ask about:\n“The {0} owl” (owl)\n… and 11 more"
    )
    assert said(reply, "pl") == ("Pytać można o 12 artykułów:\n“The {0} owl” (owl)\n… i jeszcze 11")
    assert said(summary_reply([OWL]), "de") == (
        "Ich zitiere Artikel und fasse sie nicht zusammen. "
        "Öffnen und lesen können Sie: “The {0} owl” (owl)"
    )


@pytest.mark.parametrize("code", CATALOGUES)
def test_every_reply_is_said_in_every_language(code: str) -> None:
    for reply in (
        catalogue_reply(0, ()),
        catalogue_reply(1, [OWL]),
        summary_reply(()),
        head_reply("owl", Head("Owl", None, "Quay"), ["author"]),
        head_reply("owl", Head("Owl", None, None, "2015"), ["publisher"]),
        head_reply("owl", Head("Owl", url="https://owl.example"), ["url"]),
        head_reply("owl", Head("Owl", "Ada"), ["url", "source"]),
    ):
        assert said(reply, code)
        assert said(reply, code) != said(reply, "en") == reply.text
    assert language("en") is ENGLISH


def test_every_part_of_a_score_has_words() -> None:
    assert tuple(EVIDENCE) == PARTS
