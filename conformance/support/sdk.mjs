// Stripe's Node SDK, pointed at the sandbox and otherwise as anyone uses it.
import Stripe from 'stripe';
import { origins } from './sandbox.mjs';

export { Stripe };

// A client for an account's secret key. Retries are off unless a test is about them, so that none hides a fault. When the
// SDK tries again it leaves the first answer unread, and its connection keeps the process until the timeout: a short one.
export function client(keys, options = {}) {
  const { hostname, port, protocol } = new URL(origins.api);
  return new Stripe(keys.secret, {
    host: hostname, port, protocol: protocol.replace(':', ''), telemetry: false, maxNetworkRetries: 0, timeout: 4_000, ...options,
  });
}

// What `promise` was refused with.
export async function refusal(promise) {
  const done = await promise.then((value) => ({ value }), (error) => ({ error }));
  if (!done.error) throw new Error(`it was not refused: ${JSON.stringify(done.value)}`);
  return done.error;
}
