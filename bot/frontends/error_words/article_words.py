"""Messages about files: why one is no article. Each goes on after the file's name and a colon."""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES: Mapping[str, str] = {
    "article.name": "{slug!r} cannot be an article's name",
    "article.not_in_database": "it is no longer in the database",
    "article.paragraphs": ("it has more than the {most:,} paragraphs that can be read; split it"),
    "article.without_body": "it holds no text; write some below its head",
    "article.without_text": "it holds no text",
    "data.code": "it is a program or a style sheet, no article",
    "data.feed": "it is a feed or a sitemap, which names articles; `add --feed` adds those",
    "data.kind": "it is data ({kind}), no article",
    "file.broken_link": "it is a link to a file that is not there; remove it",
    "file.in_the_way": "{path}: something that is no article lies there; move it away",
    "file.irregular": "it is no regular file",
    "file.kind": "a {suffix} file cannot be read as an article; these can: {kinds}",
    "file.leads_out": "it is a link that leads out of the folder; copy the file instead",
    "file.leads_out_of_added": "it is a link that leads out of the folder; add what it leads to",
    "file.long": "it is longer than {longest:,} bytes",
    "file.name": "its name holds what cannot stand in an address; rename it",
    "file.namesake": "an article of that name is there already ({path}); rename one of them",
    "file.null_in_name": "it cannot be read (its name holds a null character)",
    "file.size": "it has more than the {most:g} MB of [corpus] largest_file_mb",
    "file.unreadable": "it cannot be read ({reason})",
    "file.without_suffix": (
        "a file without a suffix cannot be read as an article; these can: {kinds}"
    ),
    "folder.empty": "there is no file in it",
    "folder.name": "its folder's name is not UTF-8; rename the folder",
    "folder.no_kind": "nothing in it is of a kind that is read ({files}); these are: {kinds}",
    "folder.no_kind_of_many": (
        "nothing in it is of a kind that is read ({files} and {more:,} more); these are: {kinds}"
    ),
    "folder.unreadable": "the folder cannot be read ({reason})",
    "front_matter.date": (
        "line {line}: its front matter has {key}: {value!r}; write it as YYYY-MM-DD"
    ),
    "front_matter.link": (
        "line {line}: its front matter has {key}: {value!r}; write it as https://..."
    ),
    "front_matter.long": (
        "line {line}: its front matter is longer than {longest} characters; shorten it"
    ),
    "front_matter.misspelt": "line {line}: its front matter has {key}; did you mean {close}?",
    "front_matter.no_mapping": "line {line}: its front matter is no list of `key: value` lines",
    "front_matter.no_single_value": (
        "line {line}: its front matter has {key}: that is no single value; write one line"
    ),
    "front_matter.no_toml": "line {line}: its front matter is no TOML: {reason}",
    "front_matter.no_yaml": "line {line}: its front matter is no YAML: {reason}",
    "front_matter.pages": (
        "line {line}: its front matter has {key}: {value!r}; write a list of whole numbers, "
        "[1, 1, 2]"
    ),
    "front_matter.twice": "line {line}: its front matter has {key} twice; keep one of them",
    "front_matter.unclosed": (
        "line {line}: its front matter has no closing --- line; add one below it"
    ),
    "mail.damaged": "it is damaged and cannot be read as a mail",
    "mail.parts": "it has more than {most:,} parts",
    "mail.without_text": "the mail holds no text, only attachments",
    "mail.wrong_kind": "it is not a mail, whatever its name says",
    "markdown.marks": (
        "the paragraph that begins {beginning!r} has {marks} marks of Markdown, too many to be "
        "read; put a backslash before each"
    ),
    "markdown.pieces": (
        "its Markdown has {pieces:,} lines and cells of tables, more than the {most:,} that can "
        "be read; split it"
    ),
    "notebook.not_json": "it is no notebook, whatever its name says: it is not JSON",
    "notebook.without_cells": "the notebook holds no cells",
    "office.damaged": "the {kind} file is damaged and cannot be read",
    "office.locked": "the {kind} file is locked with a password",
    "office.no_pandoc": (
        '{kind} files need pandoc; install it with: pip install "articlebot[documents]"'
    ),
    "office.pandoc": "pandoc cannot be run ({reason})",
    "office.timeout": "the {kind} file was not read within {seconds:.0f} seconds",
    "office.unpacked_size": "the {kind} file unpacks to more than {megabytes:.0f} MB",
    "office.without_text": "the {kind} file holds no text",
    "office.wrong_kind": "it is no {kind} file, whatever its name says",
    "page.challenge": "the site asks whether a person is there, and does not show the page",
    "page.list": "the page is a list of other pages; add the one that is meant",
    "page.login": "the site asks to log in first",
    "page.missing": "the site says that there is no such page",
    "page.without_html": "the page holds nothing that can be read as HTML",
    "page.without_text": "the page holds no article's text; it may be drawn by a script",
    "page.wrong_kind": "it is no web page, whatever its name says",
    "pdf.circular": "the PDF is damaged: one of its objects is nothing but itself",
    "pdf.crowded": "page {page:,} of the PDF holds more than anybody can read",
    "pdf.damaged": "the PDF is damaged and cannot be read",
    "pdf.locked": "the PDF is locked with a password; save it without one",
    "pdf.no_contents": "the PDF is damaged: its table of contents is missing",
    "pdf.only_title": "the PDF holds nothing but a title",
    "pdf.scan": (
        "the PDF holds no text, only pictures of it (a scan); run it through a program for text "
        "recognition (OCR) and add what that gives"
    ),
    "pdf.too_many_pages": "the PDF has more than {most:,} pages; split it",
    "pdf.without_text": "the PDF holds no text",
    "pdf.wrong_kind": "it is no PDF, whatever its name says",
    "reading.crashed": "the program that reads it broke down over it",
    "reading.memory": "reading it takes more memory than it is worth; make it smaller",
    "reading.nesting": "it is nested too deeply to be read",
    "reading.no_process": "no process could be started to read it ({reason})",
    "reading.timeout": "it was not read within {seconds:g} seconds",
    "saved_page.damaged": "it is damaged and cannot be read as a saved page",
    "saved_page.without_html": "the saved page holds no HTML",
    "saved_page.wrong_kind": "it is not a saved page, whatever its name says",
    "text.binary": "it is binary, not text",
    "text.not_utf8": "line {line}: it is not UTF-8 text (byte 0x{byte:02x}); save it as UTF-8",
    "text.utf16": "it is UTF-16 text; save it as UTF-8",
    "upload.kind": "a file of this kind cannot be read as an article; use {kinds}",
    "upload.size": "it has more than {megabytes:g} MB",
}
