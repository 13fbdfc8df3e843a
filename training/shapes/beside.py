"""What stands beside a text and is none of it: comments, related articles, the next one, forms, hidden text, house notices."""
from material import ANSWER, BY, COMMENTS, LETTER, MORE, RELATED, SAID, SHARE, UPDATED, escape


def remarks(m, count):
    return [(m.nick() if m.chance(0.5) else m.name(), m.day(), m.remark()) for _ in range(count)]


def _each(form, found):
    return "".join(
        form.replace("{n}", str(at)).replace("{who}", who).replace("{day}", day).replace("{iso}", iso).replace("{text}", escape(text))
        for at, (who, (day, iso), text) in enumerate(found))


# A list of comments, and a comment in it, in the mark-up of a system: {c} is the heading, {a} what answers, %s the comments.
SYSTEMS = [
    ('<div id="comments" class="comments-area"><h2 class="comments-title">{k} {c}</h2><ol class="comment-list">%s</ol><div id="respond" class="comment-respond"><h3>{a}</h3><form><textarea></textarea></form></div></div>',
     '<li id="comment-{n}" class="comment even depth-1"><article id="div-comment-{n}" class="comment-body"><footer class="comment-meta"><div class="comment-author vcard"><b class="fn">{who}</b> <span class="says">{s}</span></div><div class="comment-metadata"><a href="#comment-{n}"><time datetime="{iso}">{day}</time></a></div></footer><div class="comment-content"><p>{text}</p></div><div class="reply"><a class="comment-reply-link" href="#">{a}</a></div></article></li>'),
    ('<div class="wp-block-comments"><h2 class="wp-block-comments-title">{k} {c}</h2><ol class="wp-block-comment-template">%s</ol></div>',
     '<li class="comment"><div class="wp-block-comment-author-name">{who}</div><div class="wp-block-comment-date"><time datetime="{iso}">{day}</time></div><div class="wp-block-comment-content"><p>{text}</p></div><div class="wp-block-comment-reply-link"><a href="#">{a}</a></div></li>'),
    ('<section class="comments" id="comments"><h3 class="title">{k} {c}:</h3><div id="comments-block">%s</div></section>',
     '<div class="comment-block"><cite class="user">{who}</cite> <span class="datetime">{day}</span><p class="comment-content">{text}</p><a class="comment-reply" href="#">{a}</a></div>'),
    ('<div id="comments"><h4>{k} {c}:</h4><dl id="comments-block">%s</dl></div>',
     '<dt class="comment-author">{who} said...</dt><dd class="comment-body"><p>{text}</p></dd><dd class="comment-footer"><span class="comment-timestamp">{day}</span></dd>'),
    ("<h3>{c}</h3><ul class=\"responses\">%s</ul>", "<li><strong>{who}</strong> <em>{day}</em><p>{text}</p></li>"),
    ('<div class="discussion"><h2>{k} {c}</h2>%s</div>',
     '<div class="reply" itemscope itemtype="https://schema.org/Comment"><span itemprop="author">{who}</span> <time itemprop="dateCreated" datetime="{iso}">{day}</time><div itemprop="text"><p>{text}</p></div></div>'),
    ('<div class="feedback"><h4>{c} ({k})</h4>%s</div>', '<div class="item"><p>{text}</p><p class="by">{who}, {day}</p></div>'),
    ('<section id="disqus_thread"><h2>{k} {c}</h2><ul class="post-list">%s</ul></section>',
     '<li class="post"><div class="post-content"><header><span class="author">{who}</span> <a class="time-ago">{day}</a></header><div class="post-message"><p>{text}</p></div><footer><a>{a}</a> <a>{h}</a></footer></div></li>'),
    ('<div id="discourse-comments" class="discourse-embed"><h3>{c}</h3>%s</div>',
     '<article class="post"><div class="author"><h3 class="username">{who}</h3></div><div class="cooked"><p>{text}</p></div><div class="post-date">{day}</div></article>'),
    ('<div class="utterances"><h3>{k} {c}</h3>%s</div>',
     '<article class="timeline-comment"><header class="comment-header"><span class="comment-meta"><a class="author">{who}</a> commented <a href="#">{day}</a></span></header><div class="markdown-body markdown-body-scrollable"><p>{text}</p></div></article>'),
    ('<div class="talkback"><h3>{c}</h3><table>%s</table></div>', "<tr><td>{who}<br>{day}</td><td>{text}</td></tr>"),
    ('<div data-area="ugc"><h2>{k} {c}</h2>%s</div>', '<div class="row"><div class="col"><b>{who}</b> · {day}</div><div class="col">{text}</div></div>'),
]


def comments(m, count):
    outer, inner = m.random.choice(SYSTEMS)
    outer = outer.replace("{k}", str(count)).replace("{c}", m.says(COMMENTS)).replace("{a}", m.says(ANSWER))
    inner = inner.replace("{a}", m.says(ANSWER)).replace("{s}", m.says(SAID)).replace("{h}", m.says(SHARE))
    return outer % _each(inner, remarks(m, count))


TAILS = [
    "We may earn a commission if you buy through links on this page.",
    "{n} is a non-profit newsroom. If you value our work, please consider a donation.",
    "Listen to our podcast wherever you get your podcasts.",
    "Follow us on Google News to get the latest stories first.",
    "Comments are moderated and may take some time to appear. Please be kind and stay on topic.",
    "Sign up for our newsletter and get the best of the week in your inbox.",
    "Have a tip? Write to the editors in confidence.",
    "Want more? Subscribe today and read everything without ads.",
    "Join our WhatsApp channel and never miss an update.",
    "Share this story with someone who should read it.",
    "Do you have a question about this article? Contact our team.",
    "Help us improve: was this page useful to you?",
    "All rights reserved. No part of this may be reproduced without permission.",
    "Support independent journalism. Become a member from 5 euros a month.",
    "Unterstützen Sie unsere Arbeit mit einer Spende.", "Suivez-nous sur Google Actualités pour ne rien manquer.",
    "Síguenos en nuestro canal de WhatsApp y recibe las noticias del día.", "Iscriviti al nostro canale per restare aggiornato.",
]


def tail(m):
    texts = [text.replace("{n}", m.site()) for text in m.random.sample(TAILS, m.random.randint(1, 3))]
    form = m.pick("<p><em>%s</em></p>", "<p>%s</p>", "<p><strong>%s</strong></p>", '<div class="promo"><p>%s</p></div>',
                  "<hr><p>%s</p>", '<div class="embed"><p>%s</p></div>', '<p class="note">%s</p>', '<div class="box-footer"><p>%s</p></div>', '<p class="disclaimer">%s</p>')
    return "".join(form % escape(text) for text in texts)


def related(m):
    tag, kind = m.pick("div", "article", "li"), m.pick("card", "post", "item", "teaser", "", "entry")
    is_long = m.chance(0.6)

    def one(at):
        excerpt = m.paragraph() if is_long else m.phrase()
        more = m.pick("", f'<a href="/r/{at}">{m.says(MORE)}</a>')
        picture = m.pick("", f'<a href="/r/{at}"><img src="/t/{at}.jpg"></a>')
        return f'<{tag} class="{kind}">{picture}<h3><a href="/r/{at}">{escape(m.phrase())}</a></h3><p>{escape(excerpt)}</p>{more}</{tag}>'

    title = m.pick(m.says(RELATED), "More stories", "You may also like", "Read next", "From the archive", m.says(RELATED))
    inner = "".join(one(at) for at in range(m.random.randint(2, 6)))
    outer = "ul" if tag == "li" else "div"
    return f'<div class="{m.pick("related", "more", "", "after-post", "recommended", "grid")}"><h2>{title}</h2><{outer}>{inner}</{outer}></div>'


def further(m):
    """The next article, loaded on the same page."""
    (day, iso), texts = m.day(), m.paragraphs(m.random.randint(3, 9))
    inner = "".join(f"<p>{escape(text)}</p>" for text in texts)
    title = escape(m.phrase())
    return m.pick(
        f'<article class="post"><header><h1>{title}</h1><p class="byline">{m.says(BY)} {m.name()} <time datetime="{iso}">{day}</time></p></header>{inner}</article>',
        f'<div class="story"><h2 class="headline">{title}</h2><div class="byline">{m.says(BY)} {m.name()}</div><div class="body">{inner}</div></div>',
        f'<section data-next="1"><h1><a href="/next">{title}</a></h1>{inner}</section>')


def hidden(m):
    how = m.pick('style="display:none"', 'style="visibility: hidden"', "hidden", 'class="modal" style="display: none;"', 'class="popup" hidden')
    return f"<div {how}>" + "".join(f"<p>{escape(m.paragraph())}</p>" for _ in range(m.random.randint(1, 3))) + "</div>"


def author(m):
    who = m.name()
    about = f"{who} writes about the {m.pick('region', 'economy', 'sea', 'law', 'web')} for {m.site()}. Before that, {who.split()[0]} worked in {m.pick('Lisbon', 'Oslo', 'Turin')}."
    return m.pick(f'<div class="author-box"><h4>{who}</h4><p>{about}</p></div>', f'<div class="bio"><p><em>{about}</em></p></div>',
                  f'<div class="about-author"><h3>About the author</h3><p>{about}</p></div>', f"<p><em>{about}</em></p>")


def letter(m):
    return m.pick(
        f'<div class="newsletter"><h3>{m.says(LETTER)}</h3><p>{escape(m.phrase())}</p><form><input type="email"><button>OK</button></form></div>',
        f'<aside class="signup"><p>{m.says(LETTER)}</p><form><input type="email"></form></aside>')


def promotion(m):
    """A link to another article amid the text."""
    title = escape(m.phrase())
    return m.pick(f'<p><strong>{m.says(MORE)}: <a href="/x">{title}</a></strong></p>',
                  f'<div class="inline-promo"><a href="/x"><span>{m.says(MORE)}</span><h4>{title}</h4></a></div>',
                  f'<aside class="related-inline"><h3>{m.says(RELATED)}</h3><ul><li><a href="/x">{title}</a></li><li><a href="/y">{escape(m.phrase())}</a></li></ul></aside>')


def tools(m):
    return m.pick(f'<div class="share"><a href="#">Facebook</a> <a href="#">X</a> <a href="#">{m.says(SHARE)}</a></div>',
                  f'<ul class="tags"><li><a href="/tag/1">{escape(m.phrase())}</a></li><li><a href="/tag/2">{escape(m.phrase())}</a></li></ul>',
                  f'<nav class="post-navigation"><a href="/p">{escape(m.phrase())}</a> <a href="/n">{escape(m.phrase())}</a></nav>',
                  f'<p class="updated">{m.says(UPDATED)}: {m.day()[0]}</p>')


# What may follow a text.
AFTER = [tail, tail, related, related, further, author, letter, tools, tools]
