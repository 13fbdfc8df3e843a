"""Parts of a text, in the mark-up of many systems. Each gives its HTML and the lines that belong to the text."""
from material import escape


def paragraph(m):
    text = m.paragraph()
    return f"<p>{escape(text)}</p>", [text]


def linked(m, text):
    """A text with a link in it."""
    words = text.split()
    at = m.random.randrange(max(1, len(words) - 3))
    link = f'<a href="/page/{m.random.randrange(999)}">{escape(" ".join(words[at:at + 3]))}</a>'
    return " ".join([escape(" ".join(words[:at])), link, escape(" ".join(words[at + 3:]))]).strip()


def items(m):
    texts = [m.phrase() if m.chance(0.65) else m.paragraph() for _ in range(m.random.randint(2, 9))]
    form = m.random.randrange(4)

    def item(text):
        if form == 0:
            return linked(m, text)
        if form == 1:
            return f'<a href="/page/{m.random.randrange(999)}">{escape(text)}</a>'
        return f"<p>{escape(text)}</p>" if form == 2 else escape(text)

    tag = m.pick("ul", "ul", "ol")
    return f"<{tag}>" + "".join(f"<li>{item(text)}</li>" for text in texts) + f"</{tag}>", texts


def nested(m):
    outer, lines = [], []
    for _ in range(m.random.randint(2, 4)):
        head, inner = m.phrase(), [m.phrase() for _ in range(m.random.randint(1, 3))]
        outer.append(f"<li>{escape(head)}<ul>" + "".join(f"<li>{escape(x)}</li>" for x in inner) + "</ul></li>")
        lines += [head, *inner]
    return f"<ul>{''.join(outer)}</ul>", lines


def ticked(m):
    """Short things: numbers, names, ingredients, times."""
    units = ["g flour", "eggs", "cups of milk", "points", "km", "pm The bell", "euros", "players"]
    texts = [f"{m.random.randint(1, 400)} {m.random.choice(units)}" for _ in range(m.random.randint(3, 9))]
    title = m.pick("Ingredients", "What you need", "Results", "Numbers", "Timetable", "In short", "At a glance")
    head = m.pick(f"<h2>{title}</h2>", f"<h3>{title}</h3>", f"<p><strong>{title}</strong></p>", f"<h4>{title}</h4>")
    return head + "<ul>" + "".join(f"<li>{x}</li>" for x in texts) + "</ul>", [title, *texts]


def definitions(m):
    pairs = [(" ".join(m.phrase().split()[:3]), m.pick(m.paragraph, m.phrase)()) for _ in range(m.random.randint(2, 7))]
    inner = "".join(f"<dt>{escape(term)}</dt><dd>{escape(meaning)}</dd>" for term, meaning in pairs)
    return f"<dl>{inner}</dl>", [line for pair in pairs for line in pair]


def table(m):
    columns, rows = m.random.randint(2, 5), m.random.randint(2, 9)
    numbers = m.chance(0.5)

    def cell(row, column):
        if row and column and numbers:
            return m.pick(str(m.random.randint(0, 3000)), f"{m.random.random():.2f}", "–", "★★★★☆", "yes", "no", "€ 12")
        return " ".join(m.phrase().split()[: m.random.randint(1, 4)])

    cells = [[cell(row, column) for column in range(columns)] for row in range(rows)]
    head = "".join(f"<th>{escape(x)}</th>" for x in cells[0])
    links = m.chance(0.4)

    def first(text):
        return f'<a href="/t/{len(text)}">{escape(text)}</a>' if links else escape(text)

    body = "".join(
        f"<tr><td>{first(row[0])}</td>" + "".join(f"<td>{escape(x)}</td>" for x in row[1:]) + "</tr>" for row in cells[1:])
    caption = m.phrase() if m.chance(0.3) else ""
    html = f"<caption>{escape(caption)}</caption>" if caption else ""
    html += m.pick(f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>", f"<tr>{head}</tr>{body}")
    html = m.pick("<table>%s</table>", '<div class="table-wrapper"><table>%s</table></div>',
                  '<figure class="wp-block-table"><table>%s</table></figure>') % html
    return html, [caption] * bool(caption) + [" ".join(row) for row in cells]


def listing(m):
    code = m.listing()
    rows = [escape(row) for row in code.split("\n")]

    def each(form, between=""):
        return between.join(form % row for row in rows)

    numbers = range(1, len(rows) + 1)
    gutter = "".join(f'<span class="line">{n}</span><br>' for n in numbers)
    whole, spans = escape(code), each('<span class="line">%s</span>', "\n")
    html = m.pick(
        f"<pre>{whole}</pre>",
        f"<pre><code>{whole}</code></pre>",
        f'<div class="highlight"><pre class="highlight"><code>{whole}</code></pre></div>',
        f'<div class="language-py highlighter-rouge"><div class="highlight"><pre class="highlight"><code>{whole}</code></pre></div></div>',
        f'<figure class="highlight"><pre><code class="language-rust" data-lang="rust">{whole}</code></pre></figure>',
        f'<figure class="highlight js"><table><tr><td class="gutter"><pre>{gutter}</pre></td><td class="code"><pre>'
        + each('<span class="line">%s</span><br>') + "</pre></td></tr></table></figure>",
        '<div class="highlight"><div class="chroma"><table class="lntable"><tr><td class="lntd"><pre class="chroma"><code>'
        + "".join(f'<span class="lnt">{n}\n</span>' for n in numbers) + f'</code></pre></td><td class="lntd"><pre class="chroma"><code>{spans}</code></pre></td></tr></table></div></div>',
        '<div class="language-js codeBlockContainer_x theme-code-block"><div class="codeBlockContent_x"><pre class="prism-code language-js"><code>'
        + each('<span class="token-line"><span class="token plain">%s</span><br></span>') + "</code></pre></div></div>",
        '<div class="expressive-code"><figure class="frame"><figcaption class="header"></figcaption><pre data-language="js"><code>'
        + each('<div class="ec-line"><div class="code">%s</div></div>') + "</code></pre></figure></div>",
        '<div data-rehype-pretty-code-fragment=""><figure data-rehype-pretty-code-figure=""><pre><code>'
        + each('<span data-line="">%s</span>', "\n") + "</code></pre></figure></div>",
        f'<pre class="astro-code"><code>{spans}</code></pre>',
        '<div class="syntaxhighlighter"><table><tr><td class="code">' + each('<div class="line">%s</div>') + "</td></tr></table></div>",
        f'<pre class="wp-block-code"><code>{whole}</code></pre>',
        f'<pre class="prettyprint linenums"><ol class="linenums">{each("<li>%s</li>")}</ol></pre>',
    )
    return html, [code]


def quotation(m):
    text, who = m.paragraph(), m.name()
    html, source = m.random.choice([
        (f"<blockquote><p>{escape(text)}</p></blockquote>", []),
        (f"<blockquote>{escape(text)}</blockquote>", []),
        (f"<blockquote><p>{escape(text)}</p><footer>— {who}</footer></blockquote>", [who]),
        (f"<blockquote><p>{escape(text)}</p><cite>{who}</cite></blockquote>", [who]),
        (f'<figure class="quote"><blockquote><p>{escape(text)}</p></blockquote><figcaption>— {who}</figcaption></figure>', [who]),
        (f'<blockquote class="wp-block-quote"><p>{escape(text)}</p><cite>{who}</cite></blockquote>', [who]),
        (f'<aside class="quote" data-username="{who}"><div class="title">{who}:</div><blockquote><p>{escape(text)}</p></blockquote></aside>', []),
    ])
    return html, [text, *source]


def embed(m):
    text = " ".join(m.remark().split()[: m.random.randint(6, 30)])
    who, (day, _) = m.name(), m.day()
    nick = who.split()[0].lower()
    link = f'<a href="https://twitter.com/{nick}/status/1">{day}</a>'
    tweet = f'<blockquote class="twitter-tweet"><p lang="en" dir="ltr">{escape(text)}</p>&mdash; {who} (@{nick}) {link}</blockquote>'
    html = m.pick(
        tweet, tweet,
        f'<figure class="wp-block-embed is-provider-twitter"><div class="wp-block-embed__wrapper">{tweet}</div></figure>',
        f'<div class="twitter-embed">{tweet}</div>',
        f'<blockquote class="mastodon-embed"><p>{escape(text)}</p>&mdash; {who} (@{nick}) <a href="https://m.example/@{nick}/1">{day}</a></blockquote>',
        f'<blockquote class="instagram-media"><p>{escape(text)}</p><p>&mdash; {who} (@{nick}) <a href="https://www.instagram.com/p/1/">{day}</a></p></blockquote>',
        f'<blockquote class="bluesky-embed"><p>{escape(text)}</p>&mdash; {who} (@{nick}) <a href="https://bsky.app/profile/{nick}/post/1">{day}</a></blockquote>',
    )
    return html, [f"{text} — {who} (@{nick}) {day}"]


BOXES = [
    '<aside class="note" role="note">%s</aside>', "<aside>%s</aside>", '<aside class="callout">%s</aside>',
    '<div class="callout callout-info">%s</div>', '<div class="alert alert-warning" role="alert">%s</div>',
    '<div class="notecard note">%s</div>', '<div class="kg-card kg-callout-card"><div class="kg-callout-text">%s</div></div>',
    '<div class="infobox">%s</div>', '<div class="hint hint-info"><div class="hint-content">%s</div></div>',
    '<div class="notion-callout"><div class="notion-callout-text">%s</div></div>', '<div class="tip">%s</div>',
    '<div class="wp-block-group has-background">%s</div>', '<section class="sidebar-box">%s</section>',
]
TITLED = [
    '<div class="admonition tip"><p class="admonition-title">{t}</p>%s</div>',
    '<aside class="starlight-aside starlight-aside--tip" aria-label="{t}"><p class="starlight-aside__title">{t}</p><section class="starlight-aside__content">%s</section></aside>',
    '<div class="theme-admonition theme-admonition-note alert alert--info"><div class="admonitionHeading_x"><span class="admonitionIcon_x"></span>{t}</div><div class="admonitionContent_x">%s</div></div>',
    '<div class="markdown-alert markdown-alert-note"><p class="markdown-alert-title">{t}</p>%s</div>',
    '<div class="custom-block warning"><p class="custom-block-title">{t}</p>%s</div>',
    '<div class="admonitionblock note"><table><tr><td class="icon"><div class="title">{t}</div></td><td class="content">%s</td></tr></table></div>',
    '<div class="callout"><div class="callout-title"><div class="callout-title-inner">{t}</div></div><div class="callout-content">%s</div></div>',
    '<details><summary>{t}</summary>%s</details>', '<aside class="box"><h3>{t}</h3>%s</aside>',
    '<div class="factbox"><h3>{t}</h3>%s</div>', '<div class="box info"><h4>{t}</h4>%s</div>',
]


def box(m):
    texts = [m.pick(m.paragraph, m.phrase)() for _ in range(m.random.randint(1, 3))]
    inner = "".join(f"<p>{escape(text)}</p>" for text in texts)
    if m.chance(0.2):
        inner, texts = items(m)
    if m.chance(0.5):
        return m.random.choice(BOXES).replace("%s", inner), texts
    title = m.pick("Note", "Tip", "Warning", "Important", m.phrase(), m.phrase())
    return m.random.choice(TITLED).replace("{t}", escape(title)).replace("%s", inner), [title, *texts]


def figure(m):
    caption, credit = m.pick(m.phrase, m.paragraph)(), m.name()
    image = f'<img src="/images/{m.random.randrange(9999)}.jpg" alt="{escape(m.phrase())}">'
    return m.random.choice([
        (f"<figure>{image}<figcaption>{escape(caption)}</figcaption></figure>", [caption]),
        (f"<figure>{image}<figcaption>{escape(caption)} <span>Photo: {credit}</span></figcaption></figure>", [f"{caption} Photo: {credit}"]),
        (f'<div class="wp-caption">{image}<p class="wp-caption-text">{escape(caption)}</p></div>', [caption]),
        (f"<p>{image}</p>", []), (f"<figure>{image}</figure>", []),
    ])


def heading(m):
    text, name = m.phrase(), f"s{m.random.randrange(999)}"
    tag = m.pick("h2", "h2", "h3", "h4")
    return m.pick(
        f"<{tag}>{escape(text)}</{tag}>", f"<{tag}>{escape(text)}</{tag}>",
        f'<{tag} id="{name}">{escape(text)}<a class="hash-link" href="#{name}">#</a></{tag}>',
        f'<{tag} id="{name}"><a class="anchor" href="#{name}">{escape(text)}</a></{tag}>',
        f'<div class="sl-heading-wrapper level-{tag}"><{tag} id="{name}">{escape(text)}</{tag}><a class="sl-anchor-link" href="#{name}"><span aria-hidden="true">#</span><span class="sr-only">Section</span></a></div>',
        f"<p><strong>{escape(text)}</strong></p>",
    ), [text]


def steps(m):
    html, lines = [], []
    for number in range(1, m.random.randint(3, 6)):
        text = m.paragraph()
        html.append(m.pick(
            f'<div class="step"><span class="step-number">{number}</span><p>{escape(text)}</p></div>',
            f"<section><h3>Step {number}</h3><p>{escape(text)}</p></section>"))
        lines += [f"Step {number}"] * ("<h3>" in html[-1]) + [text]
    return "".join(html), lines


def questions(m):
    """Frequent questions, as their types say; short answers."""
    form = m.pick(
        '<div itemscope itemprop="mainEntity" itemtype="https://schema.org/Question"><h3 itemprop="name">{q}</h3><div itemscope itemprop="acceptedAnswer" itemtype="https://schema.org/Answer"><div itemprop="text"><p>{a}</p></div></div></div>',
        '<div class="faq-item"><h3>{q}</h3><p>{a}</p></div>', "<h3>{q}</h3><p>{a}</p>", "<details><summary>{q}</summary><p>{a}</p></details>",
        '<dl><dt>{q}</dt><dd>{a}</dd></dl>')
    pairs = [(m.phrase().rstrip(".") + "?", m.pick(m.phrase, m.paragraph)()) for _ in range(m.random.randint(2, 6))]
    html = "".join(form.replace("{q}", escape(question)).replace("{a}", escape(answer)) for question, answer in pairs)
    return html, [line for pair in pairs for line in pair]


def dialogue(m):
    one, two = m.name().split()[0], m.name().split()[0]
    lines = [f"{m.pick(one, two)}: {m.pick(m.phrase, m.paragraph)()}" for _ in range(m.random.randint(4, 12))]
    return "".join("<p>" + m.pick("<strong>%s:</strong>", "<b>%s:</b>", "%s:") % line.split(":")[0] + escape(line.split(":", 1)[1]) + "</p>"
                   for line in lines), lines


def verse(m):
    lines = [m.phrase() for _ in range(m.random.randint(4, 8))]
    refrain = m.random.choice(lines)
    lines += [m.phrase(), m.phrase(), refrain]
    html = m.pick("<p>" + "<br>".join(map(escape, lines)) + "</p>",
                  '<div class="poem">' + "".join(f"<div>{escape(line)}</div>" for line in lines) + "</div>")
    return html, lines


def scene(m):
    sign = m.pick("* * *", "***", "⁂", "~", "§", "• • •")
    return m.pick(f"<p>{sign}</p>", f'<p class="center">{sign}</p>', "<hr>"), []


def links(m):
    """A paragraph that is all link, or sources at the end."""
    texts = [m.phrase() for _ in range(m.random.randint(1, 4))]
    return "".join(f'<p><a href="/source/{len(text)}">{escape(text)}</a></p>' for text in texts), texts


def player(m):
    return m.pick(
        '<iframe src="https://www.youtube.com/embed/abc" title="A film" allowfullscreen></iframe>',
        '<figure class="wp-block-embed"><div class="wp-block-embed__wrapper"><iframe src="https://player.vimeo.com/video/1"></iframe></div></figure>',
        '<audio controls src="/talk.mp3"></audio>'), []


ALL = [items, items, nested, ticked, definitions, table, table, listing, quotation, quotation, embed, box, box, box, figure,
       heading, heading, heading, steps, questions, dialogue, verse, scene, links, player]
# Those of a page of documentation, and those of a story in a newspaper.
DOCUMENTED = [listing, listing, listing, box, box, items, nested, table, heading, heading, heading, definitions, figure]
REPORTED = [heading, quotation, embed, figure, box, items, player, table, links, ticked]


def text(m, paragraphs, count, kinds=None):
    """A text of `paragraphs` paragraphs with `count` other parts among them, as a list of parts."""
    made = [paragraph(m) for _ in range(paragraphs)]
    for _ in range(count):
        part = m.random.choice(kinds or ALL)(m)
        made.insert(m.random.randint(0 if m.chance(0.15) else min(1, len(made)), len(made)), part)
    return made


def joined(made):
    return "\n".join(html for html, _ in made), [line for _, lines in made for line in lines]
