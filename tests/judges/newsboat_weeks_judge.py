#!/usr/bin/env python3
"""newsboat_weeks_judge.py STATES: newsboat reads every state of a feed into one cache, and its user all that is unread after each.
Nothing but news is ever unread, and nothing is there twice in the end. Prints what is wrong.

From files and not over HTTP: states that follow each other within a second would have one Last-Modified."""

import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from weeks import FEEDS, states, story


def reload(home):
    subprocess.run(
        ["newsboat", "-u", f"{home}/urls", "-c", f"{home}/cache.db", "-C", f"{home}/config", "-x", "reload"],
        env={**os.environ, "HOME": str(home), "TERM": "dumb", "TZ": "UTC"}, capture_output=True, timeout=120, check=True,
    )
    cache = sqlite3.connect(f"{home}/cache.db")
    cache.row_factory = sqlite3.Row
    rows = cache.execute("select guid, title, url, content, unread from rss_item").fetchall()
    with cache:
        cache.execute("update rss_item set unread = 0")
    cache.close()
    return rows


def judge(file, home):
    """What is wrong with this feed; it has a cache of its own, since newsboat keeps an article of two feeds once."""
    feed = home / pathlib.Path(file).name
    (home / "urls").write_text(f"file://{feed}\n", encoding="utf-8")
    (home / "config").write_text("max-items 0\n", encoding="utf-8")
    known, ids = set(), {}
    for state, new, _ in states(sys.argv[1]):
        shutil.copy(state / file, feed)
        rows = reload(home)
        known.update(new)
        unread = sorted(story(row["content"]) for row in rows if row["unread"])
        if unread != new:
            yield f"{state.name}: {unread} are unread instead of {new}"
        if sorted(story(row["content"]) for row in rows) != sorted(known):
            yield f"{state.name}: {len(rows)} items of {len(known)} articles"
        for column in ["guid", "title", "url"]:
            if len({row[column] for row in rows}) != len(rows):
                yield f"{state.name}: two items have one {column}"
        for row in rows:
            if ids.setdefault(story(row["content"]), row["guid"]) != row["guid"]:
                yield f"{state.name}: {row['guid']} had another id"
    if not known:
        yield "there are no articles"


wrong = []
for file in FEEDS:
    with tempfile.TemporaryDirectory() as home:
        wrong += [f"{file}, {text}" for text in judge(file, pathlib.Path(home))]

print("\n".join(wrong))
sys.exit(1 if wrong else 0)
