// More responses for `api_responses.mjs`: charges, tokens, accounts and webhook events.
import { startReceiver } from './webhook_receiver.mjs';
import { updateCard } from './sandbox.mjs';

const CARD = { number: '4242424242424242', exp_month: 12, exp_year: 2040, cvc: '123' };
const PAID = { amount: 1200, currency: 'usd', payment_method: 'pm_card_visa', confirm: true, allowed_payment_method_types: ['card'] };

export async function charges(get, post, note) {
  const charge = async (id, expand = []) => get(`charges/${(await get(`payment_intents/${id}`)).latest_charge}`, { expand });
  const paid = await post('payment_intents', { ...PAID, metadata: { a: 'b' } });
  note('charge', 'Stripe.Charge', await charge(paid.id));
  const held = await post('payment_intents', { ...PAID, capture_method: 'manual' });
  note('charge_held', 'Stripe.Charge', await charge(held.id));
  const { error } = await post('payment_intents', { ...PAID, payment_method: 'pm_card_chargeDeclinedInsufficientFunds' });
  note('charge_refused', 'Stripe.Charge', await get(`charges/${error.charge}`));
  note('payment_expanded', 'Stripe.PaymentIntent', await get(`payment_intents/${paid.id}`, { expand: ['latest_charge', 'payment_method'] }));
  note('refund', 'Stripe.Refund', await post('refunds', { payment_intent: paid.id, amount: 200 }));
  note('charge_refunded', 'Stripe.Charge', await charge(paid.id));
  const disputed = await post('payment_intents', { ...PAID, payment_method: 'pm_card_createDispute' });
  note('charge_disputed', 'Stripe.Charge', await charge(disputed.id, ['refunds']));
  const { data: [dispute] } = note('dispute_list', 'Stripe.ApiList<Stripe.Dispute>', await get('disputes', { payment_intent: disputed.id }));
  note('dispute_won', 'Stripe.Dispute', await post(`disputes/${dispute.id}`, { evidence: { uncategorized_text: 'winning_evidence' } }));
  const warned = await post('payment_intents', { ...PAID, payment_method: 'pm_card_createIssuerFraudRecord' });
  note('fraud_warnings', 'Stripe.ApiList<Stripe.Radar.EarlyFraudWarning>', await get('radar/early_fraud_warnings', { payment_intent: warned.id }));
  const { error: blocked } = await post('payment_intents', { ...PAID, payment_method: 'pm_card_radarBlock' });
  note('charge_blocked', 'Stripe.Charge', await get(`charges/${blocked.charge}`));
  const slow = await post('payment_intents', { ...PAID, payment_method: 'pm_card_pendingRefund' });
  note('refund_pending', 'Stripe.Refund', await post('refunds', { payment_intent: slow.id }));
  note('charge_list', 'Stripe.ApiList<Stripe.Charge>', await get('charges', { limit: 2 }));
}

export async function tokens(get, post, note) {
  const token = note('token', 'Stripe.Token', await post('tokens', { card: CARD }));
  await post('payment_methods', { type: 'card', card: { token: token.id } });
  note('token_used', 'Stripe.Token', await get(`tokens/${token.id}`));
  note('confirmation_token', 'Stripe.ConfirmationToken', await post('test_helpers/confirmation_tokens', {
    payment_method_data: { type: 'card', card: CARD, billing_details: { name: 'Ada' } }, return_url: 'https://example.com/back',
  }));
}

export async function accounts(get, post, note) {
  note('account_own', 'Stripe.Account', await get('account'));
  note('account', 'Stripe.Account', await post('accounts', { country: 'US', email: 'shop@example.com' }));
  note('account_list', 'Stripe.ApiList<Stripe.Account>', await get('accounts'));
}

// Events as delivered to an endpoint with the SDK's API version.
export async function events(keys, call, note, version) {
  const post = (path, params) => call('POST', path, params);
  const receiver = await startReceiver();
  try {
    const endpoint = await post('webhook_endpoints', { url: receiver.url, enabled_events: ['*'], api_version: version, description: 'ours', metadata: { a: 'b' } });
    note('endpoint_new', 'Stripe.WebhookEndpoint', endpoint);
    note('endpoint', 'Stripe.WebhookEndpoint', await call('GET', `webhook_endpoints/${endpoint.id}`));
    note('endpoint_list', 'Stripe.ApiList<Stripe.WebhookEndpoint>', await call('GET', 'webhook_endpoints'));
    const customer = (await post('customers', { name: 'Ada' })).id;
    await post(`customers/${customer}`, { name: 'Bea' });
    const saved = await post('setup_intents', { customer, payment_method: 'pm_card_visa', confirm: true });
    await updateCard(keys, { payment_method: saved.payment_method, number: '5555555555554444', exp_month: 1, exp_year: 2045 });
    await post('payment_intents', { ...PAID, payment_method: 'pm_card_createDispute' });
    await post('payment_intents', PAID);
    const heard = [await receiver.next(), ...await receiver.rest()].map(({ body }) => JSON.parse(body));
    const seen = new Set();
    // The SDK declares `previous_attributes` one level deep; Stripe sends them as deep as the change.
    for (const { type, data } of heard) if (type === 'payment_method.automatically_updated') delete data.previous_attributes;
    for (const event of heard) {
      if (!seen.has(event.type)) note(`event_${event.type.replaceAll('.', '_')}`, `Extract<Stripe.Event, { type: '${event.type}' }>`, event);
      seen.add(event.type);
    }
    note('endpoint_deleted', 'Stripe.DeletedWebhookEndpoint', await call('DELETE', `webhook_endpoints/${endpoint.id}`));
  } finally {
    await receiver.close();
  }
}
