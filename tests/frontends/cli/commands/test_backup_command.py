"""``backup`` and ``restore``, as they are typed."""

from __future__ import annotations

from pathlib import Path

from tests.frontends.cli.conftest import Run


def test_a_back_up_is_restored_where_the_settings_say(corpus: Path, run: Run) -> None:
    made = run("backup", "all.tar.zst")
    assert (made.status, made.err) == (0, "")
    assert made.out.startswith("all.tar.zst: 2 files, ")

    refused = run("restore", "all.tar.zst")
    assert refused.status == 2
    assert "there is something here already; move it away, or give --force" in refused.err

    Path("config.toml").write_text("[corpus]\nfolder = 'elsewhere'\n[discord]\ndata = 'new'\n")
    found = run("restore", "all.tar.zst")
    assert found.status == 0
    assert "all.tar.zst: 2 files restored, as they were at 2" in found.out
    assert run("show", "lighthouse#2").status == 0
    assert run("restore", "all.tar.zst", "--force").status == 0
    assert Path("elsewhere.replaced1").is_dir()


def test_what_is_no_back_up_is_one_line(corpus: Path, run: Run) -> None:
    Path("config.toml").write_text("[corpus]\nfolder = 'elsewhere'\n")
    for name, said in (("corpus/lighthouse.md", "this is no back-up"), ("none", "No such file")):
        for where in ((), ("--corpus", "corpus")):  # said before a folder is in the way
            assert said in run("restore", name, *where).err
        found = run("restore", name)
        assert found.status == 2
        assert said in found.err
        assert found.err.count("\n") == 1
    assert not Path("elsewhere").exists()


def test_a_back_up_replaces_no_file_unless_forced(corpus: Path, run: Run) -> None:
    Path("mine").write_text("Mine.\n")
    refused = run("backup", "mine")
    assert (refused.status, refused.out) == (2, "")
    assert refused.err == (
        "articlebot: mine: it exists already; name another file, or give --force\n"
    )
    assert Path("mine").read_text() == "Mine.\n"
    assert run("backup", "mine", "--force").status == 0
    assert run("backup", "corpus", "--force").err == (
        "articlebot: corpus: this is a folder; name a file in it\n"
    )


def test_a_back_up_into_a_folder_that_is_not_there_names_it(corpus: Path, run: Run) -> None:
    refused = run("backup", "nowhere/x.tar.zst")
    assert (refused.status, refused.out) == (2, "")
    assert refused.err == (
        "articlebot: nowhere: there is no such folder; make it, or name another\n"
    )
