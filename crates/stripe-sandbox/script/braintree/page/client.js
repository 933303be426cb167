// `braintree.client`: the configuration of a merchant, and calls with its authorization.
const clients = new Map();

const CONFIGURATION = {
  operationName: 'ClientConfiguration',
  query: `query ClientConfiguration { clientConfiguration {
    environment merchantId assetsUrl clientApiUrl supportedFeatures
    creditCard { supportedCardBrands challenges threeDSecureEnabled threeDSecure { cardinalAuthenticationJWT } }
  } }`,
};
const BRAND_NAMES = {
  AMERICAN_EXPRESS: 'American Express', DISCOVER: 'Discover', INTERNATIONAL_MAESTRO: 'Maestro', JCB: 'JCB', MASTERCARD: 'MasterCard',
  UNION_PAY: 'UnionPay', VISA: 'Visa', ELO: 'Elo', HIPER: 'Hiper', HIPERCARD: 'Hipercard',
};

function adaptConfiguration({ data: { clientConfiguration: found } }) {
  const lower = (words) => words.map((word) => word.toLowerCase());
  return {
    environment: found.environment.toLowerCase(), clientApiUrl: found.clientApiUrl, assetsUrl: found.assetsUrl,
    analytics: { url: null }, merchantId: found.merchantId, venmo: 'off',
    graphQL: { url: GRAPHQL, features: lower(found.supportedFeatures) },
    challenges: lower(found.creditCard.challenges),
    creditCards: { supportedCardTypes: found.creditCard.supportedCardBrands.map((brand) => BRAND_NAMES[brand]).filter(Boolean) },
    threeDSecureEnabled: found.creditCard.threeDSecureEnabled, threeDSecure: found.creditCard.threeDSecure, paypalEnabled: false,
  };
}

async function configure(options) {
  const read = readAuthorization(options.authorization);
  const metadata = {
    merchantAppId: location.host, platform: 'web', sdkVersion: VERSION, source: 'client', integration: 'custom',
    integrationType: 'custom', sessionId: options.sessionId || uuid(),
  };
  let answer = await askGraphQL(read.bearer, CONFIGURATION, { metadata });
  let gatewayConfiguration = answer.status === 200 ? adaptConfiguration(answer.body) : null;
  // When GraphQL cannot be reached, for example because of the page's CSP, the older API is used.
  if (answer.status === 0) {
    answer = await send(`${read.configUrl}?${new URLSearchParams({ ...read.attrs, configVersion: '3' })}`, {});
    gatewayConfiguration = answer.body;
  }
  if (answer.status < 200 || answer.status >= 400) {
    const code = { 401: 'CLIENT_AUTHORIZATION_INVALID', 403: 'CLIENT_AUTHORIZATION_INSUFFICIENT' }[answer.status] || 'CLIENT_GATEWAY_NETWORK';
    throw failure(code, { details: { originalError: legacyErrors(answer.body) } });
  }
  return {
    authorizationType: read.attrs.tokenizationKey ? 'TOKENIZATION_KEY' : 'CLIENT_TOKEN',
    authorizationFingerprint: read.attrs.authorizationFingerprint, paymentMethodIdJwt: read.paymentMethodIdJwt,
    analyticsMetadata: metadata, gatewayConfiguration, authorization: options.authorization, ...(options.debug && { isDebug: true }),
  };
}

class Client {
  constructor(configuration) {
    if (!configuration || !configuration.gatewayConfiguration) throw failure('CLIENT_MISSING_GATEWAY_CONFIGURATION');
    const text = JSON.stringify(configuration);
    Object.defineProperty(this, '_configuration', { value: () => JSON.parse(text) });
  }

  getConfiguration() { return this._configuration(); }

  toJSON() { return this._configuration(); }

  getVersion() { return VERSION; }

  async request(options) {
    const configuration = this._configuration();
    const byGraphQL = options.api === 'graphQLApi';
    const missing = !byGraphQL && ['method', 'endpoint'].find((name) => !options[name]);
    if (missing) throw failure('CLIENT_OPTION_REQUIRED', { message: `options.${missing} is required when making a request.` });
    if (options.api !== undefined && !byGraphQL && options.api !== 'clientApi') {
      throw failure('CLIENT_OPTION_INVALID', { message: 'options.api is invalid.' });
    }
    const { bearer } = readAuthorization(configuration.authorization);
    const { platform, source, integration, sessionId } = configuration.analyticsMetadata;
    const call = { timeout: options.timeout, metadata: { platform, source, integration, sessionId, version: VERSION } };
    if (byGraphQL) return this._settle(await askGraphQL(bearer, options.data, call), 'CLIENT_GRAPHQL_REQUEST_ERROR', (body) => body);
    if (options.endpoint === 'payment_methods/credit_cards') {
      const answer = await askGraphQL(bearer, this._cardDocument(options.data || {}), call);
      return this._settle(answer, 'CLIENT_REQUEST_ERROR', (body) => ({ creditCards: [adaptCard(body)] }));
    }
    const url = `${configuration.gatewayConfiguration.clientApiUrl}/v1/${options.endpoint}`;
    const method = options.method.toUpperCase();
    const body = method === 'GET' ? undefined : JSON.stringify(options.data || {});
    const answer = await send(url, { method, body, headers: { 'Content-Type': 'application/json' }, timeout: options.timeout });
    return this._settle(answer, 'CLIENT_REQUEST_ERROR', (found) => found);
  }

  teardown() {
    clients.delete(this._configuration().authorization);
    endMethods(this, methodsOf(Client));
    return Promise.resolve();
  }

  _cardDocument({ creditCard = {}, authenticationInsight, merchantAccountId }) {
    const { options = {}, expirationDate = '', ...card } = creditCard;
    const [month, year] = expirationDate.split('/').map((part) => part.trim());
    const own = { expirationMonth: month, expirationYear: year, ...card };
    const validate = typeof options.validate === 'boolean' ? options.validate : Boolean(this._configuration().authorizationFingerprint);
    return cardDocument(own, validate, authenticationInsight && merchantAccountId ? merchantAccountId : undefined);
  }

  _settle({ status, body }, problem, adapt) {
    if (status >= 200 && status < 400) return { _httpStatus: status, ...adapt(body) };
    const known = { '-1': 'CLIENT_REQUEST_TIMEOUT', 401: 'CLIENT_AUTHORIZATION_INVALID', 403: 'CLIENT_AUTHORIZATION_INSUFFICIENT', 429: 'CLIENT_RATE_LIMITED' };
    const code = known[status] || (status >= 500 || status === 0 ? 'CLIENT_GATEWAY_NETWORK' : problem);
    const originalError = problem === 'CLIENT_GRAPHQL_REQUEST_ERROR' ? body && body.errors : legacyErrors(body);
    throw failure(code, { details: { ...(code === problem && { originalError }), httpStatus: status || 500 } });
  }
}
wrapMethods(Client);

function createClient(options) {
  if (!options.authorization) {
    return Promise.reject(failure('INSTANTIATION_OPTION_REQUIRED', { message: 'options.authorization is required when instantiating a client.' }));
  }
  const known = clients.get(options.authorization);
  if (known) return known;
  const made = configure(options).then((configuration) => new Client(configuration));
  clients.set(options.authorization, made);
  made.catch(() => clients.delete(options.authorization));
  return made;
}

window.braintree = window.braintree || {};
window.braintree.client = { create: promiseOrCallback(createClient), VERSION };
