// Checks the script's types against the package's: `window.Stripe`, its object, the elements and their events. Nothing here runs; a
// line that does not compile is a deviation of the sandbox.
import type * as theirs from '@stripe/stripe-js';

// The function and the objects it returns.
export const constructor: theirs.StripeConstructor = Stripe;
declare const made: WholeStripe;
export const stripe: theirs.Stripe = made;
export const group: theirs.StripeElements = made.elements();

// Each element has its own type.
export const elements: [
  theirs.StripeCardElement,
  theirs.StripeCardNumberElement,
  theirs.StripeCardExpiryElement,
  theirs.StripeCardCvcElement,
  theirs.StripePaymentElement,
  theirs.StripeExpressCheckoutElement,
  theirs.StripeLinkAuthenticationElement,
] = [
  made.elements().create('card'),
  made.elements().create('cardNumber'),
  made.elements().create('cardExpiry'),
  made.elements().create('cardCvc'),
  made.elements().create('payment'),
  made.elements().create('expressCheckout'),
  made.elements().create('linkAuthentication'),
];

// The list of methods that are not modelled is exact: all names are the package's, none is implemented, none is missing.
type Never<T extends never> = T;
type Listed = (typeof NOT_MODELLED)[number];
export type NoNameOfNobody = Never<Exclude<Listed, keyof theirs.Stripe>>;
export type NoNameThatIsWritten = Never<Extract<Listed, keyof StripeObject>>;
export type NoNameForgotten = Never<Exclude<keyof theirs.Stripe, keyof StripeObject | Listed>>;
export type NoElementOfNobody = Never<Exclude<NotModelledElement, theirs.StripeElementType>>;
export type NoElementThatIsWritten = Never<Extract<NotModelledElement, Kind>>;
export type NoElementForgotten = Never<Exclude<theirs.StripeElementType, Kind | NotModelledElement>>;
// Wrappers call these by name; the package does not declare the second.
export const wrapped: Pick<StripeObject, 'registerAppInfo' | '_registerWrapper'> = made;

// Languages and modes are the package's.
declare const language: theirs.StripeElementLocale;
export const spoken: (typeof LOCALES)[number] = language;

// The script's events have the types of the package's listeners.
declare function event<T extends Kind, N extends keyof EventsOf[T]>(type: T, name: N): EventsOf[T][N];
type Taken<T> = (event: T) => void;
export const changes: [
  Taken<ReturnType<typeof changed<'card'>>>,
  Taken<ReturnType<typeof changed<'cardNumber'>>>,
  Taken<ReturnType<typeof changed<'cardExpiry'>>>,
  Taken<ReturnType<typeof changed<'cardCvc'>>>,
  Taken<ReturnType<typeof changed<'payment'>>>,
] = [
  (ours) => { const right: theirs.StripeCardElementChangeEvent = ours; return right; },
  (ours) => { const right: theirs.StripeCardNumberElementChangeEvent = ours; return right; },
  (ours) => { const right: theirs.StripeCardExpiryElementChangeEvent = ours; return right; },
  (ours) => { const right: theirs.StripeCardCvcElementChangeEvent = ours; return right; },
  (ours) => { const right: theirs.StripePaymentElementChangeEvent = ours; return right; },
];

// Each declared event equals the package's event of that name, member by member.
export function listen(
  card: theirs.StripeCardElement, number: theirs.StripeCardNumberElement, expiry: theirs.StripeCardExpiryElement,
  cvc: theirs.StripeCardCvcElement, payment: theirs.StripePaymentElement, express: theirs.StripeExpressCheckoutElement,
  link: theirs.StripeLinkAuthenticationElement,
) {
  card.on('ready', (right) => { right = event('card', 'ready'); });
  card.on('change', (right) => { right = event('card', 'change'); });
  card.on('focus', (right) => { right = event('card', 'focus'); });
  card.on('blur', (right) => { right = event('card', 'blur'); });
  card.on('escape', (right) => { right = event('card', 'escape'); });
  card.on('networkschange', (right) => { right = event('card', 'networkschange'); });
  card.on('loaderror', (right) => { right = event('card', 'loaderror'); });
  number.on('ready', (right) => { right = event('cardNumber', 'ready'); });
  number.on('change', (right) => { right = event('cardNumber', 'change'); });
  number.on('networkschange', (right) => { right = event('cardNumber', 'networkschange'); });
  number.on('loaderror', (right) => { right = event('cardNumber', 'loaderror'); });
  expiry.on('ready', (right) => { right = event('cardExpiry', 'ready'); });
  expiry.on('change', (right) => { right = event('cardExpiry', 'change'); });
  expiry.on('escape', (right) => { right = event('cardExpiry', 'escape'); });
  cvc.on('ready', (right) => { right = event('cardCvc', 'ready'); });
  cvc.on('change', (right) => { right = event('cardCvc', 'change'); });
  cvc.on('blur', (right) => { right = event('cardCvc', 'blur'); });
  payment.on('ready', (right) => { right = event('payment', 'ready'); });
  payment.on('change', (right) => { right = event('payment', 'change'); });
  payment.on('escape', (right) => { right = event('payment', 'escape'); });
  payment.on('loaderstart', (right) => { right = event('payment', 'loaderstart'); });
  payment.on('loaderror', (right) => { right = event('payment', 'loaderror'); });
  payment.on('carddetailschange', (right) => { right = event('payment', 'carddetailschange'); });
  express.on('ready', (right) => { right = nothingAvailable(); });
  express.on('loaderror', (right) => { right = event('expressCheckout', 'loaderror'); });
  link.on('ready', (right) => { right = event('linkAuthentication', 'ready'); });
  link.on('change', (right) => { right = event('linkAuthentication', 'change'); });
  link.on('loaderstart', (right) => { right = event('linkAuthentication', 'loaderstart'); });
  express.on('cancel', (right) => { right = event('expressCheckout', 'cancel'); });
}

// The expiry and CVC elements have no such events.
export type NoLoadError = Never<Extract<keyof EventsOf['cardExpiry'] | keyof EventsOf['cardCvc'], 'loaderror' | 'networkschange'>>;
