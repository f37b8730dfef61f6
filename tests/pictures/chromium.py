"""Debian's Chromium without a window: what a page becomes in it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--hide-scrollbars", "--force-device-scale-factor=1",
)  # fmt: skip


def dump(url: str) -> str:
    """The page at an address as it is when it is loaded, as HTML."""
    with tempfile.TemporaryDirectory() as profile:
        return chromium(profile, url, "--dump-dom")


def chromium(profile: str, url: str, *arguments: str) -> str:
    """Run Chromium on a page; returns what it prints."""
    program = shutil.which("chromium") or "chromium"
    command = [program, *FLAGS, f"--user-data-dir={profile}/data", *arguments, url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)  # noqa: S603
    return done.stdout
