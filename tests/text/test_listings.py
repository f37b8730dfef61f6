"""Questions that ask which articles there are, told from all others."""

from __future__ import annotations

import pytest

from bot.text.head_questions import head_question


@pytest.mark.parametrize(
    ("language", "text", "about"),
    [
        ("en", "Is there an article about otters?", "otters"),
        ("en", "hi, do you have any articles on the old mill please", "the old mill"),
        ("en", "which articles mention bread?", "bread"),
        ("en", "list all articles about trams", "trams"),
        ("en", "articles about trams", "trams"),
        ("de", "Artikel über Bienen", "Bienen"),
        ("de", "Gibt es einen Artikel über Bienen?", "Bienen"),
        ("de", "Welche Artikel handeln von Bienen?", "Bienen"),
        ("es", "¿Hay algún artículo sobre abejas?", "abejas"),
        ("fr", "Y a-t-il un article sur les abeilles ?", "les abeilles"),
        ("fr", "as-tu des articles sur le pont ?", "le pont"),
        ("pt", "Há algum artigo sobre abelhas?", "abelhas"),
        ("it", "C'è un articolo sulle api?", "api"),
        ("nl", "Heb je een artikel over bijen?", "bijen"),
        ("ru", "Есть ли статьи о пчёлах?", "пчёлах"),
        ("tr", "Arılar hakkında makale var mı?", "Arılar"),
        ("zh", "有没有关于蜜蜂的文章？", "蜜蜂"),
        ("pl", "Czy są artykuły o pszczołach?", "pszczołach"),
        ("ja", "蜂についての記事はありますか", "蜂"),
    ],
)
def test_articles_about_something(language: str, text: str, about: str) -> None:
    found = head_question(text, language)
    assert found is not None
    assert (found.lists, found.about, found.is_doubtful) == ("about", about, False)


@pytest.mark.parametrize(
    ("language", "text", "about"),
    [
        ("en", "do you have anything about otters?", "otters"),
        ("en", "what have you got on otters", "otters"),
        ("de", "Hast du etwas über Bienen?", "Bienen"),
        ("es", "¿tienes algo sobre abejas?", "abejas"),
        ("fr", "avez-vous quelque chose sur les abeilles ?", "les abeilles"),
        ("pt", "você tem algo sobre abelhas?", "abelhas"),
        ("it", "hai qualcosa sulle api?", "api"),
        ("nl", "heb je iets over bijen?", "bijen"),
        ("ru", "у тебя есть что-нибудь о пчёлах?", "пчёлах"),
        ("tr", "arılar hakkında bir şey var mı?", "arılar"),
        ("zh", "有关于蜜蜂的内容吗？", "蜜蜂"),
        ("pl", "masz coś o pszczołach?", "pszczołach"),
    ],
)
def test_things_about_something_may_be_no_articles(language: str, text: str, about: str) -> None:
    found = head_question(text, language)
    assert found is not None
    assert (found.lists, found.about, found.is_doubtful) == ("about", about, True)


@pytest.mark.parametrize(
    ("language", "text", "is_doubtful"),
    [
        ("en", "any articles by Ida Brook?", False),
        ("en", "which articles did Ida Brook write", False),
        ("en", "what else has Ida Brook written?", True),
        ("en", "has Ida Brook written anything here?", True),
        ("en", "hello! do you have anything by Ida Brook?", True),
        ("en", "articles by Ida Brook", False),
        ("de", "Gibt es Artikel von Ida Brook?", False),
        ("de", "Was hat Ida Brook geschrieben?", True),
        ("es", "¿Qué artículos escribió Ida Brook?", False),
        ("es", "¿Qué ha escrito Ida Brook?", True),
        ("fr", "Quels articles a écrits Ida Brook ?", False),
        ("fr", "Ida Brook a-t-elle écrit quelque chose ici ?", True),
        ("fr", "qu'a écrit Ida Brook ?", True),
        ("pt", "O que escreveu Ida Brook?", True),
        ("pt", "há artigos escritos por Ida Brook?", False),
        ("it", "Che cosa ha scritto Ida Brook?", True),
        ("it", "ci sono articoli di Ida Brook?", True),
        ("nl", "wat heeft Ida Brook geschreven?", True),
        ("nl", "welke artikelen schreef Ida Brook", False),
        ("ru", "что написала Ida Brook?", True),
        ("tr", "Ida Brook ne yazdı?", True),
        ("zh", "Ida Brook写了什么？", True),
        ("pl", "co napisała Ida Brook?", True),
        ("ja", "Ida Brookの書いた記事はありますか", False),
        ("en", "who is Ida Brook?", True),
        ("en", "hi, who's Ida Brook please", True),
        ("de", "Wer ist Ida Brook?", True),
        ("es", "¿Quién es Ida Brook?", True),
        ("fr", "Qui est Ida Brook ?", True),
        ("pt", "Quem é Ida Brook?", True),
        ("it", "Chi è Ida Brook?", True),
        ("nl", "wie is Ida Brook", True),
        ("ru", "кто такая Ida Brook?", True),
        ("tr", "Ida Brook kimdir?", True),
        ("zh", "Ida Brook是谁？", True),
        ("pl", "kim jest Ida Brook?", True),
        ("ja", "Ida Brookは誰ですか", True),
    ],
)
def test_articles_by_somebody(language: str, text: str, is_doubtful: bool) -> None:
    found = head_question(text, language)
    assert found is not None
    assert (found.lists, found.about, found.is_doubtful) == ("by", "Ida Brook", is_doubtful)


@pytest.mark.parametrize(
    "text",
    [
        "what did he write?",
        "do you have anything about it?",
        "do you know anything about otters?",
        "is there a bridge about a mile from here?",
        "which article does the author like most about the mill?",
        "what did Ida Brook write about the mill?",
        "has Ida Brook written to the mayor?",
        "how many articles has the constitution?",
        "is there anything about the old mill by the brook in the woods of Elmley",
        "who stood by the mill?",
    ],
)
def test_other_questions(text: str) -> None:
    found = head_question(text, "en")
    assert found is None or found.lists is None
