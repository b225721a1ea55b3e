//! What others read, held against the schemas that its readers publish (`tests/published/`): reports for CI services, the
//! files of `init`, the action and the hook. Each schema is shown a broken document too, which it has to reject.

use crate::ledger::{Ledger, repository, run_in};
use serde_json::{Value, json};
use std::fs;

/// A published schema, with those that it refers to.
fn schema(name: &str) -> Value {
    let path = repository("tests/published").join(name);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Where a schema refers to another one: to the copy beside it, never to the network.
struct Copies;

impl jsonschema::Retrieve for Copies {
    fn retrieve(&self, uri: &jsonschema::Uri<String>) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let name = uri.path().as_str().rsplit('/').next().unwrap_or_default().to_owned();
        Ok(schema(&name))
    }
}

/// A schema as a judge of documents.
struct Judge(jsonschema::Validator);

impl Judge {
    fn new(schema: &Value) -> Judge {
        Judge(jsonschema::options().with_retriever(Copies).should_validate_formats(true).build(schema).unwrap())
    }

    fn of(name: &str) -> Judge {
        Judge::new(&schema(name))
    }

    fn accepts(&self, document: &Value) {
        let faults: Vec<String> =
            self.0.iter_errors(document).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "{faults:#?}\n{document:#}");
    }

    /// Rejects the document once the value at a pointer is another one, or gone.
    fn rejects(&self, document: &Value, pointer: &str, value: Option<Value>) {
        let mut broken = document.clone();
        match value {
            Some(value) => *broken.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")) = value,
            None => {
                let (parent, key) = pointer.rsplit_once('/').unwrap();
                let parent = broken.pointer_mut(parent).and_then(Value::as_object_mut).unwrap();
                assert!(parent.remove(key).is_some(), "no {pointer}");
            }
        }
        assert!(!self.0.is_valid(&broken), "accepted with another {pointer}");
    }
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

fn read(path: &str) -> String {
    fs::read_to_string(repository(path)).unwrap()
}

/// A file of a new ledger, as `init` writes it.
fn of_new_ledger(ci: &str, path: &str) -> Value {
    let ledger = Ledger::empty();
    assert_eq!(ledger.run(&["init", "--name", "Neue: \"Koalition\" # {{ x }}", "--ci", ci]).status, 0);
    yaml(&fs::read_to_string(ledger.path().join(path)).unwrap())
}

/// Reports of a ledger with all sorts of findings, of one with names that no format is fond of, and of one that is well.
fn reports(format: &str) -> Vec<String> {
    let odd = Ledger::of_three();
    odd.put("goals/odd näme]]>.toml", "name = \"]]></x><y a='&\\\"\"\nadopted = 2026-13-01\nunknown\u{1b} = 1\n");
    odd.put("goals/empty.toml", "");
    odd.put("goals/broken.toml", "name \"\u{feff}\n\n[[");
    let well = Ledger::of_three();
    for (member, advocate) in [("alder-friends", "ana"), ("birch-library", "ben"), ("cedar-school", "cam")] {
        well.sign(member, advocate);
    }
    let check = ["check", "--format", format];
    let of_well = well.run(&check);
    assert_eq!(of_well.status, 0, "{}", of_well.stdout);
    let message = run_in(&repository("examples/riverton"), &[&check[..], &["--deny", "note"]].concat());
    vec![message.stdout, odd.run(&check).stdout, of_well.stdout]
}

#[test]
fn sarif() {
    let mut schema = schema("sarif-2.1.0.json");
    for tool in ["run", "toolComponent"] {
        // As published, the pattern for languages has a bracket too many, which only some readers of patterns forgive.
        let language = schema.pointer_mut(&format!("/definitions/{tool}/properties/language/pattern")).unwrap();
        *language = json!(language.as_str().unwrap().replace("{2}]?$", "{2}$"));
    }
    let judge = Judge::new(&schema);
    let logs: Vec<Value> = reports("sarif").iter().map(|log| serde_json::from_str(log).unwrap()).collect();
    logs.iter().for_each(|log| judge.accepts(log));
    let log = &logs[0];
    judge.rejects(log, "/version", Some(json!("2.0.0")));
    judge.rejects(log, "/runs/0/tool/driver/name", None);
    judge.rejects(log, "/runs/0/results/0/message", None);
    judge.rejects(log, "/runs/0/results/0/level", Some(json!("fatal")));
    let region = "/runs/0/results/0/locations/0/physicalLocation/region";
    judge.rejects(log, &format!("{region}/startLine"), Some(json!(0)));
    judge.rejects(log, region, Some(json!({ "line": 3 })));
    judge.rejects(log, "/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri", Some(json!("a b")));
}

#[test]
fn gitlab_code_quality() {
    // What docs.gitlab.com says of its "Code Quality report format".
    let judge = Judge::new(&json!({
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "location", "severity"],
            "properties": {
                "description": { "type": "string", "minLength": 1 },
                "check_name": { "type": "string", "minLength": 1 },
                "fingerprint": { "type": "string", "minLength": 1 },
                "severity": { "enum": ["info", "minor", "major", "critical", "blocker"] },
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": { "type": "string", "pattern": "^[^./]" },
                        "lines": {
                            "type": "object",
                            "required": ["begin"],
                            "properties": {
                                "begin": { "type": "integer", "minimum": 1 },
                                "end": { "type": "integer", "minimum": 1 },
                            },
                        },
                    },
                },
            },
        },
    }));
    let reports: Vec<Value> = reports("gitlab").iter().map(|report| serde_json::from_str(report).unwrap()).collect();
    reports.iter().for_each(|report| judge.accepts(report));
    assert!(reports[0].as_array().unwrap().len() > 10 && reports[2] == json!([]));
    judge.rejects(&reports[0], "/0/fingerprint", None);
    judge.rejects(&reports[0], "/0/severity", Some(json!("error")));
    judge.rejects(&reports[0], "/0/location/path", Some(json!("./members/a.toml")));
    judge.rejects(&reports[0], "/0/location/lines/begin", Some(json!("3")));
}

#[test]
fn github_workflow() {
    let judge = Judge::of("github-workflow.json");
    let workflow = of_new_ledger("github", ".github/workflows/coalition.yml");
    judge.accepts(&workflow);
    assert!(workflow["on"].get("pull_request").is_some() && workflow["on"].get("schedule").is_some());
    judge.rejects(&workflow, "/on", None);
    judge.rejects(&workflow, "/jobs/check/runs-on", None);
    judge.rejects(&workflow, "/jobs/check/steps/0", Some(json!({ "name": "nothing to do" })));
    judge.rejects(&workflow, "/on/schedule/0/cron", Some(json!(17)));
    judge.rejects(&workflow, "/permissions/contents", Some(json!("all")));
}

#[test]
fn github_action() {
    let judge = Judge::of("github-action.json");
    let action = yaml(&read("action.yml"));
    judge.accepts(&action);
    judge.rejects(&action, "/runs/using", Some(json!("compost")));
    judge.rejects(&action, "/runs/steps/0/shell", None);
    judge.rejects(&action, "/description", None);
    judge.rejects(&action, "/branding/color", Some(json!("mauve")));
    judge.rejects(&action, "/inputs/deny/default", Some(json!(7)));
}

#[test]
fn gitlab_ci() {
    let judge = Judge::of("gitlab-ci.json");
    let pipeline = of_new_ledger("gitlab", ".gitlab-ci.yml");
    judge.accepts(&pipeline);
    assert_eq!(pipeline["coalition"]["artifacts"]["reports"]["codequality"], "gl-code-quality-report.json");
    judge.rejects(&pipeline, "/coalition/script", Some(json!({ "run": "coalition check" })));
    judge.rejects(&pipeline, "/coalition/artifacts/when", Some(json!("ever")));
    judge.rejects(&pipeline, "/coalition/rules", Some(json!("always")));
    judge.rejects(&pipeline, "/coalition/artifacts/reports/codequality", Some(json!(1)));
}

#[test]
fn pre_commit() {
    let judge = Judge::of("pre-commit-hooks.json");
    let hooks = yaml(&read(".pre-commit-hooks.yaml"));
    judge.accepts(&hooks);
    judge.rejects(&hooks, "/0/entry", None);
    judge.rejects(&hooks, "/0/language", Some(json!("rusty")));
    let judge = Judge::of("pre-commit-config.json");
    let config = of_new_ledger("none", ".pre-commit-config.yaml");
    judge.accepts(&config);
    judge.rejects(&config, "/repos", None);
    judge.rejects(&config, "/repos/0/hooks/0/language", Some(json!("rusty")));
    judge.rejects(&config, "/repos/0/hooks/0/pass_filenames", Some(json!("no")));
}

/// What is wrong with a report by the schema of Jenkins.
fn faults_of_junit(report: &str) -> Vec<String> {
    let schema = read("tests/published/junit-10.xsd");
    let schema = uppsala::parse(&schema).unwrap();
    let document = uppsala::parse(report).unwrap();
    let judge = uppsala::XsdValidator::from_schema(&schema).unwrap();
    judge.validate(&document).iter().map(ToString::to_string).collect()
}

#[test]
fn junit() {
    let reports = reports("junit");
    for report in &reports {
        assert_eq!(faults_of_junit(report), Vec::<String>::new(), "{report}");
    }
    let count = |element: &str| reports[0].matches(&format!("<{element} ")).count();
    let message = format!("tests=\"{}\" failures=\"{}\"", count("testcase"), count("failure"));
    assert!(count("failure") > 10 && reports[0].lines().nth(1).unwrap().contains(&message), "{message}");
    for (old, new) in [
        ("<testsuite name", "<testsuite title"),
        (" failures=", " failed="),
        ("<testcase name=\"invalid-toml\"", "<testcase"),
        ("</testsuite>", "<remark/></testsuite>"),
        ("<testcase ", "<case/><testcase "),
        ("<failure ", "<failure line=\"3\" "),
    ] {
        let broken = reports[0].replacen(old, new, 1);
        assert_ne!(broken, reports[0], "{old}");
        assert_ne!(faults_of_junit(&broken), Vec::<String>::new(), "accepted with {new}");
    }
}
