#!/usr/bin/env bash
# braintree-web (npm) 3.144.0 sends a card a second time, to another address, when the first response is lost.
#
# Expectation: the library does not repeat a POST whose connection breaks. It returns an error and the caller decides, because
# the server may have handled the request, and because the page's Content-Security-Policy names the host of the first request.
# Behaviour: when a GraphQL tokenization gets no response (status 0), the library sends the card again, at once, to the older
# client API, `POST .../client_api/v1/payment_methods/credit_cards`. One press of a button creates two single-use nonces, the
# card number is sent twice, and the two requests have different shapes and hosts. A timeout also ends in status 0.
# Version and source: braintree-web 3.144.0, `client/request/ajax-driver.js`, the comment "retry the request against the old
# client API". The comment is about a Content-Security-Policy that blocks the request, not about a lost response.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --no-audit --no-fund braintree-web@3.144.0 xhr2@0.2.1

cat > try.cjs <<'JS'
const { createServer } = require('node:http');

// What the library looks for in a browser; the requests themselves are real.
globalThis.window = globalThis;
globalThis.XMLHttpRequest = require('xhr2');
// Browsers have it, and the library asks for it; this stand-in has not.
XMLHttpRequest.prototype.withCredentials = false;
const { request } = require('braintree-web/client/request/ajax-driver');
const GraphQL = require('braintree-web/client/request/graphql');

const seen = [];
const server = createServer((call, response) => {
  let body = '';
  call.on('data', (part) => { body += part; });
  call.on('end', () => {
    seen.push(`${call.method} ${call.url}${body.includes('4111111111111111') ? ', with the number' : ''}`);
    // The gateway has made a nonce; its answer never arrives.
    if (call.url === '/graphql') return call.socket.destroy();
    const card = { nonce: 'tokencc_2', type: 'CreditCard' };
    response.writeHead(202, { 'content-type': 'application/json' });
    return response.end(JSON.stringify({ creditCards: [card] }));
  });
});
server.listen(0, '127.0.0.1', () => {
  const base = `http://127.0.0.1:${server.address().port}`;
  request({
    url: `${base}/merchants/shop/client_api/v1/payment_methods/credit_cards`, method: 'POST', timeout: 5000, headers: {},
    graphQL: new GraphQL({ graphQL: { url: `${base}/graphql`, features: ['tokenize_credit_cards'] } }), metadata: {},
    data: { creditCard: { number: '4111111111111111', cvv: '123', expirationMonth: '12', expirationYear: '2040' }, tokenizationKey: 'sandbox_x_shop' },
  }, (error, answer) => {
    console.log(seen.join('\n'));
    console.log(`the caller gets ${error ? 'an error' : `the nonce ${answer.creditCards[0].nonce}`}`);
    const as = seen.length === 2 && seen.every((call) => call.endsWith('with the number')) && !error;
    console.log(as ? 'as described' : 'the behaviour has changed');
    process.exit(as ? 0 : 1);
  });
});
JS
node try.cjs
