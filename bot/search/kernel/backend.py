"""The build backend: scikit-build-core, with a C compiler from pip where the machine has none.

https://scikit-build-core.readthedocs.io/; the hooks are those of PEP 517 and PEP 660. Where no
compiler makes a library, the program is installed without one, and searches in Python; what a wheel
is called is therefore known only once it was built, and no metadata is given beforehand.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from scikit_build_core import build
from scikit_build_core.build import build_sdist, get_requires_for_build_sdist

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
]

_COMPILERS = ("cc", "gcc", "clang")
_ZIG = "ziglang>=0.13,<1"
"""A C compiler as a Python package, for the build alone."""
_TRIAL = "#include <stddef.h>\n#include <stdint.h>\nuint32_t one(void) { return 1; }\n"


def get_requires_for_build_wheel(config_settings: dict[str, Any] | None = None) -> list[str]:
    """Return what has to be installed to build a wheel."""
    return [*build.get_requires_for_build_wheel(config_settings), *_compiler_package()]


def get_requires_for_build_editable(config_settings: dict[str, Any] | None = None) -> list[str]:
    """Return what has to be installed for an editable installation."""
    return [*build.get_requires_for_build_editable(config_settings), *_compiler_package()]


def build_wheel(
    wheel_directory: str,
    config_settings: dict[str, Any] | None = None,
    metadata_directory: str | None = None,
) -> str:
    """Build a wheel; returns its file's name."""
    _choose_compiler()
    name: str = build.build_wheel(wheel_directory, config_settings, metadata_directory)
    return name


def build_editable(
    wheel_directory: str,
    config_settings: dict[str, Any] | None = None,
    metadata_directory: str | None = None,
) -> str:
    """Build an editable wheel; returns its file's name."""
    _choose_compiler()
    name: str = build.build_editable(wheel_directory, config_settings, metadata_directory)
    return name


def _compiler_package() -> list[str]:
    return [] if _has_compiler() else [_ZIG]


def _choose_compiler() -> None:
    if not _has_compiler():
        os.environ["CC"] = f"{sys.executable} -m ziglang cc"


def _has_compiler() -> bool:
    """Return whether CC names a compiler, or the machine has one that makes a library: a Mac's may
    only offer to be installed, and another may lack the C library's headers."""
    if os.environ.get("CC"):
        return True
    with tempfile.TemporaryDirectory() as folder:
        source, library = Path(folder, "one.c"), Path(folder, "one.so")
        source.write_text(_TRIAL)
        for name in filter(shutil.which, _COMPILERS):
            try:
                ran = subprocess.run(  # noqa: S603
                    [name, "-shared", "-fPIC", "-o", str(library), str(source)], capture_output=True
                )
            except OSError:  # no program of this machine
                continue
            if ran.returncode == 0:
                return True
    return False
