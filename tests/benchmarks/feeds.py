"""Number of links read from public test feeds, and of feeds that break the reader.

    python -m tests.benchmarks.feeds FOLDER

FOLDER holds feeds as ``*.xml``, such as ``tests`` of feedparser's source distribution. They are
read as ``add --feed`` reads them, in the bounded process. Compared are the links that feedparser
gives with the headers that a test names (``Header:`` in its comment), and those that the tests
themselves demand of an entry (``entries[0]['link'] == …``).
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from pathlib import Path
from urllib.parse import urljoin

import feedparser

from bot.core.errors import ArticleError
from bot.sources.isolation.readers import Readers

_URL = "http://127.0.0.1:8097/feed.xml"
_HEADER = re.compile(r"^Header:\s+([^:]+):(.+)$", re.M)
_DEMANDED = re.compile(r"entries\[\d\](?:\['link'\]|\.link) *== *u?'([^']+)'")


def links_of(data: bytes, headers: dict[str, str]) -> list[str]:
    """Return the links of the entries as feedparser gives them."""
    found = feedparser.parse(io.BytesIO(data), response_headers=headers)
    return list(dict.fromkeys(entry.link for entry in found.entries if entry.get("link")))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.feeds", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    feeds = same = listed = read = demanded = met = 0
    faults: dict[str, int] = {}
    with Readers() as readers:
        for file in sorted(folder.rglob("*.xml")):
            data = file.read_bytes()
            text = data.decode("utf-8", "replace")
            headers = {name.strip().lower(): value.strip() for name, value in _HEADER.findall(text)}
            url = urljoin(_URL, headers.get("content-location", ""))
            ours: list[str] = []
            try:
                ours = list(readers.read_feed(data, url).articles)
            except ArticleError as error:
                code = error.problem.code
                faults[code] = faults.get(code, 0) + 1
            theirs = links_of(data, {**headers, "content-location": url})
            feeds += 1
            same += ours == theirs
            listed += len(theirs)
            read += len(set(ours) & set(theirs))
            wanted = _DEMANDED.findall(text)
            demanded += len(wanted)
            met += sum(link in ours for link in wanted)
            if ours != theirs:
                sys.stdout.write(f"  {file.relative_to(folder)}: {ours} beside {theirs}\n")
    sys.stdout.write(
        f"{feeds} feeds: {same} as feedparser; {read} of {listed} links; "
        f"{met} of {demanded} that the tests demand; faults: {faults or 'none'}\n"
    )


if __name__ == "__main__":
    main()
