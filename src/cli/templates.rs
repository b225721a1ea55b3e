//! `coalition templates`: the templates of pages and messages, and a copy of one to change.

use super::answer::{CommandOutput, Format};
use super::invocation::Invocation;
use super::output_file;
use super::render::{own_templates, templates_folder};
use crate::mail::built_in;
use crate::parse::suggest::nearest;
use crate::render::{BUILT_IN, Template};
use anyhow::Result;
use clap::Args;

/// List the templates of pages and messages, or copy one to change it
///
/// The pages of `coalition render` and the messages of `coalition mail` are made from templates. A file of the same name in the folder
/// `templates` of the ledger takes the place of a built-in one. docs/templates.md lists the fields of those of pages.
#[derive(Debug, Args)]
pub(super) struct TemplatesCommand {
    /// Write a built-in template to the ledger's folder of templates; never overwrites
    #[arg(long, value_name = "NAME")]
    eject: Option<String>,
}

impl TemplatesCommand {
    /// Lists the templates, or writes one.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format, &[Format::Text])?;
        invocation.refuse_revision("templates")?;
        let Some(name) = &self.eject else { return Ok(CommandOutput::yes(list(invocation)?)) };
        let (name, text) = find(name)?;
        let disk = invocation.disk()?;
        let folder = templates_folder(&invocation.load()?)?;
        let place = disk.root().join(folder.as_str()).join(name);
        let path = format!("{folder}/{name}");
        if !output_file::write_new(&place, text.as_bytes())? {
            stop!(
                refused,
                "{path} already exists, and is unchanged; to see the built-in template, run: coalition render --template {name}"
            );
        }
        let then = if Template::find(name).is_some() { "render" } else { "mail" };
        let message = format!("Wrote {path}. Change it, then run: coalition {then}\n");
        Ok(CommandOutput::yes(if invocation.quiet { String::new() } else { message }))
    }
}

/// All built-in templates: the name, what each makes, and the text.
fn all() -> impl Iterator<Item = (&'static str, String, &'static str)> {
    let pages = BUILT_IN.iter().map(|template| (template.name, template.about.to_owned(), template.text));
    let messages = built_in().iter().map(|(name, text)| {
        let topic = name.trim_start_matches("mail/").trim_end_matches(".txt");
        (*name, format!("a message about {topic}"), *text)
    });
    pages.chain(messages)
}

/// The built-in templates, and which of them the ledger replaces.
fn list(invocation: &Invocation) -> Result<String> {
    let own = if invocation.has_ledger() {
        let disk = invocation.disk()?;
        own_templates(&invocation.load()?, disk.root(), &[".md", ".html", ".txt"])?
    } else {
        Default::default()
    };
    let width = all().map(|(name, ..)| name.len()).max().unwrap_or_default();
    let line = |(name, about, _): (&str, String, &str)| {
        let replaced = if own.contains_key(name) { " (your own)" } else { "" };
        format!("{name:width$}  {about}{replaced}\n")
    };
    Ok(all().map(line).collect())
}

/// The name and the text of the built-in template of this name.
///
/// # Errors
/// That there is none, with the one that may have been meant.
pub(super) fn find(name: &str) -> Result<(&'static str, &'static str)> {
    if let Some((name, _, text)) = all().find(|(known, ..)| *known == name) {
        return Ok((name, text));
    }
    match nearest(name, all().map(|(known, ..)| known)) {
        Some(near) => stop!(usage, "there is no template `{name}`; did you mean `{near}`?"),
        None => {
            let names: Vec<&str> = all().map(|(known, ..)| known).collect();
            stop!(usage, "there is no template `{name}`; the templates are {}", names.join(", "))
        }
    }
}
