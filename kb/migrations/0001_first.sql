-- The first schema: documents with their text and blocks, obligations with what belongs to them, vectors.
CREATE TABLE documents (
  id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  source TEXT NOT NULL,
  format TEXT NOT NULL,
  title TEXT,
  enclosed_title TEXT,
  title_key TEXT,
  enclosed_title_key TEXT,
  short_title_key TEXT,
  copy_number TEXT,
  classification TEXT,
  urgency TEXT,
  document_number TEXT,
  number_key TEXT,
  signatory TEXT,
  issuing_organs JSON NOT NULL,
  level TEXT,
  region JSON NOT NULL,
  region_key TEXT NOT NULL,
  adcode TEXT,
  document_type TEXT,
  issued_on DATE,
  printed_on DATE,
  effective_on DATE,
  expires_on DATE,
  recipients JSON NOT NULL,
  cc JSON NOT NULL,
  sponsor TEXT,
  supervisor TEXT,
  attachments JSON NOT NULL,
  contacts JSON NOT NULL,
  pages INTEGER,
  characters INTEGER NOT NULL,
  warnings JSON NOT NULL,
  head_spans JSON NOT NULL,
  deadlines JSON NOT NULL,
  notes JSON NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE meta (
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (name)
);

CREATE TABLE blocks (
  document_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  body_start INTEGER NOT NULL,
  body_end INTEGER NOT NULL,
  kind TEXT NOT NULL,
  part TEXT NOT NULL,
  parent INTEGER,
  level INTEGER,
  number TEXT,
  heading_start INTEGER,
  heading_end INTEGER,
  cells JSON NOT NULL,
  notice INTEGER NOT NULL,
  provenance JSON NOT NULL,
  PRIMARY KEY (document_id, position),
  FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE TABLE document_citations (
  document_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  title TEXT,
  title_key TEXT,
  document_number TEXT,
  number_key TEXT,
  relation TEXT NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  rule TEXT NOT NULL,
  PRIMARY KEY (document_id, position),
  FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE TABLE document_sources (
  location TEXT NOT NULL,
  source TEXT NOT NULL,
  name TEXT NOT NULL,
  document_id TEXT NOT NULL,
  PRIMARY KEY (location),
  FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE TABLE obligations (
  key {serial_key},
  id TEXT NOT NULL,
  document_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  rule TEXT NOT NULL,
  page INTEGER,
  path JSON NOT NULL,
  confidence DOUBLE PRECISION NOT NULL,
  UNIQUE (id),
  FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE TABLE obligation_citations (
  obligation_key INTEGER NOT NULL,
  position INTEGER NOT NULL,
  citation TEXT NOT NULL,
  PRIMARY KEY (obligation_key, position),
  FOREIGN KEY(obligation_key) REFERENCES obligations (key) ON DELETE CASCADE
);

CREATE TABLE obligation_deadlines (
  obligation_key INTEGER NOT NULL,
  position INTEGER NOT NULL,
  raw TEXT NOT NULL,
  type TEXT NOT NULL,
  start_on DATE,
  end_on DATE,
  recurrence TEXT,
  event TEXT,
  reason TEXT,
  provisional BOOLEAN NOT NULL,
  inherited BOOLEAN NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  rule TEXT NOT NULL,
  PRIMARY KEY (obligation_key, position),
  FOREIGN KEY(obligation_key) REFERENCES obligations (key) ON DELETE CASCADE
);

CREATE TABLE obligation_parties (
  obligation_key INTEGER NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  rule TEXT NOT NULL,
  PRIMARY KEY (obligation_key, position),
  FOREIGN KEY(obligation_key) REFERENCES obligations (key) ON DELETE CASCADE
);

CREATE TABLE obligation_targets (
  obligation_key INTEGER NOT NULL,
  position INTEGER NOT NULL,
  raw TEXT NOT NULL,
  indicator TEXT NOT NULL,
  comparator TEXT NOT NULL,
  value DOUBLE PRECISION,
  upper DOUBLE PRECISION,
  unit TEXT,
  reference TEXT,
  by_on DATE,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  rule TEXT NOT NULL,
  PRIMARY KEY (obligation_key, position),
  FOREIGN KEY(obligation_key) REFERENCES obligations (key) ON DELETE CASCADE
);

CREATE TABLE obligation_units (
  obligation_key INTEGER NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  canonical TEXT,
  listed BOOLEAN NOT NULL,
  inherited BOOLEAN NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  rule TEXT NOT NULL,
  PRIMARY KEY (obligation_key, position),
  FOREIGN KEY(obligation_key) REFERENCES obligations (key) ON DELETE CASCADE
);

CREATE TABLE vectors (
  obligation_key INTEGER NOT NULL,
  encoder TEXT NOT NULL,
  vector {blob} NOT NULL,
  PRIMARY KEY (obligation_key, encoder),
  FOREIGN KEY(obligation_key) REFERENCES obligations (key) ON DELETE CASCADE
);

CREATE INDEX documents_sha256 ON documents (sha256);

CREATE INDEX documents_number ON documents (number_key);

CREATE INDEX documents_title ON documents (title_key);

CREATE INDEX documents_enclosed_title ON documents (enclosed_title_key);

CREATE INDEX documents_short_title ON documents (short_title_key);

CREATE INDEX document_sources_name ON document_sources (name);

CREATE INDEX document_sources_document ON document_sources (document_id);

CREATE INDEX document_citations_number ON document_citations (number_key);

CREATE INDEX obligations_document ON obligations (document_id, position);

CREATE INDEX obligation_units_name ON obligation_units (name, canonical);

CREATE INDEX obligation_deadlines_end ON obligation_deadlines (end_on);

CREATE INDEX obligation_parties_name ON obligation_parties (name);
