"""The kept pairs of a folder of articles: ``answers.jsonl`` beside them, a pair a line.

People may edit the file, and git may merge it. A line that is no pair is a fault; it stays in the
file, and so does all that a line holds beside its pair.
"""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

from bot.core.answer import LONGEST_QUESTION
from bot.core.errors import CorpusError, Problem
from bot.core.seams import Fault
from bot.core.seams.pairs import KeptPair
from bot.sources.corpus.folder import ANSWERS_FILE

LONGEST_FILE = 16_000_000
"""Bytes of a file that is read: some 100,000 pairs."""
_LONGEST_ADDRESS = 1000
_LONGEST_NAME = 200


class _Line(NamedTuple):
    """A line of the file, without its end."""

    written: bytes
    pair: KeptPair | None
    """None if the line is no pair."""


class _Held(NamedTuple):
    """The content of the file when it was read."""

    state: tuple[int, int, int] | None
    """The file's time, size and inode; None if there was none."""
    lines: Sequence[_Line]
    pairs: Sequence[KeptPair]
    faults: Sequence[Fault]


_NOTHING = _Held(None, (), (), ())


class AnswersFile:
    """Implements `bot.core.seams.KeptPairs` over a file."""

    def __init__(
        self,
        folder: Path,
        lock: Callable[[], AbstractContextManager[object]],
        write: Callable[[Path, bytes], None],
    ) -> None:
        """``folder`` holds the articles; ``lock`` returns the lock that keeps other processes from
        writing; ``write`` writes a file whole or not at all."""
        self._path = folder / ANSWERS_FILE
        self._lock = lock
        self._write = write
        self._writing = threading.Lock()
        self._held = _NOTHING

    def pairs(self) -> Sequence[KeptPair]:
        return self._read().pairs

    def faults(self) -> Sequence[Fault]:
        return self._read().faults

    def keep(self, pair: KeptPair) -> KeptPair | None:
        return self._change(pair.question, pair)

    def forget(self, question: str) -> KeptPair | None:
        return self._change(question, None)

    def _change(self, question: str, new: KeptPair | None) -> KeptPair | None:
        """Replace the pairs of a question by a pair, and return the latest of those replaced."""
        same = question_key(question)
        with self._writing, self._lock():
            self._held = _NOTHING
            held = self._read(strictly=True)
            old = [pair for pair in held.pairs if question_key(pair.question) == same]
            kept = [each.written for each in held.lines if each.pair not in old]
            if new is not None:
                kept.append(_written(new))
            if new is not None or old:
                self._write(self._path, b"".join(line + b"\n" for line in kept))
        return old[0] if old else None

    def _read(self, *, strictly: bool = False) -> _Held:
        """Return the file as it is now; where it cannot be read, that is a fault, or ``strictly`` a
        `CorpusError`: what is not known must not be written over."""
        try:
            status = os.stat(self._path)  # noqa: PTH116 - each question waits for it
        except FileNotFoundError:
            return _NOTHING
        except OSError as error:
            return self._unreadable(error, strictly)
        state = (status.st_mtime_ns, status.st_size, status.st_ino)
        held = self._held
        if held.state == state:
            return held
        if not stat.S_ISREG(status.st_mode):
            return self._unusable(Problem("file.irregular"), strictly)
        if status.st_size > LONGEST_FILE:
            return self._unusable(Problem("file.long", {"longest": LONGEST_FILE}), strictly)
        try:
            lines = self._path.read_bytes().splitlines()
        except OSError as error:
            return self._unreadable(error, strictly)
        self._held = held = _parsed(state, lines)
        return held

    def _unreadable(self, error: OSError, strictly: bool) -> _Held:
        reason = {"reason": str(error.strerror)}
        return self._unusable(Problem("file.unreadable", reason), strictly)

    def _unusable(self, problem: Problem, strictly: bool) -> _Held:
        if strictly:
            raise CorpusError("kept.unreadable", path=str(self._path), problem=problem)
        return _NOTHING._replace(faults=[Fault(ANSWERS_FILE, problem)])


def _parsed(state: tuple[int, int, int], lines: Sequence[bytes]) -> _Held:
    read: list[_Line] = []
    pairs: list[KeptPair] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines, start=1):
        pair: KeptPair | None = None
        if line.strip():
            try:
                pair = _pair(line)
                pairs.append(pair)
            except CorpusError as error:
                data = {"line": number, "problem": error.problem}
                faults.append(Fault(ANSWERS_FILE, Problem("kept.malformed", data)))
        read.append(_Line(line, pair))
    return _Held(state, read, pairs[::-1], faults)


def _pair(line: bytes) -> KeptPair:
    """Return the pair that a line holds; raises `CorpusError` if it holds none."""
    import json

    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise CorpusError("kept.not_json") from error
    if not isinstance(found, dict):
        raise CorpusError("kept.no_object")
    return KeptPair(
        _text(found, "question", LONGEST_QUESTION),
        _text(found, "address", _LONGEST_ADDRESS),
        _text(found, "by", _LONGEST_NAME, default=""),
        _text(found, "when", _LONGEST_NAME, default=""),
    )


def _text(found: dict[str, object], key: str, longest: int, default: str | None = None) -> str:
    value = found.get(key, default)
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise CorpusError("kept.no_text", key=key)
    if len(value) > longest:
        raise CorpusError("kept.long", key=key, longest=longest)
    return value.encode("utf-8", "replace").decode().strip()


def question_key(question: str) -> str:
    """Return a text that is the same for what counts as one question."""
    return " ".join(question.casefold().split())


def _written(pair: KeptPair) -> bytes:
    import json

    return json.dumps(pair._asdict(), ensure_ascii=False).encode("utf-8", "replace")
