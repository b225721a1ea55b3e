//! `coalition completions` and `coalition man`: completions for shells and manual pages, from the declaration of the commands.

use super::answer::CommandOutput;
use super::output_file;
use anyhow::{Context as _, Result};
use clap::{Args, Command};
use clap_complete::Shell;
use std::path::PathBuf;

/// Print completions for a shell
///
/// For bash: coalition completions bash > ~/.local/share/bash-completion/completions/coalition
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    /// Prints them.
    pub(super) fn run(&self, mut program: Command) -> CommandOutput {
        let mut bytes = Vec::new();
        clap_complete::generate(self.shell, &mut program, "coalition", &mut bytes);
        CommandOutput::yes(String::from_utf8_lossy(&bytes)).exact()
    }
}

/// Write the manual pages to a folder
///
/// `man -l DIR/coalition.1` shows the first one.
#[derive(Debug, Args)]
pub(super) struct Man {
    /// The folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Man {
    /// Writes a page for the program and one for each command.
    pub(super) fn run(&self, program: Command) -> Result<CommandOutput> {
        std::fs::create_dir_all(&self.folder).with_context(|| format!("cannot create {}", self.folder.display()))?;
        let mut program = program.disable_help_subcommand(true);
        program.build();
        let mut count = 0;
        let commands = program.get_subcommands().cloned().collect::<Vec<_>>();
        for (name, command) in std::iter::once(("coalition".to_owned(), program.clone()))
            .chain(commands.into_iter().map(|command| (format!("coalition-{}", command.get_name()), command)))
        {
            let mut page = Vec::new();
            clap_mangen::Man::new(command).title(name.to_uppercase()).render(&mut page)?;
            output_file::write(&self.folder.join(format!("{name}.1")), &page)?;
            count += 1;
        }
        Ok(CommandOutput::yes(format!("Wrote {count} pages to {}\n", self.folder.display())))
    }
}
