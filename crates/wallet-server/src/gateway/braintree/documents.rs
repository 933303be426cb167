//! The GraphQL documents that are sent to Braintree, with the members of the responses that are read.
//!
//! Each has one variable, `$input`. A document must never contain quotes or line breaks: [`super::tokenize`] writes one
//! into JSON unescaped.

pub(super) const CREATE_CUSTOMER: &str =
    "mutation($input: CreateCustomerInput) { createCustomer(input: $input) { customer { id } } }";

pub(super) const DELETE_CUSTOMER: &str = "mutation($input: DeleteCustomerInput!) { \
    deleteCustomer(input: $input) { clientMutationId } }";

pub(super) const CREATE_CLIENT_TOKEN: &str =
    "mutation($input: CreateClientTokenInput) { createClientToken(input: $input) { clientToken } }";

pub(super) const TOKENIZE: &str = "mutation($input: TokenizeCreditCardInput!) { \
    tokenizeCreditCard(input: $input) { paymentMethod { id } } }";

pub(super) const VAULT_CARD: &str = "mutation($input: VaultCreditCardInput!) { vaultCreditCard(input: $input) { \
    paymentMethod { id details { ... on CreditCardDetails { brandCode last4 expirationMonth expirationYear \
    cardholderName uniqueNumberIdentifier binData { debit prepaid } } } } \
    verification { status gatewayRejectionReason processorResponse { legacyCode } } } }";

pub(super) const STORED_CARD: &str = "query($input: ID!) { node(id: $input) { ... on PaymentMethod { \
    id usage details { ... on CreditCardDetails { brandCode last4 expirationMonth expirationYear \
    cardholderName uniqueNumberIdentifier binData { debit prepaid } } } customer { id } } } }";

pub(super) const GLOBAL_ID: &str =
    "query($input: ID!) { idFromLegacyId(legacyId: $input, type: PAYMENT_METHOD) }";

pub(super) const DELETE: &str = "mutation($input: DeletePaymentMethodFromVaultInput!) { \
    deletePaymentMethodFromVault(input: $input) { clientMutationId } }";

pub(super) const AUTHORIZE: &str = "mutation($input: AuthorizePaymentMethodInput!) { \
    authorizePaymentMethod(input: $input) { transaction { id status processorResponse { legacyCode } } } }";

pub(super) const REVERSE: &str = "mutation($input: ReverseTransactionInput!) { \
    reverseTransaction(input: $input) { clientMutationId } }";

pub(super) const SEARCH_TRANSACTIONS: &str = "query($input: TransactionSearchInput!) { search { \
    transactions(input: $input, first: 50) { edges { node { id status } } } } }";

pub(super) const UPDATE_DATE: &str = "mutation($input: UpdateCreditCardExpirationDateInput!) { \
    updateCreditCardExpirationDate(input: $input) { \
    verification { status gatewayRejectionReason processorResponse { legacyCode } } } }";

pub(super) const UPDATE_NAME: &str = "mutation($input: UpdateCreditCardCardholderNameInput!) { \
    updateCreditCardCardholderName(input: $input) { clientMutationId } }";

pub(super) const UPDATE_ADDRESS: &str = "mutation($input: UpdateCreditCardBillingAddressInput!) { \
    updateCreditCardBillingAddress(input: $input) { clientMutationId } }";

pub(super) const CARDS_OF: &str = "query($input: ID!) { node(id: $input) { ... on Customer { \
    paymentMethods(first: 50) { edges { node { id details { ... on CreditCardDetails { \
    expirationMonth expirationYear cardholderName \
    billingAddress { streetAddress extendedAddress locality region postalCode } } } } } } } } }";
