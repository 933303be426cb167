// `StripeTerminal`. Each method resolves to {…} or {error}; one command runs at a time.
const HANDLERS = ['onUnexpectedReaderDisconnect', 'onConnectionStatusChange', 'onPaymentStatusChange'];
const SIMULATED = ['testCardNumber', 'testPaymentMethod', 'tipAmount', 'paymentMethodType', 'collectInputsResult'];

class Terminal {
  constructor(props) {
    if (!props || typeof props.onFetchConnectionToken !== 'function') {
      throw new Error('StripeTerminal.create(): onFetchConnectionToken is required and must be a function.');
    }
    for (const name of HANDLERS) {
      if (props[name] !== undefined && typeof props[name] !== 'function') throw new Error(`StripeTerminal.create(): ${name} must be a function.`);
    }
    Object.defineProperty(this, '_', {
      value: { props, link: null, command: null, collecting: null, config: {}, connection: ConnectionStatus.NOT_CONNECTED, payment: PaymentStatus.NOT_READY },
    });
  }

  getConnectionStatus() { return this._.connection; }

  getPaymentStatus() { return this._.payment; }

  getConnectedReader() { return this._.link && this._.link.reader; }

  discoverReaders(config) {
    const { simulated, location } = config || {};
    // Readers on a network are not modelled, so none is found.
    return this._run('discoverReaders', async () => ({ discoveredReaders: simulated ? [simulatedReader(location)] : [] }));
  }

  connectReader(reader, options) {
    if (this._.link) return Promise.resolve(failure('already_connected'));
    if (!reader || reader.id !== 'SIMULATOR') return Promise.resolve(failure('reader_error', 'The sandbox has a simulated reader only: discover it with {simulated: true}.'));
    return this._run('connectReader', async () => {
      this._connection(ConnectionStatus.CONNECTING);
      const answer = await this._connect(reader, Boolean(options && options.fail_if_in_use));
      if (answer.error) {
        this._connection(ConnectionStatus.NOT_CONNECTED);
        return answer;
      }
      this._.link = new Link(answer.session, { ...reader, location: answer.location || reader.location }, (error) => this._lost(error));
      this._connection(ConnectionStatus.CONNECTED);
      this._payment(PaymentStatus.READY);
      return { reader: this._.link.reader };
    });
  }

  async disconnectReader() {
    const { link } = this._;
    if (!link) return {};
    this._drop(failure('canceled'));
    await link.send('disconnect', {});
    return {};
  }

  async clearCachedCredentials() {
    if (this._.link) await this.disconnectReader();
    return {};
  }

  collectPaymentMethod(secret, options) {
    const { allow_redisplay: redisplay, skip_tipping: noTip } = (options && options.config_override) || {};
    return this._atReader('collectPaymentMethod', PaymentStatus.WAITING_FOR_INPUT, (link) => this._cancelable(async (signal) => {
      const { testCardNumber, testPaymentMethod, tipAmount } = this._.config;
      return link.send('collect', {
        client_secret: secret, number: testCardNumber, card: testPaymentMethod, tip: noTip ? null : tipAmount, allow_redisplay: redisplay,
      }, signal);
    }));
  }

  cancelCollectPaymentMethod() {
    const { collecting } = this._;
    if (!collecting) return Promise.resolve(failure('no_active_collect_payment_method_attempt'));
    collecting(failure('canceled'));
    return Promise.resolve({});
  }

  processPayment(intent) {
    const id = intent && intent.id;
    return this._atReader('processPayment', PaymentStatus.PROCESSING, (link) => link.send('process', { payment_intent: id }));
  }

  // The sandbox charges a card at once, so there is never anything to cancel.
  async cancelProcessPayment() { return failure('cancelable_already_completed'); }

  setReaderDisplay(request) {
    if (!request || request.type !== 'cart' || !request.cart) return Promise.resolve(failure('reader_error', 'setReaderDisplay(): expected {type: "cart", cart: {…}}.'));
    return this._atReader('setReaderDisplay', null, async () => ({}));
  }

  clearReaderDisplay() { return this._atReader('clearReaderDisplay', null, async () => ({})); }

  setSimulatorConfiguration(config) {
    const unknown = Object.keys(config || {}).find((name) => !SIMULATED.includes(name));
    if (unknown) throw new Error(`setSimulatorConfiguration(): ${unknown} is not known; known are ${SIMULATED.join(', ')}.`);
    this._.config = { ...config };
  }

  getSimulatorConfiguration() { return { ...this._.config }; }

  async _connect(reader, failIfInUse) {
    let token;
    try {
      token = await this._.props.onFetchConnectionToken();
    } catch (error) {
      return failure('failed_fetch_connection_token', `${MESSAGES.failed_fetch_connection_token} It failed with: ${error && error.message}`);
    }
    if (typeof token !== 'string' || !token) return failure('failed_fetch_connection_token');
    return sendCommand('connect', { token, fail_if_in_use: failIfInUse });
  }

  // Runs one command at a time. The command has ended before its promise resolves.
  async _run(command, work) {
    if (this._.command) return failure('command_already_in_progress', `${MESSAGES.command_already_in_progress} (${this._.command})`);
    this._.command = command;
    try {
      return await work();
    } finally {
      this._.command = null;
    }
  }

  async _atReader(command, status, work) {
    const { link } = this._;
    if (!link) return failure('no_established_connection');
    return this._run(command, async () => {
      if (status) this._payment(status);
      const { lost, gone, ...answer } = await work(link);
      if (this._.link === link && (lost || gone)) this._lost(failure('reader_error', 'The connection to the reader was lost.').error);
      if (lost || gone) return failure('reader_error', 'The connection to the reader was lost.');
      if (status && this._.link === link) this._payment(PaymentStatus.READY);
      return answer;
    });
  }

  // Runs until it ends, is cancelled, or the reader is lost. It does not end while no card is presented.
  _cancelable(work) {
    const abort = new AbortController();
    return new Promise((resolve) => {
      const end = (answer) => {
        this._.collecting = null;
        abort.abort();
        resolve(answer);
      };
      this._.collecting = end;
      work(abort.signal).then((answer) => { if (!answer.waiting && this._.collecting === end) end(answer); });
    });
  }

  _drop(reason) {
    this._.link.close();
    this._.link = null;
    if (this._.collecting) this._.collecting(reason);
    this._connection(ConnectionStatus.NOT_CONNECTED);
    this._payment(PaymentStatus.NOT_READY);
  }

  _lost(error) {
    this._drop({ error });
    this._notify('onUnexpectedReaderDisconnect', { error });
  }

  _connection(status) {
    if (this._.connection === status) return;
    this._.connection = status;
    this._notify('onConnectionStatusChange', { status });
  }

  _payment(status) {
    if (this._.payment === status) return;
    this._.payment = status;
    this._notify('onPaymentStatusChange', { status });
  }

  _notify(name, event) {
    const handler = this._.props[name];
    if (!handler) return;
    try {
      handler(event);
    } catch (error) {
      // An exception in a handler must not stop the terminal.
      setTimeout(() => { throw error; });
    }
  }
}

// Methods of the Terminal script that the simulated reader does not have.
for (const name of [
  'collectInputs', 'cancelCollectInputs', 'readReusableCard', 'cancelReadReusableCard', 'collectSetupIntentPaymentMethod',
  'cancelCollectSetupIntentPaymentMethod', 'confirmSetupIntent', 'cancelConfirmSetupIntent', 'collectRefundPaymentMethod',
  'cancelCollectRefundPaymentMethod', 'processRefund', 'cancelProcessRefund', 'setReaderSettings', 'getReaderSettings', 'print', 'overrideBaseURL',
]) {
  Object.defineProperty(Terminal.prototype, name, {
    configurable: true, writable: true,
    value: async () => failure('reader_error', `The sandbox does not model ${name}().`),
  });
}

if (!window.StripeTerminal) {
  const StripeTerminal = { create: (props) => new Terminal(props), PaymentStatus, ConnectionStatus, OutputLogLevel };
  Object.defineProperty(window, 'StripeTerminal', { value: StripeTerminal, configurable: true, writable: true, enumerable: true });
}
