#!/usr/bin/env python3
"""feedparser_judge.py TRUTH.json FEED_URL...: feedparser reads each feed over HTTP; prints what differs from the truth."""

import json
import sys
import time

import feedparser
from truth import differences

truth = json.load(open(sys.argv[1], encoding="utf-8"))
wrong = []
for url in sys.argv[2:]:
    feed = feedparser.parse(url)
    # A plain static server says text/xml without a charset, which RFC 2046 takes for ASCII.
    if feed.bozo and not isinstance(feed.bozo_exception, feedparser.CharacterEncodingOverride):
        wrong.append(f"{url}: {feed.bozo_exception!r}")
    if not feed.feed.get("title"):
        wrong.append(f"{url}: the feed has no title")
    read = [
        {
            "id": entry.id,
            "title": entry.title,
            "date": time.strftime("%Y-%m-%d", entry.published_parsed),
            "authors": ", ".join(author.get("name", "") for author in entry.get("authors", [])),
            "content": entry.content[0].value if "content" in entry else entry.get("summary", ""),
        }
        for entry in feed.entries
    ]
    wrong += [f"{url}: {text}" for text in differences(truth, read)]

print("\n".join(wrong))
sys.exit(1 if wrong else 0)
