//! The earlier ledgers that a ledger is compared with: where a change request begins, or how the main branch stood a
//! month ago.

use super::invocation::{Invocation, read_ledger};
use crate::agreement::{reopen, vouched_by};
use crate::check::{Comparison, GoneLedger};
use crate::ledger::Ledger;
use crate::source::Deciding;
use crate::source::git::{LedgerStep, LedgerThen, Repository};
use anyhow::{Context as _, Result};
use chrono::Days;

/// The days of the main line whose changes are reported.
const DAYS_BACK: u64 = 30;

/// A ledger as it was, and the ledgers beside it that are gone since.
struct Before {
    ledger: Ledger,
    gone: Vec<GoneLedger>,
}

impl Invocation {
    /// What a change since a revision weakens, or without one, what the last weeks have weakened. What the commits say of keys that
    /// came with their signatures is taken back where the target of the change holds those keys by now.
    ///
    /// # Errors
    /// Why the revision cannot be compared with.
    pub(super) fn comparison(&self, ledger: &mut Ledger, since: Option<&str>) -> Result<Option<Comparison>> {
        match since {
            Some(name) if name.trim().is_empty() => {
                stop!(usage, "--since needs a branch, a tag or a commit, such as --since origin/main")
            }
            Some(name) => self.compare_with(ledger, name.trim()).map(Some),
            None => Ok(self.compare_with_past(ledger)),
        }
    }

    fn compare_with(&self, ledger: &mut Ledger, name: &str) -> Result<Comparison> {
        let Some(repository) = self.repository()? else {
            stop!(environment, "--since {name}: the ledger is not in a git repository");
        };
        let start = repository.request_start(name).with_context(|| format!("--since {name}"))?;
        // The target has gone on since.
        let target = start.target.map(|target| ledger_at(&repository, &target, ledger)).transpose()?.flatten();
        if let Some(target) = &target {
            let vouched = vouched_by(ledger, &target.ledger);
            ledger.evidence.self_added.retain(|id, _| !vouched.contains(id));
        }
        let mut found = None::<Comparison>;
        for base in &start.bases {
            let Some(before) = ledger_at(&repository, base, ledger)? else {
                stop!(data, "--since {name}: commit {} has no ledger to compare with", base.name);
            };
            let comparison = self.compare_request(before, ledger);
            found = Some(match found {
                Some(found) => found.or(comparison),
                None => comparison,
            });
        }
        let Some(found) = found else { stop!(data, "--since {name}: there is no commit to compare with") };
        Ok(match target {
            Some(target) => found.against(&self.compare_request(target, ledger)),
            None => found,
        })
    }

    /// What is weaker in a change request than in an earlier ledger.
    fn compare_request(&self, before: Before, ledger: &Ledger) -> Comparison {
        let Before { ledger: mut before, gone } = before;
        before.evidence = ledger.evidence.clone();
        reopen(&mut before, ledger, self.today);
        Comparison::of_request(&before, ledger, self.today).with_gone(&gone)
    }

    /// What the last weeks of the main line have weakened; `None` if there is nothing to compare.
    fn compare_with_past(&self, ledger: &Ledger) -> Option<Comparison> {
        let repository = self.repository().ok().flatten()?;
        let since = self.today.checked_sub_days(Days::new(DAYS_BACK))?;
        let tomorrow = self.today.checked_add_days(Days::new(1))?;
        // Seen from an earlier day, on which no one asked, the newest commits had not been made.
        if self.today_by.is_some() && repository.newest_day()? > tomorrow {
            return None;
        }
        let recent = repository.recent(since, tomorrow).ok().flatten()?;
        let Before { ledger: mut before, gone } = ledger_at(&repository, &recent.before, ledger).ok().flatten()?;
        reopen(&mut before, ledger, self.today);
        let mut step = |at: usize| {
            let step = recent.steps.get(at)?;
            Some((step.name.clone(), ledger_at(&repository, step, ledger).ok().flatten()?.ledger))
        };
        let taking: Vec<bool> = recent.steps.iter().map(|step| step.takes_away).collect();
        let comparison = Comparison::of_past(&before, ledger, self.today, &taking, &mut step);
        Some(comparison.with_gone(&gone))
    }
}

/// The ledger at a commit; where it may have lain in another folder then, the one that has most members of today's, and of those
/// the one with most files as they are today. Others are gone, unless they said the very same.
fn ledger_at(repository: &Repository, step: &LedgerStep, now: &Ledger) -> Result<Option<Before>> {
    let found = repository.ledgers_at(step)?;
    let ledgers = found.iter().map(|then| read_ledger(&Deciding(&then.revision))).collect::<Result<Vec<_>>>()?;
    let shared = |ledger: &Ledger| {
        let members = ledger.members.iter().filter(|member| now.members.find(&member.key.id).is_some()).count();
        let same = ledger.texts.iter().filter(|(path, text)| now.texts.get(*path) == Some(*text)).count();
        (members, same)
    };
    // Of several alike, the first.
    let mut ledgers: Vec<(LedgerThen, Ledger)> = found.into_iter().zip(ledgers).rev().collect();
    let likely = ledgers.iter().enumerate().max_by_key(|(_, (_, ledger))| shared(ledger));
    let Some((at, _)) = likely else { return Ok(None) };
    let (_, ledger) = ledgers.remove(at);
    let gone = ledgers.iter().filter(|(then, other)| then.is_gone && other.texts != ledger.texts);
    let gone = gone.map(|(then, other)| GoneLedger::of(&then.folder, other, now)).collect();
    Ok(Some(Before { ledger, gone }))
}
