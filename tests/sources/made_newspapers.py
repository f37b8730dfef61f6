# ruff: noqa: E501 - pages are read more easily one frame to a line
"""Kinds of site for `tests.sources.made_sites`: newspapers, stations and agencies."""

from __future__ import annotations

from tests.sources.made_prose import PEOPLE, PLACES
from tests.sources.made_site import Site, in_order


def columns(s: Site) -> str:
    """Generated class names; the text in columns, one column for a few paragraphs each."""
    texts = s.texts()
    columns = []
    while texts:
        some, texts = texts[:4], texts[4:]
        inner = "".join(f'<p class="css-exrw3m evys1bk0">{t}</p>' for t in some)
        columns.append(
            f'<div class="css-1fanzo5 StoryBodyCompanionColumn"><div class="css-53u6y8">{inner}</div><aside class="css-o6xoe7"></aside></div>'
            '<div><div id="story-ad-1-wrapper" class="css-1r07izm"><div class="ad story-ad-1-wrapper" style="text-align:center"><div class="css-rfqw0c"><p>Advertisement</p></div></div></div></div>'
        )
    return (
        f'<main id="site-content"><div><article id="story" class="css-1vxca1d"><header class="css-o1m8nc"><h1 itemprop="headline" class="css-rsa88z"><span>{s.title}</span></h1>'
        f'<p id="article-summary" class="css-w6ymp8">{s.caption()}</p><figure class="css-1a0ymrn"><figcaption class="css-b8h96j"><span aria-hidden="true">{s.caption()}</span><span class="css-1nlwv5q"><span>Credit</span>{s.author} for the {s.name}</span></figcaption></figure>'
        f'<div class="css-18e8msd"><p class="css-1nuro5j">By <span itemprop="name">{s.author}</span></p><ul><li><time datetime="{s.iso}">{s.day}</time></li><li><ul class="css-60hakz"><li><a href="#">Share</a></li></ul></li></ul></div></header>'
        f'<section name="articleBody" itemprop="articleBody" class="meteredContent css-1r7ky0e">{"".join(columns)}</section></article></div></main>'
        f'<section id="collection"><h2>More in Harbours</h2><ol>{s.links(5)}</ol></section>'
    )


def broadcaster(s: Site) -> str:
    """Captions that screen readers are told of; crossheads; a list of links within the text."""
    first, *texts = s.texts()
    out = [f'<p class="story-body__introduction">{first}</p>']
    for at, text in enumerate(texts):
        if at % 6 == 3:
            out.append(f'<h2 class="story-body__crosshead">{s.heading()}</h2>')
        out.append(f"<p>{text}</p>")
        if at == 1:
            out.append(
                f'<ul class="story-body__unordered-list">{s.links(3, "li", "story-body__list-item")}</ul>'
            )
        if at == 3:
            out.append(
                f'<figure class="media-landscape has-caption"><span class="image-and-copyright-container"><span class="off-screen">Image copyright</span><span class="story-image-copyright">Harbour Pictures</span></span><figcaption class="media-caption"><span class="off-screen">Image caption</span><span class="media-caption__text">{s.caption()}</span></figcaption></figure>'
            )
        if at == 5:
            out.append(
                f'<figure class="media-with-caption"><div class="media-player-wrapper"><p class="media-message">Media playback is unsupported on your device</p></div><figcaption class="media-with-caption__caption"><span class="off-screen">Media caption</span>{s.caption()}</figcaption></figure>'
            )
    s.body = in_order(s.body, out)
    return (
        f'<div id="page"><div class="container-width-only"><div class="column--primary"><div class="story-body"><h1 class="story-body__h1">{s.title}</h1><div class="story-body__mini-info-list-and-share"><div class="date date--v2">{s.day}</div><div class="share-tools"><button>Share</button></div></div>'
        f'<div class="story-body__inner" property="articleBody">{"".join(out)}</div></div><div class="share share--lightweight"><p class="share__title">Share this story</p></div><div id="topic-tags"><h2>Related Topics</h2><ul>{s.links(3)}</ul></div><h2 class="group__title">More on this story</h2><ul>{s.links(4)}</ul></div>'
        f'<div class="column--secondary"><h2>Top Stories</h2>{"".join(f"<div><h3>{s.link()}</h3><p>{s.caption()}</p></div>" for _ in range(4))}</div></div></div>'
    )


def divided(s: Site) -> str:
    """A paragraph a <div>, without a <p>; the rest behind a button; teasers between."""
    texts = s.texts(14)
    first = f'<p class="zn-body__paragraph speakable"><cite class="el-editorial-source"></cite>{texts[0]}</p>'
    upper = "".join(f'<div class="zn-body__paragraph speakable">{t}</div>' for t in texts[1:5])
    lower = "".join(f'<div class="zn-body__paragraph">{t}</div>' for t in texts[5:])
    read = f'<div class="el__embedded el__embedded--standard"><div class="el__article--embed"><div class="el__article__content"><div class="cd__kicker">Read More</div><h3 class="cd__headline">{s.link()}</h3></div></div></div>'
    return (
        f'<article class="pg-rail-tall"><h1 class="pg-headline">{s.title}</h1><div class="metadata"><div class="metadata__info"><p class="metadata__byline"><span class="metadata__byline__author">By <a href="/profiles/x">{s.author}</a></span></p><p class="update-time">Updated 0415 GMT (1215 HKT) {s.day}</p></div></div>'
        f'<section id="body-text" class="zn zn-body-text zn-body"><div class="l-container">{first}{upper}{read}<div class="zn-body__read-all">{lower}</div><div class="zn-body__footer"><p>Paid Content</p>{s.links(4, "div")}</div></div></section></article>'
    )


def agency(s: Site) -> str:
    """A wire story: a dateline, a credit of its own at the end, a badge below it."""
    texts = s.texts()
    end = "Reporting by Mira Oldham in Quillport; Editing by Petr Lindqvist"
    paragraphs = "".join(f"<p>{t}</p>" for t in texts)
    return (
        f'<div class="StandardArticle_inner-container"><div class="ArticleHeader_container"><div class="ArticleHeader_upper-container"><div class="ArticleHeader_date">{s.day} / 6:31 AM / Updated 2 hours ago</div><h1 class="ArticleHeader_headline">{s.title}</h1><p class="BylineBar_byline"><span><a href="/j/x">{s.author}</a></span></p><p class="BylineBar_reading-time">4 Min Read</p></div></div>'
        f'<div class="StandardArticleBody_body">{paragraphs[: paragraphs.find("</p>") + 4]}<div class="PrimaryAsset_container"><div class="Image_container"><figure><figcaption><div class="Image_caption"><span>FILE PHOTO: {s.caption()} Harbour Pictures/{s.author}/File Photo</span></div></figcaption></figure></div></div>{paragraphs[paragraphs.find("</p>") + 4 :]}'
        f'<div class="Attribution_container"><div class="Attribution_attribution"><p class="Attribution_content">{s.say(end)}</p></div></div><div class="StandardArticleBody_trustBadgeContainer"><span class="StandardArticleBody_trustBadgeTitle">Our Standards:</span><span class="trustBadgeUrl"><a href="/t">The Harbour Trust Principles.</a></span></div></div></div>'
        f'<div class="RelatedCoverage"><h3>More From {s.name}</h3>{s.links(5, "div")}</div>'
    )


def tabloid(s: Site) -> str:
    """A summary in bullets, captions as paragraphs, readers' comments below."""
    bullets = "".join(f"<li><strong>{s.say(s.prose.sentence())}</strong></li>" for _ in range(3))
    out = []
    for at, text in enumerate(s.texts()):
        out.append(
            f'<p class="mol-para-with-font"><font style="font-size: 1.2em;">{text}</font></p>'
        )
        if at % 4 == 2:
            out.append(
                f'<div class="artSplitter mol-img-group"><div class="mol-img"><div class="image-wrap"><img src="a.jpg"></div></div><p class="imageCaption">{s.say(s.prose.sentence())}</p></div>'
            )
    s.body = in_order(s.body, [bullets, *out])
    comments = "".join(
        f'<div class="comment"><p class="user-info">{p}, {q}, 2 days ago</p><p class="comment-body">{s.prose.paragraph(1, 2)}</p></div>'
        for p, q in zip(PEOPLE[:4], PLACES, strict=False)
    )
    return (
        f'<div id="js-article-text" class="article wide"><h2>{s.title}</h2><ul class="mol-bullets-with-font">{bullets}</ul><p class="author-section byline-plain">By <a class="author">{s.author} For The {s.name}</a></p><p class="byline-section"><span class="article-timestamp">Published: 08:00, {s.day}</span></p><div class="shareArticles"><ul><li>Share</li><li>12 shares</li></ul><p>View <span>14</span> comments</p></div>'
        f'<div itemprop="articleBody">{"".join(out)}</div><div class="shareArticles"><h3>Share this article</h3></div></div><div id="reader-comments"><h3>Comments (14)</h3>{comments}</div>'
    )


def theme(s: Site) -> str:
    """A blog's theme: subheadings, a list, a shared bar, an author's box, comments."""
    texts = s.texts(12)
    items = "".join(f"<li>{s.say(s.prose.sentence())}</li>" for _ in range(4))
    quote = s.say(s.prose.sentence())
    middle = f"<h2>{s.heading()}</h2><ul>{items}</ul><blockquote class='wp-block-quote'><p>{quote}</p></blockquote>"
    last = "".join(f"<p>{s.say(s.prose.paragraph(1, 3))}</p>" for _ in range(4))
    whole = "".join(f"<p>{t}</p>" for t in texts) + middle + last
    s.body = in_order(s.body, [whole])
    reply = "".join(
        f'<li class="comment even depth-1" id="comment-{n}"><article class="comment-body"><footer class="comment-meta"><b class="fn">{p}</b> says:<time>{s.day} at 9:00 am</time></footer><div class="comment-content"><p>{s.prose.paragraph(1, 2)}</p></div></article></li>'
        for n, p in enumerate(PEOPLE[:3])
    )
    return (
        f'<div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main"><article id="post-81" class="post-81 post type-post status-publish format-standard has-post-thumbnail hentry category-news"><header class="entry-header"><h1 class="entry-title">{s.title}</h1><div class="entry-meta"><span class="posted-on">Posted on <a href="/x"><time class="entry-date published" datetime="{s.iso}T08:00:00+00:00">{s.day}</time></a></span><span class="byline"> by <span class="author vcard"><a class="url fn n" href="/author/x">{s.author}</a></span></span></div></header>'
        f'<div class="entry-content">{whole}<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul><li><a href="#">Click to share on Twitter (Opens in new window)</a></li></ul></div><div id="jp-relatedposts" class="jp-relatedposts"><h3 class="jp-relatedposts-headline"><em>Related</em></h3></div></div><footer class="entry-footer"><span class="cat-links">Posted in <a href="/n">News</a></span></footer></article>'
        f'<nav class="navigation post-navigation"><h2 class="screen-reader-text">Post navigation</h2><div class="nav-links">{s.links(2, "div")}</div></nav><div class="author-box"><h3>About {s.author}</h3><p>{s.author} has written about harbours for eleven years.</p></div><div id="comments" class="comments-area"><h2 class="comments-title">3 thoughts on “{s.title}”</h2><ol class="comment-list">{reply}</ol><div id="respond"><h3>Leave a Reply</h3><p>Your email address will not be published. Required fields are marked *</p></div></div></main></div>'
        f'<aside id="secondary" class="widget-area"><section class="widget"><h2 class="widget-title">Recent Posts</h2><ul>{s.links(5)}</ul></section></aside></div>'
    )


def weblog(s: Site) -> str:
    """Text without paragraphs, parted by line breaks, in a post's body; archives beside it."""
    text = "<br />\n<br />\n".join(s.texts())
    return (
        f'<div class="main-outer"><div class="columns"><div class="column-center-outer"><div class="main section" id="main"><div class="widget Blog"><div class="date-outer"><h2 class="date-header"><span>{s.day}</span></h2><div class="post hentry"><h3 class="post-title entry-title">{s.title}</h3><div class="post-body entry-content" id="post-body-4711"><div dir="ltr" style="text-align: left;">{text}</div></div><div class="post-footer"><span class="post-author vcard">Posted by {s.author}</span> at <a href="/x">08:00</a></div></div></div></div></div></div>'
        f'<div class="column-right-outer"><div class="widget BlogArchive"><h2>Blog Archive</h2><ul>{s.links(6)}</ul></div></div></div></div>'
    )


def justified(s: Site) -> str:
    """Each paragraph in a <div> with a style, an empty one between two of them."""
    rows = '<div style="text-align: justify;"><br /></div>'.join(
        f'<div style="text-align: justify;"><span style="font-family: arial;">{t}</span></div>'
        for t in s.texts()
    )
    return f'<div id="wrap"><div class="item"><h2>{s.title}</h2><small>{s.day}</small><div class="itemtext">{rows}</div><a href="/p">Print</a></div><div class="side"><h4>Archive</h4><ul>{s.links(8)}</ul></div></div>'


def cards(s: Site) -> str:
    """Each paragraph a card of its own among cards that are none of the article's."""
    out = []
    for at, text in enumerate(s.texts()):
        out.append(
            f'<div class="wrapper clearfix full" data-type="text"><div class="crd--cnt pb-r"><p>{text}</p></div></div>'
        )
        if at == 2:
            out.append(
                '<div class="wrapper" data-type="raw-html"><div class="ad-container"><span>Paid Post</span></div></div>'
            )
        if at == 4:
            out.append(
                f'<div class="wrapper" data-type="interstitial_link"><p class="crd--cnt"><i>[Most read] {s.link()} »</i></p></div>'
            )
        if at == 6:
            out.append(
                f'<div class="wrapper" data-type="image"><figure><figcaption><span class="pg-caption">{s.caption()} ({s.author} / {s.name})</span></figcaption></figure></div>'
            )
    return f'<main><div class="pb-layout-item pb-f-header"><h1>{s.title}</h1><div class="byline">By <span>{s.author}</span></div><div class="timestamp">{s.day} at 8:00 AM</div></div>{"".join(out)}<div class="wrapper" data-type="bio"><p>{s.author} covers the harbour.</p></div></main><div class="pb-f-latest"><h3>Latest</h3>{s.links(5, "div")}</div>'


def slides(s: Site) -> str:
    """A list of things, each with a linked heading, a picture and a paragraph, called slides."""
    intro = "".join(f"<p>{t}</p>" for t in s.texts(3))
    slides = []
    for number in range(1, 8):
        name = s.say(f"{number}. {s.prose.subheading()}")
        slides.append(
            f'<div class="slide" id="slide-{number}"><h2 class="slide-title"><a href="https://{number}.test">{name}</a></h2><figure><img src="a.jpg"><figcaption><span class="image-source-caption">{s.author}</span></figcaption></figure><div class="slide-text"><p>{s.say(s.prose.paragraph(2, 4))}</p></div></div>'
        )
    return f'<section class="post-headline"><h1 class="post-headline">{s.title}</h1><div class="byline-wrapper">{s.author} <span class="byline-timestamp">{s.day}</span></div></section><section class="post-content"><div class="content-lock-content"><div class="slide-intro">{intro}</div><div class="slideshow">{"".join(slides)}</div></div></section><div class="post-related"><h3>More:</h3>{s.links(3, "span")}</div>'
