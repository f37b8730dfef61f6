"""The files that are looked through while no index can be read."""

from bot.core.article import Draft, Head
from bot.index.searched_files import SearchedFiles
from tests.fakes.article_store import FakeArticleStore


def test_a_file_that_another_question_reads_meanwhile_is_looked_through() -> None:
    store = FakeArticleStore()
    for slug in ("heron", "otter", "owl"):
        store.save(slug, Draft(Head(slug), f"The {slug} sleeps.\n"))
    files = SearchedFiles(store, store.list())
    one, other = files.texts(()), files.texts(())
    found = [next(one)]
    seen = [next(other)]  # the file that has been read so far
    found += one
    seen += other
    assert sorted(slug for slug, _ in found) == ["heron", "otter", "owl"]
    assert sorted(slug for slug, _ in seen) == ["heron", "otter", "owl"]
