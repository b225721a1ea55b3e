//! The call sheet knows the time only on the day of the clock.

use crate::ledger::{repository, run_in};
use serde_json::Value;

fn now(arguments: &[&str]) -> Value {
    let call = [&["report", "emergency", "--format", "json"], arguments].concat();
    let answer = run_in(&repository("examples/riverton"), &call);
    let mut data: Value = serde_json::from_str(&answer.stdout).unwrap();
    data["now"].take()
}

#[test]
fn a_day_that_somebody_names_has_no_time() {
    assert_eq!(now(&[]), Value::Null, "the variable names the day");
    assert_eq!(now(&["--today", "2026-11-23"]), Value::Null);
    let clock = now(&["--today", ""]);
    assert_eq!(clock.as_str().map(str::len), Some("12:00".len()), "{clock}");
}
