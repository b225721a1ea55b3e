//! `coalition schema`: JSON Schemas for editors.

use super::answer::{CommandOutput, Format, data};
use super::invocation::Invocation;
use super::output_file;
use crate::reference::schema::{SchemaSubject, schema};
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;

/// Print the JSON Schema of a kind of record, or write all schemas
///
/// Editors that support `#:schema` check a file while you type.
#[derive(Debug, Args)]
pub(super) struct Schema {
    /// The kind, `coalition` for `coalition.toml`, or `signatures` for the files of signatures
    kind: Option<String>,
    /// Write all schemas to this folder
    #[arg(long, value_name = "DIR", conflicts_with = "kind")]
    to: Option<PathBuf>,
}

impl Schema {
    /// Prints or writes schemas.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format.or(Some(Format::Json)), &[Format::Json])?;
        if let Some(folder) = self.to {
            invocation.refuse_revision("schema")?;
            output_file::make_folder(&folder)?;
            for subject in SchemaSubject::all() {
                let file = folder.join(subject.file_name());
                let text = data(&schema(subject), Format::Json)?;
                output_file::write(&file, text.as_bytes())?;
            }
            return Ok(CommandOutput::yes(""));
        }
        let subject = match self.kind.as_deref() {
            None => stop!(usage, "name a kind, like `coalition schema member`, or a folder for all of them with --to"),
            Some(word) => word.parse::<SchemaSubject>()?,
        };
        Ok(CommandOutput::yes(data(&schema(subject), Format::Json)?).exact())
    }
}
