"""The numbers of lists, as a browser shows them."""

from __future__ import annotations

import pytest

from bot.sources.formats.html.blocks.page_blocks import blocks_of
from bot.sources.formats.html.blocks.page_tree import parse


@pytest.mark.parametrize(
    ("items", "numbers"),
    [
        ("<ol><li>a<li>b<li>c</ol>", [1, 2, 3]),
        ("<ol start=4><li>a<li>b</ol>", [4, 5]),
        ("<ol start=' 4 '><li>a</ol>", [4]),
        ("<ol start=-1><li>a<li>b<li>c</ol>", [0, 0, 1]),
        ("<ol start=x><li>a</ol>", [1]),
        ("<ol><li>a<li value=7>b<li>c</ol>", [1, 7, 8]),
        ("<ol reversed><li>a<li>b<li>c</ol>", [3, 2, 1]),
        ("<ol reversed start=9><li>a<li>b</ol>", [9, 8]),
        ("<ol reversed start=1><li>a<li>b<li>c</ol>", [1, 0, 0]),
        ("<ol><li>a<ol><li>b<li>c</ol><li>d</ol>", [1, 1, 2, 2]),
        ("<ol type=a><li>a<li>b</ol>", [0, 0]),
        ("<ol type=1><li>a<li type=i>b<li>c</ol>", [1, 0, 3]),
        ("<ol style='list-style: none; color: red'><li>a</ol>", [0]),
        ("<ol style='list-style-type: decimal'><li>a</ol>", [1]),
        ("<ol><div><li>a</div></ol>", [0]),
        ("<ul><li value=3>a</ul>", [0]),
    ],
)
def test_the_numbers_of_a_list(items: str, numbers: list[int]) -> None:
    assert [block.level for block in blocks_of(parse(items.encode()))] == numbers
