//! `coalition check`: reports all problems in one run.

use super::answer::{CommandOutput, Format, data};
use super::explain::known_check;
use super::invocation::{Invocation, read_ledger};
use super::prompt::confirm;
use super::transaction::Transaction;
use crate::check::{Context, Gate, Reported, Verdict, discreet, judge};
use crate::difference::new_findings;
use crate::document::words::count_of;
use crate::edit::{PlannedFixes, plan_fixes};
use crate::error::Error;
use crate::finding::{CheckName, Finding, Severity};
use crate::ledger::Ledger;
use crate::lookup::find_record;
use crate::output::findings_text::Extent;
use crate::output::{findings_github, findings_gitlab, findings_json, findings_junit, findings_sarif, findings_text};
use crate::output::{visible, visible_text};
use crate::source::Source;
use anyhow::{Context as _, Result};
use chrono::NaiveDate;
use clap::Args;
use std::path::{Component, Path, PathBuf};
use std::str::FromStr as _;

/// The gate, which no option leaves out.
const UNSIGNED: CheckName = CheckName::new("unsigned-agreement");

/// What shows whether the gate judged anyone, and by which rules. A comparison with an earlier ledger leaves none of it out.
const OF_GATE: [&str; 3] = [UNSIGNED.as_str(), "weakened-gate", "empty-ledger"];

/// How the findings can be written.
const FORMATS: [Format; 6] = [Format::Text, Format::Json, Format::Github, Format::Gitlab, Format::Sarif, Format::Junit];

/// The checks that ask the commits and nothing else.
const HISTORY: [&str; 2] = ["self-added-key", "rolled-back-terms"];

/// Report every problem, with file, line and a suggested fix
///
/// Exits with 1 when something needs fixing.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Show only findings in these files or folders; the whole ledger is read anyway
    paths: Vec<PathBuf>,
    /// Show only findings of these checks
    #[arg(long, value_name = "CHECK", value_delimiter = ',')]
    only: Vec<String>,
    /// Leave out findings of these checks
    #[arg(long, value_name = "CHECK", value_delimiter = ',')]
    skip: Vec<String>,
    /// Show only findings that this revision did not have, and apply its rules to the changes made since. Starts at the last
    /// commit that both branches share, as with `--since origin/main` in a change request
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// Show every finding; without it, many findings from one check are combined
    #[arg(long, conflicts_with = "summary")]
    all: bool,
    /// Show one line for each check
    #[arg(long)]
    summary: bool,
    /// Fix what is certain: missing quotes, dates in quotes, misspelled fields and ids. Shows the change and asks first
    #[arg(long, conflicts_with = "since")]
    fix: bool,
    /// With --fix: show what would be fixed, and write nothing
    #[arg(long, requires = "fix")]
    dry_run: bool,
    /// With --fix: do not ask before writing
    #[arg(long, requires = "fix")]
    yes: bool,
    /// Fail on findings of this severity or worse: error, warning or note
    #[arg(long, value_name = "SEVERITY", default_value = "error", value_parser = Severity::from_str)]
    deny: Severity,
}

impl Check {
    /// Checks the ledger.
    pub(super) fn run(mut self, invocation: &Invocation) -> Result<CommandOutput> {
        let format = Format::among(invocation.format, &FORMATS)?;
        for name in self.only.iter_mut().chain(&mut self.skip) {
            *name = known_check(name)?.name.to_string();
        }
        if self.fix {
            return self.fix(invocation);
        }
        let (source, root) = invocation.source()?;
        let within = self.paths.iter().map(|path| path_in_ledger(&*source, &root, path)).collect::<Result<Vec<_>>>()?;
        let mut ledger = invocation.load()?;
        let asked_for = self.only.iter().any(|name| HISTORY.contains(&name.as_str()));
        let history = invocation.add_evidence(&mut ledger, asked_for, self.since.as_deref());
        invocation.say_without_commits(&ledger);
        let compared = invocation.comparison(&mut ledger, self.since.as_deref())?;
        let (comparison, earlier) = compared.map(|since| (since.comparison, since.ledgers)).unzip();
        let context = Context::new(&ledger, invocation.today).with_history(history.as_ref());
        let context = context.with_comparison(comparison);
        let mut verdict = judge(&context);
        let setting = invocation.setting(&ledger, self.since.as_deref(), self.is_narrow());
        let mut gate = Gate::of(&context, &verdict, setting);
        self.narrow(&mut verdict, &within);
        let earlier = earlier.unwrap_or_default();
        let all = if earlier.is_empty() { 0 } else { verdict.clone().without_echoes().reported.len() };
        leave_out_known(&mut verdict, &ledger, &earlier, invocation.today);
        // A wider finding stays where the narrower one that it repeats is known.
        let verdict = verdict.without_echoes();
        gate.setting.known = all.saturating_sub(verdict.reported.len());
        let good = !verdict.reaches(self.deny);
        let is_certain = |reported: &Reported| reported.finding.fix.as_ref().is_some_and(|fix| fix.safe);
        // What `--fix` would do is counted by doing it: a fix may bring up another, or be left to a person.
        let counts_fixes = !invocation.quiet && format == Format::Text;
        let fixable = if counts_fixes && verdict.reported.iter().any(is_certain) {
            plan_fixes(&*source, &ledger, invocation.today, |reported| self.wants(&reported.finding, &within))?.fixed
        } else {
            0
        };
        let verdict =
            if is_seen_by_others(format, invocation) { discreet(&ledger, invocation.today, verdict) } else { verdict };
        let prefix = || prefix_in_repository(&root);
        let text = match format {
            Format::Json => data(&findings_json::json(&ledger, invocation.today, &verdict, &gate), format)?,
            Format::Github => findings_github::annotations(&verdict, &prefix(), &gate),
            Format::Gitlab => {
                // The report is a list of findings alone, so the log of the job says it.
                super::aside::print(&(visible(&gate.sentence()) + "\n"));
                data(&findings_gitlab::report(&ledger, &verdict, &prefix()), Format::Json)?
            }
            Format::Sarif => data(&findings_sarif::log(&ledger, &verdict, &prefix(), &gate), Format::Json)?,
            Format::Junit => findings_junit::report(&verdict, self.deny, &gate).context("cannot write the report")?,
            _ => {
                let closing = if invocation.quiet {
                    String::new()
                } else {
                    let summary = findings_text::summary(&ledger, &verdict, self.is_narrow() || gate.setting.known > 0);
                    let next_step = findings_text::next_step(&verdict, fixable, self.extent());
                    format!("{summary}{next_step}{}\n", visible(&gate.sentence()))
                };
                findings_text::text(&ledger, &verdict, invocation.paper(), self.extent()) + &closing
            }
        };
        Ok(CommandOutput::given(good, text).long())
    }

    /// Carries out the certain fixes, once the person at the terminal has seen them.
    fn fix(&self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format, &[Format::Text])?;
        let (_, fixes) = self.plan_fixes(invocation, true)?;
        let is_good = |verdict: &Verdict| {
            let mut verdict = verdict.clone();
            self.narrow(&mut verdict, &self.places(invocation)?);
            anyhow::Ok(!verdict.reaches(self.deny))
        };
        let Some(planned) = &fixes.planned else {
            let text = format!("Nothing can be fixed with certainty; {}.\n", describe_left(&fixes));
            return Ok(CommandOutput::given(is_good(&fixes.before)?, text));
        };
        let closing = closing_of_fixes(&fixes, if self.dry_run { "would be fixed" } else { "fixed" });
        let shown = format!("{}\n", visible_text(&planned.changes.describe()));
        if self.dry_run {
            let text = format!("Nothing was written. The fixes would be:\n\n{shown}{closing}");
            return Ok(CommandOutput::given(is_good(&fixes.before)?, text));
        }
        let question = format!("Write {}?", count_of(fixes.fixed, "fix", "fixes"));
        confirm(invocation, self.yes, &shown, &question, "check --fix")?;
        let (transaction, again) = self.plan_fixes(invocation, false)?;
        let Some(again) = again.planned.filter(|again| again.changes == planned.changes) else {
            return Err(
                Error::refused("The files changed in the meantime, so nothing was written; run it again.").into()
            );
        };
        let description = transaction.write(&again)?;
        Ok(CommandOutput::given(is_good(&fixes.after)?, format!("{description}\n{closing}")))
    }

    /// The files and folders that were asked for, as paths inside the ledger.
    fn places(&self, invocation: &Invocation) -> Result<Vec<String>> {
        let (source, root) = invocation.source()?;
        self.paths.iter().map(|path| path_in_ledger(&*source, &root, path)).collect()
    }

    /// The certain fixes of the findings that were asked for, on a ledger that is about to be changed unless `dry_run`.
    fn plan_fixes(&self, invocation: &Invocation, dry_run: bool) -> Result<(Transaction, PlannedFixes)> {
        let transaction = Transaction::begin(invocation, "check --fix", dry_run)?.with_history(invocation);
        let root = transaction.disk.root();
        let within =
            self.paths.iter().map(|path| path_in_ledger(&transaction.disk, root, path)).collect::<Result<Vec<_>>>()?;
        let wanted = |reported: &Reported| self.wants(&reported.finding, &within);
        let fixes = plan_fixes(&transaction.disk, &transaction.ledger, invocation.today, wanted)?;
        Ok((transaction, fixes))
    }

    /// How much of the findings is printed: a part that was asked for is shown whole.
    fn extent(&self) -> Extent {
        match (self.summary, self.all || self.is_narrow()) {
            (true, _) => Extent::Summary,
            (false, true) => Extent::All,
            (false, false) => Extent::Folded,
        }
    }

    /// Whether a finding is one of those that were asked for.
    fn wants(&self, finding: &Finding, within: &[String]) -> bool {
        let name = finding.check.as_str();
        (self.only.is_empty() || self.only.iter().any(|only| only == name))
            && !self.skip.iter().any(|skip| skip == name)
            && (within.is_empty() || within.iter().any(|path| finding.path.is_within(path)))
    }

    /// Whether only a part of what could be said was asked for.
    fn is_narrow(&self) -> bool {
        !(self.paths.is_empty() && self.only.is_empty() && self.skip.is_empty())
    }

    /// Keeps the findings that were asked for. What shows that the gate judged no one is always kept.
    fn narrow(&self, verdict: &mut Verdict, within: &[String]) {
        verdict.reported.retain(|reported| {
            let finding = &reported.finding;
            let name = finding.check.as_str();
            let asked = self.wants(finding, within);
            // What shows that the gate judged no one, or cannot be sure, is never left out.
            let is_gate = finding.check == UNSIGNED && (self.only.is_empty() && within.is_empty());
            asked || finding.fixed || name == "empty-ledger" || is_gate
        });
    }
}

/// Removes the findings that a ledger had before a change. What shows whether the gate can be trusted stays: who has not signed,
/// what the change weakens, what the commits say, and what leaves it open.
fn leave_out_known(verdict: &mut Verdict, ledger: &Ledger, earlier: &[Ledger], today: NaiveDate) {
    let is_of_gate = |reported: &Reported| {
        let name = reported.finding.check.as_str();
        reported.finding.fixed || OF_GATE.contains(&name) || HISTORY.contains(&name)
    };
    let (mut kept, mut rest): (Vec<_>, Vec<_>) =
        std::mem::take(&mut verdict.reported).into_iter().partition(is_of_gate);
    for earlier in earlier {
        let known = judge(&Context::new(earlier, today));
        rest = new_findings((ledger, rest), (earlier, &known.reported));
    }
    kept.extend(rest);
    kept.sort_by_key(|reported| {
        let finding = &reported.finding;
        (finding.path.clone(), reported.start.line, reported.start.column, finding.check)
    });
    verdict.reported = kept;
}

/// What was fixed, and what is left.
fn closing_of_fixes(fixes: &PlannedFixes, verb: &str) -> String {
    let fixed = count_of(fixes.fixed, "mistake", "mistakes");
    let left = describe_left(fixes);
    let refused = match fixes.refused {
        0 => String::new(),
        refused => format!(" {} would add an error and was left out.", count_of(refused, "fix", "fixes")),
    };
    format!("{fixed} {verb}; {left}.{refused}\n")
}

/// The errors that are left for a person.
fn describe_left(fixes: &PlannedFixes) -> String {
    match fixes.after.count(Severity::Error) {
        0 => "no errors are left".to_owned(),
        left => format!("{} left, which `coalition check` explains", count_of(left, "error is", "errors are")),
    }
}

/// Whether someone else than the person at the terminal may read the answer: it goes to a program, a file or a log.
fn is_seen_by_others(format: Format, invocation: &Invocation) -> bool {
    format != Format::Text || !invocation.answers_a_terminal()
}

/// How the ledger's root is reached from the root of its repository, which hosts show findings in: empty, or with a
/// slash at its end. It is the folder that the host names, otherwise the one where git keeps the repository, otherwise
/// the current one.
fn prefix_in_repository(root: &Path) -> String {
    let real = |folder: PathBuf| folder.canonicalize().ok();
    let ledger_root = real(root.to_path_buf()).unwrap_or_else(|| root.to_path_buf());
    let of_host = ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"].into_iter();
    let of_host = of_host.filter_map(|name| real(std::env::var_os(name)?.into()));
    let of_git =
        ledger_root.ancestors().filter(|folder| folder.join(".git").symlink_metadata().is_ok()).map(Path::to_path_buf);
    let current = std::env::current_dir().ok().and_then(real);
    let mut places = of_host.chain(of_git.take(1)).chain(current);
    let inside = places.find_map(|place| ledger_root.strip_prefix(place).ok().map(Path::to_path_buf));
    let parts: Vec<_> = inside.iter().flat_map(|path| path.iter()).map(|part| part.to_string_lossy()).collect();
    if parts.is_empty() { String::new() } else { parts.join("/") + "/" }
}

/// A path given on the command line as a path inside the ledger: seen from the current folder, otherwise from the
/// ledger's root.
pub(super) fn path_in_ledger(source: &dyn Source, root: &Path, path: &Path) -> Result<String> {
    let candidates = [path.canonicalize().ok(), root.join(path).canonicalize().ok()];
    for place in candidates.into_iter().flatten() {
        if let Ok(inside) = place.strip_prefix(root) {
            let parts: Vec<_> = inside
                .components()
                .filter(|part| matches!(part, Component::Normal(_)))
                .map(|part| part.as_os_str().to_string_lossy())
                .collect();
            return Ok(parts.join("/"));
        }
    }
    // What an earlier revision holds need not be on disk anymore.
    let words: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    let words = words.join("/");
    if source.list()?.records.iter().any(|listed| listed.path.is_within(&words)) {
        return Ok(words);
    }
    // A record may be named as everywhere else.
    if let Ok(ledger) = read_ledger(source)
        && let Ok(record) = find_record(&ledger, &words)
    {
        return Ok(record.path().to_string());
    }
    stop!(usage, "there is no file or folder {} in the ledger {}", path.display(), root.display())
}
