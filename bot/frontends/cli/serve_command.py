"""``serve``: the pages alone, without Discord. aiohttp is imported here and nowhere before."""

from __future__ import annotations

from argparse import Namespace

from bot.frontends.cli.opening import read_settings
from bot.frontends.cli.terminal import progress_bar


def serve(options: Namespace) -> int:
    """Serve until SIGTERM or SIGINT; exit status 0 then."""
    from bot.frontends.web.run_pages import run

    run(
        read_settings(options),
        options.listen,
        reading=progress_bar,
        log_format=options.log_format,
        processes=options.processes,
    )
    return 0
