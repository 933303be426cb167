-- The breaker of an account has stages, and counts by the network a card came from.

-- `stage`: what the account refuses until `ends_at`; normal: nothing. `history_before`: an owner who saved a card by then
-- has a history. A running cooldown of before refuses everybody.
ALTER TABLE account_cooldowns ADD COLUMN stage TEXT NOT NULL DEFAULT 'all_refused'
    CHECK (stage IN ('normal', 'challenge', 'new_refused', 'all_refused'));
ALTER TABLE account_cooldowns ADD COLUMN history_before INTEGER NOT NULL DEFAULT 0;

-- Who entered the card; null for responses of before.
ALTER TABLE issuer_responses ADD COLUMN owner_id INTEGER;

-- When an open intent was last read for declines, in an account without webhooks.
ALTER TABLE intents ADD COLUMN read_at INTEGER;

CREATE INDEX intents_open_by_network ON intents (client_network) WHERE state = 'open' AND client_network IS NOT NULL;
CREATE INDEX intents_open_by_owner ON intents (owner_id) WHERE state = 'open';
