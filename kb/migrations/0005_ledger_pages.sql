-- Indexes that hold all that a page of the ledger is ordered and narrowed by, so that rows are looked up for the page alone.
DROP INDEX ledger_group;

DROP INDEX ledger_due;

DROP INDEX ledger_document;

CREATE INDEX ledger_group ON ledger (nobody, group_name, due, obligation_key, deadline_position, unit_position, role, kind, standing, unit_key, document_id);

CREATE INDEX ledger_due ON ledger (due, obligation_key, deadline_position, unit_position, role, kind, standing, unit_key, document_id);

CREATE INDEX ledger_document ON ledger (document_id, due, obligation_key, deadline_position, unit_position, role, kind, standing, unit_key);

CREATE INDEX documents_place ON documents (level, region_key, id);
