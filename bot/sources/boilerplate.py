# ruff: noqa: E501 - the set phrases are read more easily one to a line
"""What on a news page is not its article: told by the names its makers gave the parts, and by
the set phrases of such parts.

The names are whole words of ``class``, ``id``, ``role`` and the like (``share-bar`` has the words
share and bar), never parts of words: ``barrier`` is not a bar. The phrases are matched against
whole short blocks, never found within a paragraph.
"""

from __future__ import annotations

import re
from itertools import pairwise

from lxml.html import HtmlElement

NAME_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
NAME_ATTRIBUTES = (
    "class",
    "id",
    "role",
    "itemprop",
    "data-component",
    "data-testid",
    "data-module",
)

PART_NAMES = frozenset(
    "related relatedlinks relatedposts recommended recommendation recommendations "
    "recirculation recirc trending popular readmore outbrain taboola zergnet revcontent mgid "
    "disqus livefyre comment comments respond share sharing shares sharebar sharedaddy "
    "addthis addtoany social socials follow newsletter newsletters subscribe subscription "
    "signup optin promo promos promotion sponsor sponsored advert advertisement advertising "
    "ad ads adslot dfp cookie cookies consent gdpr paywall regwall breadcrumb breadcrumbs "
    "crumbs byline bylines author authors authorbox bio pubdate dateline timestamp datetime "
    "caption captions figcaption credit credits copyright pagination pager navigation nav "
    "navbar menu toolbar sidebar footer masthead tags taglist topics keywords donate donation "
    "poll quiz rating mostread mostviewed yarpp toc ticker login popup modal lightbox gallery "
    "slideshow carousel".split()
)
"""Words that name a part of a page that is not its article."""

SURE_NAMES = frozenset(
    "comment comments disqus livefyre respond related recommended outbrain taboola cookie "
    "consent footer sidebar newsletter aside form nav address caption figcaption".split()
)
"""Those that nobody gives to the paragraphs of an article itself, however many have it."""

PART_PAIRS = frozenset(
    {
        ("read", "more"), ("read", "next"), ("read", "also"), ("also", "read"), ("see", "also"),
        ("more", "stories"), ("more", "news"), ("more", "from"), ("more", "on"), ("more", "links"),
        ("most", "read"), ("most", "popular"), ("most", "viewed"), ("top", "stories"),
        ("latest", "news"), ("latest", "stories"), ("latest", "posts"), ("recent", "posts"),
        ("up", "next"), ("next", "post"), ("previous", "post"), ("next", "article"),
        ("post", "meta"), ("entry", "meta"), ("article", "meta"), ("post", "info"),
        ("article", "info"), ("story", "meta"), ("meta", "info"), ("meta", "data"),
        ("entry", "footer"), ("post", "footer"), ("article", "footer"), ("post", "date"),
        ("entry", "date"), ("publish", "date"), ("published", "date"), ("article", "date"),
        ("call", "action"), ("about", "author"), ("you", "may"), ("dont", "miss"),
        ("image", "source"), ("photo", "source"), ("site", "header"), ("page", "header"),
    }
)  # fmt: skip
"""Two words in a row that do so only together."""


def part_name(element: HtmlElement) -> str | None:
    """The word that says that an element is a part of the page that is not its article, or None."""
    if element.tag in ("footer", "aside", "form", "figcaption", "nav", "address"):
        return str(element.tag)
    for attribute in NAME_ATTRIBUTES:
        value: str | None = element.get(attribute)
        if not value or len(value) > 400:
            continue
        words: list[str] = [word.lower() for word in NAME_WORD.findall(value)]
        for word in words:
            if word in PART_NAMES:
                return word
        for pair in pairwise(words):
            if pair in PART_PAIRS:
                return " ".join(pair)
    return None


def _phrases(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{phrase})" for phrase in alternatives), re.IGNORECASE)


LABEL = _phrases(
    r"(?:\W*advert(?:i[sz]ements?)?(?: - (?:continue|scroll)[\w ]*)?|anzeige|werbung|publicit[ée]|"
    r"publicidad(?:e)?|pubblicità|advertentie|annons|mainos|реклама)\W*",
    r"(?:story|article|post|text)\s+continues\b.{0,40}",
    r"(?:continue|keep|scroll)\s+(?:reading|down|for)\b.{0,60}",
    r"(?:tap|click|press|swipe)\b.{0,60}\b(?:photos?|images?|gallery|slideshow|enlarge|unmute|expand)\b.{0,20}",
    r"(?:show|load|view|see|hide)\s+(?:more|less|all|\d+)?\s*(?:comments?|photos?|images?|gallery|stories|replies)?\W*",
    r"(?:\d[\d.,]*k?\s*(?:shares?|comments?|views?|likes?)[\s|·•]*){1,4}",
    r"(?:\d[\d.,]*k?\s*)?(?:shares?|comments?|views?|likes?|retweets?|kommentare?|commentaires?|"
    r"comentarios?|commenti|reacties)(?:\s*(?:\(?\d[\d.,]*\)?|so far|off|closed|on this story))?\W*",
    r"(?:leave|post|write|add|join|start)\s+(?:a|your|the)\s+(?:comment|reply|conversation|discussion)\W*",
    r"(?:no|view|read|\d+)\s+(?:comments?|responses?|replies)\b[^.!?]{0,20}",
    r"(?:share|tweet|pin|email|e-mail|print|save|bookmark|copy link|listen|play|pause|reply|report|flag|like|follow)"
    r"(?:\s+(?:this|it|us|the|on|via|with|by|now|article|story|page|post|video|friends?|facebook|twitter|whatsapp|linkedin|email|mail))*\W*",
    r"(?:facebook|twitter|x|whatsapp|linkedin|pinterest|reddit|telegram|flipboard|messenger|email|instagram|"
    r"tumblr|youtube|google\+?|pocket|viber|line|copy link|print|rss|sms)"
    r"(?:[\s,|/·•]+(?:and |& )?(?:facebook|twitter|x|whatsapp|linkedin|pinterest|reddit|telegram|flipboard|"
    r"messenger|email|instagram|tumblr|youtube|google\+?|pocket|viber|line|copy link|print|rss|sms))*\W*",
    r"(?:back to|go to|return to)\s+(?:top|home|homepage|the top)\b.{0,10}",
    r"(?:previous|next|older|newer)\s*(?:article|story|post|page|slide|photo)?s?\W*",
    r"(?:\d{1,2}|[a-z]+)[ -]?min(?:ute)?s?\.?\s+(?:to\s+)?read(?:ing time)?\W*",
    r"(?:estimated )?reading time\b.{0,20}",
    r"(?:image|photo|picture|video|media|file|foto|bild)\s*(?:copyright|credit|caption|source|©)s?\b.{0,80}",
    r"(?:copyright|credits?|caption|source|via)\s*[:©].{0,80}",
    r"(?:photograph|photos?|pictures?|images?|video|foto|fotos|bild|bilder|quelle|illustration|crédit(?:s)? photo)"
    r"\s*(?::|by|credit|/|©).{0,90}",
    r"(?:getty images?|shutterstock|istock(?:photo)?|alamy|reuters|afp|ap photo|epa|dpa|handout|file photo|pixabay|unsplash)"
    r"(?:\s*(?:/|via|,|-|–)\s*[\w .]{1,40})*\W*",
    r"(?:sign up|signup|subscribe|register|log in|login|sign in|get|receive|join)\b.{0,120}"
    r"\b(?:newsletters?|inbox|e-?mails?|alerts?|notifications|briefings?|updates|account|unlimited|free trial|digest)\b.{0,80}",
    r"(?:already (?:a|have)|not a|become a|are you a)\b.{0,40}\b(?:subscriber|account|member|subscribed)\b.{0,60}",
    r"(?:follow|like|find|join|connect with)\s+(?:us|me|him|her|@\w+|[\w ]{1,30})\s+(?:on|at|via)\s+"
    r"(?:facebook|twitter|x|instagram|linkedin|youtube|telegram|whatsapp|social)\b.{0,80}",
    r"(?:this|the)\s+(?:article|story|post)\s+(?:was|is|has been)\s+(?:originally|first)\s+(?:published|posted|appeared)\b.{0,120}",
    r"(?:©|\(c\)|copyright)\s.{0,160}",
    r".{0,60}\ball rights reserved\b.{0,120}",
    r"(?:tags?|topics?|filed under|categor(?:y|ies)|keywords?|posted in|more on|labels|schlagw[öo]rter|themen|etiquetas|sujets)\s*:.{0,200}",
    r"(?:we|this (?:web)?site|our (?:web)?site)\s+uses?\s+cookies\b.{0,400}",
    r"by\s+(?:continuing|using|clicking|signing|subscribing)\b.{0,60}\byou\s+(?:agree|accept|consent)\b.{0,200}",
    r"(?:accept|reject|manage|allow)\s+(?:all\s+)?(?:cookies|preferences|settings)\W*",
    r"(?:please\s+)?(?:enable|turn on)\s+javascript\b.{0,120}",
    r".{0,40}\bjavascript (?:is|to be) (?:disabled|enabled)\b.{0,100}",
    r"(?:don.t miss|hot on the web|sponsored(?: content| links?)?|paid content|promoted|around the web|"
    r"from our partners|partner content|loading\W*|related)\W*",
    r"(?:if you (?:liked|enjoyed)|did you (?:like|enjoy))\b.{0,160}",
    r"(?:have|got|do you have|know)\b.{0,20}\b(?:a|any)?\s*(?:news )?(?:tip|story)s?\b.{0,30}(?:\?|@|email|contact|share|send).{0,120}",
    r"(?:read|view|see|visit)\s+(?:the\s+)?(?:full|original|entire)\s+(?:article|story|post|version)\b.{0,60}",
    r"(?:download|get)\s+(?:our|the)\s+(?:free\s+)?[\w ]{0,20}\bapps?\b.{0,100}",
    r"(?:most|top|latest|trending|popular|editor.s)\s+(?:read|viewed|popular|stories|news|picks?|videos?|posts?|articles?|now)\W*",
)
"""A short block that is a label, a control, a credit or a call, not a sentence of the article."""

POINTER = _phrases(
    r"(?:please\s+)?(?:read|also read|see|watch|listen|check out|view)\s*(?:more|also|next|now|too|this|on|:|\|)"
    r"(?:\s+(?:on|about|from|at|in)\b)?[^.?!]{0,40}[:|>»–—-]",
    r"(?:more|related|recommended|must read|don.t miss|further reading|see also|also read|read also|up next|"
    r"in pictures|in depth|explainer|opinion|analysis|video|gallery|watch|read more|read|more on this|more from|"
    r"related (?:story|stories|articles?|news|content|links?|posts?|coverage|topics?|reading)|"
    r"lesen sie (?:auch|mehr)|mehr zum thema|siehe auch|auch interessant|"
    r"lire aussi|à lire aussi|lire également|voir aussi|sur le même sujet|"
    r"lea también|lee también|te puede interesar|vea también|más información|noticias relacionadas|"
    r"leggi anche|vedi anche|guarda anche|leia também|leia mais|veja também|saiba mais|"
    r"lees ook|bekijk ook|läs också|läs mer|les også|læs også|lue myös|"
    r"czytaj także|zobacz także|przeczytaj również|читайте также|смотрите также|oku|ayrıca oku)\s*[:|>»–—-]",
)
"""How a block begins that only points to another article."""

TAIL_HEADING = _phrases(
    r"(?:you (?:may|might)|we think you.ll) (?:also )?(?:like|be interested|enjoy).{0,20}\W*",
    r"(?:read|see|watch) (?:more|next|also)\b.{0,30}",
    r"more (?:on|from|like|news|stories|articles|posts)\b.{0,50}",
    r"(?:related|recommended|suggested|similar|trending|popular|latest|recent|featured|sponsored|promoted|other|next|more|top)"
    r"(?: \w+)? (?:articles?|stor(?:y|ies)|news|posts?|content|links?|reading|topics?|coverage|videos?|for you|headlines)\W*",
    r"(?:related|recommended|trending|sponsored|advertisement|comments?|responses?|replies|kommentare?|commentaires?|"
    r"comentarios|commenti|reacties|tags|topics|categories)(?: now)?\W*(?:\(?\d+\)?)?\W*",
    r"most (?:read|popular|viewed|shared|commented|recent)\b.{0,20}",
    r"editor.?s.? (?:picks?|choice)\W*",
    r"what to read next|up next|don.t miss|in case you missed it\W*|elsewhere on .{0,30}|around the web|from around the web",
    r"(?:leave|post|write|add) a (?:comment|reply)\b.{0,20}|\d+ (?:comments?|responses?|replies|thoughts on)\b.{0,80}",
    r"join the (?:conversation|discussion)\W*|share (?:this|on|via)\b.{0,30}|follow us\b.{0,30}",
    r"about (?:the )?(?:author|writer)s?\W*|filed under\b.{0,60}",
    r"(?:sign up|subscribe)\b.{0,60}|support (?:us|our (?:work|journalism))\b.{0,60}",
    r"mehr (?:zum thema|aus dem ressort)\b.{0,40}|das könnte (?:sie|dich) auch interessieren|lesen sie auch|auch interessant",
    r"(?:à lire|lire) (?:aussi|également)|sur le même (?:sujet|thème)|articles? (?:liés|similaires|connexes)",
    r"(?:noticias|artículos|notas) relacionad[ao]s|te puede interesar|(?:lo )?más leíd[ao]s?\b.{0,20}",
    r"(?:leggi|potrebbe) (?:anche|interessarti)\b.{0,30}|articoli correlati|leia (?:também|mais)|veja também|notícias relacionadas",
    r"lees (?:ook|meer)|läs (?:också|mer|även)|читайте также",
)
"""A heading under which no article goes on."""

CREDIT = re.compile(
    r"(?:\b(?:photograph|photo|image|picture|foto|bild|illustration|graphic|video)s?"
    r"(?: ?(?:credit|courtesy|by|from|via)\b(?: of)?:?|:| ?©|/).{2,70}"
    r"|(?:/|\bvia |©\s?|\()(?:getty images?|reuters|afp|ap|ap photo|epa|shutterstock|pa|pa wire|alamy|dpa|imago|istock|afp via getty images)"
    r"(?:/[\w ]+)?\)?|\((?:ap|ap photo|reuters|afp|pa|file)(?: photo)?/.{2,50}\)"
    r"|\((?:photo|image|picture|credit|source)s?\b.{2,70}\))\W*$",
    re.IGNORECASE,
)
"""How a picture's caption ends: with who made the picture."""

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
    "lunes martes miércoles jueves viernes sábado domingo th st nd rd h z t".split()
)
STAMP_PIECE = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*")

BYLINE = _phrases(
    r"(?:(?:written|reported|posted|story|text|article|words)\s+)?(?:by|von|par|por|di|door|av|af|autor|author|auteur|autore|"
    r"redakteur|reporter|автор)\s*:?\s+(?:[^\W\d_][\w'’.-]*[\s,&|]+){0,8}[^\W\d_][\w'’.@-]*\W*",
    r"(?:[^\W\d_][\w'’.-]*\s+){1,4}[|,–—-]\s*(?:@\w+|(?:\w+\s){0,4}(?:reporter|correspondent|editor|writer|staff|journalist|"
    r"contributor|columnist|bureau|redakteur(?:in)?))\b.{0,40}",
)


def is_stamp(text: str) -> bool:
    """Whether a text is nothing but a date or a time, with the words that go with one."""
    if len(text) > 120 or not any(character.isdigit() for character in text):
        return "ago" in text.lower().split() and len(text.split()) <= 5
    return all(piece.lower() in STAMP_WORDS for piece in STAMP_PIECE.findall(text))


def is_label(text: str) -> bool:
    """Whether a whole block is a label, a control, a credit or a call rather than a sentence."""
    return len(text) <= 480 and LABEL.fullmatch(text.strip()) is not None


def is_caption(text: str) -> bool:
    """Whether a block is a picture's caption: it ends by naming who made the picture."""
    return len(text.split()) <= 70 and CREDIT.search(text) is not None


def is_pointer(text: str) -> bool:
    """Whether a block begins as one that points to another article."""
    return len(text.split()) <= 40 and POINTER.match(text.strip(" \t*•▶►→>»-–—")) is not None


def is_tail_heading(text: str) -> bool:
    """Whether a heading says that the article is over."""
    return len(text) <= 100 and TAIL_HEADING.fullmatch(text.strip()) is not None


def is_byline(text: str, authors: tuple[str, ...] = ()) -> bool:
    """Whether a whole short block names who wrote the article. Takes the names that are known."""
    if len(text.split()) > 16:
        return False
    folded = text.casefold()
    if any(author.casefold() in folded for author in authors if len(author) > 3):
        return len(text.split()) <= 12 and not text.rstrip().endswith((".", "?", "!"))
    return BYLINE.fullmatch(text.strip()) is not None and not text.rstrip().endswith(("?", "!"))
