// What the two halves of the sandbox's Stripe.js say to each other, and the package's types they are made of. Ambient:
// the script's files are plain scripts and can import nothing.
type Package = typeof import('@stripe/stripe-js');
type StripeError = import('@stripe/stripe-js').StripeError;

type Kind = 'card' | 'cardNumber' | 'cardExpiry' | 'cardCvc' | 'payment' | Inert;
// Those that show nothing.
type Inert = 'expressCheckout' | 'linkAuthentication';

// Options as the package has them: at creation, and those an update may change.
interface OptionsOf {
  card: import('@stripe/stripe-js').StripeCardElementOptions;
  cardNumber: import('@stripe/stripe-js').StripeCardNumberElementOptions;
  cardExpiry: import('@stripe/stripe-js').StripeCardExpiryElementOptions;
  cardCvc: import('@stripe/stripe-js').StripeCardCvcElementOptions;
  payment: import('@stripe/stripe-js').StripePaymentElementOptions;
  expressCheckout: import('@stripe/stripe-js').StripeExpressCheckoutElementOptions;
  linkAuthentication: import('@stripe/stripe-js').StripeLinkAuthenticationElementOptions;
}
interface UpdatesOf {
  card: import('@stripe/stripe-js').StripeCardElementUpdateOptions;
  cardNumber: import('@stripe/stripe-js').StripeCardNumberElementUpdateOptions;
  cardExpiry: import('@stripe/stripe-js').StripeCardExpiryElementOptions;
  cardCvc: import('@stripe/stripe-js').StripeCardCvcElementOptions;
  payment: import('@stripe/stripe-js').StripePaymentElementUpdateOptions;
  expressCheckout: import('@stripe/stripe-js').StripeExpressCheckoutElementUpdateOptions;
  // The package declares no update of it.
  linkAuthentication: {};
}

interface ChangeOf {
  card: import('@stripe/stripe-js').StripeCardElementChangeEvent;
  cardNumber: import('@stripe/stripe-js').StripeCardNumberElementChangeEvent;
  cardExpiry: import('@stripe/stripe-js').StripeCardExpiryElementChangeEvent;
  cardCvc: import('@stripe/stripe-js').StripeCardCvcElementChangeEvent;
  payment: import('@stripe/stripe-js').StripePaymentElementChangeEvent;
}
type Fillable = keyof ChangeOf;

// What an element's listeners get, by the event's name.
interface CommonEvents<T extends Kind> {
  focus: { elementType: T };
  blur: { elementType: T };
  escape: { elementType: T };
}
interface FieldEvents<T extends Fillable> extends CommonEvents<T> {
  ready: { elementType: T };
  change: ChangeOf[T];
}
interface Failing<T extends Kind> {
  loaderror: { elementType: T; error: StripeError };
}
interface NumberEvents<T extends 'card' | 'cardNumber'> extends FieldEvents<T>, Failing<T> {
  networkschange: { elementType: T; loading: boolean; networks: string[] | null };
}
interface PaymentEvents extends FieldEvents<'payment'>, Failing<'payment'> {
  loaderstart: { elementType: 'payment' };
  carddetailschange: import('@stripe/stripe-js').StripePaymentElementCardDetailsChangeEvent;
  savedpaymentmethodupdate: import('@stripe/stripe-js').StripePaymentElementSavedPaymentMethodUpdateEvent;
  savedpaymentmethodremove: import('@stripe/stripe-js').StripePaymentElementSavedPaymentMethodRemoveEvent;
  availablepaymentmethodschange: import('@stripe/stripe-js').StripePaymentElementAvailablePaymentMethodsChangeEvent;
}
interface ExpressEvents extends CommonEvents<'expressCheckout'>, Failing<'expressCheckout'> {
  ready: import('@stripe/stripe-js').StripeExpressCheckoutElementReadyEvent;
  click: import('@stripe/stripe-js').StripeExpressCheckoutElementClickEvent;
  confirm: import('@stripe/stripe-js').StripeExpressCheckoutElementConfirmEvent;
  cancel: { elementType: 'expressCheckout' };
  shippingaddresschange: import('@stripe/stripe-js').StripeExpressCheckoutElementShippingAddressChangeEvent;
  shippingratechange: import('@stripe/stripe-js').StripeExpressCheckoutElementShippingRateChangeEvent;
  availablepaymentmethodschange: import('@stripe/stripe-js').StripeExpressCheckoutElementAvailablePaymentMethodsChangeEvent;
}
interface LinkEvents extends CommonEvents<'linkAuthentication'>, Failing<'linkAuthentication'> {
  ready: { elementType: 'linkAuthentication' };
  loaderstart: { elementType: 'linkAuthentication' };
  change: import('@stripe/stripe-js').StripeLinkAuthenticationElementChangeEvent;
}
interface EventsOf {
  card: NumberEvents<'card'>;
  cardNumber: NumberEvents<'cardNumber'>;
  cardExpiry: FieldEvents<'cardExpiry'>;
  cardCvc: FieldEvents<'cardCvc'>;
  payment: PaymentEvents;
  expressCheckout: ExpressEvents;
  linkAuthentication: LinkEvents;
}

// From a field's frame to the page. A payload is the package's event without the member the page adds.
type Payload<T extends Fillable = Fillable> = { [K in T]: Omit<ChangeOf[K], 'elementType'> }[T];
interface States {
  complete: boolean;
  empty: boolean;
  focus: boolean;
  invalid: boolean;
  webkitAutofill: boolean;
}
type FromField =
  | { event: 'hello' | 'ready' | 'focus' | 'blur' | 'escape' | 'submit' | 'advance' | 'retreat' | 'loaderror' | 'loaderstart' }
  | { event: 'height'; height: number }
  | { event: 'state'; state: Partial<States> }
  | { event: 'change'; payload: Payload }
  | { event: 'networkschange'; payload: Omit<NumberEvents<'card'>['networkschange'], 'elementType'> }
  | { event: 'carddetailschange'; payload: Omit<PaymentEvents['carddetailschange'], 'elementType'> }
  | { event: 'applied'; turn: number };

// From the page to a field's frame.
interface Settings {
  group: number;
  locale: string;
  direction: string;
  appearance: { theme?: string; variables?: Record<string, unknown> };
  // Whether the Payment Element asks for a postal code in every country, as it did before clover.
  everyPostal: boolean;
}
interface FieldInit extends Settings {
  page: string;
  name: string;
  type: Fillable;
  options: FrameOptions;
}
interface FrameOptions {
  style?: Record<string, any>;
  placeholder?: string;
  disabled?: boolean;
  readOnly?: boolean;
  value?: { postalCode?: string };
  hidePostalCode?: boolean;
  hideIcon?: boolean;
  showIcon?: boolean;
  iconStyle?: string;
  preferredNetwork?: string[];
  fields?: any;
  defaultValues?: any;
  layout?: any;
}
type ToField =
  | { verb: 'focus'; end?: boolean }
  | { verb: 'blur' | 'clear' | 'collapse' }
  | { verb: 'update'; options: FrameOptions }
  | { verb: 'settings'; settings: Settings; turn: number };

// Between frames of the fields origin, over their channel. Digits are in `values` and `filled`, and nowhere else.
interface Digits {
  number?: string;
  exp_month?: string;
  exp_year?: string;
  cvc?: string;
  postal?: string;
  country?: string;
  network?: string;
}
interface Answer {
  answer: number;
  from: string;
  error?: StripeError;
  values?: Digits;
}
interface Ask {
  to: string;
  ask: number;
  verb: 'collect' | 'check';
}
type Beside =
  | { group: number; want: 'brand' }
  | { group: number; brand: string }
  | { group: number; filled: Record<string, string> };

// From the page to the controller, by verb.
type IntentKind = 'setup' | 'payment';
interface ControllerInit {
  page: string;
  key: string;
  stripeAccount?: string;
  apiVersion?: string;
}
interface MethodParams {
  fields: string[];
  token?: string;
  data: Record<string, any>;
}
interface ConfirmParams {
  kind: IntentKind;
  id: string;
  secret: string;
  data: Record<string, any>;
  method?: string;
  method_data?: Record<string, any>;
  token?: string;
  fields?: string[];
}
interface RetrieveParams {
  kind: IntentKind;
  id: string;
  secret: string;
}
interface Verbs {
  createPaymentMethod: (params: MethodParams) => Promise<import('@stripe/stripe-js').PaymentMethodResult>;
  createToken: (params: MethodParams) => Promise<import('@stripe/stripe-js').TokenResult>;
  createConfirmationToken: (params: MethodParams) => Promise<import('@stripe/stripe-js').ConfirmationTokenResult>;
  confirm: (params: ConfirmParams) => Promise<import('@stripe/stripe-js').PaymentIntentOrSetupIntentResult>;
  retrieve: (params: RetrieveParams) => Promise<import('@stripe/stripe-js').PaymentIntentOrSetupIntentResult>;
  check: (params: { fields: string[] }) => Promise<{ error?: StripeError }>;
}
