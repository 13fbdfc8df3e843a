-- What of the archive can be searched. Every row can be made again from the archive.
CREATE TABLE fact (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE article ( -- under the number that the index has for it
    sequence INTEGER PRIMARY KEY,
    at INTEGER NOT NULL, -- the instant under which it is shown
    sources TEXT NOT NULL -- the names of those that found it, a space before and behind each
);
CREATE VIRTUAL TABLE words USING fts5 ( -- the terms of an article, under the same number
    title, authors, address, text,
    content = '', contentless_delete = 1, tokenize = 'ascii'
);
INSERT INTO words (words, rank) VALUES ('rank', 'bm25(10.0, 4.0, 3.0, 1.0)');
CREATE TABLE line ( -- what the search of the published site knows of an article
    id BLOB PRIMARY KEY,
    month TEXT NOT NULL, -- 2026-11
    at INTEGER NOT NULL,
    sources TEXT NOT NULL,
    text TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX line_by_month ON line (month, at, id);
