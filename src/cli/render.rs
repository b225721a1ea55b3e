//! `coalition render`: the ledger as Markdown pages.

use super::answer::{CommandOutput, Format};
use super::invocation::Invocation;
use super::{others, output_file};
use crate::disclosure::OutgoingPiece;
use crate::kind::is_ledger_folder;
use crate::ledger::Ledger;
use crate::render::{MANIFEST, Manifest, OUTPUT, Page, Templates, WritePlan, built_in_template, pages, template_names};
use crate::source::{LedgerPath, ROOT_FILE};
use anyhow::{Context as _, Result};
use clap::Args;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Where a coalition keeps templates of its own, unless `coalition.toml` says otherwise.
const TEMPLATES: &str = "templates";

/// Render the ledger as public Markdown pages
///
/// Writes an index, and a page for each member, goal and agreement, without anything private. If a text names someone who has
/// not agreed to be listed, writes no page. Writes only pages that have changed, and deletes only pages from an earlier run.
/// Keeps text between `<!-- keep NAME -->` and `<!-- /keep -->`.
#[derive(Debug, Args)]
pub(super) struct RenderCommand {
    /// Say whether the pages are current, write nothing, and exit with 1 if not
    #[arg(long)]
    check: bool,
    /// Print a built-in template to start from
    #[arg(long, value_name = "NAME", conflicts_with = "check")]
    template: Option<String>,
}

impl RenderCommand {
    /// Renders the pages.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format, &[Format::Text])?;
        if let Some(name) = &self.template {
            let Some(text) = built_in_template(name) else {
                let names: Vec<_> = template_names().collect();
                stop!(usage, "there is no template `{name}`; the templates are {}", names.join(", "));
            };
            return Ok(CommandOutput::yes(text).exact());
        }
        invocation.refuse_revision("render")?;
        let disk = invocation.disk()?;
        let mut ledger = invocation.load()?;
        invocation.add_evidence(&mut ledger, false, None);
        let output = folder_of(&ledger, disk.root())?;
        let custom = own_templates(&ledger, disk.root())?;
        let templates = Templates::with_own(custom.iter().map(|(name, text)| (name.as_str(), text.as_str())))?;
        let pages = pages(&ledger, invocation.today, &templates)?;
        if let Some(refusal) = refuse_leaks(invocation, &ledger, &pages)? {
            return Ok(refusal);
        }
        let mut existing = existing_files(&output)?;
        let previous = existing.remove(MANIFEST).map(|text| Manifest::parse(&text)).unwrap_or_default();
        let plan = WritePlan::new(pages, &existing, &previous);
        // What people keep on a page comes back to it.
        if let Some(refusal) = refuse_leaks(invocation, &ledger, &plan.write)? {
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
fn refuse_leaks(invocation: &Invocation, ledger: &Ledger, pages: &[Page]) -> Result<Option<CommandOutput>> {
    let texts = pages.iter().flat_map(|page| {
        [OutgoingPiece::of_text(&page.path, page.path.as_str()), OutgoingPiece::of_text(&page.path, page.text.as_str())]
    });
    let leaks = others::find_leaks(ledger, &others::find_unlisted(invocation, ledger)?, texts)?;
    Ok(others::refusal(&leaks, "no page was written"))
}

/// The folder that the pages are written to, which is inside the ledger and holds nothing else of it.
fn folder_of(ledger: &Ledger, root: &Path) -> Result<PathBuf> {
    let render = ledger.root.render.as_ref();
    let name = render.and_then(|render| render.output.as_ref()).map_or(OUTPUT, |path| path);
    let Some(inside) = LedgerPath::new(ROOT_FILE).resolve(name) else {
        stop!(data, "[render] output: `{name}` is not a folder inside the ledger");
    };
    let templates = render.and_then(|render| render.templates.as_ref()).map_or(TEMPLATES, |path| path);
    if is_ledger_folder(&inside.top().to_lowercase()) || inside.top() == templates {
        stop!(data, "[render] output: `{name}` has other files in it; pages need their own folder");
    }
    if inside.as_str().split('/').any(|part| part.starts_with('.')) {
        stop!(data, "[render] output: `{name}` is hidden; pages need a folder that is not hidden");
    }
    let folder = root.join(inside.as_str());
    output_file::real_place(&folder)?;
    Ok(folder)
}

/// The coalition's own templates, by name.
fn own_templates(ledger: &Ledger, root: &Path) -> Result<BTreeMap<String, String>> {
    let name = ledger.root.render.as_ref().and_then(|render| render.templates.as_ref()).map_or(TEMPLATES, |path| path);
    let Some(inside) = LedgerPath::new(ROOT_FILE).resolve(name) else {
        stop!(usage, "[render] templates: `{name}` is not a folder inside the ledger");
    };
    let mut templates = existing_files(&root.join(inside.as_str()))?;
    templates.retain(|name, _| name.ends_with(".md"));
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
