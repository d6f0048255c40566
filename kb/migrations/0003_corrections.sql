-- A person's corrections, apart from what was extracted: the value given and the value it stands for, by whom, when and why,
-- and what finds the passage again in a later reading. Relations that a notice states to others (amends, repeals, replaces …).
CREATE TABLE corrections (
  id {serial_key},
  target TEXT NOT NULL,
  document_id TEXT NOT NULL,
  obligation_id TEXT,
  field TEXT NOT NULL,
  value JSON NOT NULL,
  original JSON NOT NULL,
  who TEXT NOT NULL,
  why TEXT,
  made_at TEXT NOT NULL,
  withdrawn_at TEXT,
  withdrawn_by TEXT,
  locations JSON NOT NULL,
  number_key TEXT,
  title_key TEXT,
  passage TEXT,
  path JSON NOT NULL,
  start_char INTEGER
);

CREATE TABLE document_links (
  document_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  relation TEXT NOT NULL,
  title TEXT,
  title_key TEXT,
  document_number TEXT,
  number_key TEXT,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  rule TEXT NOT NULL,
  PRIMARY KEY (document_id, position),
  FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX corrections_document ON corrections (document_id);

CREATE INDEX corrections_obligation ON corrections (obligation_id);

CREATE INDEX document_links_number ON document_links (number_key);

CREATE INDEX document_links_title ON document_links (title_key);
