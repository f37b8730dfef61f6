"""The catalogues: complete, up to date, with the same placeholders; and no text that escaped."""

from __future__ import annotations

import ast
import io
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo

import bot
from bot.frontends.languages import CATALOGUES, LOCALES
from tests.languages.extraction import KEYWORDS, catalogue
from tests.languages.python_messages import extract
from tests.languages.update import as_mo, brought_up_to_date, is_translated, path_of, read

PACKAGE = Path(bot.__file__).parent
NOT_READ = {
    # tables whose values are all messages, which the extraction knows
    "frontends/cli/parsing/command_table.py",
    # what stands in files, and what shells run
    "frontends/cli/parsing/argument_types.py",
    "frontends/cli/output/plotting.py",
    "frontends/cli/commands/completing.py",
    # what programs and operators read: JSON, logs, and the lowest layer's refusals
    "frontends/web/api.py",
    "frontends/web/openapi.py",
    "frontends/web/observing.py",
    "frontends/web/client_connections.py",
    "frontends/web/request_connections.py",
    "frontends/web/run_pages.py",
    "frontends/discord/run_bot.py",
}
"""Modules of the front-ends of which people read nothing, or nothing in their own language."""
NO_SENTENCES = {
    "frontends/cli/commands/add_command.py": {  # keys
        "the same link", "the same original", "the original's words",
        "the same text for the most part",
    },
    "frontends/cli/commands/eval_command.py": {  # in a file
        "How many answers are right at each confidence",
    },
    "frontends/discord/interactions.py": {  # why something was let go, for the log
        "the interaction is no longer known", "its token is no longer known",
        "its token is no longer valid", "its message is no longer there",
    },
    "frontends/discord/commands/buttons.py": {"dict[str, Any]"},  # a type
    "frontends/web/pages.py": {  # headers
        "public, max-age=31536000, immutable", "noindex, nofollow", "private, no-store",
    },
    "frontends/web/serving.py": {"aiohttp made no server"},  # an assertion
}  # fmt: skip
_SENTENCE = re.compile(r"[^\W\d_]{2,},? [^\W\d_]{2,}")
"""Two words side by side."""
_PERCENT = re.compile(r"%(?:\(\w+\))?[sr](?![\w])")
"""The placeholders of argparse's own messages."""


def placeholders(message: str) -> set[str]:
    return {
        f"{name}:{'number' if spec in (',', 'g') or spec.endswith('f') else spec}"
        for _, name, spec, _ in string.Formatter().parse(message)
        if name is not None and spec is not None
    }


def forms(message: Message) -> list[str]:
    """The translations of a message."""
    found = message.string if isinstance(message.string, tuple | list) else [message.string]
    return [form for form in found if form]


def messages(found: Catalog) -> Iterator[Message]:
    yield from (message for message in found if message.id)


@pytest.mark.parametrize("code", CATALOGUES)
def test_a_catalogue_is_compiled(code: str) -> None:
    """``python -m tests.languages.update`` makes it so. What is compiled says by which Babel."""
    with path_of(code, "mo").open("rb") as file:
        compiled = [(message.id, message.string) for message in messages(read_mo(file))]
    made = read_mo(io.BytesIO(as_mo(read(code))))
    assert compiled == [(message.id, message.string) for message in messages(made)]
    assert compiled


@pytest.mark.parametrize("code", CATALOGUES)
def test_bringing_a_catalogue_up_to_date_loses_no_translation(code: str) -> None:
    now = {message.id: message.string for message in messages(read(code))}
    made = {
        message.id: message.string for message in messages(brought_up_to_date(code, catalogue()))
    }
    assert {key: string for key, string in made.items() if key in now} == {
        key: string for key, string in now.items() if key in made
    }


@pytest.mark.parametrize("code", CATALOGUES)
def test_a_translation_has_the_placeholders_of_its_message(code: str) -> None:
    for message in messages(read(code)):
        written = message.id if isinstance(message.id, tuple | list) else [message.id]
        wanted = [placeholders(each) for each in written]
        for form in forms(message):
            held = placeholders(form)
            assert sorted(_PERCENT.findall(form)) == sorted(_PERCENT.findall(written[0])), form
            # a singular may leave its number out: "one article"
            assert held in wanted or held | {"number:", "number:number"} >= wanted[-1] >= held, form


@pytest.mark.parametrize("code", CATALOGUES)
def test_a_translation_is_one_safe_line_like_its_message(code: str) -> None:
    for message in messages(read(code)):
        first = message.id if isinstance(message.id, str) else message.id[0]
        for form in forms(message):
            assert form == form.strip()
            assert form.count("\n") == first.count("\n"), form
            # no control characters, and nothing that turns the direction of writing around
            assert all(char.isprintable() or char in "\n\u202f\u00a0" for char in form), form
            assert form.count("`") == first.count("`"), form


def test_french_signs_are_not_parted_from_their_words_at_a_line_s_end() -> None:
    parted = re.compile(r" [;:?!»]|« ")
    said = [form for message in messages(read("fr")) for form in forms(message)]
    assert [form for form in said if parted.search(form)] == []


@pytest.mark.parametrize("code", CATALOGUES)
def test_a_catalogue_is_complete(code: str) -> None:
    left = [
        message.id
        for message in messages(brought_up_to_date(code, catalogue()))
        if not is_translated(message)
    ]
    assert left == []


@pytest.mark.parametrize("code", CATALOGUES)
def test_a_catalogue_has_all_plural_forms(code: str) -> None:
    found = read(code)
    for message in messages(found):
        if message.pluralizable and is_translated(message):
            assert len(forms(message)) == found.num_plurals, message.id


def test_no_text_escapes_the_catalogues() -> None:
    escaped = [
        f"{module}:{line}: {text}"
        for module in modules()
        for line, text in unmarked(ast.parse((PACKAGE / module).read_text("utf-8")))
        if text not in NO_SENTENCES.get(module, ())
    ]
    assert escaped == []


def test_what_is_excepted_from_the_catalogues_is_there() -> None:
    assert all((PACKAGE / module).is_file() for module in NOT_READ)
    for module, texts in NO_SENTENCES.items():
        found = {text for _, text in unmarked(ast.parse((PACKAGE / module).read_text("utf-8")))}
        assert texts <= found


def modules() -> list[str]:
    """The modules of the front-ends that people read, relative to the package."""
    rooms = [PACKAGE / "frontends" / room for room in ("cli", "discord", "web")]
    found = [path for room in rooms for path in sorted(room.rglob("*.py"))]
    found.append(PACKAGE / "frontends" / "answer_words.py")
    names = [path.relative_to(PACKAGE).as_posix() for path in found]
    return [name for name in names if name not in NOT_READ]


def test_no_text_escapes_from_the_pages_templates() -> None:
    escaped = []
    for path in sorted((PACKAGE / "frontends" / "web" / "templates").glob("*.html")):
        text = re.sub(r"{#.*?#}|<(script|style)\b.*?</\1>", "", path.read_text("utf-8"), flags=re.S)
        shown = re.sub(r"{[{%].*?[%}]}|<[^>]*>", " | ", text, flags=re.S)
        read = re.findall(r'(?:alt|title|placeholder|aria-label)="([^"{]*)"', text)
        escaped += [(path.name, each) for each in _SENTENCE.findall("\n".join([shown, *read]))]
    assert escaped == []


def unmarked(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The texts of a module that look like sentences and are neither documentation nor marked."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for statement in body if isinstance(body, list) else []:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                skipped.add(id(statement.value))  # documentation
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in (
            "gettext", "ngettext", "mark", "compile", "warning", "error", "info", "exception",
            "failed", "failing",
        ):  # fmt: skip
            skipped.update(id(inner) for inner in ast.walk(node))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in skipped
            and _SENTENCE.search(node.value)
        ):
            yield node.lineno, node.value


def test_texts_that_escape_are_found() -> None:
    module = '"""Doc here."""\nX = "one"\nprint("two words")\ngettext("three words here")\n'
    module += 'print(f"{x} four words")\n'
    assert list(unmarked(ast.parse(module))) == [(3, "two words"), (5, " four words")]


def test_the_languages_of_the_catalogues_are_all_there_is() -> None:
    assert sorted(path.name for path in LOCALES.iterdir()) == sorted(CATALOGUES)


def test_messages_within_formatted_strings_are_found() -> None:
    source = b"""x = f"a {language.gettext('one {n}', n=1)} b {ngettext('1', '2', 3)}"\n"""
    found = extract(io.BytesIO(source), KEYWORDS, (), {})
    assert [(name, message) for _, name, message, _ in found] == [
        ("gettext", "one {n}"),
        ("ngettext", ("1", "2")),
    ]
