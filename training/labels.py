"""How much of each block belongs to the text that a page is known to have."""
import re
from collections import Counter

import numpy as np
from rapidfuzz.distance import LCSseq

WORD = re.compile(r"\w+")
# Cells of the table behind the longest common subsequence; beyond it the page is cut.
MOST_CELLS = 4e9


def words(text):
    return WORD.findall(text.lower())


def shares(blocks, truth):
    """For each block (a list of words), the share of its words that are in `truth` (a list of words), in order.

    Matches are those of the longest common subsequence; runs of fewer than three words count only where they are a
    whole block. Blocks that this leaves out, since they stand elsewhere in the truth, are found by runs of four words.
    """
    lengths = np.array([len(block) for block in blocks], int)
    page = [word for block in blocks for word in block]
    block_of = np.repeat(np.arange(len(blocks)), lengths)
    if not truth or not page:
        return np.zeros(len(blocks))
    numbers = {}
    page_numbers = [numbers.setdefault(word, len(numbers)) for word in page]
    truth_numbers = [numbers.setdefault(word, len(numbers)) for word in truth]
    if len(page) * len(truth) > MOST_CELLS:
        page_numbers = page_numbers[: int(MOST_CELLS / len(truth))]
    found = np.zeros(len(page), bool)
    used = np.zeros(len(truth), bool)
    for run in LCSseq.opcodes(page_numbers, truth_numbers):
        if run.tag != "equal":
            continue
        for at in range(run.src_start, run.src_end):
            if run.src_end - run.src_start >= min(3, lengths[block_of[at]]):
                found[at] = True
                used[run.dest_start + at - run.src_start] = True
    share = np.bincount(block_of, weights=found, minlength=len(blocks)) / np.maximum(lengths, 1)
    return _rescue(blocks, share, truth, used)


def _rescue(blocks, share, truth, used):
    left = Counter()
    run = []
    for word, is_used in list(zip(truth, used)) + [(None, True)]:
        if not is_used:
            run.append(word)
            continue
        left.update(tuple(run[at : at + 4]) for at in range(len(run) - 3))
        run = []
    for at, block in enumerate(blocks):
        if not left or share[at] >= 0.5 or len(block) < 6:
            continue
        is_found, taken = [False] * len(block), Counter()
        for place in range(len(block) - 3):
            four = tuple(block[place : place + 4])
            if left[four] > taken[four]:
                taken[four] += 1
                is_found[place : place + 4] = [True] * 4
        if sum(is_found) / len(block) > share[at]:
            share[at] = sum(is_found) / len(block)
            left -= taken
    return share
