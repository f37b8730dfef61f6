"""Tokens, stems and stop words by language."""

from __future__ import annotations

import unicodedata
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.article import Span
from bot.text.analyzer import Languages
from bot.text.tokens import keep_accents

ANALYZER = Languages()
CODES = ["en", "de", "fr", "tr", "el", "ru", "ar", "hi", "vi", "th", "zh", "ja", "ko", "xx", ""]


@pytest.mark.parametrize(
    ("text", "language", "terms"),
    [
        ("The U.S. flag's 1,000 stars", "en", ["us", "flag", "1000", "star"]),
        ("naïve cafés don’t close", "en", ["naiv", "cafe", "close"]),
        ("AT&T covid-19 foo_bar and/or 3.5%", "en", ["at&t", "covid", "19", "foo", "bar", "3.5"]),
        ("L'homme qu’il aime", "fr", ["fr:homm", "fr:aim"]),
        ("İstanbul'da IŞIK", "tr", ["tr:istanbul", "tr:isik"]),
        ("Die Häuser kosten 1.000,50 €", "de", ["de:haus", "de:kost", "de:1000.50"]),
        ("中国人 OK 我", "zh", ["zh:中国", "zh:国人", "zh:ok", "zh:我"]),
        ("किताबें हैं", "hi", ["hi:किताब"]),
        ("Οδός και ΟΔΟΣ", "el", ["el:οδ", "el:οδ"]),
        ("tiếng Việt", "vi", ["vi:tiêng\u0301", "vi:viêt\u0323"]),
        ("谁发明了电话", "zh", ["zh:发明", "zh:明了", "zh:了电", "zh:电话"]),
        ("ใครเดินทางไปที่ไหน", "th", ["th:เดิน", "th:นทา", "th:ทาง", "th:งไป"]),
        ("عام ١٨٢٣", "ar", ["ar:عام", "ar:1823"]),
        ("१,००० रुपये", "hi", ["hi:1000", "hi:रुपय"]),
        ("ปี ๒๕๔๐", "th", ["th:ปี", "th:2540"]),
        ("", "en", []),
        ("!?… 🙂", "en", []),
    ],
)
def test_terms_are_what_the_language_makes_of_a_text(
    text: str, language: str, terms: list[str]
) -> None:
    assert ANALYZER.terms(text, language) == terms


@pytest.mark.parametrize(
    ("language", "spellings"),
    [
        ("vi", "hòa hoà ho\u0300a HÒA"),
        ("vi", "thủy thuỷ"),
        ("hi", "हिन्दी हिंदी"),
        ("hi", "सम्पत्ति संपत्ति"),
        ("hi", "क़ानून क\u093cानून कानून"),
        ("hi", "पाँच पांच"),
        ("ar", "الحُرِّيَّة الحرية والحرية بالحرية للحرية حرية"),
        ("ar", "أحمد احمد"),
        ("ro", "ţară țară tara"),
        ("tr", "IRMAK ırmak"),
        ("el", "ΔΙΚΑΊΩΜΑ δικαίωμα δικαιωμα"),
        ("de", "Straße Strasse STRASSE"),
    ],
)
def test_a_word_has_one_term_however_it_is_spelled(language: str, spellings: str) -> None:
    assert len(set(ANALYZER.terms(spellings, language))) == 1


def test_accents_that_tell_vietnamese_words_apart_stay() -> None:
    assert len(set(ANALYZER.terms("ba bá bà bả bã bạ bâ bă bơ bo bô", "vi"))) == 11


@given(st.text(st.sampled_from("aăâeêioôơuưyđbcghmnt\u0300\u0301\u0303\u0309\u0323")))
def test_a_vietnamese_word_is_the_same_composed_or_not(word: str) -> None:
    composed, apart = (unicodedata.normalize(form, word) for form in ("NFC", "NFD"))
    assert keep_accents(composed) == keep_accents(apart)


@given(st.text(), st.sampled_from(CODES))
def test_every_token_stands_where_it_says_and_terms_are_the_same(text: str, language: str) -> None:
    tokens = ANALYZER.tokens(text, language)
    assert len({len(column) for column in tokens}) == 1
    previous = 0
    for start, end, word in zip(tokens.starts, tokens.ends, tokens.words, strict=True):
        assert 0 <= start < end <= len(text)
        assert previous <= start
        assert word
        assert not text[start:end].isspace()
        previous = start
    assert tokens.terms() == ANALYZER.terms(text, language)
    terms = ANALYZER.chunk_terms(language)
    assert terms is ANALYZER.chunk_terms(language)
    assert tokens.terms() == [term for own in terms.of(text.split()) for term in own]


@given(
    st.text(st.sampled_from("".join(map(chr, range(128)))).filter(str.isalnum), min_size=1),
    st.data(),
    st.sampled_from(CODES),
)
def test_what_a_language_ignores_changes_no_terms(
    word: str, data: st.DataObject, language: str
) -> None:
    terms = ANALYZER.chunk_terms(language)
    signs = st.text(st.sampled_from(terms.ignored)) if terms.ignored else st.just("")
    as_written = word if not terms.ignored else data.draw(st.sampled_from([word, word.upper()]))
    chunk = data.draw(signs) + as_written + data.draw(signs)
    plain = word.lower() if terms.ignored else word
    assert len({tuple(own) for own in terms.of([chunk, plain])}) == 1


@given(st.text(st.characters() | st.sampled_from(" .!?。")), st.sampled_from(CODES))
def test_the_words_of_the_sentences_are_the_tokens_of_the_text(text: str, language: str) -> None:
    sentences = tuple(ANALYZER.sentences(text, language))
    words, tokens = ANALYZER.words(text, sentences, language), ANALYZER.tokens(text, language)
    assert words[:3] == tokens[2:]
    assert words.ends == [sum(at < end for at in tokens.starts) for _, end in sentences]


@given(st.text(st.characters() | st.sampled_from(" .中'a")), st.sampled_from(CODES), st.randoms())
def test_spans_are_where_the_tokens_with_these_stems_stand(
    text: str, language: str, random: Random
) -> None:
    tokens = ANALYZER.tokens(text, language)
    stems = set(random.sample(sorted(set(tokens.stems)), len(set(tokens.stems)) // 2))
    placed = zip(tokens.starts, tokens.ends, tokens.stems, strict=True)
    expected = [Span(start, end) for start, end, stem in placed if stem in stems]
    assert ANALYZER.spans(text, language, stems) == expected


@given(st.lists(st.sampled_from(["U.S.", "it's", "don't", "1,000", "中国人", "naïve", "x" * 60])))
def test_a_text_met_before_gives_the_same_terms(chunks: list[str]) -> None:
    text = " ".join(chunks)
    assert Languages().terms(text, "en") == ANALYZER.terms(text, "en")


def test_auxiliaries_with_a_negation_or_a_pronoun_are_stop_words() -> None:
    asked = ANALYZER.tokens("What mustn't I bring, needn't he see, and who'd they'll ask?", "en")
    assert asked.terms() == ["bring", "see", "ask"]


def test_the_words_are_folded_but_not_stemmed_and_stop_words_keep_their_place() -> None:
    tokens = ANALYZER.tokens("Where are Zoë's horses?", "en")
    assert tokens.words == ["where", "are", "zoe", "horses"]
    assert tokens.stems == ["where", "are", "zoe", "hors"]
    assert tokens.stops == [True, True, False, False]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The dog has lived with people for a long time and guards the house at night."),
        ("de", "Der Hund lebt seit langer Zeit mit den Menschen und bewacht das Haus."),
        ("es", "El perro vive con las personas desde hace mucho y cuida la casa."),
        ("ro", "Câinele trăiește de mult timp împreună cu oamenii și păzește casa noaptea."),
        ("tr", "Köpek çok uzun zamandan beri insanlarla birlikte yaşar ve geceleri evi korur."),
        ("vi", "Con chó đã sống cùng với con người từ rất lâu và canh giữ ngôi nhà vào ban đêm."),
        ("ru", "Собака очень давно живёт вместе с людьми и по ночам охраняет дом от чужих людей."),
        ("ar", "يعيش الكلب مع الناس منذ زمن طويل جدا وهو يحرس البيت في الليل من اللصوص"),
        ("hi", "कुत्ता बहुत लंबे समय से लोगों के साथ रहता है और रात में घर की रखवाली करता है।"),
        ("el", "Ο σκύλος ζει με τους ανθρώπους εδώ και πολύ καιρό και φυλάει το σπίτι τη νύχτα."),
        ("th", "สุนัขอาศัยอยู่กับมนุษย์มาเป็นเวลานานและเฝ้าบ้านในเวลากลางคืน"),
        ("zh", "狗与人类一起生活了很长时间，晚上看守房子。"),
        ("ja", "犬はとても長いあいだ人間と暮らしていて、夜は家を守っています。"),
        ("ko", "개는 아주 오랫동안 사람과 함께 살았고 밤에는 집을 지킨다."),
        ("ar", "لكل فرد الحق في الحياة"),
        ("hi", "किसी को यातना न दी जाएगी"),
        ("ru", "Никто не может быть подвергнут аресту"),
        ("tr", "Hiç kimse keyfi olarak tutuklanamaz, alıkonulanamaz veya sürülemez"),
        ("vi", unicodedata.normalize("NFD", "Mọi người đều có quyền nghỉ ngơi và giải trí")),
        ("en", "Berlin, Paris, Rom"),
        ("en", "12 34 56 78 90 12 34 56 78 90 12 34 56 78"),
        ("en", ""),
    ],
)  # fmt: skip
def test_a_language_is_told_by_its_text_and_english_assumed_in_doubt(
    language: str, text: str
) -> None:
    assert ANALYZER.detect(text) == language


@given(
    st.from_regex(r"[A-Za-z0-9]{1,12}", fullmatch=True), st.sampled_from(["{}", "({}),", "“{}.”"])
)
def test_a_plain_word_reads_in_one_step_as_by_the_rules(word: str, around: str) -> None:
    quick = ANALYZER.tokens(around.format(word), "en")
    ruled = ANALYZER.tokens(f"{word}/{word}", "en")  # no plain chunk
    for field in ("words", "stems", "stops"):
        assert getattr(quick, field) * 2 == getattr(ruled, field)
    assert (quick.starts, quick.ends) == ([around.index("{")], [around.index("{") + len(word)])
    assert ANALYZER.terms(around.format(word), "en") * 2 == ANALYZER.terms(f"{word}/{word}", "en")
