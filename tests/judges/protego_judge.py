"""Asks protego, Scrapy's reader of robots.txt, the questions that tearsheet answered: protego_judge.py FILES ANSWERS

FILES is a folder of real robots.txt files by host, ANSWERS has JSON Lines of [host, path, allowed]. Says how far both agree and
where they do not, and fails below 99.9 %.

Some questions cannot be put to protego, and are left out. Python drops an empty query, so protego never sees the `?` at the
end of a URL. And protego escapes `=` and `&` in the path of a rule but not in the path of a URL, so that `Disallow: /a=` does
not forbid /a=; RFC 9309, section 2.2.2, compares reserved characters as they stand. It also lets rules forbid /robots.txt,
which that section always allows.

What is left differs where a file has rules before its first group, which tearsheet obeys, a group for an empty name, or a
`$` after a query, which tearsheet reads as the end of the URL.
"""

import collections
import json
import pathlib
import sys

from protego import Protego

SHOWN = 60
LEAST = 0.999


def can_be_asked(path):
    own = path.split("?")[0]
    return not path.endswith("?") and own != "/robots.txt" and not set("=&") & set(own)


files, answers = map(pathlib.Path, sys.argv[1:3])
by_host = collections.defaultdict(list)
for line in answers.read_text(encoding="utf-8").splitlines():
    host, path, allowed = json.loads(line)
    if can_be_asked(path):
        by_host[host].append((path, allowed))

asked, others = 0, []
for host, questions in by_host.items():
    # A byte order mark is not a part of the first line (RFC 9309, section 2.3).
    robots = Protego.parse((files / host).read_text(encoding="utf-8-sig"))
    for path, allowed in questions:
        asked += 1
        if robots.can_fetch(f"https://{host}{path}", "tearsheet") != allowed:
            others.append((host, path, allowed))

agreed = 1 - len(others) / max(asked, 1)
print(f"{len(by_host)} files, {asked} questions, {agreed:.4%} answered alike")
for host, path, allowed in others[:SHOWN]:
    print(f"  {host} {path}: tearsheet {'allows' if allowed else 'forbids'}")
sys.exit(0 if asked and agreed >= LEAST else 1)
