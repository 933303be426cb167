//! Page and frame on different sites, as in production, and the page embedded in a third site.

use e2e::card_form::{CHALLENGED, COMPANION_FRAME, ChallengeAnswer, VISA};
use e2e::user::User;
use e2e::{StepResult, ensure};
use serde_json::json;

crate::journeys!(
    a_card_is_saved_from_another_site,
    a_card_with_a_challenge_is_saved_from_another_site,
    a_form_out_of_view_is_scrolled_into_view_before_it_saves,
    a_low_window_and_high_zoom_save,
    a_page_embedded_in_an_allowed_site_shows_its_form,
    a_page_embedded_in_another_site_shows_an_error,
    the_form_follows_the_color_scheme_of_its_page,
);

async fn sign_up_on_another_site(ann: &User<'_>, path: &str) -> StepResult {
    let site = ann.system.booking_as("localhost");
    ann.page.visit(&format!("{site}{path}")).await?;
    ann.submit_sign_up().await
}

async fn a_card_is_saved_from_another_site(ann: &User<'_>) -> StepResult {
    sign_up_on_another_site(ann, "/").await?;
    ann.wallet().wait_empty().await?;
    ann.save_card(VISA).await?;
    ann.one_card().await.map(drop)
}

async fn a_card_with_a_challenge_is_saved_from_another_site(ann: &User<'_>) -> StepResult {
    sign_up_on_another_site(ann, "/").await?;
    ann.wallet().wait_empty().await?;
    ann.try_card(CHALLENGED).await?;
    ann.form()
        .answer_challenge(ChallengeAnswer::Complete)
        .await?;
    ann.wallet().wait_listed("3155").await.map(drop)
}

/// The page's own button is clicked while the form is far outside the viewport.
async fn a_form_out_of_view_is_scrolled_into_view_before_it_saves(ann: &User<'_>) -> StepResult {
    sign_up_on_another_site(ann, "/element.html").await?;
    ann.form().type_card(VISA).await?;
    ann.page.leave_frames().await?;
    let away = "document.body.style.paddingBottom = '6000px';
        scrollTo({ top: 5000, behavior: 'instant' }); return 0";
    ann.page.evaluate(away).await?;
    let place = "const r = document.querySelector('card-entry iframe').getBoundingClientRect();
        return r.bottom > 0 && r.top < innerHeight";
    ensure(ann.page.evaluate(place).await? == false, || {
        "the form is still in view".to_owned()
    })?;
    let press = "document.querySelector('card-entry').submit(); return 0";
    ann.page.evaluate(press).await?;
    ann.page.wait_text("#status", "4242").await?;
    ensure(ann.page.evaluate(place).await? == true, || {
        "it was saved out of view".to_owned()
    })
}

/// 400 % zoom turns a window of 1364 x 1100 pixels into a viewport of 341 x 275.
async fn a_low_window_and_high_zoom_save(ann: &User<'_>) -> StepResult {
    ann.sign_up().await?;
    ann.wallet().click("add").await?;
    ann.form().type_card(VISA).await?;
    ann.driver.screen(&ann.page.driver, 341, 275, 4).await?;
    ann.form().save().await?;
    ann.wallet().wait_listed("4242").await.map(drop)
}

async fn embed(ann: &User<'_>, host: &str) -> StepResult {
    let site = ann.system.booking_as(host);
    ann.page.visit(&format!("{site}/home.html")).await?;
    ann.page.enter_frames(&["#booking"]).await?;
    ann.submit_sign_up().await
}

async fn a_page_embedded_in_an_allowed_site_shows_its_form(ann: &User<'_>) -> StepResult {
    embed(ann, "home.localhost").await?;
    ann.page.find("[data-card-entry][data-state=ready]").await?;
    ann.page
        .enter_frames(&["#booking", COMPANION_FRAME])
        .await?;
    ann.page
        .find("#card-entry[data-phase=ready]")
        .await
        .map(drop)
}

async fn a_page_embedded_in_another_site_shows_an_error(ann: &User<'_>) -> StepResult {
    embed(ann, "other.localhost").await?;
    let note = "window.codes = []; document.addEventListener('card-entry-unusable', (event) =>
        codes.push(event.detail.code)); return 0";
    ann.page.evaluate(note).await?;
    let limit = std::time::Duration::from_secs(60);
    let words = ann.page.read_within(limit, "[role=alert]").await?;
    ensure(words.contains("inside another site"), || {
        format!("it says {words:?}")
    })?;
    let codes = ann.page.evaluate("return codes").await?;
    ensure(codes == json!(["ancestor_not_allowed"]), || {
        codes.to_string()
    })
}

/// Device and page in each combination of light and dark: the page decides, and the frame stays transparent.
async fn the_form_follows_the_color_scheme_of_its_page(ann: &User<'_>) -> StepResult {
    sign_up_on_another_site(ann, "/element.html").await?;
    ann.form().wait_state(&["ready"]).await?;
    for device_is_dark in [false, true] {
        if device_is_dark {
            ann.driver.prefer_dark(&ann.page.driver).await?;
        }
        for page in ["light", "dark"] {
            let case = format!("device dark: {device_is_dark}, page {page}");
            ann.page.leave_frames().await?;
            let ground = if page == "dark" { "#101418" } else { "#fff" };
            let paint = format!(
                "document.documentElement.style.cssText = 'color-scheme: {page}; background: {ground}';
                 document.body.style.background = 'none';
                 document.querySelectorAll('main, section').forEach((e) => {{ e.style.background = 'none'; }}); return 0"
            );
            ann.page.evaluate(&paint).await?;
            ann.page
                .find(&format!("{COMPANION_FRAME}[style*='color-scheme: {page}']"))
                .await?;
            ann.form().enter().await?;
            ann.page
                .find(&format!("html[data-theme={page}] #card-entry"))
                .await?;
            let own = "const s = getComputedStyle(document.documentElement);
                return [s.colorScheme, s.backgroundColor]";
            let own = ann.page.evaluate(own).await?;
            ensure(own == json!([page, "rgba(0, 0, 0, 0)"]), || {
                format!("{case}: {own}")
            })?;
        }
    }
    Ok(())
}
