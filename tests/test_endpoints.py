"""Addresses of databases and of search clusters, and the secrets that open them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import config
from bot.config import Settings, load
from bot.core.errors import ConfigError
from bot.endpoints import OpenSearchCredentials, holds_password, opensearch_credentials
from bot.frontends.error_words import in_words

ADDRESS = "postgresql://bot@db/articles"
NODES = "[search]\nengine = 'opensearch'\nopensearch = ['http://one:9200', 'https://two/']\n"


@pytest.fixture(autouse=True)
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "OPENSEARCH_USER", "OPENSEARCH_PASSWORD", "OPENSEARCH_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def write(text: str, mode: int = 0o600) -> None:
    Path("config.toml").write_text(text, "utf-8")
    Path("config.toml").chmod(mode)


def faults() -> list[str]:
    found = [in_words(error) for error in config.faults()]
    assert all(line.isprintable() and "secret" not in line for line in found)
    return found


def test_the_address_stands_in_the_settings() -> None:
    write(f"[storage]\npostgres = '{ADDRESS}'\n", 0o644)
    assert load().storage.postgres == ADDRESS


def test_the_address_stands_in_a_file_that_its_owner_alone_reads(tmp_path: Path) -> None:
    write("[storage]\npostgres_file = 'address'\n")
    (tmp_path / "address").write_text(f"{ADDRESS}\n")
    (tmp_path / "address").chmod(0o600)
    assert load().storage.postgres == ADDRESS
    (tmp_path / "address").chmod(0o640)
    assert faults() == [
        "address: others can read the password in it; chmod 600 it, and change the password if "
        "they may have"
    ]
    (tmp_path / "address").unlink()
    assert faults() == [
        "address: the address of the database cannot be read (No such file or directory)"
    ]


def test_the_environment_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://other/articles")
    assert load().storage.postgres == "postgres://other/articles"
    write(f"[storage]\npostgres = '{ADDRESS}'\n")
    assert load().storage.postgres == "postgres://other/articles"


def test_another_programs_database_is_none_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://root:secret@db/shop")
    assert load() == Settings()
    write(f"[storage]\npostgres = '{ADDRESS}'\n")
    assert faults() == [
        "DATABASE_URL is no address of a PostgreSQL database; write postgresql://user@host/database"
    ]


@pytest.mark.parametrize(
    "address", ["db/articles", "postgresql:", "mysql://me:secret@db/a", "postgresql://[", "a b"]
)
def test_what_is_no_address_is_one_line(address: str) -> None:
    write(f"[storage]\npostgres = '{address}'\n")
    assert faults() == [
        "[storage] postgres is no address of a PostgreSQL database; write "
        "postgresql://user@host/database"
    ]


def test_a_password_that_others_can_read_is_refused() -> None:
    write("[storage]\npostgres = 'postgresql://bot:secret@db/articles'\n", 0o644)
    assert faults() == [
        "config.toml: others can read the password in it; chmod 600 it, and change the password "
        "if they may have"
    ]
    Path("config.toml").chmod(0o600)
    assert faults() == []


def test_one_address_is_enough() -> None:
    write(f"[storage]\npostgres = '{ADDRESS}'\npostgres_file = 'address'\n")
    assert faults() == ["[storage] names postgres and postgres_file; leave one of them out"]


@pytest.mark.parametrize(
    ("address", "holds"),
    [
        (ADDRESS, False),
        ("postgresql://bot:secret@db/articles", True),
        ("postgresql://db/articles?user=bot&password=secret", True),
    ],
)
def test_a_password_is_known_where_it_stands(address: str, holds: bool) -> None:
    assert holds_password(address) is holds


def test_a_cluster_is_named_by_its_nodes() -> None:
    write(f"{NODES}opensearch_ca = 'ca.pem'\n[storage]\npostgres = '{ADDRESS}'\n")
    Path("ca.pem").write_text("")
    found = load()
    assert found.search.opensearch == ("http://one:9200", "https://two/")
    assert found.search.opensearch_ca == Path("ca.pem")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (NODES, ["without_database"]),
        (f"[search]\nengine = 'opensearch'\n[storage]\npostgres = '{ADDRESS}'", ["no_address"]),
        (
            f"{NODES}opensearch_ca = 'ca.pem'\n[storage]\npostgres = '{ADDRESS}'",
            ["authority_missing"],
        ),
        *(
            (
                f"[search]\nengine = 'opensearch'\nopensearch = ['{node}']\n"
                f"[storage]\npostgres = '{ADDRESS}'",
                ["address"],
            )
            for node in (
                "one:9200",
                "ftp://one",
                "http://me:secret@one",
                "http://one/x",
                "http://[",
            )
        ),
    ],
)
def test_a_fault_of_a_cluster_is_one_line(text: str, said: list[str]) -> None:
    write(text)
    assert [error.code for error in config.faults()] == [f"opensearch.{each}" for each in said]
    assert len(faults()) == 1


def test_credentials_come_from_the_environment_and_are_whole() -> None:
    assert opensearch_credentials({}) == OpenSearchCredentials()
    named = {"OPENSEARCH_USER": "bot", "OPENSEARCH_PASSWORD": "secret"}
    assert opensearch_credentials(named) == OpenSearchCredentials("bot", "secret", "")
    keyed = {"OPENSEARCH_API_KEY": "secret"}
    assert opensearch_credentials(keyed) == OpenSearchCredentials("", "", "secret")
    for broken in ({"OPENSEARCH_USER": "bot"}, {"OPENSEARCH_PASSWORD": "x"}, {**named, **keyed}):
        with pytest.raises(ConfigError, match=r"opensearch\.credentials"):
            opensearch_credentials(broken)
