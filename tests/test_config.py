"""Settings: what a file may say, and that every fault names its file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import config
from bot.config import FeedSettings, Settings, load
from bot.core.errors import ConfigError
from tests.wording import raises, worded


@pytest.fixture(autouse=True)
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fault(text: str | bytes) -> str:
    data = text if isinstance(text, bytes) else text.encode()
    Path("config.toml").write_bytes(data)
    with pytest.raises(ConfigError) as caught:
        load()
    assert worded(caught.value).isprintable()
    return worded(caught.value)


def test_without_a_file_all_is_as_it_is_by_default() -> None:
    assert load() == Settings()
    assert load().corpus.folder == Path("corpus")


def test_an_empty_file_changes_nothing() -> None:
    Path("config.toml").write_text("")
    assert load() == Settings()


def test_a_file_in_the_working_folder_is_read(working_folder: Path) -> None:
    Path("config.toml").write_text(
        "[corpus]\nlargest_file_mb = 3\n[search]\nengine = 'rank-bm25'\n"
    )
    found = load()
    assert found.corpus.largest_file_mb == 3.0
    assert isinstance(found.corpus.largest_file_mb, float)
    assert found.search.engine == "rank-bm25"


def test_paths_count_from_the_files_own_folder(working_folder: Path) -> None:
    (working_folder / "deep" / "texts").mkdir(parents=True)
    path = working_folder / "deep" / "my.toml"
    path.write_text("[corpus]\nfolder = 'texts'\n[search]\ncache = '/elsewhere/index'\n")
    found = load(path)
    assert found.corpus.folder == working_folder / "deep" / "texts"
    assert found.search.cache == Path("/elsewhere/index")
    assert load(Path("deep/my.toml")).corpus.folder == Path("deep/texts")


def test_a_home_is_known(monkeypatch: pytest.MonkeyPatch, working_folder: Path) -> None:
    monkeypatch.setenv("HOME", str(working_folder))
    Path("config.toml").write_text("[search]\ncache = '~/index'\n")
    assert load().search.cache == working_folder / "index"


def test_a_mark_of_the_byte_order_is_no_fault() -> None:
    Path("config.toml").write_bytes(b"\xef\xbb\xbf[corpus]\r\nlargest_file_mb = 1.5\r\n")
    assert load().corpus.largest_file_mb == 1.5


def test_lists_and_sections_of_one_name() -> None:
    Path("config.toml").write_text(
        "[web]\nallow = ['a', 'b']\n[[feeds]]\nurl = 'https://e.org/1'\n"
        "[[feeds]]\nurl = 'https://e.org/2'\nevery_minutes = 5\n"
    )
    assert load().web.allow == ("a", "b")
    assert load().feeds == (FeedSettings("https://e.org/1"), FeedSettings("https://e.org/2", 5.0))


def test_the_folder_of_the_command_line_goes_before_that_of_the_file() -> None:
    Path("config.toml").write_text("[corpus]\nfolder = 'nowhere'\nlargest_file_mb = 1\n")
    found = load(None, Path("mine"))
    assert found.corpus.folder == Path("mine")
    assert found.corpus.largest_file_mb == 1.0
    assert load(corpus=Path("mine")).corpus.folder == Path("mine")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[corpus]\n# the texts\nfoldr = 'x'\n",
            "config.toml:3: corpus.foldr is no setting; did you mean folder?",
        ),
        (
            "\n[serach]\nengine = 'bm25'\n",
            "config.toml:2: serach is no setting; did you mean search?",
        ),
        (
            "[corpus]\nxyzzy = 1\n",
            "config.toml:2: corpus.xyzzy is no setting; there are: folder, largest_file_mb",
        ),
        ("corpus.foldr = 'x'\n", "config.toml:1: corpus.foldr is no setting; did you mean folder?"),
        (
            "folder = 'x'\n",
            "config.toml:1: folder is no setting; there are: corpus, search, discord, web, "
            "reader, feeds, storage",
        ),
        (
            "[search]\ncache = 'x'\n[corpus]\nfolder = 3\n",
            "config.toml:4: corpus.folder is 3; it has to be a path in quotes",
        ),
        (
            "[corpus]\nfolder = ''\n",
            "config.toml:2: corpus.folder is ''; it has to be a path in quotes",
        ),
        (
            '[search]\ncache = "a\\u0000b"\n',
            "config.toml:2: search.cache is 'a\\x00b'; it has to be a path in quotes",
        ),
        (
            "[corpus]\nlargest_file_mb = 'big'\n",
            "config.toml:2: corpus.largest_file_mb is 'big'; it has to be a number",
        ),
        (
            "[corpus]\nlargest_file_mb = true\n",
            "config.toml:2: corpus.largest_file_mb is True; it has to be a number",
        ),
        (
            "[corpus]\nlargest_file_mb = 0\n",
            "config.toml:2: corpus.largest_file_mb is 0; it has to be a number from 0.001 to 1000",
        ),
        (
            "[corpus]\nlargest_file_mb = nan\n",
            "config.toml:2: corpus.largest_file_mb is nan; it has to be a number from 0.001 to "
            "1000",
        ),
        (
            "[corpus]\nlargest_file_mb = -inf\n",
            "config.toml:2: corpus.largest_file_mb is -inf; it has to be a number from 0.001 to "
            "1000",
        ),
        (
            f"[corpus]\nlargest_file_mb = 1{'0' * 400}\n",
            "config.toml:2: corpus.largest_file_mb is a huge number; it has to be a smaller one",
        ),
        (
            "[search]\nengine = 'lucene'\n",
            "config.toml:2: search.engine is 'lucene'; it has to be one of: 'bm25', "
            "'opensearch', 'rank-bm25'",
        ),
        (
            "[discord]\nquota_articles = 1.5\n",
            "config.toml:2: discord.quota_articles is 1.5; it has to be a whole number",
        ),
        (
            "[discord]\nlog_questions = 'yes'\n",
            "config.toml:2: discord.log_questions is 'yes'; it has to be true or false",
        ),
        ("corpus = 3\n", "config.toml:1: corpus is 3; it has to be a section, [corpus]"),
        ("[web]\nallow = 'x'\n", "config.toml:2: web.allow is 'x'; it has to be a list, [...]"),
        (
            "[web]\nallow = ['x', 3]\n",
            "config.toml:2: web.allow[1] is 3; it has to be a text in quotes",
        ),
        (
            "[[feeds]]\nurl = 'x'\n\n[[feeds]]\nurl = 3\n",
            "config.toml:5: feeds[1].url is 3; it has to be a text in quotes",
        ),
        (
            f"[web]\ncontact = ['{'x' * 100}']\n",
            f"config.toml:2: web.contact is ['{'x' * 58}...; it has to be a text in quotes",
        ),
        (
            "[[feeds]]\nurl = 'https://a.example'\n\n[[feeds]]\nevery_minutes = 5\n",
            "config.toml:4: feeds[1].url is ''; it has to be a link, https://...",
        ),
        (
            "[[feeds]]\nurl = 'example'\n",
            "config.toml:2: feeds[0].url is 'example'; it has to be a link, https://...",
        ),
        (
            "[discord]\nmessage_content = True  # yes\n",
            "config.toml:2: message_content is True; it has to be true or false",
        ),
        (
            "[discord]\nlog_questions = no\n",
            "config.toml:2: log_questions is no; it has to be true or false",
        ),
        ("[corpus]\nfolder = ~/x\n", "config.toml:2: folder is ~/x; it has to be a text in quotes"),
        (
            "feeds = []\n\n[[feeds]]\nurl = 'https://a.example'\n",
            "config.toml:3: feeds is there a second time; take one of them out",
        ),
        (
            "[web]\nallow = []\n[web]\nallow = []\n",
            "config.toml:3: web is there a second time; take one of them out",
        ),
        ("a = 1\na = 2\n", "config.toml:2: a is there a second time; take one of them out"),
        (b"[corpus]\n\n# caf\xe9\n", "config.toml:3: this is not UTF-8 text; save it as UTF-8"),
    ],
)
def test_a_fault_names_file_line_and_key(text: str | bytes, said: str) -> None:
    assert fault(text) == said


@pytest.mark.parametrize("name", ["nowhere", "config.toml"])
def test_a_folder_that_is_not_there_is_a_fault(working_folder: Path, name: str) -> None:
    assert fault(f"[corpus]\nfolder = '{name}'\n") == (
        f"config.toml:2: corpus.folder is '{name}'; it has to be a folder that is there; make "
        f"{working_folder / name}, or name another with --corpus"
    )


@pytest.mark.parametrize(
    "text", ["corpus = \n", "[corpus]\nfolder = [x\n", "a = 1 2\n", "a = \x00\n", "\x1b"]
)
def test_what_is_no_toml_says_where(text: str) -> None:
    assert "config.toml: this is no TOML: " in fault(text)
    assert "line" in fault(text)


@pytest.mark.parametrize("text", [f"a = 1{'0' * 5000}\n", f"a = {'[' * 5000}\n"])
def test_what_is_beyond_pythons_limits_is_one_line(text: str) -> None:
    assert fault(text).startswith("config.toml: this is no TOML: ")


def test_a_file_that_cannot_be_read_is_one_line(working_folder: Path) -> None:
    with raises(ConfigError, match=r"no\.toml: the settings cannot be read \(No such file"):
        load(Path("no.toml"))
    with raises(ConfigError, match=r"the settings cannot be read \(Is a directory\)"):
        load(working_folder)


def test_the_token_is_no_setting() -> None:
    assert fault("[discord]\ntoken = 'secret'\n").startswith(
        "config.toml:2: discord.token is no setting"
    )
    assert "secret" not in fault("[discord]\ntoken = 'secret'\n")


@given(
    st.text()
    | st.sampled_from(["[corpus]\n", "[[feeds]]\n", "a.b = "]).flatmap(
        lambda start: st.text().map(lambda rest: start + rest)
    )
)
def test_every_file_is_settings_or_refused_in_one_line(text: str) -> None:
    path = Path("hostile.toml")
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    said = ""
    try:
        load(path)
    except ConfigError as error:
        said = worded(error)
    assert "\n" not in said


def test_every_fault_of_a_file_is_told_and_the_first_is_raised() -> None:
    Path("config.toml").write_text(
        "[corpus]\nfoldr = 'x'\nlargest_file_mb = 0\n[serach]\n[[feeds]]\nevery_minutes = 0\n"
    )
    told = [worded(fault) for fault in config.faults()]
    assert told == [
        "config.toml:2: corpus.foldr is no setting; did you mean folder?",
        "config.toml:3: corpus.largest_file_mb is 0; it has to be a number from 0.001 to 1000",
        "config.toml:4: serach is no setting; did you mean search?",
        "config.toml:6: feeds[0].every_minutes is 0; it has to be a number from 1 to 100000",
        "config.toml:5: feeds[0].url is ''; it has to be a link, https://...",
    ]
    with pytest.raises(ConfigError) as raised:
        load()
    assert worded(raised.value) == told[0]


def test_a_file_without_faults_has_none() -> None:
    assert config.faults() == []
    Path("config.toml").write_text("[search]\nengine = 'rank-bm25'\n")
    assert config.faults() == []


def test_a_folder_that_is_not_there_is_a_fault_of_the_file_that_names_it() -> None:
    Path("config.toml").write_text("[corpus]\nfolder = 'nowhere'\n")
    assert [worded(fault).partition(";")[0] for fault in config.faults()] == [
        "config.toml:2: corpus.folder is 'nowhere'"
    ]
    assert config.faults(corpus=Path("mine")) == []
