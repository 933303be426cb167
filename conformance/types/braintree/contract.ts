// Checks the scripts on `window.braintree` against the package's declarations: every method exists with the declared parameters
// and result. Nothing here runs; a line that does not compile is a deviation of the sandbox.
import type * as theirs from 'braintree-web/hosted-fields';
import type { Client as TheirClient } from 'braintree-web/client';
import type { BraintreeError as TheirError } from 'braintree-web/core';

// The declarations have properties that Braintree's own instances lack.
declare const client: Client;
export const itsClient: Omit<TheirClient, 'authorization'> = client;

declare const fields: HostedFields;
export const itsFields: Omit<theirs.HostedFields, 'styleOptions' | 'getState'> = fields;

// They also declare that a form has every field; it has only those it was created with.
declare const container: HTMLElement;
export const cards: theirs.HostedFieldsState['cards'] = allCards();
export const ofOne: theirs.HostedFieldsHostedFieldsFieldData = freshState(container);

declare const error: BraintreeError;
export const itsError: TheirError = error;

// Field names and attributes equal the package's.
type Never<T extends never> = T;
export type NoFieldOfNobody = Never<Exclude<keyof typeof FIELDS, theirs.HostedFieldsHostedFieldsFieldName>>;
export type NoFieldForgotten = Never<Exclude<theirs.HostedFieldsHostedFieldsFieldName, keyof typeof FIELDS>>;
export type NoAttributeOfNobody = Never<Exclude<keyof typeof ATTRIBUTES, theirs.HostedFieldAttributeName>>;
export type NoAttributeForgotten = Never<Exclude<theirs.HostedFieldAttributeName, keyof typeof ATTRIBUTES>>;
export type NoMethodForgotten = Never<Exclude<keyof Omit<theirs.HostedFields, 'styleOptions'>, keyof HostedFields>>;
export type NoKindOfNobody = Never<Exclude<keyof typeof BraintreeError.types, TheirError['type']>>;

// A nonce's payload. The declarations type each member of `binData` as one of three strings, which the script cannot prove.
type Payload = ReturnType<typeof adaptCard>;
export const details: (made: Payload) => theirs.HostedFieldsAccountDetails = (made) => made.details;
export const plain: (made: Payload) => Pick<theirs.HostedFieldsTokenizePayload, 'nonce' | 'type' | 'description'> = (made) => made;

// Both create functions, with a promise or a callback.
type Made<T extends (...args: never[]) => unknown> = Awaited<ReturnType<T>>;
export const makesClients: (options: { authorization: string }) => Promise<Made<typeof createClient>> = createClient;
export const makesFields: (options: Parameters<typeof theirs.create>[0]) => Promise<HostedFields> = createHostedFields;
