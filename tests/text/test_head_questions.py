"""Questions about an article's head, told from all others."""

from __future__ import annotations

import pytest

from bot.core.seams import HeadQuestion
from bot.text.head_questions import head_question


@pytest.mark.parametrize(
    ("language", "text", "asks", "about"),
    [
        ("en", "who wrote the article about the ferry?", {"author"}, "about the ferry"),
        ("en", "When was the piece on bees published?", {"published", "publisher"}, "on bees"),
        ("en", "Which newspaper printed the rent explainer?", {"publisher"}, "rent"),
        ("en", "by whom was the report on the merger written", {"author"}, "on the merger"),
        ("en", "who is the author of this article", {"author"}, ""),
        ("en", "when was it published, and by whom?", {"author", "published", "publisher"}, ""),
        ("en", "when was the dumpling recipe published?", {"published", "publisher"}, "dumpling"),
        ("fr", "quand l'article a-t-il été publié", {"published", "publisher"}, ""),
        ("en", "who published the interview with Orlo?", {"publisher", "author"}, "with Orlo"),
        ("de", "Wer hat das Interview mit Orlo geschrieben?", {"author"}, "mit Orlo"),
        ("fr", "Qui a écrit l'interview avec Orlo ?", {"author"}, "avec Orlo"),
        ("de", "Wer hat den Artikel über die Fähre geschrieben?", {"author"}, "über die Fähre"),
        ("es", "¿Quién escribió el artículo sobre el ferry?", {"author"}, "sobre el ferry"),
        ("fr", "Qui a écrit l'article sur le pont ?", {"author"}, "sur le pont"),
        ("pt", "Quem escreveu o artigo sobre a ponte?", {"author"}, "sobre a ponte"),
        ("it", "Chi ha scritto l'articolo sul ponte?", {"author"}, "sul ponte"),
        ("nl", "Wie schreef het artikel over de brug?", {"author"}, "over de brug"),
        ("ru", "Кто написал статью о мосте?", {"author"}, "о мосте"),
        ("tr", "Köprü hakkındaki makaleyi kim yazdı?", {"author"}, "Köprü hakkındaki"),
        ("zh", "关于桥的文章是谁写的？", {"author"}, "桥的"),
        ("zh", "关于旧火车站的文章是谁写的", {"author"}, "旧火车站的"),
        ("zh", "这篇文章是谁写的？", {"author"}, ""),
        ("tr", "köprü haberini kim yazdı?", {"author"}, "köprü"),
        ("en", "how recent is the post on bees?", {"published"}, "on bees"),
        ("en", "hi, who wrote the post on bees please", {"author"}, "on bees"),
        ("en", "can you give me the link to the bees article pls", {"url"}, "bees"),
        ("en", "where can I read the article about the harbour?", {"url"}, "about the harbour"),
        ("en", "where can I find the original of the soup recipe?", {"url"}, "soup"),
        ("en", "source of the harbour story?", {"source"}, "harbour"),
        ("en", "where was the piece on bees taken from", {"source"}, "on bees"),
        ("de", "Hast du einen Link zum Artikel über Bienen?", {"url"}, "über Bienen"),
        ("de", "Was ist die Quelle des Artikels über Bienen?", {"source"}, "über Bienen"),
        ("es", "¿Me das el enlace del artículo sobre abejas?", {"url"}, "sobre abejas"),
        ("fr", "Où puis-je lire l'article sur les abeilles ?", {"url"}, "sur les abeilles"),
        ("fr", "le lien vers l'article sur les abeilles svp", {"url"}, "sur les abeilles"),
        ("pt", "qual é o link do artigo sobre abelhas?", {"url"}, "sobre abelhas"),
        ("it", "mi dai il link dell'articolo sulle api?", {"url"}, "sulle api"),
        ("nl", "heb je een link naar het artikel over bijen?", {"url"}, "over bijen"),
        ("ru", "дай ссылку на статью о пчёлах", {"url"}, "о пчёлах"),
        ("tr", "arılar hakkındaki makalenin linki var mı?", {"url"}, "arılar hakkındaki"),
        ("zh", "关于蜜蜂的文章的链接是什么？", {"url"}, "蜜蜂的"),
        ("pl", "podaj link do artykułu o pszczołach", {"url"}, "o pszczołach"),
        ("en", "how old is the post on bees?", {"published"}, "on bees"),
        ("de", "Wie alt ist der Artikel über Bienen?", {"published"}, "über Bienen"),
        ("en", "what is the title of the piece about the harbour", {"title"}, "about the harbour"),
        ("de", "Wie ist der Titel des Artikels über Bienen?", {"title"}, "über Bienen"),
        ("fr", "Quel est le titre de l'article sur les abeilles ?", {"title"}, "sur les abeilles"),
        ("ru", "название статьи о пчёлах", {"title"}, "о пчёлах"),
        ("en", "is the post on bees from 2017?", {"published"}, "on bees"),
        ("de", "Ist der Artikel über Bienen von 2017?", {"published"}, "über Bienen"),
        ("es", "¿Es el artículo sobre abejas de 2017?", {"published"}, "sobre abejas"),
        ("fr", "L'article sur les abeilles date-t-il de 2017 ?", {"published"}, "sur les abeilles"),
        ("pt", "O artigo sobre abelhas é de 2017?", {"published"}, "sobre abelhas"),
        ("it", "L'articolo sulle api è del 2017?", {"published"}, "sulle api"),
        ("nl", "Is het artikel over bijen van 2017?", {"published"}, "over bijen"),
        ("ru", "Статья о пчёлах от 2017 года?", {"published"}, "о пчёлах"),
        ("tr", "arılar hakkındaki makale 2017 yılından mı", {"published"}, "arılar hakkındaki"),
        ("zh", "关于蜜蜂的文章是2017年的吗？", {"published"}, "关于蜜蜂的"),
        ("en", "hello, what's the harbour story about?", {"title"}, "harbour"),
        ("de", "Worum geht es in dem Artikel über Bienen?", {"title"}, "über Bienen"),
        ("es", "¿De qué trata el artículo sobre abejas?", {"title"}, "sobre abejas"),
        ("fr", "De quoi parle l'article sur les abeilles ?", {"title"}, "sur les abeilles"),
        ("pt", "Do que trata o artigo sobre abelhas?", {"title"}, "sobre abelhas"),
        ("it", "Di che cosa parla l'articolo sulle api?", {"title"}, "sulle api"),
        ("nl", "Waar gaat het artikel over bijen over?", {"title"}, "over bijen"),
        ("ru", "О чём статья о пчёлах?", {"title"}, "о пчёлах"),
        ("tr", "arılar hakkındaki makale ne hakkında", {"title"}, "arılar hakkındaki"),
        ("zh", "关于蜜蜂的文章讲什么？", {"title"}, "关于蜜蜂的"),
    ],
)
def test_a_question_about_a_head(language: str, text: str, asks: set[str], about: str) -> None:
    found = head_question(text, language)
    assert found is not None
    assert (set(found.asks), found.about) == (asks, about)


@pytest.mark.parametrize(
    "text",
    [
        "who wrote to him?",
        "did she write it?",
        "When is the interview?",
        "Which laptop did the author of the server guide use?",
        "What does the article about the ferry say about its captain?",
        "When was the harbour built, and by whom?",
        "Who published the map of 1612?",
        "which day did they paint it on?",
        "what year did he sell it about Easter",
        "Where did the recipe come from?",
        "who wrote this letter?",
        "which rules did the club write?",
        "what is the link between bees and the article's plants?",
        "what is the source of the river?",
        "where can I find the mill?",
        "who",
        "is the honey on the shelf from 2017?",
        "is the post on bees from the harbour?",
        "what is the harbour about",
        "what is the story about",
        "who is the keeper of bees",
        "how old is Ida Brook",
    ],
)
def test_other_questions(text: str) -> None:
    assert head_question(text, "en") is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "who wrote it?"),
        ("en", "and who wrote that?"),
        ("en", "by whom was it written?"),
        ("en", "who is its author"),
        ("de", "Wer hat es geschrieben?"),
    ],
)
def test_a_question_about_a_head_only_after_an_answer(language: str, text: str) -> None:
    found = head_question(text, language)
    assert found is not None
    assert (found.asks, found.about, found.only_follows) == (("author",), "", True)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("when was it written?", "published"),
        ("do you have a link?", "url"),
        ("and the source?", "source"),
    ],
)
def test_other_parts_only_after_an_answer(text: str, part: str) -> None:
    found = head_question(text, "en")
    assert found is not None
    assert (found.asks, found.about, found.only_follows) == ((part,), "", True)


@pytest.mark.parametrize(
    ("language", "text", "about", "work"),
    [
        ("en", "who wrote the rules of the pool?", "rules of the pool", "rules"),
        ("en", "who is the author of the Fennel changelog", "Fennel changelog", "changelog"),
        ("en", "who wrote this about the harbour?", "about the harbour", ""),
        ("de", "Wer hat die Satzung des Vereins geschrieben?", "Satzung des Vereins", "Satzung"),
        ("de", "Wer hat das über die Fähre geschrieben?", "über die Fähre", ""),
        ("fr", "qui a écrit le règlement de la piscine ?", "règlement de la piscine", "règlement"),
        ("es", "¿quién escribió las normas de la piscina?", "normas de la piscina", "normas"),
    ],
)
def test_what_may_be_no_article(language: str, text: str, about: str, work: str) -> None:
    found = head_question(text, language)
    assert found is not None
    assert found.is_doubtful
    assert (found.about, found.work) == (about, work)


@pytest.mark.parametrize(
    ("language", "text", "part", "about", "is_title"),
    [
        ("en", "Who wrote Hamlet?", "author", "Hamlet", True),
        ("en", "who wrote the article Two Otters", "author", "Two Otters", True),
        ("de", "Wer hat Hamlet geschrieben?", "author", "Hamlet", True),
        ("es", "¿Quién escribió Hamlet?", "author", "Hamlet", True),
        ("fr", "Qui a écrit Hamlet ?", "author", "Hamlet", True),
        ("pt", "Quem escreveu Hamlet?", "author", "Hamlet", True),
        ("it", "Chi ha scritto Hamlet?", "author", "Hamlet", True),
        ("nl", "Wie schreef Hamlet?", "author", "Hamlet", True),
        ("ru", "Кто написал «Гамлета»?", "author", "Гамлета", True),
        ("tr", "Hamlet'i kim yazdı?", "author", "Hamlet'i", True),
        ("zh", "哈姆雷特是谁写的？", "author", "哈姆雷特", True),
        ("en", "author of feeding otters", "author", "feeding otters", False),
        ("de", "Autor von Otter füttern", "author", "Otter füttern", False),
        ("fr", "Qui est l'auteur de Nourrir les loutres ?", "author", "Nourrir les loutres", False),
        ("en", "when was the Brinel 40 published?", "published", "the Brinel 40", False),
        ("de", "Wann wurde Brinel 40 veröffentlicht?", "published", "Brinel 40", False),
        ("es", "¿Cuándo se publicó Brinel 40?", "published", "Brinel 40", False),
        ("fr", "Quand a été publié Brinel 40 ?", "published", "Brinel 40", False),
        ("pt", "Quando foi publicado Brinel 40?", "published", "Brinel 40", False),
        ("it", "Quando è stato pubblicato Brinel 40?", "published", "Brinel 40", False),
        ("nl", "Wanneer is Brinel 40 gepubliceerd?", "published", "Brinel 40", False),
        ("ru", "Когда опубликована Brinel 40?", "published", "Brinel 40", False),
        ("tr", "Brinel 40 ne zaman yayınlandı?", "published", "Brinel 40", False),
        ("zh", "Brinel 40是什么时候发表的？", "published", "Brinel 40", False),
    ],
)
def test_what_a_title_alone_names(
    language: str, text: str, part: str, about: str, is_title: bool
) -> None:
    found = head_question(text, language)
    assert found == HeadQuestion((part,), about, is_doubtful=True, is_title=is_title)  # type: ignore[arg-type]


def test_a_language_without_phrases() -> None:
    assert head_question("Kuka kirjoitti artikkelin?", "fi") is None


@pytest.mark.parametrize(
    ("language", "text", "asks", "order"),
    [
        ("en", "what is the newest article", {"published"}, "newest"),
        ("en", "Which is your oldest story?", {"published"}, "oldest"),
        ("en", "who wrote the latest post?", {"author"}, "newest"),
        ("de", "Was ist der neueste Artikel?", {"published"}, "newest"),
        ("es", "¿Cuál es el artículo más antiguo?", {"published"}, "oldest"),
        ("fr", "Quel est le dernier article ?", {"published"}, "newest"),
        ("pt", "Qual é o artigo mais recente?", {"published"}, "newest"),
        ("it", "Qual è l'ultimo articolo?", {"published"}, "newest"),
        ("nl", "Wat is het oudste artikel?", {"published"}, "oldest"),
        ("ru", "Какая самая новая статья?", {"published"}, "newest"),
        ("tr", "En yeni makale hangisi?", {"published"}, "newest"),
        ("zh", "最新的文章是哪篇？", {"published"}, "newest"),
    ],
)
def test_the_newest_and_the_oldest(language: str, text: str, asks: set[str], order: str) -> None:
    found = head_question(text, language)
    assert found is not None
    assert (set(found.asks), found.about, found.order) == (asks, "", order)


@pytest.mark.parametrize(
    "text", ["what's new in the latest post", "who won the first article of war", "newest bridge"]
)
def test_what_else_is_asked_is_not_about_the_order(text: str) -> None:
    assert head_question(text, "en") is None
