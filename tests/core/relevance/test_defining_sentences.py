"""Questions for what something is are answered by the sentence that says so."""

from __future__ import annotations

import pytest

from bot.core.article import Head
from bot.core.questions.question_reading import read
from bot.core.relevance.confidence import TITLED
from bot.core.relevance.defining_sentences import defines
from bot.core.relevance.sentence import read_sentence
from bot.text.analyzer import Languages
from tests.core.conversation.test_named_article import library_of

ANALYZER = Languages()


@pytest.mark.parametrize(
    ("language", "name", "text", "expected"),
    [
        ("en", "kolk", "A kolk is a pit below a weir.", True),
        ("en", "kolk", "In hydraulics, a kolk is a pit.", True),
        ("en", "kolk", "A kolk (from Dutch) or scour pool is a pit.", True),
        ("en", "kolk", "It was said of it: a kolk, also called a scour pool, is a pit.", True),
        ("en", "kolk", "Kolk: a pit below a weir.", True),
        ("en", "kolk", "A kolk, a pit below a weir, is deep.", True),
        ("en", "kolk", "Kolk means pit.", True),
        ("en", "kolk", "Such a pit is called a kolk.", True),
        ("en", "kolk", "The water digs a pit, known as a kolk.", True),
        ("en", "scour pool", "The pool dried up. A scour pool is a pit.", True),
        ("en", "village", "In the village, a man was selling apples.", False),
        ("en", "doctor", "He called a doctor and waited an hour.", False),
        ("en", "harbour", "When we left the harbour, a storm came up.", False),
        ("en", "boat", "Later the boats were wet and cold.", False),
        ("en", "permit", "Permits are free.", False),
        ("en", "permit", "Permits: apply online.", False),
        ("en", "lighthouse", "The lighthouse was the last thing we saw.", False),
        ("fr", "permis", "Les permis sont gratuits.", False),
        ("de", "Boot", "Boote sind teuer.", False),
        ("en", "kolk", "Kolks are often dug by floods.", False),
        ("en", "kolk", "Kolks are dug by floods.", False),
        ("en", "kolk", "The kolk is deep.", False),
        ("en", "brinel 40", "The Brinel 40 is a garden shredder.", True),
        ("en", "brinel 40", "The Brinel 40 replaces the Brinel 30.", False),
        ("en", "brinel 40", "Later the Brinel 40 was a garden shredder.", False),
        ("en", "town hall", "The town hall is a problem.", False),
        ("de", "Brinel 40", "Der Brinel 40 ist ein Häcksler.", True),
        ("nl", "Brinel 40", "De Brinel 40 is een hakselaar.", True),
        ("fr", "Brinel 40", "La Brinel 40 est une broyeuse.", True),
        ("it", "Brinel 40", "Il Brinel 40 è un trituratore.", True),
        ("es", "Brinel 40", "La Brinel 40 es una trituradora.", True),
        ("pt", "Brinel 40", "O Brinel 40 é um triturador.", True),
        ("en", "kolk", "The kolk, or what was left, vanished.", False),
        ("en", "kolk", "River kolks are a danger.", False),
        ("en", "kolk", "Weirs and kolks are a danger.", False),
        ("en", "kolk", "The kolk of Elm is a danger.", False),
        ("en", "kolk", "It is called the kolk law.", False),
        ("en", "kolk", "They fell into the kolk", False),
        ("en", "kolk", "The kolk is", False),
        ("en", "kolk", "The kolk (a pit", False),
        ("en", "kolk", "", False),
        ("en", "", "A kolk is a pit.", False),
        ("de", "Kolk", "Ein Kolk ist eine Vertiefung.", True),
        ("de", "Kolk", "Als Kolk bezeichnet man eine Vertiefung.", True),
        ("de", "Kolk", "So entsteht ein sogenannter Kolk.", True),
        ("de", "Kolk", "Der Kolk ist tief.", False),
        ("es", "marmita", "Una marmita es una cavidad en la roca.", True),
        ("es", "marmita", "El agua excava una cavidad llamada marmita.", True),
        ("es", "marmita", "La marmita es profunda.", False),
        ("fr", "marmite", "Une marmite est une cavité dans la roche.", True),
        ("fr", "marmite", "L'eau creuse une cavité appelée marmite.", True),
        ("fr", "marmite", "La marmite est profonde.", False),
        ("it", "marmitta", "La marmitta è una cavità nella roccia.", True),
        ("it", "marmitta", "L'acqua scava una cavità detta marmitta.", True),
        ("it", "marmitta", "La marmitta è profonda.", False),
        ("pt", "marmita", "A marmita é uma cavidade na rocha.", True),
        ("pt", "marmita", "A água escava uma cavidade chamada marmita.", True),
        ("pt", "marmita", "A marmita é funda.", False),
        ("nl", "kolk", "Een kolk is een put onder een stuw.", True),
        ("nl", "kolk", "Zo ontstaat een zogenaamde kolk.", True),
        ("nl", "kolk", "De kolk is diep.", False),
        ("ru", "омут", "Омут — это яма на дне реки.", True),
        ("ru", "омут", "Омут является ямой на дне реки.", True),
        ("ru", "омут", "Омут глубокий.", False),
        ("tr", "girdap", "Girdap bir su çukurudur.", False),  # not told in this language
    ],
)
def test_a_sentence_says_what_something_is(
    language: str, name: str, text: str, expected: bool
) -> None:
    stems = set(ANALYZER.terms(name, language))
    assert defines(read_sentence(text, language, ANALYZER), stems) == expected


@pytest.mark.parametrize(
    ("language", "question", "name"),
    [
        ("en", "What is a kolk?", "kolk"),
        ("en", "hey, what's a kolk", "kolk"),
        ("en", "what exactly are kolks?", "kolk"),
        ("en", "What does kolk mean?", "kolk"),
        ("en", "what is scour pool", "scour pool"),
        ("en", "kolk meaning", "kolk"),
        ("en", "definition of kolk", "kolk"),
        ("en", "What is the kolk?", ""),
        ("en", "What is planned?", ""),
        ("en", "What is a seabed?", "seabed"),
        ("en", "What is Elmley's oldest bridge?", ""),
        ("en", "What is the depth of a kolk?", ""),
        ("en", "What is a kolk made of?", ""),
        ("en", "What is kolk salary?", ""),
        ("en", "What is a kolk and where is it?", ""),
        ("de", "Was ist ein Kolk?", "kolk"),
        ("de", "Was versteht man unter einem Kolk?", "kolk"),
        ("de", "Was ist passiert?", ""),
        ("es", "¿Qué es la marmita?", "marmita"),
        ("fr", "Qu'est-ce qu'une marmite ?", "marmite"),
        ("fr", "c'est quoi une marmite", "marmite"),
        ("it", "Che cos'è la marmitta?", "marmitta"),
        ("pt", "O que é uma marmita?", "marmita"),
        ("nl", "Wat betekent kolk?", "kolk"),
        ("ru", "Что такое омут?", "омут"),
    ],
)
def test_a_question_asks_what_something_is(language: str, question: str, name: str) -> None:
    reading = read(question, language, ANALYZER)
    terms = set(ANALYZER.terms(name, language))
    assert (reading.kind == "definition") == bool(name)
    assert reading.noun_stems == terms
    if name:
        assert set(reading.terms) == terms  # the words that ask are not searched for


def test_the_definition_is_the_answer() -> None:
    text = "\n\n".join(
        (
            "The kolk of Elmley was measured in May. No kolk in the county is wider, and it grows.",
            "Swimmers avoid the kolk. The council fenced the kolk, and the kolk is watched.",
            "The weir digs the bed. A kolk is a pit that falling water digs. It is deep.",
        )
    )
    library = library_of({"weir": (Head("The weir at Elmley"), text)})
    for question in ("What is a kolk?", "hi! whats a kolk", "kolk meaning"):
        answer = library.ask(question)
        (match, *_) = answer.matches
        assert answer.kind == "answer"
        assert match.passage.text[match.sentence.start : match.sentence.end] == (
            "A kolk is a pit that falling water digs."
        )


def test_to_name_something_says_less_than_to_define_it() -> None:
    named, defined = (
        library_of({"weir": (Head("The weir at Elmley"), text)}).ask("What is a kolk?")
        for text in (
            "The kolk was measured in May. Swimmers avoid the kolk, and the council fenced it.",
            "The kolk was measured in May. A kolk is a pit. The council fenced it.",
        )
    )
    assert named.confidence < TITLED <= defined.confidence


@pytest.mark.parametrize("question", ["what is the Brinel 40?", "what is brinel 40"])
def test_what_a_model_is_says_the_sentence_that_defines_it(question: str) -> None:
    text = "The Brinel 40 is a shredder for gardens.\n\nThe Brinel 40 replaces the Brinel 30."
    answer = library_of({"brinel": (Head("Brinel 40 electric shredder"), text)}).ask(question)
    match = answer.matches[0]
    sentence = match.passage.text[match.sentence.start : match.sentence.end]
    assert (answer.kind, sentence) == ("answer", "The Brinel 40 is a shredder for gardens.")
