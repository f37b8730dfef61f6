"""Debian's Chromium without a window: what a page becomes in it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tests.processes import tied

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--hide-scrollbars", "--force-device-scale-factor=1",
)  # fmt: skip


def chromium(profile: Path, url: str, *arguments: str) -> str:
    """Run Chromium on a page, all of whose files lie in a folder; returns what it prints."""
    program = shutil.which("chromium") or "chromium"
    command = tied([program, *FLAGS, f"--user-data-dir={profile}/data", *arguments, url])
    environment = {**os.environ, "TMPDIR": str(profile)}  # it leaves its temporary files behind
    done = subprocess.run(  # noqa: S603 - it is our own
        command, env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout
