"""Markdown of other programs: what no reader is to see goes, and the words of links stay."""

from __future__ import annotations

import pytest

from bot.sources.formats.dialects import to_commonmark
from bot.sources.formats.file_reading import read_markdown_file
from bot.sources.formats.markdown import article_of
from bot.sources.formats.markdown_writing import write_body
from bot.sources.formats.pandoc_tree import OfficeBlock
from tests.calls import calls_of


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("The bell rings. %% not for the board %%", "The bell rings."),
        ("The bell%%, cracked,%% rings.", "The bell rings."),
        ("One.\n\n%%\nTwo.\n\nThree.\n%%\n\nFour.", "One.\n\n\n\nFour."),
        ("One.\n\n%%\nTwo.\n\nThree.", "One.\n\n"),
        ("100 %% of it, and no more.", "100 %% of it, and no more."),
        (r"A \%\% b \%\%", r"A \%\% b \%\%"),
        ("`%% code %%` and %% none %%.", "`%% code %%` and."),
        ("```\n%% code %%\n[[a]]\n```\n[[b]]", "```\n%% code %%\n[[a]]\n```\nb"),
        ("```\n%% never closed %%", "```\n%% never closed %%"),
        ("~~~~\n%% a %%\n~~~\n%% b %%\n~~~~\n%% c %%", "~~~~\n%% a %%\n~~~\n%% b %%\n~~~~\n"),
        ("Ask the [[Bo Falk|harbour master]].", "Ask the harbour master."),
        ("Ask [[Bo Falk]] of [[Harbour#The crane]].", "Ask Bo Falk of Harbour The crane."),
        ("|a|\n|-|\n|[[Bo\\|him]]|", "|a|\n|-|\n|him|"),
        ("![[crane.png]] The crane.", " The crane."),
        ("As said [[1]](https://e.org) and x[[2]].", "As said [[1]](https://e.org) and x[[2]]."),
        (r"\[\[a\]\]", r"\[\[a\]\]"),
        ("# The crane {#crane .wide}\n\nIt is red.", "# The crane\n\nIt is red."),
        ("The crane {#crane}\n---\n\nIt is red {.sic}", "The crane\n---\n\nIt is red {.sic}"),
        (r"# A set \{.b}", r"# A set \{.b}"),
        ("He pays her. ^b1a2c3\n\nNow. ^end", "He pays her.\n\nNow."),
        ("It grows as 2 ^10", "It grows as 2 ^10"),
        ("# The crane {: #crane}\n\nIt is red.\n{: .wide}\n", "# The crane\n\nIt is red.\n"),
        ("* Contents\n{:toc}\n\nOne.", "\nOne."),
        ("> [!NOTE] Mind this\n> The bell rings.", "> Mind this\n> The bell rings."),
        ("> [!warning]-\n> The bell rings.", "> \n> The bell rings."),
        ("> [!Tar](https://echo.test) it.", "> [!Tar](https://echo.test) it."),
        ("1. Contents\n{:toc}\n\nOne.", "\nOne."),
        ('{{< figure\n  src="a.png"\n>}}\nOne.', "\nOne."),
        (r"> \[!NOTE\] it says.", r"> \[!NOTE\] it says."),
        ("It is ==very== old, and a == b.", "It is very old, and a == b."),
        ('{{< figure src="a.png" >}}\n{{% note %}}Mind.{{% /note %}}', "\nMind."),
        ("`{{< a >}}` and {{ page.title }}", "`{{< a >}}` and {{ page.title }}"),
        ("{% include nav.html a='1' %}\nOne.", "\nOne."),
        ("{%- assign x = 1 -%}One {% if a %}two{% endif %}.", "One two."),
        ("[Fog]({% post_url 2020-01-01-fog %}) came.", "[Fog]() came."),
        (
            "{% raw %}Write {{ page.title }} and {% include x %} ==so==.{% endraw %} All ==read==.",
            "Write {{ page.title }} and {% include x %} ==so==. All read.",
        ),
        (
            "{% highlight ruby %}\na ==b== {{< c >}}\n```\n```\n{% endhighlight %}\nOne.",
            "\n````\na ==b== {{< c >}}\n```\n```\n````\n\nOne.",
        ),
        ("{% comment %}Nobody sees {% include x %} this.{% endcomment %}One.", "One."),
        ("{# nor this #}One.", "One."),
        ("{% raw %}One. {% comment %} Two.", "One.  Two."),
        ("{% raw %}`a {% b %}`{% endraw %} ends.", "`a {% b %}` ends."),
        (r"It is \{% raw %} here.", r"It is \{% raw %} here."),
        ("`{% raw %}` and {% 6 %} of {%}.", "`{% raw %}` and {% 6 %} of {%}."),
        ("No marks.", "No marks."),
    ],
)
def test_a_dialect_is_taken_to_commonmark(written: str, read: str) -> None:
    assert to_commonmark(written) == read


@pytest.mark.parametrize(
    "text",
    ["{{<" + " " * 20_000, "{{% /" + " " * 20_000, "{{< a " * 5000, "{% raw " * 5000, "{# " * 9000],
)
def test_tags_that_do_not_end_are_read_in_linear_time(text: str) -> None:
    assert to_commonmark(f"{text}.") == f"{text}."


def test_eight_times_as_many_tags_take_eight_times_as_many_calls() -> None:
    def work(count: int) -> int:
        return calls_of(lambda: to_commonmark("{% raw %}a{% comment %}b{% endraw %}c" * count))

    assert work(480) < 20 * work(60)


def test_a_note_s_title_and_text_have_none_of_it() -> None:
    (draft,) = read_markdown_file(
        b"# The [[bell|third bell]] {#bell}\n\nIt rings. %% It is cracked. %%\n", "note"
    )
    assert (draft.head.title, draft.body.strip()) == ("The third bell", "It rings.")


@pytest.mark.parametrize(
    "said",
    [
        "say ==x== now",
        "[!NOTE] Mind",
        "{: .note}",
        "a {{< b >}} c",
        "a {% b %} c",
        "a {# b #} c",
        "{:toc}",
    ],
)
@pytest.mark.parametrize("kind", ["paragraph", "quotation", "item", "heading"])
def test_what_a_page_says_in_such_marks_reads_back(said: str, kind: str) -> None:
    body = write_body([OfficeBlock("paragraph", "Mind this."), OfficeBlock(kind, said)])
    (draft,) = read_markdown_file(f"---\ntitle: Marks\n---\n\n{body}\n".encode(), "note")
    assert article_of("note", draft).text == f"Mind this.\n\n{said}"
