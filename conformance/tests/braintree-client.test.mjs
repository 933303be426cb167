// The package's own client and the sandbox's client, both on the real host names: both get the same results.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { openBrowserWithRealNames, openPage, serveSite } from '../support/browser.mjs';
import { BRAINTREE_ERRORS, VERSION, serverSdk, merchant } from '../support/braintree.mjs';
import { requests, setFaults } from '../support/sandbox.mjs';

const require = createRequire(import.meta.url);
let browser;
let site;
let page;
before(async () => {
  browser = await openBrowserWithRealNames();
  const theirs = readFileSync(require.resolve('braintree-web/dist/browser/client.js'), 'utf8');
  const html = `<!doctype html><script src="https://js.braintreegateway.com/web/${VERSION}/js/client.min.js"></script>
    <script>window.ours = window.braintree.client; delete window.braintree;</script>
    <script src="/theirs.js"></script><script>window.theirs = window.braintree.client;</script>`;
  site = await serveSite({ '/index.html': html, '/theirs.js': theirs });
  ({ page } = await openPage(browser, site.origin));
  // The package's analytics requests are discarded.
  await page.route('https://www.paypal.com/**', (route) => route.abort());
});
after(async () => { await Promise.all([browser?.close(), site?.close()]); });

// Makes the same call with both clients; returns each value or error.
async function both(call, given) {
  const of = (name) => page.evaluate(async ([which, text, argument]) => {
    try {
      const made = await new Function('client', 'given', `return (${text})(client, given)`)(window[which], argument);
      return { value: JSON.parse(JSON.stringify(made)) };
    } catch (error) {
      return { error: JSON.parse(JSON.stringify({ code: error.code, type: error.type, message: error.message, details: error.details })) };
    }
  }, [name, String(call), given]);
  return { ours: await of('ours'), theirs: await of('theirs') };
}

test('both get the same configuration', async () => {
  const shop = merchant();
  const made = await serverSdk(shop).graphQLClient.query('mutation { createClientToken { clientToken } }');
  // What was made on a port names ports; the package goes only where Braintree's names are.
  const token = JSON.parse(Buffer.from(made.data.createClientToken.clientToken, 'base64').toString());
  const named = { ...token, configUrl: `https://api.sandbox.braintreegateway.com/merchants/${shop.id}/client_api/v1/configuration`, graphQL: { ...token.graphQL, url: 'https://payments.sandbox.braintree-api.com/graphql' } };
  const authorizations = [shop.authorization, Buffer.from(JSON.stringify(named)).toString('base64')];
  for (const authorization of authorizations) {
    const { ours, theirs } = await both((client, given) => client.create({ authorization: given, sessionId: 'one' }).then((it) => it.getConfiguration()), authorization);
    assert.equal(theirs.value?.gatewayConfiguration.merchantId, shop.id, JSON.stringify(theirs));
    assert.deepEqual(ours, theirs);
  }
});

test('both tokenize a card alike', async () => {
  const shop = merchant();
  const request = (client, given) => client.create({ authorization: given.authorization })
    .then((it) => it.request({ method: 'post', endpoint: 'payment_methods/credit_cards', data: given.data }));
  const card = { number: '5555555555554444', cvv: '123', expirationDate: '12/2034', billingAddress: { postalCode: '10115' }, options: { validate: false } };
  const right = await both(request, { authorization: shop.authorization, data: { creditCard: card } });
  assert.match(right.theirs.value.creditCards[0].nonce, /^tokencc_/, JSON.stringify(right.theirs));
  for (const side of [right.ours, right.theirs]) delete side.value.creditCards[0].nonce;
  assert.deepEqual(right.ours, right.theirs);
  const wrong = await both(request, { authorization: shop.authorization, data: { creditCard: { ...card, number: '4242424242424242' } } });
  assert.equal(wrong.theirs.error.code, 'CLIENT_REQUEST_ERROR');
  assert.deepEqual(wrong.ours, wrong.theirs);
  const barred = await both(request, { authorization: shop.authorization, data: { creditCard: { ...card, options: { validate: true } } } });
  assert.equal(barred.theirs.error.code, 'CLIENT_AUTHORIZATION_INSUFFICIENT');
  assert.deepEqual(barred.ours.error.code, barred.theirs.error.code);
});

// The package asks the older client API by itself when GraphQL does not answer; what was asked of GraphQL may have been done.
// The answer is cut: of a connection that is closed without one, the browser would ask GraphQL again first.
test('the package creates a nonce although GraphQL’s response is lost', async () => {
  const shop = merchant();
  await page.evaluate(async (authorization) => { window.theirClient = await window.theirs.create({ authorization }); }, shop.authorization);
  await setFaults(shop, [{ on: 'braintree', do: 'graphql_cut', times: 1 }]);
  const answer = await page.evaluate(() => window.theirClient.request({
    method: 'post', endpoint: 'payment_methods/credit_cards',
    data: { creditCard: { number: '4111111111111111', cvv: '123', expirationDate: '12/2034', options: { validate: false } } },
  }).then((made) => made, (error) => ({ code: error.code, details: error.details })));
  const [card] = answer.creditCards || [answer];
  assert.match(card.nonce || '', /^tokencc_/, JSON.stringify(answer));
  assert.deepEqual([card.type, card.details.lastFour, card.details.cardType], ['CreditCard', '1111', 'Visa']);
  const asked = (await requests(shop)).filter(({ method, body }) => method === 'POST' && body.includes('4111111111111111'));
  assert.deepEqual(asked.map(({ path }) => path.replace(shop.id, 'ID')), [
    '/graphql', '/merchants/ID/client_api/v1/payment_methods/credit_cards',
  ]);
  const stored = await serverSdk(shop).graphQLClient.query(
    'mutation ($input: VaultPaymentMethodInput!) { vaultPaymentMethod(input: $input) { paymentMethod { id } } }', { input: { paymentMethodId: card.nonce } },
  );
  assert.ok(stored.data.vaultPaymentMethod.paymentMethod.id);
  await setFaults(shop, [{ on: 'braintree', do: 'graphql_cut', times: 1 }]);
  const wrong = await page.evaluate(() => window.theirClient.request({
    method: 'post', endpoint: 'payment_methods/credit_cards', data: { creditCard: { number: '4242424242424242', options: { validate: false } } },
  }).catch((error) => [error.code, error.details.originalError.fieldErrors[0].fieldErrors[0].code]));
  assert.deepEqual(wrong, ['CLIENT_REQUEST_ERROR', '81717']);
});

test('both report the same errors', async () => {
  const shop = merchant();
  const create = (client, given) => client.create({ authorization: given });
  for (const [given, code] of [['', 'INSTANTIATION_OPTION_REQUIRED'], ['nonsense', 'CLIENT_INVALID_AUTHORIZATION']]) {
    const { ours, theirs } = await both(create, given);
    assert.equal(theirs.error.code, code);
    assert.deepEqual(ours, theirs);
  }
  await setFaults(shop, [{ on: 'braintree', do: 'graphql_status', status: 401 }]);
  const unknown = await both(create, shop.authorization);
  assert.equal(unknown.theirs.error.code, 'CLIENT_AUTHORIZATION_INVALID');
  assert.deepEqual(unknown.ours, unknown.theirs);
  await setFaults(shop, [{ on: 'braintree', do: 'graphql_drop' }]);
  const gone = await both(create, shop.authorization);
  assert.equal(gone.theirs.error.code, 'CLIENT_GATEWAY_NETWORK');
  assert.equal(gone.ours.error.code, 'CLIENT_GATEWAY_NETWORK');
  await setFaults(shop, []);
  for (const [options, code] of [[{ method: 'get' }, 'CLIENT_OPTION_REQUIRED'], [{ endpoint: 'x' }, 'CLIENT_OPTION_REQUIRED'], [{ method: 'get', endpoint: 'x', api: 'soap' }, 'CLIENT_OPTION_INVALID']]) {
    const call = (client, given) => client.create({ authorization: given.authorization }).then((it) => it.request(given.options));
    const { ours, theirs } = await both(call, { authorization: shop.authorization, options });
    assert.equal(theirs.error.code, code);
    assert.deepEqual(ours, theirs);
  }
  // This one is the sandbox's own: the package would go to the real gateway.
  const live = await page.evaluate(() => window.ours.create({ authorization: 'production_abc_shop' }).catch((error) => error.code));
  assert.equal(live, 'CLIENT_INVALID_AUTHORIZATION');
  assert.ok(BRAINTREE_ERRORS[live]);
});
