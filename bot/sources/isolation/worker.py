"""The process in which files from outside are read (``python -m`` this module).

Reads requests from standard input and writes answers to standard output, one after the other, until
the input ends. A request is a line of JSON with the file's name, its title if one is given, and its
size, then its bytes; an answer is a line of JSON. What a hostile file does to it, it does to this
process alone, whose memory is bounded and which `bot.sources.isolation.readers` ends when
it takes too long.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from bot.core.errors import ArticleError, Problem
from bot.sources.formats.file_reading import read_file
from bot.sources.formats.markdown import article_of


def main(memory: int) -> None:
    """Serve requests. ``memory`` is the maximum number of bytes that the process may have."""
    _bound(memory)
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # output of a library must not get among the answers
    while line := source.readline():
        request = json.loads(line)
        data = source.read(request["size"])
        sink.write(json.dumps(_answer(data, request)).encode() + b"\n")
        sink.flush()


def _answer(data: bytes, request: Mapping[str, Any]) -> dict[str, object]:
    try:
        if "feed" in request:
            from bot.sources.feeds.feed_links import read_feed_links

            return {"feed": read_feed_links(data, request["feed"])}
        drafts = read_file(data, request["name"], request["title"])
        for draft in drafts:
            if draft.body.strip():
                article_of("", draft)  # an answer that could not be read back is refused here
    except ArticleError as error:
        return {"error": error.problem.to_json()}
    except MemoryError:
        return {"error": Problem("reading.memory").to_json()}
    except RecursionError:
        return {"error": Problem("reading.nesting").to_json()}
    return {"drafts": [(draft.head, draft.body, draft.pages) for draft in drafts]}


def _bound(memory: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows; time is bounded there, too
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = memory if most == resource.RLIM_INFINITY else min(memory, most)
    resource.setrlimit(resource.RLIMIT_AS, (limit, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(int(sys.argv[1]))
