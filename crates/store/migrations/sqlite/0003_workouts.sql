-- Workouts, one row a vendor's document; who tells of the same one is found out when they are read.
-- Derived like readings and series: (collection, derived_day) is replaced as one.
CREATE TABLE workouts (
    subject                INTEGER NOT NULL REFERENCES subjects (id),
    day                    INTEGER NOT NULL,
    collection             INTEGER NOT NULL REFERENCES collections (id),
    derived_day            INTEGER NOT NULL,
    document               TEXT NOT NULL,
    source                 TEXT NOT NULL,
    activity               TEXT NOT NULL,
    label                  TEXT,
    starts_at              INTEGER NOT NULL,
    ends_at                INTEGER NOT NULL,
    utc_offset_s           INTEGER,
    -- Measured amounts are positive and finite, so that SQLite's own type keeps every bit.
    distance_m             REAL,
    calories_kcal          REAL,
    average_heart_rate_bpm REAL,
    max_heart_rate_bpm     REAL,
    cardio_load            REAL,
    PRIMARY KEY (subject, day, collection, derived_day, document)
) STRICT, WITHOUT ROWID;

CREATE INDEX workouts_by_origin ON workouts (collection, derived_day);

-- What is there already is derived once more, and its workouts with it.
INSERT INTO pending_derivation (collection, day)
SELECT DISTINCT documents.collection, documents.day
FROM collections JOIN documents ON documents.collection = collections.id
WHERE collections.name IN ('workout', 'exercises')
ON CONFLICT DO NOTHING;
