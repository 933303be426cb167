// Creates card tokens, for the older API, and confirmation tokens.
const TOKEN_TYPES = ['pii', 'bank_account', 'cvc_update', 'account', 'person'];

class TokenCalls extends ConfirmCalls {
  /**
   * Creates a token of a card or cardNumber element, with the cardholder's name and address.
   * @param {any} given
   * @param {any} [data]
   * @returns {Promise<import('@stripe/stripe-js').TokenResult>}
   */
  createToken(given, data) {
    if (typeof given === 'string') {
      const known = TOKEN_TYPES.includes(given);
      throw known ? notModelled(`createToken('${given}')`) : new IntegrationError(`createToken(): '${given}' is not a type of token.`);
    }
    checkCardElement(given, 'createToken()');
    return fieldsOf(given).then((fields) => this._call('createToken', { fields, data: plain(data) }));
  }

  /**
   * Creates a confirmation token with the values of the Payment Element.
   * @param {any} options
   * @returns {Promise<import('@stripe/stripe-js').ConfirmationTokenResult>}
   */
  createConfirmationToken(options) {
    if (!options || typeof options !== 'object') throw new IntegrationError('createConfirmationToken(): expected an object.');
    const { elements, params } = options;
    checkGroup(elements, 'createConfirmationToken');
    return fieldsOfGroup(elements, 'createConfirmationToken')
      .then((fields) => this._call('createConfirmationToken', { fields, data: plain(params) }));
  }
}
