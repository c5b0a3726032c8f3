-- Answers are sealed to a key of the council when a case is written; the row says to which one. An empty key is a case
-- of the first shape, which was frozen in clear and may have been sent already: it goes out as it is.
-- Every row of the outbox carries a checksum of what never changes in it, as cases and print jobs do.
-- row_checksum() is given to SQLite by kiosk/store/migration.py.

ALTER TABLE outbox ADD COLUMN key_id TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN checksum TEXT NOT NULL DEFAULT '';
UPDATE outbox SET checksum = row_checksum(key, case_id, kind, sha256, key_id, created_at);
