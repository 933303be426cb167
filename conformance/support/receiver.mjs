// A server's webhook endpoint: keeps what was sent, byte for byte, and answers as it is told.
import { createServer } from 'node:http';
import { origins } from './sandbox.mjs';

export async function receive(answers = []) {
  const got = [];
  const waiting = [];
  const server = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      const one = { body: Buffer.concat(parts), signature: request.headers['stripe-signature'], headers: request.headers };
      if (waiting.length) waiting.shift()(one);
      else got.push(one);
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${server.address().port}/hook`,
    // The next one, also if it came before.
    next: () => (got.length ? Promise.resolve(got.shift()) : new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no webhook came')), 10_000);
      waiting.push((one) => { clearTimeout(timer); resolve(one); });
    })),
    // What came and was not asked for, once nothing more comes.
    rest: async () => { await new Promise((resolve) => { setTimeout(resolve, 400); }); return got.splice(0); },
    close: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }),
  };
}

// `POST /sandbox/webhooks…` for an account.
export async function order(path, orders) {
  const answer = await fetch(`${origins.api}/sandbox/webhooks${path}`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(orders),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error);
  return body;
}
