//! Three versions of a record, merged: what both sides started from, ours and theirs. Entries of lists are matched by what
//! makes two of them the same one, so that two additions are both kept and one entry never becomes two. The result is our
//! text with their changes in it, and is proven before it is handed out; where that is not possible, the merge is one by
//! lines, as git does it, and never without a conflict. Nothing here reads or writes a file: `cli` does.

mod assemble;
mod clash_words;
mod data;
mod layout;
mod list_text;
pub(crate) mod marked;
mod place;
mod sequence;
#[cfg(test)]
mod tests;
mod text_merge;

use crate::edit::Order;
use crate::edit::page::{TomlLines, newline_of};
use crate::edit::tree_of;
use crate::kind::{Kind, SIGNATURES};
use crate::ledger::load;
use crate::record::field::Field;
use crate::source::memory::Memory;
use crate::source::{LedgerPath, ROOT_FILE};
use assemble::{Assembly, Chunk, Index};
use data::{DataMerge, meaning, merge_data};
use layout::Layout;
use place::{EntryIds, Side, Trio};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::HashMap;
pub use text_merge::LineMerge;
use text_merge::merge_lines;

/// The most bytes of three versions together that are merged as records. More is merged by lines.
const MOST_BYTES: usize = 256 << 20;

/// What a conflict shows between its markers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ConflictStyle {
    /// Both sides.
    #[default]
    Merge,
    /// Both sides, and what they started from.
    Diff3,
    /// The same, and lines that both sides share stand outside.
    ZealousDiff3,
}

/// How a conflict is marked.
#[derive(Debug, Clone)]
pub struct Marking<'m> {
    /// How many characters a marker has.
    pub size: usize,
    /// What is shown.
    pub style: ConflictStyle,
    /// The name of our side.
    pub ours: Cow<'m, str>,
    /// The name of what both started from.
    pub base: Cow<'m, str>,
    /// The name of their side.
    pub theirs: Cow<'m, str>,
}

impl Default for Marking<'_> {
    fn default() -> Self {
        Marking {
            size: 7,
            style: ConflictStyle::Merge,
            ours: "ours".into(),
            base: "base".into(),
            theirs: "theirs".into(),
        }
    }
}

/// Three versions of one file.
#[derive(Debug, Clone, Copy)]
pub struct Versions<'v> {
    /// What both sides started from; empty if they started from nothing.
    pub base: &'v [u8],
    /// Ours.
    pub ours: &'v [u8],
    /// Theirs.
    pub theirs: &'v [u8],
}

/// What a merge makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A file with the changes of both sides.
    Merged(Vec<u8>),
    /// A file with markers where someone has to choose.
    Conflict {
        /// The file.
        bytes: Vec<u8>,
        /// What collides, in words, one sentence each; empty if the file could not be merged as a record.
        collisions: Vec<String>,
    },
}

/// The name of the record with an id, for sentences.
pub(crate) type NameOf<'n> = &'n dyn Fn(Kind, &str) -> Option<String>;

/// Merges three versions of the file at a path of the ledger. `path` is `None` for a file outside of a ledger, which is merged
/// by lines. `by_lines` is what git makes of it line by line, where git was asked; otherwise it is computed here, as git does it.
pub fn merge(
    path: Option<&LedgerPath>,
    versions: Versions<'_>,
    by_lines: Option<LineMerge>,
    marking: &Marking<'_>,
    name_of: NameOf<'_>,
) -> Outcome {
    let Versions { base, ours, theirs } = versions;
    let trivial = [(ours == theirs || base == theirs, ours), (base == ours, theirs)];
    if let Some((_, bytes)) = trivial.into_iter().find(|(is_trivial, _)| *is_trivial) {
        return Outcome::Merged(bytes.to_vec());
    }
    let by_lines = by_lines.unwrap_or_else(|| merge_lines(base, ours, theirs, marking));
    let Some(path) = path.filter(|path| is_record(path)) else {
        return match by_lines {
            LineMerge { bytes, is_clean: true } => Outcome::Merged(bytes),
            LineMerge { bytes, .. } => Outcome::Conflict { bytes, collisions: Vec::new() },
        };
    };
    let size = base.len() + ours.len() + theirs.len();
    let merged = if size > MOST_BYTES { None } else { merge_record(path, versions, &by_lines, marking, name_of) };
    merged.unwrap_or_else(|| {
        let bytes = if by_lines.is_clean { mark_whole(versions, marking) } else { by_lines.bytes };
        Outcome::Conflict { bytes, collisions: Vec::new() }
    })
}

/// Whether a file is a record, or a part of one.
pub(crate) fn is_record(path: &LedgerPath) -> bool {
    let is_toml = path.as_str().to_ascii_lowercase().ends_with(".toml");
    let is_in_folder = path.depth() > 0 && (Kind::of_folder(path.top()).is_some() || path.top() == SIGNATURES);
    is_toml && (is_in_folder || path.as_str() == ROOT_FILE)
}

/// Both sides as wholes, between markers.
fn mark_whole(versions: Versions<'_>, marking: &Marking<'_>) -> Vec<u8> {
    let ended = |bytes: &[u8]| {
        let mut bytes = bytes.to_vec();
        if bytes.last().is_some_and(|last| *last != b'\n') {
            bytes.push(b'\n');
        }
        bytes
    };
    let mut out = marking.line('<', &marking.ours, "\n").into_bytes();
    out.extend(ended(versions.ours));
    if marking.style != ConflictStyle::Merge {
        out.extend(marking.line('|', &marking.base, "\n").into_bytes());
        out.extend(ended(versions.base));
    }
    out.extend(marking.line('=', "", "\n").into_bytes());
    out.extend(ended(versions.theirs));
    out.extend(marking.line('>', &marking.theirs, "\n").into_bytes());
    out
}

impl Marking<'_> {
    /// A marker.
    fn line(&self, letter: char, label: &str, newline: &str) -> String {
        let marker = String::from(letter).repeat(self.size.max(1));
        let label: String = label.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        let space = if label.is_empty() { "" } else { " " };
        format!("{marker}{space}{label}{newline}")
    }
}

/// Merges three versions of a record; `None` on any doubt.
fn merge_record(
    path: &LedgerPath,
    versions: Versions<'_>,
    by_lines: &LineMerge,
    marking: &Marking<'_>,
    name_of: NameOf<'_>,
) -> Option<Outcome> {
    let order = Order::of_path(path);
    let fields = order.fields(&[]);
    let find = |key: &str| fields.iter().find(|field| field.name == key).copied();
    let ours = std::str::from_utf8(versions.ours).ok()?;
    let newline = newline_of(ours);
    // The texts of the others with our line ends.
    let as_ours = |bytes| -> Option<Cow<'_, str>> {
        let text = std::str::from_utf8(bytes).ok()?;
        Some(if text.is_empty() || newline_of(text) == newline {
            Cow::from(text)
        } else {
            Cow::from(text.replace("\r\n", "\n").replace('\n', newline))
        })
    };
    let (base, theirs) = (as_ours(versions.base)?, as_ours(versions.theirs)?);
    let texts = Trio { base: &*base, ours, theirs: &*theirs };
    let (base_lines, base_tree) = TomlLines::with_tree(texts.base).ok()?;
    let (our_lines, our_tree) = TomlLines::with_tree(texts.ours).ok()?;
    let (their_lines, their_tree) = TomlLines::with_tree(texts.theirs).ok()?;
    let trees = Trio { base: base_tree, ours: our_tree, theirs: their_tree };
    let ids = EntryIds::new(&trees, &find);
    let plain = Marking::default();
    let lines = |base: &str, ours: &str, theirs: &str| -> Option<String> {
        let merged = merge_lines(base.as_bytes(), ours.as_bytes(), theirs.as_bytes(), &plain);
        merged.is_clean.then(|| String::from_utf8(merged.bytes).ok()).flatten()
    };
    let sides = [texts.ours, texts.theirs];
    if by_lines.is_clean
        && let Some(tree) = std::str::from_utf8(&by_lines.bytes).ok().and_then(|text| tree_of(text).ok())
    {
        let data = merge_data(&trees, &ids, &find, &lines, Some(&tree));
        let proof = Proof { path, find: &find, data: &data, sides };
        if data.clashes.is_empty() && proof.holds(&by_lines.bytes) {
            return Some(Outcome::Merged(by_lines.bytes.clone()));
        }
    }
    let data = merge_data(&trees, &ids, &find, &lines, None);
    let proof = Proof { path, find: &find, data: &data, sides };
    let layouts = Trio {
        base: Layout::new(&base_lines, &ids, Side::Base)?,
        ours: Layout::new(&our_lines, &ids, Side::Ours)?,
        theirs: Layout::new(&their_lines, &ids, Side::Theirs)?,
    };
    let index = Index::new(&layouts, &data);
    let assembly = Assembly {
        layouts: &layouts,
        texts: &texts,
        trees: &trees,
        ids: &ids,
        data: &data,
        find: &find,
        lines: &lines,
        newline,
        index,
    };
    let chunks = assembly.assemble().ok()?;
    let side = |side: Side| {
        written(&chunks, newline, |ours, _, theirs, out| {
            out.push_str(if side == Side::Ours { ours } else { theirs });
        })
    };
    let with_ours = side(Side::Ours);
    if !proof.holds(with_ours.as_bytes()) {
        return None;
    }
    if data.clashes.is_empty() {
        return Some(Outcome::Merged(with_ours.into_bytes()));
    }
    if !proof.holds_with_theirs(side(Side::Theirs).as_bytes()) {
        return None;
    }
    Some(marked(&chunks, &data, path, newline, marking, name_of))
}

/// The text of chunks, with what `choose` writes for those on which the sides collide: of ours, the base and theirs.
fn written(chunks: &[Chunk], newline: &str, choose: impl Fn(&str, &str, &str, &mut String)) -> String {
    let mut out = String::new();
    for chunk in chunks {
        let is_ended = |out: &str| out.trim_start_matches('\u{feff}').is_empty() || out.ends_with('\n');
        match chunk {
            Chunk::Text(text) if text.is_empty() => {}
            Chunk::Text(text) => {
                if !is_ended(&out) {
                    out.push_str(newline);
                }
                out.push_str(text);
            }
            Chunk::Clash { ours, base, theirs, .. } => {
                if !is_ended(&out) {
                    out.push_str(newline);
                }
                choose(ours, base, theirs, &mut out);
            }
        }
    }
    out
}

/// The file with markers around what collides, and a comment in our side that says in words what it is.
fn marked(
    chunks: &[Chunk],
    data: &DataMerge,
    path: &LedgerPath,
    newline: &str,
    marking: &Marking<'_>,
    name_of: NameOf<'_>,
) -> Outcome {
    let mut collisions = Vec::new();
    let mut bytes = String::new();
    let by_place: HashMap<_, _> = data.clashes.iter().map(|clash| (&clash.place, clash)).collect();
    let mut settled: Vec<Chunk> = Vec::new();
    for chunk in chunks {
        let Chunk::Clash { place, ours, base, theirs } = chunk else {
            settled.push(chunk.clone());
            continue;
        };
        let words = by_place.get(place).map(|clash| clash_words::sentence(clash, path, marking, name_of));
        let words = words.unwrap_or_default();
        // Empty lines above an entry stay outside, where both sides have them.
        let blank = |text: &str| {
            let start =
                text.split_inclusive('\n').take_while(|line| line.trim().is_empty()).map(str::len).sum::<usize>();
            text.get(..start).unwrap_or_default().to_owned()
        };
        let gap = [ours, theirs].into_iter().filter(|side| !side.is_empty()).map(|side| blank(side)).min();
        let gap = gap.unwrap_or_default();
        let ended = |text: &str| {
            let text = text.strip_prefix(gap.as_str()).unwrap_or(text);
            let is_ended = text.is_empty() || text.ends_with('\n');
            format!("{text}{}", if is_ended { "" } else { newline })
        };
        let mut block = gap.clone();
        block.push_str(&marking.line('<', &marking.ours, newline));
        block.push_str(&format!("# {words}{newline}"));
        block.push_str(&ended(ours));
        if marking.style != ConflictStyle::Merge {
            block.push_str(&marking.line('|', &marking.base, newline));
            block.push_str(&ended(base));
        }
        block.push_str(&marking.line('=', "", newline));
        block.push_str(&ended(theirs));
        block.push_str(&marking.line('>', &marking.theirs, newline));
        settled.push(Chunk::Text(block));
        collisions.push(words);
    }
    bytes.push_str(&written(&settled, newline, |_, _, _, _| {}));
    Outcome::Conflict { bytes: bytes.into_bytes(), collisions }
}

/// Proves a merged text: it says what both sides say, and reads as a record without a mistake that neither side has.
struct Proof<'p> {
    path: &'p LedgerPath,
    find: &'p dyn Fn(&str) -> Option<&'static Field>,
    data: &'p DataMerge,
    sides: [&'p str; 2],
}

impl Proof<'_> {
    /// Whether a text is the merge, with our side where the two collide.
    fn holds(&self, bytes: &[u8]) -> bool {
        self.says(bytes, &self.data.ours)
    }

    /// The same with their side.
    fn holds_with_theirs(&self, bytes: &[u8]) -> bool {
        self.says(bytes, &self.data.theirs)
    }

    fn says(&self, bytes: &[u8], expected: &Map<String, Value>) -> bool {
        let Ok(text) = std::str::from_utf8(bytes) else { return false };
        let Ok(tree) = tree_of(text) else { return false };
        if meaning(&tree, self.find) != meaning(expected, self.find) {
            return false;
        }
        let known = self.sides.map(|side| mistakes(self.path, side));
        // Each side may bring entries with the same mistake.
        let is_known = |(mistake, count): (&String, &usize)| {
            known.iter().filter_map(|known| known.get(mistake)).sum::<usize>() >= *count
        };
        mistakes(self.path, text).iter().all(is_known)
    }
}

/// The mistakes that a reader finds in a file, each with how often it is there.
fn mistakes(path: &LedgerPath, text: &str) -> HashMap<String, usize> {
    let root = "name = \"x\"\n";
    let mut files: Vec<(&str, &[u8])> = vec![(path.as_str(), text.as_bytes())];
    if path.as_str() != ROOT_FILE {
        files.push((ROOT_FILE, root.as_bytes()));
    }
    let mut found = HashMap::new();
    if let Ok(ledger) = load(&Memory::new(files)) {
        let own = ledger.findings.iter().filter(|finding| finding.path == *path);
        for mistake in own.map(|finding| format!("{} {}", finding.check, finding.message)) {
            *found.entry(mistake).or_default() += 1;
        }
        for repeat in ledger.repeats.iter().filter(|repeat| repeat.path == *path) {
            *found.entry(format!("repeat {}", repeat.field)).or_default() += 1;
        }
    }
    found
}
