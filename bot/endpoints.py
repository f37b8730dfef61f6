"""Endpoints: the addresses of PostgreSQL and OpenSearch, and the secrets that open them.

They are checked here and never connected to. No message repeats an address of a database, which may
hold a password.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from bot.core.errors import ConfigError

DATABASE_VARIABLE = "DATABASE_URL"
_SCHEMES = ("postgresql", "postgres")


class OpenSearchCredentials(NamedTuple):
    """The secrets sent to OpenSearch: a user's name and password, or an API key; empty if there are
    none."""

    user: str = ""
    password: str = ""
    api_key: str = ""


def database_address(address: str, file: Path | None) -> str:
    """Return the address of the PostgreSQL database: the environment's DATABASE_URL, else
    ``address``, else what ``file`` holds; empty for none.

    A DATABASE_URL of another kind of database counts only where the settings ask for PostgreSQL.
    Raises `ConfigError`.
    """
    given = os.environ.get(DATABASE_VARIABLE, "").strip()
    is_wanted = bool(address) or file is not None
    if given and (is_wanted or _is_postgres(given)):
        return _checked(given, DATABASE_VARIABLE)
    if address and file is not None:
        raise ConfigError("storage.several_addresses")
    if file is not None:
        return _checked(_read_private(file), str(file))
    return _checked(address, "[storage] postgres") if address else ""


def holds_password(address: str) -> bool:
    """Return whether an address of a database holds a password."""
    parts = urlsplit(address)
    return bool(parts.password) or "password=" in parts.query


def opensearch_faults(addresses: Sequence[str], authority: Path | None) -> Iterator[ConfigError]:
    """Yield the faults of what the settings say about OpenSearch: its nodes' addresses, the file
    with the certificates of its authority, and the environment's credentials."""
    if not addresses:
        yield ConfigError("opensearch.no_address")
    for address in addresses:
        if not _is_node(address):
            yield ConfigError("opensearch.address")
    if authority is not None and not authority.is_file():
        yield ConfigError("opensearch.authority_missing", path=str(authority))
    try:
        opensearch_credentials()
    except ConfigError as error:
        yield error


def opensearch_credentials(environment: Mapping[str, str] = os.environ) -> OpenSearchCredentials:
    """Return the credentials in OPENSEARCH_USER and OPENSEARCH_PASSWORD, or OPENSEARCH_API_KEY.
    Raises `ConfigError` if they are incomplete, or both are given."""
    user, password, key = (
        environment.get(f"OPENSEARCH_{name}", "") for name in ("USER", "PASSWORD", "API_KEY")
    )
    if bool(user) != bool(password) or (user and key):
        raise ConfigError("opensearch.credentials")
    return OpenSearchCredentials(user, password, key)


def _checked(address: str, source: str) -> str:
    if not _is_postgres(address):
        raise ConfigError("storage.address", source=source)
    return address


def _is_postgres(address: str) -> bool:
    scheme, separator, _ = address.partition("://")
    if not separator or scheme not in _SCHEMES or any(char.isspace() for char in address):
        return False
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True


def _is_node(address: str) -> bool:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return False
    is_bare = parts.path in ("", "/") and not (parts.query or parts.fragment or parts.username)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and is_bare


def check_private(path: Path) -> None:
    """Raise `ConfigError` if others than its owner can read a file that holds a password."""
    if path.exists() and path.stat().st_mode & 0o077:
        raise ConfigError("storage.file_readable", path=str(path))


def _read_private(path: Path) -> str:
    """Return the content of a file that its owner alone can read."""
    try:
        check_private(path)
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise ConfigError("storage.file_unreadable", path=str(path), reason=reason) from error
