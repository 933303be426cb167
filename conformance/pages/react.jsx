// A React page with Stripe's components in StrictMode, which mounts everything twice. Tests use `window.app`.
import { StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { loadStripe } from '@stripe/stripe-js';
import {
  CardCvcElement, CardElement, CardExpiryElement, CardNumberElement, Elements, PaymentElement, useElements, useStripe,
} from '@stripe/react-stripe-js';

const events = [];
const seen = (name) => ({
  onReady: () => events.push(`${name} ready`),
  onChange: (event) => { if (event.complete) events.push(`${name} complete`); },
  onFocus: () => events.push(`${name} focus`),
  onBlur: () => events.push(`${name} blur`),
});

function Card() { return <div id="card"><CardElement options={{ hidePostalCode: true }} {...seen('card')} /></div>; }

function Split() {
  return (
    <>
      <div id="number"><CardNumberElement options={{ showIcon: true }} {...seen('number')} /></div>
      <div id="expiry"><CardExpiryElement {...seen('expiry')} /></div>
      <div id="cvc"><CardCvcElement options={{ placeholder: '•••' }} {...seen('cvc')} /></div>
    </>
  );
}

function Payment() { return <div id="payment"><PaymentElement {...seen('payment')} /></div>; }

const FORMS = { card: Card, split: Split, payment: Payment };
const DEFERRED = { mode: 'setup', currency: 'usd', paymentMethodCreation: 'manual' };

function Holder({ children }) {
  const [stripe, elements] = [useStripe(), useElements()];
  useEffect(() => {
    Object.assign(window.app, { stripe, elements });
    return () => Object.assign(window.app, { stripe: null, elements: null });
  }, [stripe, elements]);
  return children;
}

const promise = loadStripe(new URLSearchParams(window.location.search).get('key'));
let root;

window.app = {
  events,
  names: { card: CardElement, number: CardNumberElement },
  show(kind) {
    const Form = FORMS[kind];
    root ??= createRoot(document.getElementById('root'));
    root.render(
      <StrictMode>
        {Form && (
          <Elements key={kind} stripe={promise} options={kind === 'payment' ? DEFERRED : {}}>
            <Holder><Form /></Holder>
          </Elements>
        )}
      </StrictMode>,
    );
  },
  end() {
    root.unmount();
    root = undefined;
  },
};
