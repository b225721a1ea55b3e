//! Ways around the gate and ordinary days on one small ledger: what `check` says of the change request, and `check` and `verify`
//! of the main branch that took it.

mod ordinary;
mod passes;
mod weaker;

use crate::history::{commit, git};
use crate::ledger::{Answer, Ledger, run_in};
use crate::proof::Signer;
use coalition::NAMESPACE;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// The day on which the gate is asked.
const TODAY: &str = "2026-06-15";
/// The day on which the ledger of before was committed, and that of the change.
const BEFORE: &str = "2026-06-01";
const CHANGED: &str = "2026-06-03";

const CHARTER: &str = "agreements/charter.toml";
const CEDAR: &str = "members/cedar.toml";
const MEMBERS: [&str; 3] = ["alder", "birch", "cedar"];
const REQUIRED: &str = "\n[policy]\nssh_signatures = \"required\"\n";

fn run_on(ledger: &Ledger, day: &str, arguments: &[&str]) -> Answer {
    run_in(ledger.path(), &[arguments, &["--today", day]].concat())
}

fn done(ledger: &Ledger, day: &str, arguments: &[&str]) -> String {
    let answer = run_on(ledger, day, arguments);
    assert_eq!(answer.status, 0, "{arguments:?}: {}{}", answer.stdout, answer.stderr);
    answer.stdout
}

fn text(ledger: &Ledger, path: &str) -> String {
    fs::read_to_string(ledger.path().join(path)).unwrap()
}

fn digest(ledger: &Ledger, agreement: &str) -> String {
    done(ledger, TODAY, &["terms", agreement, "--digest"]).trim().to_owned()
}

/// An entry as people type it, in the record of the agreement.
fn entry(member: &str, date: &str, more: &str, digest: &str) -> String {
    format!("\n[[signatures]]\nmember = \"{member}\"\nby = \"p-{member}\"\ndate = {date}\n{more}terms = \"{digest}\"\n")
}

/// Adds such an entry on the words of now.
fn sign(ledger: &Ledger, agreement: &str, member: &str, date: &str, more: &str) {
    let entry = entry(member, date, more, &digest(ledger, agreement));
    ledger.append(&format!("agreements/{agreement}.toml"), &entry);
}

/// Adds an entry with a proof by a key, whatever the program would say to it.
fn prove(ledger: &Ledger, agreement: &str, member: &str, date: &str, version: u32, key: &Signer) {
    let digest = digest(ledger, agreement);
    let statement = format!(
        "coalition-signature v1\nagreement: {agreement}\nversion: {version}\nterms: {digest}\nmember: {member}\nby: p-{member}\n\
         date: {date}\n"
    );
    let armor = key.sign(&statement, NAMESPACE);
    let more = format!("version = {version}\nsignature = \"\"\"\n{armor}\"\"\"\n");
    ledger.append(&format!("agreements/{agreement}.toml"), &entry(member, date, &more, &digest));
}

fn add_key(ledger: &Ledger, member: &str, key: &Signer, from: &str) {
    let keys = format!("\n[[keys]]\nkey = \"{}\"\nvalid_from = {from}\n", key.public);
    ledger.append(&format!("advocates/p-{member}.toml"), &keys);
}

/// Takes lines away that begin like this.
fn without(ledger: &Ledger, path: &str, starts: &[&str]) {
    let is_kept = |line: &&str| !starts.iter().any(|start| line.starts_with(start));
    let kept: String = text(ledger, path).lines().filter(is_kept).map(|line| format!("{line}\n")).collect();
    ledger.put(path, &kept);
}

/// Puts lines behind the one that begins like this.
fn after(ledger: &Ledger, path: &str, start: &str, lines: &str) {
    let with = |line: &str| if line.starts_with(start) { format!("{line}\n{lines}") } else { format!("{line}\n") };
    let changed: String = text(ledger, path).lines().map(with).collect();
    ledger.put(path, &changed);
}

/// Three members; a charter of all, which alder and birch have signed and cedar has not, though it is due; and a memorandum that is
/// signed. On a branch beside main.
fn begun() -> Ledger {
    let ledger = unsigned();
    sign(&ledger, "charter", "alder", "2025-01-20", "");
    sign(&ledger, "charter", "birch", "2025-01-22", "");
    sign(&ledger, "mou", "alder", "2025-01-20", "");
    sign(&ledger, "mou", "birch", "2025-01-22", "");
    start(&ledger, BEFORE);
    ledger
}

/// The same, with cedar's signature.
fn all_signed() -> Ledger {
    let ledger = begun();
    sign(&ledger, "charter", "cedar", "2025-01-25", "");
    land(&ledger, BEFORE);
    ledger
}

/// The same where proofs are required: alder and birch have signed with keys of long ago, cedar has a key.
fn proven() -> (Ledger, Signer) {
    let ledger = unsigned();
    ledger.append("coalition.toml", REQUIRED);
    let keys = MEMBERS.map(|member| (member, Signer::new(&["-t", "ed25519"])));
    for (member, key) in &keys {
        add_key(&ledger, member, key, "2025-01-01");
    }
    start(&ledger, "2025-01-02");
    for (member, key) in keys.iter().take(2) {
        prove(&ledger, "charter", member, "2025-01-20", 1, key);
        prove(&ledger, "mou", member, "2025-01-20", 1, key);
    }
    land(&ledger, "2025-01-20");
    let [.., (_, cedar)] = keys;
    (ledger, cedar)
}

fn all_proven() -> (Ledger, Signer) {
    let (ledger, cedar) = proven();
    prove(&ledger, "charter", "cedar", "2025-01-25", 1, &cedar);
    land(&ledger, "2025-01-25");
    (ledger, cedar)
}

fn unsigned() -> Ledger {
    let ledger = Ledger::empty();
    ledger.put("coalition.toml", "name = \"C\"\nfounded = 2025-01-15\n");
    for member in MEMBERS {
        let record = format!(
            "name = \"Member {member}\"\nclassification = \"nonprofit\"\nsector = \"education\"\njoined = 2025-01-15\n\
             representative = \"p-{member}\"\n"
        );
        ledger.put(&format!("members/{member}.toml"), &record);
        let person = format!("name = \"Person {member}\"\nmember = \"{member}\"\n");
        ledger.put(&format!("advocates/p-{member}.toml"), &person);
    }
    ledger.put(
        CHARTER,
        "name = \"Charter\"\nkind = \"charter\"\ntext = \"\"\"\nWe meet monthly and speak with one voice.\nNobody pays dues.\n\
         \"\"\"\neffective = 2025-02-01\nrights = [\"one vote each\"]\nresponsibilities = [\"come to the meetings\"]\n",
    );
    ledger.put(
        "agreements/mou.toml",
        "name = \"Mou\"\ntext = \"Rooms are free.\"\neffective = 2025-02-01\nrequired_of = [\"alder\", \"birch\"]\n\
         rights = [\"use the rooms\"]\nresponsibilities = [\"leave them clean\"]\n",
    );
    ledger
}

fn start(ledger: &Ledger, day: &str) {
    git(ledger.path(), day, &["init", "-q", "-b", "main"]);
    commit(ledger.path(), day);
    git(ledger.path(), day, &["switch", "-q", "-c", "change"]);
}

/// Brings what has changed to main as one step, and goes on beside it.
fn land(ledger: &Ledger, day: &str) {
    commit(ledger.path(), day);
    git(ledger.path(), day, &["switch", "-q", "main"]);
    git(ledger.path(), day, &["merge", "-q", "--no-ff", "-m", "x", "change"]);
    git(ledger.path(), day, &["switch", "-q", "-C", "change"]);
}

/// What the gate says of a change.
#[derive(Debug)]
struct Verdict {
    /// The exit status of `check --since main` in the request, and what it found.
    request: (i32, Vec<String>),
    /// That of `check` on the main branch afterwards.
    main: (i32, Vec<String>),
    /// That of `verify` there.
    verify: i32,
    /// The last line of `check` there.
    gate: String,
}

impl Verdict {
    /// The exit statuses, in this order.
    fn statuses(&self) -> (i32, i32, i32) {
        (self.request.0, self.main.0, self.verify)
    }

    /// Whether the request or main hears of something: a severity, a check and a part of the message.
    fn says(&self, severity: &str, check: &str, part: &str) -> bool {
        let start = format!("{severity} {check} ");
        let is_said = |one: &String| one.starts_with(&start) && one.contains(part);
        self.request.1.iter().chain(&self.main.1).any(is_said)
    }

    /// The findings on agreements.
    fn on_agreements(&self) -> Vec<&String> {
        let is_on = |one: &&String| {
            let check = one.split(' ').nth(1).and_then(coalition::internal::check::find);
            check.is_some_and(|check| check.group == coalition::internal::check::Group::Agreements)
        };
        self.request.1.iter().chain(&self.main.1).filter(is_on).collect()
    }
}

/// Findings as severity, check and message.
fn findings(answer: &Answer) -> Vec<String> {
    let json: Value = serde_json::from_str(&answer.stdout).unwrap_or_else(|_| panic!("{}", answer.stderr));
    let words = |found: &Value| ["severity", "check", "message"].map(|key| found[key].as_str().unwrap().to_owned());
    json["findings"].as_array().unwrap().iter().map(|found| words(found).join(" ")).collect()
}

/// Judges what was changed beside main, as a request and after it has landed.
fn judge(ledger: &Ledger) -> Verdict {
    judge_on(ledger, TODAY)
}

fn judge_on(ledger: &Ledger, today: &str) -> Verdict {
    commit(ledger.path(), CHANGED);
    let request = run_on(ledger, today, &["check", "--since", "main", "--format", "json"]);
    land(ledger, CHANGED);
    judge_main(ledger.path(), today, request)
}

fn judge_main(folder: &Path, today: &str, request: Answer) -> Verdict {
    let main = run_in(folder, &["check", "--format", "json", "--today", today]);
    let plain = run_in(folder, &["check", "--today", today]);
    assert_eq!(plain.status, main.status, "a format changes nothing");
    Verdict {
        request: (request.status, findings(&request)),
        main: (main.status, findings(&main)),
        verify: run_in(folder, &["verify", "--today", today]).status,
        gate: plain.stdout.lines().last().unwrap_or_default().to_owned(),
    }
}
