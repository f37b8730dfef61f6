"""``keep`` and ``kept``, and what ``check --answers`` says of the kept answers."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable

from bot.core.seams import Fault
from bot.core.seams.pairs import KeptPair
from bot.frontends.cli.opening import open_service, read_settings, tenant_of
from bot.frontends.cli.output.terminal import indented, json_text, printable, style, wrapped
from bot.frontends.error_words import in_words
from bot.frontends.languages import Language, mark
from bot.service.learning.keeping import Checked, Keeping
from bot.service.presentation.views import kept_as_json
from bot.service.tenants import EVERYONE, Tenant
from bot.wiring import folders


def keep(options: Namespace) -> int:
    """Keep a passage for a question."""
    keeping, tenant = Keeping(open_service(options)), tenant_of(options)
    done = keeping.keep(tenant, options.question, options.address, _who())
    gettext = options.language.gettext
    pair = done.pair
    line = gettext("kept: {address} answers “{question}”", **pair._asdict())
    print(printable(line))
    if done.before is not None and done.before.address != done.pair.address:
        print(printable(gettext("in place of {address}", address=done.before.address)))
    _say_faults(options, keeping.faults(tenant))
    return 0


def kept(options: Namespace) -> int:
    """List the kept answers, or forget one; exit status 1 if there is none to forget."""
    keeping, tenant = Keeping(open_service(options)), tenant_of(options)
    gettext = options.language.gettext
    if options.forget is not None:
        pair = keeping.forget(tenant, options.forget)
        if pair is None:
            line = gettext(
                "nothing is kept for “{question}”; `kept` lists what is", question=options.forget
            )
            print(printable(line))
            return 1
        print(printable(gettext("forgotten: {address} for “{question}”", **pair._asdict())))
        return 0
    pairs = keeping.pairs(tenant)
    if options.json:
        print(json_text([kept_as_json(pair) for pair in pairs]))
    elif pairs:
        print("\n\n".join(_as_text(pair, options.language) for pair in pairs))
    else:
        print(gettext("Nothing is kept yet: `articlebot keep QUESTION ADDRESS` keeps an answer."))
    _say_faults(options, keeping.faults(tenant))
    return 0


def check_answers(options: Namespace) -> int:
    """Ask the questions of all kept answers, everyone's and the servers' own, and print which no
    longer hold; exit status 1 if one does not."""
    service = open_service(options)
    language: Language = options.language
    keeping = Keeping(service)
    checked: list[tuple[Tenant, Checked]] = []
    status = 0
    for tenant in [EVERYONE, *service.shelves.tenants()]:
        checked += [(tenant, each) for each in keeping.check(tenant)]
        if tenant != EVERYONE:  # everyone's were reported with the other faults
            faults = keeping.faults(tenant)
            status = 1 if faults else status
            _say_faults(options, faults, tenant)
    failed = [(tenant, each) for tenant, each in checked if each.standing != "holds"]
    for tenant, each in failed:
        print(printable(_whose(tenant, language) + _failure(each, language)))
    if not checked:
        print(language.gettext("kept answers: none"))
    elif not failed:
        print(
            language.ngettext(
                "kept answers: {number:,} question, which gets its passage first",
                "kept answers: {number:,} questions, each gets its passage first",
                len(checked),
            )
        )
    return 1 if failed else status


_STANDINGS = {
    "changed": mark("its words have changed; at {now} other words stand now"),
    "gone": mark("it is no longer there"),
    "another": mark("{now} comes first"),
}


def _failure(checked: Checked, language: Language) -> str:
    pair = checked.pair
    gettext = language.gettext
    became = gettext(_STANDINGS[checked.standing], now=checked.now or gettext("nothing"))
    return gettext(
        "“{question}” no longer gets {address}: {why}",
        question=pair.question,
        address=pair.address,
        why=became,
    )


def _whose(tenant: Tenant, language: Language) -> str:
    if not tenant.name:
        return ""
    return language.gettext("server {name}:", name=tenant.name) + " "


def _say_faults(options: Namespace, faults: Iterable[Fault], tenant: Tenant | None = None) -> None:
    folder = folders.answers_folder(
        read_settings(options), tenant_of(options) if tenant is None else tenant
    )
    for fault in faults:
        line = printable(
            f"{folder / fault.path}: {in_words(fault.problem, language=options.language)}"
        )
        print(f"{options.program}: {line}", file=sys.stderr)


def _as_text(pair: KeptPair, language: Language) -> str:
    gettext = language.gettext
    by, when = pair.by, language.moment(pair.when)
    if by and when:
        since = gettext("kept by {by} {when}", by=by, when=when)
    elif by:
        since = gettext("kept by {by}", by=by)
    else:
        since = gettext("kept {when}", when=when) if when else ""
    lines = [printable(wrapped(pair.question)), indented(printable(pair.address))]
    if since:
        lines.append(indented(style(printable(since), "dim")))
    return "\n".join(lines)


def _who() -> str:
    """Return the login name of whoever runs this; empty if it is not known."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
