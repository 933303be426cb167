// The options of `stripe.elements()`, and the checks of the elements that a call uses.
const MODES = ['payment', 'setup', 'subscription'];

/**
 * @param {unknown} given
 * @returns {Record<string, any>}
 */
function readGroup(given) {
  if (given === undefined || given === null) return {};
  if (typeof given !== 'object') throw new IntegrationError(`elements() options should be an object. You specified: ${typeof given}.`);
  /** @type {Record<string, any>} */
  const options = { ...given };
  const { mode, amount, currency, clientSecret, paymentMethodCreation, appearance } = options;
  if (options.paymentMethodTypes && since('endive')) {
    throw new IntegrationError('elements(): paymentMethodTypes is no longer supported; use allowedPaymentMethodTypes instead.');
  }
  if (clientSecret !== undefined && clientSecret !== null) {
    checkSecret('elements', clientSecret, kindOf(clientSecret));
    if (mode) throw new IntegrationError('elements(): pass either a clientSecret or a mode, not both.');
  }
  if (mode !== undefined && !MODES.includes(mode)) {
    throw new IntegrationError(`elements(): mode must be one of ${MODES.join(', ')}. You specified: ${describe(mode)}.`);
  }
  if (mode === 'payment' || mode === 'subscription') {
    if (!Number.isInteger(amount) || amount < 0) throw new IntegrationError(`elements(): amount must be a whole number of minor units in ${mode} mode.`);
    if (!/^[a-z]{3}$/.test(currency || '')) throw new IntegrationError(`elements(): currency must be three lower-case letters in ${mode} mode.`);
  }
  if (paymentMethodCreation !== undefined && paymentMethodCreation !== 'manual') {
    throw new IntegrationError(`elements(): paymentMethodCreation can only be 'manual'. You specified: ${describe(paymentMethodCreation)}.`);
  }
  if (appearance !== undefined && (typeof appearance !== 'object' || appearance === null)) {
    throw new IntegrationError('elements(): appearance should be an object.');
  }
  return options;
}

/**
 * @param {unknown} element
 * @param {string} call
 * @returns {asserts element is PageElement<'card' | 'cardNumber'>}
 */
function checkCardElement(element, call) {
  if (!(element instanceof PageElement) || !['card', 'cardNumber'].includes(element._type)) {
    throw new IntegrationError(`Invalid value for ${call}: card should be a card or cardNumber Element.`);
  }
}

/**
 * @param {unknown} elements
 * @param {string} call
 * @returns {asserts elements is Elements}
 */
function checkGroup(elements, call) {
  if (!(elements instanceof Elements)) throw new IntegrationError(`${call}(): elements should be an Elements object.`);
}

/**
 * Async, so that a removed field rejects the promise instead of throwing.
 * @param {PageElement<any>} element
 */
async function fieldsOf(element) {
  if (!element._place) {
    throw new IntegrationError(
      'We could not retrieve data from the specified Element. Please make sure the Element you are attempting to use is still mounted.');
  }
  return element._group._fields();
}

/**
 * The frames of the group's Payment Element, for a call with `elements`.
 * @param {Elements} elements
 * @param {string} call
 */
async function fieldsOfGroup(elements, call) {
  const payment = elements._made.get('payment');
  if (!payment) throw new IntegrationError(`${call}(): the Elements object has no payment Element.`);
  if (elements._options.mode && !elements._submitted) {
    throw new IntegrationError(`elements.submit() must be called before stripe.${call}().`);
  }
  return fieldsOf(payment);
}
