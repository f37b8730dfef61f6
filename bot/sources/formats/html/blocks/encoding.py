"""Conversion of a web page's bytes to its text: the character encoding, declared or detected."""

from __future__ import annotations

import re
from contextlib import suppress

from bot.sources.formats.html.blocks.latin_pages import latin_encoding

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I)
_SAMPLE = 100_000
"""Number of bytes that the detector reads; it takes a second for ten times as many."""
_OTHER_SCRIPTS = (
    "cp1251 cp1253 cp1255 cp1256 cp932 euc_jp iso2022_jp gb18030 big5 cp949 koi8_r cp866"
).split()
"""Encodings of web pages without a declaration whose letters are not Latin."""
_SAME_AS = {
    **dict.fromkeys("iso-8859-1 iso8859-1 latin-1 latin1 ascii us-ascii".split(), "windows-1252"),
    **dict.fromkeys("shift_jis shift-jis x-sjis sjis".split(), "cp932"),
    **dict.fromkeys("gb2312 gbk x-gbk".split(), "gb18030"),
    **dict.fromkeys("ks_c_5601-1987 euc-kr euc_kr".split(), "cp949"),
    **dict.fromkeys("tis-620 iso-8859-11 windows-874".split(), "cp874"),
    "iso-8859-9": "windows-1254",
}
"""The larger encodings that browsers read some names as (WHATWG Encoding, "Names and labels")."""

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
                with suppress(UnicodeError):  # not every encoding can replace
                    return data.decode(name, "replace")
        except (LookupError, UnicodeError):
            pass  # unknown name, or one of no texts: detect it from the bytes
    return data.decode(_detected(data), "replace")


def _detected(data: bytes) -> str:
    """Return the encoding that fits a page's words, without its markup, best."""
    from charset_normalizer import from_bytes

    words = re.sub(rb"(?is)<(script|style)\b.*?</\1\s*>|<[^<>]{1,2000}>", b" ", data)
    first = next((n for n, byte in enumerate(words) if byte >= 0x80), 0)
    sample = words[max(0, first - 1000) :][:_SAMPLE]
    if encoding := latin_encoding(sample):
        return encoding
    for encoding in ("euc_jp", "cp932"):
        if _share(_KANA, sample.decode(encoding, "replace")) > _LEAST_KANA:
            return encoding
    best = from_bytes(sample, cp_isolation=_OTHER_SCRIPTS).best()
    if best is None or _share(_HALF_WIDTH, str(best)) > 1 / 2:
        # nearly all bytes are Thai letters in Thai's encoding: it is asked of where no other fits
        best = from_bytes(sample, cp_isolation=["cp874"]).best()
    return "windows-1252" if best is None else str(best.encoding)


_KANA = re.compile("[\u3041-\u30ff]")
_LEAST_KANA = 0.2
"""Share of the letters of a Japanese text that are kana, at least; the rest is Chinese."""
_HALF_WIDTH = re.compile("[\uff61-\uff9f]")
"""Letters of Japanese tills. Where a page seems to be full of them, they are Thai ones."""


def _share(letters: re.Pattern[str], text: str) -> float:
    """Return the share of the characters beyond ASCII that are such letters."""
    beyond = _ASCII.sub("", text)
    return len(letters.findall(beyond)) / len(beyond) if beyond else 0.0
