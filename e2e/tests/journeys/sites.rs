//! Page and frame on two sites, as in production; and the page itself inside a page of a third.

use e2e::card_form::{Bank, CHALLENGED, COMPANION, VISA};
use e2e::person::Person;
use e2e::{Step, ensure};
use serde_json::json;

crate::journeys!(
    a_card_is_saved_from_another_site,
    a_verified_card_is_saved_from_another_site,
    a_form_scrolled_away_on_another_site_is_brought_back_before_it_saves,
    a_low_window_and_high_zoom_save,
    a_booking_page_inside_a_listed_site_has_its_form,
    a_booking_page_inside_an_unlisted_site_says_why,
    the_form_is_light_or_dark_as_its_page_is,
);

async fn sign_up_on_another_site(ann: &Person<'_>, path: &str) -> Step {
    let site = ann.system.booking_as("localhost");
    ann.page.visit(&format!("{site}{path}")).await?;
    ann.fill_in_sign_up().await
}

async fn a_card_is_saved_from_another_site(ann: &Person<'_>) -> Step {
    sign_up_on_another_site(ann, "/").await?;
    ann.wallet().is_empty().await?;
    ann.save_card(VISA).await?;
    ann.one_card().await.map(drop)
}

async fn a_verified_card_is_saved_from_another_site(ann: &Person<'_>) -> Step {
    sign_up_on_another_site(ann, "/").await?;
    ann.wallet().is_empty().await?;
    ann.try_card(CHALLENGED).await?;
    ann.form().answer(Bank::Complete).await?;
    ann.wallet().lists("3155").await.map(drop)
}

/// The page's own button is pressed while the form is thousands of pixels away.
async fn a_form_scrolled_away_on_another_site_is_brought_back_before_it_saves(
    ann: &Person<'_>,
) -> Step {
    sign_up_on_another_site(ann, "/element.html").await?;
    ann.form().type_card(VISA).await?;
    ann.page.step_out().await?;
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
    ann.page.reads("#status", "4242").await?;
    ensure(ann.page.evaluate(place).await? == true, || {
        "it was saved out of view".to_owned()
    })
}

/// 400 % zoom makes a window of 1364 x 1100 pixels one of 341 x 275.
async fn a_low_window_and_high_zoom_save(ann: &Person<'_>) -> Step {
    ann.sign_up().await?;
    ann.wallet().press("add").await?;
    ann.form().type_card(VISA).await?;
    ann.driver.screen(&ann.page.driver, 341, 275, 4).await?;
    ann.form().save().await?;
    ann.wallet().lists("4242").await.map(drop)
}

async fn embed(ann: &Person<'_>, host: &str) -> Step {
    let site = ann.system.booking_as(host);
    ann.page.visit(&format!("{site}/home.html")).await?;
    ann.page.step_into(&["#booking"]).await?;
    ann.fill_in_sign_up().await
}

async fn a_booking_page_inside_a_listed_site_has_its_form(ann: &Person<'_>) -> Step {
    embed(ann, "home.localhost").await?;
    ann.page.find("[data-card-entry][data-state=ready]").await?;
    ann.page.step_into(&["#booking", COMPANION]).await?;
    ann.page
        .find("#card-entry[data-phase=ready]")
        .await
        .map(drop)
}

async fn a_booking_page_inside_an_unlisted_site_says_why(ann: &Person<'_>) -> Step {
    embed(ann, "other.localhost").await?;
    let note = "window.told = []; document.addEventListener('card-entry-unusable', (event) =>
        told.push(event.detail.code)); return 0";
    ann.page.evaluate(note).await?;
    let limit = std::time::Duration::from_secs(20);
    let words = ann.page.read_within(limit, "[role=alert]").await?;
    ensure(words.contains("inside another site"), || {
        format!("it says {words:?}")
    })?;
    let told = ann.page.evaluate("return told").await?;
    ensure(told == json!(["ancestor_not_allowed"]), || told.to_string())
}

/// Device and page each light and dark: the page's word counts, and nothing is painted opaque.
async fn the_form_is_light_or_dark_as_its_page_is(ann: &Person<'_>) -> Step {
    sign_up_on_another_site(ann, "/element.html").await?;
    ann.form().reaches(&["ready"]).await?;
    for device_is_dark in [false, true] {
        if device_is_dark {
            ann.driver.prefer_dark(&ann.page.driver).await?;
        }
        for page in ["light", "dark"] {
            let case = format!("device dark: {device_is_dark}, page {page}");
            ann.page.step_out().await?;
            let ground = if page == "dark" { "#101418" } else { "#fff" };
            let paint = format!(
                "document.documentElement.style.cssText = 'color-scheme: {page}; background: {ground}';
                 document.body.style.background = 'none';
                 document.querySelectorAll('main, section').forEach((e) => {{ e.style.background = 'none'; }}); return 0"
            );
            ann.page.evaluate(&paint).await?;
            ann.page
                .find(&format!("{COMPANION}[style*='color-scheme: {page}']"))
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
