#!/usr/bin/env python3
"""newsboat_judge.py TRUTH.json FEED_URL: newsboat subscribes and reloads twice more; prints what differs from the truth.

Newsboat keeps validators from its second request on, so the third is the first conditional one."""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time

from truth import differences

truth = json.load(open(sys.argv[1], encoding="utf-8"))
url = sys.argv[2]


def reload(home):
    subprocess.run(
        ["newsboat", "-u", f"{home}/urls", "-c", f"{home}/cache.db", "-C", f"{home}/config", "-x", "reload"],
        env={**os.environ, "HOME": home, "TERM": "dumb", "TZ": "UTC"}, capture_output=True, timeout=120, check=True,
    )
    cache = sqlite3.connect(f"{home}/cache.db")
    cache.row_factory = sqlite3.Row
    rows = cache.execute("select id, guid, title, author, pubDate, content from rss_item order by id").fetchall()
    feed = cache.execute("select title, lastmodified, etag from rss_feed").fetchone()
    cache.close()
    return rows, feed


wrong = []
with tempfile.TemporaryDirectory() as home:
    with open(f"{home}/urls", "w", encoding="utf-8") as urls:
        urls.write(url + "\n")
    with open(f"{home}/config", "w", encoding="utf-8") as config:
        config.write("max-items 0\n")
    first, _ = reload(home)
    reload(home)
    last, feed = reload(home)
    if [row["guid"] for row in first] != [row["guid"] for row in last]:
        wrong.append(f"a reload changed {len(first)} items into {len(last)}")
    if not feed or not (feed["lastmodified"] or feed["etag"]):
        wrong.append("newsboat kept no validator of the feed")
    read = [
        {
            "id": row["guid"],
            "title": row["title"],
            "date": time.strftime("%Y-%m-%d", time.gmtime(row["pubDate"])),
            "authors": row["author"],
            "content": row["content"],
        }
        for row in last
    ]
    wrong += differences(truth, read)

print("\n".join(wrong))
sys.exit(1 if wrong else 0)
