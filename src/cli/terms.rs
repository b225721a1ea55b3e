//! `coalition terms`: the exact words that a signature binds to.

use super::answer::{Answer, Format, data};
use super::invocation::Invocation;
use super::lookup::legible;
use crate::agreement::{digest, terms};
use crate::record::{Agreement, AnyRecord};
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
