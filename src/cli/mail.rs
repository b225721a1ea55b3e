//! `coalition mail`: drafts of reminders, minutes and thank-you messages.

use super::answer::{CommandOutput, Format};
use super::invocation::Invocation;
use super::render::own_templates;
use super::{aside, others, output_file};
use crate::disclosure::{OutgoingPiece, Unlisted};
use crate::document::words::{count_of, shell_word};
use crate::error::Error;
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::mail::{Draft, Letter, Templates, Topic, eml, letters, mbox, page};
use crate::output::{document_html, visible};
use crate::parse::suggest::slug;
use crate::report::ReportRequest;
use anyhow::Result;
use clap::Args;
use std::path::{Path, PathBuf};

/// Draft reminders, minutes and thank-you messages; send nothing
///
/// Prints the drafts, or writes them with --to: into a folder with a file for each that mail programs open (.eml), into one file
/// (.mbox), or into a page with a link for each (.html). You read, change and send them yourself. Drafts contain addresses and may
/// contain private minutes, so they are not written into the ledger. Your own texts go into the ledger's folder templates/mail.
#[derive(Debug, Args)]
pub(super) struct Mail {
    /// What the messages are about
    #[arg(value_name = "TOPIC")]
    topic: Topic,
    /// A folder, or a file whose name ends in .mbox or .html
    #[arg(long, value_name = "DEST")]
    to: Option<PathBuf>,
}

impl Mail {
    /// Drafts the messages.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format, &[Format::Text])?;
        invocation.refuse_revision("mail")?;
        let mut ledger = invocation.load()?;
        invocation.add_evidence(&mut ledger, false, None);
        if let Some(place) = &self.to {
            refuse_ledger_folder(place, invocation)?;
        }
        let written = letters(&ReportRequest::new(&ledger, invocation.today), self.topic);
        for what in &written.unaddressed {
            aside::say(&format!("no message about {}", visible(what)));
        }
        if written.letters.is_empty() {
            let nothing = if written.unaddressed.is_empty() { self.topic.nothing() } else { "No message to draft." };
            return Ok(CommandOutput::yes(format!("{nothing}\n")));
        }
        let own = match invocation.disk() {
            Ok(disk) => own_templates(&ledger, disk.root(), &[".txt"])?,
            Err(_) => Default::default(),
        };
        let templates = Templates::with_own(own.iter().map(|(name, text)| (name.as_str(), text.as_str())))?;
        let drafts = written.letters.iter().map(|letter| templates.fill_in(self.topic, letter));
        let drafts = drafts.collect::<Result<Vec<Draft>, _>>()?;
        if let Some(refusal) = refuse_leaks(self.topic, &ledger, &drafts)? {
            return Ok(refusal);
        }
        written.letters.iter().for_each(say_missing_address);
        let Some(place) = &self.to else {
            let rule = format!("{}\n", "-".repeat(72));
            let texts: Vec<String> = drafts.iter().map(Draft::text).collect();
            return Ok(CommandOutput::yes(texts.join(&rule)).long());
        };
        self.write(place, &drafts, &ledger, invocation)
    }

    fn write(&self, place: &Path, drafts: &[Draft], ledger: &Ledger, invocation: &Invocation) -> Result<CommandOutput> {
        let host = slug(ledger.root.name());
        let host = if host.is_empty() { "coalition" } else { &host };
        let today = invocation.today;
        match place.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase).as_deref() {
            Some("mbox") => output_file::write(place, mbox(drafts, today, host).as_bytes())?,
            Some("html" | "htm") => {
                let document = page(ledger.root.name(), self.topic, drafts);
                output_file::write(place, document_html::html(&document).as_bytes())?;
            }
            Some("eml") if drafts.len() > 1 => stop!(
                usage,
                "{} would hold {} messages; write --to a folder, or to a file that ends in .mbox",
                place.display(),
                drafts.len()
            ),
            Some("eml") => {
                for draft in drafts {
                    output_file::write(place, eml(draft, today, host).as_bytes())?;
                }
            }
            Some(ending @ ("txt" | "md" | "csv" | "doc" | "docx" | "pdf" | "msg" | "zip")) => stop!(
                usage,
                "drafts cannot be written as .{ending}; write --to a folder, or to a file that ends in .mbox or .html"
            ),
            _ => write_folder(place, drafts, |draft| eml(draft, today, host))?,
        }
        let place = visible(&place.display().to_string()).to_string();
        let mut text = format!("Wrote {} to {place}. Nothing was sent.\n", count_of(drafts.len(), "draft", "drafts"));
        if self.topic == Topic::Minutes {
            let meeting = written_about(drafts, ledger);
            text += &format!("When they are sent: coalition set {meeting} minutes_published=today\n");
        }
        Ok(CommandOutput::yes(if invocation.quiet { String::new() } else { text }))
    }
}

/// The meeting whose minutes were drafted, as a word of a command.
fn written_about(drafts: &[Draft], ledger: &Ledger) -> String {
    let id = drafts.first().and_then(|draft| draft.key.strip_prefix("minutes-"));
    let meeting = id.and_then(|id| ledger.meetings.find(id));
    meeting.map_or_else(String::new, |meeting| shell_word(&meeting.key.to_string()))
}

/// Drafts contain addresses: they stay out of the repository that all members read.
fn refuse_ledger_folder(place: &Path, invocation: &Invocation) -> Result<()> {
    let place = output_file::real_place(place)?;
    let root = output_file::real_place(invocation.disk()?.root())?;
    if place.starts_with(&root) {
        let error = Error::usage("drafts contain addresses, so they are not written into the ledger".to_owned());
        return Err(error.with_hint("write them beside it: --to ../drafts").into());
    }
    Ok(())
}

/// Writes a file for each draft, all of them or none. A draft that is already there may have been changed and stays.
fn write_folder(folder: &Path, drafts: &[Draft], text: impl Fn(&Draft) -> String) -> Result<()> {
    let files: Vec<(PathBuf, String)> =
        drafts.iter().map(|draft| (folder.join(format!("{}.eml", draft.key)), text(draft))).collect();
    let differs = |(place, text): &&(PathBuf, String)| {
        std::fs::read(place).map_or_else(|_| place.symlink_metadata().is_ok(), |old| old != text.as_bytes())
    };
    if let Some((place, _)) = files.iter().find(differs) {
        stop!(
            refused,
            "{} exists and is different; no draft was written. Choose a new folder, or remove the old drafts",
            place.display()
        );
    }
    for (place, text) in &files {
        output_file::write_new(place, text.as_bytes())?;
    }
    Ok(())
}

/// Says who has no address, and the command that adds one.
fn say_missing_address(letter: &Letter) {
    let Some(key) = &letter.recipients.missing else { return };
    let names = crate::document::words::list(&letter.recipients.names);
    let command = match key.kind {
        Kind::Member | Kind::Advocate => format!("coalition set {} email=ADDRESS", shell_word(&key.to_string())),
        _ => return,
    };
    aside::say(&format!("no email address for {}; to add one: {command}", visible(&names)));
}

/// The refusal of drafts that contain what the ledger keeps private. Names may be said among members; minutes are private until
/// they are sent, which is what their draft is for.
fn refuse_leaks(topic: Topic, ledger: &Ledger, drafts: &[Draft]) -> Result<Option<CommandOutput>> {
    let pieces = drafts.iter().flat_map(|draft| {
        [
            OutgoingPiece::of_text(&draft.key, draft.subject.as_str()),
            OutgoingPiece::of_text(&draft.key, draft.body.as_str()),
        ]
    });
    let leaks = match topic {
        Topic::Minutes => others::found_keys(ledger, pieces)?,
        _ => others::find_leaks(ledger, &Unlisted::default(), pieces)?,
    };
    Ok(others::refusal(&leaks, "no draft was written"))
}
