"""Damage to an index while it is in use, and questions that go on meanwhile."""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from bot import wiring
from bot.config import CorpusSettings, SearchSettings, Settings
from bot.core.errors import StorageError
from bot.core.library import Library
from bot.index.index_folder import NO_SHORT_FILES
from bot.search.kernel.short_files import short_files
from bot.text.analyzer import Languages

ANALYZER = Languages()
LONGEST = 15.0
"""Seconds that a question may take, however busy the machine is."""
_HEAD = "---\nlanguage: en\n---\n\n"
"""Names the language: a process need not load what tells it."""
FACTS = {
    "owl": ("What does the barn owl hunt at night?", "The barn owl hunts mice at night."),
    "heron": ("On what does the heron stand?", "A heron stands on one leg to keep warm."),
    "gull": ("At what does the chick of the gull peck?", "A gull's chick pecks at a red spot."),
}
"""Articles that are always there: a question that each answers, and its answer."""


def write_corpus(folder: Path) -> None:
    """Write the articles of `FACTS`, and some more."""
    folder.mkdir(parents=True)
    for slug, (_, text) in FACTS.items():
        (folder / f"{slug}.md").write_text(f"{_HEAD}{text}\n", "utf-8")
    for number in range(20):
        write_note(folder, number)


def write_note(folder: Path, number: int) -> None:
    """Write an article that comes and goes."""
    path = folder / f"note-{number}.md"
    text = f"Note {number} says word{number} about stones and rivers.\n"
    path.write_text(f"{_HEAD}{text}", "utf-8")


def open_library(root: Path) -> Library:
    """The articles in ``corpus``, their index in ``cache``, as a command opens them."""
    search = SearchSettings(cache=root / "cache")
    settings = Settings(CorpusSettings(folder=root / "corpus"), search)
    store = wiring.corpus_folder(settings)
    return Library([wiring.shelf(settings, store, ANALYZER, patience=3.0)], ANALYZER)


def ask(found: Library, slug: str) -> str | None:
    """Ask for one of the `FACTS`; returns what is wrong with the answer."""
    question, text = FACTS[slug]
    answer = found.ask(question)
    if not answer.matches or answer.matches[0].passage.text != text:
        return f"{slug}: {[match.passage.text for match in answer.matches]}"
    return None


def damage(root: Path, chance: random.Random) -> str:
    """Do something to the index or to the articles; returns what."""
    kinds: list[Callable[[Path, random.Random], None]] = [
        flip,
        flip,
        cut,
        cut,
        delete,
        erase,
        change,
    ]
    kind = chance.choice(kinds)
    with suppress(OSError, IndexError):  # somebody else was faster
        kind(root, chance)
    return kind.__name__


def flip(root: Path, chance: random.Random) -> None:
    """Turn a bit of a file, in place."""
    path = _a_file(root, chance)
    with path.open("r+b") as file:
        at = chance.randrange(max(1, path.stat().st_size))
        file.seek(at)
        byte = file.read(1) or b"\0"
        file.seek(at)
        file.write(bytes([byte[0] ^ 1 << chance.randrange(8)]))


def cut(root: Path, chance: random.Random) -> None:
    """Cut a file short, in place."""
    path = _a_file(root, chance)
    if path.name.endswith("-shm") and short_files() is NO_SHORT_FILES:
        return  # SQLite maps it
    os.truncate(path, chance.choice([0, path.stat().st_size // 2]))


def delete(root: Path, chance: random.Random) -> None:
    """Delete a file."""
    _a_file(root, chance).unlink()


def erase(root: Path, chance: random.Random) -> None:
    """Delete the whole folder."""
    shutil.rmtree(root / "cache", ignore_errors=True)


def change(root: Path, chance: random.Random) -> None:
    """Let an article come or go."""
    number = chance.randrange(30)
    if chance.random() < 0.5:
        (root / "corpus" / f"note-{number}.md").unlink(missing_ok=True)
    else:
        write_note(root / "corpus", number)


def _a_file(root: Path, chance: random.Random) -> Path:
    return chance.choice(sorted(path for path in (root / "cache").rglob("*") if path.is_file()))


def main(root: Path, seed: int) -> None:
    """Ask one question after the other, as ``ask`` does, until the input ends; a line for each:
    empty, or what is wrong with the answer."""
    chance = random.Random(seed)  # noqa: S311 - it is to be the same in every run
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    kept = open_library(root)
    while True:
        found = kept if chance.random() < 0.5 else open_library(root)
        start = time.monotonic()
        try:
            with suppress(StorageError):
                found.refresh()
            wrong = ask(found, chance.choice(list(FACTS))) or ""
        except Exception:  # noqa: BLE001 - it is told
            wrong = traceback.format_exc()
        seconds = time.monotonic() - start
        if seconds > LONGEST:
            wrong += f"it took {seconds:.1f} s"
        sys.stdout.write(json.dumps([seconds, wrong]) + "\n")
        sys.stdout.flush()
        if found is not kept:
            found.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
