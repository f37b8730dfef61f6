"""``completion``: a shell's completion, printed."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from bot.frontends.cli.parsing.parser import make_parser

_SLUGS = {
    "bash": """\
_articlebot_slugs() {
  local slug
  while IFS= read -r slug; do
    case "$slug" in "$1"*) printf '%q\\n' "$slug";; esac
  done < <(articlebot articles --slugs 2>/dev/null)
}
""",
    "zsh": """\
_articlebot_slugs() {
  local -a slugs
  slugs=("${(@f)$(articlebot articles --slugs 2>/dev/null)}")
  compadd -a slugs
}
""",
}
"""For each shell, a function that offers the articles' slugs."""


def complete(options: Namespace) -> int:
    """Print the script that a shell reads to complete our command line."""
    import shtab

    preamble: Any = _SLUGS  # a mapping, though later versions declare a text
    print(shtab.complete(make_parser(), shell=options.shell, preamble=preamble))
    return 0
