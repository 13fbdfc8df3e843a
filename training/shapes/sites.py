"""Whole pages as systems make them: posts, news, documentation, threads of forums, goods of shops."""
import beside
import parts
from material import BY, COMMENTS, MORE, SHARE, escape


def page(m, title, body, extra=""):
    suffix = m.pick("", f" – {m.site()}", f" | {m.site()}", f" - {m.site()}")
    head = f'<meta charset="utf-8"><title>{escape(title)}{suffix}</title>{extra}'
    if m.chance(0.5):
        head += f'<meta property="og:title" content="{escape(title)}"><meta property="og:type" content="article">'
    if m.chance(0.3):
        head += f'<meta property="article:published_time" content="{m.day()[1]}">'
    return f'<!DOCTYPE html><html lang="{m.language}"><head>{head}</head>{body}</html>'


def menu(m):
    links = "".join(f'<li><a href="/{at}/">{escape(" ".join(m.phrase().split()[:2]))}</a></li>' for at in range(m.random.randint(2, 8)))
    return m.pick(f'<nav class="main-nav"><ul>{links}</ul></nav>', f"<nav><ul>{links}</ul></nav>", f'<div id="menu"><ul class="menu">{links}</ul></div>', f"<ul>{links}</ul>")


def masthead(m):
    site = m.site()
    return m.pick(
        f'<header class="site-header"><a class="logo" href="/">{site}</a>{menu(m)}</header>',
        f'<header id="masthead"><a class="skip-link screen-reader-text" href="#content">Skip to content</a><p class="site-title"><a href="/">{site}</a></p><p class="site-description">{escape(m.phrase())}</p>{menu(m)}</header>',
        f'<div id="header"><h1><a href="/">{site}</a></h1>{menu(m)}</div>', f"<div><a href=/>{site}</a>{menu(m)}</div>", "")


def sidebar(m):
    links = "".join(f'<li><a href="/s/{at}">{escape(m.phrase())}</a></li>' for at in range(m.random.randint(2, 7)))
    title = m.pick("Most read", "Recent posts", "Archives", "Categories", "About", m.says(MORE))
    about = f"<div class=\"widget\"><h3>About</h3><p>{escape(m.phrase())} {escape(m.phrase())}</p></div>" if m.chance(0.4) else ""
    form = beside.letter(m) if m.chance(0.4) else ""
    return m.pick(f'<aside class="sidebar"><h3>{title}</h3><ul>{links}</ul>{about}{form}</aside>',
                  f'<aside class="widget-area"><section class="widget"><h2 class="widget-title">{title}</h2><ul>{links}</ul></section>{about}{form}</aside>',
                  f'<div id="sidebar"><h4>{title}</h4><ul>{links}</ul>{about}</div>', "")


def footer(m):
    site, links = m.site(), '<ul><li><a href="/imprint/">Imprint</a></li><li><a href="/privacy/">Privacy policy</a></li></ul>'
    return m.pick(f'<footer class="site-footer"><p>© {m.random.randint(2010, 2026)} {site}. All rights reserved.</p>{links}</footer>',
                  f'<footer id="colophon"><div class="site-info">Proudly powered by {site}.</div></footer>',
                  f'<div id="footer">Copyright {site}{links}</div>', "")


def byline(m):
    (day, iso), who = m.day(), m.name()
    return m.pick(
        f'<div class="entry-meta"><time datetime="{iso}">{day}</time> <span class="byline">{m.says(BY)} <a rel="author" href="/a">{who}</a></span></div>',
        f'<p class="byline">{m.says(BY)} {who} | {day}</p>', f'<div class="meta"><span>{who}</span> <time>{day}</time></div>',
        f'<p class="meta">{day} · {m.random.randint(2, 14)} min</p>', f"<div>{m.says(BY)} {who}</div><div>{day}</div>", "")


# Where a post's head, body, foot and what follows stand: %(head)s, %(body)s, %(foot)s, %(after)s.
FRAMES = [
    '<main id="main"><article class="post type-post hentry"><header class="entry-header">%(head)s</header><div class="entry-content">%(body)s</div><footer class="entry-footer">%(foot)s</footer></article>%(after)s</main>',
    '<div id="content" class="site-content"><div id="primary" class="content-area"><main class="site-main"><article class="post-77 post type-post hentry entry">%(head)s<div class="entry-content">%(body)s</div></article>%(foot)s%(after)s</main></div></div>',
    '<main class="wp-block-group"><div class="wp-block-group">%(head)s</div><div class="entry-content wp-block-post-content is-layout-constrained">%(body)s</div>%(foot)s%(after)s</main>',
    "<main><article>%(head)s%(body)s</article>%(foot)s%(after)s</main>",
    "<main><article>%(head)s%(body)s%(foot)s%(after)s</article></main>",
    "<article>%(head)s%(body)s</article>%(foot)s%(after)s",
    '<div class="main section"><div class="blog-posts hfeed"><div class="post hentry">%(head)s<div class="post-body entry-content">%(body)s</div><div class="post-footer">%(foot)s</div></div></div>%(after)s</div>',
    '<main class="site-main"><article class="article"><header class="article-header gh-canvas">%(head)s</header><section class="gh-content gh-canvas">%(body)s</section></article>%(foot)s%(after)s</main>',
    '<main class="page-content"><div class="wrapper"><article class="post h-entry"><header class="post-header">%(head)s</header><div class="post-content e-content">%(body)s</div></article>%(foot)s%(after)s</div></main>',
    '<div class="container"><div class="row"><div class="col-md-8">%(head)s<div>%(body)s</div>%(foot)s%(after)s</div></div></div>',
    '<div class="layout"><main class="content-area">%(head)s%(body)s%(foot)s%(after)s</main></div>',
    "<div>%(head)s<div>%(body)s</div><div>%(foot)s</div>%(after)s</div>",
    '<section class="section" id="top"><div class="css-1x2">%(head)s<div class="css-9ab">%(body)s</div>%(foot)s</div>%(after)s</section>',
    '<div class="node node--type-article"><h2 class="visually-hidden">Main</h2>%(head)s<div class="field field--name-body">%(body)s</div>%(foot)s</div>%(after)s',
    '<table width="100%%"><tr><td>%(head)s%(body)s</td></tr></table>%(foot)s%(after)s',
]


def laid_out(m, title, head, body, foot="", after=""):
    frame = m.random.choice(FRAMES) % {"head": head, "body": body, "foot": foot, "after": after}
    side = sidebar(m)
    inner = m.pick(f"{masthead(m)}<div class=\"page\">{frame}{side}</div>{footer(m)}", f"{masthead(m)}{frame}{side}{footer(m)}",
                   f"{masthead(m)}{side}{frame}{footer(m)}")
    return page(m, title, f"<body>{inner}</body>", m.pick("", "", '<meta name="generator" content="WordPress 6.6">'))


def wrapped(m, html):
    """A body as it is, in boxes of its own, or with each part in one."""
    return m.pick(html, html, f"<div>{html}</div>", f'<div class="prose"><div>{html}</div></div>',
                  "".join(f"<div>{line}</div>" for line in html.split("\n")))


def standfirst(m):
    text = m.paragraph()
    return m.pick(f'<p class="standfirst">{escape(text)}</p>', f'<div class="deck">{escape(text)}</div>', f"<h2>{escape(text)}</h2>",
                  f'<p class="lead"><strong>{escape(text)}</strong></p>', f"<p><b>{escape(text)}</b></p>"), [text]


def points(m):
    texts = [m.phrase() for _ in range(m.random.randint(2, 5))]
    inner = "<ul>" + "".join(f"<li>{escape(x)}</li>" for x in texts) + "</ul>"
    title = m.pick("Key points", "In brief", "What we know", "Summary")
    return m.random.choice([(inner, texts), (f'<ul class="highlights">{inner[4:]}', texts),
                            (f'<div class="{m.pick("key-points", "summary", "at-a-glance", "box")}"><h2>{title}</h2>{inner}</div>', [title, *texts]),
                            (f"<h2>{title}</h2>{inner}", [title, *texts])])


def head_of(m, title):
    h1 = m.pick(f"<h1>{escape(title)}</h1>", f'<h1 class="entry-title">{escape(title)}</h1>', f'<h2 class="entry-title">{escape(title)}</h2>')
    lines = []
    html = h1 + byline(m)
    for made, chance in ((standfirst, 0.15), (points, 0.2)):
        if m.chance(chance):
            part, said = made(m)
            html = h1 + part + html[len(h1):] if m.chance(0.5) and not lines else html + part
            lines += said if html.endswith(part) or not lines else said
    return html, lines


def post(m, paragraphs, count, kinds=None, comments=0, after=None):
    title = m.phrase()
    head, lines = head_of(m, title)
    made = parts.text(m, paragraphs, count, kinds)
    if m.chance(0.12):
        made.append(m.pick(parts.ticked, parts.items, parts.box, parts.links, parts.figure)(m))
    for _ in range(m.random.choice([0, 0, 0, 1, 2])):
        made.insert(m.random.randint(1, len(made)) if made else 0, (m.pick(beside.promotion, beside.hidden, beside.letter)(m), []))
    html, said = parts.joined(made)
    follow = "".join(make(m) for make in (after if after is not None else m.random.sample(beside.AFTER, m.random.randint(0, 3))))
    foot = beside.tools(m) if m.chance(0.4) else ""
    if m.chance(0.4):
        foot, follow = foot + follow, ""
    if comments:
        follow = m.pick(follow + beside.comments(m, comments), beside.comments(m, comments) + follow)
    return laid_out(m, title, head, wrapped(m, html), foot, follow), lines + said


def articles(m):
    m.speak()
    return post(m, m.random.choice([1, 2, 3, 4, 5, 6, 8, 12, 20]), m.random.choice([0, 1, 1, 2, 3, 5]))


def long_articles(m):
    m.speak(0.2)
    return post(m, m.random.choice([40, 80, 160, 300, 600]), m.random.choice([0, 3, 10, 25]))


def commented(m):
    m.speak()
    paragraphs = m.random.choice([0, 1, 1, 2, 2, 3, 4, 6, 10])
    parted = m.random.choice([0, 0, 1, 2]) if paragraphs else 1
    kinds = None if paragraphs else [parts.figure, parts.player, parts.heading]
    return post(m, paragraphs, parted, kinds, m.random.choice([1, 2, 3, 6, 12, 20]), [])


def news(m):
    m.speak(0.5)
    html, lines = post(m, m.random.choice([3, 5, 8, 12, 18]), m.random.choice([0, 1, 2, 4]), parts.REPORTED,
                       m.random.choice([0, 0, 0, 3]), m.random.sample(beside.AFTER, m.random.randint(1, 4)))
    return html, lines


DOCUMENTS = [
    '<nav class="navbar">%(menu)s</nav><div class="theme-doc-sidebar-container"><nav class="menu">%(menu)s</nav></div><main class="docMainContainer_x"><article><nav class="theme-doc-breadcrumbs">%(menu)s</nav><div class="theme-doc-markdown markdown"><header><h1>%(title)s</h1></header>%(body)s</div><footer class="theme-doc-footer"><a href="#">Edit this page</a></footer></article><nav class="pagination-nav"><a href="/p">Previous</a><a href="/n">Next</a></nav></main><div class="table-of-contents">%(menu)s</div>',
    '<header class="header">%(menu)s</header><nav class="sidebar">%(menu)s</nav><div class="main-frame"><main data-pagefind-body><div class="content-panel"><h1 id="_top">%(title)s</h1></div><div class="content-panel"><div class="sl-markdown-content">%(body)s</div><footer class="sl-flex"><div class="meta"><a href="#">Edit page</a></div></footer></div></main></div>',
    '<header class="md-header">%(menu)s</header><div class="md-container"><main class="md-main"><div class="md-sidebar">%(menu)s</div><div class="md-content"><article class="md-content__inner md-typeset"><h1>%(title)s</h1>%(body)s</article></div></main></div><footer class="md-footer"><a href="/n">Next</a></footer>',
    '<div class="document"><div class="documentwrapper"><div class="bodywrapper"><div class="body" role="main"><section id="x"><h1>%(title)s<a class="headerlink" href="#x">¶</a></h1>%(body)s</section></div></div></div><div class="sphinxsidebar">%(menu)s</div></div>',
    '<div class="sidebar">%(menu)s</div><main class="page"><div class="theme-default-content content__default"><h1 id="a"><a class="header-anchor" href="#a">#</a> %(title)s</h1>%(body)s</div><footer class="page-edit"><a>Edit this page</a></footer></main>',
    '<div class="mw-page-container"><div id="mw-navigation">%(menu)s</div><div id="content"><h1 id="firstHeading">%(title)s</h1><div id="bodyContent"><div id="mw-content-text"><div class="mw-parser-output">%(body)s</div></div></div></div></div>',
    '<div id="readme"><div class="Box-body"><article class="markdown-body entry-content"><h1>%(title)s</h1>%(body)s</article></div></div><div class="Layout-sidebar">%(menu)s</div>',
    "<div>%(menu)s</div><main><h1>%(title)s</h1>%(body)s</main>",
]


def documentation(m):
    m.speak(0.1)
    title = m.phrase()
    html, lines = parts.joined(parts.text(m, m.random.choice([1, 3, 6, 10, 20]), m.random.choice([2, 4, 8, 14]), parts.DOCUMENTED))
    frame = m.random.choice(DOCUMENTS)
    body = frame.replace("%(title)s", escape(title)).replace("%(body)s", html)
    while "%(menu)s" in body:
        body = body.replace("%(menu)s", menu(m), 1)
    return page(m, title, f"<body>{body}</body>"), lines


# A thread, and a post of it: {who}, {day}, {iso}, {n}, {text}, {rank}.
THREADS = [
    '<div class="post has-profile" id="p{n}"><div class="inner"><dl class="postprofile"><dt><a class="username">{who}</a></dt><dd>{rank}</dd></dl><div class="postbody"><p class="author">by <b>{who}</b> » {day}</p><div class="content">{text}</div></div></div></div>',
    '<div class="topic-body crawler-post" itemprop="comment"><div class="crawler-post-meta"><span class="creator"><a><span itemprop="name">{who}</span></a></span> <time datetime="{iso}">{day}</time></div><div class="post" itemprop="text">{text}</div><div class="crawler-post-infos">1 Like</div></div>',
    '<article class="message message--post" id="js-post-{n}"><div class="message-user"><h4 class="message-name">{who}</h4><h5 class="userTitle">{rank}</h5></div><div class="message-main"><ul class="message-attribution"><li>{day}</li><li>#{n}</li></ul><div class="bbWrapper">{text}</div></div></article>',
    '<table id="post{n}"><tr><td>{day}</td><td>#{n}</td></tr><tr><td class="alt2"><b>{who}</b><br>{rank}</td><td class="alt1"><div id="post_message_{n}">{text}</div></td></tr></table>',
    '<div class="PostStream-item" data-id="{n}"><article class="CommentPost Post"><header class="Post-header"><h3 class="username">{who}</h3> <time datetime="{iso}">{day}</time></header><div class="Post-body">{text}</div></article></div>',
    '<div class="answer" id="answer-{n}"><div class="votecell">{n}</div><div class="answercell"><div class="s-prose js-post-body">{text}</div><div class="user-info">answered <span>{day}</span> <a>{who}</a></div></div></div>',
    '<div class="thing comment"><p class="tagline"><a class="author">{who}</a> <time>{day}</time></p><div class="usertext-body"><div class="md">{text}</div></div></div>',
    '<div class="row"><div class="col-2"><b>{who}</b><span>{rank}</span></div><div class="col-10"><small>{day}</small>{text}</div></div>',
]


def _post(m, form, number):
    said = [m.remark() for _ in range(m.random.choice([1, 1, 2, 3]))]
    inner, lines = "".join(f"<p>{escape(text)}</p>" for text in said), said
    if m.chance(0.2):
        more, extra = m.pick(parts.listing, parts.items, parts.quotation)(m)
        inner, lines = inner + more, lines + extra
    (day, iso), who = m.day(), m.nick()
    marks = {"{n}": str(number), "{who}": who, "{day}": day, "{iso}": iso, "{rank}": m.pick("Member", "Senior Member", "Moderator"), "{text}": inner}
    for mark, value in marks.items():
        form = form.replace(mark, value)
    # In a thread, who wrote a post and when is part of its text.
    return form, [who, day, *lines]


def forums(m):
    m.speak(0.1)
    title, form = m.phrase(), m.random.choice(THREADS)
    made = [_post(m, form, number) for number in range(1, m.random.choice([2, 4, 8, 15, 25]))]
    html = "".join(text for text, _ in made)
    answer = m.pick('<div class="quick-reply"><h3>Reply to this topic</h3><form><textarea></textarea></form></div>', "")
    body = m.pick(f'<div id="page-body"><h2 class="topic-title">{escape(title)}</h2>{html}</div>', f"<main><h1>{escape(title)}</h1>{html}</main>",
                  f'<div class="p-body"><h1 class="p-title-value">{escape(title)}</h1><div class="block-container">{html}</div></div>')
    others = beside.related(m) if m.chance(0.3) else ""
    inner = f"<body>{masthead(m)}{body}{answer}{others}{sidebar(m)}{footer(m)}</body>"
    return page(m, title, inner), [line for _, lines in made for line in lines]


def shops(m):
    m.speak(0.2)
    title = m.phrase()
    texts = m.paragraphs(m.random.randint(1, 3))
    about = "".join(f"<p>{escape(text)}</p>" for text in texts)
    spec, said = m.pick(parts.items, parts.table, parts.definitions, parts.ticked)(m)
    price = f"€ {m.random.randint(5, 900)}.00"
    body = m.pick(
        f'<div class="product"><div class="summary entry-summary"><h1 class="product_title">{escape(title)}</h1><p class="price">{price}</p><form class="cart"><button>Add to cart</button></form></div><div class="woocommerce-tabs"><div id="tab-description">{about}{spec}</div></div></div>',
        f'<div class="product-single"><div class="product-single__meta"><h1>{escape(title)}</h1><span class="product__price">{price}</span><button>Add to cart</button><div class="product-single__description rte">{about}{spec}</div></div></div>',
        f'<main><section><h1>{escape(title)}</h1><p>{price}</p><button>Buy now</button></section><section class="details">{about}{spec}</section></main>')
    cards = "".join(f'<div class="product-card"><a href="/p/{at}">{escape(m.phrase())}</a><span class="price">€ {at}9</span></div>' for at in range(1, 6))
    inner = f'<body>{masthead(m)}{body}<section class="related products"><h2>You may also like</h2>{cards}</section>{footer(m)}</body>'
    return page(m, title, inner), [title, price, *texts, *said]


# Each family, how many pages it gives, and the kind of page that it is.
FAMILIES = [
    ("articles", articles, 700, "article"),
    ("long articles", long_articles, 120, "article"),
    ("commented posts", commented, 450, "article"),
    ("news", news, 400, None),
    ("documentation", documentation, 300, "documentation"),
    ("forums", forums, 300, "forum"),
    ("shops", shops, 150, "product"),
]
