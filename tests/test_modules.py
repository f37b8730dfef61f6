"""Rules for all modules: length, names, names of types, and docstrings."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from tests.syntax import ROOT, modules

_LINES = {"bot": 320, "tests": 400}
_QUESTION = re.compile(r"(?:What|Whether|Which|How|Who|Whose|Why)\b")
_ALIAS = (ast.Subscript, ast.BinOp)
"""The values of a type alias, such as ``list[str]`` and ``str | None``."""


@pytest.mark.parametrize("top", _LINES)
def test_no_module_is_too_long(top: str) -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in modules(top)}
    assert {path: lines for path, lines in lengths.items() if lines > _LINES[top]} == {}


def test_no_two_modules_have_one_name() -> None:
    by_name = defaultdict(list)
    for path in modules("bot"):
        if path.name != "__init__.py":
            by_name[path.name].append(path)
    assert {name: paths for name, paths in by_name.items() if len(paths) > 1} == {}


def test_no_two_types_have_one_name() -> None:
    by_name = defaultdict(list)
    for path, module in modules("bot").items():
        for name in _types(module):
            by_name[name].append(path)
    assert {name: paths for name, paths in by_name.items() if len(paths) > 1} == {}


def _types(module: ast.Module) -> Iterator[str]:
    """Yield the names of a module's classes and type aliases."""
    for node in module.body:
        name = ""
        if isinstance(node, ast.ClassDef):
            name = node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, _ALIAS):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            name = target.id if isinstance(target, ast.Name) else ""
        if name.lstrip("_")[:1].isupper() and not name.isupper():
            yield name


@pytest.mark.parametrize("top", _LINES)
def test_docstrings_begin_with_a_statement(top: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {text}"
        for path, module in modules(top).items()
        for text in _docstrings(module)
        if _QUESTION.match(text)
    ]
    assert found == []


def _docstrings(module: ast.Module) -> Iterator[str]:
    """Yield the first lines of docstrings: of modules, classes, functions and attributes."""
    bodies: list[ast.AST] = [module]
    while bodies:
        for statement in getattr(bodies.pop(), "body", ()):
            bodies.append(statement)
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                text = statement.value.value
                if isinstance(text, str) and text.strip():
                    yield text.strip().splitlines()[0]


def test_every_module_says_what_it_is_for() -> None:
    assert [path for path, module in modules("bot").items() if not ast.get_docstring(module)] == []


_ROW = re.compile(r"\s*([\w/.]+(?:, [\w/.]+)*)  +\S.*")
"""A row of a package's map: names of modules, then what they hold."""


@pytest.mark.parametrize(
    "package",
    [
        *("cluster/opensearch", "cluster/postgres", "frontends/cli", "frontends/error_words"),
        *("frontends/web", "service"),
        *("index", "search", "search/bulk", "search/kernel", "search/segments"),
        "sources/formats/html",
    ],
)
def test_a_package_s_map_names_its_modules_and_no_others(package: str) -> None:
    folder = ROOT / "bot" / package
    text = ast.get_docstring(modules("bot")[folder / "__init__.py"]) or ""
    rows = (match[1] for line in text.splitlines() if (match := _ROW.fullmatch(line)))
    named = {name.strip("/").partition(".")[0] for row in rows for name in row.split(", ")}
    there = {path.stem for path in folder.iterdir()}
    assert named - there == set()
    own = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert own - set(re.findall(r"\w+", text)) == set()
