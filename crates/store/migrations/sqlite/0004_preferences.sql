-- How an account likes amounts and times written: JSON, because it is read and written as a whole and
-- grows a field at a time.
ALTER TABLE accounts ADD COLUMN units TEXT NOT NULL DEFAULT '{}';
