//! ◦ The command line: one file per command with its arguments, whose doc comments are the help, and one `run`. Only this
//! module reads the clock and the environment, uses the terminal, and prints errors.

/// Ends a command with an [`Error`](crate::error::Error) of a kind, named by its constructor: `stop!(usage, "there is no {name}")`.
macro_rules! stop {
    ($kind:ident, $($message:tt)*) => {
        return Err($crate::error::Error::$kind(format!($($message)*)).into())
    };
}

mod add;
mod amend;
mod answer;
mod aside;
mod check;
mod codeowners;
mod compared;
mod completions;
mod diff;
mod done;
mod edit;
mod editor;
mod example_names;
mod examples;
mod explain;
mod export;
mod file_value;
mod fmt;
mod git_commands;
mod git_setup;
mod guide;
mod history;
mod home;
mod import;
mod init;
mod invocation;
mod list;
mod log;
mod mail;
mod meant;
mod merge_driver;
mod misuse;
mod new;
mod others;
mod output_file;
mod pager;
mod progress;
mod prompt;
mod recover;
mod remove;
mod rename;
mod render;
mod report;
mod resolve;
mod schema;
mod set;
mod show;
mod sign;
mod signers;
mod silence;
mod ssh;
mod statement;
mod stats;
mod terminal;
mod templates;
mod terms;
mod transaction;
mod usage;
mod verify;
mod withdraw;

use crate::error::{Error, ErrorKind};
use crate::output::{visible, visible_text};
use answer::{CommandOutput, Format};
use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use invocation::Invocation;
use std::io::IsTerminal as _;
use std::process::ExitCode;

/// A Git-friendly plain-text ledger for coalitions
///
/// Without a command, it shows where the coalition stands.
///
/// A ledger is a folder with a `coalition.toml`. Every other record is a small TOML file in a folder for its kind: members,
/// advocates (people), goals, agreements and so on. The program checks the records, reports on them and renders them as pages.
#[derive(Debug, Parser)]
#[command(name = "coalition", version, propagate_version = true, max_term_width = 88)]
struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Option<Command>,
}

/// The options that every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options for every command")]
struct Options {
    /// The ledger's folder [default: the nearest parent folder with a coalition.toml]
    #[arg(short = 'C', long, value_name = "DIR", env = "COALITION_LEDGER", hide_env_values = true, global = true)]
    ledger: Option<std::path::PathBuf>,
    /// Read the ledger as of a git revision (a branch, a tag, a commit, HEAD~2, main@{yesterday}) or a date, YYYY-MM-DD: the
    /// last commit of the main line by the end of that day (UTC)
    #[arg(long, value_name = "REV", global = true)]
    at: Option<String>,
    /// Treat DATE (YYYY-MM-DD) as today; later entries are ignored
    #[arg(long, value_name = "DATE", env = "COALITION_TODAY", hide_env_values = true, global = true)]
    today: Option<String>,
    /// Output format: text, or one that the command supports of markdown, html, json, jsonl, yaml, csv, ics, ids, github,
    /// gitlab, sarif, junit, sqlite, kumu, graphml and dot
    #[arg(long, value_name = "FORMAT", global = true, value_enum, hide_possible_values = true)]
    format: Option<Format>,
    /// When to use colors: auto, always or never
    #[arg(long, value_name = "WHEN", global = true, value_enum, default_value_t = Color::Auto, hide_possible_values = true)]
    color: Color,
    /// Do not use a pager for output longer than the window
    #[arg(long, global = true)]
    no_pager: bool,
    /// Print results only, no summary
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Print more detail
    #[arg(short, long, global = true)]
    verbose: bool,
}

/// When to use colors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// Whether the answer is colored.
    fn is_shown(self) -> bool {
        match self {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let variable = |name| std::env::var(name).unwrap_or_default();
                std::io::stdout().is_terminal() && takes_colors(&variable("NO_COLOR"), &variable("TERM"))
            }
        }
    }
}

/// Whether a terminal takes colors, by the variables `NO_COLOR` and `TERM`.
fn takes_colors(no_color: &str, term: &str) -> bool {
    no_color.is_empty() && term != "dumb"
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Init),
    Guide(guide::Guide),
    New(new::New),
    Import(import::Import),
    Log(log::Log),
    Add(add::Add),
    Done(done::Done),
    Set(set::Set),
    Edit(edit::EditCommand),
    Rename(rename::Rename),
    Remove(remove::Remove),
    Fmt(fmt::Fmt),
    List(list::ListCommand),
    Show(show::Show),
    Diff(diff::Diff),
    History(history::HistoryCommand),
    #[command(alias = "brief")]
    Report(report::Arguments),
    Stats(stats::Stats),
    Check(check::Check),
    Explain(explain::Explain),
    Verify(verify::Verify),
    Terms(terms::Terms),
    Sign(sign::Sign),
    Withdraw(withdraw::Withdraw),
    Amend(amend::Amend),
    Statement(statement::StatementCommand),
    Render(render::RenderCommand),
    Templates(templates::TemplatesCommand),
    Mail(mail::Mail),
    Export(export::Export),
    Recover(recover::Recover),
    Resolve(resolve::Resolve),
    GitSetup(git_setup::GitSetup),
    #[command(hide = true)]
    MergeDriver(merge_driver::MergeDriver),
    Schema(schema::Schema),
    Completions(completions::Completions),
    Man(completions::Man),
}

/// Runs the program with the arguments of the process: 0 all well, 1 the answer is no, 2 it could not do its work.
pub fn run() -> ExitCode {
    let cli = match parse() {
        Ok(cli) => cli,
        Err(misunderstood) => return usage::explain(&misunderstood, &commands()),
    };
    let status = match answer(cli).and_then(|answer| answer.write()) {
        Ok(status) => status,
        Err(error) => {
            let done = if aside::has_changed() { " (the ledger was changed: do not run this again)" } else { "" };
            match error.downcast_ref::<Error>().filter(|_| error.chain().len() == 1) {
                Some(error) => {
                    aside::say(&format!("{}{done}", error.message()));
                    error.hints().iter().for_each(|hint| aside::print(&format!("Hint: {}\n", visible(hint))));
                }
                None => aside::say(&format!("{error:#}{done}")),
            }
            let kind = error.downcast_ref::<Error>().map_or(ErrorKind::Environment, Error::kind);
            ExitCode::from(kind.exit_status())
        }
    };
    if aside::is_unsaid() { ExitCode::from(2) } else { status }
}

/// The commands, with the examples in their help.
fn commands() -> clap::Command {
    examples::with_examples(Cli::command())
}

/// The arguments of the process.
fn parse() -> Result<Cli, meant::Misunderstood> {
    let mut commands = commands();
    let mut matches = meant::parse(&mut commands)?;
    Cli::from_arg_matches_mut(&mut matches).map_err(|error| meant::Misunderstood {
        error: error.format(&mut commands),
        words: std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect(),
    })
}

fn answer(cli: Cli) -> anyhow::Result<CommandOutput> {
    let is_paged = !cli.options.no_pager;
    let invocation = Invocation::new(cli.options)?;
    // What is written for programs has its own rules; text may be read in the log of a CI service.
    let is_text = matches!(invocation.format, None | Some(Format::Text));
    let answer = match cli.command {
        Some(command) => run_command(command, &invocation),
        None if invocation.has_ledger() => home::run(&invocation),
        None => return Err(no_command()),
    };
    let answer = answer.or_else(answer_refusal)?;
    Ok(match is_text {
        true if is_paged => answer,
        true => answer.without_pager(),
        false => answer.exact(),
    })
}

/// What is said outside of a ledger where no command is named.
fn no_command() -> anyhow::Error {
    Error::usage("no command was given, and there is no ledger here")
        .with_hint("`coalition init` starts a new ledger")
        .with_hint("`coalition --help` lists the commands")
        .into()
}

/// What a command refuses is its answer: no.
fn answer_refusal(error: anyhow::Error) -> anyhow::Result<CommandOutput> {
    if answer::is_refusal(&error) {
        Ok(CommandOutput::given(false, visible_text(&format!("{error:#}"))))
    } else {
        Err(error)
    }
}

fn run_command(command: Command, invocation: &Invocation) -> anyhow::Result<CommandOutput> {
    match command {
        Command::Init(command) => command.run(invocation),
        Command::Guide(command) => command.run(invocation),
        Command::New(command) => command.run(invocation),
        Command::Import(command) => command.run(invocation),
        Command::Log(command) => command.run(invocation),
        Command::Add(command) => command.run(invocation),
        Command::Done(command) => command.run(invocation),
        Command::Set(command) => command.run(invocation),
        Command::Edit(command) => command.run(invocation),
        Command::Rename(command) => command.run(invocation),
        Command::Remove(command) => command.run(invocation),
        Command::Fmt(command) => command.run(invocation),
        Command::List(command) => command.run(invocation),
        Command::Show(command) => command.run(invocation),
        Command::Diff(command) => command.run(invocation),
        Command::History(command) => command.run(invocation),
        Command::Report(command) => command.run(invocation),
        Command::Stats(command) => command.run(invocation),
        Command::Check(command) => command.run(invocation),
        Command::Explain(command) => command.run(invocation),
        Command::Verify(command) => command.run(invocation),
        Command::Terms(command) => command.run(invocation),
        Command::Sign(command) => command.run(invocation),
        Command::Withdraw(command) => command.run(invocation),
        Command::Amend(command) => command.run(invocation),
        Command::Statement(command) => command.run(invocation),
        Command::Render(command) => command.run(invocation),
        Command::Templates(command) => command.run(invocation),
        Command::Mail(command) => command.run(invocation),
        Command::Export(command) => command.run(invocation),
        Command::Recover(command) => command.run(invocation),
        Command::Resolve(command) => command.run(invocation),
        Command::GitSetup(command) => command.run(invocation),
        Command::MergeDriver(command) => command.run(invocation),
        Command::Schema(command) => command.run(invocation),
        Command::Completions(command) => Ok(command.run(commands())),
        Command::Man(command) => command.run(commands()),
    }
}

#[cfg(test)]
mod tests {
    use super::takes_colors;

    #[test]
    fn a_terminal_without_colors_gets_none() {
        assert!(takes_colors("", "xterm-256color") && takes_colors("", ""));
        assert!(!takes_colors("1", "xterm") && !takes_colors("", "dumb"));
    }
}
