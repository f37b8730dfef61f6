"""News pages of our own making, quieter than those of `tests.sources.made_pages` and closer to real
ones: each frame is built as one kind of publishing system builds its pages, with that system's way
to name things, to nest them, and to mix other things into the text. The words are ours.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.sources import made_blogs as blogs
from tests.sources import made_newspapers as newspapers
from tests.sources import made_oddities as oddities
from tests.sources.made_pages import Page
from tests.sources.made_site import Site

Frame = Callable[[Site], str]

FRAMES: tuple[Frame, ...] = (
    newspapers.columns, newspapers.broadcaster, newspapers.divided, newspapers.agency,
    newspapers.tabloid,
    newspapers.theme, newspapers.weblog, newspapers.justified, newspapers.cards, newspapers.slides,
    oddities.questions, oddities.metered, oddities.framed, oddities.fragments, oddities.interrupted,
    oddities.excerpted, oddities.live, oddities.richlinks, oddities.brief, oddities.tabular,
    oddities.foreign, blogs.amp, blogs.radio, blogs.letter, blogs.sections,
    blogs.commented, blogs.emboldened, blogs.station, blogs.parted, blogs.of_old,
    blogs.roundup, blogs.consent, blogs.essay, blogs.column,
)  # fmt: skip


def make_site_page(seed: int) -> Page:
    """The page of a seed; pages whose seeds differ by the number of frames share their frame."""
    site = Site(seed)
    inner = FRAMES[seed % len(FRAMES)](site)
    return Page(site.page(inner), site.title, site.author, site.iso, tuple(site.body))
