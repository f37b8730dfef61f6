"""``run``, ``invite`` and ``serve``: the bot on Discord, and the pages without it. discord.py and
aiohttp are imported here and nowhere before."""

from __future__ import annotations

from argparse import Namespace

from bot import config
from bot.frontends.cli.opening import read_settings
from bot.frontends.cli.output.terminal import progress_bar


def run(options: Namespace) -> int:
    """Answer until SIGTERM or SIGINT; exit status 0 then. SIGHUP has the settings read again."""
    from bot.frontends.running import run as run_bot

    run_bot(
        lambda: config.load(options.config, options.corpus),
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


def serve(options: Namespace) -> int:
    """Serve the pages until SIGTERM or SIGINT; exit status 0 then."""
    from bot.frontends.web.run_pages import run as run_pages

    run_pages(
        read_settings(options),
        options.listen,
        reading=progress_bar,
        log_format=options.log_format,
        processes=options.processes,
    )
    return 0
