// Confirms an intent with the values of the Payment Element, or with a payment method that the page has.
/** @typedef {{ elements?: unknown, clientSecret?: string, confirmParams?: any, redirect?: 'always' | 'if_required' }} ConfirmOptions */

class ConfirmCalls extends StripeCalls {
  /**
   * @param {any} options
   * @returns {Promise<any>} as `redirect` says: always, or if it is required
   */
  _confirmAs(/** @type {IntentKind} */ kind, /** @type {string} */ call, options) {
    const { elements, clientSecret, confirmParams, redirect } = readConfirm(call, options);
    const group = elements instanceof Elements ? elements : null;
    const secret = clientSecret || (group && group._options.clientSecret);
    const id = checkSecret(call, secret, kind);
    if (group && group._options.clientSecret && group._options.clientSecret !== secret) {
      throw new IntegrationError(`${call}(): clientSecret is not the one the Elements object was created with.`);
    }
    const { payment_method: method, payment_method_data: about, ...data } = confirmParams;
    /** @type {ConfirmParams} */
    const params = { kind, id, secret, data: plain(data) };
    if (method) params.method = String(method);
    else if (group) params.method_data = plain(about);
    const fields = params.method_data && group ? fieldsOfGroup(group, call) : Promise.resolve(undefined);
    return fields
      .then((names) => this._call('confirm', { ...params, fields: names }))
      .then((result) => this._actUpon(kind, id, secret, result))
      .then((result) => (redirect === 'always' && !result.error ? leave(kind, id, secret, confirmParams.return_url) : result));
  }

  /**
   * @overload
   * @param {ConfirmOptions & { redirect: 'if_required' }} options
   * @returns {Promise<SetupResult>}
   */
  /**
   * @overload
   * @param {ConfirmOptions & { redirect?: 'always' }} options
   * @returns {Promise<never | { error: StripeError }>}
   */
  /**
   * @param {any} options
   * @returns {Promise<any>}
   */
  confirmSetup(options) {
    return this._confirmAs('setup', 'confirmSetup', options);
  }

  /**
   * @overload
   * @param {ConfirmOptions & { redirect: 'if_required' }} options
   * @returns {Promise<PaymentResult>}
   */
  /**
   * @overload
   * @param {ConfirmOptions & { redirect?: 'always' }} options
   * @returns {Promise<never | { error: StripeError }>}
   */
  /**
   * @param {any} options
   * @returns {Promise<any>}
   */
  confirmPayment(options) {
    return this._confirmAs('payment', 'confirmPayment', options);
  }
}

/**
 * @param {string} call
 * @param {unknown} given
 * @returns {{ elements?: unknown, clientSecret?: string, confirmParams: any, redirect: string }}
 */
function readConfirm(call, given) {
  if (!given || typeof given !== 'object') throw new IntegrationError(`${call}(): expected an object.`);
  /** @type {any} */
  const { elements, clientSecret, confirmParams = {}, redirect = 'always' } = given;
  if (elements) checkGroup(elements, call);
  else if (!clientSecret) throw new IntegrationError(`${call}(): pass elements, or a clientSecret.`);
  if (!['always', 'if_required'].includes(redirect)) {
    throw new IntegrationError(`${call}(): redirect should be 'always' or 'if_required'. You specified: ${describe(redirect)}.`);
  }
  if (redirect === 'always' && !confirmParams.return_url) {
    throw new IntegrationError(`${call}(): confirmParams.return_url is required unless redirect is 'if_required'.`);
  }
  return { elements, clientSecret, confirmParams, redirect };
}

/**
 * Navigates to the return URL; no code runs after it.
 * @param {IntentKind} kind
 * @param {string} id
 * @param {string} secret
 * @param {string} url
 */
function leave(kind, id, secret, url) {
  const there = new URL(url, window.location.href);
  there.searchParams.set(`${kind}_intent`, id);
  there.searchParams.set(`${kind}_intent_client_secret`, secret);
  there.searchParams.set('redirect_status', 'succeeded');
  window.location.assign(there.href);
  return new Promise(() => {});
}
