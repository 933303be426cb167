//! The calls about clients, addresses and telephone numbers.
//!
//! A request creates all of its items or none. It must never describe an item that was partly created.

use card_entry_protocol::dialect::ticket_evolution::{
    AddressBatch, AddressList, ClientBatch, ClientList, ClientRecord, InvalidModel, NewAddress,
    NewAddresses, NewClient, NewClients, NewPhone, NewPhones, PageQuery, PhoneBatch, PhoneList,
};
use schemars::JsonSchema;
use serde::Serialize;

use super::super::operation::ApiOperation;
use super::{call, client_call};

const INVALID: &str =
    "Nothing was created: the items with their `errors`, or an `error` of the whole request.";
const ALREADY_DONE: &str =
    "A request with this signature is in progress, or was done more than a day ago.";

/// The clients of a refused request, with their errors.
#[derive(JsonSchema, Serialize)]
struct InvalidClients {
    clients: Vec<InvalidModel<NewClient>>,
}

/// The addresses of a refused request, with their errors.
#[derive(JsonSchema, Serialize)]
struct InvalidAddresses {
    addresses: Vec<InvalidModel<NewAddress>>,
}

/// The telephone numbers of a refused request, with their errors.
#[derive(JsonSchema, Serialize)]
struct InvalidPhones {
    phone_numbers: Vec<InvalidModel<NewPhone>>,
}

pub(super) fn operations() -> Vec<ApiOperation> {
    let addresses = "/clients/{client_id}/addresses";
    let phones = "/clients/{client_id}/phone_numbers";
    vec![
        call(
            "get",
            "/clients",
            "listTicketEvolutionClients",
            "Lists the clients of the account, page by page.",
        )
        .query::<PageQuery>()
        .answer::<ClientList>(200, "A page of clients.")
        .error(422, "A parameter is not a whole number."),
        call(
            "post",
            "/clients",
            "createTicketEvolutionClients",
            "Creates clients, 1 to 10.",
        )
        .body::<NewClients>()
        .answer::<ClientBatch>(201, "The clients.")
        .error(409, ALREADY_DONE)
        .answer::<InvalidClients>(422, INVALID)
        .error(422, INVALID),
        client_call(
            "get",
            "/clients/{client_id}",
            "showTicketEvolutionClient",
            "Shows a client.",
        )
        .answer::<ClientRecord>(200, "The client."),
        client_call(
            "get",
            addresses,
            "listTicketEvolutionAddresses",
            "Lists the addresses of a client, page by page.",
        )
        .query::<PageQuery>()
        .answer::<AddressList>(200, "A page of addresses.")
        .error(422, "A parameter is not a whole number."),
        client_call(
            "post",
            addresses,
            "createTicketEvolutionAddresses",
            "Creates addresses of a client, 1 to 10.",
        )
        .body::<NewAddresses>()
        .answer::<AddressBatch>(201, "The addresses.")
        .error(409, ALREADY_DONE)
        .answer::<InvalidAddresses>(422, INVALID)
        .error(422, INVALID),
        client_call(
            "get",
            phones,
            "listTicketEvolutionPhoneNumbers",
            "Lists the telephone numbers of a client, page by page.",
        )
        .query::<PageQuery>()
        .answer::<PhoneList>(200, "A page of telephone numbers.")
        .error(422, "A parameter is not a whole number."),
        client_call(
            "post",
            phones,
            "createTicketEvolutionPhoneNumbers",
            "Creates telephone numbers of a client, 1 to 10.",
        )
        .body::<NewPhones>()
        .answer::<PhoneBatch>(201, "The telephone numbers.")
        .error(409, ALREADY_DONE)
        .answer::<InvalidPhones>(422, INVALID)
        .error(422, INVALID),
    ]
}
