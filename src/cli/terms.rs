//! `coalition terms`: the exact words that a signature binds to.

use super::answer::{Answer, Format, data};
use super::invocation::Invocation;
use super::lookup::legible;
use crate::agreement::{amendment_of, current_version, digest, pin_of, terms};
use crate::document::words::{day, quoted};
use crate::record::{Agreement, AnyRecord, Record};
use chrono::NaiveDate;
use anyhow::{Result, bail};
use clap::Args;
use serde_json::json;

/// Print the terms of an agreement, the exact bytes that a signature binds to
///
/// `coalition terms AGREEMENT | sha256sum` confirms the digest.
#[derive(Debug, Args)]
pub struct Terms {
    /// The id of the agreement
    agreement: String,
    /// Print the digest alone
    #[arg(long)]
    digest: bool,
}

/// What to know of a text that is not in force yet; empty where it is.
pub fn scheduled(agreement: &Record<Agreement>, today: NaiveDate) -> String {
    let (version, current) = (agreement.version_number(), current_version(agreement, today));
    if current == version {
        return String::new();
    }
    let from = amendment_of(agreement, version).and_then(|amendment| amendment.date.as_ref());
    let from = from.map_or_else(String::new, |from| format!(" on {}", day(from.value)));
    let pin = pin_of(agreement, current).map_or_else(String::new, |pin| format!(" ({})", pin.value));
    let id = &agreement.key.id;
    let title = quoted(agreement.name());
    format!(
        "This is version {version} of {title}, which comes into force{from}. Until then version {current} is in force{pin}; \
         `coalition terms {id} --version {current}` prints its text from the history.\n\n"
    )
}

impl Terms {
    /// Prints the terms.
    pub fn run(self, invocation: &Invocation) -> Result<Answer> {
        let format = Format::among(invocation.format, &[Format::Text, Format::Json, Format::Yaml])?;
        let ledger = invocation.load()?;
        let agreement = legible::<Agreement>(&ledger, &self.agreement)?;
        let key = agreement.key();
        if ledger.words_of(agreement).is_none() {
            bail!("{key} has no words that could be read, so there is nothing to sign; `coalition check` says why");
        }
        let terms = terms(&ledger, agreement);
        let digest = digest(&terms);
        let answer = json!({
            "format_version": 1,
            "agreement": &*key.id,
            "version": agreement.version_number(),
            "terms": terms,
            "digest": digest,
        });
        Ok(Answer::yes(match format {
            Format::Text if self.digest => format!("{digest}\n"),
            Format::Text => terms,
            _ => data(&answer, format)?,
        }))
    }
}
