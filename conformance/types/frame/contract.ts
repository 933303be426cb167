// The frames: the payload of a field, with the member that the page adds, has the package's event type.
import type * as theirs from '@stripe/stripe-js';

type EventOf<T extends Fillable, P> = P & { elementType: T };
export const card: theirs.StripeCardElementChangeEvent = {} as EventOf<'card', ReturnType<typeof cardPayload>>;
export const number: theirs.StripeCardNumberElementChangeEvent = {} as EventOf<'cardNumber', ReturnType<typeof numberPayload>>;
export const expiry: theirs.StripeCardExpiryElementChangeEvent = {} as EventOf<'cardExpiry', ReturnType<typeof smallPayload>>;
export const cvc: theirs.StripeCardCvcElementChangeEvent = {} as EventOf<'cardCvc', ReturnType<typeof smallPayload>>;
export const payment: theirs.StripePaymentElementChangeEvent = {} as EventOf<'payment', ReturnType<typeof paymentPayload>>;

// The controller implements every verb of the page with the package's result types.
export function verbs(controller: Controller): Verbs {
  return controller;
}
