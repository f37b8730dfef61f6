"""Adding: which name an article gets, what is there already, and that nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.adding import AddedArticle
from bot.core.article import Draft, Head
from bot.core.errors import ArticleError, Problem
from bot.core.passages.article_difference import ArticleDifference
from bot.core.seams import Fault
from bot.sources.corpus.slugs import add, slugify
from tests.fakes.article_store import FakeArticleStore
from tests.wording import raises

HEAD = Head("The Owl", published="2016-07-18")
OWL = Draft(HEAD, "It hunts at night.\n\nIt is a bird.\n")


@pytest.fixture
def store() -> FakeArticleStore:
    return FakeArticleStore()


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("China and Russia’s North Korea problem", "china-and-russias-north-korea-problem"),
        ("  R&D: 99.72-% -- _why_? ", "r-d-99-72-why"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows\\a", "c-windows-a"),
        ("a#8@3f9c2a1b/b", "a-8-3f9c2a1b-b"),
        ("Łódź, São Paulo & Ærø", "łódź-são-paulo-ærø"),
        ("ﬁne ＡＢＣ ①", "fine-abc-1"),
        ("東海の問題", "東海の問題"),
        ("हिन्दी में", "हिन्दी-में"),
        ("a\u202eb\u0000c\nd", "a-b-c-d"),
        ("😀 !?", "article"),
        ("", "article"),
        ("\ud800", "article"),
        ("word " * 40, "-".join(["word"] * 16)),
        ("x" * 300, "x" * 80),
        ("中" * 300, "中" * 66),
    ],
)
def test_a_name_comes_from_the_title(title: str, slug: str) -> None:
    assert slugify(title) == slug


@given(st.text())
def test_every_title_gives_a_name_that_a_file_and_an_address_can_hold(title: str) -> None:
    slug = slugify(title)
    assert slug.isprintable()
    assert 0 < len(slug.encode()) <= 200
    assert len(slug) <= 80
    assert not set(slug) & set("#@/\\. \n")
    assert FakeArticleStore().save(slug, OWL)


def test_a_new_article_is_added(store: FakeArticleStore) -> None:
    assert add(OWL, store) == AddedArticle("added", "the-owl", HEAD, "the-owl.md")
    assert store.drafts == {"the-owl": OWL}


def test_the_same_text_again_changes_nothing(store: FakeArticleStore) -> None:
    add(OWL, store)
    before = store.list()
    assert add(OWL, store) == AddedArticle("known", "the-owl", HEAD, "the-owl.md")
    rewrapped = OWL._replace(body="It hunts\nat night.\n\n\nIt is a *bird*.\n")
    assert add(rewrapped, store).kind == "known"
    assert store.list() == before


def test_the_same_text_known_better_stays_as_it_is(store: FakeArticleStore) -> None:
    known = OWL._replace(head=HEAD._replace(publisher="The Paper", url="https://e.org/"))
    store.save("the-owl", known)
    assert add(OWL, store) == AddedArticle("known", "the-owl", known.head, "the-owl.md")
    assert store.drafts == {"the-owl": known}


def test_what_is_newly_known_of_the_same_text_is_taken_up(store: FakeArticleStore) -> None:
    add(OWL, store)
    outcome = add(OWL._replace(head=HEAD._replace(author="Ann")), store)
    assert outcome.kind == "replaced"
    assert outcome.changes == (ArticleDifference("head", "author", None, "Ann"),)


def test_a_changed_text_replaces_the_old_one_and_says_what_changed(store: FakeArticleStore) -> None:
    body = "\n\n".join(["One.", "Two.", "Three.", "Four.", "Five and more, and more of it."])
    store.save("the-owl", OWL._replace(body=body, head=HEAD._replace(publisher="The Paper")))
    changed = OWL._replace(
        body="\n\n".join(
            ["One.", "Too.", "To.", "Three.", "Five and more, and more of it.", "Six."]
        )
    )
    outcome = add(changed, store)
    assert outcome == AddedArticle(
        "replaced",
        "the-owl",
        HEAD._replace(publisher="The Paper"),
        "the-owl.md",
        (
            ArticleDifference("changed", old=(2, 2), new=(2, 3)),
            ArticleDifference("removed", old=(4, 4)),
            ArticleDifference("added", new=(6, 6)),
        ),
        "the same text for the most part",
    )
    assert store.drafts["the-owl"] == changed._replace(head=outcome.head)


def test_an_original_takes_the_place_of_its_digest(store: FakeArticleStore) -> None:
    digest = Draft(HEAD._replace(digest_of="the article", language="en"), "In short: it hunts.")
    store.save("the-owl", digest)
    outcome = add(OWL, store)
    assert (outcome.kind, outcome.reason) == ("replaced", "the original's words")
    assert outcome.changes == (
        ArticleDifference("head", "digest_of", "the article", None),
        ArticleDifference("changed", old=(1, 1), new=(1, 2)),
    )
    assert outcome.head == HEAD._replace(language="en")


def test_a_digest_does_not_take_its_original_s_place(store: FakeArticleStore) -> None:
    add(OWL, store)
    digest = Draft(HEAD._replace(published=None, digest_of="the article"), "In short: it hunts.")
    assert add(digest, store).slug == "the-owl-2"
    assert store.drafts["the-owl"] == OWL


@pytest.mark.parametrize(
    ("other", "slug"),
    [
        (Head("The owl!"), "the-owl-2"),
        (Head("The Owl", published="2017-01-01"), "the-owl-2017-01-01"),
        (Head("The Owl", published="2017"), "the-owl-2017"),
        (Head("The Owl", url="https://e.org/a"), "the-owl-2"),
    ],
)
def test_another_text_of_the_same_title_lives_beside_it(
    store: FakeArticleStore, other: Head, slug: str
) -> None:
    add(OWL, store)
    second = Draft(other, "Another text, of another bird.\n")
    assert add(second, store) == AddedArticle("added", slug, other, f"{slug}.md", beside="the-owl")
    assert add(second, store).kind == "known"
    assert add(OWL, store).kind == "known"
    third = Draft(other._replace(url=None), "A third one: the barn owl's year.")
    assert add(third, store).beside == "the-owl"
    assert sorted(draft.body for draft in store.drafts.values()) == sorted(
        [OWL.body, second.body, third.body]
    )


def test_the_link_tells_whether_it_is_the_same_article(store: FakeArticleStore) -> None:
    here = OWL._replace(head=HEAD._replace(url="https://e.org/a"))
    add(here, store)
    moved = Draft(here.head._replace(published="2016-07-19"), "Wholly rewritten since.")
    assert (add(moved, store).kind, add(moved, store).kind) == ("replaced", "known")
    elsewhere = here._replace(head=HEAD._replace(url="https://e.org/b"))
    assert add(elsewhere, store).slug == "the-owl-2016-07-18"
    again = elsewhere._replace(head=elsewhere.head._replace(published="2018-01-01"), body="New.")
    outcome = add(again, store)
    assert (outcome.slug, outcome.reason) == ("the-owl-2016-07-18", "the same link")


def test_the_same_original_read_anew_takes_its_place(store: FakeArticleStore) -> None:
    add(OWL._replace(head=HEAD._replace(sha256="ab")), store)
    better = Draft(HEAD._replace(sha256="ab", published=None), "Read by a better reader.")
    outcome = add(better, store)
    assert (outcome.kind, outcome.reason) == ("replaced", "the same original")


def test_of_what_was_added_a_moment_ago_nothing_is_replaced(store: FakeArticleStore) -> None:
    add(OWL, store)
    revised = OWL._replace(body=OWL.body + "\nIt is silent.\n")
    assert add(revised, store, {"the-owl"}).slug == "the-owl-2016-07-18"
    assert add(OWL, store, {"the-owl"}).kind == "known"
    assert store.drafts["the-owl"] == OWL


def test_what_is_no_article_keeps_its_name(store: FakeArticleStore) -> None:
    store.faults.append(Fault("the-owl.md", Problem("file.irregular")))
    undated = OWL._replace(head=Head("The Owl"))
    store.save("the-owl-2", undated._replace(body=""))
    assert add(undated, store).slug == "the-owl-3"
    assert add(undated, store).kind == "known"


def test_no_text_is_refused_where_it_would_replace_some(store: FakeArticleStore) -> None:
    add(OWL, store)
    with raises(ArticleError, match="it holds no text"):
        add(OWL._replace(body=" \n"), store)
    assert store.drafts == {"the-owl": OWL}


def test_no_text_is_refused_where_it_would_be_new(store: FakeArticleStore) -> None:
    with raises(ArticleError, match="it holds no text"):
        add(OWL._replace(body="<!-- nothing -->"), store)
    assert store.drafts == {}
