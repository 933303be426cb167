// The part of an element that deals with its frame: what it sends, what it hears, what it shows on the container.
const CLASSES = {
  base: 'StripeElement',
  complete: 'StripeElement--complete',
  empty: 'StripeElement--empty',
  focus: 'StripeElement--focus',
  invalid: 'StripeElement--invalid',
  webkitAutofill: 'StripeElement--webkit-autofill',
};
const TITLES = {
  card: 'Secure card payment input frame',
  cardNumber: 'Secure card number input frame',
  cardExpiry: 'Secure expiration date input frame',
  cardCvc: 'Secure CVC input frame',
  payment: 'Secure payment input frame',
};

class Mounted {
  _init() {
    return { type: this._type, options: this._plainOptions(), ...this._group.settings() };
  }

  // What can be cloned: callbacks and class names stay on this side.
  _plainOptions() {
    const plain = { ...this._options };
    delete plain.classes;
    return JSON.parse(JSON.stringify(plain));
  }

  _hear(message) {
    const elementType = this._type;
    switch (message.event) {
      case 'height':
        if (Number.isFinite(message.height)) this._frame.style.setProperty('height', `${message.height}px`, 'important');
        break;
      case 'state':
        Object.assign(this._state, message.state);
        this._paint();
        break;
      case 'change':
        this._emit('change', { elementType, ...message.payload });
        break;
      case 'advance':
        this._group.beside(this, 1)?.focus();
        break;
      case 'retreat':
        this._group.beside(this, -1)?.focus();
        break;
      // Enter submits the form around the container, as it would from an input of the page's own.
      case 'submit':
        this._parent.closest('form')?.requestSubmit();
        break;
      case 'loaderror':
        this._emit('loaderror', { elementType, error: { type: 'api_connection_error', message: 'The element could not be loaded.' } });
        break;
      case 'ready':
      case 'focus':
      case 'blur':
      case 'escape':
        this._emit(message.event, { elementType });
        break;
    }
  }

  _names() {
    const all = { ...CLASSES, ...this._options.classes };
    return Object.values(all).flatMap((names) => names.split(/\s+/)).filter(Boolean);
  }

  _paint() {
    const names = { ...CLASSES, ...this._options.classes };
    const on = { base: true, ...this._state };
    for (const [state, text] of Object.entries(names)) {
      for (const name of text.split(/\s+/).filter(Boolean)) this._parent.classList.toggle(name, Boolean(on[state]));
    }
  }

  // A click on the container's label focuses the field, as it would an input of the page's own.
  _followLabels() {
    const own = this._parent.id ? document.querySelectorAll(`label[for="${CSS.escape(this._parent.id)}"]`) : [];
    const around = this._parent.closest('label');
    for (const label of new Set([...own, ...(around ? [around] : [])])) {
      const follow = (event) => {
        event.preventDefault();
        this.focus();
      };
      label.addEventListener('click', follow);
      this._labels.push([label, follow]);
    }
  }
}
