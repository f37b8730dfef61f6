"""Messages about links and feeds. Those about a link name its host, or the link where it has
none."""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES: Mapping[str, str] = {
    "feed.broken": "it is no feed that can be read: it is broken",
    "feed.failed": "{problem}; it last worked on {when}",
    "feed.json": "it is no feed: its JSON is broken",
    "feed.never_worked": "{problem}; it has never worked",
    "feed.without_items": "it is no feed: there are no items in its JSON",
    "feed.wrong_kind": "it is no feed: neither RSS nor Atom, JSON Feed or a sitemap",
    "feed.xml": "it is no feed: its XML is broken",
    "link.compression": "{host}: it is compressed in a way that was not asked for",
    "link.cut_short": "{host}: what it sent ends too early; try again",
    "link.kind": "{host}: {kind!a} is no kind of article that can be read",
    "link.long": "{link!a}...: the link is longer than {longest} characters",
    "link.malformed": "{link!a}: this is no link; write it as https://...",
    "link.not_public": (
        "{host}: it is at {address}, which is no public address; [web] {setting} in the settings "
        "can name it"
    ),
    "link.not_public_for_servers": (
        "{host}: it is at no public address; [web] {setting} in the settings can name it"
    ),
    "link.number": (
        "{link!a}: its host is a number that programs read as different addresses; write it as "
        "four numbers, like 192.0.2.1"
    ),
    "link.password": "{host}: the link holds a user name or a password; take them out",
    "link.redirect": "{host}: it redirects to what is no link",
    "link.redirects": "{host}: more than {most} redirects",
    "link.robots": "{host}: its robots.txt asks us not to fetch this page",
    "link.scheme": "{link!a}: only http and https links are followed",
    "link.sends_on": "{host}: it sends on to what is no link",
    "link.size": "{host}: it has more than {megabytes:g} MB",
    "link.status": "{host}: the site answered {answer}",
    "link.timeout": "{host}: no answer within {seconds:g} seconds; try later",
    "link.unfetched": "{host}: it cannot be fetched ({reason})",
}
