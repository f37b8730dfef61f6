"""``run`` and ``invite``: the bot on Discord. discord.py is imported here and nowhere before."""

from __future__ import annotations

from argparse import Namespace

from bot.frontends.cli.opening import read_settings


def run(options: Namespace) -> int:
    """Answer until SIGTERM or SIGINT; exit status 0 then."""
    from bot.frontends.running import run as serve

    serve(
        lambda: read_settings(options),
        sync=options.sync,
        guild=options.guild,
        log_format=options.log_format,
    )
    return 0


def invite(options: Namespace) -> int:
    """Print the links that add the bot to a server, and to one's own account."""
    from bot.frontends.discord.run_bot import invitation

    server, person = invitation(read_settings(options))
    gettext = options.language.gettext
    lines = {gettext("Add it to a server:"): server, gettext("Add it to your account:"): person}
    width = max(map(len, lines))
    for name, link in lines.items():
        print(f"{name:<{width}}   {link}")
    return 0
