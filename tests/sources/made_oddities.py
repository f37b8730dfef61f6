# ruff: noqa: E501 - pages are read more easily one frame to a line
"""Kinds of site for `tests.sources.made_sites`: what stands in the way of reading them."""

from __future__ import annotations

import html

from tests.sources.made_site import Site


def questions(s: Site) -> str:
    """An interview: questions as short bold paragraphs, answers below them."""
    out = [f"<p>{s.texts(1)[0]}</p>"]
    for _ in range(7):
        question = s.draw.choice(
            (
                "And the ferry?",
                "Was that wise?",
                "Why not sooner?",
                "What did the board say to you then?",
                "Who pays for it?",
                "Do you regret it?",
            )
        )
        out += [
            f"<p><strong>{s.say(question)}</strong></p>",
            f"<p>{s.say(s.prose.paragraph(2, 4))}</p>",
        ]
    return f'<div class="field field-name-title"><h1 class="page-title">{s.title}</h1></div><div class="field field-name-field-author">{s.author}</div><div class="field field-name-body field-type-text-with-summary field-label-hidden"><div class="field-items"><div class="field-item even" property="content:encoded">{"".join(out)}</div></div></div><div class="field field-name-field-tags"><div class="field-label">Tags: </div><a href="/t">Ferries</a></div>'


def metered(s: Site) -> str:
    """The upper part for everyone, the rest for subscribers, in the page all the same."""
    texts = s.texts(14)
    first = "".join(f"<p>{t}</p>" for t in texts[:4])
    rest = "".join(f"<p>{t}</p>" for t in texts[4:])
    return (
        f'<article class="asset story"><header class="asset-header"><h1 class="headline"><span itemprop="headline">{s.title}</span></h1><ul class="list-inline"><li><span class="tnt-byline">By {s.author}</span></li><li class="hidden-print"><time datetime="{s.iso}">{s.day}</time></li></ul></header>'
        f'<div class="asset-content subscriber-premium"><div itemprop="articleBody" class="asset-body"><div class="subscriber-preview">{first}</div><div class="tncms-region"><div class="card-panel"><h4>Most Popular</h4><ul>{s.links(4)}</ul></div></div><div class="subscriber-only">{rest}</div></div><div class="asset-author"><p>Reach {s.author} at 555-0199.</p></div><div class="tags"><h4>Tags</h4>{s.links(3, "span")}</div></div></article>'
    )


def framed(s: Site) -> str:
    """Everything in one form and in tables, as some systems of old build it."""
    paragraphs = "".join(
        f'<p class="MsoNormal"><span lang="EN-GB">{t}</span></p>' for t in s.texts()
    )
    return f'<form id="aspnetForm" method="post"><input type="hidden" name="__VIEWSTATE" value="x"><table width="100%"><tr><td width="150">{s.links(8, "div")}</td><td><span class="headline">{s.title}</span><table><tr><td>{s.day}</td></tr></table><div class="text">{paragraphs}</div><a href="javascript:print()">Print this page</a></td><td width="160"><b>Also on this site</b>{s.links(5, "p")}</td></tr></table></form>'


def fragments(s: Site) -> str:
    """Two <article> elements for one article: one with its head, one with its text."""
    head = f'<article class="hero"><h1>{s.title}</h1><p>By {s.author}</p></article>'
    texts = s.texts(10)
    sub = s.heading()
    tail = "".join(f"<p>{s.say(s.prose.paragraph(1, 3))}</p>" for _ in range(3))
    return f'<main>{head}<article class="copy">{"".join(f"<p>{t}</p>" for t in texts)}<h2>{sub}</h2>{tail}</article></main><aside>{s.links(4, "p")}</aside>'


def interrupted(s: Site) -> str:
    """Calls that interrupt the text in its middle, in elements like the text's own."""
    texts = s.texts(16)
    calls = {
        5: "<p>Read more about the ferry here</p>",
        7: "<h4>Related</h4>" + s.links(1, "p"),
        9: f"<p><strong>MORE: </strong>{s.link()}</p>",
        10: "<p><em>Sign up for our daily newsletter</em></p>",
        12: "<h3>Most read</h3><ol>" + s.links(5) + "</ol>",
    }
    inner = "".join(f"<p>{t}</p>{calls.get(n, '')}" for n, t in enumerate(texts))
    return f'<div class="grid"><div class="cell large-8"><h1>{s.title}</h1><p class="byline">{s.author} | {s.day}</p><div class="article__body">{inner}</div></div></div>'


def excerpted(s: Site) -> str:
    """JSON-LD that calls the summary the article's body."""
    summary = f"{s.prose.sentence()} {s.prose.sentence()}"
    data = f'{{"@context":"https://schema.org","@type":"NewsArticle","headline":"x","articleBody":"{html.escape(summary).replace(chr(34), "")}"}}'
    return f'<script type="application/ld+json">{data}</script><div class="story"><h1>{s.title}</h1>{"".join(f"<p>{t}</p>" for t in s.texts())}</div>'


def live(s: Site) -> str:
    """A running report: entries with times, each of a few paragraphs."""
    intro = "".join(f"<p>{t}</p>" for t in s.texts(2))
    entries = "".join(
        f'<div class="block" id="block-{n}"><p class="block-time published-time"><a href="#b{n}"><time datetime="{s.iso}T1{n}:00:00Z">{n} min ago</time></a></p><h2 class="block-title">{s.say(s.prose.subheading())}</h2><div class="block-elements">{"".join(f"<p>{s.say(s.prose.paragraph(1, 2))}</p>" for _ in range(3))}</div><div class="block-share"><a href="#">Facebook</a><a href="#">Twitter</a></div></div>'
        for n in range(1, 6)
    )
    return f'<article><h1>{s.title}</h1><div class="meta">{s.author}</div><div itemprop="articleBody">{intro}<div class="liveblog">{entries}</div></div></article>'


def richlinks(s: Site) -> str:
    """Boxes with a heading of the first level between the paragraphs; topics below."""
    lead = s.say(s.lead)
    out = []
    for at, text in enumerate(s.texts()):
        out.append(f"<p>{text}</p>")
        if at % 5 == 2:
            out.append(
                f'<aside class="element element-rich-link element--thumbnail"><div class="rich-link"><div class="rich-link__container"><div class="rich-link__header"><h1 class="rich-link__title">{s.link()}</h1></div><div class="rich-link__read-more"><div class="rich-link__read-more-text">Read more</div></div></div></div></aside>'
            )
    return (
        f'<article id="article" class="content content--article tonal"><header class="content__head"><h1 class="content__headline" itemprop="headline">{s.title}</h1><div class="content__standfirst" data-component="standfirst"><p>{lead}</p></div></header><div class="content__main"><div class="content__main-column content__main-column--article"><figure class="element-image"><figcaption class="caption caption--main">{s.caption()} Photograph: {s.author}/Harbour Pictures</figcaption></figure>'
        f'<div class="content__meta-container"><p class="byline">{s.author}</p><p class="content__dateline"><time datetime="{s.iso}">{s.day}</time></p><div class="meta__social"><ul class="social"><li><a href="#">Share on Facebook</a></li></ul></div></div><div class="content__article-body from-content-api" itemprop="articleBody">{"".join(out)}<div class="submeta"><div class="submeta__label">Topics</div><ul class="submeta__keywords">{s.links(3)}</ul></div></div></div></div></article>'
    )


def brief(s: Site) -> str:
    """A brief report of a few short paragraphs among much else."""
    texts = s.texts(3)
    return f'<div class="row"><div class="col-md-8"><h1>{s.title}</h1><div class="info">{s.day} by {s.author}</div>{"".join(f"<p>{t}</p>" for t in texts)}<p>{s.link()}</p></div><div class="col-md-4"><h3>News</h3>{"".join(f"<div class=teaser><h4>{s.link()}</h4><p>{s.caption()}</p></div>" for _ in range(9))}</div></div>'


def tabular(s: Site) -> str:
    """A table of results in the text."""
    texts = s.texts(8)
    rows = [
        ["Place", "Boats", "Crew"],
        ["Quillport", "14", "120"],
        ["Dunmere", "9", "71"],
        ["Marrow Hill", "3", "18"],
    ]
    table = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    body, s.body = s.body, []
    s.body = [*body[:4], *(" ".join(row) for row in rows), *body[4:]]
    return f'<article><h1>{s.title}</h1><div class="art-text">{"".join(f"<p>{t}</p>" for t in texts[:4])}<table class="table"><tbody>{table}</tbody></table>{"".join(f"<p>{t}</p>" for t in texts[4:])}</div></article>'


TEXTS = {
    "de": (
        "Der Hafenrat hat am Dienstag beschlossen, die alte Fähre noch einen Winter lang fahren zu lassen, obwohl der Rumpf an mehreren Stellen undicht ist.",
        "„Wir haben jede Schraube gezählt, und ein Dutzend davon war lose“, sagte die Ingenieurin, die das Schiff im Auftrag des Kreises untersucht hat.",
        "Von Anfang an war umstritten, wer für die Reparatur aufkommt. Die Versicherung lehnt es bisher ab.",
        "Bilder vom Anleger zeigen, wie stark der Rost in den vergangenen Jahren vorangekommen ist.",
        "Im Frühjahr soll ein neues Gutachten vorliegen; bis dahin dürfen höchstens achtzig Fahrgäste zugleich an Bord sein.",
        "Die Gewerkschaft der Seeleute spricht von einem faulen Kompromiss und kündigt für den kommenden Monat einen Warnstreik an.",
    ),
    "fr": (
        "Le conseil du port a décidé mardi de laisser naviguer le vieux bac un hiver de plus, bien que la coque prenne l’eau en plusieurs endroits.",
        "« Nous avons compté chaque boulon, et douze d’entre eux étaient desserrés », a expliqué l’ingénieure chargée de l’examen.",
        "Par exemple, personne ne sait encore qui paiera les travaux. L’assureur refuse pour le moment.",
        "Un nouveau rapport est attendu au printemps ; d’ici là, quatre-vingts passagers au plus pourront monter à bord.",
        "Le syndicat des marins dénonce un mauvais compromis et annonce une grève pour le mois prochain.",
        "Les commerçants de la rive nord, eux, se disent soulagés : sans le bac, leurs clients mettraient une heure de plus.",
    ),
    "zh": (
        "港务委员会星期二决定，让旧渡轮再运行一个冬天，尽管船体有好几处漏水。",
        "“我们数过每一颗螺栓，其中十二颗是松的。”受县里委托检查这艘船的工程师说。",
        "修理费用由谁承担，目前还没有结论。保险公司到现在为止一直拒绝支付。",
        "新的鉴定报告预计明年春天完成；在此之前，船上最多只能同时搭载八十名乘客。",
        "海员工会认为这是一个糟糕的妥协，并宣布下个月将举行一次警告性罢工。",
        "北岸的商店老板们则松了一口气：没有渡轮，他们的顾客就得多走一个小时的路。",
    ),
}
"""The same report in languages whose words, marks and spaces differ."""


def foreign(s: Site) -> str:
    """A page in another language, with that language's trimmings."""
    language = s.draw.choice(sorted(TEXTS))
    words = {
        "de": ("Lesen Sie auch", "Anzeige", "Mehr zum Thema", "Kommentare"),
        "fr": ("Lire aussi", "Publicité", "Sur le même sujet", "Commentaires"),
        "zh": ("相关阅读", "广告", "相关新闻", "评论"),
    }[language]
    titles = {
        "de": "Alte Fähre darf noch einen Winter fahren",
        "fr": "Le vieux bac navigue un hiver de plus",
        "zh": "旧渡轮将再运行一个冬天",
    }
    s.title = titles[language]
    texts = list(TEXTS[language]) + [
        f"{a}{'' if language == 'zh' else ' '}{b}"
        for a, b in zip(TEXTS[language][1:4], TEXTS[language][3:], strict=True)
    ]
    s.draw.shuffle(texts)
    s.body = texts
    out = [f"<p>{t}</p>" for t in texts]
    out.insert(2, f'<p>{words[0]}: <a href="/1">{titles[language]} (2)</a></p>')
    out.insert(5, f'<div class="anz"><span>{words[1]}</span></div>')
    return f'<article lang="{language}"><h1>{s.title}</h1><p class="date">{s.iso}</p><div class="text">{"".join(out)}</div><h3>{words[2]}</h3><ul><li><a href="/2">{titles[language]}</a></li><li><a href="/3">{titles[language]}</a></li></ul><div id="comments"><h3>{words[3]} (2)</h3></div></article>'
