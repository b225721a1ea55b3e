//! `coalition recover`: completes or undoes a change of several files that was interrupted.

use super::answer::{CommandOutput, Format};
use super::invocation::Invocation;
use crate::edit::apply::{WriteLock, recover};
use crate::output::visible_text;
use crate::source::LedgerPath;
use anyhow::Result;
use clap::Args;

/// Complete or undo a change of several files that was interrupted
///
/// `coalition check` says if there is one. If someone has changed a file since, the command leaves that file as it is and names it.
#[derive(Debug, Args)]
pub(super) struct Recover {
    /// Undo what was written instead of writing the rest
    #[arg(long)]
    undo: bool,
}

impl Recover {
    /// Settles the change.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format, &[Format::Text])?;
        invocation.refuse_revision("recover")?;
        let disk = invocation.disk()?;
        let lock = WriteLock::take(&disk)?;
        let Some(settled) = recover(&disk, &lock, self.undo)? else {
            return Ok(CommandOutput::yes("No interrupted change found.\n"));
        };
        let files = |count: usize| if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
        let (done, written) = if self.undo { ("undone", "restored") } else { ("complete", "written") };
        let mut output = format!("`{}` is {done}: {} {written}.\n", settled.what, files(settled.left.len()));
        output += &settled.left.iter().map(|path: &LedgerPath| format!("  {path}\n")).collect::<String>();
        if !settled.other.is_empty() {
            output += "Someone has changed these files since, so `coalition recover` did not touch them; check them \
                yourself:\n";
            output += &settled.other.iter().map(|path: &LedgerPath| format!("  {path}\n")).collect::<String>();
        }
        Ok(CommandOutput::given(settled.other.is_empty(), visible_text(&output)))
    }
}
