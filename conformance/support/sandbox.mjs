// The running sandbox: its four origins, an account for each test, and its control endpoints.
import { randomBytes } from 'node:crypto';

function origin(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. \`cargo xtask test --only conformance\` starts a sandbox and sets it.`);
  return value.replace(/\/$/, '');
}

// Getters, so that a file that needs one origin only does not ask for all.
export const origins = {
  get script() { return origin('SANDBOX_SCRIPT'); },
  get fields() { return origin('SANDBOX_FIELDS'); },
  get hooks() { return origin('SANDBOX_HOOKS'); },
  get api() { return origin('SANDBOX_API'); },
};

// Keys of an account nobody else has, so that tests run side by side.
export function account(name = 'case') {
  const own = `${name.replace(/[^a-z0-9]/gi, '')}${randomBytes(5).toString('hex')}`;
  return { name: own, publishable: `pk_test_${own}`, secret: `sk_test_${own}` };
}

// Puts `faults` in force for `keys` alone, in place of those before.
export async function setFaults(keys, faults) {
  const answer = await fetch(`${origins.api}/sandbox/faults`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ key: keys.publishable, clear: true, faults }),
  });
  if (!answer.ok) throw new Error(`the sandbox refused the faults: ${await answer.text()}`);
}

// What the account was asked for, oldest first; `query` narrows as docs/sandbox.md says.
export async function requests(keys, query = {}) {
  const search = new URLSearchParams({ key: keys.publishable, limit: '1000', ...query });
  const answer = await fetch(`${origins.api}/sandbox/requests?${search}`);
  return (await answer.json()).requests;
}

// Presses a button of the bank's page for an intent that waits, without a browser.
export async function challenge(intent, button) {
  const { source } = intent.next_action.use_stripe_sdk;
  const answer = await fetch(`${origins.hooks}/challenge/${source}/${button}`, { method: 'POST' });
  if (answer.status !== 204) throw new Error(`the bank's page answered ${answer.status}`);
}

// The network gives a saved card of `keys` another number or date.
export async function updateCard(keys, what) {
  const answer = await fetch(`${origins.api}/sandbox/card_updates`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ key: keys.secret, ...what }),
  });
  if (!answer.ok) throw new Error(`the sandbox refused the update: ${await answer.text()}`);
}
