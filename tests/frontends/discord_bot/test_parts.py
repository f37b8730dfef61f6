"""Titles, cooldowns, records: the parts that know nothing of Discord."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import StorageError
from bot.frontends.discord.cooldown import Cooldown
from bot.frontends.discord.records import AnswerRecord, Place, Records
from bot.frontends.discord.titles import Title, Titles, fold, holds
from tests.frontends.discord_bot.playing import DAY, Clock

NAMES = [
    "China and Russia's North Korea problem",
    "Life after Rosneft deal: CEFC ambitions",
    "Former Fed official Fisher: China could be the key",
    "Ärger in Zürich",
    "A",
]
TITLES = Titles(Title(f"s{n}", name) for n, name in enumerate(NAMES))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", [0, 1, 2, 3, 4]),
        ("china", [0, 2]),  # at the beginning first
        ("KOREA prob", [0]),
        ("rosenft", [1]),  # two letters swapped
        ("rosnft", [1]),  # one left out
        ("rossneft", [1]),  # one too many
        ("rosmeft", [1]),  # another one
        ("rsneft daal", []),  # two errors
        ("arger in zurich", [3]),
        ("qqq", []),
        ("qqqq", []),
        ("  north   korea ", [0]),
    ],
)
def test_titles_are_found_anywhere_with_one_error_forgiven(typed: str, found: list[int]) -> None:
    assert [title.slug for title in TITLES.complete(typed)] == [f"s{n}" for n in found]


@given(
    st.text(st.sampled_from("abc "), min_size=4, max_size=20)
    .map(fold)
    .filter(lambda t: len(t) > 4),
    st.data(),
)
def test_one_error_anywhere_is_forgiven(title: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(title) - 4))
    wanted = title[start : data.draw(st.integers(start + 4, len(title)))]
    at = data.draw(st.integers(0, len(wanted) - 1))
    letter = data.draw(st.sampled_from("abcx"))
    wrong = data.draw(
        st.sampled_from(
            [
                wanted[:at] + letter + wanted[at:],
                wanted[:at] + letter + wanted[at + 1 :],
                wanted[:at] + wanted[at + 1 :],
                wanted[:at] + wanted[at : at + 2][::-1] + wanted[at + 2 :],
            ]
        )
    )
    assert holds(title, wrong)
    if len(fold(wrong)) >= 4 and fold(wrong) == wrong:
        assert Titles([Title("s", title)]).complete(wrong) == [Title("s", title)]


def test_titles_are_renewed_in_order() -> None:
    titles = Titles([Title("a", "Apes"), Title("b", "bees"), Title("c", "Cats")])
    renewed = titles.renewed({"b", "d"}, [Title("b", "Antelopes"), Title("d", "Bats")])
    assert renewed.listed == (
        Title("b", "Antelopes"), Title("a", "Apes"), Title("d", "Bats"), Title("c", "Cats"),
    )  # fmt: skip
    assert renewed.complete("bat") == [Title("d", "Bats")]
    assert renewed.complete("bees") == []
    assert titles.complete("bees") == [Title("b", "bees")]


def test_a_text_means_one_article_or_none() -> None:
    resolved = {text: TITLES.resolve(text) for text in ("s1", " S1 ", "a", "china", "fisher", "")}
    assert {text: title and title.slug for text, title in resolved.items()} == {
        "s1": "s1",
        " S1 ": None,
        "a": "s4",
        "china": None,
        "fisher": "s2",
        "": None,
    }
    assert [title.slug for title in TITLES.nearest("The key to the North")] == ["s2", "s0"]


def test_words_that_no_title_holds_are_named_once() -> None:
    words = ["Zurich", "zebra", "CHINA", "Zebra", "fed", "ärgern", "Fisher"]
    assert TITLES.lacking(words) == ["zebra", "ärgern"]
    assert TITLES.lacking([]) == []
    assert [title.slug for title in TITLES.nearest("Fisher?", 1)] == ["s2"]


def test_a_cooldown_counts_people_and_servers_apart() -> None:
    clock = Clock()
    cooldown = Cooldown(5.0, 2.0, clock)
    assert cooldown.take(1, 10) == 0
    assert cooldown.take(1, 11) == 5
    assert cooldown.take(2, 10) == 2
    assert cooldown.take(2, 11) == 0
    assert cooldown.take(3, None) == 0
    clock.seconds += 2
    assert cooldown.take(4, 10) == 0
    assert cooldown.take(1, None) == 3
    clock.seconds += 3
    assert cooldown.take(1, None) == 0


def test_no_cooldown_is_none() -> None:
    cooldown = Cooldown(0.0, 0.0, Clock())
    assert [cooldown.take(1, 10) for _ in range(3)] == [0, 0, 0]


def test_what_is_free_again_is_forgotten() -> None:
    clock = Clock()
    cooldown = Cooldown(1.0, 0.0, clock)
    for person in range(30_000):
        cooldown.take(person, None)
        clock.seconds += 0.001
    assert len(cooldown._free) <= 10_001


HERE, THERE = Place(10, 100), Place(None, 200)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def records(tmp_path: Path, clock: Clock) -> Records:
    return Records(tmp_path / "r.sqlite3", clock)


def test_an_answer_is_found_by_its_key_in_its_own_place(records: Records) -> None:
    kept = records.keep(HERE, 1, "Why? \ud800", "slug", ("slug#1@00000000",), private=True)
    found = records.get(kept.key, HERE)
    assert found == AnswerRecord(kept.key, HERE, 1, "Why? ?", "slug", True, ("slug#1@00000000",))
    for other in (THERE, Place(10, 101), Place(11, 100), Place(None, 100)):
        assert records.get(kept.key, other) is None
    private = records.keep(THERE, 1, "Why?", None, (), private=False)
    assert records.get(private.key, THERE) == private
    assert private.key != kept.key
    records.forget(kept.key)
    assert records.get(kept.key, HERE) is None


def test_records_survive_and_grow_old(tmp_path: Path, clock: Clock) -> None:
    first = Records(tmp_path / "r.sqlite3", clock)
    old = first.keep(HERE, 1, "Why?", None, (), private=False)
    first.close()
    clock.seconds += 5 * DAY
    second = Records(tmp_path / "r.sqlite3", clock)
    new = second.keep(HERE, 1, "Why?", None, (), private=False)
    assert second.get(old.key, HERE) == old
    assert second.forget_older(4.9) == 1
    assert (second.get(old.key, HERE), second.get(new.key, HERE)) == (None, new)


def test_a_server_that_leaves_and_comes_back(records: Records, clock: Clock) -> None:
    kept = records.keep(HERE, 1, "Why?", None, (), private=False)
    private = records.keep(THERE, 1, "Why?", None, (), private=False)
    records.set_role(10, 77)
    assert records.role(10) == 77
    records.leave(10)
    assert (records.role(10), records.get(kept.key, HERE)) == (None, None)
    assert records.get(private.key, THERE) == private
    clock.seconds += 20 * DAY
    records.leave(10)  # noticed again: it counts from the first time
    clock.seconds += 11 * DAY
    assert records.left_longer(30) == [10]
    records.join(10)
    assert records.left_longer(30) == []
    assert records.servers() == {10}
    records.leave(10)
    assert records.servers() == set()
    records.forget_server(10)
    clock.seconds += 40 * DAY
    assert records.left_longer(30) == []


def test_the_file_is_its_owners_alone(tmp_path: Path, records: Records) -> None:
    assert (tmp_path / "r.sqlite3").stat().st_mode & 0o777 == 0o600


def test_a_damaged_file_is_put_aside(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "r.sqlite3"
    path.write_bytes(b"no database at all " * 100)
    records = Records(path, clock)
    kept = records.keep(HERE, 1, "Why?", None, (), private=False)
    assert records.get(kept.key, HERE) == kept
    assert (tmp_path / "r.sqlite3.damaged").read_bytes().startswith(b"no database")


def test_what_cannot_be_opened_is_one_line(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match=r"cannot be opened .*; set \[discord\] data"):
        Records(tmp_path / "file" / "r.sqlite3", clock)
    db = sqlite3.connect(tmp_path / "newer.sqlite3")
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(StorageError, match="its format is 99, this program's is 1"):
        Records(tmp_path / "newer.sqlite3", clock)
