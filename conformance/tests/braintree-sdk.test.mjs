// The official server SDK on the sandbox's GraphQL: responses and error classes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serverSdk, merchant } from '../support/braintree.mjs';
import { setFaults } from '../support/sandbox.mjs';

const VAULT = `mutation ($input: VaultPaymentMethodInput!) { vaultPaymentMethod(input: $input) {
  paymentMethod { id details { ... on CreditCardDetails { last4 brandCode } } } verification { status } } }`;

test('a card is vaulted, authorized and the authorization voided', async () => {
  const { graphQLClient } = serverSdk(merchant());
  const stored = await graphQLClient.query(VAULT, { input: { paymentMethodId: 'fake-valid-mastercard-nonce' } });
  const { paymentMethod, verification } = stored.data.vaultPaymentMethod;
  assert.deepEqual([paymentMethod.details, verification.status], [{ last4: '4444', brandCode: 'MASTERCARD' }, 'VERIFIED']);
  const held = await graphQLClient.query(
    'mutation ($input: AuthorizePaymentMethodInput!) { authorizePaymentMethod(input: $input) { transaction { id status } } }',
    { input: { paymentMethodId: paymentMethod.id, transaction: { amount: '1.00' } } },
  );
  const { id, status } = held.data.authorizePaymentMethod.transaction;
  assert.equal(status, 'AUTHORIZED');
  const undone = await graphQLClient.query(
    'mutation ($id: ID!) { reverseTransaction(input: { transactionId: $id }) { reversal { ... on Transaction { status } } } }', { id },
  );
  assert.equal(undone.data.reverseTransaction.reversal.status, 'VOIDED');
});

test('errors have the SDK’s classes', async () => {
  const shop = merchant();
  const { graphQLClient } = serverSdk(shop);
  const declined = await graphQLClient.query(VAULT, { input: { paymentMethodId: 'fake-processor-declined-visa-nonce' } });
  assert.equal(declined.data.vaultPaymentMethod.verification.status, 'PROCESSOR_DECLINED');
  assert.equal(declined.errors[0].extensions.errorClass, 'VALIDATION');
  const used = await graphQLClient.query(VAULT, { input: { paymentMethodId: 'fake-consumed-nonce' } });
  assert.equal(graphQLClient.constructor.getValidationErrors(used).deepErrors()[0].code, '93107');
  const type = (call) => call.then(() => 'none', (error) => error.type);
  assert.equal(await type(serverSdk(shop, 'private_other').graphQLClient.query('{ ping }')), 'authenticationError');
  const gone = graphQLClient.query('mutation { deleteCustomer(input: { customerId: "x" }) { clientMutationId } }');
  assert.equal(await type(gone), 'notFoundError');
  assert.equal(await type(graphQLClient.query('{ pong }')), 'unexpectedError');
  await setFaults(shop, [{ on: 'braintree', do: 'graphql_status', status: 503, times: 1 }]);
  assert.equal(await type(graphQLClient.query('{ ping }')), 'serviceUnavailableError');
});

test('both APIs create client tokens with the members a browser needs', async () => {
  const shop = merchant();
  const gateway = serverSdk(shop);
  const { success, clientToken } = await gateway.clientToken.generate({});
  assert.equal(success, true);
  const made = await gateway.graphQLClient.query('mutation { createClientToken { clientToken } }');
  for (const token of [clientToken, made.data.createClientToken.clientToken]) {
    const read = JSON.parse(Buffer.from(token, 'base64').toString());
    assert.deepEqual([read.version, read.environment, read.merchantId], [2, 'sandbox', shop.id]);
    for (const name of ['authorizationFingerprint', 'clientApiUrl', 'configUrl', 'assetsUrl']) assert.equal(typeof read[name], 'string', name);
  }
});
