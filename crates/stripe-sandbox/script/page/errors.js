// Integration errors. Only wrong use throws; a declined card is a returned value, never an exception.
class IntegrationError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'IntegrationError';
  }
}

/**
 * The error for a feature of Stripe.js that the sandbox does not model.
 * @param {string} what
 */
function notModelled(what) {
  return new IntegrationError(`The sandbox does not model ${what}.`);
}

/** @param {string} words */
function warn(words) {
  console.warn(`[Stripe.js] ${words}`);
}

/** @param {unknown} key */
function checkKey(key) {
  if (typeof key !== 'string' || key === '') {
    throw new IntegrationError(
      `Please call Stripe() with your publishable key. You used ${key === '' ? 'an empty string' : typeof key}.`);
  }
  if (/^(sk|rk)_/.test(key)) {
    throw new IntegrationError(
      'You should not use your secret key with Stripe.js. Please pass a publishable key instead.');
  }
  if (/^pk_live_/.test(key)) {
    throw new IntegrationError('This is a sandbox: it refuses live keys. Use a key that starts with pk_test_.');
  }
  if (!/^pk_test_[A-Za-z0-9_-]+$/.test(key)) {
    throw new IntegrationError('Invalid publishable key: it must start with pk_test_.');
  }
}

const PREFIXES = { setup: 'seti', payment: 'pi' };

/**
 * Returns the intent's id. The error message must never contain the secret.
 * @param {string} call
 * @param {unknown} secret
 * @param {IntentKind} kind
 */
function checkSecret(call, secret, kind) {
  const form = new RegExp(`^(${PREFIXES[kind]}_[A-Za-z0-9]+)_secret_[A-Za-z0-9]+$`);
  const found = typeof secret === 'string' ? form.exec(secret) : null;
  if (!found) {
    throw new IntegrationError(
      `Invalid value for stripe.${call} intent secret: value should be a client secret of the form ` +
      '${id}_secret_${secret}.');
  }
  return /** @type {string} */ (found[1]);
}

/**
 * The type of the intent of a client secret. `checkSecret` refuses a malformed one.
 * @param {unknown} secret
 * @returns {IntentKind}
 */
function kindOf(secret) {
  return typeof secret === 'string' && secret.startsWith('pi_') ? 'payment' : 'setup';
}
