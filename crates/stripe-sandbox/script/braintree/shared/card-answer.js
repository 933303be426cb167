// The GraphQL request `tokenizeCreditCard`, and its response in the format of the older client API. Shared with the frames.
const CARD_TYPES = {
  AMERICAN_EXPRESS: 'American Express', DINERS: 'Discover', DISCOVER: 'Discover', ELO: 'Elo', HIPER: 'Hiper', HIPERCARD: 'Hipercard',
  INTERNATIONAL_MAESTRO: 'Maestro', JCB: 'JCB', MASTERCARD: 'MasterCard', UK_MAESTRO: 'Maestro', UNION_PAY: 'UnionPay', VISA: 'Visa',
};
const INDICATORS = ['commercial', 'debit', 'durbinRegulated', 'healthcare', 'payroll', 'prepaid'];
const OTHERS = ['issuingBank', 'countryOfIssuance', 'productId', 'business', 'consumer', 'purchase', 'corporate'];

function cardDocument(creditCard, validate, merchantAccountId) {
  const insight = merchantAccountId !== undefined;
  return {
    query: `mutation TokenizeCreditCard($input: TokenizeCreditCardInput!${insight ? ', $insight: AuthenticationInsightInput!' : ''}) {
      tokenizeCreditCard(input: $input) {
        token
        creditCard {
          bin brandCode last4 cardholderName expirationMonth expirationYear
          binData { ${[...INDICATORS, ...OTHERS].join(' ')} }
        }
        ${insight ? 'authenticationInsight(input: $insight) { customerAuthenticationRegulationEnvironment }' : ''}
      }
    }`,
    operationName: 'TokenizeCreditCard',
    variables: { input: { creditCard, options: { validate } }, ...(insight && { insight: { merchantAccountId } }) },
  };
}

function adaptCard(body) {
  const { token, creditCard, authenticationInsight } = body.data.tokenizeCreditCard;
  const last4 = creditCard.last4 || '';
  const binData = { ...creditCard.binData };
  for (const name of INDICATORS) binData[name] = { YES: 'Yes', NO: 'No', UNKNOWN: 'Unknown' }[binData[name]] || 'Unknown';
  for (const name of OTHERS) binData[name] = binData[name] || 'Unknown';
  const card = {
    binData, consumed: false, description: last4 ? `ending in ${last4.slice(2)}` : '', nonce: token,
    details: {
      cardholderName: creditCard.cardholderName, expirationMonth: creditCard.expirationMonth, expirationYear: creditCard.expirationYear,
      bin: creditCard.bin || '', cardType: CARD_TYPES[creditCard.brandCode] || 'Unknown', lastFour: last4, lastTwo: last4.slice(2),
    },
    type: 'CreditCard', threeDSecureInfo: null,
  };
  if (authenticationInsight) {
    const found = authenticationInsight.customerAuthenticationRegulationEnvironment;
    card.authenticationInsight = { regulationEnvironment: found === 'PSDTWO' ? 'psd2' : found.toLowerCase() };
  }
  return card;
}
