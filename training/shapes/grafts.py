"""Pages of a corpus that are changed: made longer, given parts of a text that they lack, or something beside their text."""
import re
from functools import lru_cache

from lxml import html as markup

import beside
import parts
from material import escape, lines_of, read, tree_of

# A paragraph of a page is known by its first letters; one of fewer words is not looked for.
KNOWN_BY, WORDS = 60, 12
# A page is changed only if so many of its paragraphs stand in one element.
PARAGRAPHS = 3


@lru_cache(maxsize=1 << 18)
def letters(text):
    return re.sub(r"\W+", "", text or "").lower()


class Graft:
    """A page of a corpus that is being changed, with its true lines."""

    def __init__(self, tree, box, paragraphs, lines):
        self.tree, self.box, self.paragraphs, self.lines = tree, box, paragraphs, lines

    @staticmethod
    def of(tree, entry):
        """The element with most paragraphs of the true text, or none if it has too few."""
        body, by_parent = letters(entry["body"]), {}
        for element in tree.iter("p"):
            text = element.text_content()
            if len(text.split()) >= WORDS and letters(text)[:KNOWN_BY] in body:
                by_parent.setdefault(element.getparent(), []).append(element)
        if not by_parent:
            return None
        box, paragraphs = max(by_parent.items(), key=lambda entry: len(entry[1]))
        return Graft(tree, box, paragraphs, lines_of(entry)) if len(paragraphs) >= PARAGRAPHS else None

    def place_of(self, element):
        key = letters(element.text_content())[:KNOWN_BY]
        found = (at for at, line in enumerate(self.lines) if letters(line)[:KNOWN_BY] == key or key and key in letters(line))
        return next(found, len(self.lines) - 1)

    def insert(self, element, html, lines, before=False):
        """Puts `html` after or before a paragraph, and `lines` into the text."""
        at, made = self.place_of(element), list(markup.fragment_fromstring(f"<div>{html}</div>"))
        for child in made if before else reversed(made):
            (element.addprevious if before else element.addnext)(child)
        at += 0 if before else 1
        self.lines[at:at] = lines

    def append(self, m, html):
        """Puts `html` somewhere after the text."""
        target = self.box
        for _ in range(m.random.randint(0, 2)):
            if target.getparent() is not None and target.getparent().tag not in ("body", "html"):
                target = target.getparent()
        made = markup.fragment_fromstring(f"<div>{html}</div>")
        (target.append if m.chance(0.4) else target.addnext)(made)

    def shorten(self, count):
        """Leaves `count` paragraphs."""
        for element in self.paragraphs[count:]:
            key = letters(element.text_content())[:KNOWN_BY]
            self.lines = [line for line in self.lines if letters(line)[:KNOWN_BY] != key]
            element.drop_tree()
        self.paragraphs = self.paragraphs[:count]


def lengthened(m, graft):
    tags = [element.get("class") for element in graft.paragraphs]
    for text in m.paragraphs(m.random.choice([60, 120, 200, 350, 600])):
        kind = m.random.choice(tags)
        html = f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"
        graft.insert(m.random.choice(graft.paragraphs), html, [text])


def with_parts(m, graft):
    for _ in range(m.random.randint(1, 4)):
        html, lines = m.random.choice(parts.ALL)(m)
        graft.insert(m.random.choice(graft.paragraphs), html, lines, before=m.chance(0.2))
    if m.chance(0.25):
        html, lines = m.pick(parts.items, parts.ticked, parts.listing, parts.links, parts.box)(m)
        graft.insert(graft.paragraphs[-1], html, lines)


def with_others(m, graft):
    for _ in range(m.random.randint(1, 2)):
        graft.append(m, m.random.choice(beside.AFTER)(m))
    if m.chance(0.4):
        graft.insert(m.random.choice(graft.paragraphs), m.pick(beside.hidden, beside.promotion, beside.letter)(m), [])


def with_comments(m, graft):
    if m.chance(0.5):
        graft.shorten(m.random.randint(1, 3))
    graft.append(m, beside.comments(m, m.random.choice([1, 2, 3, 6, 12, 25])))


# Each family, how many pages it gives, and how it changes a page.
FAMILIES = [
    ("lengthened", lengthened, 150),
    ("with parts", with_parts, 450),
    ("with others", with_others, 400),
    ("with comments", with_comments, 350),
]


def grafted(m, corpus, family, change, count):
    """`count` changed pages of a corpus: (page, html, lines)."""
    pages, truths = read(corpus)
    articles = [page for page in pages if truths.get(page["id"], {}).get("type", "article") == "article" and page["id"] in truths]
    m.random.shuffle(articles)
    made = 0
    for page in articles * 2:
        if made == count:
            return
        tree = tree_of(corpus, page)
        graft = None if tree is None else Graft.of(tree, truths[page["id"]])
        if graft is None:
            continue
        change(m, graft)
        made += 1
        html = markup.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>")
        yield f"{family}-{made}-{page['id']}", page["url"], html, graft.lines
