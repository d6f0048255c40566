-- Why a mention is where it is: what it was inherited from, the date that a target is due by, where a citation is printed,
-- and the edition of the rules that a document was read with (none: it was read before this was kept).
ALTER TABLE documents ADD COLUMN edition TEXT;

ALTER TABLE obligation_units ADD COLUMN origin JSON;

ALTER TABLE obligation_deadlines ADD COLUMN origin JSON;

ALTER TABLE obligation_targets ADD COLUMN due JSON;

ALTER TABLE obligation_citations ADD COLUMN printed JSON;
