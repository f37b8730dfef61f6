"""The error where a text names no article, or several."""

import pytest

from bot.service.titles import Found, Resolution, Several, Title, Unknown
from bot.service.unresolved_article import unresolved

OWL, GULL = Title("owl", "The barn owl"), Title("gull", "The gull")


@pytest.mark.parametrize(
    ("text", "resolution", "code", "data"),
    [
        ("  ", Unknown(()), "article.unnamed", {"text": "  "}),
        (
            "the",
            Several((OWL, GULL)),
            "article.ambiguous",
            {"text": "the", "titles": ("“The barn owl”", "“The gull”")},
        ),
        (
            " owls ",
            Unknown((OWL,)),
            "article.misnamed",
            {"text": "owls", "titles": ("“The barn owl” (owl)",)},
        ),
        (
            "brn owl",
            Found(OWL, is_exact=False, is_guess=True),
            "article.misnamed",
            {"text": "brn owl", "titles": ("“The barn owl” (owl)",)},
        ),
        (" fish ", Unknown(()), "article.unknown", {"text": "fish"}),
    ],
)
def test_what_was_read_decides_what_is_said(
    text: str, resolution: Resolution, code: str, data: dict[str, object]
) -> None:
    error = unresolved(text, resolution)
    assert (error.code, dict(error.data), error.resolution) == (code, data, resolution)
    assert error.text == data["text"]
