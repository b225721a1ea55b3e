//! ◦ Earlier states of a ledger to compare it with: where a change request begins, and the last weeks of the main line.

use super::moved::{find_ledger, is_mostly, ledgers_in, takes_away};
use super::{Repository, Revision, commit_of, commit_time, git_error, ledger_tree, newest_by, too_shallow, unreadable};
use crate::error::Error;
use chrono::NaiveDate;
use gix::ObjectId;

/// How many steps of the main line are looked at.
const MAX_STEPS: usize = 2_000;

/// A step of the main line: a commit that changed the folder of the ledger.
#[derive(Debug, Clone)]
pub struct LedgerStep {
    /// The commit, as people name it.
    pub name: String,
    /// Whether it changes or removes a file that decides who has to sign, or a signature; known for steps of the main line.
    pub takes_away: bool,
    id: ObjectId,
}

/// The last part of the main line.
#[derive(Debug, Clone)]
pub struct Recent {
    /// The commit that it begins after.
    pub before: LedgerStep,
    /// The steps since, the oldest first.
    pub steps: Vec<LedgerStep>,
}

/// Where a change request begins.
#[derive(Debug, Clone)]
pub struct RequestStart {
    /// The last commits that it shares with its target. There are several where each of the two merged the other's line.
    pub bases: Vec<LedgerStep>,
    /// The newest commit of the target, where that is none of these.
    pub target: Option<LedgerStep>,
}

/// A ledger as a step held it.
#[derive(Debug)]
pub struct LedgerThen {
    /// What it held.
    pub revision: Revision,
    /// Its folder in the repository; empty where that is its root.
    pub folder: String,
    /// Whether the newest commit holds no ledger in that folder.
    pub is_gone: bool,
}

impl Repository {
    /// Where a change request begins: the last commits that it shares with a revision, such as the target branch.
    ///
    /// # Errors
    /// Why there is no such revision, or that the two share no commit.
    pub fn request_start(&self, name: &str) -> Result<RequestStart, Error> {
        let repository = self.inner.to_thread_local();
        let target = commit_of(&repository, name)?;
        let head = self.newest(&repository);
        let head = head.ok_or_else(|| Error::environment("the git repository has no commits yet".to_owned()))?;
        let bases = match repository.merge_bases_many(head, &[target]) {
            Ok(bases) if bases.is_empty() => {
                return Err(Error::environment(format!("HEAD and {name} share no commit")));
            }
            Ok(bases) => bases.into_iter().map(|base| base.detach()).collect::<Vec<_>>(),
            Err(_) if repository.is_shallow().unwrap_or(false) => return Err(too_shallow(name)),
            Err(error) => return Err(git_error(format!("HEAD and {name} share no commit"), error)),
        };
        let target = (!bases.contains(&target)).then(|| step(&repository, target)).transpose()?;
        let bases = bases.into_iter().map(|base| step(&repository, base)).collect::<Result<_, _>>()?;
        Ok(RequestStart { bases, target })
    }

    /// Whether a revision is the newest commit or one that came before it. Where that cannot be found out, it is not.
    pub fn is_past(&self, name: &str) -> bool {
        self.request_start(name).is_ok_and(|start| start.target.is_none())
    }

    /// The main line in the days after one day: the commits after the last one by `since`, or after the first one that
    /// holds the ledger. `None` if there is nothing to compare. A date says what the clock of a computer said: no
    /// commit counts as later than `until`, and none as earlier than one before it whose date can be right.
    ///
    /// # Errors
    /// Why the commits cannot be read.
    pub fn recent(&self, since: NaiveDate, until: NaiveDate) -> Result<Option<Recent>, Error> {
        let repository = self.inner.to_thread_local();
        let mut days: Vec<(ObjectId, NaiveDate)> = Vec::new();
        let mut next = self.newest(&repository);
        while let Some(id) = next.filter(|_| days.len() < MAX_STEPS) {
            let Ok(commit) = repository.find_commit(id) else { break };
            days.push((id, commit_time(&commit)?.0));
            next = commit.parent_ids().next().map(|parent| parent.detach());
        }
        days.reverse();
        let mut last = NaiveDate::MIN;
        for (_, day) in &mut days {
            let committed = *day;
            *day = last.max(committed.min(until));
            if committed <= until {
                last = *day;
            }
        }
        let first = days.iter().rposition(|(_, day)| *day <= since).unwrap_or_default();
        let mut line: Vec<(ObjectId, ObjectId)> = Vec::new();
        let mut folder = self.folder.clone();
        let mut later = None;
        for (id, _) in days.iter().skip(first).rev() {
            let Ok(commit) = repository.find_commit(*id) else { break };
            let Ok(root) = commit.tree_id() else { break };
            let now = later.unwrap_or_else(|| root.detach());
            let Some((tree, place)) = find_ledger(&repository, root.detach(), &folder, now) else {
                // Before this, there was no ledger, or no one can say which one it was.
                break;
            };
            folder = place;
            later = Some(tree);
            line.push((*id, tree));
        }
        line.reverse();
        let Some((first, mut tree)) = line.first().copied() else { return Ok(None) };
        let mut steps = Vec::new();
        for (id, committed) in line.into_iter().skip(1) {
            if committed != tree {
                steps.push(LedgerStep {
                    takes_away: takes_away(&repository, tree, committed),
                    ..step(&repository, id)?
                });
            }
            tree = committed;
        }
        Ok(Some(Recent { before: step(&repository, first)?, steps }))
    }

    /// The id of the last commit by the end of a day; `None` if there was none yet.
    ///
    /// # Errors
    /// Why no one can say.
    pub(crate) fn commit_by(&self, day: NaiveDate) -> Result<Option<String>, Error> {
        let repository = self.inner.to_thread_local();
        let Some(head) = self.newest(&repository) else { return Ok(None) };
        Ok(newest_by(&repository, head, day)?.ok().map(|id| id.to_string()))
    }

    /// The ledger at a commit with this id; `None` if it held none.
    ///
    /// # Errors
    /// Why the commit cannot be read.
    pub(crate) fn ledger_of(&self, id: &str) -> Result<Option<Revision>, Error> {
        let repository = self.inner.to_thread_local();
        let step = step(&repository, commit_of(&repository, id)?)?;
        if self.ledgers_at(&step)?.is_empty() { Ok(None) } else { self.revision(id, false).map(Some) }
    }

    /// The day of the newest commit, if there is one that can be read.
    pub fn newest_day(&self) -> Option<NaiveDate> {
        let repository = self.inner.to_thread_local();
        let commit = repository.find_commit(self.newest(&repository)?).ok()?;
        Some(commit_time(&commit).ok()?.0)
    }

    /// Whether it has no commit yet.
    pub fn is_unborn(&self) -> bool {
        self.newest(&self.inner.to_thread_local()).is_none()
    }

    /// The newest commit: the one that is named, otherwise the checked-out one.
    fn newest(&self, repository: &gix::Repository) -> Option<ObjectId> {
        self.tip.or_else(|| repository.head_id().ok().map(|head| head.detach()))
    }

    /// The ledgers that a step held: those in folders that hold none anymore, of which one may have been moved, and the
    /// one in the folder of today's. Where it held none of these, all that it held.
    ///
    /// # Errors
    /// Why the commit cannot be read.
    pub fn ledgers_at(&self, step: &LedgerStep) -> Result<Vec<LedgerThen>, Error> {
        let repository = self.inner.to_thread_local();
        let commit = repository.find_commit(step.id).map_err(|error| unreadable(&repository, &step.name, error))?;
        let (day, _) = commit_time(&commit)?;
        let root = commit.tree_id().map_err(|error| unreadable(&repository, &step.name, error))?.detach();
        let then = |tree: ObjectId, folder: &str, label: &str, is_gone: bool| LedgerThen {
            revision: Revision::new(self.inner.clone(), tree, step.id.to_string(), day, label.to_owned()),
            folder: folder.to_owned(),
            is_gone,
        };
        let ledger_folder =
            ledger_tree(&repository, root, &self.folder).map_err(|error| git_error(&step.name, error))?;
        // What still lies where it lay has not been moved here.
        let newest = self.newest(&repository).and_then(|id| repository.find_commit(id).ok()?.tree_id().ok());
        let now = newest.map(|tree| ledgers_in(&repository, tree.detach())).unwrap_or_default();
        let stays = |folder: &str| now.iter().any(|(_, now)| now == folder);
        let all = ledgers_in(&repository, root);
        let is_new = |folder: &str| folder != self.folder && !all.iter().any(|(_, then)| then == folder);
        let elsewhere: Vec<ObjectId> = now.iter().filter(|(_, folder)| is_new(folder)).map(|(tree, _)| *tree).collect();
        let moved = |tree: ObjectId| elsewhere.iter().any(|new| is_mostly(&repository, tree, *new));
        let gone = all.iter().filter(|(tree, folder)| !stays(folder) && !moved(*tree));
        // A ledger that is gone may have been moved over another one, such as an archive.
        let mut ledgers: Vec<_> = gone.map(|(tree, folder)| then(*tree, folder, folder, true)).collect();
        match ledger_folder {
            Some(ledger_folder) => ledgers.push(then(ledger_folder.id, &self.folder, &self.label, false)),
            None if ledgers.is_empty() => {
                ledgers.extend(all.iter().map(|(tree, folder)| then(*tree, folder, folder, false)));
            }
            None => {}
        }
        Ok(ledgers)
    }
}

fn step(repository: &gix::Repository, id: ObjectId) -> Result<LedgerStep, Error> {
    let commit = repository.find_commit(id).map_err(|error| unreadable(repository, &id.to_string(), error))?;
    let (day, _) = commit_time(&commit)?;
    let author = commit.author().map(|author| author.name.to_string()).unwrap_or_default();
    let short: String = id.to_string().chars().take(10).collect();
    Ok(LedgerStep { name: format!("{short} ({day}, by {author})"), takes_away: false, id })
}
