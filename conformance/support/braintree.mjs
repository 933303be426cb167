// A Braintree merchant of the sandbox with its keys, and a page with Hosted Fields.
import { createRequire } from 'node:module';
import { account, origins } from './sandbox.mjs';
import { openPage, serveSite } from './browser.mjs';

const require = createRequire(import.meta.url);
export const VERSION = require('braintree-web/package.json').version;

// All error codes of the package, with type and message.
export const BRAINTREE_ERRORS = {
  ...require('braintree-web/lib/errors'),
  ...require('braintree-web/client/errors'),
  ...require('braintree-web/hosted-fields/shared/errors'),
};

// A new merchant. Faults and the journal use `publishable` as its key.
export function merchant(name = 'bt') {
  const keys = account(name);
  return { ...keys, id: keys.name, authorization: `sandbox_key_${keys.name}` };
}

// The official server SDK, with the sandbox as its environment.
export function serverSdk(shop, privateKey = `private_${shop.id}`) {
  const braintree = require('braintree');
  const { hostname: server, port } = new URL(origins.api);
  const environment = {
    server, port, ssl: false, graphQLServer: server, graphQLPort: port,
    baseUrl: () => origins.api, baseGraphQLUrl: () => '/braintree/graphql',
  };
  const gateway = new braintree.BraintreeGateway({ environment, merchantId: shop.id, publicKey: `public_${shop.id}`, privateKey });
  gateway.config.baseMerchantPath = () => `/braintree/merchants/${shop.id}`;
  return gateway;
}

// A site whose page loads both scripts from below `scripts` and has a container for each field.
export function serveForm(scripts = `${origins.script}/braintree`) {
  const base = `${scripts}/web/${VERSION}/js`;
  const boxes = ['number', 'cvv', 'expirationDate', 'expirationMonth', 'expirationYear', 'postalCode', 'cardholderName'];
  const html = `<!doctype html><html lang="en"><title>Shop</title><form>
    ${boxes.map((key) => `<label for="${key}">${key}</label><div id="${key}" style="height: 40px"></div>`).join('\n')}</form>
    <script src="${base}/client.min.js"></script><script src="${base}/hosted-fields.min.js"></script></html>`;
  return serveSite({ '/index.html': html });
}

// A page of that site with `fields` mounted as `window.form`. Its events are in `window.heard`.
export async function openForm(browser, site, authorization, fields = ['number', 'cvv', 'expirationDate'], options = {}) {
  const opened = await openPage(browser, site.origin);
  await opened.page.evaluate(async ([given, keys, more]) => {
    const { fields: own = {}, ...rest } = more;
    const all = Object.fromEntries(keys.map((key) => [key, { container: `#${key}`, ...own[key] }]));
    window.heard = [];
    const client = await window.braintree.client.create({ authorization: given });
    window.form = await window.braintree.hostedFields.create({ client, fields: all, ...rest });
    const names = ['focus', 'blur', 'empty', 'notEmpty', 'cardTypeChange', 'validityChange', 'inputSubmitRequest', 'binAvailable'];
    for (const name of names) {
      window.form.on(name, (event) => window.heard.push({ name, by: event.emittedBy, bin: event.bin, cards: event.cards && event.cards.map((card) => card.type) }));
    }
  }, [authorization, fields, options]);
  return opened;
}

const IDS = {
  number: '#credit-card-number', cvv: '#cvv', expirationDate: '#expiration', expirationMonth: '#expiration-month',
  expirationYear: '#expiration-year', postalCode: '#postal-code', cardholderName: '#cardholder-name',
};

// The input of a field, found like merchants' browser tests find it.
export function input(page, key) {
  return page.frameLocator(`iframe[name="braintree-hosted-field-${key}"]`).locator(IDS[key]);
}

// Types number, CVV and date.
export async function fillCard(page, { number = '4111111111111111', cvv = '123', date = '1234' } = {}) {
  await input(page, 'number').pressSequentially(number);
  await input(page, 'cvv').pressSequentially(cvv);
  await input(page, 'expirationDate').pressSequentially(date);
}

// The result of a call in the page, or its error as plain data.
export function settleCall(page, call, argument) {
  return page.evaluate(async ([text, given]) => {
    try {
      // The source text of the test's own function.
      return { value: await new Function('given', `return (${text})(given)`)(given) };
    } catch (error) {
      const { name, code, type, message, details } = error;
      const invalid = details && details.invalidFields && Object.values(details.invalidFields).map((node) => node.id);
      return { error: { name, code, type, message, keys: details && details.invalidFieldKeys, invalid } };
    }
  }, [String(call), argument]);
}
