// The release train of this script, and what depends on it. 3 is the script from before release trains.
/** @type {any} */
const VERSION = '%VERSION%';
const TRAINS = [3, 'acacia', 'basil', 'clover', 'dahlia', 'endive'];

// The first API version of each train, which its script requests; 3 requests none without the option `apiVersion`.
/** @type {Record<string, string>} */
const API_VERSIONS = {
  acacia: '2024-09-30.acacia', basil: '2025-03-31.basil', clover: '2025-09-30.clover', dahlia: '2026-03-25.dahlia', endive: '2026-09-30.endive',
};

/**
 * Whether this script belongs to `train` or to a later one.
 * @param {string} train
 */
function since(train) {
  return TRAINS.indexOf(VERSION) >= TRAINS.indexOf(train);
}

// Removed names, the train that removed them, and their replacements.
/** @type {Record<string, { since: string, instead: string }>} */
const REMOVED = {
  redirectToCheckout: { since: 'clover', instead: "go to the Checkout Session's url yourself" },
  initCheckout: { since: 'dahlia', instead: 'use stripe.initCheckoutElementsSdk()' },
  initEmbeddedCheckout: { since: 'dahlia', instead: 'use stripe.createEmbeddedCheckoutPage()' },
  handleCardPayment: { since: 'dahlia', instead: 'use stripe.confirmCardPayment()' },
  confirmPaymentIntent: { since: 'dahlia', instead: 'use stripe.confirmCardPayment()' },
  handleFpxPayment: { since: 'dahlia', instead: 'use stripe.confirmFpxPayment()' },
  handleCardSetup: { since: 'dahlia', instead: 'use stripe.confirmCardSetup()' },
  confirmSetupIntent: { since: 'dahlia', instead: 'use stripe.confirmCardSetup()' },
  createSource: { since: 'dahlia', instead: 'use stripe.createPaymentMethod()' },
  retrieveSource: { since: 'dahlia', instead: 'use the PaymentMethods API' },
};

// Names that a train added, and what an older script has instead.
/** @type {Record<string, { since: string, before: string }>} */
const ADDED = {
  initCheckoutElementsSdk: { since: 'dahlia', before: 'stripe.initCheckout()' },
};
