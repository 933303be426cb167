// What Stripe.js has and the sandbox has not. Held to the package's declarations by types/: a name that is neither here
// nor written, or is both, does not pass.
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

// Elements of the same kind: `elements.create()` refuses them by name.
const ELEMENTS_NOT_MODELLED = /** @type {const} */ ([
  'address', 'auBankAccount', 'contactDetails', 'currencySelector', 'iban', 'issuingAddToWalletButton', 'issuingCardCopyButton',
  'issuingCardCvcDisplay', 'issuingCardExpiryDisplay', 'issuingCardNumberDisplay', 'issuingCardPinDisplay',
  'linkSignup', 'paymentForm', 'paymentMethodMessaging', 'shippingAddress', 'taxId', 'terms',
]);

/** @typedef {(typeof ELEMENTS_NOT_MODELLED)[number]} NotModelledElement */
