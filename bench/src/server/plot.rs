//! The closed load as an SVG picture: for each database and operation a panel, with the throughput over the callers, the
//! median of the rounds as a point and minimum to maximum as a bar. Written by the command. A panel must never start its
//! scale above 0.

use std::fmt::Write;

use super::load::LoadShape;
use super::report::{DatabaseReport, ReportRow, ServerReport};
use super::subject::Operation;

const PANEL_WIDTH: f64 = 300.0;
const PANEL_HEIGHT: f64 = 220.0;
const MARGIN: f64 = 60.0;
const ROW_HEIGHT: f64 = PANEL_HEIGHT + 110.0;

/// Readable with red-green blindness: Okabe and Ito's palette.
const COLORS: [&str; 4] = ["#0072B2", "#D55E00", "#009E73", "#CC79A7"];

/// The picture as the text of an SVG file.
#[must_use]
pub fn svg(report: &ServerReport) -> String {
    let rows = u32::try_from(report.databases.len()).unwrap_or_default();
    let (width, height) = (
        (PANEL_WIDTH + MARGIN) * 3.0 + MARGIN,
        ROW_HEIGHT * f64::from(rows),
    );
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" \
         font-size=\"12\">\n<title>Requests a second of the wallet server and the yardstick</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
    );
    for (index, database) in (0_u32..).zip(&report.databases) {
        let top = ROW_HEIGHT * f64::from(index);
        write_label(
            &mut text,
            (MARGIN, top + 22.0),
            database.database.as_str(),
            "start",
        );
        write_legend(&mut text, database, top + 40.0);
        for (column, operation) in (0_u32..).zip(Operation::ALL) {
            let left = MARGIN + (PANEL_WIDTH + MARGIN) * f64::from(column);
            write_panel(&mut text, database, operation, (left, top + 70.0));
        }
    }
    text.push_str("</svg>\n");
    text
}

fn write_legend(text: &mut String, database: &DatabaseReport, y: f64) {
    let mut x = MARGIN;
    for (program, color) in database.programs.iter().zip(COLORS.iter().cycle()) {
        let _ = writeln!(
            text,
            "<circle cx=\"{}\" cy=\"{}\" r=\"4\" fill=\"{color}\"/>",
            x + 4.0,
            y - 4.0
        );
        write_label(text, (x + 14.0, y), &program.name, "start");
        x += 180.0;
    }
}

fn write_panel(
    text: &mut String,
    database: &DatabaseReport,
    operation: Operation,
    (left, top): (f64, f64),
) {
    let rows = |rows: &[ReportRow]| -> Vec<(u32, crate::spread::Spread)> {
        let closed = rows.iter().filter(|row| row.operation == operation);
        let closed = closed.filter_map(|row| match row.load {
            LoadShape::Closed { callers } => Some((callers, row.per_second)),
            LoadShape::Open { .. } => None,
        });
        closed.collect()
    };
    let programs: Vec<_> = database
        .programs
        .iter()
        .map(|program| rows(&program.rows))
        .collect();
    let max = programs
        .iter()
        .flatten()
        .map(|(_, spread)| spread.max)
        .fold(0.0, f64::max);
    let scale_max = rounded_up(max);
    let steps = programs.first().map_or(0, Vec::len);
    let step = PANEL_WIDTH / f64::from(u32::try_from(steps.max(1)).unwrap_or(1));
    let y_of = |value: f64| top + PANEL_HEIGHT * (1.0 - value / scale_max);
    let bottom = top + PANEL_HEIGHT;
    let name = format!("{}, requests a second", operation.as_str());
    write_label(text, (left, top - 8.0), &name, "start");
    for quarter in 0..=4_u32 {
        let value = scale_max * f64::from(quarter) / 4.0;
        let (y, right) = (y_of(value), left + PANEL_WIDTH);
        let _ = writeln!(
            text,
            "<path d=\"M{left:.1} {y:.1}H{right:.1}\" stroke=\"#ddd\"/>"
        );
        write_label(text, (left - 6.0, y + 4.0), &format!("{value:.0}"), "end");
    }
    let x_of = |index: u32| left + step * (f64::from(index) + 0.5);
    for (index, (callers, _)) in (0_u32..).zip(programs.iter().take(1).flatten()) {
        write_label(
            text,
            (x_of(index), bottom + 16.0),
            &callers.to_string(),
            "middle",
        );
    }
    for (program, color) in programs.iter().zip(COLORS.iter().cycle()) {
        let mut line = String::new();
        for (index, (_, spread)) in (0_u32..).zip(program) {
            let x = x_of(index);
            let y = y_of(spread.median);
            let command = if line.is_empty() { 'M' } else { 'L' };
            let _ = write!(line, "{command}{x:.1} {y:.1}");
            let (low, high) = (y_of(spread.min), y_of(spread.max));
            let _ = writeln!(
                text,
                "<path d=\"M{x:.1} {low:.1}V{high:.1}\" stroke=\"{color}\" stroke-width=\"2\"/>"
            );
            let _ = writeln!(
                text,
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"{color}\"/>"
            );
        }
        let _ = writeln!(
            text,
            "<path d=\"{line}\" fill=\"none\" stroke=\"{color}\"/>"
        );
    }
    write_label(
        text,
        (left + PANEL_WIDTH / 2.0, bottom + 32.0),
        "callers",
        "middle",
    );
}

/// The next number of 1, 2 or 5 times a power of ten, so that the lines of the scale are round.
fn rounded_up(max: f64) -> f64 {
    let power = 10_f64.powf(max.max(1.0).log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power);
    steps.into_iter().find(|step| *step >= max).unwrap_or(max)
}

fn write_label(text: &mut String, (x, y): (f64, f64), label: &str, anchor: &str) {
    let label = label
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let _ = writeln!(
        text,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{label}</text>"
    );
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::float_cmp)]
    use super::*;
    use crate::server::report::tests::report;

    #[test]
    fn every_closed_load_has_a_point_and_a_bar() {
        let text = svg(&report());
        // Three programs with two loads of one operation, and three points of the legend.
        assert_eq!(text.matches("<circle").count(), 3 * 2 + 3);
        assert_eq!(text.matches("stroke-width=\"2\"").count(), 3 * 2);
        // One panel has two loads.
        assert_eq!(text.matches(">16</text>").count(), 1);
        assert!(text.starts_with("<svg ") && text.ends_with("</svg>\n"));
        assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
    }

    #[test]
    fn names_are_escaped_and_scales_are_round() {
        let mut text = String::new();
        write_label(&mut text, (0.0, 0.0), "a<b>&c", "end");
        assert!(text.contains("a&lt;b&gt;&amp;c"), "{text}");
        for (max, scale) in [
            (0.0, 1.0),
            (1.0, 1.0),
            (1.1, 2.0),
            (430.0, 500.0),
            (501.0, 1000.0),
        ] {
            assert_eq!(rounded_up(max), scale);
        }
    }
}
