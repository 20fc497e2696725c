-- What is known of a person beside what is measured, and the person's alarm limits: JSON, because
-- each is read and written as a whole and grows a field at a time.
ALTER TABLE subjects ADD COLUMN profile TEXT NOT NULL DEFAULT '{}';
ALTER TABLE subjects ADD COLUMN spo2_limits TEXT NOT NULL DEFAULT '{}';
