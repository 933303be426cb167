// The frames' half: what a field tells of itself becomes, with the member the page adds, the package's own event.
import type * as theirs from '@stripe/stripe-js';

type Told<T extends Fillable, P> = P & { elementType: T };
export const card: theirs.StripeCardElementChangeEvent = {} as Told<'card', ReturnType<typeof cardPayload>>;
export const number: theirs.StripeCardNumberElementChangeEvent = {} as Told<'cardNumber', ReturnType<typeof numberPayload>>;
export const expiry: theirs.StripeCardExpiryElementChangeEvent = {} as Told<'cardExpiry', ReturnType<typeof smallPayload>>;
export const cvc: theirs.StripeCardCvcElementChangeEvent = {} as Told<'cardCvc', ReturnType<typeof smallPayload>>;
export const payment: theirs.StripePaymentElementChangeEvent = {} as Told<'payment', ReturnType<typeof paymentPayload>>;

// The controller carries out every verb the page may ask for, with the package's own results.
export function verbs(controller: Controller): Verbs {
  return controller;
}
