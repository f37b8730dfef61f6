"""Members of a ZIP file are put in the place of others, and the rest stays."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.formats.zip_members import replaced

_MEMBERS = st.dictionaries(st.sampled_from(["a", "b/c.xml", "mimetype"]), st.binary(max_size=50))


def _packed(members: list[tuple[str, bytes]]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in members:
            archive.writestr(name, data)
    return packed.getvalue()


def _replaced(data: bytes, others: dict[str, bytes]) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        packed = replaced(archive, others)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        return {info.filename: archive.read(info) for info in archive.infolist()}


@given(_MEMBERS, _MEMBERS)
def test_members_of_these_names_have_other_contents(
    members: dict[str, bytes], others: dict[str, bytes]
) -> None:
    expected = {name: others.get(name, data) for name, data in members.items()}
    found = _replaced(_packed(list(members.items())), others)
    assert list(found.items()) == list(expected.items())


def test_of_two_members_of_one_name_the_last_is_kept() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = _packed([("a", b"first"), ("a", b"last")])
    assert _replaced(data, {}) == {"a": b"last"}
