// The four origins respond, each on its own port.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { origins } from '../support/sandbox.mjs';

test('the sandbox has four healthy origins', async () => {
  const all = [origins.script, origins.fields, origins.hooks, origins.api];
  assert.equal(new Set(all).size, 4);
  for (const origin of all) assert.equal((await fetch(`${origin}/healthz`)).status, 200, origin);
});
