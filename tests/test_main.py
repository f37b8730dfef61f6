"""The end of a process: everything is written and closed, and nothing is taken apart object by
object."""

from __future__ import annotations

import subprocess
import sys

_ENDING = """
import atexit, sys, threading
from bot import __main__

atexit.register(print, "closed")
sys.argv = ["bot", "ask", ""]
{before}
status = __main__.run()
{after}
print("went on with", status)
"""


def _ended(before: str = "", after: str = "") -> tuple[int, str, str]:
    ran = subprocess.run(  # noqa: S603 - it is our own
        (sys.executable, "-c", _ENDING.format(before=before, after=after)),
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout, ran.stderr


def test_a_command_ends_its_process_with_its_status_once_all_is_closed() -> None:
    fault = "articlebot: the question is empty; write one, in quotation marks\n"
    assert _ended() == (2, "closed\n", fault)


def test_a_process_with_another_thread_ends_as_python_ends_it() -> None:
    before = "go = threading.Event(); thread = threading.Thread(target=go.wait); thread.start()"
    status, printed, _ = _ended(before, "go.set(); thread.join()")
    assert (status, printed) == (0, "went on with 2\nclosed\n")
