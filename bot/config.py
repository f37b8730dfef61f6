"""Settings: one frozen object, from ``config.toml`` and the environment.

A file may leave out any key; ``config.example.toml`` shows each with its default. Paths in a file
count from that file's folder, the defaults from the working folder. The Discord token never
stands in the file. `bot.settings_file` reads the file.
"""

# no annotations from __future__ here: the annotations are read, and must not be strings
import os
from pathlib import Path

from bot.core.errors import ConfigError
from bot.core.light_typing import Annotated, Literal
from bot.core.named_tuple import NamedTuple

FILE = "config.toml"


class Range(NamedTuple):
    """The least and the greatest permitted value of a number."""

    least: float
    greatest: float


class CorpusSettings(NamedTuple):
    """``[corpus]``: the operator's articles."""

    folder: Path = Path("corpus")
    largest_file_mb: Annotated[float, Range(0.001, 1000)] = 20.0
    """A larger file is skipped; megabytes of 10^6 bytes."""


class SearchSettings(NamedTuple):
    """``[search]``: the search for passages."""

    engine: Literal["bm25", "opensearch", "rank-bm25"] = "bm25"
    """Search engine: an index on disk, an OpenSearch cluster, or the rank-bm25 library, which is
    slow and works in memory."""
    cache: Path | None = None
    """Folder of the index; None is the platform's cache folder."""
    build_memory_mb: Annotated[int, Range(256, 1_000_000)] = 512
    """Memory that reading many articles at once may take; megabytes of 10^6 bytes."""
    opensearch: tuple[str, ...] = ()
    """Addresses of the nodes of the OpenSearch cluster."""
    opensearch_ca: Path | None = None
    """File with the certificates of the authority that signed the nodes'; None for the system's."""
    opensearch_shards: Annotated[int, Range(1, 1000)] = 3
    """Parts into which each index is divided when it is made."""
    opensearch_replicas: Annotated[int, Range(0, 10)] = 1
    """Copies of each part on other nodes, besides the first."""


class StorageSettings(NamedTuple):
    """``[storage]``: a database in place of files."""

    postgres: str = ""
    """Address of the PostgreSQL database; empty where articles and records are files. Once read,
    it is the address that counts, wherever it came from."""
    postgres_file: Path | None = None
    """A file that holds the address and that only its owner can read."""
    mirror_corpus: bool = False
    """True if the running bot goes on copying the folder of ``[corpus]`` into the database."""


class DiscordSettings(NamedTuple):
    """``[discord]``: the bot in a chat."""

    data: Path = Path("data")
    """Folder of the servers' own articles and of the answers given."""
    token_file: Path | None = None
    """A file that holds the token and that only its owner can read; DISCORD_TOKEN takes
    precedence."""
    api_url: str = "https://discord.com/api/v10"
    """URL of Discord's HTTP API, version included; it gives the gateway's address."""
    retention_days: Annotated[float, Range(0.01, 3650)] = 90.0
    """Days that the buttons under an answer work, and that questions without an answer are kept."""
    erase_after_days: Annotated[float, Range(0, 3650)] = 30.0
    """Days after which a server's own articles are erased once it has removed the bot."""
    user_cooldown: Annotated[float, Range(0, 3600)] = 3.0
    """Seconds between two questions of one person, on the average; 0 for no bound."""
    user_burst: Annotated[int, Range(1, 1000)] = 3
    """Questions that one person may ask at once."""
    server_cooldown: Annotated[float, Range(0, 3600)] = 0.5
    """Seconds between two questions in one server, on the average; 0 for no bound."""
    server_burst: Annotated[int, Range(1, 1000)] = 20
    """Questions that may be asked in one server at once."""
    processes: Annotated[int, Range(1, 1000)] = 1
    """Number of processes among which Discord's shards are divided, where they share a database;
    one more that runs is a spare."""
    quota_articles: Annotated[int, Range(0, 100_000)] = 200
    """Maximum number of articles that a server may add."""
    quota_mb: Annotated[float, Range(0, 100_000)] = 20.0
    """Maximum size of these articles; megabytes of 10^6 bytes."""
    message_content: bool = False
    """True if Discord's privileged message-content intent is asked for."""
    log_questions: bool = False
    """True if questions are written to the log, and those without an answer kept as text."""


class FeedSettings(NamedTuple):
    """One ``[[feeds]]``: a feed whose articles the running bot takes in."""

    url: str = ""
    """An RSS, Atom or JSON feed, or a sitemap."""
    every_minutes: Annotated[float, Range(1, 100_000)] = 60.0
    """Minutes between two requests of a feed."""


class WebSettings(NamedTuple):
    """``[web]``: links and feeds."""

    allow: tuple[str, ...] = ()
    """Hosts and networks that the operator may reach though they are not public."""
    servers_allow: tuple[str, ...] = ()
    """The same for links added on Discord, by anybody who manages any server."""
    contact: str = ""
    """Address or link by which a site can reach you, sent along with each request."""
    seconds: Annotated[float, Range(0.1, 600)] = 30.0
    """Seconds that fetching one page may take."""
    concurrency: Annotated[int, Range(1, 100)] = 8
    """Number of pages that are fetched at a time."""


class ReaderSettings(NamedTuple):
    """``[reader]``: the pages on which articles are read and citations checked."""

    listen: str = ""
    """The address and port where the running bot serves the pages; empty for none."""
    public_url: str = ""
    """URL at which the pages are reached from outside; Discord's citations link there."""
    server_articles: bool = False
    """True if a server's own articles can be read by signed links made in that server."""
    link_days: Annotated[float, Range(0.01, 3650)] = 7.0
    """Days that such a link works."""
    origins: tuple[str, ...] = ()
    """Sites whose pages may use the JSON interface."""
    proxies: tuple[str, ...] = ()
    """Addresses and networks of proxies whose X-Forwarded-For is trusted."""
    questions_per_minute: Annotated[float, Range(0, 1_000_000)] = 30.0
    """Number of questions that one address may ask; 0 for any number."""
    connections: Annotated[int, Range(1, 100_000)] = 1000
    """Maximum number of open connections."""
    seconds: Annotated[float, Range(0.1, 600)] = 15.0
    """Seconds that one request may take."""


class Settings(NamedTuple):
    """All settings."""

    corpus: CorpusSettings = CorpusSettings()
    search: SearchSettings = SearchSettings()
    discord: DiscordSettings = DiscordSettings()
    web: WebSettings = WebSettings()
    reader: ReaderSettings = ReaderSettings()
    feeds: tuple[FeedSettings, ...] = ()
    """The feeds that the running bot follows."""
    storage: StorageSettings = StorageSettings()


def load(
    path: Path | None = None, corpus: Path | None = None, *, needs_folder: bool = True
) -> Settings:
    """Read the settings from a file; where none is named, from ``config.toml`` in the working
    folder, and where that isn't there, the defaults. ``corpus`` goes before the folder of
    articles that the file names; ``needs_folder`` wants that folder to be there.

    Raises `ConfigError` with the file, the key, what was found and what is wanted.
    """
    settings, found = _read_file(path, needs_folder and corpus is None)
    if found:
        raise found[0]
    if corpus is None:
        return settings
    return settings._replace(corpus=settings.corpus._replace(folder=corpus))


def faults(path: Path | None = None, corpus: Path | None = None) -> list[ConfigError]:
    """Return every fault of the settings that `load` would read, in the order of the file, those
    of links and addresses last."""
    return _read_file(path, corpus is None)[1]


def _read_file(path: Path | None, needs_corpus: bool) -> tuple[Settings, list[ConfigError]]:
    """Read a file of settings; a setting with a fault has its default."""
    if path is None and Path(FILE).exists():
        path = Path(FILE)
    found: list[ConfigError] = []
    if path is None:
        return _with_endpoints(Settings(), Path(FILE), found), found
    from bot import settings_file

    try:
        file, sections = settings_file.parse(path)
    except ConfigError as error:
        return Settings(), [error]
    settings = settings_file.read_section(Settings, sections, file, found)
    for number, feed in enumerate(settings.feeds):
        if not feed.url.lower().startswith(("http://", "https://")):
            key, values = f"feeds[{number}].url", sections["feeds"][number]
            at = file.at(key if "url" in values else f"feeds[{number}]", feed.url)
            found.append(ConfigError("settings.link", **{**at, "key": key}))
    folder = settings.corpus.folder
    settings = _with_endpoints(settings, path, found)
    is_named = not found and "folder" in sections.get("corpus", {})
    needs_corpus = needs_corpus and not settings.storage.postgres
    if needs_corpus and is_named and not folder.is_dir():
        at = file.at("corpus.folder", sections["corpus"]["folder"])
        found.append(ConfigError("settings.folder", folder=str(folder.absolute()), **at))
    return settings, found


def _with_endpoints(settings: Settings, path: Path, found: list[ConfigError]) -> Settings:
    """Return the settings with the address of the database that counts. Faults of addresses are
    added to those found in the file at ``path``."""
    storage, search = settings.storage, settings.search
    is_elsewhere = storage[:2] != StorageSettings()[:2] or search.engine == "opensearch"
    if not is_elsewhere and "DATABASE_URL" not in os.environ:
        return settings
    from bot import endpoints

    address = ""
    try:
        address = endpoints.database_address(storage.postgres, storage.postgres_file)
        if address == storage.postgres and endpoints.holds_password(address):
            endpoints.check_private(path)
    except ConfigError as error:
        found.append(error)
    else:
        if search.engine == "opensearch" and not address:
            found.append(ConfigError("opensearch.without_database"))
    if search.engine == "opensearch":
        found.extend(endpoints.opensearch_faults(search.opensearch, search.opensearch_ca))
    return settings._replace(storage=storage._replace(postgres=address))
