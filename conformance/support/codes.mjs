// Stripe's error codes: `code` from the SDK's declarations, `decline_code` from Stripe's documentation.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DECLARATIONS = 'node_modules/stripe/esm/resources';

// The members of the union type of an error's `code`, for both kinds of intent.
export function sdkCodes() {
  const codes = new Set();
  for (const file of ['SetupIntents.d.ts', 'PaymentIntents.d.ts']) {
    const text = readFileSync(join(DECLARATIONS, file), 'utf8');
    const unions = [...text.matchAll(/type Code = ([^;]+);/g)].map((match) => match[1]).filter((union) => union.includes("'card_declined'"));
    if (unions.length !== 1) throw new Error(`${file} declares ${unions.length} unions of error codes; look how the SDK spells them now`);
    for (const [, code] of unions[0].matchAll(/'([a-z0-9_]+)'/g)) codes.add(code);
  }
  return codes;
}

// In Stripe's changelog of 2026-09-30.endive, but not yet in the SDK's enumerations.
export const CODES_OUTSIDE_SDK = ['payment_method_types_no_longer_supported'];

// From https://docs.stripe.com/declines/codes; no package declares them. The last two are for a card of the wrong mode.
export const DECLINE_CODES = new Set(`
  authentication_not_handled authentication_required approve_with_id call_issuer card_not_supported card_velocity_exceeded
  currency_not_supported do_not_honor do_not_try_again duplicate_transaction expired_card fraudulent generic_decline
  incorrect_number incorrect_cvc incorrect_pin incorrect_zip incorrect_address insufficient_funds invalid_account
  invalid_amount invalid_cvc invalid_expiry_month invalid_expiry_year invalid_number invalid_pin issuer_not_available
  lost_card merchant_blacklist mobile_device_authentication_required new_account_information_available
  no_action_taken not_permitted offline_pin_required online_or_offline_pin_required pickup_card pin_try_exceeded
  processing_error reenter_transaction restricted_card revocation_of_all_authorizations revocation_of_authorization
  security_violation service_not_allowed stolen_card stop_payment_order testmode_decline transaction_not_allowed
  try_again_later withdrawal_count_limit_exceeded test_mode_live_card live_mode_test_card`.trim().split(/\s+/));

// The codes in the sandbox's source files.
export function sandboxCodes(folder = '../crates/stripe-sandbox/src') {
  const codes = new Set();
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.rs'));
  for (const name of files) {
    // Braintree's codes are not Stripe's.
    if (name.startsWith('braintree')) continue;
    const text = readFileSync(join(folder, name), 'utf8');
    for (const [, code] of text.matchAll(/(?:\.code\(|bad_value\()\s*"([a-z_]+)"/g)) codes.add(code);
  }
  return codes;
}
