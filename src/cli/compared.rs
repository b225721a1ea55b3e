//! The earlier ledgers that a ledger is compared with: where a change request begins, or how the main branch stood a
//! month ago.

use super::invocation::{Invocation, read_ledger};
use crate::agreement::{reopen, vouched_by};
use crate::check::{Comparison, GoneLedger};
use crate::error::Error;
use crate::ledger::Ledger;
use crate::report::quarter::Quarter;
use crate::source::Deciding;
use crate::source::git::{LedgerStep, LedgerThen, Repository, Revision};
use anyhow::{Context as _, Result};
use chrono::{Days, NaiveDate};

/// The days of the main line whose changes are reported.
const DAYS_BACK: u64 = 30;

/// A ledger as it was, as far as it decides who must sign, and the ledgers beside it that are gone since.
struct Before {
    ledger: Ledger,
    gone: Vec<GoneLedger>,
    revision: Revision,
}

/// What a change weakens, and the whole ledgers from before it.
pub(super) struct Since {
    /// What is weaker.
    pub comparison: Comparison,
    /// The ledgers that the change is compared with: where it begins, and its target as it is now.
    pub ledgers: Vec<Ledger>,
}

impl Invocation {
    /// What a change since a revision weakens, and the ledgers before it; without a revision, what the last weeks have weakened.
    /// What the commits say of keys that came with their signatures is taken back where the target of the change holds those keys
    /// by now.
    ///
    /// # Errors
    /// Why the revision cannot be compared with.
    pub(super) fn comparison(&self, ledger: &mut Ledger, since: Option<&str>) -> Result<Option<Since>> {
        match since {
            Some(name) if name.trim().is_empty() => {
                stop!(usage, "--since needs a branch, a tag or a commit, such as --since origin/main")
            }
            Some(name) => self.compare_with(ledger, name.trim()).map(Some),
            None => Ok(self.compare_with_past(ledger).map(|comparison| Since { comparison, ledgers: Vec::new() })),
        }
    }

    fn compare_with(&self, ledger: &mut Ledger, name: &str) -> Result<Since> {
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
        let mut ledgers = Vec::new();
        let mut whole = |before: &Before| -> Result<()> {
            let mut before = read_ledger(&before.revision)?;
            before.evidence = ledger.evidence.clone();
            ledgers.push(before);
            Ok(())
        };
        for base in &start.bases {
            let Some(before) = ledger_at(&repository, base, ledger)? else {
                stop!(data, "--since {name}: commit {} has no ledger to compare with", base.name);
            };
            whole(&before)?;
            let comparison = self.compare_request(before, ledger);
            found = Some(match found {
                Some(found) => found.or(comparison),
                None => comparison,
            });
        }
        let Some(found) = found else { stop!(data, "--since {name}: there is no commit to compare with") };
        let comparison = match target {
            Some(target) => {
                whole(&target)?;
                found.against(&self.compare_request(target, ledger))
            }
            None => found,
        };
        Ok(Since { comparison, ledgers })
    }

    /// What is weaker in a change request than in an earlier ledger.
    fn compare_request(&self, before: Before, ledger: &Ledger) -> Comparison {
        let Before { ledger: mut before, gone, .. } = before;
        before.evidence = ledger.evidence.clone();
        reopen(&mut before, ledger, self.today);
        Comparison::of_request(&before, ledger, self.today).with_gone(&gone)
    }

    /// Gives the ledger at the end of each of the last quarters, the newest first: as it is, then as the last commit of each earlier
    /// quarter left it. Ends before the first commit. Says why earlier quarters are not known, where that is so.
    ///
    /// # Errors
    /// That there are no commits to ask.
    pub(super) fn each_quarter(
        &self,
        count: u32,
        now: &Ledger,
        take: &mut dyn FnMut(Quarter, NaiveDate, &Ledger),
    ) -> Result<Option<String>> {
        let Some(repository) = self.repository()? else {
            return Err(Error::environment(
                "the ledger is not in a git repository, so its earlier quarters are not known",
            )
            .with_hint("`coalition stats` and `coalition report health` without the quarters work without git")
            .into());
        };
        let mut quarters = Quarter::last(count, self.today).into_iter().rev();
        if let Some(current) = quarters.next() {
            take(current, self.today, now);
        }
        let mut start = repository.clone();
        for quarter in quarters {
            match read_by(&repository, &mut start, quarter.to) {
                Ok(None) => return Ok(None),
                Ok(Some(ledger)) => take(quarter, quarter.to, &ledger),
                // A clone may end here, and the quarters that are known are true all the same.
                Err(error) => return Ok(Some(in_one_line(&error))),
            }
        }
        Ok(None)
    }

    /// The ledger as it was before a day began, by the commits; `None` where there are none from before, or the newest ones come
    /// after the day that is judged by.
    pub(super) fn ledger_before(&self, day: NaiveDate) -> Result<Option<Ledger>> {
        let Some(repository) = self.repository()? else { return Ok(None) };
        let (Some(eve), Some(tomorrow)) = (day.pred_opt(), self.today.succ_opt()) else { return Ok(None) };
        // Seen from an earlier day, on which no one asked, the newest commits had not been made.
        if self.at.is_none()
            && self.today_by.is_some()
            && repository.newest_day().is_none_or(|newest| newest > tomorrow)
        {
            return Ok(None);
        }
        read_by(&repository, &mut repository.clone(), eve)
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
        let Before { ledger: mut before, gone, .. } = ledger_at(&repository, &recent.before, ledger).ok().flatten()?;
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

/// The ledger as the last commit by the end of a day left it; `None` if there was none yet. The search begins at the newest commit
/// of `start`, which is then the one that was found: for an earlier day, it goes on from there.
fn read_by(repository: &Repository, start: &mut Repository, day: NaiveDate) -> Result<Option<Ledger>> {
    let Some(id) = start.commit_by(day)? else { return Ok(None) };
    *start = repository.up_to(&id)?;
    repository.ledger_of(&id)?.map(|revision| read_ledger(&revision)).transpose()
}

/// Why something failed, with what to do about it.
fn in_one_line(error: &anyhow::Error) -> String {
    match error.downcast_ref::<Error>() {
        Some(error) => std::iter::once(error.message())
            .chain(error.hints().iter().map(String::as_str))
            .collect::<Vec<_>>()
            .join("; "),
        None => error.root_cause().to_string(),
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
    let (then, ledger) = ledgers.remove(at);
    let gone = ledgers.iter().filter(|(then, other)| then.is_gone && other.texts != ledger.texts);
    let gone = gone.map(|(then, other)| GoneLedger::of(&then.folder, other, now)).collect();
    Ok(Some(Before { ledger, gone, revision: then.revision }))
}
