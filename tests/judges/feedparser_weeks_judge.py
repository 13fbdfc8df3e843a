#!/usr/bin/env python3
"""feedparser_weeks_judge.py STATES: feedparser reads every state; each article has one id for ever and is updated only when
it should be. Prints what is wrong."""

import sys

import feedparser
from weeks import FEEDS, states, story

wrong = []
seen = {file: {} for file in FEEDS}
for state, new, updated in states(sys.argv[1]):
    for file in FEEDS:
        feed = feedparser.parse(str(state / file))
        if feed.bozo:
            wrong.append(f"{state.name}/{file}: {feed.bozo_exception!r}")
        before = dict(seen[file])
        now = {}
        for entry in feed.entries:
            # RSS has no date of a change; feedparser would answer with that of publication.
            changed = entry.updated if "updated" in entry else None
            name = story(entry.content[0].value if "content" in entry else entry.summary)
            if name in now:
                wrong.append(f"{state.name}/{file}: {name} is there twice")
            if (changed is None) != file.endswith("rss.xml"):
                wrong.append(f"{state.name}/{file}: {name} was updated {changed}")
            now[name] = (entry.id, changed)
        seen[file].update(now)
        ids = {identity for identity, _ in seen[file].values()}
        if len(ids) != len(seen[file]):
            wrong.append(f"{state.name}/{file}: two articles have one id")
        known = now.keys() & before.keys()
        for name in sorted(known):
            if now[name][0] != before[name][0]:
                wrong.append(f"{state.name}/{file}: {name} was {before[name][0]} and is {now[name][0]}")
        moved = sorted(name for name in known if now[name][1] != before[name][1])
        expected = [] if file.endswith("rss.xml") else updated
        if moved != expected:
            wrong.append(f"{state.name}/{file}: {moved} are updated instead of {expected}")
        if sorted(now.keys() - before.keys()) != new:
            wrong.append(f"{state.name}/{file}: {sorted(now.keys() - before.keys())} are new instead of {new}")

print("\n".join(wrong))
sys.exit(1 if wrong or not any(seen.values()) else 0)
