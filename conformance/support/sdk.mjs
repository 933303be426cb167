// Stripe's Node SDK, configured for the sandbox.
import Stripe from 'stripe';
import { origins } from './sandbox.mjs';

export { Stripe };

// A client with an account's secret key. Retries are off by default, so that none hides a failure. When the SDK retries, it does
// not read the first response, and that connection keeps the process alive until the timeout; so the timeout is shorter than the
// SDK's own.
export function client(keys, options = {}) {
  const { hostname, port, protocol } = new URL(origins.api);
  return new Stripe(keys.secret, {
    host: hostname, port, protocol: protocol.replace(':', ''), telemetry: false, maxNetworkRetries: 0, timeout: 10_000, ...options,
  });
}

// The error that `promise` rejects with.
export async function refusal(promise) {
  const done = await promise.then((value) => ({ value }), (error) => ({ error }));
  if (!done.error) throw new Error(`it was not rejected: ${JSON.stringify(done.value)}`);
  return done.error;
}
