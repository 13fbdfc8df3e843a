#!/usr/bin/env python3
"""podcastparser_judge.py TRUTH.json FEED_URL...: gPodder's parser reads each feed; prints what differs from the truth."""

import json
import sys
import time
import urllib.request

import podcastparser
from truth import differences

truth = json.load(open(sys.argv[1], encoding="utf-8"))
wrong = []
for url in sys.argv[2:]:
    with urllib.request.urlopen(url, timeout=60) as stream:
        feed = podcastparser.parse(url, stream)
    if not feed.get("title"):
        wrong.append(f"{url}: the feed has no title")
    read = [
        {
            "id": episode["guid"],
            "title": episode["title"],
            "date": time.strftime("%Y-%m-%d", time.gmtime(episode["published"])),
            "authors": None,
            "content": episode.get("description_html") or episode.get("description", ""),
        }
        for episode in feed["episodes"]
    ]
    wrong += [f"{url}: {text}" for text in differences(truth, read)]
    # A lead image is no recording.
    wrong += [f"{url}: {episode['title']!r} has an enclosure" for episode in feed["episodes"] if episode["enclosures"]]

print("\n".join(wrong))
sys.exit(1 if wrong else 0)
