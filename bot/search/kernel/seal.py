"""Writes a library's seal beside it: ``python seal.py LIBRARY``, called when it is compiled.

The seal says of which sources the library was made, and what the file's size and checksum are: so a
library of other sources is told, and one that is damaged is never loaded, which would end the
process.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path


def main(library: Path) -> None:
    """Write the seal of this library."""
    kernel = runpy.run_path(str(Path(__file__).with_name("__init__.py")))
    seal = kernel["seal_of"](library.read_bytes(), kernel["checksum"]())
    library.with_suffix(kernel["SEAL_SUFFIX"]).write_text(seal, "ascii")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
