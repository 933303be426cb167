// The fields of one form, as the page uses them. Card details are in the frames; the page must get only states and a nonce.

class HostedFields extends Listeners {
  constructor(options, client, merchant) {
    super();
    checkOptions(options);
    const hidden = { _client: client, _fields: new Map(), _undo: [], _asked: new Map(), _options: options, _state: { fields: {}, cards: allCards() } };
    for (const [name, value] of Object.entries(hidden)) Object.defineProperty(this, name, { value });
    const component = uuid();
    const styles = stylesOf(options.styles);
    const present = Object.keys(options.fields);
    const ready = [];
    for (const [key, field] of Object.entries(options.fields)) {
      const container = containerOf(key, field);
      const frame = makeFrame(key, field.iframeTitle || `Secure Credit Card Frame - ${FIELDS[key]}`, merchant, component);
      this._state.fields[key] = freshState(container);
      const plain = JSON.parse(JSON.stringify({ ...field, container: undefined, selector: undefined }));
      const init = () => ({
        key, component, present, field: plain, styles, preventAutofill: Boolean(options.preventAutofill),
        binLength: options.binVerificationLength || 6,
      });
      ready.push(new Promise((resolve) => {
        const port = connect(frame, init, (message) => (message.event === 'ready' ? resolve() : this._hear(key, message)));
        this._fields.set(key, { frame, container, port });
      }));
      const clear = document.createElement('div');
      clear.style.clear = 'both';
      container.append(frame, clear);
      this._undo.push(() => { frame.remove(); clear.remove(); unpaint(container); this._fields.get(key).port.close(); });
      this._followLabels(key, container);
    }
    client.then((made) => this._configure(made.getConfiguration().gatewayConfiguration), () => {});
    Object.defineProperty(this, '_ready', { value: Promise.all(ready) });
  }

  async tokenize(options = {}) {
    const client = await this._client;
    const { authorizationFingerprint, authorization } = client.getConfiguration();
    const number = this._asked.size + 1;
    const plain = JSON.parse(JSON.stringify(options));
    const answer = await new Promise((resolve) => {
      this._asked.set(number, resolve);
      // One frame makes the call. The others pass their values to it without this page.
      this._lead().port.send({ verb: 'tokenize', number, options: plain, bearer: authorizationFingerprint || authorization });
    });
    if (answer.payload) return answer.payload;
    const { code, details } = answer.error;
    if (details && details.invalidFieldKeys) {
      details.invalidFields = Object.fromEntries(details.invalidFieldKeys.map((key) => [key, this._fields.get(key).container]));
    }
    throw failure(code, { details });
  }

  getState() { return copyOf(this._state); }

  async getChallenges() { return (await this._client).getConfiguration().gatewayConfiguration.challenges; }

  async getSupportedCardTypes() {
    const { supportedCardTypes } = (await this._client).getConfiguration().gatewayConfiguration.creditCards;
    return supportedCardTypes.map((type) => (type === 'MasterCard' ? 'Mastercard' : type));
  }

  async addClass(field, name) { this._tell(field, 'adding a class', 'add class to', { verb: 'addClass', name }); }

  async removeClass(field, name) { this._tell(field, 'removing a class', 'remove class from', { verb: 'removeClass', name }); }

  async setAttribute({ field, attribute, value }) {
    this._find(field, 'setting an attribute', 'set attribute for');
    checkAttribute(attribute, value);
    this._fields.get(field).port.send({ verb: 'setAttribute', attribute, value });
  }

  async removeAttribute({ field, attribute }) {
    this._find(field, 'removing an attribute', 'remove attribute for');
    checkAttribute(attribute);
    this._fields.get(field).port.send({ verb: 'removeAttribute', attribute });
  }

  setPlaceholder(field, value) { return this.setAttribute({ field, attribute: 'placeholder', value }); }

  setMessage({ field, message }) {
    const known = this._fields.get(field);
    if (known) known.port.send({ verb: 'setMessage', message: String(message) });
  }

  async setMonthOptions(options) {
    const { expirationMonth } = this._options.fields;
    const wrong = !expirationMonth ? 'exist to use setMonthOptions' : !expirationMonth.select && 'be a select element';
    if (wrong) throw failure('HOSTED_FIELDS_FIELD_PROPERTY_INVALID', { message: `Expiration month field must ${wrong}.` });
    this._fields.get('expirationMonth').port.send({ verb: 'setMonthOptions', options: [...options] });
  }

  async clear(field) { this._tell(field, 'clearing a field', 'clear', { verb: 'clear' }); }

  async focus(field) {
    const { frame, port } = this._find(field, 'focusing a field', 'focus');
    frame.focus();
    port.send({ verb: 'focus' });
  }

  async teardown() {
    for (const undo of this._undo.splice(0)) undo();
    endMethods(this, [...methodsOf(HostedFields), ...methodsOf(Listeners)]);
  }

  _lead() { return this._fields.values().next().value; }

  _configure({ creditCards }) {
    for (const { port } of this._fields.values()) port.send({ verb: 'configure', supported: creditCards.supportedCardTypes });
  }

  _find(field, doing, verb) {
    if (!Object.hasOwn(FIELDS, field)) {
      throw failure('HOSTED_FIELDS_FIELD_INVALID', { message: `"${field}" is not a valid field. You must use a valid field option when ${doing}.` });
    }
    const known = this._fields.get(field);
    if (!known) {
      throw failure('HOSTED_FIELDS_FIELD_NOT_PRESENT', { message: `Cannot ${verb} "${field}" field because it is not part of the current Hosted Fields options.` });
    }
    return known;
  }

  _tell(field, doing, verb, message) { this._find(field, doing, verb).port.send(message); }

  _hear(key, message) {
    const { container } = this._state.fields[key];
    switch (message.event) {
      case 'input':
        this._state.fields[key] = { ...message.state, container };
        if (message.cards) this._state.cards = message.cards;
        paint(container, message.state);
        this._emit(message.type, { ...copyOf(this._state), emittedBy: key });
        break;
      case 'bin':
        this._emit('binAvailable', { bin: message.bin });
        break;
      case 'tokenized':
        this._asked.get(message.number)(message);
        break;
    }
  }

  // A click on the container's label focuses the field, as with a native input.
  _followLabels(key, container) {
    const own = container.id ? document.querySelectorAll(`label[for="${CSS.escape(container.id)}"]`) : [];
    const around = container.closest('label');
    for (const label of new Set([...own, ...(around ? [around] : [])])) {
      const follow = () => this.focus(key);
      label.addEventListener('click', follow);
      this._undo.push(() => label.removeEventListener('click', follow));
    }
  }
}
wrapMethods(HostedFields);
