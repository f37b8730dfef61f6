"""Kinds of filler in ten languages: what was searched for in vain, pleas for help, calls to
everybody, excuses of beginners, and one's own name. None of it is asked about; where it says
something of whom asks, it is no context, either."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.text.asking_parts import asked

_FILE = Path(__file__).with_name("filler_kinds.txt")


def _cases() -> list[tuple[str, str, str]]:
    """Each line's language, message and question."""
    cases: list[tuple[str, str, str]] = []
    language, question = "", ""
    for line in _FILE.read_text("utf-8").splitlines():
        if line.startswith("["):
            language, _, question = line[1:].partition("] ")
        else:
            cases.append((language, line.replace("…", question), question))
    return cases


def _parts(text: str, language: str) -> tuple[str, str]:
    found = asked(text, language)
    asking, context = (" | ".join(text[s:e] for s, e in spans) for spans in found)
    return asking, context


@pytest.mark.parametrize(("language", "message", "question"), _cases())
def test_such_filler_is_no_part_of_a_question(language: str, message: str, question: str) -> None:
    assert _parts(message, language) == (question, "")


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "How often was the mayor googled?"),
        ("en", "Who searched the wreck and found nothing?"),
        ("en", "What help did the miners get?"),
        ("en", "Who is everybody's favourite goalkeeper?"),
        ("en", "What happens to beginners who fall?"),
        ("en", "I'm British, do I need a visa?"),
        ("en", "Did anybody help Dave?"),
        ("en", "What was her name before she joined?"),
        ("en", "Which newbie found the error, Dave or Jo?"),
        ("en", "Is help with the forms free?"),
        ("en", "Who said thanks, Dave or Jo?"),
        ("en", "What does I'm not there mean?"),
        ("de", "Wer hat nach dem Wrack gesucht und nichts gefunden?"),
        ("de", "Welche Hilfe bekommen Anfänger?"),
        ("de", "Wie heißt die Anfängerin, die den Fehler fand?"),
        ("es", "¿Quién buscó el barco y no encontró nada?"),
        ("es", "¿Qué ayuda reciben los novatos?"),
        ("fr", "Qui a cherché le bateau sans succès ?"),
        ("fr", "Quelle aide reçoivent les débutants ?"),
        ("pt", "Quem procurou o barco e não encontrou nada?"),
        ("pt", "Que ajuda recebem os iniciantes?"),
        ("it", "Chi ha cercato la nave senza successo?"),
        ("it", "Quale aiuto ricevono i principianti?"),
        ("nl", "Wie heeft overal naar de boot gezocht?"),
        ("nl", "Welke hulp krijgen beginners?"),
        ("ru", "Кто искал паром и не нашёл?"),
        ("ru", "Какую помощь получают новички?"),
        ("tr", "Gemiyi kim aradı ama bulamadı?"),
        ("tr", "Acemiler hangi yardımı alıyor?"),
        ("zh", "谁搜索了沉船却没找到?"),
        ("zh", "新手有什么帮助?"),
    ],
)
def test_a_question_about_such_things_stays_as_it_is(language: str, question: str) -> None:
    assert _parts(question, language) == (question, "")
