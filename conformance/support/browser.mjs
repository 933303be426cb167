// Chromium and a small HTTP site, for tests that need a page.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { chromium } from 'playwright-core';
import { origins } from './sandbox.mjs';

const QUIET = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

function executable() {
  const path = process.env.CARD_ENTRY_CHROMIUM || '/usr/bin/chromium';
  if (!existsSync(path)) throw new Error(`there is no browser at ${path}; set CARD_ENTRY_CHROMIUM to one of Chromium's family`);
  return path;
}

// A browser with additional command line arguments.
export function openBrowser(args = []) {
  return chromium.launch({ executablePath: executable(), args: [...QUIET, ...args] });
}

// A browser that resolves `js.stripe.com` and the other real host names to the sandbox, over TLS.
export async function openBrowserWithRealNames() {
  const answer = await fetch(`${origins.api}/sandbox/browser`);
  const { arguments: args, error } = await answer.json();
  if (!args) throw new Error(error);
  return openBrowser(args);
}

// A site that serves `files`, a map of path to text, on a free port. With the host `localhost` it is cross-site to the sandbox at
// 127.0.0.1, so that the browser isolates the two in processes, as in production.
export async function serveSite(files, host = 'localhost') {
  const types = { html: 'text/html', js: 'text/javascript', css: 'text/css', map: 'application/json' };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://site');
    const name = pathname === '/' ? '/index.html' : pathname;
    const text = files[name];
    if (text === undefined) return response.writeHead(name === '/favicon.ico' ? 204 : 404).end();
    response.writeHead(200, { 'Content-Type': `${types[name.split('.').pop()] || 'text/plain'}; charset=utf-8`, 'Cache-Control': 'no-store' });
    return response.end(text);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    origin: `http://${host}:${server.address().port}`,
    close: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }),
  };
}

// A page with the list of its errors and console warnings.
export async function openPage(browser, url) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const problems = [];
  page.on('pageerror', (error) => problems.push(`thrown: ${error.message}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(`${message.type()}: ${message.text()}`);
  });
  if (url) await page.goto(url);
  return { context, page, problems };
}

// Polls until `read()` returns `expected`, and fails with the difference after fifteen seconds.
export async function waitForEqual(read, expected, message) {
  const end = Date.now() + 15_000;
  for (;;) {
    const value = await read();
    if (isDeepStrictEqual(value, expected) || Date.now() > end) return assert.deepEqual(value, expected, message);
    await new Promise((resolve) => { setTimeout(resolve, 25); });
  }
}

// The input `name` in the frame of an element's container.
export function field(page, container, name) {
  return page.frameLocator(`${container} iframe[name^="__privateStripeFrame"]`).locator(`input[name="${name}"]`);
}

// Types the card into split elements in #number, #expiry and #cvc.
export async function fillSplit(page, number = '4242424242424242', expiry = '1234', cvc = '123') {
  await field(page, '#number', 'cardnumber').pressSequentially(number);
  await field(page, '#expiry', 'exp-date').pressSequentially(expiry);
  await field(page, '#cvc', 'cvc').pressSequentially(cvc);
}
