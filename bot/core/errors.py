"""What can go wrong, as one tree.

    BotError                 anything this program reports in one line
    |-- ConfigError          a setting: the file, the key, what was found, what is wanted
    |-- CorpusError          the folder of articles as a whole: missing, unreadable, not writable
    |-- ArticleError         one article's file: which, why, what to do
    |-- AddressError         an address that cannot be read, or leads to no article
    `-- StorageError         the index folder: locked for too long, disk full
        |-- IndexBusyError      another process has been writing for too long
        |-- UnfinishedIndexError   it is being made, and does not hold all articles yet
        `-- DamagedIndexError   what lies there is not what was written: rebuilt, not reported

Every message is one line that names what, where and what to do; front-ends print it as it is.
A vendor's exception (sqlite3, yaml, discord) stops at the adapter that calls the vendor and
goes on as one of these, with the original as its ``__cause__``.
"""


class BotError(Exception):
    """Anything this program reports in one line; ``str(error)`` is that line."""


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


class UnfinishedIndexError(StorageError):
    """The index is being made, and does not hold all articles yet."""


class DamagedIndexError(StorageError):
    """What the index folder holds is not what was written; the remedy is to rebuild it."""
