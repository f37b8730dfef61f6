"""Names that a document's properties give for its author and that are those of an account or a
program: a wrong author in a citation is worse than none."""

from __future__ import annotations

import re

_ACCOUNT = re.compile(
    r"\(?(?:admin(?:istrator|istrateur|istrador|istratör)?|anonymous|anonym\w*|author|authors|autor"
    r"|benutzer|client|computer|default|guest|gast|hp|ieuser|dell|lenovo|acer|asus|toshiba|home|"
    r"laptop|me|microsoft|(?:microsoft )?(?:office(?: user)?|word)|my (?:computer|pc)|none|"
    r"null|n/?a|owner|(?:pdf|la|xe|lua)+tex\b.*|tex|"
    r"adobe (?:systems|acrobat|framemaker|illustrator|indesign|livecycle|pagemaker|pdf"
    r"|photoshop)\b.*|"
    r"(?:acrobat|indesign|libreoffice|openoffice|ghostscript)\b.*|"
    r"(?:acer|asus|dell|hp|lenovo|unknown) (?:author|user)|"
    r"pc|root|sap\w*|student|system|sysadmin|temp|test|undefined|unknown|unspecified|untitled|"
    r"user(?:name)?|"
    r"usuario|utente|utilisateur|usuário|użytkownik|kullanıcı|пользователь|администратор|админ|аноним"
    r"|автор|用户|管理员|匿名|佚名|作者|ユーザー?|管理者|사용자|"
    r"windows(?:[- ](?:user|benutzer|usuario|utilisateur))?|word|workstation|autobvt|library|"
    r"(?:xerox|canon|ricoh|kyocera|konica minolta|epson|lexmark|brother|sharp) "
    r"(?:workcentre|mfp|printer|scanner|\S*\d).*|xerox|scan(?:ner)?)[-_ .]?\d*\)?",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"\S*[\d\\@_/]\S*|[a-z][a-z.-]*|[A-Z]{5,}[\dA-Z]*")
"""A single word with digits or signs, all small or all capital letters."""


def without_accounts(authors: str) -> str:
    """Return the authors that a document's properties name, without those that are an account's
    name; "" if none is left. Several are separated by ``;`` or by commas."""
    separator = ";" if ";" in authors else ","
    named = [name.strip() for name in authors.split(separator)]
    kept = [name for name in named if name and not is_account(name)]
    if len(kept) == len(named):
        return authors.strip()
    return f"{separator} ".join(kept)


def is_account(name: str) -> bool:
    """Return whether a name is that of an account or a program, not of a person."""
    return is_default_name(name) or _LOGIN.fullmatch(name) is not None


def is_default_name(name: str) -> bool:
    """Return whether a name is one that programs give where nobody said any ("Administrator")."""
    return _ACCOUNT.fullmatch(name) is not None
