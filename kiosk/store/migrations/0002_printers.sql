-- What the printers of this terminal have taught it. Losing any of it does no harm: it is learnt again.

CREATE TABLE paper (
    device TEXT PRIMARY KEY,
    used INTEGER NOT NULL CHECK (used >= 0),
    tickets INTEGER NOT NULL CHECK (tickets >= 0),
    ticket_length INTEGER NOT NULL CHECK (ticket_length >= 0),
    near_end_at INTEGER NOT NULL CHECK (near_end_at >= 0),
    whole_roll INTEGER NOT NULL CHECK (whole_roll >= 0),
    after_near_end INTEGER NOT NULL CHECK (after_near_end >= 0),
    from_start INTEGER NOT NULL CHECK (from_start IN (0, 1)),
    is_low INTEGER NOT NULL CHECK (is_low IN (0, 1)),
    is_out INTEGER NOT NULL CHECK (is_out IN (0, 1))
) STRICT, WITHOUT ROWID;

-- How a unit confirms that a ticket is on paper. Model and serial number are what the unit says of itself.
CREATE TABLE printer_units (
    model TEXT NOT NULL,
    serial TEXT NOT NULL,
    fence TEXT NOT NULL CHECK (fence IN ('completion', 'status')),
    PRIMARY KEY (model, serial)
) STRICT, WITHOUT ROWID;
