#!/usr/bin/env bash
# stripe (npm) 23.1.0: a response that breaks off half-way is not requested again, although network retries are on.
#
# Expectation: with `maxNetworkRetries: 2`, a GET whose connection breaks is sent again, twice. The README, "Network retries",
# promises it "for failed requests that are safe to retry", and makes no difference between a connection that breaks before the
# response's headers and one that breaks in the middle of its body.
# Behaviour: closed before the headers, the request is sent three times. Closed half-way through the body, it is sent once and
# ends in a StripeConnectionError. Code that depends on the retries has to repeat such a call itself; a POST with the same
# idempotency key, because the server has handled the first request.
# Version and source: stripe 23.1.0, cjs/RequestSender.js: `_shouldRetry` is called after an error or after the headers; the
# body is read after that, by `_jsonResponseHandler`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --no-audit --no-fund stripe@23.1.0

cat > try.mjs <<'JS'
import { createServer } from 'node:http';
import Stripe from 'stripe';

const body = JSON.stringify({ id: 'cus_1', object: 'customer', name: 'x'.repeat(200) });
const ways = {
  'before the head': (request) => request.socket.destroy(),
  'half-way through the body': (request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.write(body.slice(0, 100));
    setTimeout(() => response.destroy(), 50);
  },
};
const counts = {};
for (const [way, act] of Object.entries(ways)) {
  let requests = 0;
  const server = createServer((request, response) => { requests += 1; request.resume(); act(request, response); });
  await new Promise((listening) => { server.listen(0, '127.0.0.1', listening); });
  const { port } = server.address();
  const stripe = new Stripe('sk_test_x', { host: '127.0.0.1', port, protocol: 'http', maxNetworkRetries: 2, telemetry: false });
  const end = await stripe.customers.retrieve('cus_1').then(() => 'an answer', (error) => error.type);
  console.log(`closed ${way}: ${requests} request(s), then ${end}`);
  counts[way] = requests;
  server.close();
  server.closeAllConnections();
}
const as = counts['before the head'] === 3 && counts['half-way through the body'] === 1;
console.log(as ? 'as described' : 'the behaviour has changed');
process.exit(as ? 0 : 1);
JS
node try.mjs
