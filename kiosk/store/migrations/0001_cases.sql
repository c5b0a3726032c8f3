-- The first shape of the terminal's file. Times are UTC text, days are local dates, bodies are frozen bytes.
-- A visitor waits for every page that a save touches, so an index must earn its place: what is asked at start,
-- or from the newest row backwards, has none.

CREATE TABLE identity (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    store_id TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL CHECK (value >= 0)
) STRICT, WITHOUT ROWID;

-- What a list may show of a case: no answers, no personal data. The answers are in the outbox until accepted.
CREATE TABLE cases (
    seq INTEGER PRIMARY KEY,
    case_id TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL UNIQUE,
    service TEXT NOT NULL,
    queue_number TEXT NOT NULL,
    job_id TEXT NOT NULL,
    created_at TEXT NOT NULL,
    day TEXT NOT NULL,
    checksum TEXT NOT NULL
) STRICT;

-- Keys begin with the case's id: CASE-ID for its creation, later ones CASE-ID:KIND:N. So the index on the key
-- also finds what else is on its way for the same case.
CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    case_id TEXT NOT NULL REFERENCES cases (case_id),
    kind TEXT NOT NULL,
    body BLOB,
    sha256 TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'accepted', 'parked')),
    attempts INTEGER NOT NULL DEFAULT 0,
    error_class TEXT NOT NULL DEFAULT '',
    problem TEXT NOT NULL DEFAULT '',
    central_id TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    settled_at TEXT,
    CHECK (body IS NOT NULL OR state = 'accepted')
) STRICT;
CREATE INDEX outbox_to_send ON outbox (attempts, seq) WHERE state = 'waiting';

-- A copy's id is the first job's id, a full stop, and its number: the index on the id also finds all copies.
CREATE TABLE print_jobs (
    seq INTEGER PRIMARY KEY,
    job_id TEXT NOT NULL UNIQUE,
    copy INTEGER NOT NULL CHECK (copy >= 0),
    case_id TEXT REFERENCES cases (case_id),
    reference TEXT NOT NULL,
    queue_number TEXT NOT NULL,
    ticket TEXT NOT NULL,
    created_at TEXT NOT NULL,
    day TEXT NOT NULL,
    checksum TEXT NOT NULL,
    sent INTEGER NOT NULL DEFAULT 0 CHECK (sent IN (0, 1)),
    outcome TEXT CHECK (outcome IN ('printed', 'printed-unconfirmed', 'held', 'not-printed', 'unknown')),
    reason TEXT NOT NULL DEFAULT '',
    done_at TEXT
) STRICT;

CREATE TABLE print_orders (
    order_id TEXT PRIMARY KEY,
    taken_at TEXT NOT NULL,
    job_id TEXT NOT NULL DEFAULT '',
    outcome TEXT CHECK (outcome IN ('printed', 'printed-unconfirmed', 'held', 'not-printed', 'unknown')),
    reason TEXT NOT NULL DEFAULT '',
    done_at TEXT,
    reported_at TEXT
) STRICT;
CREATE INDEX print_orders_of_job ON print_orders (job_id) WHERE job_id <> '';

CREATE TABLE appointment_lists (
    day TEXT PRIMARY KEY,
    etag TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE appointments (
    day TEXT NOT NULL REFERENCES appointment_lists (day) ON DELETE CASCADE,
    appointment_id TEXT NOT NULL,
    reference TEXT NOT NULL,
    full_name TEXT NOT NULL,
    birth_date TEXT,
    starts_at TEXT NOT NULL,
    service TEXT NOT NULL,
    queue TEXT NOT NULL,
    with_whom TEXT NOT NULL,
    checked_in INTEGER NOT NULL CHECK (checked_in IN (0, 1)),
    PRIMARY KEY (day, appointment_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE check_ins (
    appointment_id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (case_id),
    day TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
    badge_token TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    salt BLOB NOT NULL,
    pin_hash BLOB NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    failed_at TEXT
) STRICT, WITHOUT ROWID;

-- A chain: each row's hash covers the hash before it. No personal data.
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    event TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
