-- An intent that was made and not used is given again; a card confirmed with one in a page is saved, also when the page
-- never asks for it.

-- `given_at`: when its secret was last given to a page; null: when it was made. `save_when_confirmed`: the person asked
-- to keep the card when the intent was made, so its confirmation is the save. Intents made before say nothing of it.
ALTER TABLE intents ADD COLUMN given_at INTEGER;
ALTER TABLE intents ADD COLUMN save_when_confirmed INTEGER NOT NULL DEFAULT 0 CHECK (save_when_confirmed IN (0, 1));

-- `learned`: this server read at the gateway that the card was confirmed, and saved it. The first request that asks for
-- the same save is no repeat.
ALTER TABLE saves ADD COLUMN learned INTEGER NOT NULL DEFAULT 0 CHECK (learned IN (0, 1));
