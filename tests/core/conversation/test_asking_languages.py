"""Twelve languages on one shelf: each question finds its own language's paragraph."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import CorpusSettings, SearchSettings, Settings
from bot.core.library import Library
from bot.wiring import library as wired

# Language, two paragraphs, a question that the second answers, and words of the right sentence.
TEXTS = {
    "ar": (
        "بنيت الطاحونة القديمة على ضفة النهر قبل زمن طويل. كان الفلاحون"
        " يحملون إليها القمح كل خريف.",
        "احترقت الطاحونة في عام 1823 بعد أن ضربتها صاعقة. لم يكن في"
        " القرية أحد لأن الناس كانوا في الحقول.",
        "متى احترقت الطاحونة؟",
        "1823",
    ),
    "de": (
        "Die alte Mühle wurde vor langer Zeit am Ufer des Flusses gebaut. Die Bauern brachten ihr"
        " jeden Herbst das Korn.",
        "Im Jahr 1823 brannte die Mühle ab, weil der Blitz sie traf. Niemand war im Dorf, denn die"
        " Leute arbeiteten auf den Feldern.",
        "Wann ist die Mühle abgebrannt?",
        "1823",
    ),
    "el": (
        "Ο παλιός μύλος χτίστηκε πριν από πολλά χρόνια δίπλα στο ποτάμι. Οι αγρότες έφερναν εκεί το"
        " σιτάρι κάθε φθινόπωρο.",
        "Ο μύλος κάηκε το 1823 επειδή τον χτύπησε κεραυνός. Κανείς δεν ήταν στο χωριό, γιατί οι"
        " άνθρωποι δούλευαν στα χωράφια.",
        "Πότε κάηκε ο μύλος;",
        "1823",
    ),
    "en": (
        "The old mill was built by the river a long time ago. The farmers brought their corn to it"
        " every autumn.",
        "In 1823 the mill burned down because lightning struck it. Nobody was in the village, for"
        " the people were working in the fields.",
        "When did the mill burn down?",
        "1823",
    ),
    "es": (
        "El viejo molino fue construido hace mucho tiempo a la orilla del río. Los campesinos"
        " llevaban allí el trigo cada otoño.",
        "El molino se quemó en 1823 porque le cayó un rayo. No había nadie en el pueblo, pues la"
        " gente trabajaba en los campos.",
        "¿Cuándo se quemó el molino?",
        "1823",
    ),
    "hi": (
        "पुरानी चक्की बहुत समय पहले नदी के किनारे बनाई गई थी। किसान हर शरद में वहाँ अपना गेहूँ लाते थे।",
        "सन 1823 में बिजली गिरने से चक्की जल गई। गाँव में कोई नहीं था क्योंकि लोग खेतों में काम कर रहे थे।",
        "चक्की कब जल गई?",
        "1823",
    ),
    "ro": (
        "Moara veche a fost construită cu mult timp în urmă pe malul râului. Țăranii aduceau acolo"
        " grâul în fiecare toamnă.",
        "Moara a ars în 1823 pentru că a lovit-o fulgerul. Nu era nimeni în sat, căci oamenii"
        " lucrau pe câmp.",
        "Când a ars moara?",
        "1823",
    ),
    "ru": (
        "Старая мельница была построена давным-давно на берегу реки. Крестьяне каждую осень"
        " привозили туда зерно.",
        "В 1823 году мельница сгорела, потому что в неё ударила молния. В деревне никого не было,"
        " так как люди работали в поле.",
        "Когда сгорела мельница?",
        "1823",
    ),
    "th": (
        "โรงสีเก่าถูกสร้างขึ้นริมแม่น้ำเมื่อนานมาแล้ว ชาวนานำข้าวมาที่นั่นทุกฤดูใบไม้ร่วง",
        "โรงสีถูกไฟไหม้ในปี 1823 เพราะฟ้าผ่า ไม่มีใครอยู่ในหมู่บ้านเพราะผู้คนทำงานอยู่ในทุ่งนา",
        "โรงสีถูกไฟไหม้เมื่อใด",
        "1823",
    ),
    "tr": (
        "Eski değirmen uzun zaman önce nehrin kıyısında yapıldı. Çiftçiler her sonbaharda buğdayı"
        " oraya getirirdi.",
        "Değirmen 1823 yılında yıldırım düştüğü için yandı. Köyde kimse yoktu, çünkü insanlar"
        " tarlalarda çalışıyordu.",
        "Değirmen ne zaman yandı?",
        "1823",
    ),
    "vi": (
        "Cối xay cũ được xây bên bờ sông từ rất lâu rồi. Nông dân mang lúa đến đó vào mỗi mùa thu.",
        "Cối xay bị cháy vào năm 1823 vì sét đánh trúng. Không có ai ở trong làng vì mọi người đang"
        " làm việc ngoài đồng.",
        "Cối xay bị cháy khi nào?",
        "1823",
    ),
    "zh": (
        "很久以前，人们在河边建造了这座旧磨坊。农民每年秋天把小麦运到那里。",
        "1823年，磨坊被闪电击中，烧毁了。村里没有人，因为大家都在田里干活。",
        "磨坊是什么时候烧毁的？",
        "1823",
    ),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """All of them, none saying what language it is in; each paragraph in an article of its own."""
    root = tmp_path_factory.mktemp("languages")
    (root / "corpus").mkdir()
    for language, (first, second, _, _) in TEXTS.items():
        for place, text in enumerate((first, second), 1):
            (root / "corpus" / f"{language}-{place}.txt").write_text(text, "utf-8")
    settings = Settings(
        CorpusSettings(folder=root / "corpus"), SearchSettings(cache=root / "cache")
    )
    found = wired(settings)
    found.refresh()
    return found


def test_each_article_is_read_in_its_own_language(library: Library) -> None:
    found = {entry.slug: entry.language for entry in library.entries()}
    assert found == {f"{language}-{place}": language for language in TEXTS for place in (1, 2)}


@pytest.mark.parametrize("language", TEXTS)
def test_a_question_finds_the_paragraph_of_its_language(library: Library, language: str) -> None:
    _, _, question, words = TEXTS[language]
    match = library.ask(question).matches[0]
    assert match.citation.slug == f"{language}-2"
    assert words in match.passage.text[match.sentence.start : match.sentence.end]


@pytest.mark.parametrize(
    ("text", "marked", "typed", "words"),
    [
        (
            "Quán cơm của bà Lan mở cửa lúc sáu giờ sáng.\n\nMón cá kho được nấu trong nồi đất "
            "suốt đêm.\n",
            "Quán cơm của bà Lan mở cửa lúc mấy giờ?",
            "quan com cua ba lan mo cua luc may gio",
            "sáu giờ sáng",
        ),
        (
            "码头的灯塔有四十米高。\n\n门票是十元，学生半价。\n",
            "门票是多少？",
            "学生票多少钱",
            "学生半价",
        ),
    ],
    ids=["vi", "zh"],
)
def test_a_question_without_marks_or_spaces_is_answered_as_one_with_them(
    tmp_path: Path, text: str, marked: str, typed: str, words: str
) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.md").write_text(text, "utf-8")
    settings = Settings(
        CorpusSettings(folder=tmp_path / "corpus"), SearchSettings(cache=tmp_path / "cache")
    )
    found = wired(settings)
    found.refresh()
    for question in (marked, typed):
        answer = found.ask(question)
        assert (answer.kind, answer.unknown) == ("answer", ())
        match = answer.matches[0]
        assert words in match.passage.text[match.sentence.start : match.sentence.end]


def test_a_name_that_no_article_holds_stays_unknown_in_a_script_without_spaces(
    library: Library,
) -> None:
    assert library.ask("鲸鱼几岁？").kind == "none"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Guten Tag, weiß vielleicht jemand, wann die Mühle einstürzte? Danke!", ("einstürzte",)),
        ("Buenas, ¿alguien sabe cuándo se derrumbó el molino? Gracias", ("derrumbó",)),
        ("Здравствуйте, подскажите, пожалуйста, когда рухнула мельница?", ("рухнула",)),
        ("Merhaba, değirmen ne zaman çöktü bilen var mı? Teşekkürler", ("çöktü",)),
    ],
    ids=["de", "es", "ru", "tr"],
)
def test_filler_of_one_language_is_missing_in_none(
    library: Library, question: str, words: tuple[str, ...]
) -> None:
    assert library.ask(question).unknown == words


def test_what_the_articles_do_not_answer_may_be_said_to_the_bot(library: Library) -> None:
    said = library.ask("Bist du eigentlich ein Programm?")
    assert (said.kind, said.matches) == ("talk", ())
    followed = library.ask("Welche Fragen kannst du beantworten?", earlier=[TEXTS["de"][2]])
    assert followed.kind == "talk"
    assert library.ask("Kennst du die Windmühle?").kind != "talk"
    assert library.ask("Weißt du, wann die Mühle brannte?").kind == "answer"
