-- The country of the billing address, as the gateway has it; `country` is the one the card was issued in. Unknown for cards
-- stored before, until the gateway is read again.
ALTER TABLE cards ADD COLUMN address_country TEXT;
