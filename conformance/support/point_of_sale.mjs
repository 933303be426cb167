// A point of sale: a page in which Stripe's loader loads `StripeTerminal`, with connection tokens from the SDK.
import { build } from 'esbuild';
import { openPage, serveSite } from './browser.mjs';
import { origins } from './sandbox.mjs';
import { client } from './sdk.mjs';

const PAGE = '<!doctype html><html lang="en"><title>Point of sale</title><script src="/load.js"></script></html>';
const TERMINAL_URL = /^https:\/\/js\.stripe\.com\/terminal\/v1\/?$/;

export async function serveLoaderPage() {
  const script = await build({
    stdin: { contents: "export { loadStripeTerminal } from '@stripe/terminal-js/pure';", resolveDir: process.cwd() },
    bundle: true, write: false, format: 'iife', globalName: 'loader',
  });
  return serveSite({ '/index.html': PAGE, '/load.js': script.outputFiles[0].text });
}

// The loader has one fixed URL. Requests to it are served from the sandbox.
async function fromSandbox(route) {
  const response = await fetch(`${origins.script}/terminal/v1/`);
  await route.fulfill({ status: response.status, contentType: 'text/javascript', body: await response.text() });
}

export async function openPointOfSale(browser, shop, keys, { connected = false } = {}) {
  const { page, problems } = await openPage(browser);
  await page.route(TERMINAL_URL, fromSandbox);
  await page.exposeFunction('makeToken', async () => (await client(keys).terminal.connectionTokens.create()).secret);
  await page.goto(shop.origin);
  await page.evaluate(async () => {
    const StripeTerminal = await loader.loadStripeTerminal();
    window.heard = [];
    window.terminal = StripeTerminal.create({
      onFetchConnectionToken: () => (window.nextToken || window.makeToken)(),
      onUnexpectedReaderDisconnect: () => heard.push('lost'),
      onConnectionStatusChange: ({ status }) => heard.push(`connection ${status}`),
      onPaymentStatusChange: ({ status }) => heard.push(`payment ${status}`),
    });
  });
  const pointOfSale = {
    page, problems,
    call: (verb, ...args) => page.evaluate(([name, given]) => terminal[name](...given), [verb, args]),
    status: () => page.evaluate(() => `${terminal.getConnectionStatus()} ${terminal.getPaymentStatus()}`),
    heard: () => page.evaluate(() => heard),
    async connect() {
      const { discoveredReaders: [reader] } = await pointOfSale.call('discoverReaders', { simulated: true });
      const { error } = await pointOfSale.call('connectReader', reader);
      if (error) throw new Error(`the reader did not connect: ${error.code}`);
    },
    async pay(secret, options) {
      const { error, paymentIntent } = await pointOfSale.call('collectPaymentMethod', secret, options);
      return error ? { error } : pointOfSale.call('processPayment', paymentIntent);
    },
  };
  if (connected) await pointOfSale.connect();
  return pointOfSale;
}
