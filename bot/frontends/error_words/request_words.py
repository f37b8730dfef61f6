"""Messages about what somebody asked for: addresses, articles, kept answers, quotas."""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES: Mapping[str, str] = {
    "add.nothing": "nothing to add; name a file, a folder or a link",
    "add.title_of_several": "--title goes with one file; add the others on their own",
    "address.in_no_passage": "{address} is in no passage as a whole; name fewer paragraphs",
    "address.malformed": "{text!r} is no address; one looks like slug#8 or slug#7-8",
    "address.no_paragraphs": "{text!r} is no location in an article",
    "address.order": "{text!r}: paragraphs count from 1, and the first comes before the last",
    "address.without_paragraph": "{address} names no paragraph; write {address}#1 for the first",
    "address.without_quotation": (
        "{address} does not say what was quoted; give its @hash, or the words with --quote"
    ),
    "address.words_changed": (
        "{address}: the words are changed; ask again, and keep what stands there now"
    ),
    "address.words_gone": (
        "{address}: the words are gone; ask again, and keep what stands there now"
    ),
    "article.ambiguous": "several articles are called so: {titles}; write more of the title",
    "article.misnamed": "there is no article {text!r}; did you mean {titles}?",
    "article.missing": "there is no article {slug!r}; {listing} lists them",
    "article.no_name": "{slug!r} is no article's name",
    "article.not_here": "there is no article {slug!r}",
    "article.unknown": "there is no article {text!r}; {listing} lists them",
    "article.unnamed": "name an article; {listing} lists them",
    "article.unreadable": "{slug}: {error}",
    "articles.without_kept_answers": "answers cannot be kept with these articles",
    "chat.empty_question": "the question is empty; write /ask question: ...",
    "chat.no_command": "there is no command /{name}; there are {known}",
    "chat.nothing_to_show": "there is no passage to show; ask a question first",
    "eval.answer_list": "{location}: {key} is {value}; it has to be a list of texts in quotes",
    "eval.article": "{location}: {key} is {value}; it has to be a slug in quotes",
    "eval.empty": '{path}: it holds no questions; write lines like {{"question": "..."}}',
    "eval.gold": (
        "{location}: {key} is {value}; it has to be words of the right passage, in quotes"
    ),
    "eval.no_article": '{location}: it has a paragraph but no article; add "article": its slug',
    "eval.no_json": "{location}: this is no JSON: {reason}",
    "eval.no_question": '{location}: this has no question; write {{"question": "..."}}',
    "eval.no_svg": "{path}: the plot is drawn as SVG; give it a name that ends so",
    "eval.not_utf8": "{path}: the questions cannot be read (it is not UTF-8)",
    "eval.paragraph": "{location}: {key} is {value}; it has to be a whole number",
    "eval.unreadable": "{path}: the questions cannot be read ({reason})",
    "eval.unwritable": "{path}: the folder {folder} cannot be written",
    "kept.full": "server {name} keeps {most:,} answers; forget one first",
    "kept.long": '"{key}" is longer than {longest:,} characters',
    "kept.malformed": "line {line} is no kept answer ({problem}); mend it, or take it out",
    "kept.no_object": "it is no JSON object",
    "kept.no_text": '"{key}" is missing or no text',
    "kept.not_json": "it is not JSON",
    "paragraph.missing": "{slug} has {paragraphs} paragraphs; there is no paragraph {paragraph}",
    "question.empty": "the question is empty; write one, in quotation marks",
    "question.long": "the question is longer than {longest:,} characters",
    "quota.articles": (
        "This server’s shelf holds {held:,} articles; {most:,} are the most. Remove one first."
    ),
    "quota.size": (
        "This server’s shelf holds at most {most:g} MB; that would be {size:.1f} MB. Remove an "
        "article first."
    ),
    "quotation.changed": "the article has changed since, and no longer says this",
    "quotation.gone": "the article this was quoted from is no longer there",
    "quotation.not_kept": "the answer is no longer kept",
    "refresh.no_link": "{slug} has no link to fetch it from; `add` its new file instead",
    "service.overloaded": "too many questions at once; ask again in a moment",
    "tenant.without_articles": "server {name} has no articles of its own",
    "upload.large": "it is larger than {megabytes:.3g} MB",
    "upload.not_received": "Discord did not hand it over; send it again",
}
"""The sizes of a quota are in megabytes of 10^6 bytes."""

SINGULARS: Mapping[str, tuple[str, str]] = {
    "paragraph.missing": (
        "{slug} has {paragraphs} paragraph; there is no paragraph {paragraph}",
        "paragraphs",
    ),
    "quota.articles": (
        "This server’s shelf holds {held:,} article; {most:,} are the most. Remove one first.",
        "held",
    ),
}
"""Messages that say a number: the form for one, and the name of the number among the data."""
