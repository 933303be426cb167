// Node's own report, followed by one line that `cargo xtask test` parses.
import { spec as Spec } from 'node:test/reporters';

export default async function* report(events) {
  const spec = new Spec();
  const lines = [];
  spec.on('data', (chunk) => lines.push(chunk));
  const count = { pass: 0, fail: 0, skip: 0 };
  for await (const event of events) {
    // Suites count through their tests; a test file that fails outside a test counts as a failure.
    const whole = event.data?.details?.type === 'suite';
    if (event.type === 'test:pass' && !whole) count[event.data.skip === undefined ? 'pass' : 'skip'] += 1;
    if (event.type === 'test:fail' && !whole) count.fail += 1;
    spec.write(event);
    yield* lines.splice(0);
  }
  const ended = new Promise((resolve) => { spec.on('end', resolve); });
  spec.end();
  await ended;
  yield* lines.splice(0);
  yield `test result: ${count.fail ? 'FAILED' : 'ok'}. ${count.pass} passed; ${count.fail} failed; ${count.skip} ignored\n`;
}
