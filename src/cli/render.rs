//! `coalition render`: the ledger as a public site.

use super::answer::{CommandOutput, Format};
use super::invocation::Invocation;
use super::{others, output_file};
use crate::disclosure::OutgoingPiece;
use crate::document::words::shell_word;
use crate::kind::is_ledger_folder;
use crate::ledger::Ledger;
use crate::output::{document_html, document_markdown};
use crate::render::{MANIFEST, Manifest, OUTPUT, Page, PageForm, REPORTS, Templates, WritePlan, pages};
use crate::report::{ReportRequest, ReportRun, find};
use crate::source::{LedgerPath, ROOT_FILE};
use anyhow::{Context as _, Result};
use clap::Args;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Where a coalition keeps templates of its own, unless `coalition.toml` says otherwise.
const TEMPLATES: &str = "templates";

/// The reports of a coordinator's own folder.
const PRIVATE_REPORTS: [&str; 3] = ["brief", "health", "contacts"];

/// Render the ledger as a public site, in Markdown or HTML
///
/// Writes a home page, pages for members, goals, agreements, decisions, meetings, committees and campaigns, a calendar and thanks, without
/// anything private. If a text names someone who has not agreed to be listed, writes no page. Writes only pages that have changed, and
/// deletes only pages from an earlier run. Keeps text between `<!-- keep NAME -->` and `<!-- /keep -->`.
///
/// `--format html --output DIR` writes a finished site, which needs no generator and no server.
#[derive(Debug, Args)]
pub(super) struct RenderCommand {
    /// Folder for the pages [default: the output folder in coalition.toml, otherwise docs]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Say whether the pages are current, write nothing, and exit with 1 if not
    #[arg(long)]
    check: bool,
    /// Also write the brief, health and contacts with all private details, into a folder of your own outside of any repository
    #[arg(long, requires = "output")]
    reports: bool,
    /// Print a built-in template to start from
    #[arg(long, value_name = "NAME", conflicts_with_all = ["check", "output"])]
    template: Option<String>,
}

impl RenderCommand {
    /// Renders the pages.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        let form = match Format::among(invocation.format, &[Format::Text, Format::Markdown, Format::Html])? {
            Format::Html => PageForm::Html,
            _ => PageForm::Markdown,
        };
        if let Some(name) = &self.template {
            return Ok(CommandOutput::yes(super::templates::find(name)?.1).exact());
        }
        invocation.refuse_revision("render")?;
        let disk = invocation.disk()?;
        let mut ledger = invocation.load()?;
        invocation.add_evidence(&mut ledger, false, None);
        let output = match &self.output {
            Some(folder) => named_folder(folder, &ledger, disk.root())?,
            None if form == PageForm::Html => {
                stop!(usage, "an HTML site needs its own folder; name it: coalition render --format html --output site")
            }
            None => folder_of(&ledger, disk.root())?,
        };
        let custom = own_templates(&ledger, disk.root(), PAGES)?;
        let templates = Templates::with_own(custom.iter().map(|(name, text)| (name.as_str(), text.as_str())))?;
        let pages = pages(&ledger, invocation.today, form, &templates)?;
        if let Some(refusal) = refuse_leaks(invocation, &ledger, pages.iter())? {
            return Ok(refusal);
        }
        let mut existing = existing_files(&output)?;
        let previous = existing.remove(MANIFEST).map(|text| Manifest::parse(&text)).unwrap_or_default();
        let mut all = pages;
        if self.reports {
            refuse_public_folder(&output, &previous)?;
            all.extend(private_reports(invocation, &ledger, form)?);
        }
        let plan = WritePlan::new(all, &existing, &previous);
        // What people keep on a page comes back to it.
        let kept: Vec<&Page> = plan.write.iter().filter(|page| page.has_kept_text()).collect();
        if !kept.is_empty()
            && let Some(refusal) = refuse_leaks(invocation, &ledger, kept.into_iter())?
        {
            return Ok(refusal);
        }
        for conflict in &plan.conflicts {
            super::aside::say(&conflict.to_string());
        }
        if self.check {
            return Ok(CommandOutput::given(plan.is_current(), describe_plan(&plan)));
        }
        for page in &plan.write {
            output_file::real_place(&output.join(&page.path))?;
        }
        carry_out(&plan, &previous, &output)?;
        clear_left_behind(&output, &existing, &plan.manifest);
        let message = if invocation.quiet { String::new() } else { describe_result(&plan) };
        Ok(CommandOutput::given(plan.conflicts.is_empty(), message))
    }
}

/// The refusal of pages that say what the ledger withholds.
fn refuse_leaks<'a>(
    invocation: &Invocation,
    ledger: &Ledger,
    pages: impl Iterator<Item = &'a Page>,
) -> Result<Option<CommandOutput>> {
    let texts = pages.flat_map(|page| {
        [OutgoingPiece::of_text(&page.path, page.path.as_str()), OutgoingPiece::of_text(&page.path, page.text.as_str())]
    });
    let leaks = others::find_leaks(ledger, &others::find_unlisted(invocation, ledger)?, texts)?;
    Ok(others::refusal(&leaks, "no page was written"))
}

/// The reports for a coordinator, with all that is private.
fn private_reports(invocation: &Invocation, ledger: &Ledger, form: PageForm) -> Result<Vec<Page>> {
    let request = ReportRequest { private: true, now: invocation.now, ..ReportRequest::new(ledger, invocation.today) };
    let mut reports = Vec::new();
    for name in PRIVATE_REPORTS {
        let Some(ReportRun::Ledger(run)) = find(name).map(|report| report.run) else { continue };
        let document = run(&request).document;
        let text = match form {
            PageForm::Markdown => document_markdown::write_markdown(&document),
            PageForm::Html => document_html::html(&document),
        };
        reports.push(Page { path: format!("{REPORTS}/{name}.{}", form.ending()), text });
    }
    let pieces = reports.iter().map(|page| OutgoingPiece::of_text(&page.path, page.text.as_str()));
    let keys = others::found_keys(ledger, pieces)?;
    if !keys.is_empty() {
        stop!(data, "the ledger holds a private key; run `coalition check`, and remove it first");
    }
    Ok(reports)
}

/// Refuses a folder for private reports that others may read: one in a repository, or one with a site made for the public.
fn refuse_public_folder(output: &Path, previous: &Manifest) -> Result<()> {
    let shown = output.display();
    if let Some(repository) = output.ancestors().find(|folder| folder.join(".git").exists()) {
        stop!(
            usage,
            "{shown} is in the repository {}, and private reports must not be committed; name a folder outside of it: coalition \
             render --reports --output {}",
            repository.display(),
            shell_word(&repository.with_file_name("coalition-private").display().to_string())
        );
    }
    let is_private = previous.paths().any(|path| path.starts_with(REPORTS));
    if previous.paths().next().is_some() && !is_private {
        stop!(
            usage,
            "{shown} holds a site made for the public, and private reports do not belong there; name another folder after \
             --output"
        );
    }
    Ok(())
}

/// The folder that a person names for the pages.
fn named_folder(folder: &Path, ledger: &Ledger, root: &Path) -> Result<PathBuf> {
    let place = output_file::real_place(folder)?;
    let real_root = output_file::real_place(root)?;
    if let Ok(inside) = place.strip_prefix(&real_root) {
        let inside: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        let inside = LedgerPath::new(inside.join("/"));
        refuse_own_folder(&inside, inside.as_str(), "--output", ledger)?;
        return Ok(place);
    }
    if real_root.starts_with(&place) {
        stop!(usage, "--output {}: the ledger is in this folder; pages need their own folder", folder.display());
    }
    let is_empty = match fs::read_dir(&place) {
        Ok(mut entries) => entries.next().is_none(),
        Err(_) => !place.exists(),
    };
    if !is_empty && !place.join(MANIFEST).exists() {
        stop!(usage, "--output {}: there is something else; pages need a new or an empty folder", folder.display());
    }
    Ok(place)
}

/// The folder that `coalition.toml` names for the pages, which is inside the ledger and holds nothing else of it.
fn folder_of(ledger: &Ledger, root: &Path) -> Result<PathBuf> {
    let render = ledger.root.render.as_ref();
    let name = render.and_then(|render| render.output.as_ref()).map_or(OUTPUT, |path| path);
    let Some(inside) = LedgerPath::new(ROOT_FILE).resolve(name) else {
        stop!(data, "[render] output: `{name}` is not a folder inside the ledger");
    };
    refuse_own_folder(&inside, name, "[render] output", ledger)?;
    let folder = root.join(inside.as_str());
    output_file::real_place(&folder)?;
    Ok(folder)
}

/// Refuses a folder of the ledger that holds something else of it.
fn refuse_own_folder(inside: &LedgerPath, name: &str, said: &str, ledger: &Ledger) -> Result<()> {
    let render = ledger.root.render.as_ref();
    let templates = render.and_then(|render| render.templates.as_ref()).map_or(TEMPLATES, |path| path);
    if inside.as_str().is_empty() || is_ledger_folder(&inside.top().to_lowercase()) || inside.top() == templates {
        stop!(data, "{said}: `{name}` has other files in it; pages need their own folder");
    }
    if inside.as_str().split('/').any(|part| part.starts_with('.')) {
        stop!(data, "{said}: `{name}` is hidden; pages need a folder that is not hidden");
    }
    Ok(())
}

/// The folder of the coalition's own templates.
///
/// # Errors
/// That it is not inside the ledger.
pub(super) fn templates_folder(ledger: &Ledger) -> Result<LedgerPath> {
    let name = ledger.root.render.as_ref().and_then(|render| render.templates.as_ref()).map_or(TEMPLATES, |path| path);
    match LedgerPath::new(ROOT_FILE).resolve(name) {
        Some(inside) => Ok(inside),
        None => stop!(usage, "[render] templates: `{name}` is not a folder inside the ledger"),
    }
}

/// The endings of the templates of pages.
pub(super) const PAGES: &[&str] = &[".md", ".html"];

/// The coalition's own templates with names that end like this, by name.
pub(super) fn own_templates(ledger: &Ledger, root: &Path, endings: &[&str]) -> Result<BTreeMap<String, String>> {
    let mut templates = existing_files(&root.join(templates_folder(ledger)?.as_str()))?;
    templates.retain(|name, _| endings.iter().any(|ending| name.ends_with(ending)));
    Ok(templates)
}

/// The bytes that a file among the pages may have: those of a page of all records of a large ledger, and no more.
const LARGEST: u64 = 64 << 20;

/// The files of a folder as text, by their path in it. Links are not followed; a folder that does not exist is empty.
fn existing_files(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    if fs::symlink_metadata(folder).is_ok_and(|about| about.is_symlink()) {
        stop!(usage, "{} is a link; put the folder itself there", folder.display());
    }
    if !folder.exists() {
        return Ok(files);
    }
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
        let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let path: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        let is_own = path.as_slice() == [MANIFEST];
        if is_own && !entry.file_type().is_file() {
            stop!(
                usage,
                "{} is not a regular file; remove it, and `coalition render` writes it again",
                entry.path().display()
            );
        }
        if entry.file_type().is_file() {
            let size = entry.metadata().map_or(0, |about| about.len());
            if size > LARGEST {
                stop!(usage, "{} is too large to be a page; move it elsewhere", entry.path().display());
            }
            let bytes = fs::read(entry.path()).with_context(|| format!("cannot read {}", entry.path().display()))?;
            files.insert(path.join("/"), String::from_utf8_lossy(&bytes).into_owned());
        } else if !entry.file_type().is_dir() {
            // Nothing is written through a link or into a pipe: a page that would be there is a conflict.
            files.insert(path.join("/"), String::new());
        }
    }
    Ok(files)
}

fn carry_out(plan: &WritePlan, previous: &Manifest, output: &Path) -> Result<()> {
    // What is about to be written is recorded first: a run that stops halfway leaves no page that no one knows.
    let begun = plan.manifest.with(previous);
    if !plan.write.is_empty() && begun != *previous {
        write(&output.join(MANIFEST), &begun.to_string())?;
    }
    for page in &plan.write {
        write(&output.join(&page.path), &page.text)?;
    }
    for path in &plan.delete {
        output_file::remove(&output.join(path))?;
    }
    if plan.manifest_changed || begun != plan.manifest {
        write(&output.join(MANIFEST), &plan.manifest.to_string())?;
    }
    Ok(())
}

/// Takes away what an interrupted run left beside its pages.
fn clear_left_behind(output: &Path, existing: &BTreeMap<String, String>, known: &Manifest) {
    for path in existing.keys() {
        let (folder, name) = path.rsplit_once('/').map_or(("", path.as_str()), |(folder, name)| (folder, name));
        let page = name.strip_prefix('.').and_then(|name| name.strip_suffix(".new"));
        let page = page.map(|page| if folder.is_empty() { page.to_owned() } else { format!("{folder}/{page}") });
        let is_known = |page: String| page == MANIFEST || known.paths().any(|path| path == page);
        if output_file::is_left_behind(name) && page.is_some_and(is_known) {
            let _ = output_file::remove(&output.join(path));
        }
    }
}

/// Writes a page, in a folder that is made for it where there is none.
fn write(place: &Path, text: &str) -> Result<()> {
    if let Some(folder) = place.parent() {
        output_file::make_folder(folder)?;
    }
    output_file::write(place, text.as_bytes())
}

/// What a run would do.
fn describe_plan(plan: &WritePlan) -> String {
    let write = plan.write.iter().map(|page| format!("to write:  {}\n", page.path));
    let delete = plan.delete.iter().map(|path| format!("to delete: {path}\n"));
    write.chain(delete).collect()
}

/// What a run did.
fn describe_result(plan: &WritePlan) -> String {
    let pages = |count: usize| if count == 1 { "1 page".to_owned() } else { format!("{count} pages") };
    let mut text = format!("{} written, {} unchanged", pages(plan.write.len()), pages(plan.unchanged.len()));
    if !plan.delete.is_empty() {
        text += &format!(", {} deleted", pages(plan.delete.len()));
    }
    text += ".\n";
    for path in &plan.changed_by_hand {
        text += &format!("{path} had been changed by hand; put text to keep between keep marks.\n");
    }
    text
}
