//! `coalition sign`: a member's signature on an agreement, in a file of the member's own.

use super::answer::{Answer, Format};
use super::change::{Writing, answered, asked, git_commands, told_lines};
use super::invocation::{Invocation, date};
use super::legible::{notes_on_words, undoubted};
use super::lookup::legible;
use super::ssh;
use crate::agreement::may_prove;
use crate::check;
use crate::document::words::{day, quoted};
use crate::edit::apply::behind_links;
use crate::edit::sign::{Beside, Readiness, Signing, ready};
use crate::edit::{ChangeSet, Planned, Proof, Refusal, plan, refuse_mistakes};
use crate::finding::CheckName;
use crate::kind::{Kind, RecordKey};
use crate::ledger::Ledger;
use crate::record::policy::SshSignatures;
use crate::record::value::RecordId;
use crate::record::{Advocate, Agreement, AnyRecord, Member};
use crate::source::disk::Disk;
use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use std::path::PathBuf;

/// Sign an agreement for a member
///
/// Shows the terms, asks you to confirm, and writes the signature to the member's own file, so that members can sign at the same
/// time.
///
/// This does not commit or send anything: proposing the change is the act of signing.
#[derive(Debug, Args)]
pub struct Sign {
    /// The id of the agreement
    agreement: String,
    /// The id of the member that signs
    #[arg(long, value_name = "MEMBER")]
    member: String,
    /// The id of the person who signs; needed only if several people may sign for the member
    #[arg(long, value_name = "ADVOCATE")]
    by: Option<String>,
    /// The office of the person who signs
    #[arg(long)]
    title: Option<String>,
    /// Location of a scan of the signature on paper
    #[arg(long, value_name = "TEXT")]
    evidence: Option<String>,
    /// The date of the signature [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Skip the confirmation: you have read the terms
    #[arg(long)]
    yes: bool,
    /// SSH key to prove the signature; without FILE, the one that git signs with
    #[arg(long, value_name = "FILE", num_args = 0..=1)]
    ssh_key: Option<Option<PathBuf>>,
    /// Print git commands that propose the change
    #[arg(long)]
    git: bool,
}

impl Sign {
    /// Signs.
    pub fn run(self, invocation: &Invocation) -> Result<Answer> {
        Format::among(invocation.format, &[Format::Text])?;
        answered(self.signed(invocation))
    }

    fn signed(&self, invocation: &Invocation) -> Result<String> {
        let on = self.date.as_ref().map_or(Ok(invocation.today), |text| date(text, "--date"))?;
        let asking = Writing::begin(invocation, "sign", true)?.with_history(invocation);
        let Writing { disk, ledger, .. } = &asking;
        let signing = match self.ready(ledger, invocation, on)? {
            Readiness::Signed(told) => return Ok(told_lines(&format!("{told}. Nothing was changed."))),
            Readiness::Ready(signing) => signing,
        };
        let beside = Beside { title: self.title.as_deref(), evidence: self.evidence.as_deref() };
        let key = self.ssh_key.as_ref().map(|key| ssh::chosen_key(key.as_deref(), disk.root())).transpose()?;
        // What is refused is refused before anybody is asked.
        if let Some(key) = &key {
            if let Some(public) = ssh::public_part(key) {
                let may = may_prove(ledger, signing.by, &public, signing.date);
                may.map_err(|disproof| ssh::refused(&disproof, Some(&public), signing.by, &signing.statement()))?;
            }
            let proof = Proof { expected: &for_want_of_proof(), ..Proof::default() };
            with_signature(disk, ledger, invocation, signing.change(ledger, beside, None)?, proof)?;
        } else {
            if ledger.policy().ssh_signatures() == SshSignatures::Required {
                let reason = "This coalition requires SSH signatures (`ssh_signatures = \"required\"` under [policy]). Name the \
                              key that proves yours: --ssh-key FILE, or --ssh-key alone for the one that git signs with.";
                return Err(Refusal::new(reason).into());
            }
            planned(disk, ledger, invocation, &signing, beside, None)?;
        }
        let (agreement, member) = (signing.agreement, signing.member);
        let name = quoted(agreement.name());
        let question = format!("Sign {name} for {} as {}?", member.name(), signing.by.name());
        let notes = notes_on_words(ledger, agreement, invocation.today);
        let shown = shown(&signing, invocation.today) + &notes;
        asked(invocation, self.yes, &shown, &question, "sign")?;
        let armor = key.map(|key| ssh::proof(ledger, &key, signing.by, &signing.statement())).transpose()?;
        let mut told = self.written(invocation, &signing, beside, armor.as_deref())?;
        if self.yes {
            told += &notes;
        }
        if self.git {
            let branch = format!("sign {} {}", agreement.key().id, member.key().id);
            let message = format!("Sign {name} for {}", member.name());
            let files = signing.change(ledger, beside, armor.as_deref())?.files;
            let paths: Vec<_> = files.iter().map(|file| behind_links(disk, &file.path)).collect();
            let paths: Vec<_> = paths.iter().collect();
            told += &format!("\n{}", git_commands(disk, &paths, &branch, &message));
        }
        Ok(told)
    }

    /// Whether the member may sign, in a ledger that can be read as far as that goes.
    fn ready<'l>(&self, ledger: &'l Ledger, invocation: &Invocation, on: NaiveDate) -> Result<Readiness<'l>> {
        let agreement = legible::<Agreement>(ledger, &self.agreement)?;
        let member = legible::<Member>(ledger, &self.member)?;
        let by = self.by.as_ref().map(|by| legible::<Advocate>(ledger, by)).transpose()?;
        if by.is_none() {
            // Then one of those signs whom the member names, and their records say who may.
            let named = member.signatory_ids().into_iter();
            named.map(|id| RecordKey::new(Kind::Advocate, id.as_str())).try_for_each(|key| undoubted(ledger, &key))?;
        }
        Ok(ready(ledger, invocation.today, agreement, member, by, on, self.ssh_key.is_some())?)
    }

    /// Writes the signature into the ledger as it stands by now: while somebody read and typed, others may have signed.
    fn written(
        &self,
        invocation: &Invocation,
        asked: &Signing<'_>,
        beside: Beside<'_>,
        armor: Option<&str>,
    ) -> Result<String> {
        let writing = Writing::begin(invocation, "sign", false)?.with_history(invocation);
        let signing = match self.ready(&writing.ledger, invocation, asked.date)? {
            Readiness::Signed(told) => return Ok(told_lines(&format!("{told}. Nothing was changed."))),
            Readiness::Ready(signing) => signing,
        };
        if signing.statement().text() != asked.statement().text() {
            let reason =
                "Nothing was written: the terms, or who may sign, have changed in the meantime. Read them again.";
            return Err(Refusal::new(reason).into());
        }
        let planned = planned(&writing.disk, &writing.ledger, invocation, &signing, beside, armor)?;
        Ok(writing.write(&planned)? + &told_lines(&format!("\n{}", self.next(&signing))))
    }

    /// What comes next.
    fn next(&self, signing: &Signing<'_>) -> String {
        let (by, member) = (signing.by.name(), signing.member.name());
        let version = signing.statement().version;
        let title = quoted(signing.agreement.name());
        let earlier = signing
            .earlier()
            .map_or_else(String::new, |(on, why)| format!("\nThe entry of {} {why} and stays as it is.", day(on)));
        let propose = if self.git {
            "These commands propose it:"
        } else {
            "Propose it as a change request: that is the act of signing. `--git` prints the commands for it."
        };
        format!("{by} signs version {version} of {title} for {member} on {}.{earlier}\n{propose}", day(signing.date))
    }
}

/// The terms with their digest, for whoever is asked.
fn shown(signing: &Signing<'_>, today: NaiveDate) -> String {
    let rule = "-".repeat(72);
    let scheduled = super::terms::scheduled(signing.agreement, today);
    format!("{scheduled}{rule}\n{}{rule}\n{}\n\n", told_lines(&signing.terms), signing.digest)
}

/// The errors that an entry may bring as long as it has no proof yet.
fn for_want_of_proof() -> Vec<CheckName> {
    let names = ["unproven-signature", "duplicate-entry", "unsigned-agreement"];
    names.into_iter().filter_map(check::find).map(|check| check.name).collect()
}

/// The ledger with the signature in it.
fn with_signature(
    disk: &Disk,
    ledger: &Ledger,
    invocation: &Invocation,
    change: ChangeSet,
    proof: Proof<'_>,
) -> Result<Planned, Refusal> {
    for file in &change.files {
        refuse_mistakes(ledger, &file.path)?;
    }
    plan(disk, ledger, invocation.today, change, proof)
}

fn planned(
    disk: &Disk,
    ledger: &Ledger,
    invocation: &Invocation,
    signing: &Signing<'_>,
    beside: Beside<'_>,
    armor: Option<&str>,
) -> Result<Planned> {
    let change = signing.change(ledger, beside, armor)?;
    // That it does not count is said below in better words.
    let proof = Proof { expected: &for_want_of_proof(), ..Proof::default() };
    let planned = with_signature(disk, ledger, invocation, change, proof)?;
    signing.prove_counts(&planned.ledger, invocation.today)?;
    Ok(Planned { follows: Vec::new(), weakens: Vec::new(), ..planned })
}
