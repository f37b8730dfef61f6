# ruff: noqa: E501 - the set phrases are read more easily one to a line
"""Set phrases of sites in many languages, for `bot.sources.formats.html.body.boilerplate`: patterns of whole
short blocks that are no part of an article, by what they are."""

from __future__ import annotations

_NEWSLETTER = (
    r"(?:news\W?letter\w*|mailings?|boletín(?:es)?|lettre d.information|infolettre|bollettino|nieuwsbrief\w*|nyhetsbrev\w*|"
    r"nyhedsbrev\w*|biuletyn\w*|рассылк\w+|bülten\w*|e-posta\w*|メールマガジン|メルマガ|ニュースレター|电子报|電子報|邮件订阅)"
)
_FOLLOWED = (
    r"(?:facebook|twitter|(?:(?<=\b(?:on|en|em|no|na|su|op|på) )|(?<=\b(?:auf|sur) ))x|instagram\w*|linkedin|youtube|telegram\w*|телеграм\w*|телеграме?|whats ?app\w*|threads|bluesky|mastodon|tiktok|"
    r"google (?:news|haberler\w*|noticias|notícias|новост\w+|actualités)|flipboard|вконтакте|дзен\w*)"
)

_OF_SITES = r"(?=.*(?:seite|site|sitio|sito\b|stron|serwis|сайт|inhalt|anzeig|anunci|datenschutz|privac|polític|politiq|polityk|политик|конфиденц|erlebnis|experi[eê]n|expérien|esperien|usług|servi[cç]|navega|navig|analy|personal))"
"""Words that a notice about cookies has, and no recipe."""
COOKIES = (
    rf"{_OF_SITES}(?:wir|diese (?:web)?(?:seite|site)|unsere (?:web)?(?:seite|site)) (?:verwende[nt]|nutz(?:en|t)|benutz\w+|setz\w+)\b.{{0,80}}\bcookies?\b.{{0,300}}",
    rf"{_OF_SITES}(?:utilizamos|usamos|empleamos|nous utilisons|utilizziamo|usiamo|wij gebruiken|we gebruiken|vi använder|vi bruker|vi bruger"
    r"|używamy|stosujemy|korzystamy z|мы используем|(?:este|nosso|o nosso|nuestro|esta|ce|notre|questo|il nostro|deze|ten|nasz|этот|наш)? ?"
    r"(?:site|sitio(?: web)?|web|sito|serwis|strona|сайт|website) (?:usa|utiliza|utilise|utilizza|używa|wykorzystuje|korzysta z|использует|gebruikt))"
    r"\b.{0,80}(?:\bcookies?|\bciastecz\w+|\bкуки)\b.{0,300}",
    r"(?=.*(?:site|hizmet|politika|deneyim|gizlilik|onay|kabul))[^.!?]{0,100}\bçerez(?:ler)?(?:i|den)? (?:kullan|yararlan)\w+.{0,200}",
    r"(?:当サイト|本サイト|このサイト|当社|弊社)[^。]{0,60}(?:クッキー|cookie)s?[^。]{0,20}(?:使用|利用).{0,160}",
    r"(?:本网站|本站|本網站|我们(?:的网站)?|我們(?:的網站)?)[^。]{0,20}(?:使用|利用)[^。]{0,20}cookies?.{0,160}",
)
"""Notices about cookies."""

READING_TIMES = (
    r"(?:(?:geschätzte )?lesezeit|lesedauer|tiempo (?:estimado )?de lectura|temps de lecture(?: estimé)?|tempo (?:stimato )?di lettura|tempo (?:estimado )?de leitura"
    r"|leestijd|lästid|lesetid|læsetid|czas czytania|время (?:чтения|на чтение)|okuma süresi|読了(?:時間|目安)|阅读(?:时间|时长|本文)|閱讀(?:時間|本文))[^.!?。\d]{0,20}\d[^.!?。]{0,20}\W*",
    r"\d{1,2} ?min(?:uten?|utos?|uti|uts?)?\.? (?:lesezeit|lesedauer|de lectur[ae]|de lectura|de leitura|di lettura|leestijd|lästid|czytania|чтения|okuma)\W*",
    r"(?:この記事は|約)?\d{1,2}分で読めます\W*|(?:约|約)?\d{1,2}分钟阅读\W*|\d{1,2} ?dk\.? okuma\W*",
)

NEWSLETTERS = (
    rf"(?:{_NEWSLETTER}|订阅|訂閱|購読|boletim|subscri(?:be|ption)s?|abo|abonnement)\W*",
    r"(?:melden? sie sich|melde dich|holen sie sich|abonnieren sie|abonniere|erhalten sie|suscr[ií]b\w+|apúntate|recibe|regístrate|abonnez-vous|inscrivez-vous|recevez"
    r"|iscriviti|ricevi|abbonati|inscreva-se|cadastre-se|assine|receba|meld je|meld u|schrijf je|ontvang|anmäl dig|prenumerera|tilmeld dig|meld deg|zapisz się"
    r"|zasubskrybuj|subskrybuj|otrzymuj|подпишитесь|подписывайтесь|получайте)"
    rf"\b[^.!?]{{0,80}}\b{_NEWSLETTER}\b.{{0,200}}",
    rf"(?:ücretsiz )?{_NEWSLETTER}[^.!?。]{{0,12}}(?:abone ol|kaydol|登録|購読).{{0,160}}|(?:订阅|訂閱)(?:我们|我們|本站)?的?{_NEWSLETTER}.{{0,120}}",
    r"(?:jetzt )?(?:anmelden|abonnieren|registrieren|einloggen)\W*|suscr[ií]b(?:ir(?:se|me)|ete)\W*|(?:s.inscrire|s.abonner|je m.(?:inscris|abonne))\W*|(?:iscriviti|abbonati|accedi)\W*"
    r"|(?:assinar|inscrever-se|cadastrar)\W*|(?:zapisz|zaloguj) się\W*|(?:подписаться|войти)\W*|(?:abone|üye) ol\W*|(?:登録|購読|ログイン)(?:する)?\W*|(?:立即|马上|馬上)?(?:订阅|訂閱|登录|登錄|注册)\W*",
    # what who subscribes agrees to
    r"(?=.*(?:privac|datenschutz|polític|politiq|polityk|политик|gizlilik|akzept|acept|accept|accett|aceit|akcept|соглаша|kabul|condi|termin|regulamin|voorwaarden|villkor))"
    r"(?:mit (?:der|ihrer|deiner) (?:anmeldung|registrierung)|al (?:suscribirte|registrarte|suscribirse)|en vous (?:inscrivant|abonnant)|iscrivendo(?:ti|mi|si)|ao (?:assinar|se inscrever|se cadastrar)"
    r"|zapisując się|подписываясь|нажимая|abone olarak|üye olarak|door je (?:aan te melden|in te schrijven)|genom att anmäla dig)\b.{0,200}",
    r"(?:登録|購読|送信)すると[^。]{0,60}(?:同意|プライバシー|規約).{0,60}|(?:订阅|訂閱|注册|註冊|提交)即(?:表示|代表)?您?.{0,80}",
)

FOLLOWS = (
    r"(?:folgen sie|folge|abonnieren sie|abonniere|siga|sigue (?:a|toda la (?:información|actualidad)|todas las noticias)|síguenos|seguici|suivez|rejoignez|unisciti|únete|junte-se|entre (?:no|para o)"
    r"|obserwuj|dołącz|polub|volg|följ|følg|подпи(?:шитесь|сывайтесь)|присоединяйтесь|читайте|следите|receba|recibe|retrouvez-nous)"
    rf"\b[^.!?]{{0,60}}\b{_FOLLOWED}\b[^.!?]{{0,80}}\W*",
    rf"(?:bizi )?{_FOLLOWED}[^.!?]{{0,30}}(?:takip edin|abone ol(?:un)?|katıl(?:ın)?)\W*|bizi {_FOLLOWED}[^.!?]{{0,40}}",
    r"(?:line|ライン)で友だち追加\W*|(?:公式)?(?:line|twitter|x|instagram|facebook|youtube)(?:アカウント)?を?(?:フォロー|登録).{0,20}|(?:关注|關注|扫码关注|欢迎关注)[^。]{0,20}(?:公众号|微信|微博|频道|帳號|账号)[^。]{0,20}\W*",
)

ERRORS_IN_TEXT = (
    r"(?:haben sie|hast du) (?:einen?|irgendeinen) (?:fehler|tippfehler)[^.!?]{0,40}(?:entdeckt|gefunden|bemerkt)\b.{0,100}|fehler (?:gefunden|entdeckt)\?.{0,80}|fehler melden\W*",
    r"¿(?:has|ha) (?:encontrado|detectado|visto) (?:un|algún) error\b.{0,100}|(?:vous avez )?(?:repéré|trouvé|relevé|constaté) une (?:erreur|faute|coquille)[^.!?]{0,60}\?.{0,80}|(?:signaler une erreur|signalez-nous une erreur)\W*",
    r"hai (?:trovato|notato) un(?: errore|a svista)\b.{0,100}|(?:encontrou|viu|achou) (?:um|algum) erro[^.!?]{0,60}\?.{0,80}|(?:zauważyłeś|znalazłeś|widzisz|zauważyłaś|zauważyli państwo) (?:błąd|literówkę)\b.{0,100}",
    r"(?:вы )?(?:нашли|заметили|увидели) (?:ошибку|опечатку)[^.!?]{0,60}\?.{0,100}|(?:haberde|yazıda|metinde) (?:bir )?(?:hata|yanlış)[^.!?]{0,40}\?.{0,80}|foutje? (?:gezien|gevonden)\?.{0,80}",
    r"(?:記事の)?(?:誤り|間違い|誤字)[^。]{0,20}(?:見つけ|お気づき|報告)[^。]{0,40}|(?:发现|發現)(?:错误|错别字|錯誤|問題|问题)[^。]{0,40}|我要(?:纠错|反馈|糾錯)\W*",
)

CREDITS = (
    r"(?:fot\.|fot|фото|фотография|fotoğraf|foto|zdjęcie|写真|撮影|图片来源|图片|图源|图|圖片來源|圖片|圖|사진)\s*(?:[:：=＝/／|]|(?<=\.))\s*[^.!?。]{1,80}\W*",
    r"(?:写真|画像|映像)提供[^。]{1,40}|[^。，\s]{2,12}\s?[摄攝]影?\W*|[（(](?:写真|提供|撮影)[^）)]{1,40}[）)]",
    r"(?:(?:本[报報社网網])?[记記]者[^。]{2,20}[·|\s]+)?\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?[\s\d:：]*(?:来源|來源|作者|编辑|編輯)\s*[:：]?[^.!?。]{1,60}",
    r"(?:źródło|источник|kaynak|fuente|fonte|bron|källa|kilde|来源|來源|出典|情報源|责任编辑|責任編輯|责编|責編|编辑|編輯|校对|审核|編集|redakcja|redazione|redaktion|redactie|редактор)\s*[:：]\s*[^.!?。]{1,80}\W*",
    r"[（(](?:avec|mit|con|com|z|с)\s+(?:(?:afp|dpa|efe|ansa|lusa|pap|тасс|риа|reuters|ap|ats|belga|apa|sda|epd|kna|agencias|agences|agenturen|agenzie|agências)(?:\s?[,/&]\s?|\s(?:et|und|y|e|i|и)\s)?){1,3}[)）]|[（(](?:共同|時事|ロイター|AFP|新华社|新華社|中新社|中央社|完|终|了)[)）]",
    r"©\s*[^.!?]{2,80}|(?:©\s*)?riproduzione riservata(?:\s*©.{0,40})?\W*|[^.!?]{0,60}\b(?:alle rechte vorbehalten|todos los derechos reservados|tous droits réservés|tutti i diritti riservati|todos os direitos reservados"
    r"|wszelkie prawa zastrzeżone|все права защищены|tüm hakları saklıdır|alle rechten voorbehouden)\b.{0,80}|.{0,40}(?:無断転載|無断複写)[^。]{0,20}(?:禁|お断り).{0,20}|.{0,40}(?:版权所有|版權所有|未经许可|未經授權).{0,40}",
)
"""Lines that name who made a picture or a text, or owns it."""

CALLS = (
    r"(?:kommentar (?:schreiben|hinterlassen)|deja un comentario|laisse[rz] un commentaire|lascia un commento|deixe um comentário|dodaj komentarz|оставить комментарий|yorum (?:yap|yaz|bırak)\w*|コメントを(?:書く|投稿)(?:する)?|发表评论|發表評論|写评论)\W*",
    r"(?:bitte )?(?:melden sie sich an|inicia(?:r)? sesión|connectez-vous|accedi|faça login|zaloguj się|войдите)\b[^.!?]{0,20}(?:zu kommentieren|para comentar|pour commenter|per commentare|aby skomentować|чтобы (?:оставить|написать) комментарий)\W*",
    r"reklama\W*|reklam\W*|ilan\W*|広告|廣告|advertorial\W*|sponsrad\W*|sponsorowane\W*",
    r"(?:drucken|ausdrucken|imprimir|imprimer|stampa|drukuj|распечатать|yazdır|印刷|打印|merken|vorlesen|artikel anhören|escuchar|écouter|ascolta|ouvir|posłuchaj|слушать|dinle|kopieren|link kopieren|copiar enlace|copiar link|copier le lien|copia link)\W*",
)
"""Calls and controls."""

ENGLISH_CALLS = (
    r"(?:share|gift|save) (?:this |the )?(?:full )?(?:article|story)\W*|live(?: updates| blog| now)?\W*|sort by (?:newest|oldest|best|date|relevance|most \w+)\W*",
    r"(?:this |the )?(?:summary|overview|highlights)\b[^.!?]{0,30}\b(?:generated|created|produced|written)\b[^.!?]{0,20}\b(?:ai|artificial intelligence|chatgpt)\b.{0,160}",
    r"(?:premium|subscribers?(?:.only| exclusive)?|exclusive (?:to|for) (?:our )?(?:subscribers|members)|(?:members|subscribers) only|paid post|unlocked article)\W*",
    r"to read more\b[^.!?]{0,40}\b(?:subscribe|sign up|register)\b.{0,120}|(?:enter|type) your e-?mail(?: address)?\W*|(?:you can )?unsubscribe (?:at )?any ?time\b.{0,40}",
    r"(?:do you have|have|got) an? (?:story|tip|news tip|photo)\b[^.!?]{0,40}\?\W*(?:get in touch|contact|e-?mail|let us know|send|call|write|share)\b.{0,120}",
    r"(?:please|by commenting|comments|read|see|view|you must|remember)\b[^.!?]{0,100}\b(?:community|commenting|comment|house) (?:guidelines|rules|policy|standards)\W*",
    r"why (?:you can )?trust us\W*|(?:support|fund|back) (?:independent|our|quality|local) (?:journalism|newsroom|reporting)\b.{0,160}|[^.!?]{1,60} is (?:funded|supported|powered) by (?:readers|people|supporters) like you\b.{0,200}",
    r"(?:sorry,? )?something went wrong\W+(?:please )?(?:try again|reload|refresh)\b.{0,60}|get the app\b.{0,100}|(?:stay|keep) up to date with (?:notifications|alerts|our)\b.{0,80}|(?:turn on|enable|allow|get) notifications\b[^.!]{0,40}\W*",
    r"have your say\W*|\d[\d,.]* votes?\W*|(?:take|results of|vote in) (?:our|the) poll\W*",
)
"""Calls and controls in English."""

EMBEDS = (
    r"(?=.*(?:cookies|consent|zustimm|datenschutz|confidential|privac|third.part|drittanb|extern|permission))"
    r"(?:this (?:content|video|post|article|embed) (?:is (?:provided|hosted)|comes|contains content)|an dieser stelle (?:finden sie|befindet sich)|(?:dieser|ein) inhalt (?:wird|stammt)"
    r"|empfohlener (?:externer|redaktioneller) inhalt|externer inhalt|ce contenu (?:est bloqué|est hébergé|provient)|este contenido (?:se aloja|está alojado|proviene|se muestra)"
    r"|questo contenuto (?:è ospitato|proviene)|este conteúdo (?:é|está) (?:hospedado|fornecido))\b.{0,400}",
)
"""Notices in the place of what another site would show."""

ALSO_READ = (
    r"(?:lesen sie (?:auch|mehr|hier)|lies auch|mehr zum thema|siehe auch|auch interessant|das könnte (?:sie|dich) auch interessieren|passend dazu|mehr dazu"
    r"|le[ea] también|te puede interesar|(?:también )?te (?:recomendamos|interesará)|ve[ar]? también|más información|noticias? relacionadas?|quizás te interese"
    r"|lire aussi|à lire (?:aussi|également)|lire également|(?:à )?voir aussi|sur le même (?:sujet|thème)|à découvrir aussi"
    r"|leggi (?:anche|pure)|vedi anche|guarda anche|(?:ti )?potrebbe(?:ro)? (?:anche )?interessar(?:ti|e)|articol[oi] correlat[oi]"
    r"|leia (?:também|mais)|veja (?:também|mais)|saiba mais|confira também|notícias? relacionadas?"
    r"|lees (?:ook|meer)|bekijk ook|läs (?:också|mer|även)|les også|læs også|lue myös"
    r"|(?:czytaj|zobacz|przeczytaj|sprawdź|polecamy) (?:także|też|również|więcej)|powiązane artykuły|polecamy"
    r"|(?:читайте|смотрите|слушайте) (?:также|ещё|еще)|(?:материалы|новости|ещё|еще) по теме|по теме"
    r"|(?:bunlar da )?ilginizi çekebilir|ilgili (?:haber(?:ler)?|yazı(?:lar)?|konular?)|ayrıca (?:oku\w*|bakınız|bkz)|oku(?:yun)?"
    r"|関連(?:記事|ニュース|リンク)|あわせて読みたい|(?:こちらも)?おすすめ(?:記事)?|こちらの記事も(?:おすすめ|どうぞ)|併せて読みたい"
    r"|(?:相关|相關|推荐|推薦|延伸|更多|扩展)(?:阅读|閱讀|新闻|新聞|文章|报道|報導|内容)|另见|参见)"
)
"""Words before the title of another article."""

LABELS = (
    *COOKIES,
    *READING_TIMES,
    *NEWSLETTERS,
    *FOLLOWS,
    *ERRORS_IN_TEXT,
    *CREDITS,
    *CALLS,
    *ENGLISH_CALLS,
    *EMBEDS,
    rf"{ALSO_READ}\W*",
)
"""All that a whole block may be."""
