"""Writes a library's seal beside it: ``python seal.py LIBRARY``, called when it is compiled.

The seal names the sources of which the library was made, and the file's size and checksum. So a
library of other sources is recognised, and a damaged one, which would end the process, is never
loaded.
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
