"""Recognition of short lines that name the author of a text or its date, by their set phrases."""

from __future__ import annotations

import re

STAMP_WORDS = frozenset(
    "published publish posted post updated update last modified first created date on at the "
    "of by in am pm a.m p.m a.m. p.m. gmt utc bst est edt et pst pdt pt cst cdt ct ist cet "
    "cest hrs hours hour minutes minute mins min days day weeks week months month years year "
    "ago yesterday today uhr monday tuesday wednesday thursday friday saturday sunday mon tue "
    "tues wed thu thur thurs fri sat sun january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec "
    "januar februar märz april mai juni juli august oktober dezember veröffentlicht "
    "aktualisiert am um janvier février mars avril juin juillet août septembre octobre "
    "novembre décembre publié le à mis jour enero febrero marzo abril mayo junio julio agosto "
    "septiembre octubre noviembre diciembre publicado el de gennaio febbraio maggio giugno "
    "luglio settembre ottobre dicembre pubblicato il janeiro fevereiro março maio junho julho "
    "agosto setembro outubro novembro dezembro atualizado em às montag dienstag mittwoch "
    "donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche "
    "lunes martes miércoles jueves viernes sábado domingo th st nd rd h z t "
    "actualizado a las los modifié mise aggiornato alle ore opublikowano dodano aktualizacja "
    "zaktualizowano godz stycznia lutego marca kwietnia maja czerwca lipca sierpnia września "
    "października listopada grudnia опубликовано обновлено изменено в г года января февраля "
    "марта апреля мая июня июля августа сентября октября ноября декабря güncelleme "
    "güncellenme yayınlanma yayın tarihi giriş eklenme saat ocak şubat mart nisan mayıs "
    "haziran temmuz ağustos eylül ekim kasım aralık 年 月 日 時 时 分 秒 更新 公開 配信 掲載 "
    "最終更新 更新日 公開日 发布 發布 发布时间 更新时间 时间 時間".split()
)
STAMP_PIECE = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*")

_PERSON = (
    r"(?:(?:[^\W\d_a-z]\.\s?)*[^\W\d_a-z][\w'’-]+)"
    r"(?:\s(?:de|da|van|von|der|den|del|di|la|le|el|al|bin|ibn|[^\W\d_a-z]\.|[^\W\d_a-z][\w'’-]+)){0,4}"
)
ROLE_UNSPACED = (
    r"(?:本[报報社网網])?(?:[记記]者|通[讯訊]员|作者|撰文|取材・文|文・写真|文|著者|執筆)"
    r"[・:：＝=／/\s]\s*"
)
"""The role before an author's name in Chinese and Japanese."""
_SIGNED_UNSPACED = rf"{ROLE_UNSPACED}[\u3040-\u30ff\u3400-\u9fff]{{2,8}}"
_BETWEEN = re.compile(r"\s[·•]\s")
BYLINE = re.compile(
    r"(?:[Tt]his (?:article|story|post|report|piece) was )?"
    r"(?:(?:[Ww]ritten|[Cc]ontributed|[Rr]eported|[Pp]osted|[Ss]ubmitted|[Ss]tory|[Tt]ext|[Aa]rticle|[Ww]ords)\s+)?"
    r"(?:[Bb]y|BY|[Vv]on|VON|[Pp]ar|PAR|[Pp]or|POR|[Dd]i|[Dd]oor|[Aa]v|[Aa]f|[Aa]ut(?:o|eu)r|[Aa]uthor|[Aa]utore|[Rr]edakteur|[Rr]eporter|[Аа]втор|[Hh]aber|[Yy]azan|[Mm]uhabir)\s*:?\s+"
    rf"{_PERSON}(?:\s?(?:,|&|\||/|and|und|et|y|e|og|och|en)\s{_PERSON})*"
    r"(?:\s?[,|–—-]\s?[\w@., ]{2,50})?\W*"
    rf"|{_SIGNED_UNSPACED}(?:\s+{_SIGNED_UNSPACED})*\W*"
    rf"|{_PERSON}\s?[|,–—-]\s?(?:@\w+|(?:\w+\s){{0,4}}(?:[Rr]eporter|[Cc]orrespondent|[Ee]ditor|[Ww]riter|[Ss]taff|"
    r"[Jj]ournalist|[Cc]ontributor|[Cc]olumnist|[Bb]ureau|[Rr]edakteur(?:in)?))\b.{0,40}"
)
_SIGNED = re.compile(rf"(.{{1,60}}?)[\s,|·–—-]+[Bb]y\s+(?:@\w+|{_PERSON})")
"""A date and who wrote on it: "On 6/13/2018 by @ada"."""
_CALENDAR = re.compile(
    r"^\w+\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|"
    r"september|october|november|december|christmas|easter)\b",
    re.IGNORECASE,
)


def is_stamp(text: str) -> bool:
    """Return whether a text is only a date or a time, with the words that go with one."""
    if len(text) > 120 or not any(character.isdigit() for character in text):
        return "ago" in text.lower().split() and len(text.split()) <= 5
    return all(piece.lower() in STAMP_WORDS for piece in STAMP_PIECE.findall(text))


def is_byline(text: str, authors: tuple[str, ...] = ()) -> bool:
    """Return whether a whole short block names who wrote the article. Takes the known names."""
    parts = _BETWEEN.split(text.strip())
    if len(parts) > 1 and all(map(is_stamp, parts[1:])):
        return is_byline(parts[0], authors)
    if len(text.split()) > 16:
        return False
    folded = text.casefold()
    if any(author.casefold() in folded for author in authors if len(author) > 3):
        return len(text.split()) <= 12 and not text.rstrip().endswith((".", "?", "!"))
    line = text.strip()
    if (signed := _SIGNED.fullmatch(line)) and is_stamp(signed[1]):
        return True
    return (
        BYLINE.fullmatch(line) is not None
        and _CALENDAR.match(line) is None
        and not line.endswith(("?", "!"))
    )
