-- Which documents each writing transaction touched, so that what is derived follows without being made again.
CREATE TABLE changes (
    generation BIGINT NOT NULL PRIMARY KEY,
    documents JSON
);
