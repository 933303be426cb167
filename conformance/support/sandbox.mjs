// The running sandbox: its four origins, a new account for each test, and its control endpoints.
import { randomBytes } from 'node:crypto';

function origin(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. \`cargo xtask test --only conformance\` starts a sandbox and sets it.`);
  return value.replace(/\/$/, '');
}

// Getters, so that a file needs only the environment variables it uses.
export const origins = {
  get script() { return origin('SANDBOX_SCRIPT'); },
  get fields() { return origin('SANDBOX_FIELDS'); },
  get hooks() { return origin('SANDBOX_HOOKS'); },
  get api() { return origin('SANDBOX_API'); },
};

// Keys of a new account, so that tests can run concurrently.
export function account(name = 'case') {
  const own = `${name.replace(/[^a-z0-9]/gi, '')}${randomBytes(5).toString('hex')}`;
  return { name: own, publishable: `pk_test_${own}`, secret: `sk_test_${own}` };
}

// Replaces the faults of one account.
export async function setFaults(keys, faults) {
  const response = await fetch(`${origins.api}/sandbox/faults`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ key: keys.publishable, clear: true, faults }),
  });
  if (!response.ok) throw new Error(`the sandbox refused the faults: ${await response.text()}`);
}

// The account's requests in the journal, oldest first. `query` filters as described in docs/sandbox.md.
export async function requests(keys, query = {}) {
  const search = new URLSearchParams({ key: keys.publishable, limit: '1000', ...query });
  const response = await fetch(`${origins.api}/sandbox/requests?${search}`);
  return (await response.json()).requests;
}

// Answers an intent's challenge without a browser.
export async function challenge(intent, button) {
  const { source } = intent.next_action.use_stripe_sdk;
  const response = await fetch(`${origins.hooks}/challenge/${source}/${button}`, { method: 'POST' });
  if (response.status !== 204) throw new Error(`the challenge responded ${response.status}`);
}

// Simulates a network update of a saved card's number or date.
export async function updateCard(keys, what) {
  const response = await fetch(`${origins.api}/sandbox/card_updates`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ key: keys.secret, ...what }),
  });
  if (!response.ok) throw new Error(`the sandbox refused the update: ${await response.text()}`);
}
