//! Steps side by side: each lane runs its steps one after the other, and the lanes run at the same time. Used by `setup` and
//! `build`, where one lane computes and another waits for the network or for one core. It must never start a step after
//! one failed.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::command_error::CommandError;

/// One step of a lane. It prints its own progress line.
pub type LaneStep<'a> = Box<dyn FnOnce() -> Result<(), CommandError> + Send + 'a>;

/// Runs all lanes to their ends. After a failure the running steps finish, and no other begins.
pub fn run(lanes: Vec<Vec<LaneStep<'_>>>) -> Result<(), CommandError> {
    let failed = AtomicBool::new(false);
    let run_lane = |lane: Vec<LaneStep<'_>>| {
        for step in lane {
            if failed.load(Ordering::Relaxed) {
                break;
            }
            step().inspect_err(|_| failed.store(true, Ordering::Relaxed))?;
        }
        Ok(())
    };
    let mut errors: Vec<CommandError> = std::thread::scope(|scope| {
        let running: Vec<_> = lanes
            .into_iter()
            .map(|lane| scope.spawn(|| run_lane(lane)))
            .collect();
        running
            .into_iter()
            .filter_map(|lane| lane.join().unwrap_or_else(|_| Err(panicked())).err())
            .collect()
    });
    // A signal stops every lane, and is reported once.
    errors.dedup();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(CommandError::combine(errors))
    }
}

fn panicked() -> CommandError {
    CommandError::new(
        "a step of xtask ended with a panic; its message is above",
        "Report it: this is a mistake in xtask.",
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use std::sync::mpsc;

    fn fails(what: &'static str) -> LaneStep<'static> {
        Box::new(move || Err(CommandError::new(what, "Repair it.")))
    }

    #[test]
    fn lanes_run_at_the_same_time() {
        let (to_second, from_first) = mpsc::channel();
        let (to_first, from_second) = mpsc::channel();
        // Each lane waits for the other: one after the other, neither would end.
        let wait = std::time::Duration::from_secs(20);
        let outcome = run(vec![
            vec![Box::new(move || {
                to_second.send(()).unwrap();
                from_second.recv_timeout(wait).unwrap();
                Ok(())
            })],
            vec![Box::new(move || {
                to_first.send(()).unwrap();
                from_first.recv_timeout(wait).unwrap();
                Ok(())
            })],
        ]);
        assert_eq!(outcome, Ok(()));
    }

    #[test]
    fn after_a_failure_no_step_of_any_lane_begins() {
        let (to_second, from_first) = mpsc::channel::<()>();
        let begun = AtomicBool::new(false);
        let begin: LaneStep<'_> = Box::new(|| {
            begun.store(true, Ordering::Relaxed);
            Ok(())
        });
        let lanes: Vec<Vec<LaneStep<'_>>> = vec![
            vec![Box::new(move || {
                let _dropped = to_second;
                Err(CommandError::new("one thing failed", "Repair it."))
            })],
            vec![
                // Ends some time after the other lane has failed.
                Box::new(move || {
                    let _ = from_first.recv();
                    std::thread::sleep(std::time::Duration::from_millis(200));
                    Ok(())
                }),
                begin,
            ],
        ];
        let message = run(lanes).unwrap_err().to_string();
        assert!(message.contains("one thing failed"), "{message}");
        assert!(!begun.load(Ordering::Relaxed));
    }

    #[test]
    fn one_reason_is_reported_once_and_a_panic_is_an_error() {
        let both = run(vec![vec![fails("stopped")], vec![fails("stopped")]]);
        let message = both.unwrap_err().to_string();
        assert_eq!(message.matches("stopped").count(), 1, "{message}");
        let outcome = run(vec![vec![Box::new(|| panic!("for the test"))]]);
        assert!(outcome.unwrap_err().to_string().contains("panic"));
    }
}
