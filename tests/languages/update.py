"""Bring the catalogues up to date: ``python -m tests.languages.update``.

Messages that are new stand in every catalogue without a translation, those that nobody says any
more are dropped, and each catalogue is compiled.
"""

from __future__ import annotations

import datetime
import io
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from bot.frontends.languages import CATALOGUES, DOMAIN, LOCALES
from tests.languages.extraction import catalogue

_NO_DATE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


def path_of(code: str, suffix: str) -> Path:
    return LOCALES / code / "LC_MESSAGES" / f"{DOMAIN}.{suffix}"


def read(code: str) -> Catalog:
    """A language's catalogue as it is in the package."""
    with path_of(code, "po").open("rb") as file:
        return read_po(file, locale=code, domain=DOMAIN)


def brought_up_to_date(code: str, template: Catalog) -> Catalog:
    """A language's catalogue with the messages of now."""
    made = Catalog(
        locale=code,
        domain=DOMAIN,
        project=template.project,
        charset="utf-8",
        fuzzy=False,
        header_comment=template.header_comment,
    )
    known = read(code) if path_of(code, "po").exists() else made
    for message in template:
        if message.id:
            before = known.get(message.id)
            # a message and its plural are one; what was singular before is new as a plural
            string = before.string if before is not None and before.id == message.id else None
            made.add(message.id, string, locations=sorted(set(message.locations)))
    return made


def is_translated(message: Message) -> bool:
    """Return whether a message has a translation, in all its plural forms."""
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def as_po(found: Catalog) -> bytes:
    written = io.BytesIO()
    write_po(written, found, width=0, sort_output=True, omit_header=True, include_lineno=False)
    header = "\n".join(
        (
            found.header_comment,
            'msgid ""',
            'msgstr ""',
            '"Content-Type: text/plain; charset=utf-8\\n"',
            f'"Language: {found.locale_identifier}\\n"',
            f'"Plural-Forms: {found.plural_forms}\\n"',
        )
    )
    return f"{header}\n\n".encode() + written.getvalue()


def as_mo(found: Catalog) -> bytes:
    written = io.BytesIO()
    found.creation_date = found.revision_date = _NO_DATE  # the same each time
    write_mo(written, found)
    return written.getvalue()


def main() -> None:
    template = catalogue()
    for code in CATALOGUES:
        found = brought_up_to_date(code, template)
        path_of(code, "po").parent.mkdir(parents=True, exist_ok=True)
        path_of(code, "po").write_bytes(as_po(found))
        path_of(code, "mo").write_bytes(as_mo(read(code)))
        left = sum(1 for message in found if message.id and not is_translated(message))
        print(f"{code}: {len(found)} messages, {left} without a translation")  # noqa: T201


if __name__ == "__main__":
    main()
