//! The ledger as public Markdown pages: an index, and a page for each member, goal and agreement. [`pages`] makes them,
//! [`WritePlan`] says what that changes in the output folder; `cli` reads and writes the files.
//!
//! What leaves here is read by everyone. Names of people need their consent, prospects and ideas are left out, and
//! every text of a record is escaped.

mod error;
mod fence;
mod front_matter;
mod keep;
mod manifest;
mod markdown;
mod plan;
mod site;
mod templates;
mod view;

pub(crate) use error::RenderError;
pub(crate) use manifest::{MANIFEST, Manifest};
pub(crate) use plan::WritePlan;
pub(crate) use templates::{Templates, built_in_template, template_names};

use crate::agreement::Cell;
use crate::kind::{Kind, RecordKey};
use crate::ledger::Ledger;
use crate::record::AnyRecord;
use crate::record::value::Opt;
use chrono::NaiveDate;
use front_matter::FrontMatter;
use serde::Serialize;
use site::{INDEX, Site, Viewpoint};
use std::collections::HashMap;
use tera::Context;
use view::{AgreementView, GoalView, IndexView, MemberView};

/// The output folder where `coalition.toml` names none.
pub(crate) const OUTPUT: &str = "docs";

/// A page, finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    /// Its path, relative to the output folder.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// All public pages of a ledger as of a day, by path.
///
/// # Errors
/// A template that asks for what is not there, or leaves a block to keep open.
pub(crate) fn pages(ledger: &Ledger, today: NaiveDate, templates: &Templates) -> Result<Vec<Page>, RenderError> {
    let site = Site::new(ledger, today);
    let press = Press { site: &site, templates, cells: cells_by_member(&site) };
    let mut pages = Vec::new();
    if site.has_index() {
        let view = Viewpoint { site: &site, path: INDEX };
        let matter = FrontMatter::new(ledger.root.name(), "index", INDEX.trim_end_matches(".md"), None);
        pages.push(press.print(INDEX, &IndexView::new(&view), matter, &view)?);
    }
    for (key, path) in site.paths() {
        pages.extend(press.record_page(key, path)?);
    }
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(pages)
}

/// Turns views into pages.
struct Press<'s, 'l> {
    site: &'s Site<'l>,
    templates: &'s Templates,
    cells: HashMap<&'s str, Vec<&'s Cell<'l>>>,
}

impl Press<'_, '_> {
    /// The page of a record of one of the kinds that have pages.
    fn record_page(&self, key: &RecordKey, path: &str) -> Result<Option<Page>, RenderError> {
        let view = Viewpoint { site: self.site, path };
        let page = match key.kind {
            Kind::Member => self.site.ledger.members.find(&key.id).map(|member| {
                let cells = self.cells.get(&*key.id).map(Vec::as_slice).unwrap_or_default();
                let content = MemberView::new(member, cells, &view);
                self.print(templates::MEMBER, &content, self.matter(member, &member.joined), &view)
            }),
            Kind::Goal => self.site.ledger.goals.find(&key.id).map(|goal| {
                let content = GoalView::new(goal, &view);
                self.print(templates::GOAL, &content, self.matter(goal, &goal.proposed), &view)
            }),
            Kind::Agreement => self.site.signing_of(key).map(|(agreement, row)| {
                let content = AgreementView::new(agreement, row, &view);
                self.print(templates::AGREEMENT, &content, self.matter(*agreement, &agreement.effective), &view)
            }),
            _ => None,
        };
        page.transpose()
    }

    /// What the page of a record that began on a day says of itself.
    fn matter<'a>(&self, record: &'a dyn AnyRecord, began: &Opt<NaiveDate>) -> FrontMatter<'a> {
        let key = record.key();
        let date = began.as_ref().map(|date| date.value).filter(|date| *date <= self.site.today);
        FrontMatter::new(record.name(), key.kind.singular(), &key.id, date)
    }

    /// Fills in a template. The view is known there by the template's name, without its ending.
    fn print(
        &self,
        template: &'static str,
        content: &impl Serialize,
        matter: FrontMatter<'_>,
        view: &Viewpoint<'_, '_>,
    ) -> Result<Page, RenderError> {
        let mut context = Context::new();
        context.insert("coalition", self.site.ledger.root.name());
        context.insert("today", &self.site.today);
        context.insert("home", &view.home());
        context.insert("title", matter.title());
        context.insert(template.trim_end_matches(".md"), content);
        let body = self.templates.fill_in(template, &context)?;
        let text = self.front_matter(&matter) + &fence::tidy(&body);
        match keep::find_kept_blocks(&text) {
            Ok(_) => Ok(Page { path: view.path.to_owned(), text }),
            Err(block) => Err(RenderError {
                template: template.to_owned(),
                line: None,
                column: None,
                reason: format!("the block to keep `{}` is never closed: add the line <!-- /keep -->", block.name),
            }),
        }
    }

    fn front_matter(&self, matter: &FrontMatter<'_>) -> String {
        let render = self.site.ledger.root.render.as_ref();
        let wanted = render.and_then(|render| render.front_matter.as_ref()).is_some_and(|wanted| wanted.value);
        if wanted { matter.to_string() } else { String::new() }
    }
}

/// The status of each member with the agreements that concern it.
fn cells_by_member<'s, 'l>(site: &'s Site<'l>) -> HashMap<&'s str, Vec<&'s Cell<'l>>> {
    let mut cells: HashMap<&str, Vec<&Cell<'_>>> = HashMap::new();
    for cell in site.signing.iter().flat_map(|(_, row)| row) {
        cells.entry(&cell.member.key.id).or_default().push(cell);
    }
    cells
}

#[cfg(test)]
mod tests;
