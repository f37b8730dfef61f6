"""The command line: ``python -m bot``, also installed as ``articlebot``.

    chat/       the chat at a terminal
    commands/   what each command does
    parsing/    how a command line is read; plain_question reads a question alone, faster
    output/     results as text
    opening     the first steps of every command
    ending      exit statuses and signals

Exit status 0 says yes (answered, identical, nothing wrong), 1 says no, 2 is a fault, which is
one line on standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from bot.core.errors import BotError
from bot.core.light_typing import Any

_BROKEN_PIPE = 141
GARBAGE_AT = 30_000
"""New objects after which Python looks for garbage in a command that may run for long."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command (``sys.argv`` if no arguments are given); returns the exit status."""
    from bot.frontends.cli.output.terminal import printable
    from bot.frontends.cli.plain_question import read_plain_question
    from bot.frontends.languages import of_environment

    _prepare_streams()
    language = of_environment(os.environ)
    given = sys.argv[1:] if arguments is None else arguments
    options: Any = read_plain_question(given)
    if options is None:
        import gc

        from bot.frontends.cli.ending import end_in_order
        from bot.frontends.cli.parsing.parser import parse

        gc.set_threshold(GARBAGE_AT)
        end_in_order()
        try:
            try:
                options = parse(given, language)
            finally:  # --help and --version print, and end the process
                sys.stdout.flush()
        except BrokenPipeError:
            _give_up_output()
            return _BROKEN_PIPE
    options.language = language
    try:
        status: int = options.command(options)
        sys.stdout.flush()
    except BotError as error:
        from bot.frontends.cli.ending import FAULT
        from bot.frontends.error_words import in_words

        print(
            f"{options.program}: {printable(in_words(error, language=language))}", file=sys.stderr
        )
        return FAULT
    except KeyboardInterrupt:
        from bot.frontends.cli.ending import INTERRUPTED

        print(f"{options.program}: {language.gettext('interrupted')}", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        _give_up_output()
        return _BROKEN_PIPE
    except OSError as error:  # what is met where it can be said better is a BotError by now
        from bot.frontends.cli.ending import FAULT
        from bot.frontends.error_words.system_words import reason_in_words

        _give_up_output()
        what = str(error.filename or language.gettext("the output cannot be written"))
        reason = reason_in_words(str(error.strerror), language)
        print(f"{options.program}: {printable(f'{what}: {reason}')}", file=sys.stderr)
        return FAULT
    return status


def _prepare_streams() -> None:
    """Make the standard streams accept everything: bytes that are not text, characters that an old
    terminal cannot show, a stream that was closed before the program began."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace" if mode == "w" else "replace")


def _give_up_output() -> None:
    """Discard all further output, which nobody reads any more, so that flushing it cannot fail."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
