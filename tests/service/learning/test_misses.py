"""Records of questions that nothing answered, and the gaps that they show."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import Stemmer

from bot import wiring
from bot.config import CorpusSettings, SearchSettings, Settings
from bot.core.errors import StorageError
from bot.service.answers.answering import Answering
from bot.service.answers.misses import miss_of
from bot.service.events.event_types import Event, Unanswered
from bot.service.events.stream import Events
from bot.service.learning.gaps import Gaps
from bot.service.learning.miss_recording import MOST_OF_ONE, TIDY_EVERY, MissRecorder
from bot.service.records import Records
from bot.service.records.recorded_misses import Miss, RecordedMiss
from bot.service.records.records_thread import RecordsThread
from bot.service.tenants import EVERYONE
from tests.fakes.clock import Clock
from tests.fakes.records import records_in_memory

FERRY = """---
title: The ferry
language: en
---

The ferry crosses the sound every weekday at seven and at noon.

Tickets are sold on board. Dogs travel free of charge.
"""
DAY = 86_400.0


@pytest.fixture
def answering(tmp_path: Path) -> Iterator[Answering]:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "ferry.md").write_text(FERRY, "utf-8")
    settings = Settings(CorpusSettings(corpus), SearchSettings(cache=tmp_path / "index"))
    made = wiring.answering(settings, Events())
    made.shelves.refresh()
    yield made
    made.shelves.library(EVERYONE).close()


def asked(answering: Answering, question: str, asker: str = "ada", **options: str) -> list[Miss]:
    """Ask as a front-end does; what is told of a miss."""
    heard: list[Event] = []
    answering.events.subscribe(heard.append)
    reply = answering.ask(EVERYONE, question, limit=1, **options)  # type: ignore[arg-type]
    answering.tell_unanswered(reply, asker)
    return [event.miss for event in heard if isinstance(event, Unanswered)]


def test_a_miss_carries_its_words_and_no_text(answering: Answering) -> None:
    (miss,) = asked(answering, "Hi! When does the zeppelin depart for Marmalade island? Thanks!")
    assert miss.question is None
    assert [word for word, _ in miss.words] == ["depart", "island", "marmalade", "zeppelin"]
    assert sum(weight for _, weight in miss.words) == pytest.approx(1.0)
    assert (miss.verdict, miss.language, miss.asks) == ("none", "en", "date")
    assert set(miss.unknown) == {"zeppelin", "depart", "Marmalade", "island"}
    assert asked(answering, "At what time does the ferry cross the sound?") == []


def test_a_word_that_was_typed_as_two_is_one_word_of_a_miss(answering: Answering) -> None:
    (miss,) = asked(answering, "Which zeppelin lands near the week day marmalade?")
    words = [word for word, _ in miss.words]
    assert "weekday" in words
    assert not {"week", "day"} & set(words)


def test_words_of_a_miss_keep_their_accents(answering: Answering) -> None:
    (miss,) = asked(answering, "Which Café sells Übungshefte?")
    assert [word for word, _ in miss.words] == ["café", "sells", "übungshefte"]


def test_where_questions_may_be_kept_their_text_is(answering: Answering) -> None:
    answering.events.keep_questions = True
    question = "When does the zeppelin depart?"
    assert [miss.question for miss in asked(answering, question)] == [question]


def test_without_anybody_who_listens_nothing_is_made(answering: Answering) -> None:
    assert answering.ask(EVERYONE, "When does the zeppelin depart?").miss is None


def test_misses_are_recorded_in_another_thread_under_a_pseudonym() -> None:
    clock = Clock()
    records, threads = records_in_memory(clock), set()

    def opened() -> Records:
        threads.add(threading.current_thread().name)
        return records

    background = RecordsThread(opened)
    recorder = MissRecorder(background, lambda: 90)
    miss = Miss(EVERYONE, None, (), "en", "none", "", ())
    for asker in ("discord:1", "discord:1", "discord:2"):
        recorder(Unanswered(miss, asker))
    background.close()
    kept = records.misses.since(0.0, EVERYONE)
    assert [each.miss for each in kept] == [miss] * 3
    assert kept[1].asker == kept[2].asker != kept[0].asker
    assert not any(each.asker == "1" or "discord" in each.asker for each in kept)
    assert threads == {"records_0"}


def test_of_one_person_only_so_many_misses_are_recorded_a_day() -> None:
    clock = Clock()
    records = records_in_memory(clock)
    thread = RecordsThread(lambda: records)
    recorder = MissRecorder(thread, lambda: 90.0)
    miss = Miss(EVERYONE, None, (), "en", "none", "", ())

    def ask(person: str, times: int) -> int:
        for _ in range(times):
            recorder(Unanswered(miss, person))
        return thread.submit(lambda records: len(records.misses.since(0.0, EVERYONE))).result()

    assert ask("flood", MOST_OF_ONE + 5) == MOST_OF_ONE
    assert ask("ada", 1) == MOST_OF_ONE + 1
    clock.seconds += DAY
    assert ask("flood", 1) == MOST_OF_ONE + 2
    thread.close()


def test_misses_are_kept_for_the_days_in_force() -> None:
    clock = Clock()
    records, days = records_in_memory(clock), 90.0
    background = RecordsThread(lambda: records)
    recorder = MissRecorder(background, lambda: days)
    old, new = (Miss(EVERYONE, None, (), "en", "none", near, ()) for near in ("a#1", "b#1"))
    recorder(Unanswered(old, "ada"))
    background.submit(lambda each: None).result()  # it is recorded before time goes on
    clock.seconds += 10 * 86_400
    days = 5.0
    for _ in range(TIDY_EVERY):
        recorder(Unanswered(new, "ada"))
    background.close()
    assert {each.miss for each in records.misses.since(0.0, EVERYONE)} == {new}


def test_what_cannot_be_recorded_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> Records:
        raise StorageError("records.unopenable", path="data", reason="read-only")

    background = RecordsThread(fail)
    recorder = MissRecorder(background, lambda: 90)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            recorder(Unanswered(Miss(EVERYONE, None, (), "en", "none", "", ()), "ada"))
        background.close()
    assert [record.message for record in caplog.records] == [
        "questions without an answer are not kept: records.unopenable path='data' "
        "reason='read-only'"
    ]


def recorded(answering: Answering, *questions: str) -> list[RecordedMiss]:
    """Misses of some questions, the latest first; every other one of one person."""
    found = []
    for number, question in enumerate(questions):
        (miss,) = asked(answering, question)
        answering.events._subscribers.clear()
        found.append(
            RecordedMiss(miss, "ada" if number % 2 else f"person {number}", 100.0 + number)
        )
    return found[::-1]


ZEPPELIN = (
    "When does the zeppelin depart?",
    "what time does the zeppelin leave",
    "zeppelin departure time",
    "Hello, could you tell me when the zeppelin departs? Thanks!",
)


def test_the_same_question_in_other_words_is_one_gap(answering: Answering) -> None:
    answering.events.keep_questions = True
    misses = recorded(answering, *ZEPPELIN, "Who invented the trombone?")
    gaps = Gaps(answering).of(EVERYONE, misses, 10).gaps
    assert [(gap.times, gap.people) for gap in gaps] == [(4, 3), (1, 1)]
    first, second = gaps
    assert set(first.wordings) == set(ZEPPELIN)
    assert (first.first, first.last, first.verdict) == (100.0, 103.0, "none")
    assert "zeppelin" in first.unknown
    assert second.question == "Who invented the trombone?"
    assert Gaps(answering).of(EVERYONE, misses, 1) == (gaps[:1], 1, 0)
    assert Gaps(answering).of(EVERYONE, [], 1) == ([], 0, 0)


@pytest.mark.parametrize(
    "question",
    [
        "Who sells a {}?",
        "where can I rent a {}",
        "who repairs the {}",
        "do they have a {} for children",
        "is there a {} near the town",
    ],
)
def test_questions_about_different_things_are_different_gaps(
    answering: Answering, question: str
) -> None:
    things = ("zeppelin", "trombone", "walrus", "espresso")
    misses = recorded(answering, *(question.format(thing) for thing in things))
    gaps = Gaps(answering).of(EVERYONE, misses, 10).gaps
    assert [gap.times for gap in gaps] == [1, 1, 1, 1]


def test_gaps_are_listed_by_pages_and_found_by_their_keys(answering: Answering) -> None:
    answering.events.keep_questions = True
    misses = recorded(answering, *ZEPPELIN, "Who invented the trombone?", "Is plutonium grown?")
    gaps = Gaps(answering)
    all_of_them = gaps.of(EVERYONE, misses, 10).gaps
    assert len(all_of_them) == 3
    assert gaps.of(EVERYONE, misses, 1, start=1) == (all_of_them[1:2], 1, 1)
    assert gaps.of(EVERYONE, misses, 2, start=1) == (all_of_them[1:], 0, 1)
    assert gaps.of(EVERYONE, misses, 2, start=3) == (all_of_them[1:], 0, 1)
    assert [gaps.find(EVERYONE, misses, gap.key) for gap in all_of_them] == all_of_them
    assert gaps.find(EVERYONE, misses[:1], all_of_them[0].key) is None


MUSEUMS = {
    "ja": "# 博物館\n\n博物館は川のそばにあり、古い船を展示しています。月曜日と冬は休館です。\n",
    "pl": "# Muzeum\n\nMuzeum stoi nad rzeką i pokazuje stare łodzie. Jest zamknięte w "
    "poniedziałki i zimą, a obok jest kawiarnia.\n",
    "de": "# Das Museum\n\nDas Museum steht am Fluss und zeigt alte Boote. Es ist montags und im "
    "Winter geschlossen und hat ein Café.\n",
    "tr": "# Müze\n\nMüze nehrin kıyısındadır ve eski tekneleri gösterir. Pazartesi günleri ve "
    "kışın kapalıdır ve bir kafesi vardır.\n",
    "ru": "# Музей\n\nМузей стоит у реки и показывает старые лодки. Он закрыт по понедельникам.\n",
}
DOGS = {
    "ja": (
        "犬を博物館に連れて行けますか？", "博物館は犬を連れて入れますか", "犬 博物館",
        "博物館に犬は入れますか？", "博物館で犬は許可されていますか", "博物館 犬 同伴",
        "すみません、博物館に犬を連れて行ってもいいですか？", "犬と一緒に博物館に入れますか",
        "博物館は犬OK？", "博物館に犬を連れてきてもよいですか",
    ),
    "pl": (
        "Czy mogę wejść z psem do muzeum?", "czy psy mogą wchodzić do muzeum", "pies muzeum",
        "Czy do muzeum można z psem?", "Czy muzeum wpuszcza psy?", "psy w muzeum",
        "Dzień dobry, czy można wziąć psa do muzeum? Dziękuję", "Czy w muzeum wolno mieć psa?",
        "muzeum z psem", "czy psy są dozwolone w muzeum",
    ),
    "de": (
        "Darf ich meinen Hund ins Museum mitnehmen?", "sind Hunde im Museum erlaubt",
        "Hunde Museum", "Kann man mit Hund ins Museum?", "Dürfen Hunde in das Museum?",
        "Ist es erlaubt, einen Hund ins Museum mitzubringen?", "museum mit hund",
        "Hallo, lässt das Museum Hunde rein? Danke", "Hund im Museum erlaubt?",
        "Nimmt das Museum auch Hunde auf",
    ),
    "tr": (
        "Köpekler müzeye girebilir mi?", "müzeye köpek alınıyor mu", "köpek müze",
        "Müzede köpeklere izin var mı?", "müzeye köpekle girilir mi", "köpekle müze",
        "Müze köpek kabul ediyor mu?", "müzede köpek serbest mi",
        "Merhaba, müzeye köpekle gelebilir miyim? Teşekkürler", "köpekler ve müze",
    ),
    "ru": (
        "Можно ли с собакой в музей?", "пускают ли собак в музей", "собака музей",
        "Разрешены ли собаки в музее?", "Можно прийти в музей с собакой?",
        "Здравствуйте, можно взять собаку в музей? Спасибо", "с собаками в музей можно?",
        "Могу ли я привести свою собаку в музей?", "музей собаки разрешены",
        "а собак в музей пускают?",
    ),
}  # fmt: skip


OTHERS = {
    "de": ("Wer hat das Museum gebaut?", "Wann wurde das Museum gegründet?"),
    "ja": ("渡し船は自転車を載せますか？",),
    "pl": ("Kto zbudował muzeum?", "Kiedy założono muzeum?"),
    "ru": ("Кто построил музей?", "Когда основали музей?"),
    "tr": ("Müzeyi kim yaptı?", "Müze ne zaman kuruldu?"),
}
"""Other questions about the same."""


@pytest.mark.parametrize("code", sorted(DOGS))
def test_ten_wordings_of_a_question_are_one_gap(
    answering: Answering, tmp_path: Path, code: str
) -> None:
    if code == "pl" and "polish" not in Stemmer.algorithms():
        pytest.skip("this version of PyStemmer has no stemmer for Polish")
    (tmp_path / "corpus" / "ferry.md").unlink()
    (tmp_path / "corpus" / "museum.md").write_text(MUSEUMS[code], "utf-8")
    answering.shelves.refresh()
    library, analyzer = answering.shelves.library(EVERYONE), answering.shelves.analyzer
    misses = []
    for number, question in enumerate([*DOGS[code], *OTHERS[code]]):
        answer = library.ask(question)  # as if none were answered
        miss = miss_of(EVERYONE, answer, "unsure", library, analyzer, keep_question=True)
        misses.append(RecordedMiss(miss, f"person {number}", 100.0 + number))
    dogs, *others = Gaps(answering).of(EVERYONE, misses, 10).gaps
    assert (dogs.times, set(dogs.wordings)) == (10, set(DOGS[code]))
    assert {each.question for each in others} == set(OTHERS[code])


def test_a_question_of_which_nothing_is_kept_is_no_gap(answering: Answering) -> None:
    nothing = Miss(EVERYONE, None, (), "en", "none", "", ())
    why = nothing._replace(question="why not?")
    misses = [RecordedMiss(each, "ada", 1.0) for each in (nothing, why)]
    assert [gap.question for gap in Gaps(answering).of(EVERYONE, misses, 10).gaps] == ["why not?"]


def test_a_gap_is_read_with_the_articles_of_now(answering: Answering, tmp_path: Path) -> None:
    answering.events.keep_questions = True
    misses = recorded(answering, "When does the zeppelin depart for Oslo?")
    (gap,) = Gaps(answering).of(EVERYONE, misses, 10).gaps
    assert gap.verdict == "none"
    text = (
        "---\ntitle: Zeppelins\nlanguage: en\n---\n\nThe zeppelin departs for Oslo on 4 May 2031.\n"
    )
    (tmp_path / "corpus" / "zeppelins.md").write_text(text, "utf-8")
    answering.shelves.refresh()
    (gap,) = Gaps(answering).of(EVERYONE, misses, 10).gaps
    assert gap.verdict == "answer"
    assert gap.nearest is not None
    assert gap.nearest.text == "The zeppelin departs for Oslo on 4 May 2031."
    assert gap.nearest.title == "Zeppelins"


def test_without_its_text_a_gap_shows_the_passage_of_then(
    answering: Answering, tmp_path: Path
) -> None:
    misses = recorded(answering, "Which drunken captain steers the ferry?")
    (gap,) = Gaps(answering).of(EVERYONE, misses, 10).gaps
    assert (gap.question, gap.wordings) == (None, ())
    assert set(gap.words) == {"drunken", "captain", "steers", "ferry"}
    assert gap.nearest is not None
    assert gap.nearest.text.startswith("The ferry crosses")
    (tmp_path / "corpus" / "ferry.md").write_text(FERRY.replace("seven", "eight"), "utf-8")
    answering.shelves.refresh()
    (gap,) = Gaps(answering).of(EVERYONE, misses, 10).gaps
    assert gap.nearest is None
