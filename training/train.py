#!/usr/bin/env python3
"""Trains the body's learned judge, and says how well it does on pages it has not seen. See README.md beside it."""
import argparse
import json
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import lightgbm
import numpy as np

import pages as reading

PARAMETERS = {
    "objective": "cross_entropy",
    "learning_rate": 0.06,
    "num_leaves": 31,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "max_bin": 63,
    "seed": 3,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
TREES = 200
# How much more likely than the trees say the choice takes a page's blocks to be, as a logit, by the page's type; `None`
# are the sets of news. The choice takes blocks to be independent of one another. Where they belong together, all of
# them or none, it keeps too few; where a few strangers stand about a text, too many.
LEANINGS = {
    "documentation": 1.4,
    "service": 0.9,
    "listing": 1.1,
    "forum": 0.4,
    "collection": 0.0,
    "product": 0.1,
    "article": -0.3,
    None: -0.4,
}
LEANING_PARAMETERS = PARAMETERS | {
    "objective": "regression",
    "learning_rate": 0.05,
    "num_leaves": 12,
    "min_data_in_leaf": 15,
    "feature_fraction": 0.3,
    "lambda_l2": 3.0,
    "max_bin": 255,
}
LEANING_TREES = 60
# The first of the features that tell of the page, which are the last.
PAGE = "page_words"
FOLDS = 5
# What a page weighs on whose text only extractors agree.
AGREED = 0.25
# What a page weighs that was made by program, by its family. In threads the posts are the text, and beside posts they are
# not: where the threads weigh less, the forums of the corpora lose.
SHAPED = 0.2
SHAPED_AS = {"forums": 0.5, "shops": 0.3}
# So many rows are learnt of a page that was made by program, at most.
SHAPED_ROWS = 60
# A block of this many words that is kept twice is kept once, as `select/tidy.rs` does.
REPEATED_WORDS = 8


def shaped(page):
    return SHAPED_AS.get(page.family, SHAPED)


def weight(page):
    """What a page weighs; the rows that are learnt of it stand for all."""
    kind = shaped(page) if page.family else AGREED if len(page.truths) > 1 else 1.0
    return kind * len(page.asked) / len(page.learnt)


def table(pages):
    """Rows, soft labels and weights: a block weighs by its words, a page by no more than its text."""
    places = [page.asked[page.learnt] for page in pages]
    rows = np.concatenate([page.features[page.learnt] for page in pages])
    labels = np.concatenate([page.shares[at] for page, at in zip(pages, places)]).astype(np.float32)
    weights = np.concatenate(
        [np.minimum((page.lengths[at] + 1) / (max(len(page.truth), 20) + 30), 1) + 0.0005 for page, at in zip(pages, places)]
    )
    weights *= np.concatenate([np.full(len(page.learnt), weight(page)) for page in pages])
    return rows, labels, weights / weights.mean()


def thinned(pages, labels):
    """Which rows to learn from, and their factors: of the many blocks that neither truth nor rules keep, half."""
    ruled = np.concatenate([page.ruled[page.asked[page.learnt]] for page in pages])
    plain = (labels < 0.1) & ~ruled
    kept = ~plain | (np.random.RandomState(5).rand(len(labels)) < 1 / 2)
    return np.flatnonzero(kept), np.where(plain, 2.0, 1.0)


def choose(page, probabilities):
    """The choice of `select/learned.rs` and the repetitions of `select/tidy.rs`."""
    order = np.argsort(-probabilities, kind="stable")
    hit, kept = np.cumsum((probabilities * page.lengths)[order]), np.cumsum(page.lengths[order])
    best = int(np.argmax(2 * hit / (kept + hit[-1] + 1e-9)))
    keeps = probabilities >= probabilities[order[best]]
    said = set()
    for at in np.flatnonzero(keeps):
        block = tuple(page.blocks[at])
        if len(block) >= REPEATED_WORDS:
            keeps[at] = block not in said
            said.add(block)
    return keeps


def fold_of(pages, known):
    """A fold for each page: that of its domain where it is `known`, else one by the domain's name."""
    by_name = lambda domain: zlib.crc32(domain.encode()) % FOLDS
    return np.array([known.get(page.domain(), by_name(page.domain())) for page in pages])


def out_of_fold(sets, shapes, further, trees):
    """For each page of `sets` and `shapes` that has blocks, probabilities from trees that saw no page of its domain.

    The pages of `further` are learnt from, and not judged.
    """
    every = [page for pages in sets.values() for page in pages]
    known = {page.domain(): number for page, number in zip(every, reading.folds(every, FOLDS))}
    judged = [page for page in every + shapes if len(page.asked)]
    asked = judged + [page for page in further if len(page.asked)]
    fold = fold_of(asked, known)
    rows, labels, weights = table(asked)
    page_of = np.repeat(np.arange(len(asked)), [len(page.learnt) for page in asked])
    learnt, factors = thinned(asked, labels)
    data = lightgbm.Dataset(
        rows[learnt], labels[learnt], weight=(weights * factors)[learnt], params=PARAMETERS, free_raw_data=False
    ).construct()
    for number in range(FOLDS):
        seen = np.flatnonzero(fold[page_of[learnt]] != number)
        model = lightgbm.train(PARAMETERS, data.subset(seen), trees)
        for page in (page for page, its in zip(judged, fold) if its == number):
            page.probabilities[page.asked] = model.predict(page.features)
        print(f"fold {number + 1} of {FOLDS}", file=sys.stderr, flush=True)
    return lightgbm.train(PARAMETERS, data, trees)


def lean(sets, shapes):
    """Makes each page's blocks as likely as its kind asks for, which trees guess that saw no page of its domain."""
    every = [page for pages in sets.values() for page in pages]
    known = {page.domain(): number for page, number in zip(every, reading.folds(every, FOLDS))}
    asked = [page for page in every + shapes if len(page.asked)]
    fold = fold_of(asked, known)
    start = asked[0].names.index(PAGE)
    rows = np.stack([page.features[0, start:] for page in asked])
    targets = np.array([LEANINGS[page.type] for page in asked])
    weights = [shaped(page) if page.family else 1.0 for page in asked]
    data = lightgbm.Dataset(
        rows, targets, weight=weights, params=LEANING_PARAMETERS, free_raw_data=False
    ).construct()
    for number in range(FOLDS):
        model = lightgbm.train(LEANING_PARAMETERS, data.subset(np.flatnonzero(fold != number)), LEANING_TREES)
        unseen = np.flatnonzero(fold == number)
        for at, leaning in zip(unseen, model.predict(rows[unseen])):
            odds, likely = np.exp(leaning), asked[at].probabilities
            asked[at].probabilities = likely * odds / (1 - likely + likely * odds)
    return lightgbm.train(LEANING_PARAMETERS, data, LEANING_TREES), rows, asked[0].names[start:]


def published(program, manifest, pages):
    """By page, the words that `program` would publish if the trees had said what they say out of fold."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as said:
        for page in pages:
            said.write(json.dumps({"id": page.id, "likely": [round(p, 6) for p in page.probabilities.tolist()]}) + "\n")
        said.flush()
        command = [program, "features", "--manifest", manifest, "--judged", said.name]
        answers = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    return {line["id"]: reading.labels.words(line["text"]) for line in map(json.loads, answers.splitlines())}


def report(sets, texts):
    """Prints the scores as a table; `texts` are by set what readers would get, where that is known."""
    print("| set | pages | count | rules | trees, out of fold | published, out of fold | labels |")
    print("|---|---|---|---|---|---|---|")
    for name, pages in sets.items():
        scores = {}
        for page in pages:
            text = texts.get(name, {}).get(page.id)
            learned = page.f1(choose(page, page.probabilities)) if page.blocks else page.f1([])
            entry = (
                page.f1(page.ruled),
                learned,
                np.nan if text is None else page.f1_of(text),
                page.f1(page.shares >= 0.5),
            )
            for kind in {"all", page.family or page.type or "all"}:
                scores.setdefault(kind, []).append(entry)
        for kind, entries in sorted(scores.items()):
            columns = " | ".join(f"{score:.4f}" for score in np.mean(entries, axis=0))
            print(f"| {name} | {kind} | {len(entries)} | {columns} |")


def single(threshold):
    """The greatest f32 that is not above `threshold`, so that comparing f32 values gives the same answers."""
    value = np.float32(threshold)
    return value if float(value) <= threshold else np.nextafter(value, np.float32(-np.inf))


def pack(model, names):
    """The format that `select/trees.rs` describes."""
    fingerprint = 0xCBF29CE484222325
    for byte in "".join(name + "\n" for name in names).encode():
        fingerprint = (fingerprint ^ byte) * 0x100000001B3 % 2**64
    trees = model.dump_model()["tree_info"]
    packed = [b"TST1", struct.pack("<HQH", len(names), fingerprint, len(trees))]
    for tree in trees:
        nodes, leaves = [], []
        _number(tree["tree_structure"], nodes, leaves)
        packed.append(struct.pack("<B", len(leaves)))
        for node in nodes:
            left, right = (_reference(node[side]) for side in ("left_child", "right_child"))
            packed.append(struct.pack("<Hfbb", node["split_feature"], single(node["threshold"]), left, right))
        packed.append(struct.pack(f"<{len(leaves)}f", *(leaf["leaf_value"] for leaf in leaves)))
    return b"".join(packed)


def _number(node, nodes, leaves):
    if "split_feature" not in node:
        node["number"] = ~len(leaves)
        leaves.append(node)
        return
    assert node["decision_type"] == "<=" and len(nodes) < 127
    node["number"] = len(nodes)
    nodes.append(node)
    _number(node["left_child"], nodes, leaves)
    _number(node["right_child"], nodes, leaves)


def _reference(node):
    return node["number"]


def answers(model, rows, count=32):
    """Made-up rows, each feature of each from another real row, and what the trees say of them, as JSON."""
    random = np.random.RandomState(7)
    width = rows.shape[1]
    mixed = np.stack([rows[random.randint(len(rows), size=width), np.arange(width)] for _ in range(count)])
    # Few digits make a small file.
    mixed = np.array([[np.float32(f"{value:.4g}") for value in row] for row in mixed])
    logits = model.predict(mixed, raw_score=True)
    entries = [
        json.dumps({"logit": round(float(logit), 6), "row": [float(f"{value:.4g}") for value in row]})
        for row, logit in zip(mixed, logits)
    ]
    return "[\n" + ",\n".join(entries) + "\n]\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", action="append", required=True, metavar="NAME=FEATURES,TRUTH[,MANIFEST]")
    parser.add_argument("--shapes", action="append", default=[], metavar="FEATURES,TRUTH[,MANIFEST]", help="made by program, scored by family")
    parser.add_argument("--further", action="append", default=[], metavar="FEATURES,TRUTH", help="learnt from, not scored")
    parser.add_argument("--program", help="scores the texts that this build of tearsheet makes of the manifests' pages")
    parser.add_argument("--trees", type=int, default=TREES)
    parser.add_argument("--cache", default="/tmp/tearsheet-labels", help="where labels are kept between runs")
    parser.add_argument("--out", help="the folder that gets the packed trees and what they answer")
    options = parser.parse_args()
    sets, manifests, shapes = {}, {}, []
    named = [entry.split("=", 1) for entry in options.set] + [("shapes", files) for files in options.shapes]
    for name, files in named:
        features, truth, *manifest = files.split(",", 2)
        pages = reading.read(features, truth, options.cache)
        manifests.update({name: path for path in manifest})
        if name == "shapes":
            reading.thin(pages, SHAPED_ROWS)
            shapes += pages
        else:
            sets[name] = pages
    further = [page for entry in options.further for page in reading.read(*entry.split(",", 1), options.cache)]
    names = next(page.names for pages in sets.values() for page in pages if page.blocks)
    model = out_of_fold(sets, shapes, further, options.trees)
    leaning, leaning_rows, leaning_names = lean(sets, shapes)
    judged = sets | ({"shapes": shapes} if shapes else {})
    texts = {}
    if options.program:
        texts = {name: published(options.program, path, judged[name]) for name, path in manifests.items()}
    report(judged, texts)
    if not options.out:
        return
    out = Path(options.out)
    (out / "model.bin").write_bytes(pack(model, names))
    rows = table([page for pages in sets.values() for page in pages if page.blocks])[0]
    (out / "answers.json").write_text(answers(model, rows))
    (out / "leaning.bin").write_bytes(pack(leaning, leaning_names))
    (out / "leanings.json").write_text(answers(leaning, leaning_rows))


if __name__ == "__main__":
    main()
