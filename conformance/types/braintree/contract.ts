// Braintree's scripts as they stand on `window.braintree`, against the package's declarations: every method is there,
// takes what is promised and gives what is promised. Nothing here runs; a line that does not compile is a promise the
// sandbox breaks.
import type * as theirs from 'braintree-web/hosted-fields';
import type { Client as TheirClient } from 'braintree-web/client';
import type { BraintreeError as TheirError } from 'braintree-web/core';

// The declarations have a property each that no instance of Braintree's own has.
declare const client: Client;
export const itsClient: Omit<TheirClient, 'authorization'> = client;

declare const fields: HostedFields;
export const itsFields: Omit<theirs.HostedFields, 'styleOptions' | 'getState'> = fields;

// They also say that a form always has every field; here it has those it was made with.
declare const container: HTMLElement;
export const cards: theirs.HostedFieldsState['cards'] = allCards();
export const ofOne: theirs.HostedFieldsHostedFieldsFieldData = freshState(container);

declare const error: BraintreeError;
export const itsError: TheirError = error;

// The names of the fields, and what may be set on one, are the package's: none too many, none forgotten.
type Never<T extends never> = T;
export type NoFieldOfNobody = Never<Exclude<keyof typeof FIELDS, theirs.HostedFieldsHostedFieldsFieldName>>;
export type NoFieldForgotten = Never<Exclude<theirs.HostedFieldsHostedFieldsFieldName, keyof typeof FIELDS>>;
export type NoAttributeOfNobody = Never<Exclude<keyof typeof ATTRIBUTES, theirs.HostedFieldAttributeName>>;
export type NoAttributeForgotten = Never<Exclude<theirs.HostedFieldAttributeName, keyof typeof ATTRIBUTES>>;
export type NoMethodForgotten = Never<Exclude<keyof Omit<theirs.HostedFields, 'styleOptions'>, keyof HostedFields>>;
export type NoKindOfNobody = Never<Exclude<keyof typeof BraintreeError.types, TheirError['type']>>;

// A nonce's payload; the declarations call each word of `binData` one of three, which the script cannot show it knows.
type Payload = ReturnType<typeof adaptCard>;
export const details: (made: Payload) => theirs.HostedFieldsAccountDetails = (made) => made.details;
export const plain: (made: Payload) => Pick<theirs.HostedFieldsTokenizePayload, 'nonce' | 'type' | 'description'> = (made) => made;

// How both are made: with a promise, or with a callback.
type Made<T extends (...args: never[]) => unknown> = Awaited<ReturnType<T>>;
export const makesClients: (options: { authorization: string }) => Promise<Made<typeof createClient>> = createClient;
export const makesFields: (options: Parameters<typeof theirs.create>[0]) => Promise<HostedFields> = createHostedFields;
