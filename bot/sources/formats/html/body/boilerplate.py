# ruff: noqa: E501 - the set phrases are read more easily one to a line
"""Detection of the parts of a news page that are not its article, by their set phrases. The phrases
are matched against whole short blocks, never within a paragraph."""

from __future__ import annotations

import re

from bot.sources.formats.html.body.set_phrases import ALSO_READ, LABELS


def _phrases(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{phrase})" for phrase in alternatives), re.IGNORECASE)


LABEL = _phrases(
    r"(?:\W*advert(?:i[sz]ements?)?(?: - (?:continue|scroll)[\w ]*)?|anzeige|werbung|publicit[ée]|"
    r"publicidad(?:e)?|pubblicità|advertentie|annons|mainos|реклама|广告|廣告|広告)\W*",
    r"(?:story|article|post|text)\s+continues\s+(?:below|after)\b.{0,40}",
    r"(?:continue|keep|scroll)\s+(?:reading|down|for)\b.{0,60}",
    r"(?:tap|click|press|swipe)\b.{0,40}\b(?:photos?|images?|gallery|slideshow|enlarge|unmute|expand)\b.{0,20}",
    r"click here (?:to|for)\b.{0,100}|skip (?:to|in|past)\b.{0,60}|(?:show|hide|toggle) caption|enlarge this image|"
    r"slideshow \(.{0,20}\)|media playback is (?:un|not )supported\b.{0,40}|read or share this story\b.{0,60}|"
    r"close|now playing|now watching|watch (?:live|video)|share icon|play video|next video starts in\b.{0,20}",
    r"(?:(?:we.re )?sorry|unfortunately|oops)?\W*(?:this|the) (?:video|clip|media|audio|live ?stream) is (?:currently |no longer |not |un)"
    r"(?:un)?available\b[^.!?]{0,60}\W*|(?:video|media|audio) (?:is )?(?:unavailable|not available)\W*",
    r"(?:show|load|view|see|hide)\s+(?:more|less|all|\d+)?\s*(?:comments?|photos?|images?|gallery|stories|replies)?\W*",
    r"(?:(?:text|font) size|story tools|schriftgröße|taille du texte)\W*|\+/reset",
    r"[\W_]{1,5}",  # what is left of a line of links
    r"(?:(?:jump|skip|go) to (?:the )?recipe|(?:print|pin|save|rate) (?:this |the )?recipe|(?:print|pin)|[\s|·•]){1,8}",
    r"(?:new\W{0,3})?you can now listen to [^\n.]{0,80}|(?:listen|watch|play|video|audio|duration)\W{0,5}\d{1,2}:\d{2}(?::\d{2})?\W*",
    r"(?:get|find|read|stay|for)\b[^.!?]{0,60}\b(?:news|weather|sports?|headlines|stories|alerts|updates)\b[^.!?]{0,60}\b(?:downloading|download) (?:the|our) [\w -]{0,30}\bapps?\b[^.!?]{0,60}\W*",
    r"(?:this|the) (?:archive|page|site) (?:was|is) (?:generated|powered) (?:by|with|using)\b[^!?]{0,80}",
    r"(?:like\W{0,3})?be the first to (?:like|comment|reply|review|rate)\b[^.!?]{0,40}\W*",
    r"(?:have you |did you )?(?:tried|try|made|make) this recipe[^\n.!?]{0,20}\?[^\n]{0,120}",
    r"(?:this|the|our|my) (?:post|article|page|site|blog|story)s? (?:may |might |can )?(?:also )?contains? (?:amazon )?affiliate links?\b[^\n]{0,200}",
    r"(?:was|is|did you find) this (?:page|article|content|information|answer) (?:useful|helpful)\W*(?:yes|no|\W){0,5}",
    r".{1,60} is a reader-supported (?:publication|newsletter)\.?(?:\s+(?:to (?:receive|support)|subscribe|consider|become|both free)\b.{0,200})?",
    r"(?:\d[\d.,]*k?\s*(?:shares?|comments?|views?|likes?)[\s|·•]*){1,4}",
    r"(?:\d[\d.,]*k?\s*)?(?:shares?|comments?|views?|likes?|retweets?|kommentare?|commentaires?|"
    r"comentarios?|commenti|reacties)(?:\s*(?:\(?\d[\d.,]*\)?|so far|off|closed|on this story))?\W*",
    r"(?:leave|post|write|add|join|start)\s+(?:a|your|the)\s+(?:comment|reply|conversation|discussion)\W*",
    r"(?:no|view|read|\d+)\s+(?:comments?|responses?|replies)\b[^.!?]{0,20}",
    r"(?:share|tweet|pin|email|e-mail|print|save|bookmark|copy link|listen|play|pause|reply|report|flag|like|follow)"
    r"(?:\s+(?:this|it|us|the|on|via|with|by|now|article|story|page|post|video|friends?|facebook|twitter|whatsapp|linkedin|email|mail))*[^\w.]*",
    r"(?:facebook|twitter|x|whatsapp|linkedin|pinterest|reddit|telegram|flipboard|messenger|email|instagram|"
    r"tumblr|youtube|google\+?|pocket|viber|line|copy link|print|rss|sms)"
    r"(?:[\s,|/·•]+(?:and |& )?(?:facebook|twitter|x|whatsapp|linkedin|pinterest|reddit|telegram|flipboard|"
    r"messenger|email|instagram|tumblr|youtube|google\+?|pocket|viber|line|copy link|print|rss|sms))*\W*",
    r"(?:back to|go to|return to)\s+(?:top|home|homepage|the top)\b.{0,10}",
    r"(?:previous|next|older|newer)\s*(?:article|story|post|page|slide|photo)?s?\W*",
    r"(?:\d{1,2}|[a-z]+)[ -]?min(?:ute)?s?\.?\s+(?:to\s+)?read(?:ing time)?\W*",
    r"(?:estimated )?reading time\b.{0,20}",
    r"(?:image|photo|picture|video|media|file|foto|bild)\s*(?:copyright|credit|caption|source|©)s?\b.{0,80}",
    r"(?:copyright|credits?|caption|source|quelle|via)\s*[:©][^.!?]{0,80}",
    r"(?:photograph|photos?|pictures?|images?|foto|fotos|bild|bilder|illustration|crédit(?:s)? photo)"
    r"\s*(?::|by\b|credit|/|©)[^.!?]{0,90}\W?",
    r"(?:getty images?|shutterstock|istock(?:photo)?|alamy|reuters|afp|ap photo|epa|dpa|handout|file photo|pixabay|unsplash)"
    r"(?:\s*(?:/|via|,|-|–)\s*[\w .]{1,40})*\W*",
    r"(?:sign up|signup|subscribe|register|get|receive|join|don.t miss)\b.{0,60}"
    r"\b(?:our|your|this|my|free|daily|weekly|breaking|latest)\b.{0,60}\b(?:newsletters?|inbox|e-?mails?|alerts?|"
    r"notifications|briefings?|digest|channel|podcast)\b.{0,80}",
    r"(?:suscríbete|suscríbase|apúntate|abonnez-vous|inscrivez-vous|recevez|iscriviti|inscreva-se|assine|meld je|schrijf je|"
    r"anmäl dig|prenumerera|tilmeld dig|zapisz się|zasubskrybuj|подпишитесь|подписывайтесь|abonnieren sie|abonniere)\b[^.!?]{0,80}"
    r"\b(?:newsletter\w*|boletín|lettre d.information|infolettre|nieuwsbrief|nyhetsbrev|nyhedsbrev|рассылку|telegram|whatsapp)\b[^.!?]{0,60}\W*|jetzt\b[^.!?]{0,40}\bnewsletter\b[^.!?]{0,20}\babonnieren\b[^.!?]{0,40}\W*",
    r"(?:sign up|subscribe|register|log in|login|sign in)(?: (?:here|now|today|for free|to (?:comment|continue|read|our \w+)))?\W*",
    r"(?:already (?:a|have an?)|not a|become a|are you a)\s+(?:\w+ )?(?:subscriber|account|member)\s*[?:!].{0,60}",
    r"(?:follow|like|find|join|connect with)\s+(?:us|@\w+|(?-i:(?:[A-Z]\w+ ?){1,4}))\s+(?:on|at|via)\s+"
    r"(?:facebook|twitter|x|instagram|linkedin|youtube|telegram|whatsapp|social)\b.{0,80}",
    r"(?:©|\(c\)|copyright ©?\s*\d{4})\s?.{0,160}",
    r".{0,60}\ball rights reserved\b(?:(?: worldwide)?\W*|\.\s.{0,120})|[^.!?]{0,40}(?:™ (?:&|and) )?©[^!?]{4,160}\ball rights reserved\W*",
    # "share", in other languages
    r"(?:partage[rz]|teilen|compartir|comparte|compartilhe|compartilhar|condividi|delen|udostępnij|поделиться|paylaş|공유|分享)"
    r"(?:\s+[\w’']+){0,4}[^\w.!?]*|この(?:記事|ニュース|ページ)をシェア(?:する)?[^\w.!?]*",
    r"(?:(?:вы )?(?:нашли|заметили|увидели) (?:ошибку|опечатку)|выделите).{0,100}\bctrl\s*\+\s*enter\b.{0,40}",
    r"(?:tags?|topics?|filed under|categor(?:y|ies)|keywords?|posted in|labels|schlagw[öo]rter|themen|etiquetas|sujets)"
    r"\s*:[^.!?]{0,200}",
    r"(?:we|this (?:web)?site|our (?:web)?site)\s+uses?\s+cookies\s+(?:to|on|for|and)\b.{0,60}\b(?:site|you|your|experience|us)\b.{0,340}",
    r"by\s+(?:continuing|using|clicking|signing|subscribing)\b.{0,60}\byou\s+(?:agree|accept|consent)\b.{0,60}"
    r"\b(?:our|terms|polic(?:y|ies)|cookies|conditions)\b.{0,140}",
    r"(?:accept|reject|manage|allow)\s+(?:all\s+)?(?:cookies|preferences|settings)\W*",
    r"(?:please\s+)?(?:enable|turn on)\s+javascript\b.{0,120}",
    r".{0,40}\bjavascript (?:is|to be) (?:disabled|enabled)\b.{0,100}",
    r"(?:don.t miss|hot on the web|sponsored(?: content| links?)?|paid content|promoted|around the web|"
    r"from our partners|partner content|loading(?: comments)?\W*|related|recommended by \w+)\W*",
    r"(?:if you (?:liked|enjoyed)|did you (?:like|enjoy))\s+(?:this|our|reading)\b.{0,160}",
    r"(?:have|got|do you have)\s+(?:you got )?(?:an?|any)\s+(?:(?:news|story) )?(?:tips?|story)\b.{0,30}(?:\?|for us).{0,20}"
    r"\b(?:us|our|newsroom|e-?mail|@\w+)\b.{0,100}",
    r"do you have an? (?:opinion|view|comment|question|story)\b[^.!?]{0,60}\?\W*(?:write|send|e-?mail|let us|tell us)\b.{0,120}",
    r"(?:read|view|see|visit)\s+(?:the\s+)?(?:full|original|entire)\s+(?:article|story|post|version)(?: (?:here|on|at) ?[\w. ]{0,40})?\W*",
    r"download\s+(?:our|the)\s+(?:free\s+)?[\w ]{0,20}\bapps?\b(?: (?:now|here|today|for|on|from)\b.{0,60})?[^\w.]*",
    r"your e-?mail address will not be published\b.{0,60}|(?:comments are|the comments are|commenting is) (?:now )?closed\W*|"
    r"the comments below have (?:not )?been moderated\b.{0,40}|please enter a valid e-?mail\b.{0,20}|invalid e-?mail\W*|"
    r"thank(?:s| you) for (?:reading|subscribing|signing up)\b.{0,20}|an error (?:has )?occurred\b.{0,60}|"
    r"our standards: .{0,60}|want more like this\W*|[\w ]{0,20}trending stories\b.{0,20}",
    # a paywall, in the place of the text that it hides
    r"(?:\W*this (?:article|story|content|post) is (?:only |exclusively |reserved )?(?:available )?(?:for|to|only for) (?:our |paying |premium )?"
    r"(?:subscribers|members)|dieser (?:artikel|beitrag) ist (?:nur |exklusiv )?für (?:unsere )?abonnent|"
    r"(?:cet article|ce contenu) est (?:exclusivement )?réservé aux abonnés|article réservé (?:aux|à nos) abonnés|(?:contenido|artículo) (?:exclusivo|solo) para suscriptores|"
    r"conteúdo exclusivo para assinantes|(?:articolo|contenuto) riservato agli abbonati|dit artikel is (?:alleen |exclusief )?voor abonnees|"
    r"(?:artykuł|treść) (?:jest )?dostępn[ya] (?:tylko )?dla (?:abonentów|subskrybentów|prenumeratorów)|"
    r"материал доступен только (?:по подписке|подписчикам)|\W*(?:有料)?会員限定|この(?:記事|コンテンツ)は(?:有料)?会員限定)[^\n]{0,160}",
    r"(?:most|top|latest|trending|popular|editor.s)\s+(?:read|viewed|popular|stories|news|picks?|videos?|posts?|articles?|now)\W*",
    *LABELS,
)
"""A short block that is a label, a control, a credit or a call, not a sentence of the article."""

POINTER = _phrases(
    r"(?:please\s+)?(?:read|also read|see|watch|listen|check out|view)\s+(?:more|also|next|now|too|this)"
    r"(?:\s+(?:on|about|from|at|in)\b)?[^.?!]{0,40}[:|>»–—]",
    r"(?-i:READ|WATCH|SEE|MORE|VIDEO|LISTEN|OPINION|ANALYSIS)\s*[:|>»–—-]",
    r"(?:most read|related|recommended|must read|don.t miss|further reading|see also|also read|read also|up next|"
    r"in pictures|gallery|watch|read more|more on this|more from|"
    r"related (?:story|stories|articles?|news|content|links?|posts?|coverage|topics?|reading))\s*[]:：|>»–—-]",
    rf"{ALSO_READ}\s*[]:：|>»–—-]",
)
"""Beginning of a block that only points to another article."""

TAIL_HEADING = _phrases(
    r"(?:you (?:may|might)|we think you.ll) (?:also )?(?:like|be interested|enjoy).{0,20}\W*",
    r"(?:read|see|watch) (?:more|next|also)\b.{0,30}",
    r"more (?:on|from|like|by|news|stories|articles|posts)\b.{0,50}|more (?:poems|recipes|videos|photos|reviews|episodes|books) (?:by|from|in)\b.{0,50}",
    r"(?:rights|reprints?) and permissions|(?:about|cite) this article|how to cite(?: this article)?|article metrics",
    r"(?:related|recommended|suggested|similar|trending|popular|latest|recent|featured|sponsored|promoted|other|next|more|top)"
    r"(?: \w+)? (?:articles?|stories|news|posts?|content|links?|reading|topics?|coverage|videos?|for you|headlines)\W*",
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
    r"lees (?:ook|meer)|gerelateerde? (?:artikelen|berichten|nieuws)|läs (?:också|mer|även)|læs også|les også|lue myös|"
    r"(?:artigos|posts|conteúdos) relacionados|"
    r"(?:czytaj|zobacz|przeczytaj|sprawdź) (?:także|też|również)|(?:powiązane|podobne) (?:artykuły|tematy|wpisy)|"
    r"(?:читайте|смотрите) (?:также|ещё|еще)|(?:похожие|другие) (?:статьи|материалы|новости|записи)|(?:материалы|новости|ещё|еще) по теме|"
    r"читайте також|čtěte také|související (?:články|témata)|ilgili (?:haberler|yazılar|konular)|"
    r"(?:tin|bài(?: viết)?) liên quan|(?:berita|artikel) terkait|baca juga|kapcsolódó cikkek|articole similare|citește și|"
    r"σχετικά άρθρα|διαβάστε (?:επίσης|ακόμα)|関連(?:記事|ニュース|リンク|する記事)|(?:おすすめ|人気|あわせて読みたい)(?:の)?(?:記事)?|"
    r"(?:相关|相關|推荐|推薦|延伸|热门|熱門)(?:阅读|閱讀|新闻|新聞|文章|报道|報導|推荐)|관련 ?(?:기사|뉴스)|많이 본 (?:기사|뉴스)|"
    r"(?:เรื่อง|ข่าว|บทความ)ที่เกี่ยวข้อง|(?:مواضيع|مقالات|أخبار) ذات صلة|اقرأ أيضا\w?|مطالب مرتبط|כתבות (?:קשורות|נוספות)|"
    r"संबंधित (?:खबरें|लेख|समाचार)|यह भी पढ़ें",
    r"(?:комментарии|komentarze|komentáře|yorumlar|bình luận|komentar|コメント|评论|評論|댓글|ความคิดเห็น|التعليقات)(?: ?\(?\d+\)?)?",
)
"""Heading below which no article continues."""

AGENCY = (
    r"(?:getty(?: images)?|reuters|afp|ap|ap photo|associated press|epa(?:-efe)?|shutterstock|pa|pa wire|alamy|dpa|"
    r"imago|istock|bloomberg|rex|xinhua|efe|ansa)"
)
CREDIT = re.compile(
    # a line of its own at the end: "Photograph: A. Bee/Agency", "Photo by A. Bee", "(source: Agency)"
    r"(?:(?:(?:^|[.!?)”\"’»|]\s*)(?:file )?(?:photograph|photo|image|picture|foto|bild|illustration|graphic)s?"
    r"|[(\[](?:file )?(?:photograph|photo|image|picture|foto|bild|illustration|graphic|credit|source)s?(?: illustration)?)"
    r"(?:\s?(?:credits?|courtesy)(?: of)?:?\s[^.!?]{2,70}"
    r"|(?:\s?by:?\s|\s?:\s?|\s?©\s?|\s?/\s?|\svia\s|\sfrom\s)(?P<maker>[^.!?]{2,70}))"
    # "(A. Bee/Agency)", "(Agency photo)", "© Agency", "A. Bee/Agency via Agency Images"
    rf"|[(\[][^()]{{0,50}}/\s?{AGENCY}(?: images)?(?: via [\w ]+)?[)\]]"
    rf"|[(\[]{AGENCY}(?: (?:file )?photo)?\s?/[^()]{{2,50}}[)\]]"
    rf"|[(\[](?:file (?:photo|image|picture)s?|(?:photo|image|picture)s? (?:supplied|provided|contributed|{AGENCY}))[)\]]"
    rf"|©\s?(?:\d{{4}} )?[^.!?]{{0,40}}{AGENCY}[\w /]{{0,20}}|[\w.’' -]{{3,30}}/\s?{AGENCY}(?: images)?(?: via [\w ]+)?)\W*$",
    re.IGNORECASE,
)
"""Ending of a picture's caption: the name of who made the picture."""
_WITH_NAMES = frozenset(
    "a an the and of for via by from in at courtesy used with permission under license cc file photo image "
    "de da di du del della des la le van von der den und et e y".split()
)
"""Words in small letters that stand beside the names in a credit."""
_OTHER_WORDS = 2
"""Maximum number of other such words in a credit; a sentence has more."""

BIOGRAPHY = re.compile(
    r",? (?:is|was|covers|writes|has (?:written|covered|worked|been)|reports|joined|works|lives|can be reached|"
    r"ist|schreibt|berichtet|arbeitet|est|écrit|es|escribe|è|scrive)\b"
)
CONTACT = re.compile(
    r"(?:(?:contact|reach|e-?mail|write to|follow|tweet)\b[^.!?]{0,60}(?:@|\b(?:at|on)\b [\w+(]|\d{3}-\d{4})"
    r"|\S+@\S+\.\w+$|twitter: ?@)",
    re.IGNORECASE,
)


def is_label(text: str) -> bool:
    """Return whether a whole block is a label, a control, a credit or a call rather than a
    sentence."""
    return len(text) <= 480 and LABEL.fullmatch(text.strip()) is not None


def is_caption(text: str) -> bool:
    """Return whether a block is a picture's caption, which ends by naming who made the picture."""
    credit = CREDIT.search(text) if len(text.split()) <= 70 else None
    if credit is None:
        return False
    words: list[str] = re.findall(r"[^\W\d_]+", credit["maker"] or "")
    others = [word for word in words if word.islower() and word not in _WITH_NAMES]
    return len(others) <= _OTHER_WORDS


def is_pointer(text: str) -> bool:
    """Return whether a block begins like one that points to another article."""
    return len(text.split()) <= 40 and POINTER.match(text.strip(" \t*•▶►→>»-–—([【")) is not None


def is_tail_heading(text: str) -> bool:
    """Return whether a heading says that the article is over."""
    return len(text) <= 100 and TAIL_HEADING.fullmatch(text.strip()) is not None


def is_biography(text: str, authors: tuple[str, ...]) -> bool:
    """Return whether a whole block at an article's end says who the author is, or how to write to
    them."""
    if len(text.split()) > 60:
        return False
    if CONTACT.match(text):
        return True
    return any(
        text.startswith(author) and BIOGRAPHY.match(text, len(author)) is not None
        for author in authors
        if " " in author
    )
