-- The obligations of a party are found in the index of names itself.
DROP INDEX obligation_parties_name;

CREATE INDEX obligation_parties_name ON obligation_parties (name, obligation_key);
