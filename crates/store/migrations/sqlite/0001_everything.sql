-- Conventions
--   instants  milliseconds since 1970-01-01T00:00:00Z
--   days      days since 1970-01-01: two or three bytes where the text takes ten, and ranges are
--             plain comparisons. Where "no day" is part of a key it is -2147483648, which is no
--             day of the calendar, so that keys need no NULL.
--   vendors, metrics, sources, roles … are their ids in the domain, as text.

-- People

CREATE TABLE subjects (
    id   INTEGER PRIMARY KEY AUTOINCREMENT, -- ids are never reused
    name TEXT NOT NULL
) STRICT;

CREATE TABLE pair (
    id             INTEGER PRIMARY KEY CHECK (id = 1),
    a              INTEGER NOT NULL REFERENCES subjects (id),
    b              INTEGER NOT NULL REFERENCES subjects (id),
    -- The itinerary's head; all three or none.
    itinerary_name TEXT,
    first_day      INTEGER,
    last_day       INTEGER,
    CHECK (a <> b),
    CHECK ((itinerary_name IS NULL) = (first_day IS NULL)),
    CHECK ((itinerary_name IS NULL) = (last_day IS NULL))
) STRICT;

CREATE TABLE waypoints (
    position     INTEGER PRIMARY KEY,
    at           INTEGER NOT NULL,
    altitude_m   REAL NOT NULL,
    place        TEXT NOT NULL,
    utc_offset_s INTEGER NOT NULL
) STRICT;

-- Documents

CREATE TABLE collections (
    id      INTEGER PRIMARY KEY,
    subject INTEGER NOT NULL REFERENCES subjects (id),
    vendor  TEXT NOT NULL,
    name    TEXT NOT NULL,
    UNIQUE (subject, vendor, name)
) STRICT;

-- Bodies by content: the same answer twice is kept once.
CREATE TABLE bodies (
    id     INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE,
    size   INTEGER NOT NULL, -- bytes, uncompressed
    zstd   BLOB NOT NULL
) STRICT;

CREATE TABLE documents (
    collection  INTEGER NOT NULL REFERENCES collections (id),
    key         TEXT NOT NULL,
    version     INTEGER NOT NULL, -- from 1
    day         INTEGER NOT NULL,
    body        INTEGER NOT NULL REFERENCES bodies (id),
    received_at INTEGER NOT NULL,
    PRIMARY KEY (collection, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX documents_by_day ON documents (collection, day);

-- Versions that gave way to a newer one.
CREATE TABLE document_versions (
    collection  INTEGER NOT NULL REFERENCES collections (id),
    key         TEXT NOT NULL,
    version     INTEGER NOT NULL,
    day         INTEGER NOT NULL,
    body        INTEGER NOT NULL REFERENCES bodies (id),
    received_at INTEGER NOT NULL,
    PRIMARY KEY (collection, key, version)
) STRICT, WITHOUT ROWID;

-- Days whose documents changed after they were last derived. Filled together with the documents
-- and emptied together with what is derived, so that no moment to die in loses a day.
CREATE TABLE pending_derivation (
    collection INTEGER NOT NULL REFERENCES collections (id),
    day        INTEGER NOT NULL,
    PRIMARY KEY (collection, day)
) STRICT, WITHOUT ROWID;

-- What is derived. (collection, derived_day) says from what, and is replaced as one.

-- The key is the order of the overview's question: subject, metric, day. The rest of a reading is
-- one line of text (see sqlite/readings.rs), because a year of readings is asked for at once and
-- SQLite hands over a few long texts an order of magnitude sooner than thousands of rows.
CREATE TABLE readings (
    subject     INTEGER NOT NULL REFERENCES subjects (id),
    metric      TEXT NOT NULL,
    day         INTEGER NOT NULL,
    collection  INTEGER NOT NULL REFERENCES collections (id),
    derived_day INTEGER NOT NULL,
    source      TEXT NOT NULL,
    line        TEXT NOT NULL,
    PRIMARY KEY (subject, metric, day, collection, derived_day, source)
) STRICT, WITHOUT ROWID;

CREATE INDEX readings_by_origin ON readings (collection, derived_day);

-- One row a document and kind; instants and values are pco streams of the same length.
CREATE TABLE series (
    id           INTEGER PRIMARY KEY,
    subject      INTEGER NOT NULL REFERENCES subjects (id),
    kind         TEXT NOT NULL,
    source       TEXT NOT NULL,
    collection   INTEGER NOT NULL REFERENCES collections (id),
    derived_day  INTEGER NOT NULL,
    document     TEXT NOT NULL,
    local_clock  INTEGER NOT NULL, -- 1: instants are the wearer's wall clock, as if it were UTC
    first_at     INTEGER NOT NULL,
    last_at      INTEGER NOT NULL,
    points       INTEGER NOT NULL,
    instants_pco BLOB NOT NULL,
    values_pco   BLOB NOT NULL
) STRICT;

CREATE INDEX series_by_time ON series (subject, kind, last_at, first_at);
CREATE INDEX series_by_origin ON series (collection, derived_day);

CREATE TABLE malformed (
    collection  INTEGER NOT NULL REFERENCES collections (id),
    derived_day INTEGER NOT NULL,
    document    TEXT NOT NULL,
    reason      TEXT NOT NULL,
    PRIMARY KEY (collection, derived_day, document)
) STRICT, WITHOUT ROWID;

-- Connections and sync

CREATE TABLE connections (
    subject          INTEGER NOT NULL REFERENCES subjects (id),
    vendor           TEXT NOT NULL,
    reconnect_reason TEXT, -- NULL while it works
    granted          TEXT NOT NULL, -- JSON array
    refused          TEXT NOT NULL, -- JSON array
    vendor_user_id   TEXT,
    device           TEXT,
    connected_at     INTEGER NOT NULL,
    PRIMARY KEY (subject, vendor)
) STRICT, WITHOUT ROWID;

CREATE TABLE collection_syncs (
    collection INTEGER PRIMARY KEY REFERENCES collections (id),
    cursor     INTEGER, -- a day
    tried_at   INTEGER NOT NULL,
    synced_at  INTEGER,
    outcome    TEXT NOT NULL CHECK (outcome IN ('done', 'not_granted', 'failed')),
    message    TEXT,
    CHECK ((outcome = 'failed') = (message IS NOT NULL))
) STRICT;

-- Newest first is how runs are asked for.
CREATE TABLE sync_runs (
    started_at  INTEGER NOT NULL,
    subject     INTEGER NOT NULL REFERENCES subjects (id),
    vendor      TEXT NOT NULL,
    finished_at INTEGER,
    written     INTEGER NOT NULL,
    failed      INTEGER NOT NULL,
    PRIMARY KEY (started_at, subject, vendor)
) STRICT, WITHOUT ROWID;

-- Accounts and sessions

CREATE TABLE accounts (
    id            INTEGER PRIMARY KEY AUTOINCREMENT, -- ids are never reused
    name          TEXT NOT NULL,
    folded_name   TEXT NOT NULL UNIQUE, -- in lower case, all of Unicode
    role          TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    disabled      INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1))
) STRICT;

CREATE TABLE sessions (
    id_hash    BLOB PRIMARY KEY,
    account    INTEGER NOT NULL REFERENCES accounts (id),
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_account ON sessions (account);

CREATE TABLE sign_in_failures (
    id  INTEGER PRIMARY KEY, -- two failures may share their instant
    key BLOB NOT NULL,
    at  INTEGER NOT NULL
) STRICT;

CREATE INDEX sign_in_failures_by_key ON sign_in_failures (key, at);
CREATE INDEX sign_in_failures_by_time ON sign_in_failures (at);

-- Small things

CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE oauth_states (
    state_hash BLOB PRIMARY KEY,
    payload    TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
