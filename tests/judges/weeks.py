"""The states of the replayed weeks: a folder a day, with the feeds as published and truth.json, {"new", "updated"}."""

import json
import pathlib
import re

FEEDS = ["all/atom.xml", "all/rss.xml", "gulls/atom.xml"]


def states(folder):
    """Of each day, in order: its folder, the stories that are new, and those that the site has since changed."""
    for state in sorted(pathlib.Path(folder).iterdir()):
        truth = json.loads((state / "truth.json").read_text(encoding="utf-8"))
        yield state, sorted(truth["new"]), sorted(truth["updated"])


def story(text):
    """Which story a text is of: it says so in every paragraph."""
    return re.search(r"story about the (\w+)", text)[1]
