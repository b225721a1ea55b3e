//! `coalition sign`: a member's signature on an agreement, in a file of the member's own.

use super::answer::{CommandOutput, Format};
use super::git_commands::git_commands;
use super::invocation::Invocation;
use super::prompt::confirm;
use super::ssh;
use super::terminal::message_columns;
use super::terms::notes_on_words;
use super::transaction::Transaction;
use crate::agreement::may_prove;
use crate::check;
use crate::document::words::{format_date, quote};
use crate::edit::apply::behind_links;
use crate::edit::sign::{Beside, PreparedSignature, Readiness, prepare_signing};
use crate::edit::{PlannedChange, Tolerance, refuse_flawed_file};
use crate::error::Error;
use crate::finding::CheckName;
use crate::kind::{Kind, RecordKey};
use crate::ledger::Ledger;
use crate::lookup::find_readable;
use crate::lookup::require_readable;
use crate::output::visible_text;
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
pub(super) struct Sign {
    /// The id of the agreement
    agreement: String,
    /// The member who signs
    #[arg(value_name = "MEMBER", required_unless_present = "member")]
    signing_member: Option<String>,
    /// The member who signs, as an option
    #[arg(long, value_name = "MEMBER", conflicts_with = "signing_member")]
    member: Option<String>,
    /// The id of the person who signs; needed only if several people may sign for the member
    #[arg(long, value_name = "ADVOCATE")]
    by: Option<String>,
    /// The title of the person who signs, such as president
    #[arg(long)]
    title: Option<String>,
    /// Where a scan of the paper signature is kept
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
    /// Show what would change, and write nothing
    #[arg(long, conflicts_with_all = ["git", "ssh_key"])]
    dry_run: bool,
}

/// What a person has agreed to sign, with the proof that their key gives.
struct Approval {
    /// What the key signs, and what must not change until the signature is written.
    statement: String,
    /// The SSH signature.
    armor: Option<String>,
}

impl Sign {
    /// Signs.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format, &[Format::Text])?;
        if self.dry_run { self.try_out(invocation) } else { self.sign(invocation) }.map(CommandOutput::yes)
    }

    fn sign(&self, invocation: &Invocation) -> Result<String> {
        let date = invocation.past_date("--date", self.date.as_ref())?;
        // A person reads the terms and types a passphrase without the lock, and others may write meanwhile.
        let approval = if self.needs_a_person() { self.ask_approval(invocation, date)? } else { None };
        self.write(invocation, date, approval)
    }

    /// Shows what would change.
    fn try_out(&self, invocation: &Invocation) -> Result<String> {
        let date = invocation.past_date("--date", self.date.as_ref())?;
        let reading = Transaction::begin(invocation, "sign", true)?.with_history(invocation);
        match self.prepare(&reading.ledger, invocation, date)? {
            Readiness::Signed(when) => Ok(visible_text(&format!("{when}. No change."))),
            Readiness::Ready(signing) => reading.write(&self.plan_counting(&reading, invocation, &signing, None)?),
        }
    }

    /// Whether a person has a part in it: to answer the question, or to unlock the key.
    fn needs_a_person(&self) -> bool {
        !self.yes || self.ssh_key.is_some()
    }

    /// Shows the terms, asks, and has the key sign. What would be refused is refused before anyone is asked. `None`
    /// where the member has signed already.
    fn ask_approval(&self, invocation: &Invocation, date: NaiveDate) -> Result<Option<Approval>> {
        let reading = Transaction::begin(invocation, "sign", true)?.with_history(invocation);
        let ledger = &reading.ledger;
        let signing = match self.prepare(ledger, invocation, date)? {
            Readiness::Signed(_) => return Ok(None),
            Readiness::Ready(signing) => signing,
        };
        let statement = signing.statement();
        let key = self.ssh_key.as_ref().map(|key| ssh::chosen_key(key.as_deref(), reading.disk.root())).transpose()?;
        match &key {
            Some(key) => {
                if let Some(public) = ssh::public_part(key) {
                    may_prove(ledger, signing.by, &public, signing.date)
                        .map_err(|disproof| ssh::describe_disproof(&disproof, Some(&public), signing.by, &statement))?;
                }
                self.plan(&reading, invocation, &signing, None)?;
            }
            None => drop(self.plan_counting(&reading, invocation, &signing, None)?),
        }
        let text =
            format_terms(&signing, invocation.today) + &notes_on_words(ledger, signing.agreement, invocation.today);
        let title = quote(signing.agreement.name());
        let question = format!("Sign {title} for {} as {}?", signing.member.name(), signing.by.name());
        confirm(invocation, self.yes, &text, &question, "sign")?;
        let armor = key.map(|key| ssh::prove_statement(ledger, &key, signing.by, &statement)).transpose()?;
        Ok(Some(Approval { statement: statement.text(), armor }))
    }

    /// Writes the signature into the ledger as it is by now.
    fn write(&self, invocation: &Invocation, date: NaiveDate, approval: Option<Approval>) -> Result<String> {
        let transaction = Transaction::begin(invocation, "sign", false)?.with_history(invocation);
        let signing = match self.prepare(&transaction.ledger, invocation, date)? {
            Readiness::Signed(when) => return Ok(visible_text(&format!("{when}. No change."))),
            Readiness::Ready(signing) => signing,
        };
        let is_approved = approval.as_ref().map(|approval| &approval.statement) == Some(&signing.statement().text());
        if self.needs_a_person() && !is_approved {
            let reason =
                "Nothing was written: the terms, or who may sign, have changed in the meantime. Read them again.";
            return Err(Error::refused(reason).into());
        }
        let armor = approval.and_then(|approval| approval.armor);
        let planned = self.plan_counting(&transaction, invocation, &signing, armor.as_deref())?;
        let mut text =
            transaction.write(&planned)? + &visible_text(&format!("\n{}", self.next_steps(&signing, invocation)));
        if self.yes {
            text += &notes_on_words(&transaction.ledger, signing.agreement, invocation.today);
        }
        if self.git {
            text += &format!("\n{}", proposal(&transaction.disk, &planned, &signing));
        }
        Ok(text)
    }

    /// Whether the member may sign, in a ledger that can be read as far as that goes.
    fn prepare<'l>(&self, ledger: &'l Ledger, invocation: &Invocation, date: NaiveDate) -> Result<Readiness<'l>> {
        let agreement = find_readable::<Agreement>(ledger, &self.agreement)?;
        let member = self.member.as_ref().or(self.signing_member.as_ref()).map_or("", String::as_str);
        let member = find_readable::<Member>(ledger, member)?;
        let by = self.by.as_ref().map(|by| find_readable::<Advocate>(ledger, by)).transpose()?;
        if by.is_none() {
            // Then one of those signs whom the member names, and their records say who may.
            let named = member.signatory_ids().into_iter();
            named
                .map(|id| RecordKey::new(Kind::Advocate, id.as_str()))
                .try_for_each(|key| require_readable(ledger, &key))?;
        }
        Ok(prepare_signing(ledger, invocation.today, agreement, member, by, date, self.ssh_key.is_some())?)
    }

    /// Plans the change. Until the key has signed, what a signature without a proof brings is tolerated.
    fn plan(
        &self,
        transaction: &Transaction,
        invocation: &Invocation,
        signing: &PreparedSignature<'_>,
        armor: Option<&str>,
    ) -> Result<PlannedChange> {
        let beside = Beside { title: self.title.as_deref(), evidence: self.evidence.as_deref() };
        let changes = signing.change(&transaction.ledger, beside, armor)?;
        for file in &changes.files {
            refuse_flawed_file(&transaction.ledger, &file.path)?;
        }
        transaction.plan(invocation, changes, Tolerance::of(&for_want_of_proof()))
    }

    /// Plans the change, and makes sure that the signature counts then.
    fn plan_counting(
        &self,
        transaction: &Transaction,
        invocation: &Invocation,
        signing: &PreparedSignature<'_>,
        armor: Option<&str>,
    ) -> Result<PlannedChange> {
        if self.ssh_key.is_none() && transaction.ledger.policy().ssh_signatures() == SshSignatures::Required {
            let reason = "This coalition requires SSH signatures (`ssh_signatures = \"required\"` under [policy]). Name the key \
                          that proves yours: --ssh-key FILE, or --ssh-key alone for the one that git signs with.";
            return Err(Error::refused(reason).into());
        }
        let planned = self.plan(transaction, invocation, signing, armor)?;
        signing.require_counting(&planned.ledger, invocation.today)?;
        // What the change brings was said by `prove_counts`, in better words.
        Ok(planned.said_elsewhere())
    }

    /// What comes next.
    fn next_steps(&self, signing: &PreparedSignature<'_>, invocation: &Invocation) -> String {
        let (by, member) = (signing.by.name(), signing.member.name());
        let version = signing.statement().version;
        let title = quote(signing.agreement.name());
        let earlier = signing.earlier().map_or_else(String::new, |(on, why)| {
            format!("\nThe earlier entry, dated {}, {why}; it stays in the record.", format_date(on))
        });
        let propose = if self.git {
            "These commands propose it:"
        } else if invocation.has_commits() {
            "Propose it as a change request: that is the act of signing. `--git` prints the commands for it."
        } else {
            "Send the others the changed files: that is the act of signing."
        };
        format!(
            "{by} signs version {version} of {title} for {member} on {}.{earlier}\n{propose}",
            format_date(signing.date)
        )
    }
}

/// The terms with the beginning of their digest, for whoever is asked.
fn format_terms(signing: &PreparedSignature<'_>, today: NaiveDate) -> String {
    const RULE: usize = 72;
    const SHOWN: usize = 19;
    let rule = "-".repeat(message_columns().map_or(RULE, |columns| RULE.min(columns)));
    let scheduled = super::terms::describe_scheduled(signing.agreement, today);
    let digest = signing.digest.get(..SHOWN).unwrap_or(&signing.digest);
    format!(
        "{scheduled}{rule}\n{}{rule}\nThis text has the digest {digest}\u{2026}, which the signature names; \
         `coalition terms {} --digest` prints all of it.\n\n",
        visible_text(&signing.terms),
        signing.agreement.key().id
    )
}

/// The errors that an entry may bring as long as it has no proof yet.
fn for_want_of_proof() -> Vec<CheckName> {
    let names = ["unproven-signature", "duplicate-entry", "unsigned-agreement"];
    names.into_iter().filter_map(check::find).map(|check| check.name).collect()
}

/// The commands that propose the signature.
fn proposal(disk: &Disk, planned: &PlannedChange, signing: &PreparedSignature<'_>) -> String {
    let (agreement, member) = (signing.agreement, signing.member);
    let paths: Vec<_> = planned.changes.files.iter().map(|file| behind_links(disk, &file.path)).collect();
    let branch = format!("sign {} {}", agreement.key().id, member.key().id);
    let message = format!("Sign {} for {}", quote(agreement.name()), member.name());
    git_commands(disk, &paths.iter().collect::<Vec<_>>(), &branch, &message)
}
