"""Mail and saved pages: the words that were written, nothing of how they were sent."""

from __future__ import annotations

from contextlib import suppress
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.article import Head
from bot.core.errors import ArticleError
from bot.sources.formats.file_reading import name_by_content
from bot.sources.formats.mail import read_mail, read_mhtml
from tests.wording import worded

PLAIN = "Dear members,\n\nthe crane is red again – see “the mole”.\n\n* It lifts nine tonnes.\n"
HTML = (
    "<html><head><title>The mole</title></head><body><article><h1>The mole</h1><p>The mole was "
    "mended with nine hundred stones from Faro, and it took a whole summer of work.</p></article>"
    "</body></html>"
)


def mail(**headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in headers.items():
        message[name] = value
    return message


def test_a_mail_s_plain_text_is_its_article() -> None:
    message = mail(
        From="Eva Holm – harbour <eva@example.org>",
        Subject="The crane – in June",
        Date="Tue, 4 Jun 2024 23:30:00 -0700",
    )
    message.set_content(PLAIN + "-- \nEva Holm\nHarbour office\n", cte="base64")
    message.add_alternative(HTML, subtype="html")
    message.add_attachment("A secret list.", filename="list.txt")
    (draft,) = read_mail(message.as_bytes(), "mail")
    assert draft.head == Head(
        "The crane – in June", author="Eva Holm – harbour", published="2024-06-04"
    )
    assert draft.body == (
        "Dear members,\n\nthe crane is red again – see “the mole”.\n\n\\* It lifts nine tonnes."
    )
    assert name_by_content(message.as_bytes()) == "mail.eml"


def test_lines_that_a_program_wrapped_are_one_and_others_are_kept() -> None:
    message = mail(Subject="Boats", From="eva@example.org")
    message.set_content(
        "The ferry left the quay at noon with all its passengers\nand came back at night.\n\n"
        "Eva\nPer\n",
        charset="iso-8859-1",
        cte="quoted-printable",
    )
    (draft,) = read_mail(message.as_bytes(), "mail")
    assert draft.head == Head("Boats")
    assert draft.body == (
        "The ferry left the quay at noon with all its passengers and came back at night.\n\n"
        "Eva\\\nPer"
    )


def test_a_mail_of_html_alone_is_read_as_a_page() -> None:
    message = mail(Subject="News of the mole", From='"Holm, Eva" <eva@example.org>')
    message.set_content(HTML, subtype="html")
    (draft,) = read_mail(message.as_bytes(), "mail")
    assert (draft.head.title, draft.head.author) == ("News of the mole", "Holm, Eva")
    assert draft.body.startswith("The mole was mended with nine hundred stones")


def test_a_saved_page_is_read_as_the_page_it_was() -> None:
    message = mail(Subject="Saved", From="<Saved by a browser>")
    message["MIME-Version"] = "1.0"
    message["Snapshot-Content-Location"] = "https://example.org/mole"
    message.make_related()
    part = EmailMessage()
    part.set_content(HTML, subtype="html", cte="quoted-printable")
    message.attach(part)
    data = message.as_bytes()
    (draft,) = read_mhtml(data, "page")
    assert draft.head == Head("The mole", url="https://example.org/mole")
    assert draft.body.startswith("The mole was mended with nine hundred stones")
    assert name_by_content(data) == "page.mhtml"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is not a mail, whatever its name says"),
        (b"Just words.\n", "it is not a mail, whatever its name says"),
        (b"Subject: none\n\n", "the mail holds no text, only attachments"),
        (
            b"Subject: none\nContent-Type: image/png\n\nxxxx",
            "the mail holds no text, only attachments",
        ),
    ],
)
def test_what_holds_no_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ArticleError) as caught:
        read_mail(data, "mail")
    assert worded(caught.value) == reason


@pytest.mark.parametrize("charset", [b"\0", b"idna", b"undefined", b"hex", b"no-such"])
def test_a_charset_that_is_none_is_read_as_utf_8(charset: bytes) -> None:
    for kind, text in ((b"plain", "Boats sail at nöon."), (b"html", "<p>Boats sail at nöon.</p>")):
        head = b"Subject: a\nContent-Type: text/" + kind + b"; charset=" + charset
        (draft,) = read_mail(head + b"\n\n" + text.encode(), "a")
        assert draft.body == "Boats sail at nöon."


@given(
    st.binary(),
    st.sampled_from([b"", b"Subject: a\nContent-Type: text/plain; charset=", b"Date: "]),
)
def test_whatever_bytes_there_are_they_are_read_or_refused(data: bytes, head: bytes) -> None:
    for read in (read_mail, read_mhtml):
        with suppress(ArticleError):
            assert read(head + data, "title")[0].head.title


@pytest.mark.parametrize("piece", ['"a', "a@b.c, ", "<", "a:", "(", "=?utf-8?q?a?= ", "a\n b"])
@pytest.mark.parametrize("field", ["From", "Subject", "Date", "Message-ID"])
def test_a_field_longer_than_any_delays_nothing_and_loses_no_text(field: str, piece: str) -> None:
    filler = piece * (300_000 // len(piece))
    (draft,) = read_mail(f"Subject: Boats\n{field}: {filler}\n\nThe ferry sails.".encode(), "a")
    assert draft.body == "The ferry sails."
