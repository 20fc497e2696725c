//! Asks the oracle: `oracle.py`, by numpy and scipy. Tests of other rooms may take this file in by
//! its path; it depends on nothing but where the workspace is.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// Names another interpreter than that of `scripts/install.sh`.
const PYTHON_VARIABLE: &str = "ACCLIMATE_PYTHON";

/// What is said wherever the oracle cannot be asked: a check that skips itself checks nothing.
const REMEDY: &str = "the statistics are checked by numpy and scipy: run `scripts/install.sh test`";

/// A question: an op of `oracle.py` and its arguments.
pub fn op(name: &str, args: Value) -> Value {
    json!({ "op": name, "args": args })
}

/// The oracle's answers, one for each question.
pub fn ask(ops: &[Value]) -> Vec<Value> {
    let python = interpreter();
    let mut oracle = Command::new(&python)
        .arg(workspace().join("crates/physiology/tests/oracle.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{}: {error}; {REMEDY}", python.display()));
    // It reads everything before it answers, so neither waits for the other. An oracle that ended
    // already has said why.
    let written = oracle
        .stdin
        .take()
        .unwrap()
        .write_all(json!({ "ops": ops }).to_string().as_bytes());
    let output = oracle.wait_with_output().unwrap();
    assert!(
        output.status.success() && written.is_ok(),
        "{} failed: {}\n{REMEDY}",
        python.display(),
        String::from_utf8_lossy(&output.stderr).trim_end()
    );
    let answers: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answers.len(), ops.len());
    answers
}

/// The interpreter: as named by the environment, else the one `scripts/install.sh test` made, else
/// the system's.
fn interpreter() -> PathBuf {
    let made = workspace().join("target/oracle/bin/python");
    match std::env::var_os(PYTHON_VARIABLE) {
        Some(named) => named.into(),
        None if made.exists() => made,
        None => "python3".into(),
    }
}

fn workspace() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// Asserts that an answer of ours is the oracle's: every number of `theirs` within `relative` of
/// ours (or of nothing, where both are next to it), everything else the same. Ours may hold more.
pub fn assert_same(what: &str, ours: &Value, theirs: &Value, relative: f64) {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => {
            assert!(!theirs.is_empty(), "{what}: the oracle said nothing");
            for (key, theirs) in theirs {
                let ours = ours.get(key).unwrap_or(&Value::Null);
                assert_same(&format!("{what}, {key}"), ours, theirs, relative);
            }
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            assert_eq!(ours.len(), theirs.len(), "{what}: of different lengths");
            for (index, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
                assert_same(&format!("{what}, {index}"), ours, theirs, relative);
            }
        }
        (Value::Number(_), Value::Number(_)) => {
            let (ours, theirs) = (ours.as_f64().unwrap(), theirs.as_f64().unwrap());
            let allowed = relative * ours.abs().max(theirs.abs()) + NOTHING;
            assert!(
                (ours - theirs).abs() <= allowed,
                "{what}: ours {ours}, the oracle's {theirs}"
            );
        }
        _ => assert_eq!(ours, theirs, "{what}"),
    }
}

/// What a sum that should be 0 may leave: the values are around 100, their rounding around 1e−14.
const NOTHING: f64 = 1e-12;
