"""Members of a ZIP file (APPNOTE 6.3), as office documents are, put in the place of others."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping


def replaced(archive: zipfile.ZipFile, members: Mapping[str, bytes]) -> bytes:
    """Return the bytes of an archive in which these members, by name, have other contents. Of
    members of one name the last is kept. Raises what `zipfile` raises if it is damaged."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in dict.fromkeys(archive.namelist()):
            copy.writestr(name, members[name] if name in members else archive.read(name))
    return packed.getvalue()
