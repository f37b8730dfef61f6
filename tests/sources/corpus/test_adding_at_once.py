"""Several processes that add to one folder at the same moment: nothing that one of them added is
lost to another."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROCESSES = 4
EACH = 6
ADDER = """
import sys
from contextlib import ExitStack
from pathlib import Path

from bot.core.article import Draft, Head
from bot.sources.corpus.folder import CorpusFolder
from bot.sources.corpus.slugs import add

folder, name, each, mode = sys.argv[1:]
store = CorpusFolder(Path(folder))
print("ready", flush=True)
sys.stdin.readline()
with ExitStack() as stack:
    if mode == "together":
        stack.enter_context(store.holding())
        stack.enter_context(store.together())
    for number in range(int(each)):
        words = " ".join(f"{name}{number}{letter}" for letter in "abcdefgh")
        print(add(Draft(Head("The letter"), words), store).slug, flush=True)
"""


@pytest.mark.parametrize("mode", ["one by one", "together"])
def test_each_article_of_one_title_gets_a_name_of_its_own(tmp_path: Path, mode: str) -> None:
    processes = [
        subprocess.Popen(  # noqa: S603 - this Python
            [sys.executable, "-c", ADDER, str(tmp_path), name, str(EACH), mode],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in "abcd"[:PROCESSES]
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:  # none begins before all are ready
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    slugs = []
    for process in processes:
        said, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        slugs += said.split()
    count = PROCESSES * EACH
    assert sorted(slugs) == sorted(
        ["the-letter", *(f"the-letter-{number}" for number in range(2, count + 1))]
    )
    texts = {file.read_text("utf-8").split("---\n")[2].strip() for file in tmp_path.glob("*.md")}
    assert texts == {
        " ".join(f"{name}{number}{letter}" for letter in "abcdefgh")
        for name in "abcd"[:PROCESSES]
        for number in range(EACH)
    }
    assert list(tmp_path.glob(".*")) == []
