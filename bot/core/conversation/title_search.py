"""Titles that fit a lookup, searched for on several shelves."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.seams import AsyncSnapshot, FoldedTitle, TitleLookup
from bot.core.shelf import Shelf, are_remote, read_remote


def titles_of(shelves: Sequence[Shelf], lookups: Sequence[TitleLookup]) -> list[list[FoldedTitle]]:
    """Return the titles that fit each of several lookups, made at once; in order, slugs with the
    prefixes of their shelves."""
    asked = list(lookups)
    if len(shelves) > 1:  # any shelf may have all that are left out before
        asked = [
            each._replace(limit=None if each.limit is None else each.limit + each.skip, skip=0)
            for each in lookups
        ]
    found: list[list[FoldedTitle]] = []
    for lookup, *own in zip(lookups, *_by_shelf(shelves, asked), strict=True):
        titles = [
            FoldedTitle(each.folded, shelf.prefix + each.slug)
            for shelf, on_shelf in zip(shelves, own, strict=True)
            for each in on_shelf
        ]
        if len(shelves) > 1:
            titles = sorted(titles)[lookup.skip :][: lookup.limit]
        found.append(titles)
    return found


def _by_shelf(
    shelves: Sequence[Shelf], lookups: Sequence[TitleLookup]
) -> list[list[Sequence[FoldedTitle]]]:
    """Return the titles that fit each lookup, by shelf."""
    if not are_remote(shelves):
        return [
            shelf.read(lambda snapshot: [snapshot.titles(each) for each in lookups])
            for shelf in shelves
        ]
    import asyncio  # the command line does without

    async def look_on(snapshot: AsyncSnapshot) -> list[Sequence[FoldedTitle]]:
        return await asyncio.gather(*(snapshot.titles(each) for each in lookups))

    async def look(snapshots: Sequence[AsyncSnapshot]) -> list[list[Sequence[FoldedTitle]]]:
        return await asyncio.gather(*map(look_on, snapshots))

    return asyncio.run(read_remote(shelves, look))
