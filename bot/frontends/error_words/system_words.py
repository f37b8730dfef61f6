"""The operating system's reasons, which stand within messages: what C libraries say of an `errno`
in English, and catalogues in other languages. Other messages are shown as the system gives them."""

from __future__ import annotations

from bot.frontends.languages import Language, mark

REASONS = (
    mark("Address already in use"),
    mark("Bad file descriptor"),
    mark("Broken pipe"),
    mark("Cannot allocate memory"),
    mark("Cannot assign requested address"),
    mark("Connection refused"),
    mark("Connection reset by peer"),
    mark("Connection timed out"),
    mark("Device or resource busy"),
    mark("Directory not empty"),
    mark("Disk quota exceeded"),
    mark("File exists"),
    mark("File name too long"),
    mark("File too large"),
    mark("Input/output error"),
    mark("Invalid argument"),
    mark("Is a directory"),
    mark("Name or service not known"),
    mark("Network is unreachable"),
    mark("No route to host"),
    mark("No space left on device"),
    mark("No such file or directory"),
    mark("Not a directory"),
    mark("Operation not permitted"),
    mark("Permission denied"),
    mark("Read-only file system"),
    mark("Resource temporarily unavailable"),
    mark("Temporary failure in name resolution"),
    mark("Too many levels of symbolic links"),
    mark("Too many open files"),
)


def reason_in_words(reason: str, language: Language) -> str:
    """Return a reason of the operating system in a language, if it is known there."""
    return language.gettext(reason) if reason in REASONS else reason
