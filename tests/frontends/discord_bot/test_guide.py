"""The operator's guide says what the settings are."""

from __future__ import annotations

import json
import re
from pathlib import Path

import bot.frontends.discord
from bot.config import DiscordSettings

GUIDE = (Path(bot.frontends.discord.__file__).parent / "README.md").read_text("utf-8")


def test_the_guide_names_every_setting_with_its_default() -> None:
    rows = re.findall(r"(?m)^\| `(\w+)` \| (?:`([^`]*)`|none) \|", GUIDE)
    named = {name: json.loads(default or "null") for name, default in rows}
    settings = DiscordSettings()._asdict()
    assert named == {
        name: str(value) if isinstance(value, Path) else value for name, value in settings.items()
    }
