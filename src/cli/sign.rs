//! `coalition sign`: a member's signature on an agreement, added to the file of the agreement.

use super::answer::{Answer, Format};
use super::change::{Writing, answered, asked, git_commands, told_lines};
use super::invocation::{Invocation, date, find_typed};
use super::ssh;
use crate::agreement::{Disproof, prove, signer_of};
use crate::document::words::{day, quoted};
use crate::edit::sign::{Beside, Readiness, Signing, ready};
use crate::edit::{ChangeSet, Planned, Proof, Refusal, plan, record_change, refuse_mistakes};
use crate::ledger::Ledger;
use crate::record::policy::SshSignatures;
use crate::record::{Advocate, Agreement, AnyRecord, Member};
use crate::source::disk::Disk;
use anyhow::Result;
use clap::Args;
use std::path::{Path, PathBuf};

/// Sign an agreement for a member: shows the terms, asks, and adds the signature to the agreement's file
///
/// Nothing is committed and nothing is sent: proposing the change is the act of signing.
#[derive(Debug, Args)]
pub struct Sign {
    /// The id of the agreement
    agreement: String,
    /// The id of the member that signs
    #[arg(long, value_name = "MEMBER")]
    member: String,
    /// The id of the advocate who signs for it; not needed where the member lets only one person sign
    #[arg(long, value_name = "ADVOCATE")]
    by: Option<String>,
    /// The office of the person who signs
    #[arg(long)]
    title: Option<String>,
    /// Where a scan of the signature on paper is kept
    #[arg(long, value_name = "TEXT")]
    evidence: Option<String>,
    /// The day of the signature; today where none is given
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Do not ask: the terms have been read
    #[arg(long)]
    yes: bool,
    /// Prove the signature with this SSH key; without FILE, with the one that git signs with
    #[arg(long, value_name = "FILE", num_args = 0..=1)]
    ssh_key: Option<Option<PathBuf>>,
    /// Print the git commands that propose the change
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
        let (disk, ledger, today) = (invocation.disk()?, invocation.load()?, invocation.today);
        let agreement = find_typed::<Agreement>(&ledger, &self.agreement)?;
        let member = find_typed::<Member>(&ledger, &self.member)?;
        let by = self.by.as_ref().map(|by| find_typed::<Advocate>(&ledger, by)).transpose()?;
        let on = self.date.as_ref().map_or(Ok(today), |text| date(text, "--date"))?;
        let signing = match ready(&ledger, today, agreement, member, by, on, self.ssh_key.is_some())? {
            Readiness::Signed(told) => return Ok(told_lines(&format!("{told}. Nothing was changed."))),
            Readiness::Ready(signing) => signing,
        };
        let beside = Beside { title: self.title.as_deref(), evidence: self.evidence.as_deref() };
        if self.ssh_key.is_none() {
            if ledger.policy().ssh_signatures() == SshSignatures::Required {
                let reason = "This coalition asks for SSH signatures (`ssh_signatures = \"required\"` under [policy]). Name the \
                              key that proves yours: --ssh-key FILE, or --ssh-key alone for the one that git signs with.";
                return Err(Refusal::new(reason).into());
            }
            // What is refused is refused before anybody is asked.
            planned(&disk, &ledger, invocation, &signing, beside, None)?;
        }
        let name = signing.agreement.name();
        let question = format!("Sign {} for {} as {}?", quoted(name), member.name(), signing.by.name());
        asked(invocation, self.yes, &shown(&signing), &question, "sign")?;
        let armor = self.ssh_key.as_ref().map(|key| proof(&disk, &ledger, key.as_deref(), &signing)).transpose()?;
        let planned = planned(&disk, &ledger, invocation, &signing, beside, armor.as_deref())?;
        let writing = Writing::begin(invocation, "sign", false)?;
        let mut told = writing.write(&planned)?;
        told += &told_lines(&format!("\n{}", self.next(&signing)));
        if self.git {
            let branch = format!("sign {} {}", agreement.key().id, member.key().id);
            let message = format!("Sign {} for {}", quoted(name), member.name());
            told += &format!("\n{}", git_commands(&disk, &[agreement.path()], &branch, &message));
        }
        Ok(told)
    }

    /// What comes next.
    fn next(&self, signing: &Signing<'_>) -> String {
        let (by, member) = (signing.by.name(), signing.member.name());
        let version = signing.statement().version;
        let title = quoted(signing.agreement.name());
        let instead = signing.replaced_day().map_or_else(String::new, |day| {
            format!("\nIt takes the place of the entry of {day}, which did not count; git remembers that.")
        });
        let propose = if self.git {
            "These commands propose it:"
        } else {
            "Propose it as a change request: that is the act of signing. `--git` prints the commands for it."
        };
        format!("{by} signs version {version} of {title} for {member} on {}.{instead}\n{propose}", day(signing.date))
    }
}

/// The terms with their digest, for whoever is asked.
fn shown(signing: &Signing<'_>) -> String {
    let rule = "-".repeat(72);
    format!("{rule}\n{}{rule}\n{}\n\n", told_lines(&signing.terms), signing.digest)
}

fn planned(
    disk: &Disk,
    ledger: &Ledger,
    invocation: &Invocation,
    signing: &Signing<'_>,
    beside: Beside<'_>,
    armor: Option<&str>,
) -> Result<Planned> {
    let edits = signing.edits(beside, armor)?;
    refuse_mistakes(ledger, signing.agreement.path())?;
    let change = record_change(ledger, &signing.agreement.key, &edits)?;
    let planned = plan(disk, ledger, invocation.today, ChangeSet::one("sign", change), Proof::default())?;
    signing.prove_counts(&planned.ledger, invocation.today)?;
    Ok(planned)
}

/// The SSH signature, proven against the keys in the ledger.
fn proof(disk: &Disk, ledger: &Ledger, key: Option<&Path>, signing: &Signing<'_>) -> Result<String> {
    let key = key.map_or_else(|| ssh::key_of_git(disk.root()), |key| Ok(key.to_owned()))?;
    let statement = signing.statement();
    let armor = ssh::sign(&key, &statement.text())?;
    let Err(disproof) = prove(ledger, signing.by, &statement, &armor) else { return Ok(armor) };
    let (name, path) = (signing.by.name(), signing.by.path());
    let reason = match (&disproof, signer_of(&armor)) {
        (Disproof::NoKey | Disproof::ForeignKey { of: None, .. }, Some(public)) => format!(
            "{path} does not have this key, so it would prove nothing. If it is {name}\u{2019}s, propose these lines for the end \
             of that file, and sign when they are accepted:\n\n[[keys]]\nkey = \"{public}\"\nvalid_from = {}",
            signing.date
        ),
        _ => format!("The SSH signature would not prove that {name} signed: {disproof}."),
    };
    Err(Refusal::new(reason).into())
}
