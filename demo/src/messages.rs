//! The messages of the page in each language, and the text forms of an appointment and its time.
//!
//! Called by the views; the server uses the English ones for the reason of a hold. They must never hold markup.

mod arabic;
mod english;

pub use arabic::ARABIC;
pub use english::ENGLISH;

use crate::api::{Appointment, SiteErrorCode};
use crate::studio_time::StudioTime;

/// A service's name and description in this language.
#[derive(Debug)]
pub struct ServiceMessages {
    pub id: &'static str,
    pub name: &'static str,
    pub about: &'static str,
}

/// The messages of one language. A name in braces is a placeholder.
#[derive(Debug)]
pub struct PageMessages {
    pub lang: &'static str,
    pub weekdays: [&'static str; 7],
    pub months: [&'static str; 12],
    pub services: &'static [ServiceMessages],
    pub book_a_visit: &'static str,
    pub intro: &'static str,
    pub signed_in_as: &'static str,
    pub sign_out: &'static str,
    pub choose_service: &'static str,
    pub choose_time: &'static str,
    pub choose_service_first: &'static str,
    pub day: &'static str,
    pub time: &'static str,
    pub time_taken: &'static str,
    pub no_times: &'static str,
    pub about_you: &'static str,
    pub new_here: &'static str,
    pub been_before: &'static str,
    pub welcome_back: &'static str,
    pub first_name: &'static str,
    pub last_name: &'static str,
    pub email: &'static str,
    pub password: &'static str,
    pub password_hint: &'static str,
    pub create_account: &'static str,
    pub sign_in: &'static str,
    pub one_moment: &'static str,
    pub hello: &'static str,
    pub signed_out: &'static str,
    pub sign_in_again: &'static str,
    pub your_card: &'static str,
    pub card_holds: &'static str,
    pub card_after_sign_in: &'static str,
    pub your_visit: &'static str,
    pub nothing_chosen: &'static str,
    pub service: &'static str,
    pub when: &'static str,
    pub price: &'static str,
    pub pay_later: &'static str,
    pub book: &'static str,
    pub pick_service: &'static str,
    pub pick_time: &'static str,
    pub sign_in_to_book: &'static str,
    pub add_card_to_book: &'static str,
    pub booked: &'static str,
    pub your_appointments: &'static str,
    pub none_yet: &'static str,
    pub cancel: &'static str,
    pub cancel_visit: &'static str,
    pub cancelled: &'static str,
    pub cancelled_soon: &'static str,
    pub close: &'static str,
    pub try_again: &'static str,
    pub loading: &'static str,
    pub site_away: &'static str,
    pub wallet_away: &'static str,
    pub taken: &'static str,
    pub not_offered: &'static str,
    pub too_many: &'static str,
    pub gone: &'static str,
    pub went_wrong: &'static str,
    pub wrong_sign_in: &'static str,
    pub too_many_tries: &'static str,
    pub need_first_name: &'static str,
    pub need_email: &'static str,
    pub need_password: &'static str,
    pub short_password: &'static str,
    pub long_text: &'static str,
    pub with: &'static str,
    pub minutes: &'static str,
    pub date_and_time: &'static str,
}

impl PageMessages {
    #[must_use]
    pub fn visit(&self, id: &str, name: &str, with: &str) -> String {
        self.with
            .replace("{what}", self.service_name(id, name))
            .replace("{who}", with)
    }

    /// "Haircut with Ana, Tue 24 Nov, 10:30".
    #[must_use]
    pub fn visit_at(&self, appointment: &Appointment) -> String {
        let visit = self.visit(&appointment.service, &appointment.name, &appointment.with);
        self.date_and_time
            .replace("{date}", &visit)
            .replace("{time}", &self.date_and_clock(&appointment.at))
    }

    #[must_use]
    pub fn date_and_clock(&self, at: &StudioTime) -> String {
        self.date_and_time
            .replace("{date}", &self.date(at))
            .replace("{time}", at.clock())
    }

    #[must_use]
    pub fn date(&self, at: &StudioTime) -> String {
        format!("{} {} {}", self.weekday(at), at.day(), self.month(at))
    }

    #[must_use]
    pub fn weekday(&self, at: &StudioTime) -> &'static str {
        self.weekdays
            .get(at.weekday0())
            .copied()
            .unwrap_or_default()
    }

    #[must_use]
    pub fn month(&self, at: &StudioTime) -> &'static str {
        self.months.get(at.month0()).copied().unwrap_or_default()
    }

    #[must_use]
    pub fn duration(&self, minutes: u32) -> String {
        self.minutes.replace("{n}", &minutes.to_string())
    }

    /// The service's name in this language, or `own` if there is none.
    #[must_use]
    pub fn service_name<'a>(&self, id: &str, own: &'a str) -> &'a str {
        self.services
            .iter()
            .find(|service| service.id == id)
            .map_or(own, |service| service.name)
    }

    /// The service's description in this language, or `own` if there is none.
    #[must_use]
    pub fn service_about<'a>(&self, id: &str, own: &'a str) -> &'a str {
        self.services
            .iter()
            .find(|service| service.id == id)
            .map_or(own, |service| service.about)
    }

    /// The message for an error code; `None` for a code of a newer server.
    #[must_use]
    pub fn error(&self, code: SiteErrorCode) -> Option<&'static str> {
        Some(match code {
            SiteErrorCode::SignIn => self.sign_in_again,
            SiteErrorCode::CardNeeded => self.add_card_to_book,
            SiteErrorCode::Taken => self.taken,
            SiteErrorCode::NotOffered => self.not_offered,
            SiteErrorCode::TooMany => self.too_many,
            SiteErrorCode::NotFound => self.gone,
            SiteErrorCode::WalletAway => self.wallet_away,
            SiteErrorCode::BadRequest | SiteErrorCode::Broken => self.went_wrong,
            SiteErrorCode::Other => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn appointment() -> Appointment {
        Appointment {
            id: "a".to_owned(),
            service: "haircut".to_owned(),
            name: "Haircut".to_owned(),
            with: "Ana".to_owned(),
            at: StudioTime::parse("2026-11-24T10:30:00-08:00").unwrap(),
            until: StudioTime::parse("2026-11-24T11:15:00-08:00").unwrap(),
        }
    }

    #[test]
    fn an_appointment_is_written_as_a_sentence() {
        assert_eq!(
            ENGLISH.visit_at(&appointment()),
            "Haircut with Ana, Tue 24 Nov, 10:30"
        );
        assert!(ARABIC.visit_at(&appointment()).contains("10:30"));
        assert_eq!(ENGLISH.duration(45), "45 min");
    }

    #[test]
    fn a_service_without_translation_keeps_its_own_name() {
        assert_eq!(ARABIC.service_name("new", "New"), "New");
        assert_ne!(ARABIC.service_name("haircut", "Haircut"), "Haircut");
    }

    #[test]
    fn both_languages_have_the_same_placeholders() {
        for messages in [&ENGLISH, &ARABIC] {
            for (message, placeholders) in [
                (messages.with, ["{what}", "{who}"].as_slice()),
                (messages.date_and_time, &["{date}", "{time}"]),
                (messages.minutes, &["{n}"]),
                (messages.hello, &["{name}"]),
                (messages.booked, &["{visit}"]),
                (messages.cancelled, &["{visit}"]),
                (messages.cancelled_soon, &["{visit}"]),
                (messages.cancel_visit, &["{visit}"]),
                (messages.signed_in_as, &["{name}"]),
            ] {
                assert!(
                    placeholders.iter().all(|name| message.contains(name)),
                    "{} {message}",
                    messages.lang
                );
            }
        }
    }
}
