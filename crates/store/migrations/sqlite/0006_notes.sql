-- What people saw, in their own words, at an instant or over a stretch of time.
CREATE TABLE notes (
    id         INTEGER PRIMARY KEY AUTOINCREMENT, -- ids are never reused
    subject    INTEGER REFERENCES subjects (id), -- NULL: both of the pair
    at         INTEGER NOT NULL,
    until      INTEGER, -- NULL: an instant
    text       TEXT NOT NULL,
    author     INTEGER NOT NULL REFERENCES accounts (id),
    written_at INTEGER NOT NULL,
    CHECK (until IS NULL OR until >= at)
) STRICT;
