"""Dates, as people and programs write them."""

import datetime

import pytest

from bot.sources.formats.dates import date_in_url, find_date, leading_date, read_date


@pytest.mark.parametrize(
    "text",
    [
        "4 November 2019", "4th of November, 2019", "November 4, 2019", "Nov. 4, 2019",
        "04.11.2019",
        "4. November 2019", "2019-11-04", "4 novembre 2019", "4 de noviembre de 2019", "2019/11/4",
    ],
)  # fmt: skip
def test_a_line_that_is_a_date(text: str) -> None:
    assert read_date(text) == "2019-11-04"


@pytest.mark.parametrize(
    "text",
    ["", "4 Novemberish 2019", "31 February 2019", "04/11/2019", "in November 2019", "12345678"],
)
def test_a_line_that_is_none(text: str) -> None:
    assert read_date(text) is None


def test_a_day_that_has_yet_to_come_is_no_date_of_an_article() -> None:
    late = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=40)
    assert find_date(late.isoformat()) is None


def test_what_follows_a_leading_date() -> None:
    assert leading_date("Mar 3, 2021 The harbour froze.") == ("2021-03-03", "The harbour froze.")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Published: 10:41 GMT, 8 January 2020 | Updated 9 January 2020", "2020-01-08"),
        ("2019-11-04T10:15:00+01:00", "2019-11-04"),
        ("20191104", "2019-11-04"),
        ("20191104T101500", "2019-11-04"),
        ("Stand: 25/11/2019", "2019-11-25"),
        ("on 11/25/2019", "2019-11-25"),
        ("on 04/11/2019", None),
        ("call 555-2019-11 now", None),
    ],
)
def test_a_date_within_a_text(text: str, date: str | None) -> None:
    assert find_date(text) == date


def test_a_date_in_an_address() -> None:
    assert date_in_url("https://paper.test/2019/11/04/trams.html") == "2019-11-04"
    assert date_in_url("https://paper.test/2019/11/trams.html") is None
    assert date_in_url("https://paper.test/a/2019/13/04/") is None
