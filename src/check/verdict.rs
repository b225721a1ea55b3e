//! Judges the findings: applies severities from `coalition.toml`, removes accepted findings, and puts the rest in a fixed order
//! with lines and columns.

use super::{
    Check, Context, Group, Run, acceptance, expired_allow, find, is_fixed, registry, self_added_key,
    unsigned_agreement, unused_allow,
};
use crate::finding::{CheckName, Finding, Level, Narrower, Severity, TextEdit};
use crate::kind::{Kind, RecordKey, is_deciding_folder};
use crate::ledger::Ledger;
use crate::record::policy::SshSignatures;
use crate::source::{LedgerPath, LineColumn, LineIndex, ROOT_FILE, Span};
use chrono::NaiveDate;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A finding as it is reported.
#[derive(Debug, Clone)]
pub struct Reported {
    /// The finding.
    pub finding: Finding,
    /// Its severity in this ledger.
    pub severity: Severity,
    /// Where it begins.
    pub start: LineColumn,
    /// Where it ends.
    pub end: LineColumn,
    /// Where each edit of its fix begins and ends.
    pub fix_places: Vec<(LineColumn, LineColumn)>,
    /// Whether its lines contain something private and must not be shown.
    pub withheld: bool,
    /// Whether comments in its lines must not be shown: one may say anything.
    pub hides_comments: bool,
}

impl Reported {
    /// The fix for programs: its title, whether it is certain, and each edit with its place; null if there is none.
    fn fix_data(&self) -> Value {
        let Some(fix) = &self.finding.fix else { return Value::Null };
        let edit = |(edit, (start, end)): (&TextEdit, &(LineColumn, LineColumn))| {
            json!({
                "file": edit.path.as_str(),
                "line": start.line,
                "column": start.column,
                "end_line": end.line,
                "end_column": end.column,
                "text": edit.text,
            })
        };
        let edits: Vec<Value> = fix.edits.iter().zip(&self.fix_places).map(edit).collect();
        json!({ "title": fix.title, "safe": fix.safe, "edits": edits })
    }

    /// For programs: keys that are part of the contract with scripts. Lines and columns count from 1, columns in
    /// characters.
    pub fn data(&self) -> Value {
        let finding = &self.finding;
        json!({
            "check": finding.check,
            "severity": self.severity,
            "file": finding.path.as_str(),
            "line": self.start.line,
            "column": self.start.column,
            "end_line": self.end.line,
            "end_column": self.end.column,
            "record": finding.record.as_ref().map(ToString::to_string),
            "message": finding.message,
            "help": finding.help,
            "fix": self.fix_data(),
        })
    }
}

/// Everything that `check` reports about a ledger.
#[derive(Debug, Clone, Default)]
pub struct Verdict {
    /// The findings by file, line, column and name.
    pub reported: Vec<Reported>,
    /// The findings that records accept.
    pub accepted: Vec<Accepted>,
}

/// A finding that a record accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Its check.
    pub check: CheckName,
    /// Whether it is only a warning: there is time left.
    pub softened: bool,
    /// The last day on which it is accepted, if it has one.
    pub until: Option<NaiveDate>,
    /// The record that it is in.
    pub record: Option<RecordKey>,
    /// The other records that it concerns.
    pub about: Vec<RecordKey>,
}

impl Verdict {
    /// How many findings have a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.reported.iter().filter(|reported| reported.severity == severity).count()
    }

    /// Removes findings that only repeat mistakes in the form of files, which are reported anyway and must be fixed, and wider
    /// findings that repeat narrower ones. Call it last, once it is settled what is reported.
    pub fn without_echoes(self) -> Verdict {
        self.without_repetition(|_| true).without_mistakes_of_form()
    }

    /// Removes findings that only repeat narrower ones that are reported and at least as bad. `may` selects the findings that
    /// may be removed.
    pub fn without_repetition(mut self, may: impl Fn(&Finding) -> bool) -> Verdict {
        // The worst severity at each place that is asked for, and in each file.
        let wanted = self.reported.iter().flat_map(|reported| &reported.finding.unless);
        let wanted: HashSet<(CheckName, &LedgerPath)> = wanted.map(|one| (one.check, &one.path)).collect();
        let mut worst_reported: HashMap<(CheckName, &LedgerPath, Option<Span>), Severity> = HashMap::new();
        for reported in &self.reported {
            let (check, path) = (reported.finding.check, &reported.finding.path);
            if wanted.contains(&(check, path)) {
                for span in [None, Some(reported.finding.span)] {
                    let worst = worst_reported.entry((check, path, span)).or_insert(reported.severity);
                    *worst = reported.severity.max(*worst);
                }
            }
        }
        let is_reported = |one: &Narrower, severity: Severity| {
            worst_reported.get(&(one.check, &one.path, one.span)).is_some_and(|worst| *worst >= severity)
        };
        let is_repeated = |reported: &Reported| {
            let narrower = &reported.finding.unless;
            !narrower.is_empty()
                && narrower.iter().all(|one| is_reported(one, reported.severity))
                && may(&reported.finding)
        };
        let mut repeated = self.reported.iter().map(is_repeated).collect::<Vec<_>>().into_iter();
        self.reported.retain(|_| !repeated.next().unwrap_or_default());
        self
    }

    fn without_mistakes_of_form(mut self) -> Verdict {
        let mistaken: HashSet<LedgerPath> = self
            .reported
            .iter()
            .filter(|reported| reported.severity == Severity::Error && is_mistake_of_form(&reported.finding))
            .map(|reported| reported.finding.path.clone())
            .collect();
        let mistaken_kinds: HashSet<Kind> = mistaken.iter().filter_map(|path| Kind::of_folder(path.top())).collect();
        self.reported.retain(|Reported { finding, .. }| {
            !finding.because_of.iter().any(|path| mistaken.contains(path))
                && !finding.because_of_kinds.iter().any(|kind| mistaken_kinds.contains(kind))
        });
        self
    }

    /// The errors that keep the gate shut: on agreements and signatures, in the form of the files that decide who has signed,
    /// and those that nothing lowers.
    pub fn gate_errors(&self) -> impl Iterator<Item = &Reported> {
        self.reported.iter().filter(|reported| {
            let check = find(reported.finding.check.as_str());
            let of_form = |check: &Check| check.group == Group::Structure && is_deciding_file(&reported.finding.path);
            let is_gate =
                |check: &&Check| check.group == Group::Agreements || is_fixed(check.name.as_str()) || of_form(check);
            let is_gate = check.as_ref().is_some_and(is_gate);
            reported.severity == Severity::Error && (is_gate || reported.finding.fixed)
        })
    }

    /// Whether some finding is at least this bad.
    pub fn reaches(&self, severity: Severity) -> bool {
        self.reported.iter().any(|reported| reported.severity >= severity)
    }
}

/// Whether a file decides who must sign an agreement, who may sign it and who has, or by which rules that is judged.
fn is_deciding_file(path: &LedgerPath) -> bool {
    path.as_str() == ROOT_FILE || is_deciding_folder(path.top())
}

/// Runs every check and judges what they and the reading found. `coalition check` shows it [`without_echoes`](Verdict::without_echoes).
pub fn judge(context: &Context<'_>) -> Verdict {
    let mut findings = context.ledger.findings.clone();
    // Checks know nothing of each other, so they run on all cores; what they find is put together in their order.
    let found = registry::ALL.par_iter().map(|check| {
        let mut found = Vec::new();
        if let Run::Ledger(run) = check.run {
            run(context, &mut found);
        }
        found
    });
    findings.extend(found.collect::<Vec<_>>().into_iter().flatten());
    let acceptances = acceptance::acceptances(context);
    let mut used = vec![false; acceptances.iter().len()];
    let mut accepted = Vec::new();
    findings.retain(|finding| {
        let mut until = None;
        for (at, acceptance) in acceptances.matching(finding).filter(|_| !finding.fixed) {
            used[at] = true;
            if acceptance.is_valid() {
                // What has no end comes last.
                let end = acceptance.until.unwrap_or(NaiveDate::MAX);
                until = until.max(Some(end));
            }
        }
        accepted.extend(until.map(|until| Accepted {
            check: finding.check,
            softened: finding.softened,
            until: Some(until).filter(|until| *until < NaiveDate::MAX),
            record: finding.record.clone(),
            about: finding.about.clone(),
        }));
        until.is_none()
    });
    for (acceptance, used) in acceptances.iter().zip(used) {
        if acceptance.check == acceptance::WEAKENED {
            // A reason for a change stays with the record when the change, and its time, are past.
            continue;
        }
        // Who was given time to sign, and has signed, does not fail the gate on the day on which that time ends.
        let is_done = !used && acceptance.check == unsigned_agreement::CHECK.name.as_str();
        if !acceptance.is_valid() && !is_done {
            findings.push(expired_allow::finding(acceptance));
        } else if !used && find(acceptance.check).is_some() {
            findings.push(unused_allow::finding(acceptance));
        }
    }
    let reported = findings
        .into_iter()
        .filter_map(|finding| {
            let severity = severity(context.ledger, &finding)?;
            Some((finding, severity))
        })
        .collect();
    Verdict { reported: locate(context.ledger, reported), accepted }
}

/// Whether a finding is a mistake in how a file is written, of which others can be a consequence.
fn is_mistake_of_form(finding: &Finding) -> bool {
    let of_form = |check: &Check| check.group == Group::Structure && !matches!(check.run, Run::WhileJudging);
    finding.because_of.is_empty()
        && finding.because_of_kinds.is_empty()
        && find(finding.check.as_str()).is_some_and(of_form)
}

/// The severity of a finding in this ledger; none if its check is turned off.
fn severity(ledger: &Ledger, finding: &Finding) -> Option<Severity> {
    if finding.fixed {
        return Some(Severity::Error);
    }
    let Some(check) = find(finding.check.as_str()) else { return Some(Severity::Error) };
    let full = level_of(ledger, check).severity()?;
    Some(if finding.softened { full.min(Severity::Warning) } else { full })
}

/// The level of a check in this ledger: what `[checks]` says, otherwise its default. Some cannot be changed.
pub(crate) fn level_of(ledger: &Ledger, check: &Check) -> Level {
    if is_fixed(check.name.as_str()) {
        return check.severity.into();
    }
    let settings = ledger.root.checks.as_ref().map(|settings| settings.0.as_slice()).unwrap_or_default();
    let setting = settings.iter().rfind(|(name, _)| name.value == check.name.as_str());
    let default = if is_required_by_policy(ledger, check) { Severity::Error } else { check.severity };
    setting.map_or(default.into(), |(_, level)| level.value)
}

/// Whether the policy asks for what this check looks for, so that it is an error here.
fn is_required_by_policy(ledger: &Ledger, check: &Check) -> bool {
    check.name == self_added_key::CHECK.name && ledger.policy().ssh_signatures() == SshSignatures::Required
}

/// Findings with their positions, in order.
fn locate(ledger: &Ledger, findings: Vec<(Finding, Severity)>) -> Vec<Reported> {
    let mut indexes: BTreeMap<&str, LineIndex<'_>> = BTreeMap::new();
    for (finding, _) in &findings {
        let edited = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| &edit.path);
        for path in edited.chain([&finding.path]) {
            if let Some((path, text)) = ledger.texts.get_key_value(path) {
                indexes.entry(path.as_str()).or_insert_with(|| LineIndex::new(text));
            }
        }
    }
    let places = |path: &LedgerPath, span: Span| {
        let first = LineColumn { line: 1, column: 1 };
        let index = indexes.get(path.as_str());
        index.map_or((first, first), |index| {
            let range = span.range();
            (index.position(range.start), index.position(range.end.max(range.start)))
        })
    };
    let mut reported: Vec<Reported> = findings
        .into_iter()
        .map(|(finding, severity)| {
            let (start, end) = places(&finding.path, finding.span);
            let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
            let fix_places = edits.map(|edit| places(&edit.path, edit.span)).collect();
            Reported { finding, severity, start, end, fix_places, withheld: false, hides_comments: false }
        })
        .collect();
    reported.sort_by(|a, b| {
        let order = |r: &Reported| (r.start, r.finding.check);
        (&a.finding.path, order(a), &a.finding.message).cmp(&(&b.finding.path, order(b), &b.finding.message))
    });
    reported
}
