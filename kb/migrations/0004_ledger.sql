-- The ledger, derived: one row for each unit, obligation and deadline, with what lists are ordered and narrowed by.
CREATE TABLE unit_names (
  key {serial_key},
  name TEXT NOT NULL,
  canonical TEXT,
  place TEXT NOT NULL,
  group_name TEXT NOT NULL
);

CREATE TABLE ledger (
  obligation_key INTEGER NOT NULL,
  deadline_position INTEGER NOT NULL,
  unit_position INTEGER NOT NULL,
  document_id TEXT NOT NULL,
  unit_key INTEGER NOT NULL,
  nobody INTEGER NOT NULL,
  group_name TEXT NOT NULL,
  role TEXT,
  kind TEXT NOT NULL,
  standing TEXT NOT NULL,
  due TEXT NOT NULL,
  raw TEXT,
  start_char INTEGER,
  end_char INTEGER,
  PRIMARY KEY (obligation_key, deadline_position, unit_position),
  FOREIGN KEY(obligation_key) REFERENCES obligations (key) ON DELETE CASCADE
);

CREATE UNIQUE INDEX unit_names_name ON unit_names (name, canonical, place);

CREATE INDEX ledger_group ON ledger (nobody, group_name, due, obligation_key, deadline_position, unit_position);

CREATE INDEX ledger_due ON ledger (due, obligation_key, deadline_position, unit_position);

CREATE INDEX ledger_document ON ledger (document_id, due);

CREATE INDEX ledger_unit ON ledger (unit_key, due);
