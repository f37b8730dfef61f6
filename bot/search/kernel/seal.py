"""Writes a library's seal beside it: ``python seal.py LIBRARY``, called when it is compiled.

The seal names the sources of which the library was made, and the file's size and checksum. So a
library of other sources is recognised, and a damaged one, which would end the process, is never
loaded.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main(library: Path) -> None:
    """Write the seal of this library."""
    from bot.search.kernel import SEAL_SUFFIX, checksum, seal_of

    library.with_suffix(SEAL_SUFFIX).write_text(seal_of(library.read_bytes(), checksum()), "ascii")


if __name__ == "__main__":
    # the program is not installed yet
    sys.path.insert(0, str(Path(__file__).parents[3]))
    main(Path(sys.argv[1]))
