"""The errors that the bot raises, as one tree.

    BotError                 anything this program reports in one line
    |-- ConfigError          a setting: the file, the key, what was found, what is wanted
    |-- CorpusError          the folder of articles as a whole: missing, unreadable, not writable
    |-- ArticleError         one article's file: which, why, what to do
    |-- AddressError         an address that cannot be read, or leads to no article
    `-- StorageError         the index folder: locked for too long, disk full
        |-- IndexBusyError      another process has been writing for too long
        |-- UnreachableError    a server that holds articles, records or the index does not answer
        |-- UnfinishedIndexError   it is being made, and does not hold all articles yet
        `-- DamagedIndexError   what lies there is not what was written: rebuilt, not reported

An error is a code with its data: each front-end says it in its own words
(`bot.frontends.error_words`), and no sentence is made here. Rooms that were not moved to codes yet
raise a finished line in the code's place, which front-ends print as it is.
A vendor's exception (sqlite3, yaml, discord) stops at the adapter that calls the vendor and
goes on as one of these, with the original as its ``__cause__``.
"""


class BotError(Exception):
    """Anything this program reports in one line."""

    def __init__(self, code: str, **data: object) -> None:
        """``code`` names the error, such as ``article.missing``; ``data`` are the values for its
        message. The data of an error may include another error."""
        super().__init__(code)
        self.code = code
        self.data = data

    def __str__(self) -> str:
        """For logs and tests; front-ends say it in words."""
        return " ".join([self.code, *(f"{name}={value!r}" for name, value in self.data.items())])


class ConfigError(BotError):
    """A setting that is misspelt, of the wrong type, or points at nothing."""


class CorpusError(BotError):
    """The folder of articles cannot be used at all."""


class ArticleError(BotError):
    """One article's file cannot be read, or must not be written."""


class AddressError(BotError):
    """An address that is malformed, or whose article or paragraph is not there."""


class StorageError(BotError):
    """The index folder cannot be read or written."""


class IndexBusyError(StorageError):
    """Another process has been writing to the index for longer than was to be waited."""


class UnreachableError(StorageError):
    """A server that holds articles, records or the index cannot be reached; it may be later."""


class UnfinishedIndexError(StorageError):
    """The index is being made, and does not hold all articles yet."""


class DamagedIndexError(StorageError):
    """The index folder does not hold what was written to it; the remedy is to rebuild it."""
