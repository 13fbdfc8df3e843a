"""Reads what `tearsheet features` wrote, with the truth of the pages."""
import base64
import hashlib
import json
import os
from collections import Counter
from urllib.parse import urlsplit

import numpy as np

import labels

# Second-level domains under which names are registered.
SHARED = {"co", "com", "org", "net", "gov", "edu", "ac", "gob", "govt", "or", "ne", "go"}


class Page:
    def __init__(self, line, truth):
        self.id, self.url, self.type = line["id"], line["url"], truth.get("type")
        # Of a page that was made by program, the family of shapes to which it belongs.
        self.family = truth.get("family")
        self.blocks = [labels.words(text) for text in line["blocks"]]
        self.lengths = np.array([len(block) for block in self.blocks], float)
        self.names = line["names"]
        # The places of the blocks that the judge is asked about; the others are none of the article's.
        self.asked = np.array(line["asked"], int)
        raw = np.frombuffer(base64.b64decode(line["features"]), "<f4")
        self.features = raw.reshape(len(self.asked), -1) if len(self.asked) else raw.reshape(0, 0)
        self.probabilities = np.zeros(len(self.blocks))
        self.ruled = np.zeros(len(self.blocks), bool)
        self.ruled[line["ruled"]] = True
        # Several where nobody marked the text, but extractors agree on it.
        self.truths = [labels.words(body or "") for body in truth.get("bodies", [truth.get("body")])]
        self.truth = self.truths[0]
        self.shares = None
        # The rows from which the judge learns, of those that it is asked about.
        self.learnt = np.arange(len(self.asked))

    def domain(self):
        parts = (urlsplit(self.url).hostname or "").split(".")
        length = 3 if len(parts) > 2 and parts[-2] in SHARED else 2
        return ".".join(parts[-length:])

    def f1(self, keeps):
        """Word F1 of the blocks in `keeps` against the truth, as words of a bag."""
        return self.f1_of(word for block, keep in zip(self.blocks, keeps) if keep for word in block)

    def f1_of(self, words):
        """Word F1 of `words` against the truth, as words of a bag."""
        kept = Counter(words)
        total, wanted = sum(kept.values()), len(self.truth)
        if not total or not wanted:
            return 1.0 if total == wanted else 0.0
        shared = sum((kept & Counter(self.truth)).values())
        return 2 * shared / (total + wanted)


def read(features, truth, cache):
    """The pages of the files `features` and `truth`; labels are kept in the folder `cache`."""
    truths = {}
    with open(truth, encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            truths[entry["id"]] = entry
    pages = []
    with open(features, encoding="utf-8") as lines:
        for line in lines:
            line = json.loads(line)
            if line["id"] in truths:
                pages.append(Page(line, truths[line["id"]]))
    _label(pages, cache)
    return pages


def _label(pages, cache):
    os.makedirs(cache, exist_ok=True)
    for page in pages:
        page.shares = np.mean([_shares(page.blocks, truth, cache) for truth in page.truths], axis=0)


def _shares(blocks, truth, cache):
    key = hashlib.sha1(repr((blocks, truth)).encode()).hexdigest()
    path = os.path.join(cache, key + ".npy")
    if os.path.exists(path):
        return np.load(path)
    shares = labels.shares(blocks, truth)
    np.save(path, shares)
    return shares


def thin(pages, most, seed=9):
    """Learns from `most` rows of a page at most: a thousand paragraphs that are alike teach no more than a few."""
    random = np.random.RandomState(seed)
    for page in pages:
        if len(page.asked) > most:
            page.learnt = np.sort(random.choice(len(page.asked), most, replace=False))


def folds(pages, count=5, seed=1):
    """A fold for each page; pages of one registered domain share theirs."""
    by_domain = {}
    for at, page in enumerate(pages):
        by_domain.setdefault(page.domain(), []).append(at)
    domains = sorted(by_domain)
    np.random.RandomState(seed).shuffle(domains)
    domains.sort(key=lambda domain: -len(by_domain[domain]))
    load, fold = [0] * count, np.zeros(len(pages), int)
    for domain in domains:
        least = int(np.argmin(load))
        fold[by_domain[domain]] = least
        load[least] += len(by_domain[domain])
    return fold
