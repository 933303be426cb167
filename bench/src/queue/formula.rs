//! The closed formulas of the queue M/D/1, against which the simulation is tested: Poisson arrivals, a constant service
//! time, one server. Source: the formula of Pollaczek and Khinchine, with a service time that does not vary.

/// The mean time that a call waits, in seconds. `None` at a utilization of 1 or more, where the queue only grows.
///
/// ```
/// // Twenty calls a second, of 40 ms each: a utilization of 0.8.
/// let wait = bench::queue::formula::mean_wait_seconds(20.0, 0.04).unwrap();
/// assert!((wait - 0.08).abs() < 1e-12);
/// ```
#[must_use]
pub fn mean_wait_seconds(per_second: f64, service_seconds: f64) -> Option<f64> {
    let utilization = per_second * service_seconds;
    (utilization < 1.0).then(|| utilization * service_seconds / (2.0 * (1.0 - utilization)))
}

/// The share of calls that do not wait at all, because a Poisson arrival sees the average state of the server.
#[must_use]
pub fn share_without_wait(per_second: f64, service_seconds: f64) -> Option<f64> {
    let utilization = per_second * service_seconds;
    (utilization < 1.0).then_some(1.0 - utilization)
}
