// One call to the gateway. Returns {status, body}; the status follows from GraphQL's error class, -1 is a timeout, and 0 is
// no response.
const GRAPHQL = '%BRAINTREE_GRAPHQL%';
const GRAPHQL_VERSION = '2018-05-10';
const TIMEOUT = 60000;

async function send(url, { method = 'GET', headers = {}, body, timeout = TIMEOUT }) {
  const ending = new AbortController();
  const timer = timeout ? setTimeout(() => ending.abort(), timeout) : 0;
  try {
    const response = await fetch(url, { method, headers, body, credentials: 'omit', signal: ending.signal });
    const text = await response.text();
    try {
      return { status: response.status, body: JSON.parse(text) };
    } catch {
      return { status: response.status, body: text };
    }
  } catch {
    return { status: ending.signal.aborted ? -1 : 0, body: null };
  } finally {
    clearTimeout(timer);
  }
}

async function askGraphQL(bearer, document, { timeout, metadata } = {}) {
  const answer = await send(GRAPHQL, {
    method: 'POST', timeout,
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${bearer}`, 'Braintree-Version': GRAPHQL_VERSION },
    body: JSON.stringify({ clientSdkMetadata: metadata, ...document }),
  });
  return { ...answer, status: meaning(answer) };
}

function meaning({ status, body }) {
  if (status !== 200) return status;
  if (body.data && !body.errors) return 200;
  const first = (body.errors || [{}])[0];
  switch (first.extensions && first.extensions.errorClass) {
    case 'VALIDATION': return 422;
    case 'AUTHORIZATION': return 403;
    case 'AUTHENTICATION': return 401;
    case undefined: return 403;
    default: return 500;
  }
}

// The errors in the format of the older client API: a tree by input field.
function legacyErrors(body) {
  const errors = (body && body.errors) || [];
  const first = errors[0] && errors[0].extensions && errors[0].extensions.errorClass;
  if (first !== 'VALIDATION') {
    const message = first ? errors[0].message : 'There was a problem serving your request';
    return { error: { message }, fieldErrors: [] };
  }
  const fieldErrors = [];
  for (const { message, extensions } of errors) {
    if (!extensions || !extensions.inputPath) continue;
    let level = fieldErrors;
    const path = extensions.inputPath.slice(1);
    for (const field of path.slice(0, -1)) {
      let known = level.find((entry) => entry.field === field);
      if (!known) level.push((known = { field, fieldErrors: [] }));
      level = known.fieldErrors;
    }
    level.push({ code: extensions.legacyCode, field: path[path.length - 1], message });
  }
  const known = fieldErrors.length && fieldErrors[0].field === 'creditCard' ? 'Credit card is invalid' : undefined;
  return fieldErrors.length ? { error: { message: known }, fieldErrors } : { error: { message: errors[0].message }, fieldErrors };
}
