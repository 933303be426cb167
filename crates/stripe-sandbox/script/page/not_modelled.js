// The methods of Stripe.js that the sandbox does not model. `conformance/types/` compares the list with the declarations of
// @stripe/stripe-js: each name must be either here or implemented.
const NOT_MODELLED = /** @type {const} */ ([
  'collectBankAccountForPayment', 'collectBankAccountForSetup', 'collectBankAccountToken', 'collectFinancialConnectionsAccounts',
  'confirmAcssDebitPayment', 'confirmAcssDebitSetup', 'confirmAffirmPayment', 'confirmAfterpayClearpayPayment', 'confirmAlipayPayment',
  'confirmAmazonPaySetup', 'confirmAuBecsDebitPayment', 'confirmAuBecsDebitSetup', 'confirmBacsDebitSetup', 'confirmBancontactPayment',
  'confirmBancontactSetup', 'confirmBilliePayment', 'confirmBlikPayment', 'confirmBlikSetup', 'confirmBoletoPayment',
  'confirmCashappPayment', 'confirmCashappSetup', 'confirmCustomerBalancePayment', 'confirmEpsPayment', 'confirmFpxPayment',
  'confirmGiropayPayment', 'confirmGrabPayPayment', 'confirmIdealPayment', 'confirmIdealSetup', 'confirmKlarnaPayment',
  'confirmKonbiniPayment', 'confirmMobilepayPayment', 'confirmMultibancoPayment', 'confirmOxxoPayment', 'confirmP24Payment',
  'confirmPayByBankPayment', 'confirmPayNowPayment', 'confirmPayPalPayment', 'confirmPayPalSetup', 'confirmPixPayment',
  'confirmPromptPayPayment', 'confirmSepaDebitPayment', 'confirmSepaDebitSetup', 'confirmSofortPayment', 'confirmSofortSetup',
  'confirmTwintPayment', 'confirmUsBankAccountPayment', 'confirmUsBankAccountSetup', 'confirmWechatPayPayment',
  'createEphemeralKeyNonce', 'createRadarSession', 'initCheckoutElementsSdk', 'initCheckoutFormSdk',
  'initializePricing', 'paymentRequest', 'processOrder', 'retrieveOrder', 'verifyIdentity', 'verifyMicrodepositsForPayment',
  'verifyMicrodepositsForSetup',
]);

// The element types that are not modelled: `elements.create()` refuses them.
const ELEMENTS_NOT_MODELLED = /** @type {const} */ ([
  'address', 'auBankAccount', 'contactDetails', 'currencySelector', 'iban', 'issuingAddToWalletButton', 'issuingCardCopyButton',
  'issuingCardCvcDisplay', 'issuingCardExpiryDisplay', 'issuingCardNumberDisplay', 'issuingCardPinDisplay',
  'linkSignup', 'paymentForm', 'paymentMethodMessaging', 'shippingAddress', 'taxId', 'terms',
]);

/** @typedef {(typeof ELEMENTS_NOT_MODELLED)[number]} NotModelledElement */
