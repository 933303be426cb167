// `braintree.hostedFields`: creates the fields of a form, with the page's client or with one for its authorization.
const SETUP_TIMEOUT = 60000;

function checkVersion(client) {
  const found = client.getVersion ? client.getVersion() : client.VERSION;
  if (found === VERSION) return;
  const message = `Client (version ${found}) and Hosted Fields (version ${VERSION}) components must be from the same SDK version.`;
  throw failure('INCOMPATIBLE_VERSIONS', { message });
}

function loadClientScript() {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = `${ASSETS}/web/${VERSION}/js/client.min.js`;
    script.onload = resolve;
    script.onerror = (error) => reject(failure('CLIENT_SCRIPT_FAILED_TO_LOAD', { details: { originalError: error } }));
    document.head.append(script);
  });
}

async function laterClient(authorization) {
  if (!window.braintree.client) await loadClientScript();
  checkVersion(window.braintree.client);
  return window.braintree.client.create({ authorization });
}

// For the frames' URLs only: the merchant whose faults apply to them.
function merchantOf({ client, authorization }) {
  if (client) return client.getConfiguration().gatewayConfiguration.merchantId;
  const known = /^sandbox_[a-zA-Z0-9]+_([a-zA-Z0-9_]+)$/.exec(authorization);
  if (known) return known[1];
  try {
    return String(JSON.parse(atob(authorization)).merchantId);
  } catch {
    return '';
  }
}

async function createHostedFields(options) {
  if (!options.client && !options.authorization) {
    throw failure('INSTANTIATION_OPTION_REQUIRED', { message: 'options.client is required when instantiating Hosted Fields.' });
  }
  if (!options.authorization) checkVersion(options.client);
  const client = options.client ? Promise.resolve(options.client) : laterClient(options.authorization);
  // The error is reported by the call that needs the client.
  client.catch(() => {});
  const made = new HostedFields(options, client, merchantOf(options));
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(failure('HOSTED_FIELDS_TIMEOUT')), SETUP_TIMEOUT);
  });
  await Promise.race([made._ready, late]).finally(() => clearTimeout(timer));
  return made;
}

window.braintree = window.braintree || {};
window.braintree.hostedFields = { create: promiseOrCallback(createHostedFields), supportsInputFormatting: () => true, VERSION };
