"""Every code that is raised is said in words, with the data that it has."""

from __future__ import annotations

import ast
import errno
import importlib
import os
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot
from bot.core.errors import AddressError, ArticleError, Problem
from bot.frontends.error_words import in_words, messages, singulars
from bot.frontends.error_words.system_words import REASONS
from bot.frontends.languages import language
from tests.syntax import modules

PACKAGE = Path(bot.__file__).parent
CODE = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
GIVEN_BY_IN_WORDS = {"listing"}


@cache
def errors() -> set[str]:
    """The names of all classes of errors that have codes."""
    bases: dict[str, set[str]] = {}
    for tree in modules("bot").values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                bases.setdefault(node.name, set()).update(map(ast.unparse, node.bases))
    found = {"Problem", "BotError"}
    while more := {name for name in bases.keys() - found if bases[name] & found}:
        found |= more
    return found


def made(tree: ast.AST, inside: str = "") -> Iterator[tuple[str, ast.Call]]:
    """The errors and problems that a module makes, each with the class that makes it."""
    for node in ast.iter_child_nodes(tree):
        within = node.name if isinstance(node, ast.ClassDef) else inside
        if isinstance(node, ast.Call) and (node.args or node.keywords):
            if isinstance(node.func, ast.Name) and node.func.id in errors():
                yield node.func.id, node
            elif inside in errors() and ast.unparse(node.func) == "super().__init__":
                yield inside, node
        yield from made(node, within)


@cache
def calls() -> list[tuple[str, ast.Call]]:
    return [
        (f"{path.relative_to(PACKAGE)}:{call.lineno}", call)
        for path, tree in modules("bot").items()
        for _, call in made(tree)
    ]


def codes_of(node: ast.expr) -> list[str] | None:
    """The codes that an expression may be; None if that cannot be told here."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        both = codes_of(node.body), codes_of(node.orelse)
        return None if None in both else [code for each in both for code in each or ()]
    return None


def data_of(call: ast.Call) -> set[str] | None:
    """The names of the data that an error is made with; None if that cannot be told here."""
    names = {keyword.arg for keyword in call.keywords}
    for given_ in call.args[1:]:  # a Problem's are in a dictionary
        if not isinstance(given_, ast.Dict):
            return None
        names |= {ast.literal_eval(key) if key else None for key in given_.keys}
    return None if None in names else {str(name) for name in names}


def placeholders(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}


def constants() -> set[str]:
    """The texts in the package, but for those of the tables of words."""
    return {
        node.value
        for path, tree in modules("bot").items()
        if path.parent.name != "error_words"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_code_has_words_and_its_data_fills_them() -> None:
    seen: set[str] = set()
    for where, call in calls():
        if not call.args:
            continue
        for code in codes_of(call.args[0]) or ():
            assert CODE.fullmatch(code), f"{where}: {code!r} is no code"
            assert code in messages(), f"{where}: {code} has no words"
            data = data_of(call)
            if data is not None:
                wanted = placeholders(messages()[code]) - GIVEN_BY_IN_WORDS
                assert wanted <= data, f"{where}: {code} wants {wanted - data}"
            seen.add(code)
    assert len(seen) > 150


def test_no_finished_line_is_raised_in_any_room() -> None:
    sentences = [
        where
        for where, call in calls()
        if call.args and isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert sentences == []


def test_every_message_is_of_a_code_that_is_raised() -> None:
    assert messages().keys() - constants() == set()


def test_a_code_stands_in_one_table() -> None:
    tables = [
        importlib.import_module(f"bot.frontends.error_words.{name}").MESSAGES
        for name in (
            "article_words",
            "link_words",
            "operator_words",
            "request_words",
            "search_words",
            "storage_words",
        )
    ]
    codes = [code for table in tables for code in table]
    assert sorted(codes) == sorted(messages())
    assert all(list(table) == sorted(table) for table in tables)


@pytest.mark.parametrize("code", sorted(messages()))
def test_a_message_is_one_line(code: str) -> None:
    message = messages()[code]
    assert message == message.strip()
    assert message.isprintable()


def test_problems_within_problems_are_said_too_and_data_is_no_template() -> None:
    inner = AddressError("article.missing", slug="{0.__class__}")
    outer = ArticleError("article.unreadable", slug="a", error=inner)
    told = "a: there is no article '{0.__class__}'; /articles lists them"
    assert in_words(outer, "/articles") == in_words(outer.problem, "/articles") == told


def test_a_code_of_another_version_and_data_that_does_not_fit_are_shown_as_they_are() -> None:
    assert in_words(Problem("moon.full", {"day": 3})) == "moon.full day=3"
    assert in_words(Problem("file.size", {"least": 3})) == "file.size least=3"
    assert in_words(Problem("file.size", {"most": "x"})) == "file.size most='x'"


data = st.dictionaries(
    st.text(max_size=5),
    st.text() | st.integers() | st.floats(allow_nan=False) | st.lists(st.text()).map(tuple),
)
problems = st.recursive(
    st.builds(Problem, st.text(), data),
    lambda inner: st.builds(
        lambda problem, name, value: Problem(problem.code, {**problem.data, name: value}),
        inner,
        st.text(max_size=5),
        inner,
    ),
    max_leaves=3,
)


@given(problems)
def test_a_problem_is_read_back_from_its_json(problem: Problem) -> None:
    assert Problem.from_json(problem.to_json()) == problem
    assert problem.to_json().isascii()


@pytest.mark.parametrize(
    "text", ["", "[]", '"x"', "{}", '{"code": 1, "data": {}}', '{"code": "a.b"}',
             '{"code": "a.b", "data": {"x": null}}', '{"code": "a.b", "data": {"x": [1]}}'],
)  # fmt: skip
def test_another_text_is_no_problem(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Problem.from_json(text)


@given(problems)
def test_any_problem_is_said(problem: Problem) -> None:
    assert isinstance(in_words(problem), str)
    for code in messages():
        assert in_words(Problem(code, problem.data))


def test_the_systems_reasons_are_said_in_the_readers_language() -> None:
    missing = Problem("file.unreadable", {"reason": os.strerror(errno.ENOENT)})
    assert in_words(missing) == "it cannot be read (No such file or directory)"
    german = in_words(missing, language=language("de"))
    assert german.endswith("(Datei oder Verzeichnis nicht gefunden)")
    other = Problem("file.unreadable", {"reason": "the moon is full"})
    assert in_words(other, language=language("de")).endswith("(the moon is full)")


@pytest.mark.parametrize(
    "number",
    [
        errno.EACCES, errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.ECONNREFUSED, errno.EISDIR,
        errno.ENAMETOOLONG, errno.ENOENT, errno.ENOSPC, errno.ENOTDIR, errno.EROFS,
    ],
)  # fmt: skip
def test_what_goes_wrong_most_often_is_among_the_systems_reasons(number: int) -> None:
    assert os.strerror(number) in REASONS


def test_a_number_has_its_plural() -> None:
    def said(paragraphs: int, code: str = "en") -> str:
        problem = Problem(
            "paragraph.missing", {"slug": "a", "paragraphs": paragraphs, "paragraph": 9}
        )
        return in_words(problem, language=language(code))

    assert said(1) == "a has 1 paragraph; there is no paragraph 9"
    assert said(2) == "a has 2 paragraphs; there is no paragraph 9"
    assert len({said(number, "ru").replace(str(number), "") for number in (1, 3, 5)}) > 1
    assert in_words(Problem("paragraph.missing", {"paragraphs": "x"})) == (
        "paragraph.missing paragraphs='x'"
    )


@pytest.mark.parametrize("code", sorted(singulars()))
def test_a_singular_has_the_placeholders_of_its_plural(code: str) -> None:
    one, counted = singulars()[code]
    assert placeholders(one) == placeholders(messages()[code])
    assert counted in placeholders(one)
