#!/usr/bin/env python3
"""Makes a corpus of pages whose shapes the web has and the marked corpora lack, with their true texts. See ../README.md."""
import argparse
import gzip
import json
from pathlib import Path

import grafts
import sites
from material import Material

SEED = 14
# Some authors write as others do: pages of one made-up site share a domain, as those of real sites do.
SITES = 40


class Corpus:
    def __init__(self, folder):
        self.folder, self.pages, self.truths = folder, [], []
        (folder / "html").mkdir(parents=True, exist_ok=True)

    def add(self, name, url, html, lines, family, kind):
        file = f"html/{name.replace('/', '-').replace(' ', '-')}.html.gz"
        (self.folder / file).write_bytes(gzip.compress(html.encode(), 5, mtime=0))
        self.pages.append({"id": name, "url": url, "file": file})
        truth = {"id": name, "body": "\n".join(lines), "family": family}
        self.truths.append(truth | ({"type": kind} if kind else {}))

    def write(self):
        for name, entries in (("pages.jsonl", self.pages), ("truth.jsonl", self.truths)):
            text = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)
            (self.folder / name).write_text(text, encoding="utf-8")


def url_of(m, kind, number):
    slug = "-".join(m.phrase().lower().split()[:5]).replace("/", "-")
    path = {"documentation": "/docs/", "forum": "/t/", "product": "/products/"}.get(kind, m.pick("/", "/2024/05/", "/blog/", "/news/"))
    return f"https://www.site-{number % SITES}.example{path}{slug}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", action="append", required=True, help="a folder with pages.jsonl and truth.jsonl; the first is changed too")
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--scale", type=float, default=1.0, help="how many pages to make, against the usual number")
    options = parser.parse_args()
    m, corpus, number = Material(options.corpus, SEED), Corpus(options.out), 0
    for family, make, count, kind in sites.FAMILIES:
        for at in range(int(count * options.scale)):
            html, lines = make(m)
            number += 1
            corpus.add(f"{family}-{at}", url_of(m, kind, number), html, lines, family, kind)
    m.speak(0)
    for family, change, count in grafts.FAMILIES:
        for name, url, html, lines in grafts.grafted(m, Path(options.corpus[0]), family, change, int(count * options.scale)):
            corpus.add(name, url, html, lines, family, "article")
    corpus.write()
    print(f"{len(corpus.pages)} pages")


if __name__ == "__main__":
    main()
