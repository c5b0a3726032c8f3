-- Files that belong to cases, sealed like their answers, until central has the case. The name of each is the SHA-256
-- of the bytes here, which are the bytes that are uploaded; the case's frozen body says the same names.

CREATE TABLE attachments (
    case_id TEXT NOT NULL REFERENCES cases (case_id),
    sha256 TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (case_id, sha256)
) STRICT;
