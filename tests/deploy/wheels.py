"""Wheels made again from what is installed: packages without a network."""

from __future__ import annotations

import zipfile
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def needed(name: str) -> dict[str, Distribution]:
    """Return what a distribution requires here, itself not counted, by canonical name. Raises
    `PackageNotFoundError` if one of them is not installed."""
    found: dict[str, Distribution] = {}
    waiting = [(name, frozenset[str]())]
    while waiting:
        at, extras = waiting.pop()
        for line in distribution(at).requires or ():
            requirement = Requirement(line)
            marker = requirement.marker
            if marker and not any(marker.evaluate({"extra": extra}) for extra in {"", *extras}):
                continue
            key = canonicalize_name(requirement.name)
            if key not in found:
                found[key] = distribution(key)
                waiting.append((key, frozenset(requirement.extras)))
    return found


def make_wheels(names: list[str], folder: Path) -> None:
    """Write the wheels of what these distributions require, and of those in ``names`` that are
    not this project. Raises `PackageNotFoundError` if one of them is not installed."""
    found: dict[str, Distribution] = {}
    for name in names:
        found |= needed(name)
        if name != "articlebot":
            found[name] = distribution(name)
    for made in found.values():
        make_wheel(made, folder)


def make_wheel(installed: Distribution, folder: Path) -> Path:
    """Write the wheel that an installed distribution came from; its scripts are made anew where it
    is installed."""
    about = installed.read_text("WHEEL")
    if about is None:
        raise PackageNotFoundError(installed.name)
    tags = [line.partition(": ")[2].split("-") for line in about.splitlines() if "Tag: " in line]
    tag = "-".join(".".join(dict.fromkeys(parts)) for parts in zip(*tags, strict=True))
    name = installed.name.replace("-", "_").replace(".", "_")
    path = folder / f"{name}-{installed.version}-{tag}.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for file in installed.files or ():
            source = Path(str(file.locate()))
            if ".." not in file.parts and "__pycache__" not in file.parts and source.is_file():
                wheel.write(source, file.as_posix())
    return path
