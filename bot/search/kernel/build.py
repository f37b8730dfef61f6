"""Compiles the kernel when a wheel is made, as ``pip install`` does: a hook of hatchling.

https://hatch.pypa.io/latest/plugins/build-hook/custom/
"""

from __future__ import annotations

import importlib.machinery
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from packaging.tags import sys_tags

_ROOT = Path(__file__).parents[3]
_COMPILERS = ("cc", "clang", "gcc")
_ZIG = "ziglang>=0.13,<1"
"""A C compiler that pip fetches, for the build alone, where the machine has none."""
_OPTIONS = ["-O3", "-std=c11", "-Wall", "-Wextra", "-ffp-contract=off", "-shared"]
if sys.platform != "win32":
    _OPTIONS += ["-fPIC", "-fvisibility=hidden"]
_TRIAL = "#include <stddef.h>\n#include <stdint.h>\nuint32_t one(void) { return 1; }\n"


class KernelBuildHook(BuildHookInterface[Any]):
    """Puts the library into the wheel, beside the package. Where it cannot be compiled the wheel
    goes without, and says so: the program then does the same in Python."""

    def dependencies(self) -> list[str]:
        return [] if _compiler() else [_ZIG]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        kernel = _kernel()
        suffix = importlib.machinery.EXTENSION_SUFFIXES[-1]
        self._folder = Path(tempfile.mkdtemp())
        path = self._folder / f"{kernel.NAME}{suffix}"
        compiler = _compiler() or [sys.executable, "-m", "ziglang", "cc"]
        options = [*_OPTIONS, f"-DSOURCES={kernel.checksum()}u"]
        files = [str(source) for source in kernel.sources() if source.suffix == ".c"]
        try:
            subprocess.run(  # noqa: S603 (a compiler, on our own files)
                [*compiler, *options, "-o", str(path), *files],
                check=True,
                capture_output=True,
                text=True,
            )
        except (OSError, subprocess.CalledProcessError) as error:
            why = getattr(error, "stderr", "") or error
            self.app.display_warning(f"The kernel could not be compiled: {why}")
            return
        which = "force_include_editable" if version == "editable" else "force_include"
        build_data[which][str(path)] = path.name
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{_platform()}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


def _compiler() -> list[str]:
    """The machine's C compiler; nothing where it has none, or one that makes no library: a Mac's
    only offers itself, and one may be installed without the C library's headers."""
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder, "one.c"), Path(folder, "one.so")
        source.write_text(_TRIAL)
        for name in filter(shutil.which, _COMPILERS):
            try:
                ran = subprocess.run(  # noqa: S603
                    [name, *_OPTIONS, "-o", str(made), str(source)], capture_output=True
                )
            except OSError:  # no program of this machine
                continue
            if ran.returncode == 0:
                return [name]
    return []


def _kernel() -> Any:
    """The package of the tree that is built, not of one that is installed."""
    sys.path.insert(0, str(_ROOT))
    try:
        from bot.search import kernel
    finally:
        sys.path.remove(str(_ROOT))
    return kernel


def _platform() -> str:
    """What this machine's wheels are called: those that a build makes are for no others."""
    several = ("manylinux", "musllinux")
    return next(tag.platform for tag in sys_tags() if not tag.platform.startswith(several))
