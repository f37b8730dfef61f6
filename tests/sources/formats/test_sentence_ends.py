"""Texts that end as sentences do are told from others, in each script."""

from __future__ import annotations

import pytest

from bot.sources.formats.sentence_ends import ends_as_sentence


@pytest.mark.parametrize(
    "text",
    [
        "The ferry sails at six.",
        "The ferry sails at six.[2]",
        "“It sails.” (He was sure.)",
        "Er sagte: „Die Fähre fährt um sechs.“",
        "Han sagde: »Færgen sejler klokken seks.«",
        "渡輪六點開船。」",
        "船は六時に出る。",
        "नाव छह बजे चलती है।",
        "নৌকা ছয়টায় ছাড়ে।",
        "کشتی چھ بجے چلتی ہے۔",
        "هل تبحر العبّارة؟",
        "Լաստանավը մեկնում է ժամը վեցին։",
        "ကူးတို့သင်္ဘောသည် ခြောက်နာရီတွင် ထွက်သည်။",
        "សាឡាងចេញដំណើរនៅម៉ោងប្រាំមួយ។",
        "ጀልባው በስድስት ሰዓት ይነሳል።",
        "เรือข้ามฟากออกจากท่าเวลาหกโมงเช้าของทุกวันยกเว้นวันอาทิตย์",
    ],
)
def test_a_sentence_ends_as_one(text: str) -> None:
    assert ends_as_sentence(text)


@pytest.mark.parametrize(
    "text", ["The ferry", "Share (3)", "渡輪", "नाव", "เรือข้ามฟาก", "Read more »", "“Ferry”", ""]
)
def test_a_label_does_not(text: str) -> None:
    assert not ends_as_sentence(text)
