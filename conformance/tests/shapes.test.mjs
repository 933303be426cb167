// Every object of the API has exactly the type that Stripe's Node SDK declares.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { recordResponses } from '../support/api_responses.mjs';
import { typeErrors } from '../support/type_check.mjs';

let shapes;
let complaints;

before(async () => {
  shapes = await recordResponses();
  complaints = typeErrors('api', shapes);
});

// Listed here, so that a response that is no longer recorded fails the test.
const NAMES = [
  'customer', 'customer_full', 'customer_deleted', 'customer_list', 'customer_with_lists', 'payment_method', 'payment_method_billing', 'payment_method_cobranded',
  'payment_method_list', 'setup_new', 'setup_confirmed', 'setup_expanded', 'setup_requires_action', 'setup_redirect', 'setup_refused',
  'setup_canceled', 'setup_list', 'payment_new', 'payment_requires_action', 'payment_requires_capture', 'payment_succeeded',
  'payment_refused', 'payment_canceled', 'payment_expanded',
  'charge', 'charge_held', 'charge_refused', 'charge_refunded', 'charge_disputed', 'charge_blocked', 'charge_list',
  'refund', 'refund_pending', 'dispute_list', 'dispute_won', 'fraud_warnings', 'token', 'token_used', 'confirmation_token',
  'account_own', 'account', 'account_list', 'endpoint_new', 'endpoint', 'endpoint_list', 'endpoint_deleted',
  'event_customer_created', 'event_customer_updated', 'event_setup_intent_created', 'event_setup_intent_succeeded',
  'event_payment_method_attached', 'event_payment_method_automatically_updated', 'event_charge_dispute_created',
  'event_charge_dispute_funds_withdrawn', 'event_payment_intent_created', 'event_payment_intent_succeeded', 'event_charge_succeeded',
  'error_card', 'error_invalid', 'error_missing',
];

describe('what the API answers', () => {
  test('is all recorded', () => {
    assert.deepEqual(shapes.map(({ name }) => name).filter((name) => !NAMES.includes(name)), []);
    assert.deepEqual(NAMES.filter((name) => !shapes.some((shape) => shape.name === name)), []);
  });

  for (const name of NAMES) {
    test(`fits its type: ${name}`, () => assert.equal(complaints.get(name).join('\n'), ''));
  }
});

describe('the typeErrors', () => {
  test('sees a member that is missing, one too many, and one of another type', () => {
    const { value } = shapes.find(({ name }) => name === 'setup_confirmed');
    const { usage, ...less } = value;
    const type = 'Stripe.SetupIntent';
    const bad = typeErrors('control', [
      { name: 'less', type, value: less },
      { name: 'more', type, value: { ...value, sandbox: true } },
      { name: 'other', type, value: { ...value, created: 'now' } },
      { name: 'word', type, value: { ...value, status: 'done' } },
      { name: 'inner', type, value: { ...value, payment_method_options: { card: { ...value.payment_method_options?.card, sandbox: true } } } },
      { name: 'good', type, value },
    ]);
    assert.ok(usage);
    assert.match(bad.get('less').join(), /usage/);
    assert.match(bad.get('more').join(), /sandbox"?' does not exist/);
    assert.match(bad.get('other').join(), /not assignable to type 'number'/);
    assert.match(bad.get('word').join(), /not assignable to type/);
    assert.match(bad.get('inner').join(), /sandbox/);
    assert.deepEqual(bad.get('good'), complaints.get('setup_confirmed'));
  });
});
