-- What stretches of series come to, on grids of time that get coarser fourfold, so that any stretch
-- at any zoom costs the same. Derived from the series, in the transaction that changes them.

-- One row for each sensor's record of a kind. It stays when its samples go, because its revision
-- must never fall back to one that was told before.
CREATE TABLE series_lines (
    id          INTEGER PRIMARY KEY,
    subject     INTEGER NOT NULL REFERENCES subjects (id),
    kind        TEXT NOT NULL,
    source      TEXT NOT NULL,
    local_clock INTEGER NOT NULL, -- 1: instants are the wearer's wall clock, as if it were UTC
    first_at    INTEGER NOT NULL,
    last_at     INTEGER NOT NULL,
    samples     INTEGER NOT NULL, -- 0: none are left, and the instants say nothing
    revision    INTEGER NOT NULL, -- grows with every change of a tile, or of the wearer's clock
    UNIQUE (subject, kind, source, local_clock)
) STRICT;

-- 512 buckets at most. Not WITHOUT ROWID: rows are too long to be kept in the tree of their keys.
CREATE TABLE series_tiles (
    line    INTEGER NOT NULL REFERENCES series_lines (id),
    level   INTEGER NOT NULL, -- a bucket is 4^level ms wide
    tile    INTEGER NOT NULL, -- a tile is 512 buckets wide
    buckets BLOB NOT NULL,
    PRIMARY KEY (line, level, tile)
) STRICT;

-- How far the wearer's clock was ahead of UTC, by the documents that tell.
CREATE TABLE clocks (
    subject      INTEGER NOT NULL REFERENCES subjects (id),
    at           INTEGER NOT NULL,
    utc_offset_s INTEGER NOT NULL,
    collection   INTEGER NOT NULL REFERENCES collections (id),
    derived_day  INTEGER NOT NULL,
    PRIMARY KEY (subject, at, utc_offset_s, collection, derived_day)
) STRICT, WITHOUT ROWID;

CREATE INDEX clocks_by_origin ON clocks (collection, derived_day);

-- What is there already is derived once more, and its tiles and clocks with it.
INSERT INTO pending_derivation (collection, day)
SELECT DISTINCT collection, derived_day FROM series
UNION
SELECT DISTINCT documents.collection, documents.day
FROM collections JOIN documents ON documents.collection = collections.id
WHERE collections.name IN ('sleep', 'workout', 'exercises')
ON CONFLICT DO NOTHING;
