-- A card that runs on more than one network: which one its holder chose, and the brand to show for it, as the gateway
-- says both. Null for a card of one network, or when nothing was chosen.
ALTER TABLE cards ADD COLUMN preferred_network TEXT;
ALTER TABLE cards ADD COLUMN display_brand TEXT;
