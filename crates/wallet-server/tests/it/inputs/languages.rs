//! Errors are in the reader's language. Codes, member names and text for programs stay English.

use reqwest::Response;
use serde_json::{Value, json};

use crate::support::bank::VISA;
use crate::support::salon::Salon;
use crate::support::{STUDIO, STUDIO_PAGE, World};

async fn read(response: Response) -> (String, Value) {
    let language = response.headers().get("content-language");
    let language = language
        .map_or("", |value| value.to_str().unwrap())
        .to_owned();
    (language, response.json().await.unwrap_or_default())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_is_in_the_requested_language() {
    let world = World::open().await;
    for (asked, language, said) in [
        ("de-AT,de;q=0.9", "de", "Bitte melden Sie sich erneut an."),
        ("fr-CA", "fr", "Veuillez vous reconnecter."),
        ("sv, ar;q=0.3", "ar", "يرجى تسجيل الدخول مرة أخرى."),
        ("es;q=0.2, en;q=0.1", "es", "Inicie sesión de nuevo."),
        ("sv", "en", "Please sign in again."),
        ("", "en", "Please sign in again."),
        (";;q=,=\u{e9}", "en", "Please sign in again."),
    ] {
        let request = world.http.get(world.api("/user"));
        let request = request.header("accept-language", asked);
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 401);
        let vary = response.headers().get_all("vary").iter();
        assert!(vary.into_iter().any(|value| value == "accept-language"));
        let (content_language, body) = read(response).await;
        assert_eq!(
            (content_language.as_str(), &body["error"]),
            (language, &json!(said))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn field_and_member_names_are_not_translated() {
    let world = World::open().await;
    let body = json!({
        "company_id": STUDIO, "email": "x", "first_name": "Ann", "password": "1", "password_confirmation": "1",
    });
    let request = world.http.post(world.api("/users")).json(&body);
    let response = request
        .header("accept-language", "de")
        .send()
        .await
        .unwrap();
    let (language, body) = read(response).await;
    let errors = &body["user"]["errors"];
    assert_eq!(
        (language.as_str(), &errors["password"][0]),
        (
            "de",
            &json!("Bitte wählen Sie ein Passwort mit mindestens 3 Zeichen.")
        )
    );
    assert_eq!(
        errors["email"][0],
        "Bitte geben Sie eine E-Mail-Adresse ein, zum Beispiel ann@example.com."
    );
    // An error of the calling program is in English.
    let request = world
        .http
        .post(world.api("/users"))
        .json(&json!({"company_id": "x"}));
    let response = request
        .header("accept-language", "de")
        .send()
        .await
        .unwrap();
    let (language, body) = read(response).await;
    assert_eq!(
        (language.as_str(), &body["message"]),
        ("en", &json!("`company_id` must be a whole number."))
    );
    let salon = Salon::new(&world);
    let request = salon
        .request("/checkout/status")
        .header("accept-language", "de");
    let asked = json!({"CompanyId": salon.company, "SessionId": "cs_test_none"});
    let (language, body) = read(request.json(&asked).send().await.unwrap()).await;
    let status = &body["ResponseStatus"];
    assert_eq!(
        (language.as_str(), &status["ErrorCode"], &status["Message"]),
        (
            "de",
            &json!("NotFound"),
            &json!("Diesen Bezahlvorgang gibt es nicht.")
        )
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_in_use_and_a_stored_response_keep_their_language() {
    let world = World::open().await;
    let (ann, shop) = (world.person("ann").await, world.shop());
    ann.adds(VISA).await;
    shop.holds(ann.id, "b", "Corte de pelo").await;
    let path = format!(
        "/user/credit_cards/{}",
        ann.card_id().await.replace('|', "%7C")
    );
    let request = world.http.delete(world.api(&path));
    let request = request.header("authorization", &ann.token);
    let response = request
        .header("accept-language", "es-MX")
        .header("origin", STUDIO_PAGE)
        .send()
        .await
        .unwrap();
    let (language, body) = read(response).await;
    let message = body["message"].as_str().unwrap();
    assert_eq!(language, "es");
    assert!(
        message.starts_with(
            "Esta tarjeta no se puede eliminar porque hay una cita pendiente: Corte de pelo. Se necesita hasta el "
        ) && message.ends_with(". Puede reemplazarla por otra tarjeta."),
        "{message}"
    );

    // A declined card with a key: the response is stored with its language.
    let method = world.bank().types_card("4000000000000002").await;
    let said = json!("Votre banque");
    for asked in ["fr", "de"] {
        let request = world.http.post(world.api("/user/credit_cards"));
        let request = request
            .header("authorization", &ann.token)
            .header("idempotency-key", "k");
        let request = request
            .header("accept-language", asked)
            .json(&ann.save_body(&method));
        let (language, body) = read(request.send().await.unwrap()).await;
        assert_eq!(language, "fr", "{body}");
        let message = body["message"].as_str().unwrap();
        assert!(message.starts_with(said.as_str().unwrap()), "{message}");
    }
}
