"""The seams: what the core asks of the rooms around it, in the domain's own words.

    text        tokens and sentences by language
    words       the tokens of a text
    answer_kinds  the kinds of answer that a question asks for
    finding     what of a question stands in many passages
    retrieval   what a question asks of a shelf
    storing     where articles lie, and what an index keeps of them
    pairs       what editors keep as answers

Each Protocol says who calls it and what it raises. Each has one contract suite in
``tests/contracts/`` that every implementation, and every fake, passes.
"""

from __future__ import annotations

from bot.core.seams.answer_kinds import Cues, Defining, Kind, Tense
from bot.core.seams.finding import BlockBounds, BlockTerms, TermShares
from bot.core.seams.retrieval import (
    AsyncSnapshot,
    Entry,
    FoldedTitle,
    Hit,
    Linked,
    OpenSnapshot,
    PassageKey,
    Preparation,
    Prepared,
    ReadingAhead,
    Retrieval,
    Snapshot,
    Statistics,
    TermQuery,
    TitleLookup,
)
from bot.core.seams.storing import (
    ArticleStore,
    BulkIndexer,
    CatalogueReader,
    Changes,
    Fault,
    FileRecord,
    Index,
    Listing,
    Progress,
    RemoteIndex,
    Retriever,
    SearchEngine,
)
from bot.core.seams.text import (
    Analyzer,
    AskedParts,
    ChunkTerms,
    Credit,
    Following,
    GramShares,
    HeadLookup,
    HeadOrder,
    HeadPart,
    HeadQuestion,
    SmallTalk,
    Substitutes,
    TalkTopic,
)
from bot.core.seams.words import Tokens, Words

__all__ = [
    "Analyzer",
    "ArticleStore",
    "AskedParts",
    "AsyncSnapshot",
    "BlockBounds",
    "BlockTerms",
    "BulkIndexer",
    "CatalogueReader",
    "Changes",
    "ChunkTerms",
    "Credit",
    "Cues",
    "Defining",
    "Entry",
    "Fault",
    "FileRecord",
    "FoldedTitle",
    "Following",
    "GramShares",
    "HeadLookup",
    "HeadOrder",
    "HeadPart",
    "HeadQuestion",
    "Hit",
    "Index",
    "Kind",
    "Linked",
    "Listing",
    "OpenSnapshot",
    "PassageKey",
    "Preparation",
    "Prepared",
    "Progress",
    "ReadingAhead",
    "RemoteIndex",
    "Retrieval",
    "Retriever",
    "SearchEngine",
    "SmallTalk",
    "Snapshot",
    "Statistics",
    "Substitutes",
    "TalkTopic",
    "Tense",
    "TermQuery",
    "TermShares",
    "TitleLookup",
    "Tokens",
    "Words",
]
