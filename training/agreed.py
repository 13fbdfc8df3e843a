#!/usr/bin/env python3
"""Writes, for pages whose text nobody has marked, the texts of those on which two extractors agree. See README.md."""
import argparse
import gzip
import json
import subprocess
from collections import Counter
from pathlib import Path

import trafilatura

import labels

# Two texts agree from this word F1, and say something from so many words.
AGREEMENT = 0.9
WORDS = 80


def f1(one, other):
    """Word F1 of two lists of words, as bags."""
    shared = sum((Counter(one) & Counter(other)).values())
    return 2 * shared / max(1, len(one) + len(other))


def read(path):
    """The bytes of a page, which may be packed."""
    return gzip.open(path).read() if path.suffix == ".gz" else path.read_bytes()


def own_texts(program, manifest):
    """By page, the text that `program` makes of it."""
    answers = subprocess.run([program, "extract", "--manifest", manifest], stdout=subprocess.PIPE, check=False).stdout
    return {line["id"]: line.get("text") or "" for line in map(json.loads, answers.splitlines())}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("manifest", help="a corpus's pages.jsonl")
    parser.add_argument("--program", required=True, help="the build of tearsheet that is one of the two")
    options = parser.parse_args()
    own = own_texts(options.program, options.manifest)
    for page in map(json.loads, Path(options.manifest).read_text(encoding="utf-8").splitlines()):
        content = read(Path(options.manifest).parent / page["file"])
        theirs = trafilatura.extract(content, url=page["url"], include_comments=False) or ""
        bodies = [own.get(page["id"], ""), theirs]
        words = [labels.words(body) for body in bodies]
        if len(words[0]) >= WORDS and f1(*words) >= AGREEMENT:
            print(json.dumps({"id": page["id"], "bodies": bodies}))


if __name__ == "__main__":
    main()
