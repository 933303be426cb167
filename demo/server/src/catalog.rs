//! The studio's services, opening hours and the times of the next days.
//!
//! Called by the routes and by booking, which accepts only the times listed here. The times of one service must never overlap:
//! the unique index on service and time then excludes every double booking.

use booking_page::api::Service;
use booking_page::studio_time::StudioTime;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};

/// The opening hour and the closing hour of a day.
const OPENING_HOURS: (i8, i8) = (9, 18);

/// The days that can be booked, today included.
const MAX_DAYS_AHEAD: i64 = 14;

#[derive(Debug, Clone)]
pub struct Catalog {
    services: Vec<Service>,
    zone: TimeZone,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Start, on the studio's clock.
    pub at: StudioTime,
    pub until: StudioTime,
    /// Start, in Unix seconds.
    pub at_seconds: i64,
    pub until_seconds: i64,
}

/// A service as it stands in this file.
struct StaticService {
    id: &'static str,
    name: &'static str,
    with: &'static str,
    about: &'static str,
    minutes: u32,
    dollars: u32,
}

const SERVICES: [StaticService; 4] = [
    StaticService {
        id: "haircut",
        name: "Haircut",
        with: "Ana",
        about: "Wash, cut and finish",
        minutes: 45,
        dollars: 48,
    },
    StaticService {
        id: "colour",
        name: "Colour and gloss",
        with: "Mei",
        about: "Full colour with a gloss to finish",
        minutes: 120,
        dollars: 140,
    },
    StaticService {
        id: "beard",
        name: "Beard trim",
        with: "Tomás",
        about: "Shape, hot towel and oil",
        minutes: 30,
        dollars: 28,
    },
    StaticService {
        id: "massage",
        name: "Deep massage",
        with: "Noor",
        about: "Back, neck and shoulders",
        minutes: 60,
        dollars: 85,
    },
];

impl From<StaticService> for Service {
    fn from(service: StaticService) -> Self {
        Self {
            id: service.id.to_owned(),
            name: service.name.to_owned(),
            with: service.with.to_owned(),
            about: service.about.to_owned(),
            minutes: service.minutes,
            dollars: service.dollars,
        }
    }
}

fn is_open(date: Date) -> bool {
    !matches!(date.weekday(), Weekday::Sunday | Weekday::Monday)
}

fn studio_time(at: &Zoned) -> Option<StudioTime> {
    StudioTime::parse(&at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

impl Catalog {
    #[must_use]
    pub fn new(zone: TimeZone) -> Self {
        let services = SERVICES.into_iter().map(Service::from).collect();
        Self { services, zone }
    }

    #[must_use]
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    #[must_use]
    pub fn service(&self, id: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.id == id)
    }

    /// The times of a service that have not begun, day by day, without closed and past days.
    #[must_use]
    pub fn days(&self, service: &Service, now: Timestamp) -> Vec<Vec<Offer>> {
        let today = now.to_zoned(self.zone.clone()).date();
        let date = |ahead| today.checked_add(jiff::Span::new().days(ahead)).ok();
        (0..MAX_DAYS_AHEAD)
            .filter_map(date)
            .filter(|date| is_open(*date))
            .map(|date| self.offers(service, date, now))
            .filter(|offers| !offers.is_empty())
            .collect()
    }

    /// The offered time that begins at this moment, whichever offset the text has.
    #[must_use]
    pub fn find(&self, service: &Service, at: &StudioTime, now: Timestamp) -> Option<Offer> {
        let wanted: Timestamp = at.as_str().parse().ok()?;
        let date = wanted.to_zoned(self.zone.clone()).date();
        let days = self.days(service, now);
        let day = days
            .into_iter()
            .flatten()
            .find(|offer| offer.at_seconds == wanted.as_second());
        day.filter(|_| is_open(date))
    }

    fn offers(&self, service: &Service, date: Date, now: Timestamp) -> Vec<Offer> {
        let length = SignedDuration::from_mins(i64::from(service.minutes.max(1)));
        let hour = |hour: i8| date.at(hour, 0, 0, 0).to_zoned(self.zone.clone()).ok();
        let (Some(first), Some(end)) = (hour(OPENING_HOURS.0), hour(OPENING_HOURS.1)) else {
            return Vec::new();
        };
        let mut offers = Vec::new();
        let mut at = first;
        while let Ok(until) = at.checked_add(length) {
            if until > end {
                break;
            }
            if at.timestamp() > now {
                offers.extend(offer(&at, &until));
            }
            at = until;
        }
        offers
    }
}

fn offer(at: &Zoned, until: &Zoned) -> Option<Offer> {
    Some(Offer {
        at: studio_time(at)?,
        until: studio_time(until)?,
        at_seconds: at.timestamp().as_second(),
        until_seconds: until.timestamp().as_second(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalog() -> Catalog {
        Catalog::new(TimeZone::get("America/Los_Angeles").unwrap())
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_service_fills_the_day_without_overlap() {
        let catalog = catalog();
        let haircut = catalog.service("haircut").unwrap();
        // A Saturday, before opening.
        let days = catalog.days(haircut, at("2026-11-21T08:00:00-08:00"));
        let clocks: Vec<_> = days[0]
            .iter()
            .map(|offer| offer.at.clock().to_owned())
            .collect();
        assert_eq!(clocks.first().unwrap(), "09:00");
        assert_eq!(clocks[2], "10:30");
        assert_eq!(days[0].last().unwrap().until.clock(), "18:00");
        assert!(
            days[0]
                .windows(2)
                .all(|pair| pair[0].until_seconds <= pair[1].at_seconds)
        );
    }

    #[test]
    fn closed_days_and_past_times_are_not_offered() {
        let catalog = catalog();
        let haircut = catalog.service("haircut").unwrap();
        let days = catalog.days(haircut, at("2026-11-21T10:30:00-08:00"));
        assert_eq!(days[0][0].at.as_str(), "2026-11-21T11:15:00-08:00");
        let dates: Vec<_> = days.iter().map(|day| day[0].at.date().to_owned()).collect();
        assert_eq!(
            &dates[..3],
            ["2026-11-21", "2026-11-24", "2026-11-25"],
            "closed on Sunday and Monday"
        );
        assert_eq!(dates.len(), 10);
        let evening = catalog.days(haircut, at("2026-11-21T18:00:00-08:00"));
        assert_eq!(evening[0][0].at.date(), "2026-11-24");
    }

    #[test]
    fn a_time_is_found_by_its_moment() {
        let catalog = catalog();
        let haircut = catalog.service("haircut").unwrap();
        let now = at("2026-11-21T08:00:00-08:00");
        let find = |text: &str| catalog.find(haircut, &StudioTime::parse(text).unwrap(), now);
        let offer = find("2026-11-24T10:30:00-08:00").unwrap();
        assert_eq!(find("2026-11-24T18:30:00Z").unwrap(), offer);
        assert_eq!(offer.until.as_str(), "2026-11-24T11:15:00-08:00");
        for text in [
            "2026-11-24T10:31:00-08:00",
            "2026-11-24T10:30:00-07:00",
            "2026-11-23T10:30:00-08:00",
            "2026-11-20T10:30:00-08:00",
            "2027-11-24T10:30:00-08:00",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59-23:59",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }

    #[test]
    fn the_clock_change_moves_the_offset_not_the_opening_hour() {
        let catalog = catalog();
        let beard = catalog.service("beard").unwrap();
        let days = catalog.days(beard, at("2026-10-29T08:00:00-07:00"));
        let first: Vec<_> = days
            .iter()
            .map(|day| day[0].at.as_str().to_owned())
            .collect();
        assert!(first.contains(&"2026-10-31T09:00:00-07:00".to_owned()));
        assert!(first.contains(&"2026-11-03T09:00:00-08:00".to_owned()));
    }
}
