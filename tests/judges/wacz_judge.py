"""wacz_judge.py WACZ: the index within says what cdxj-indexer says of each WARC file within."""
import gzip
import io
import json
import pathlib
import sys
import tempfile
import zipfile

from cdxj_indexer.main import CDXJIndexer

FIELDS = "url mime status digest length offset filename".split()


def entries(lines):
    found = {}
    for line in lines:
        surt, timestamp, rest = line.rstrip("\n").split(" ", 2)
        said = json.loads(rest)
        if said["url"].startswith("http"):
            found[(surt, timestamp, said["offset"], said["filename"])] = {name: said[name] for name in FIELDS}
    return found


with zipfile.ZipFile(sys.argv[1]) as package, tempfile.TemporaryDirectory() as folder:
    package.extractall(folder)
    ours = gzip.decompress(package.read("indexes/index.cdx.gz")).decode().splitlines()
    assert ours == sorted(ours), "the index is not sorted"
    theirs = io.StringIO()
    files = sorted(str(path) for path in pathlib.Path(folder, "archive").iterdir())
    CDXJIndexer(theirs, files).process_all()
    ours, theirs = entries(ours), entries(theirs.getvalue().splitlines())
    differences = [(key, ours.get(key), theirs.get(key)) for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key)]
    for difference in differences[:5]:
        print(*difference, sep="\n  ")
    if differences or not ours:
        sys.exit(f"{len(differences)} of {len(ours)} captures are indexed otherwise")
    print(len(ours), "captures are indexed alike")
