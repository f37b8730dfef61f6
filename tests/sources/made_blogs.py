# ruff: noqa: E501 - pages are read more easily one frame to a line
"""Kinds of site for `tests.sources.made_sites`: letters, blogs and small papers."""

from __future__ import annotations

from tests.sources.made_prose import PEOPLE
from tests.sources.made_site import Site, in_order


def amp(s: Site) -> str:
    """A page for phones, of custom elements."""
    texts = s.texts()
    ad = '<amp-ad width="300" height="250" type="doubleclick"><div overflow>Advertisement</div></amp-ad>'
    inner = "".join(f"<p>{t}</p>{ad if n % 4 == 1 else ''}" for n, t in enumerate(texts))
    return (
        f'<amp-sidebar id="side"><ul>{s.menu()}</ul></amp-sidebar><header class="amp-header">{s.name}</header><article class="amp-wp-article"><header class="amp-wp-article-header"><h1 class="amp-wp-title">{s.title}</h1><div class="amp-wp-meta amp-wp-byline"><span class="amp-wp-author author vcard">{s.author}</span></div><div class="amp-wp-meta amp-wp-posted-on"><time datetime="{s.iso}">3 years ago</time></div></header>'
        f'<figure class="amp-wp-article-featured-image wp-caption"><amp-img src="a.jpg"></amp-img><p class="wp-caption-text">{s.caption()}</p></figure><div class="amp-wp-article-content">{inner}</div><footer class="amp-wp-article-footer"><div class="amp-wp-meta amp-wp-tax-category">Categories: <a href="/n">News</a></div><div class="amp-wp-meta amp-wp-comments-link"><a href="/c">Leave a Comment</a></div></footer></article>'
    )


def radio(s: Site) -> str:
    """Pictures with their captions in many layers of <div>; boxes of links beside paragraphs."""
    out = []
    for at, text in enumerate(s.texts()):
        out.append(f"<p>{text}</p>")
        if at == 1:
            out.append(
                f'<div id="res80" class="bucketwrap image large"><div class="imagewrap"><img src="a.jpg"></div><div class="credit-caption"><div class="caption-wrap"><div class="caption"><p>{s.caption()} <b class="credit">{s.author}/{s.name}</b> <b class="hide-caption">hide caption</b></p></div><b class="toggle-caption">toggle caption</b></div><span class="credit">{s.author}/{s.name}</span></div></div>'
            )
        if at == 4:
            out.append(
                f'<div id="res81" class="bucketwrap internallink insettwocolumn inset2col"><div class="bucket img"><div class="bucketblock"><h3 class="slug"><a href="/s">The Coast</a></h3><h3>{s.link()}</h3></div></div></div>'
            )
    return (
        f'<main><section id="main-section"><article class="story"><div class="story-tools"><h3 class="slug"><a href="/s">National</a></h3></div><div class="storytitle"><h1>{s.title}</h1></div><div id="story-meta" class="story-meta has-byline"><div class="dateblock"><time datetime="{s.iso}"><span class="date">{s.day}</span><span class="time">8:00 AM ET</span></time></div><div class="bylines"><div class="byline-container"><p class="byline__name">{s.author}</p></div></div></div>'
        f'<div id="primaryaudio"><h4 class="audio-module-title">{s.title}</h4><ul class="audio-module-tools"><li>Download</li><li>Transcript</li></ul><b class="audio-module-listen-duration">3:41</b></div><div id="storytext" class="storytext storylocation linkLocation">{"".join(out)}</div><div class="tags"><ul>{s.links(2)}</ul></div></article></section><aside id="main-sidebar"><h3>Related Stories</h3>{s.links(3, "article")}</aside></main>'
    )


def letter(s: Site) -> str:
    """A letter to subscribers, with calls to subscribe in its midst and at its end."""
    call = '<div class="subscription-widget-wrap"><div class="subscription-widget show-subscribe"><div class="preamble"><p class="cta-caption">Thanks for reading! Subscribe for free to receive new posts and support my work.</p></div><form><input type="email"></form></div></div>'
    texts = s.texts(12)
    inner = "".join(f"<p>{t}</p>{call if n in (3, 11) else ''}" for n, t in enumerate(texts))
    picture = f'<div class="captioned-image-container"><figure><a class="image-link"><img src="a.jpg"></a><figcaption class="image-caption">{s.caption()}</figcaption></figure></div>'
    return f'<div class="single-post-container"><article class="newsletter-post post"><div class="post-header"><h1 class="post-title">{s.title}</h1><h3 class="subtitle">{s.caption()}</h3><div class="byline-wrapper"><a href="/a">{s.author}</a><div>{s.day}</div></div><div class="like-button-container"><a>12</a></div></div><div class="available-content"><div class="body markup">{picture}{inner}</div></div><div class="post-footer"><a class="button">Share</a></div></article><div class="comments-section"><h4>3 Comments</h4></div></div>'


def sections(s: Site) -> str:
    """Names of nothing, quotations pulled out, parts that are parted by rules."""
    out = []
    for at, text in enumerate(s.texts()):
        out.append(f'<p id="{at:04x}" class="iq ir bt is b it iu">{text}</p>')
        if at % 6 == 4:
            out.append(
                f'</div></div></section><hr><section class="ee ef eg"><div class="n p"><div class="ap aq ar"><h2 id="b{at}" class="lk ll bt">{s.heading()}</h2>'
            )
    s.body = in_order(s.body, out)
    return f'<div id="root"><div class="a b c"><nav class="d e"><div>{s.links(3, "span")}</div></nav><article><section class="ee ef eg"><div class="n p"><div class="ap aq ar"><h1 class="ba bt">{s.title}</h1><div class="eo ep"><div class="eq"><a href="/@x">{s.author}</a> <span><a class="fu" href="#">Follow</a></span></div><div class="er"><span>Mar 3 · 6 min read</span></div></div>{"".join(out)}</div></div></section></article><div class="rr"><div class="rs"><h2>More from {s.author}</h2><button>Follow</button><p>Engineer, walker, reader of tide tables.</p></div>{"".join(f"<div class=rt><h3>{s.link()}</h3></div>" for _ in range(3))}</div></div></div>'


def commented(s: Site) -> str:
    """A short report with a long discussion, in names that are two words written as one."""
    posts = "".join(
        f'<li class="commentitem"><div class="commenthead"><strong>{p}</strong> {s.day}</div><div class="commenttext"><p>{s.prose.paragraph(2, 4)}</p><p>{s.prose.paragraph(1, 3)}</p></div></li>'
        for p in PEOPLE[:9]
    )
    return f'<div class="maincol"><div class="article"><h1>{s.title}</h1><p class="articleinfo">{s.day} | {s.author}</p><div class="articletext">{"".join(f"<p>{t}</p>" for t in s.texts(6))}</div><div class="articleshare"><span>Share</span></div></div><div class="readerposts"><h3>What readers say</h3><ol class="commentlist">{posts}</ol></div><div class="relatedarticles"><h3>Read these too</h3><ul>{s.links(4)}</ul></div></div>'


def emboldened(s: Site) -> str:
    """Subheadings that are bold paragraphs; a note on a correction at the end."""
    out = []
    for at, text in enumerate(s.texts()):
        if at % 5 == 3:
            out.append(f"<p><b>{s.heading()}</b></p>")
        out.append(f"<p>{text}</p>")
    s.body = in_order(s.body, out)
    note = s.say(
        "Correction: an earlier version of this article gave the wrong year for the opening of the bridge."
    )
    return f'<div class="main"><div class="story-header"><h1>{s.title}</h1><span class="dt">{s.day}</span> <span class="by">{s.author}</span></div><div class="story-content">{"".join(out)}<p><em>{note}</em></p></div></div><div class="rhs"><h3>Trending</h3>{s.links(5, "p")}</div>'


def station(s: Site) -> str:
    """A local station: a place before the first words, a notice of copyright after the last."""
    texts = s.texts()
    return f'<div class="article-wrap"><h1 class="headline">{s.title}</h1><div class="article-meta"><div class="byline">By <a href="/a">{s.author}</a></div><div>Published: {s.day} at 6:12 PM EST</div></div><div class="article-body"><div class="lead-media"><p class="caption-text">{s.caption()}({s.name})</p></div>{"".join(f"<p class=text>{t}</p>" for t in texts)}<p class="text"><i>Copyright {s.date[0]} {s.name}. All rights reserved.</i></p></div><div class="flex-feature"><h4>Latest News</h4>{"".join(f"<div class=card><h5>{s.link()}</h5><span>Updated: 2 hours ago</span><p>{s.caption()}</p></div>" for _ in range(6))}</div></div>'


def parted(s: Site) -> str:
    """The text in three parts under different names, with a gallery between two of them."""
    intro, first, second = s.texts(2), s.texts(5), s.texts(5)
    gallery = "".join(
        f'<li><img src="{n}.jpg"><div class="desc">{s.caption()}</div></li>' for n in range(4)
    )
    return f'<div class="page-node"><h1>{s.title}</h1><div class="lead-in"><strong>{"".join(f"<p>{t}</p>" for t in intro)}</strong></div><div class="info-row">{s.author}, {s.day}</div><div class="copy-a">{"".join(f"<p>{t}</p>" for t in first)}</div><div class="gallery"><ul>{gallery}</ul></div><div class="copy-b">{"".join(f"<p>{t}</p>" for t in second)}</div></div><div class="more-box"><h2>More</h2><ul>{s.links(5)}</ul></div>'


def of_old(s: Site) -> str:
    """Markup of the last century: elements left open, fonts, nested tables."""
    text = "\n<P>".join(s.texts())
    return f'<CENTER><TABLE WIDTH=760><TR><TD VALIGN=top WIDTH=120 BGCOLOR="#cccccc"><FONT SIZE=2>{s.links(9, "B")}</FONT><TD VALIGN=top><FONT FACE="Times" SIZE=5><B>{s.title}</B></FONT><BR><FONT SIZE=2><I>By {s.author}</I><BR>{s.day}</FONT><P>{text}<P><CENTER><FONT SIZE=1>Copyright {s.date[0]} {s.name}</FONT></CENTER></TABLE></CENTER>'


def roundup(s: Site) -> str:
    """A list of news with links in each item."""
    items = "".join(
        f"<li>{s.say(s.prose.sentence())} <a href='https://{n}.test/'>{s.say_on('Read the report')}</a></li>"
        for n in range(8)
    )
    first, last = s.prose.paragraph(2, 3), s.prose.paragraph(2, 3)
    s.body = [first, *s.body, last]
    return f'<article><h1>{s.title}</h1><div class="entry"><p>{first}</p><ul>{items}</ul><p>{last}</p></div></article><div class="widgets"><h4>Categories</h4><ul>{s.links(6)}</ul></div>'


def consent(s: Site) -> str:
    """A long text on data and partners above the article, in names that say nothing."""
    wall = "".join(
        f"<p>{t}</p>"
        for t in (
            "We and our partners store and access information on your device, such as unique identifiers, to show you content that suits you and to measure how it is received.",
            "With your permission we and our partners may use precise data on where you are. You may click to agree to this, or look at each purpose before you do.",
            "Some of what is done with your data may not need your agreement, but you have the right to object. Your choice holds for this site alone and can be changed at any time.",
        )
    )
    return f'<div class="qc-ui-wrap"><div class="qc-inner"><h2>Your privacy matters to us</h2>{wall}<button>I agree</button></div></div><div class="wrap"><article><h1>{s.title}</h1><div class="txt">{"".join(f"<p>{t}</p>" for t in s.texts())}</div></article></div>'


def essay(s: Site) -> str:
    """Pictures with long captions after each paragraph."""
    out = [
        f'<p>{text}</p><div class="photo-block"><img src="a.jpg"><div class="photo-text">{s.caption()} <span class="photo-by">{s.author}</span></div></div>'
        for text in s.texts(9)
    ]
    return f'<section class="feature"><h1>{s.title}</h1><p class="feature-by">Words by {s.author}</p>{"".join(out)}</section>'


def column(s: Site) -> str:
    """A columnist's picture and life before the text; a line in italics about them after it."""
    texts = s.texts()
    return f'<div class="opinion-page"><h1>{s.title}</h1><div class="columnist"><img src="a.jpg"><h4>{s.author}</h4><p class="columnist-text">{s.author} has written for this paper since 2009 and lives in Quillport with two dogs.</p></div><div class="column-text">{"".join(f"<p>{t}</p>" for t in texts)}<p><em>{s.author} is a columnist of the {s.name}. Write to {s.author.split()[0].lower()}@observer.test.</em></p></div><div class="column-more"><h3>More opinion</h3>{s.links(4, "p")}</div></div>'
