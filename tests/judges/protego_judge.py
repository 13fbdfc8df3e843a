"""Asks protego, Scrapy's reader of robots.txt, the questions that tearsheet answered: protego_judge.py FILES ANSWERS

FILES is a folder of real robots.txt files by host, ANSWERS has JSON Lines of [host, path, allowed]. Says how far both agree and
where they do not, and fails below 99.9 %.
"""

import collections
import json
import pathlib
import sys

from protego import Protego

SHOWN = 40
LEAST = 0.999

files, answers = map(pathlib.Path, sys.argv[1:3])
by_host = collections.defaultdict(list)
for line in answers.read_text(encoding="utf-8").splitlines():
    host, path, allowed = json.loads(line)
    by_host[host].append((path, allowed))

asked, others = 0, []
for host, questions in by_host.items():
    robots = Protego.parse((files / host).read_text(encoding="utf-8"))
    for path, allowed in questions:
        asked += 1
        if robots.can_fetch(f"https://{host}{path}", "tearsheet") != allowed:
            others.append((host, path, allowed))

agreed = 1 - len(others) / max(asked, 1)
print(f"{len(by_host)} files, {asked} questions, {agreed:.4%} answered alike")
for host, path, allowed in others[:SHOWN]:
    print(f"  {host} {path}: tearsheet {'allows' if allowed else 'forbids'}")
sys.exit(0 if asked and agreed >= LEAST else 1)
