"""Notebooks: their words and code, without what they put out."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.article import Head
from bot.core.errors import ArticleError
from bot.sources.formats.file_reading import name_by_content, read_file
from tests.wording import worded


def notebook(*cells: object, **metadata: object) -> bytes:
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4}).encode()


def test_a_notebook_s_words_and_code_are_its_article() -> None:
    data = notebook(
        {"cell_type": "markdown", "source": ["# The *tide*\n", "\n", "It rises twice a day."]},
        {
            "cell_type": "code",
            "source": "height = 3\nprint(height)",
            "outputs": [{"output_type": "stream", "text": ["3 secret"]}],
        },
        {"cell_type": "raw", "source": "raw"},
        {"cell_type": "markdown", "source": "It falls as often. %% why? %%"},
        authors=[{"name": "Eva Holm"}, {"name": 3}],
    )
    (draft,) = read_file(data, "tide-study.ipynb")
    assert draft.head == Head("The tide", author="Eva Holm")
    assert draft.body.strip() == (
        "It rises twice a day.\n\n```\nheight = 3\nprint(height)\n```\n\nIt falls as often."
    )
    assert name_by_content(data) == "notebook.ipynb"


def test_an_older_notebook_is_read_too() -> None:
    sheet = {
        "cells": [
            {"cell_type": "heading", "level": 2, "source": ["Tides"]},
            {"cell_type": "code", "input": ["a = 1"], "outputs": []},
        ]
    }
    (draft,) = read_file(json.dumps({"worksheets": [sheet], "nbformat": 3}).encode(), "x.ipynb")
    assert (draft.head.title, draft.body.strip()) == ("Tides", "```\na = 1\n```")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{", "it is no notebook, whatever its name says: it is not JSON"),
        (b"[]", "the notebook holds no cells"),
        (b'{"cells": 3, "worksheets": [1]}', "the notebook holds no cells"),
    ],
)
def test_what_is_no_notebook_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ArticleError) as caught:
        read_file(data, "a.ipynb")
    assert worded(caught.value) == reason


JSON = st.recursive(
    st.none() | st.integers() | st.text() | st.sampled_from(["markdown", "heading", "code"]),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(["cells", "metadata", "cell_type", "source", "level", "worksheets"]),
            inner,
        )
    ),
)


@given(JSON)
def test_whatever_json_there_is_it_is_read_or_refused(value: object) -> None:
    with suppress(ArticleError):
        assert read_file(json.dumps(value).encode(), "a.ipynb")[0].head.title


def test_code_with_a_long_row_of_backticks_is_read_at_once() -> None:
    code = "`" * 300_000
    cells = [{"cell_type": "code", "source": code}]
    notebook = json.dumps({"nbformat": 4, "cells": cells}).encode()
    (draft,) = read_file(notebook, "a.ipynb")
    assert draft.body == f"{code}`\n{code}\n{code}`"
