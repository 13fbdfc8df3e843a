#!/usr/bin/env python3
"""reader_judge.py TRUTH.json FEED_URL: the `reader` library subscribes and updates twice; prints what differs."""

import json
import sys

from reader import make_reader
from truth import differences

truth = json.load(open(sys.argv[1], encoding="utf-8"))
url = sys.argv[2]
reader = make_reader(":memory:")
reader.add_feed(url)
reader.update_feed(url)
entries = list(reader.get_entries())
wrong = []
again = reader.update_feed(url)
if again and (again.new or again.modified):
    wrong.append(f"a second update found {again.new} new and {again.modified} changed entries")
read = [
    {
        "id": entry.id,
        "title": entry.title,
        "date": f"{entry.published or entry.updated:%Y-%m-%d}",
        "authors": None,  # of several authors it keeps one
        "content": entry.get_content().value if entry.get_content() else entry.summary or "",
    }
    for entry in entries
]
wrong += differences(truth, read)
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
