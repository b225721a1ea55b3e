//! Plans what `coalition render` does to the output folder before anything is written: it writes only pages that
//! changed, deletes only pages from an earlier run, and never loses text that people keep.

use super::Page;
use super::keep::{self, NeverClosed};
use super::manifest::{Manifest, digest};
use std::collections::{BTreeMap, HashSet};

/// What is to be done. All paths are relative to the output folder, and in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct WritePlan {
    /// The pages to write, with the text that people kept.
    pub write: Vec<Page>,
    /// The files to delete: pages that an earlier rendering wrote and this one does not have.
    pub delete: Vec<String>,
    /// The pages that are as they should be.
    pub unchanged: Vec<String>,
    /// Pages among those to write that were changed by hand outside of blocks to keep; the changes are overwritten.
    pub changed_by_hand: Vec<String>,
    /// Files that stand where a page or a deletion should be, and are left alone.
    pub conflicts: Vec<PageConflict>,
    /// The list of what was written, for the next rendering; to be stored as [`super::MANIFEST`].
    pub manifest: Manifest,
    /// Whether the stored list differs from that.
    pub manifest_changed: bool,
}

/// A file that is left alone, though a page should be written there or the file deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageConflict {
    /// The file.
    pub path: String,
    /// Why it is left alone.
    pub reason: SkipReason,
}

/// Why a file is left alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SkipReason {
    /// A page should be here, but no rendering wrote this file.
    NotOurs,
    /// A block to keep is never closed, so that no one knows where its text ends.
    NeverClosed {
        /// The name of the block.
        name: String,
    },
    /// The page is no longer needed, but people keep text on it.
    HoldsKeptText,
    /// The page is no longer needed, but was changed by hand.
    ChangedByHand,
}

impl std::fmt::Display for PageConflict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let path = &self.path;
        match &self.reason {
            SkipReason::NotOurs => write!(f, "{path} was not written by `coalition render`: move it, and render again"),
            SkipReason::NeverClosed { name } => {
                write!(f, "{path} opens a block to keep, `{name}`, and never closes it: add the line <!-- /keep -->")
            }
            SkipReason::HoldsKeptText => {
                write!(f, "{path} is no longer a page, but has text to keep: move the text, then delete the file")
            }
            SkipReason::ChangedByHand => {
                write!(
                    f,
                    "{path} is no longer a page, but was changed by hand: save what you need, then delete the file"
                )
            }
        }
    }
}

impl WritePlan {
    /// What is to be done for these pages, where the output folder holds these files and an earlier rendering left this
    /// list.
    pub(crate) fn new(pages: Vec<Page>, existing: &BTreeMap<String, String>, previous: &Manifest) -> WritePlan {
        let small = existing.keys().map(|path| path.to_ascii_lowercase()).collect();
        let folder = PageFolder { files: existing, small, written: previous };
        let wanted: HashSet<String> = pages.iter().map(|page| page.path.clone()).collect();
        let mut plan = WritePlan::default();
        for page in pages {
            plan.place(page, &folder);
        }
        for path in previous.paths().filter(|path| !wanted.contains(*path)) {
            if let Some(text) = existing.get(path) {
                plan.clear(path, text, previous);
            }
        }
        plan.write.sort_by(|a, b| a.path.cmp(&b.path));
        plan.unchanged.sort();
        plan.changed_by_hand.sort();
        plan.conflicts.sort_by(|a, b| a.path.cmp(&b.path));
        plan.manifest_changed = plan.manifest != *previous;
        plan
    }

    /// Whether the folder is as it should be.
    pub(crate) fn is_current(&self) -> bool {
        self.write.is_empty() && self.delete.is_empty() && self.conflicts.is_empty() && !self.manifest_changed
    }

    /// Decides on a page that should be there.
    fn place(&mut self, page: Page, folder: &PageFolder<'_>) {
        let Some(old) = folder.files.get(&page.path) else {
            if folder.small.contains(&page.path.to_ascii_lowercase()) {
                return self.leave(&page.path, SkipReason::NotOurs, folder.written);
            }
            self.manifest.record(&page.path, digest(&page.path, &page.text));
            return self.write.push(page);
        };
        match carry_over(&page.path, old, &page.text) {
            Err(NeverClosed { name }) => self.leave(&page.path, SkipReason::NeverClosed { name }, folder.written),
            Ok((text, is_same)) if is_same => {
                self.manifest.record(&page.path, digest(&page.path, &text));
                self.unchanged.push(page.path);
            }
            Ok(_) if !folder.written.knows(&page.path) => self.leave(&page.path, SkipReason::NotOurs, folder.written),
            Ok((text, _)) => {
                if !folder.written.wrote(&page.path, &digest(&page.path, old)) {
                    self.changed_by_hand.push(page.path.clone());
                }
                self.manifest.record(&page.path, digest(&page.path, &text));
                self.write.push(Page { path: page.path, text });
            }
        }
    }

    /// Decides on a page of an earlier rendering that should not be there.
    fn clear(&mut self, path: &str, text: &str, previous: &Manifest) {
        match keep::find_kept_blocks(path, text) {
            Err(NeverClosed { name }) => self.leave(path, SkipReason::NeverClosed { name }, previous),
            Ok(kept) if !kept.is_empty() => self.leave(path, SkipReason::HoldsKeptText, previous),
            Ok(_) if !previous.wrote(path, &digest(path, text)) => {
                self.leave(path, SkipReason::ChangedByHand, previous)
            }
            Ok(_) => self.delete.push(path.to_owned()),
        }
    }

    /// Leaves a file alone, and remembers of it what was known.
    fn leave(&mut self, path: &str, reason: SkipReason, previous: &Manifest) {
        self.manifest.keep_from(previous, path);
        self.conflicts.push(PageConflict { path: path.to_owned(), reason });
    }
}

/// The output folder as an earlier rendering and people have left it.
struct PageFolder<'a> {
    files: &'a BTreeMap<String, String>,
    /// The names of the files in small letters: some systems take two names for one that differ in case only.
    small: HashSet<String>,
    /// What an earlier rendering wrote.
    written: &'a Manifest,
}

/// The new page with what was kept on the old one, and whether it says the same as the old one.
fn carry_over(path: &str, old: &str, new: &str) -> Result<(String, bool), NeverClosed> {
    let old = old.replace("\r\n", "\n");
    let text = keep::carry(path, keep::find_kept_blocks(path, &old)?, new)?;
    let is_same = keep::strip_kept_blocks(path, &old)? == keep::strip_kept_blocks(path, &text)?;
    Ok((text, is_same))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLOCK: &str = "<!-- keep more -->\n<!-- /keep -->\n";

    fn page(path: &str, text: &str) -> Page {
        Page { path: path.to_owned(), text: format!("{text}\n{BLOCK}") }
    }

    /// What is written, deleted, left alone.
    fn summarize(plan: &WritePlan) -> (Vec<&str>, Vec<&str>, Vec<(&str, &SkipReason)>) {
        (
            plan.write.iter().map(|page| page.path.as_str()).collect(),
            plan.delete.iter().map(String::as_str).collect(),
            plan.conflicts.iter().map(|conflict| (conflict.path.as_str(), &conflict.reason)).collect(),
        )
    }

    /// A folder with two pages as an earlier rendering left it.
    fn folder() -> (BTreeMap<String, String>, Manifest) {
        let pages = vec![page("b.md", "two"), page("a.md", "one")];
        let files = pages.iter().map(|page| (page.path.clone(), page.text.clone())).collect();
        let plan = WritePlan::new(pages, &BTreeMap::new(), &Manifest::default());
        assert_eq!(summarize(&plan), (vec!["a.md", "b.md"], vec![], vec![]));
        assert!(!plan.is_current() && plan.manifest_changed);
        (files, Manifest::parse(&plan.manifest.to_string()))
    }

    #[test]
    fn nothing_is_written_where_nothing_changed() {
        let (mut files, manifest) = folder();
        files.insert("notes.md".to_owned(), "not ours".to_owned());
        let again = || vec![page("a.md", "one"), page("b.md", "two")];
        assert!(WritePlan::new(again(), &files, &manifest).is_current());
        let other_line_ends = files.iter().map(|(path, text)| (path.clone(), text.replace('\n', "\r\n"))).collect();
        assert!(WritePlan::new(again(), &other_line_ends, &manifest).is_current());
    }

    #[test]
    fn only_what_changed_is_written_and_only_our_own_is_deleted() {
        let (mut files, manifest) = folder();
        files.insert("notes.md".to_owned(), "not ours".to_owned());
        let plan = WritePlan::new(vec![page("a.md", "ONE")], &files, &manifest);
        assert_eq!(summarize(&plan), (vec!["a.md"], vec!["b.md"], vec![]));
        assert!(plan.changed_by_hand.is_empty());
        assert_eq!(plan.manifest.paths().collect::<Vec<_>>(), ["a.md"]);
    }

    #[test]
    fn a_list_that_names_files_elsewhere_deletes_nothing() {
        let (files, manifest) = folder();
        let list = format!("{manifest}{}  ../../etc/hosts\n", "0".repeat(64));
        let plan = WritePlan::new(vec![page("a.md", "one"), page("b.md", "two")], &files, &Manifest::parse(&list));
        assert_eq!(summarize(&plan), (vec![], vec![], vec![]));
    }

    #[test]
    fn a_file_of_others_is_left_alone_and_told_of() {
        let (mut files, manifest) = folder();
        files.insert("c.md".to_owned(), "theirs".to_owned());
        files.insert("D.md".to_owned(), "theirs".to_owned());
        let pages = vec![page("a.md", "one"), page("b.md", "two"), page("c.md", "three"), page("d.md", "four")];
        let plan = WritePlan::new(pages, &files, &manifest);
        let left = vec![("c.md", &SkipReason::NotOurs), ("d.md", &SkipReason::NotOurs)];
        assert_eq!(summarize(&plan), (vec![], vec![], left));
        assert!(!plan.is_current());
        assert_eq!(plan.manifest, manifest, "it does not become ours");
    }

    #[test]
    fn a_page_that_says_the_same_is_taken_for_our_own() {
        let (files, _) = folder();
        let plan = WritePlan::new(vec![page("a.md", "one"), page("b.md", "two")], &files, &Manifest::default());
        assert_eq!(summarize(&plan), (vec![], vec![], vec![]));
        assert!(plan.manifest_changed && !plan.is_current());
    }

    #[test]
    fn kept_text_is_carried_over_and_is_no_change_by_hand() {
        let (mut files, manifest) = folder();
        files.insert("a.md".to_owned(), page("a.md", "one").text.replace("<!-- /keep", "ours\n<!-- /keep"));
        let same = WritePlan::new(vec![page("a.md", "one"), page("b.md", "two")], &files, &manifest);
        assert!(same.is_current());
        let plan = WritePlan::new(vec![page("a.md", "ONE"), page("b.md", "two")], &files, &manifest);
        assert_eq!(plan.write[0].text, "ONE\n<!-- keep more -->\nours\n<!-- /keep -->\n");
        assert!(plan.changed_by_hand.is_empty());
    }

    #[test]
    fn changes_by_hand_are_overwritten_and_told_of() {
        let (mut files, manifest) = folder();
        files.insert("a.md".to_owned(), page("a.md", "one, more or less").text);
        let plan = WritePlan::new(vec![page("a.md", "one"), page("b.md", "two")], &files, &manifest);
        assert_eq!(summarize(&plan), (vec!["a.md"], vec![], vec![]));
        assert_eq!(plan.changed_by_hand, ["a.md"]);
    }

    #[test]
    fn a_page_with_the_work_of_people_is_not_deleted() {
        let (mut files, manifest) = folder();
        files.insert("a.md".to_owned(), page("a.md", "one, more or less").text);
        files.insert("b.md".to_owned(), page("b.md", "two").text.replace("<!-- /keep", "ours\n<!-- /keep"));
        let plan = WritePlan::new(vec![], &files, &manifest);
        let left = vec![("a.md", &SkipReason::ChangedByHand), ("b.md", &SkipReason::HoldsKeptText)];
        assert_eq!(summarize(&plan), (vec![], vec![], left));
        assert_eq!(plan.manifest, manifest, "both are remembered");
    }

    #[test]
    fn a_block_that_is_never_closed_stops_its_page() {
        let (mut files, manifest) = folder();
        files.insert("a.md".to_owned(), "one\n<!-- keep more -->\nours\n".to_owned());
        let plan = WritePlan::new(vec![page("a.md", "ONE"), page("b.md", "two")], &files, &manifest);
        assert_eq!(
            summarize(&plan),
            (vec![], vec![], vec![("a.md", &SkipReason::NeverClosed { name: "more".to_owned() })])
        );
    }
}
