"""The comparison of a store with the records of what was read of it. Nothing is read or written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Set

from bot.core.article import Version
from bot.core.named_tuple import NamedTuple
from bot.core.seams import Fault, FileRecord, Listing


class Plan(NamedTuple):
    """The work that brings the index up to date with the store."""

    read: Mapping[str, Version]
    """New or different files, by slug."""
    drop: Set[str]
    """Slugs that no longer exist."""

    def __bool__(self) -> bool:
        return bool(self.read or self.drop)


def decide(listing: Listing, records: Mapping[str, FileRecord]) -> Plan:
    """Compare the content of the store with the records of what was read of it."""
    read = {
        slug: version
        for slug, version in listing.versions.items()
        if slug not in records or records[slug].version != version
    }
    return Plan(read, records.keys() - listing.versions.keys())


class EngineGap(NamedTuple):
    """The difference between the articles that an engine holds and those it should hold."""

    lacking: Set[str]
    surplus: Collection[str]

    def __bool__(self) -> bool:
        return bool(self.lacking or self.surplus)


def engine_gap(
    wanted: Mapping[str, str],
    held: Collection[str],
    indexed: Mapping[str, str],
    slugs: Set[str] | None,
) -> EngineGap:
    """Compare an engine with the articles that were read, or with those of these slugs alone.

    ``wanted`` gives the hashes of the articles that were read, ``held`` the slugs that the engine
    holds, and ``indexed`` the hashes of those that this process has put into it. An engine in
    memory starts empty, and does not see what another process put into its own; an engine in files
    lacks what a process had read when it was stopped in a bulk read.
    """
    if slugs is not None:
        lacking = {
            slug
            for slug, sha256 in wanted.items()
            if slug not in held or indexed.get(slug, sha256) != sha256
        }
        return EngineGap(lacking, [slug for slug in slugs if slug not in wanted and slug in held])
    if len(held) == len(wanted) and indexed.items() <= wanted.items():
        return EngineGap(set(), ())
    lacking = {slug for slug in wanted if slug not in held}
    lacking |= {slug for slug, sha256 in indexed.items() if wanted.get(slug, sha256) != sha256}
    return EngineGap(lacking, [slug for slug in held if slug not in wanted])


def faults_of(listing: Listing, records: Mapping[str, FileRecord]) -> list[Fault]:
    """Return the files that are no articles, by path: for their names, and for what they hold."""
    unread = [
        Fault(record.version.path, record.fault)
        for record in records.values()
        if record.fault is not None
    ]
    return in_order([*listing.faults, *unread])


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Return faults by path, one for each."""
    by_path = {fault.path: fault for fault in faults}
    return [by_path[path] for path in sorted(by_path)]
