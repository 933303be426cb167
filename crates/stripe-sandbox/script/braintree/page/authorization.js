// Parses a tokenization key or a client token. An invalid one is refused before anything is sent.
const GATEWAY = '%BRAINTREE_GATEWAY%';
const LIVE = 'This is a sandbox: it refuses production keys and client tokens.';

function readAuthorization(text) {
  const known = /^([a-zA-Z0-9]+)_[a-zA-Z0-9]+_([a-zA-Z0-9_]+)$/.exec(text);
  if (known) {
    if (known[1] !== 'sandbox') throw failure('CLIENT_INVALID_AUTHORIZATION', { message: LIVE });
    return {
      attrs: { tokenizationKey: text }, bearer: text, environment: known[1],
      configUrl: `${GATEWAY}/merchants/${known[2]}/client_api/v1/configuration`,
    };
  }
  let token;
  try {
    token = JSON.parse(atob(text));
  } catch {
    throw failure('CLIENT_INVALID_AUTHORIZATION');
  }
  if (token.environment !== 'sandbox') throw failure('CLIENT_INVALID_AUTHORIZATION', { message: LIVE });
  return {
    attrs: { authorizationFingerprint: token.authorizationFingerprint }, bearer: token.authorizationFingerprint,
    environment: token.environment, configUrl: token.configUrl, paymentMethodIdJwt: token.paymentMethodIdJwt,
  };
}
