"""An announcement is not taken for its outcome."""

from __future__ import annotations

import pytest

from bot.core.article import Article, Head, join_paragraphs
from bot.core.passages.splitting import split
from bot.core.questions.query import weigh
from bot.core.questions.question_reading import QuestionReading, read, with_tokens
from bot.core.relevance.announced import is_announced
from bot.core.seams import Statistics
from bot.text.analyzer import Languages

ANALYZER = Languages()


def announced(reading: QuestionReading, text: str) -> bool:
    text, spans = join_paragraphs([text])
    (passage,) = split(Article("a", Head("News"), text, spans), reading.language, ANALYZER)
    query = weigh(reading, Statistics(100, 10.0, dict.fromkeys(reading.terms, 5)))
    return is_announced(query, passage, 0, ANALYZER)


@pytest.mark.parametrize(
    ("language", "question", "text", "expected"),
    [
        ("en", "How did the talks end?", "The talks are to resume on Friday.", True),
        ("en", "How did the talks end?", "The talks ended on Friday.", False),
        ("en", "Why was the bridge dropped?", "A plan to widen the bridge was dropped.", False),
        ("en", "When will the talks resume?", "The talks are to resume on Friday.", False),
        ("en", "What did the council vote?", "The council votes on its price next week.", True),
        ("en", "What did the council vote?", "The council votes on its price in May.", True),
        ("en", "What did the council vote?", "The council may decide it is dear.", True),
        ("en", "What did the council vote?", "It is in every May that the council votes.", False),
        ("en", "What did the council vote?", "In May 1911 the council votes for it.", False),
        ("en", "When does the council vote?", "The council votes next week.", False),
        ("en", "What did the council decide?", "The council decided to vote next week.", False),
        ("en", "What did the council decide?", "The council decided that it will close.", False),
        ("en", "Where is the fair held?", "The fair will be held at Orlen.", False),
        ("en", "Who fell ill?", "That matters considering that nine people fall ill.", False),
        ("en", "Did the council vote?", "The council is considering a vote.", True),
        ("en", "Did they win the suit?", "Six of them are preparing a civil suit.", True),
        ("en", "How was the ferry in 1900?", "The ferry was threatened by a bridge.", False),
        ("en", "Who founded the club?", "The club plays Orlen on Sunday.", True),
        ("de", "Wie stimmte der Rat ab?", "Der Rat stimmt nächste Woche ab.", True),
        ("de", "Wie hat der Rat abgestimmt?", "Der Rat wird über die Fähre abstimmen.", True),
        ("de", "Wer gewann das Spiel?", "Das Spiel findet am Sonntag statt.", True),
        ("de", "Wann beginnt die letzte Fahrt?", "Die letzte Fahrt wird morgen beginnen.", False),
        ("de", "Wie stimmte der Rat ab?", "Der Rat stimmte am Montag dagegen.", False),
        ("es", "¿Qué votó la junta?", "La junta votará en mayo.", True),
        ("es", "¿Qué votó la junta?", "La junta votó en mayo.", False),
        ("es", "¿Qué votará la junta?", "La junta votará en mayo.", False),
        ("es", "¿Quién fundó la junta?", "Ana fundó la junta, que cerrará pronto.", False),
        ("es", "¿Qué votó la junta?", "La junta vota la próxima semana.", True),
        ("es", "¿Quién ganó la final?", "La final será el domingo.", True),
        ("es", "¿Cuándo vota la junta?", "La junta vota la próxima semana.", False),
        ("fr", "Qu'a voté le conseil ?", "Le conseil votera en mai.", True),
        ("fr", "Quand ouvre le musée ?", "Le musée ouvrira en mai.", False),
        ("fr", "Qu'a voté le conseil ?", "Le conseil vote la semaine prochaine.", True),
        ("fr", "Comment s'est terminé le match ?", "Le club joue le match dimanche.", True),
        ("fr", "Qu'a voté le conseil ?", "Le conseil a voté lundi contre le pont.", False),
        ("it", "Che cosa ha votato il consiglio?", "Il consiglio voterà a maggio.", True),
        ("it", "Che cosa ha votato il consiglio?", "Il consiglio vota domani.", True),
        ("it", "Quando vota il consiglio?", "Il consiglio vota domani.", False),
        ("pt", "O que votou a câmara?", "A câmara vai votar em maio.", True),
        ("pt", "O que votou a câmara?", "A câmara vota na próxima semana.", True),
        ("pt", "O que votou a câmara?", "A câmara votou na segunda-feira.", False),
        ("nl", "Hoe stemde de raad?", "De raad stemt volgende week.", True),
        ("nl", "Wie won de finale?", "De club zal de finale spelen.", True),
        ("nl", "Wanneer stemt de raad?", "De raad stemt volgende week.", False),
        ("nl", "Hoe stemde de raad?", "De raad stemde maandag tegen.", False),
        ("ru", "Что решил суд?", "Суд решит вопрос в мае.", True),
        ("ru", "Кто выиграл финал?", "Клуб играет финал в воскресенье.", True),
        ("ru", "Когда начнётся финал?", "Финал начнётся в воскресенье.", False),
        ("ru", "Как проголосовал совет?", "Совет проголосовал в мае против моста.", False),
        ("tr", "Meclis ücreti nasıl oyladı?", "Meclis ücreti gelecek hafta oylayacak.", True),
        ("tr", "Mahkeme ne karar verdi?", "Mahkeme mayısta karar veriyor.", True),
        ("tr", "Meclis ne zaman oylayacak?", "Meclis gelecek hafta oylayacak.", False),
        ("tr", "Mahkeme ne karar verdi?", "Mahkeme mayısta davayı reddetti.", False),
        ("zh", "镇议会投票结果怎么样？", "镇议会将在五月就建桥投票。", True),
        ("zh", "矿工为什么开始了罢工？", "矿工明天开始罢工。", True),
        ("zh", "矿工什么时候开始罢工？", "矿工明天开始罢工。", False),
        ("zh", "庙会来了多少人？", "庙会周六举行。", True),
        ("zh", "庙会来了多少人？", "镇上周五将举办庙会。", True),
        ("zh", "庙会举行得怎么样了？", "镇上计划于下周三举办庙会。", True),
        ("zh", "庙会来了多少人？", "庙会每周六举行。", False),
        ("zh", "庙会来了多少人？", "庙会周六举行了，下着雨。", False),
        ("zh", "庙会来了多少人？", "上周六举行庙会，三千人到场。", False),
        ("zh", "庙会什么时候举行？", "庙会周六举行。", False),
    ],
)
def test_what_is_announced_has_not_happened(
    language: str, question: str, text: str, expected: bool
) -> None:
    assert announced(read(question, language, ANALYZER), text) == expected


@pytest.mark.parametrize(
    ("language", "question", "text"),
    [
        ("en", "Did the county save the mill?", "The county has promised to save the mill."),
        ("en", "Did the judge stop the dam?", "Ada Wells said that she would ask the judge."),
        ("en", "Were the farmers paid for the flood?", "Tom Rusk wants the state to pay farmers."),
        ("en", "Did the mill turn in 2023?", "The owners hope to see the mill turn in 2023."),
        ("en", "Did the county hold a hearing?", "The anglers have called for a hearing."),
        ("en", "Who took over the mill?", "A tenant for the mill is being sought."),
        ("en", "How many farmers voted?", "All farmers with ten acres may vote."),
        ("de", "Wie hat das Gericht entschieden?", "Der Verein hat beim Gericht Klage erhoben."),
        ("de", "Hat der Kreis die Mühle gerettet?", "Der Kreis hat der Mühle Hilfe versprochen."),
        ("de", "Wie stimmte der Rat ab?", "Der Rat will am 3. Mai abstimmen."),
        ("es", "¿Quién ganó la obra del molino?", "Dos firmas aspiran a la obra."),
        ("es", "¿Ayudó el gobierno al molino?", "El gobierno ha prometido ayuda al molino."),
        ("fr", "Qu'a décidé le juge ?", "Les riverains ont déposé un recours devant le juge."),
        ("fr", "L'État a-t-il payé le pont ?", "La maire espère une aide de l'État."),
        ("fr", "Léa a-t-elle vendu le pré à foin ?", "Léa a dit qu'elle vendrait le pré à foin."),
        ("es", "¿Vendió Lea el prado?", "Lea dijo que vendería el prado."),
        ("ru", "Закрыл ли суд мост?", "Люди надеются, что суд закроет мост."),
        ("tr", "Mahkeme köprüyü kapattı mı?", "Köy köprünün kapanacağını umuyor."),
        ("nl", "Wie heeft de brug geverfd?", "Een firma heeft aangeboden de brug te verven."),
        ("it", "Lea ha venduto il prato?", "Lea ha detto che venderebbe il prato."),
        ("it", "Che cosa ha deciso il giudice?", "Il comitato ha presentato ricorso al giudice."),
        ("it", "La regione ha aiutato il mulino?", "La sindaca spera in un aiuto della regione."),
        ("pt", "O que decidiu o juiz?", "Os moradores pediram ao juiz uma audiência."),
        ("pt", "O governo ajudou o moinho?", "O governo prometeu uma ajuda ao moinho."),
        ("nl", "Wat besliste de rechter?", "De buurt heeft bij de rechter beroep ingesteld."),
        ("nl", "Heeft de provincie de molen gered?", "De provincie heeft de molen hulp beloofd."),
        ("ru", "Что решил суд?", "Жители подали в суд жалобу."),
        ("ru", "Помогла ли область мельнице?", "Область обещала мельнице деньги."),
        ("tr", "Mahkeme ne karar verdi?", "Köylüler başka bir karar istiyor."),
        ("tr", "Bakanlık değirmene yardım etti mi?", "Bakanlık değirmene yardım sözü verdi."),
        ("zh", "县政府救了磨坊吗？", "县政府承诺帮助磨坊。"),
        ("zh", "法院最终怎么判的？", "村民向法院提起诉讼。"),
    ],
)
def test_what_somebody_wants_or_promises_has_not_happened(
    language: str, question: str, text: str
) -> None:
    assert announced(read(question, language, ANALYZER), text)


@pytest.mark.parametrize(
    ("language", "question", "text"),
    [
        ("en", "What did the county promise?", "The county has promised to save the mill."),
        ("en", "Who wanted the mill?", "Tom Rusk wanted to have the mill for himself."),
        ("en", "What did Ada Wells say of the judge?", "She said that she would ask the judge."),
        ("en", "Why did they buy the mill?", "They wanted to live by the mill."),
        ("en", "Did the county save the mill?", "The owner wanted to sell, the county saved it."),
        ("en", "Where was the mill built?", "The mill may have been set on piles."),
        ("en", "What does the county want?", "The county wants to save the mill."),
        ("en", "What did the county buy?", "In May the county bought the mill."),
        ("de", "Was forderte der Verein?", "Der Verein forderte eine Mühle."),
        ("de", "Warum hat er die Mühle verkauft?", "Er wollte die Mühle loswerden."),
        ("de", "Wer hat das Wehr entworfen?", "Das Wehr wurde von Ada Wenk entworfen."),
        ("fr", "Où est le moulin à huile ?", "Le moulin à huile cherche une aide."),
        ("es", "¿Qué pidió la junta?", "La junta pidió un molino."),
        ("fr", "Qu'a demandé le conseil ?", "Le conseil a demandé un moulin."),
        ("it", "Che cosa ha chiesto il consiglio?", "Il consiglio ha chiesto un mulino."),
        ("pt", "O que pediu a câmara?", "A câmara pediu um moinho."),
        ("nl", "Wat eiste de raad?", "De raad eiste een molen."),
        ("ru", "Что обещал совет?", "Совет обещал мельницу."),
        ("tr", "Meclis ne istedi?", "Meclis değirmen istedi."),
        ("zh", "县政府最终承诺了什么？", "县政府承诺帮助磨坊。"),
    ],
)
def test_who_asks_what_was_wanted_is_answered_by_it(
    language: str, question: str, text: str
) -> None:
    assert not announced(read(question, language, ANALYZER), text)


def test_the_tense_is_that_of_the_question_as_it_was_typed() -> None:
    reading = read("Warum begannen die Leute?", "de", ANALYZER)
    repaired = with_tokens(reading, {(6, 14): ANALYZER.tokens("beginnen", "de")})
    assert announced(repaired, "Die Leute werden morgen beginnen.")


def test_filler_has_no_tense() -> None:
    reading = read("I was wondering, when does the council vote?", "en", ANALYZER)
    assert not announced(reading, "The council votes next week.")
