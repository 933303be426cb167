-- Which telephone number and address of a client is the one to use: one of each at most.
ALTER TABLE phone_numbers ADD COLUMN is_primary INTEGER NOT NULL DEFAULT 0 CHECK (is_primary IN (0, 1));
ALTER TABLE addresses ADD COLUMN is_primary INTEGER NOT NULL DEFAULT 0 CHECK (is_primary IN (0, 1));

-- The language of a kept answer's sentence, where it has one.
ALTER TABLE answers ADD COLUMN language TEXT;
