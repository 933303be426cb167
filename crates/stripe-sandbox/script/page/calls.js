// The calls of a Stripe object. Each resolves to exactly one of {thing} or {error}.
function plain(value) {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

class StripeCalls {
  createPaymentMethod(given, oldCard, oldData) {
    const args = typeof given === 'string' ? { ...oldData, type: given, card: oldCard } : given;
    if (!args || typeof args !== 'object') throw new IntegrationError('createPaymentMethod(): expected an object.');
    if (args.elements) {
      if (!(args.elements instanceof Elements)) throw new IntegrationError('createPaymentMethod(): elements should be an Elements object.');
      if (!args.elements._submitted) {
        return Promise.reject(new IntegrationError('elements.submit() must be called before stripe.createPaymentMethod().'));
      }
      return this._call('createPaymentMethod', { fields: args.elements.fields(), data: plain(args.params) || {} });
    }
    if (args.type !== 'card') throw new IntegrationError(`createPaymentMethod(): the sandbox models cards only, not ${args.type}.`);
    const { card, type, ...data } = args;
    if (card && card.token) return this._call('createPaymentMethod', { fields: [], token: String(card.token), data: plain(data) });
    checkCardElement(card, 'createPaymentMethod()');
    return fieldsOf(card).then((fields) => this._call('createPaymentMethod', { fields, data: plain(data) }));
  }

  confirmCardSetup(secret, data, options) {
    const id = checkSecret('confirmCardSetup', secret, 'seti');
    return this._confirm('setup', 'confirmCardSetup', id, secret, data, options);
  }

  confirmCardPayment(secret, data, options) {
    const id = checkSecret('confirmCardPayment', secret, 'pi');
    return this._confirm('payment', 'confirmCardPayment', id, secret, data, options);
  }

  retrieveSetupIntent(secret) {
    const id = checkSecret('retrieveSetupIntent', secret, 'seti');
    return this._call('retrieve', { kind: 'setup', id, secret });
  }

  retrievePaymentIntent(secret) {
    const id = checkSecret('retrievePaymentIntent', secret, 'pi');
    return this._call('retrieve', { kind: 'payment', id, secret });
  }

  async handleNextAction(args) {
    const secret = args && args.clientSecret;
    const kind = typeof secret === 'string' && secret.startsWith('pi_') ? 'payment' : 'setup';
    const id = checkSecret('handleNextAction', secret, kind === 'payment' ? 'pi' : 'seti');
    return this._actUpon(kind, id, secret, await this._call('retrieve', { kind, id, secret }));
  }

  handleCardAction(secret) {
    checkSecret('handleCardAction', secret, 'pi');
    return this.handleNextAction({ clientSecret: secret });
  }

  _confirm(kind, call, id, secret, data, options) {
    const { payment_method: method, ...rest } = data || {};
    const params = { kind, id, secret, data: plain(rest) };
    if (typeof method === 'string') {
      params.method = method;
    } else if (method && method.card && method.card.token) {
      params.token = String(method.card.token);
      params.method_data = plain({ billing_details: method.billing_details, metadata: method.metadata });
    } else if (method) {
      checkCardElement(method.card, `${call}()`);
      params.method_data = plain({ billing_details: method.billing_details, metadata: method.metadata });
    }
    const fields = params.method_data && !params.token ? fieldsOf(method.card) : Promise.resolve(undefined);
    const confirmed = fields.then((names) => this._call('confirm', { ...params, fields: names }));
    if (options && options.handleActions === false) return confirmed;
    return confirmed.then((result) => this._actUpon(kind, id, secret, result));
  }

  // Shows the bank's page when the intent asks for it, then reads what became of the intent.
  async _actUpon(kind, id, secret, result) {
    const intent = result.setupIntent || result.paymentIntent;
    if (!intent || intent.status !== 'requires_action') return result;
    const action = intent.next_action;
    if (action.type === 'redirect_to_url') {
      window.location.assign(action.redirect_to_url.url);
      return new Promise(() => {});
    }
    await showChallenge(action.use_stripe_sdk.stripe_js);
    const after = await this._call('retrieve', { kind, id, secret });
    const settled = after.setupIntent || after.paymentIntent;
    if (!settled || settled.status !== 'requires_payment_method') return after;
    const name = kind === 'setup' ? 'setup' : 'payment';
    return { error: { ...settled[`last_${name}_error`], [`${name}_intent`]: settled } };
  }
}
