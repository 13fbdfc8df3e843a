#!/usr/bin/env python3
"""sfeed_judge.py TRUTH.json FEED_URL...: sfeed reads each feed into lines; prints what differs from the truth."""

import json
import re
import subprocess
import sys
import time
import urllib.request

from truth import differences

# sfeed(5): a field's tabs, line breaks and backslashes are escaped.
ESCAPED = {"\\t": "\t", "\\n": "\n", "\\\\": "\\"}


def field(text):
    return re.sub(r"\\[tn\\]", lambda found: ESCAPED[found[0]], text)


truth = json.load(open(sys.argv[1], encoding="utf-8"))
wrong = []
for url in sys.argv[2:]:
    with urllib.request.urlopen(url, timeout=60) as stream:
        answer = subprocess.run(["sfeed", url], input=stream.read(), capture_output=True, timeout=60, check=True)
    read = []
    for line in answer.stdout.decode("utf-8").splitlines():
        at, title, link, content, kind, guid, author, enclosure, _tags = line.split("\t")
        if not link.startswith("http"):
            wrong.append(f"{url}: {title!r} leads to {link!r}")
        if kind != "html":
            wrong.append(f"{url}: the content of {title!r} is {kind!r}")
        if enclosure:
            wrong.append(f"{url}: {title!r} has an enclosure")
        date = time.strftime("%Y-%m-%d", time.gmtime(int(at)))
        # Of several authors it keeps one.
        read.append({"id": guid, "title": field(title), "date": date, "authors": None, "content": field(content)})
    wrong += [f"{url}: {text}" for text in differences(truth, read)]

print("\n".join(wrong))
sys.exit(1 if wrong else 0)
