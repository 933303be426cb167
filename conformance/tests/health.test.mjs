// The four origins answer, each from a port of its own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { origins } from '../support/sandbox.mjs';

test('each origin of the sandbox is well, and they are four', async () => {
  const all = [origins.script, origins.fields, origins.hooks, origins.api];
  assert.equal(new Set(all).size, 4);
  for (const origin of all) assert.equal((await fetch(`${origin}/healthz`)).status, 200, origin);
});
