"""Holds what a client read against the truth: {"title", "date", "authors", "text"} an article."""

import html
import re

WORDS = re.compile(r"\w+")


def words(markup):
    """The words that a reader sees in a piece of HTML, in order."""
    return WORDS.findall(html.unescape(re.sub(r"<[^>]+>", " ", markup)).casefold())


def differences(truth, read):
    """What is wrong with `read`, a list of {"title", "date", "authors", "content", "id"}; empty when all is well."""
    wrong = []
    by_title = {}
    for item in read:
        by_title.setdefault(item["title"], []).append(item)
    if len({item["id"] for item in read}) != len(read):
        wrong.append("two items have one id")
    for article in truth:
        found = by_title.pop(article["title"], [])
        if len(found) != 1:
            wrong.append(f"{len(found)} items are called {article['title']!r}")
            continue
        wrong += [f"{article['title']!r}: {text}" for text in compare(article, found[0])]
    wrong += [f"{title!r} is no article of the site" for title in by_title]
    return wrong


def compare(article, item):
    if item["date"] != article["date"]:
        yield f"date {item['date']!r} instead of {article['date']!r}"
    if item["authors"] is not None and item["authors"] != ", ".join(article["authors"]):
        yield f"authors {item['authors']!r} instead of {article['authors']!r}"
    seen, said = words(item["content"]), words(article["text"])
    missing = [word for word in said if word not in set(seen)]
    if missing:
        yield f"{len(missing)} words of the text are missing: {' '.join(missing[:12])}"
    if len(seen) > 1.1 * len(said) + 12:
        yield f"{len(seen)} words where the article has {len(said)}"
