-- Instants are seconds since 1970, digests and identities are bytes. An article's row has the number of the event by
-- which it was first seen as its key, so that "the newest of a source" is the end of an index.
CREATE TABLE segment (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    length INTEGER NOT NULL -- how far its records are in this index
);
CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    last_checked INTEGER,
    last_success INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    trouble TEXT,
    home TEXT, -- the site that its feed says it is of
    is_published INTEGER NOT NULL DEFAULT 1, -- whether it is configured, as far as publishing has said
    -- Tallies, which triggers keep: `status` would have to go through 100,000 articles for them.
    articles INTEGER NOT NULL DEFAULT 0, -- that it found
    revisions INTEGER NOT NULL DEFAULT 0, -- of the articles that it found first
    bytes INTEGER NOT NULL DEFAULT 0 -- of its records
);
CREATE TABLE article (
    sequence INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    source INTEGER NOT NULL REFERENCES source,
    url TEXT NOT NULL,
    item TEXT, -- what tells it from other articles at that URL
    run INTEGER NOT NULL, -- the number of the run that first saw it
    first_seen INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    changed INTEGER NOT NULL UNIQUE, -- counts every change that publishing may have to show
    digest BLOB NOT NULL,
    words BLOB NOT NULL,
    payload BLOB NOT NULL,
    answered TEXT NOT NULL,
    next_look_at INTEGER,
    hint_title TEXT,
    hint_modified TEXT,
    hint_digest BLOB,
    listed TEXT, -- the key of the URL under which it was last listed
    url_changes INTEGER NOT NULL DEFAULT 0, -- how often that was another
    false_alarms INTEGER NOT NULL DEFAULT 0, -- changes of its feed's text that its page did not show
    language TEXT,
    title TEXT NOT NULL DEFAULT '',
    first_title TEXT NOT NULL DEFAULT '',
    stated TEXT, -- when it was published, where its page says so and can be believed
    is_noindex INTEGER NOT NULL DEFAULT 0,
    etag TEXT,
    last_modified TEXT
);
CREATE INDEX article_by_words ON article (words);
CREATE INDEX article_by_source ON article (source, revision);
CREATE INDEX article_by_look ON article (source, next_look_at) WHERE next_look_at IS NOT NULL;
CREATE TABLE finding (
    article INTEGER NOT NULL REFERENCES article,
    source INTEGER NOT NULL REFERENCES source,
    -- Its place in the order of feeds that follow the source.
    run INTEGER NOT NULL,
    published INTEGER NOT NULL,
    position INTEGER NOT NULL,
    found_in INTEGER NOT NULL, -- the number of the run that found it, be it news or not
    PRIMARY KEY (article, source)
) WITHOUT ROWID;
CREATE INDEX finding_by_source ON finding (source, run, published, position, article);
CREATE INDEX finding_by_run ON finding (source, found_in);
CREATE TABLE withdrawn ( -- articles that their owner took down
    article INTEGER PRIMARY KEY REFERENCES article,
    reason TEXT NOT NULL
);
CREATE TABLE shelved ( -- which articles are in which lists of the reading site, in the order of those
    kind INTEGER NOT NULL, -- 1 month, 2 month of a source, 3 tag, 4 author; negative for what is not shown
    key TEXT NOT NULL,
    shown INTEGER NOT NULL,
    run INTEGER NOT NULL,
    position INTEGER NOT NULL,
    id BLOB NOT NULL, -- the article's: two of one instant have an order that nobody's answer decides
    name TEXT, -- of the tag or author, as the article spells it
    PRIMARY KEY (kind, key, shown, run, position, id)
) WITHOUT ROWID;
CREATE INDEX shelved_by_article ON shelved (id);
CREATE TABLE stale_shelf ( -- lists that changed since they were published, and from which instant on
    kind INTEGER NOT NULL,
    key TEXT NOT NULL,
    shown INTEGER NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE TABLE alias (
    url TEXT PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article
) WITHOUT ROWID;
CREATE TABLE guid ( -- what a source's feed calls an article
    source INTEGER NOT NULL REFERENCES source,
    guid TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES article,
    PRIMARY KEY (source, guid)
) WITHOUT ROWID;
CREATE INDEX guid_by_article ON guid (article, source);
CREATE TABLE revision (
    article INTEGER NOT NULL REFERENCES article,
    number INTEGER NOT NULL,
    event INTEGER,
    captured INTEGER NOT NULL,
    segment INTEGER NOT NULL REFERENCES segment,
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL,
    response_offset INTEGER,
    response_length INTEGER,
    run INTEGER NOT NULL, -- the number of the run that wrote it
    PRIMARY KEY (article, number)
) WITHOUT ROWID;
CREATE INDEX revision_by_run ON revision (run) WHERE event IS NOT NULL AND number > 1;
CREATE UNIQUE INDEX revision_by_event ON revision (event) WHERE event IS NOT NULL;
CREATE INDEX revision_by_correction ON revision (event) WHERE event IS NOT NULL AND number > 1;
CREATE TABLE part ( -- further pages on which a revision stands
    article INTEGER NOT NULL REFERENCES article,
    revision INTEGER NOT NULL,
    segment INTEGER NOT NULL REFERENCES segment,
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL,
    response_offset INTEGER,
    response_length INTEGER,
    PRIMARY KEY (article, revision, segment, offset)
) WITHOUT ROWID;
CREATE INDEX part_by_segment ON part (segment);
CREATE TABLE picture ( -- pictures that articles show
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE, -- what is the same in the URLs of its sizes
    url TEXT NOT NULL, -- as it is asked for
    source INTEGER NOT NULL REFERENCES source, -- of the article that showed it first
    article INTEGER NOT NULL REFERENCES article,
    payload BLOB, -- the digest of what was answered last
    etag TEXT,
    last_modified TEXT,
    failures INTEGER NOT NULL DEFAULT 0,
    reason TEXT, -- why it could not be had, or was let go
    is_let_go INTEGER NOT NULL DEFAULT 0,
    next_try_at INTEGER
);
CREATE INDEX picture_by_try ON picture (source, next_try_at) WHERE next_try_at IS NOT NULL;
CREATE INDEX picture_by_payload ON picture (payload) WHERE payload IS NOT NULL;
CREATE TABLE shows ( -- which pictures the newest revision of an article shows
    article INTEGER NOT NULL REFERENCES article,
    picture INTEGER NOT NULL REFERENCES picture,
    PRIMARY KEY (article, picture)
) WITHOUT ROWID;
CREATE INDEX shows_by_picture ON shows (picture, article);
CREATE TABLE picture_body ( -- where the bytes of pictures stand
    payload BLOB PRIMARY KEY,
    picture TEXT NOT NULL, -- what it is
    bytes INTEGER NOT NULL,
    segment INTEGER NOT NULL REFERENCES segment,
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX picture_body_by_segment ON picture_body (segment);
CREATE TABLE volume (
    segment INTEGER NOT NULL REFERENCES segment,
    source INTEGER NOT NULL REFERENCES source,
    kind INTEGER NOT NULL, -- the place among `Kind::ALL`
    bytes INTEGER NOT NULL,
    PRIMARY KEY (segment, source, kind)
) WITHOUT ROWID;
CREATE TABLE segment_volume ( -- the same of all sources, which triggers keep
    segment INTEGER NOT NULL REFERENCES segment,
    kind INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (segment, kind)
) WITHOUT ROWID;
CREATE TRIGGER tally_article AFTER INSERT ON finding BEGIN
    UPDATE source SET articles = articles + 1 WHERE id = new.source;
END;
CREATE TRIGGER tally_revisions AFTER INSERT ON article BEGIN
    UPDATE source SET revisions = revisions + new.revision WHERE id = new.source;
END;
CREATE TRIGGER tally_new_revision AFTER UPDATE OF revision ON article BEGIN
    UPDATE source SET revisions = revisions + new.revision - old.revision WHERE id = new.source;
END;
CREATE TRIGGER tally_volume AFTER INSERT ON volume BEGIN
    UPDATE source SET bytes = bytes + new.bytes WHERE id = new.source;
    INSERT INTO segment_volume (segment, kind, bytes) VALUES (new.segment, new.kind, new.bytes)
        ON CONFLICT (segment, kind) DO UPDATE SET bytes = bytes + excluded.bytes;
END;
CREATE TRIGGER tally_grown_volume AFTER UPDATE OF bytes ON volume BEGIN
    UPDATE source SET bytes = bytes + new.bytes - old.bytes WHERE id = new.source;
    UPDATE segment_volume SET bytes = bytes + new.bytes - old.bytes
        WHERE segment = new.segment AND kind = new.kind;
END;
CREATE TRIGGER tally_gone_volume AFTER DELETE ON volume BEGIN
    UPDATE source SET bytes = bytes - old.bytes WHERE id = old.source;
    UPDATE segment_volume SET bytes = bytes - old.bytes WHERE segment = old.segment AND kind = old.kind;
    DELETE FROM segment_volume WHERE segment = old.segment AND kind = old.kind AND bytes <= 0;
END;
CREATE TABLE page (
    url TEXT PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source,
    candidate TEXT NOT NULL,
    failures INTEGER NOT NULL,
    reason TEXT NOT NULL,
    next_try_at INTEGER,
    payload BLOB,
    is_listed INTEGER NOT NULL DEFAULT 1 -- whether its source named it when it was last read
) WITHOUT ROWID;
CREATE INDEX page_by_source ON page (source);
CREATE INDEX page_by_retry ON page (source, next_try_at) WHERE next_try_at IS NOT NULL;
CREATE TABLE held ( -- pages that were captured and not published; an article's page is under its first URL
    url TEXT PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source,
    asked TEXT NOT NULL,
    title TEXT,
    hold TEXT NOT NULL,
    reason TEXT NOT NULL,
    since INTEGER NOT NULL,
    is_told INTEGER NOT NULL, -- whether an event has named it
    segment INTEGER NOT NULL REFERENCES segment,
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL,
    response_offset INTEGER,
    response_length INTEGER,
    sketch BLOB -- of its text, if it has one
) WITHOUT ROWID;
CREATE INDEX held_by_source ON held (source, since);
CREATE TABLE released (
    url TEXT NOT NULL,
    hold TEXT NOT NULL,
    PRIMARY KEY (url, hold)
) WITHOUT ROWID;
CREATE TABLE health (
    number INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source,
    is_held INTEGER NOT NULL, -- held back says nothing of the source itself
    event TEXT NOT NULL -- as its record says it
);
CREATE INDEX health_by_source ON health (source, is_held, number);
CREATE TABLE listing (
    url TEXT PRIMARY KEY,
    payload BLOB NOT NULL,
    checked_at INTEGER NOT NULL,
    answered TEXT NOT NULL,
    moved_to TEXT,
    etag TEXT,
    last_modified TEXT,
    segment INTEGER REFERENCES segment, -- its newest response
    response_offset INTEGER,
    response_length INTEGER
) WITHOUT ROWID;
CREATE TABLE memory (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
