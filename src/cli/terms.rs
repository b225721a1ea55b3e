//! `coalition terms`: the exact words that a signature binds to, and what signers should know about them.

use super::answer::{CommandOutput, Format, data};
use super::invocation::Invocation;
use crate::agreement::{amendment_of, current_version, digest, pin_of, terms};
use crate::check::in_words_of;
use crate::document::words::{format_date, quote};
use crate::finding::Finding;
use crate::history::terms_of_version;
use crate::ledger::Ledger;
use crate::lookup::{find_readable, place};
use crate::output::visible_text;
use crate::record::{Agreement, AnyRecord, Record};
use crate::source::git::Repository;
use anyhow::{Context as _, Result};
use chrono::NaiveDate;
use clap::Args;
use serde_json::json;
use std::io::IsTerminal as _;

/// Print the terms of an agreement: the exact text that members sign
///
/// `coalition terms AGREEMENT | sha256sum` confirms the digest.
#[derive(Debug, Args)]
#[command(disable_version_flag = true)]
pub(super) struct Terms {
    /// The id of the agreement
    agreement: String,
    /// The version; earlier ones come from the history [default: the one in the record]
    #[arg(long, value_name = "N")]
    version: Option<u32>,
    /// Print only the digest
    #[arg(long)]
    digest: bool,
}

/// What to know of a text that is not in force yet; empty where it is.
pub(super) fn describe_scheduled(agreement: &Record<Agreement>, today: NaiveDate) -> String {
    let (version, current) = (agreement.version_number(), current_version(agreement, today));
    if current == version {
        return String::new();
    }
    let from = amendment_of(agreement, version).and_then(|amendment| amendment.date.as_ref());
    let from = from.map_or_else(String::new, |from| format!(" on {}", format_date(from.value)));
    let pin = pin_of(agreement, current).map_or_else(String::new, |pin| format!(" ({})", pin.value));
    let id = &agreement.key.id;
    let title = quote(agreement.name());
    format!(
        "This is version {version} of {title}, which takes effect{from}. Until then version {current} is in \
         force{pin}; `coalition terms {id} --version {current}` prints its text from the history.\n\n"
    )
}

impl Terms {
    /// Prints the terms.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        let format = Format::among(invocation.format, &[Format::Text, Format::Json, Format::Yaml])?;
        let ledger = invocation.load()?;
        let agreement = find_readable::<Agreement>(&ledger, &self.agreement)?;
        let key = agreement.key();
        let version = self.version.unwrap_or_else(|| agreement.version_number());
        let terms = if version == agreement.version_number() {
            if ledger.words_of(agreement).is_none() {
                stop!(
                    usage,
                    "the text of {key} cannot be read, so there is nothing to sign; `coalition check` says why"
                );
            }
            if self.version.is_none() && !self.digest && !invocation.quiet {
                super::aside::print(&describe_scheduled(agreement, invocation.today));
            }
            terms(&ledger, agreement)
        } else {
            terms_from_history(invocation, agreement, version)?
        };
        let digest = digest(&terms);
        let answer = json!({
            "format_version": 1,
            "agreement": &*key.id,
            "version": version,
            "terms": terms,
            "digest": digest,
        });
        Ok(match format {
            Format::Text if self.digest => CommandOutput::yes(format!("{digest}\n")),
            // On a terminal, a text is not a command to it; a file or a pipe gets the very bytes.
            Format::Text if std::io::stdout().is_terminal() => CommandOutput::yes(visible_text(&terms)).long(),
            Format::Text => CommandOutput::yes(terms).exact(),
            _ => CommandOutput::yes(data(&answer, format)?),
        })
    }
}

/// What the text of an agreement holds that cannot be seen, or that editors change: no one should sign it like that.
pub(super) fn notes_on_words(ledger: &Ledger, agreement: &Record<Agreement>, today: NaiveDate) -> String {
    let findings = in_words_of(ledger, agreement, today);
    let note = |finding: &Finding| format!("Note: {}: {}; {}", place(ledger, finding), finding.message, finding.help);
    findings.iter().map(|finding| visible_text(&note(finding))).collect()
}

/// The terms of another version, from the commits.
fn terms_from_history(invocation: &Invocation, agreement: &Record<Agreement>, version: u32) -> Result<String> {
    let key = agreement.key();
    let pin = pin_of(agreement, version).map(|pin| &pin.value);
    let disk = invocation.disk()?;
    let Some(repository) = Repository::around(disk.root())? else {
        stop!(
            environment,
            "{} is not in a git repository, so only the current text is available",
            disk.root().display()
        );
    };
    let found = terms_of_version(&repository, &key.id, version, pin)?;
    found.with_context(|| format!("no commit has the text of version {version} of {key}"))
}
