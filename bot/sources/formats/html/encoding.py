"""Conversion of a web page's bytes to its text: the character encoding, declared or detected."""

from __future__ import annotations

import re
from contextlib import suppress

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I)
_SAMPLE = 100_000
"""Number of bytes that the detector reads; it takes a second for ten times as many."""
_ENCODINGS = (
    "cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp932 euc_jp iso2022_jp "
    "gb18030 big5 cp949 koi8_r iso8859_2 cp866"
).split()
"""Encodings of web pages without a declaration."""
_SAME_AS = {
    **dict.fromkeys("iso-8859-1 iso8859-1 latin-1 latin1 ascii us-ascii".split(), "windows-1252"),
    **dict.fromkeys("shift_jis shift-jis x-sjis sjis".split(), "cp932"),
    **dict.fromkeys("gb2312 gbk x-gbk".split(), "gb18030"),
    **dict.fromkeys("ks_c_5601-1987 euc-kr euc_kr".split(), "cp949"),
    **dict.fromkeys("tis-620 iso-8859-11 windows-874".split(), "cp874"),
    "iso-8859-9": "windows-1254",
}
"""The larger encodings that browsers read some names as (WHATWG Encoding, "Names and labels")."""


_LATIN = frozenset(("cp1250", "cp1254", "cp1257", "cp1258", "iso8859_2"))
"""Encodings that the detector does not tell from windows-1252: it takes "señor" for "seńor"."""
_WESTERN = frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøùúûüœßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŒ¡¿«»‹›‘’“”„–—…•·´°§©®€£\xa0"
)
_ASCII = re.compile("[\0-\x7f]+")
_SHIFTED = (b"\x1b$B", b"\x1b$@")
"""The signs of ISO-2022-JP, whose bytes are all valid UTF-8 (RFC 1468)."""


def decode(data: bytes) -> str:
    """Return a page's text by byte order mark, valid UTF-8, declaration, and last by detection
    (WHATWG HTML, "Determining the character encoding"). Never fails: invalid bytes become
    U+FFFD."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if any(sign in data for sign in _SHIFTED):
        with suppress(UnicodeDecodeError):
            return data.decode("iso2022_jp_2")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        slip = error
    declared = _DECLARED.search(data[:8192])
    name = declared.group(1).decode("ascii").lower() if declared else ""
    name = _SAME_AS.get(name, name)
    # one bad byte far into a UTF-8 page is a slip, not another encoding
    if name == "utf-8" or (slip.start > 2000 and not data[: slip.start].isascii()):
        text = data.decode("utf-8", "replace")
        unknown = text.count("\ufffd")
        if len(_ASCII.sub("", text)) - unknown >= unknown:
            return text  # else most of its letters are none of UTF-8, whatever it says
    elif name:
        try:
            return data.decode(name)
        except UnicodeDecodeError as error:
            if error.start > 2000:
                return data.decode(name, "replace")
        except LookupError:
            pass  # unknown name: detect it from the bytes
    return data.decode(_detected(data), "replace")


def _detected(data: bytes) -> str:
    """Return the encoding that fits a page's words, without its markup, best."""
    from charset_normalizer import from_bytes

    words = re.sub(rb"(?is)<(script|style)\b.*?</\1\s*>|<[^<>]{1,2000}>", b" ", data)
    first = next((n for n, byte in enumerate(words) if byte >= 0x80), 0)
    sample = words[max(0, first - 1000) :][:_SAMPLE]
    # nearly all bytes are Thai letters in Thai's encoding: it is asked of where no other fits
    best = (
        from_bytes(sample, cp_isolation=_ENCODINGS).best()
        or from_bytes(sample, cp_isolation=["cp874"]).best()
    )
    if best is None or "cp1252" in best.could_be_from_charset:
        return "windows-1252"
    if best.encoding in _LATIN and _is_western(sample):
        return "windows-1252"
    return str(best.encoding)


def _is_western(sample: bytes) -> bool:
    """Return whether all letters of a text are of Western Europe's languages in windows-1252, as
    they would not be were it another's. Some of those of Hungarian ("ő") and Czech ("ř", "č") would
    be "õ", "ø" and "è" there: Portuguese has "ã" beside the first, and no language the others."""
    letters = set(_ASCII.sub("", sample.decode("cp1252", "replace")))
    if ("õ" in letters and "ã" not in letters) or ("ø" in letters and letters & {"è", "ì"}):
        return False
    return letters <= _WESTERN
