//! Puts the text of a merge together from pieces of the two sides: ours, byte by byte, with what theirs changed.

use super::data::{DataMerge, MergeLines, Take};
use super::layout::{FieldPiece, Layout, Section};
use super::list_text::{ItemPlan, WrittenList, merge_list};
use super::place::{EntryIds, Place, Side, Step, Trio, field_in};
use super::sequence::{Sequences, SortKey, Sorting, place_new, sorting};
use crate::edit::format::ordered_by;
use crate::edit::page::Inside;
use crate::record::entry_key::{EntryId, tell_words_apart};
use crate::record::field::Field;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// A part of a merged text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Chunk {
    /// Text that is settled.
    Text(String),
    /// Text of which one side has to be chosen: whole fields or entries.
    Clash {
        /// The place where the sides collide.
        place: Place,
        /// What ours has.
        ours: String,
        /// What both started from.
        base: String,
        /// What theirs has.
        theirs: String,
    },
}

/// Why no text could be put together: the file is written in a way that leaves doubt. Another merge of it decides.
#[derive(Debug)]
pub(super) struct Doubt;

/// What a merge puts a text together from.
pub(super) struct Assembly<'m, 't> {
    /// The pieces of the three texts.
    pub layouts: &'m Trio<Layout<'t>>,
    /// The texts.
    pub texts: &'m Trio<&'t str>,
    /// What the texts say.
    pub trees: &'m Trio<serde_json::Map<String, Value>>,
    /// Their entries, kept apart.
    pub ids: &'m EntryIds,
    /// What becomes of each place.
    pub data: &'m DataMerge,
    /// The fields of the record.
    pub find: &'m dyn Fn(&str) -> Option<&'static Field>,
    /// Merges texts line by line.
    pub lines: MergeLines<'m>,
    /// How the lines of our text end.
    pub newline: &'static str,
    /// What is looked up often.
    pub index: Index,
}

/// What is looked up often while a text is put together.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// The places of the fields of ours.
    our_fields: HashSet<Place>,
    /// The places with something in them that changes.
    above_takes: HashSet<Place>,
    /// Where the parts of the record come in the file, by their first key.
    ranks: HashMap<String, usize>,
}

impl Index {
    /// The index of two layouts and what becomes of the places in them.
    pub(super) fn new(layouts: &Trio<Layout<'_>>, data: &DataMerge) -> Index {
        let mut index = Index::default();
        let fields = layouts.ours.sections.iter().flat_map(|section| &section.fields);
        index.our_fields = fields.map(|field| field.place.clone()).collect();
        for place in data.takes.keys() {
            index.above_takes.extend((1..place.len()).filter_map(|end| place.get(..end).map(<[Step]>::to_vec)));
        }
        for section in layouts.ours.sections.iter().chain(&layouts.theirs.sections) {
            if let Some(Step::Key(key)) = section.place.first() {
                let next = index.ranks.len();
                index.ranks.entry(key.clone()).or_insert(next);
            }
        }
        index
    }
}

impl Assembly<'_, '_> {
    /// The parts of the merged text.
    ///
    /// # Errors
    /// If the text is written in a way that leaves doubt.
    pub(super) fn assemble(&self) -> Result<Vec<Chunk>, Doubt> {
        let Trio { base, ours, theirs } = self.layouts;
        let inserted = self.insertions()?;
        // Whether the file begins with a mark of its encoding is ours to say.
        let bare = |top: &'_ str| top.trim_start_matches('\u{feff}').to_owned();
        let mark = ours.top.get(..ours.top.len() - bare(ours.top).len()).unwrap_or_default();
        let top = merge_comments(Some(&bare(base.top)), &bare(ours.top), &bare(theirs.top));
        let mut chunks = vec![Chunk::Text(format!("{mark}{top}"))];
        let mut clashed: HashSet<Place> = HashSet::new();
        for (at, section) in ours.sections.iter().enumerate() {
            match self.status(&section.place) {
                Some((Take::Gone, _)) => {}
                Some((Take::Clash, place)) => {
                    if clashed.insert(place.clone()) {
                        chunks.push(self.section_clash(&place));
                    }
                }
                // A list or table of which no field table is known comes in as a whole.
                Some((Take::Theirs, place)) => {
                    if clashed.insert(place.clone()) {
                        chunks.push(Chunk::Text(self.whole_of_theirs(&place)?));
                    }
                }
                _ => self.section(section, &mut chunks)?,
            }
            for from in inserted.get(&at).into_iter().flatten() {
                let section = theirs.sections.get(*from).ok_or(Doubt)?;
                match self.status(&section.place) {
                    Some((Take::Clash, place)) => {
                        if clashed.insert(place.clone()) {
                            chunks.push(self.section_clash(&place));
                        }
                    }
                    _ => chunks.push(Chunk::Text(self.apart(section, *from))),
                }
            }
        }
        Ok(chunks)
    }

    /// What becomes of a place, by itself or by what it is in, and of which.
    fn status(&self, place: &Place) -> Option<(Take, Place)> {
        (1..=place.len()).find_map(|end| {
            let outer: Place = place.get(..end)?.to_vec();
            let take = *self.data.takes.get(&outer)?;
            Some((take, outer))
        })
    }

    /// The sections of theirs that come in, by the section of ours that they follow.
    fn insertions(&self) -> Result<HashMap<usize, Vec<usize>>, Doubt> {
        let Trio { ours, theirs, .. } = self.layouts;
        let mut inserted: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut listed: HashMap<Place, HashMap<usize, usize>> = HashMap::new();
        let our_lists: HashSet<&[Step]> = ours.sections.iter().filter_map(Section::list).collect();
        // Where the section before came in, or is in ours.
        let mut last: Option<usize> = None;
        for (from, section) in theirs.sections.iter().enumerate() {
            if let Some(at) = ours.by_place.get(&section.place) {
                last = Some(*at);
                continue;
            }
            let comes_in = match self.status(&section.place) {
                Some((Take::Theirs | Take::Clash, _)) => true,
                Some(_) => false,
                None => section.fields.iter().any(|field| {
                    matches!(self.status(&field.place), Some((Take::Theirs, _))) && !self.is_in_ours(&field.place)
                }),
            };
            if !comes_in {
                continue;
            }
            // What comes in as a whole, or collides, stands where ours has it.
            if let Some((Take::Clash | Take::Theirs, place)) = self.status(&section.place)
                && ours.within(&place).next().is_some()
            {
                continue;
            }
            let list = section.list().map(<[Step]>::to_vec);
            let in_list = list.filter(|list| our_lists.contains(list.as_slice()));
            let after = match in_list {
                Some(list) => {
                    if !listed.contains_key(&list) {
                        listed.insert(list.clone(), self.place_entries(&list)?);
                    }
                    let placed = listed.get(&list).ok_or(Doubt)?;
                    *placed.get(&from).ok_or(Doubt)?
                }
                None => self.end_of_new(last.unwrap_or(0), &section.place),
            };
            inserted.entry(after).or_default().push(from);
            last = Some(after);
        }
        Ok(inserted)
    }

    fn is_in_ours(&self, place: &Place) -> bool {
        self.index.our_fields.contains(place)
    }

    /// After which section of ours comes what follows this one in theirs: after all that is in it, and after what ours added
    /// there and comes first.
    fn end_of_new(&self, anchor: usize, new: &Place) -> usize {
        let Trio { base, ours, theirs } = self.layouts;
        let mut end = anchor;
        let place_of = |at: usize| ours.sections.get(at).map(|section| &section.place);
        if let Some(place) = place_of(anchor).filter(|place| !place.is_empty() && !new.starts_with(place)) {
            while place_of(end + 1).is_some_and(|next| next.starts_with(place)) {
                end += 1;
            }
        }
        let is_new = |place: &Place| !base.by_place.contains_key(place) && !theirs.by_place.contains_key(place);
        let rank = self.rank(new);
        while place_of(end + 1).is_some_and(|next| is_new(next) && self.rank(next) <= rank) {
            end += 1;
        }
        end
    }

    fn rank(&self, place: &Place) -> usize {
        match place.first() {
            Some(Step::Key(key)) => self.index.ranks.get(key).copied().unwrap_or(usize::MAX),
            _ => 0,
        }
    }

    /// After which section of ours each new entry of a list goes, by its section.
    fn place_entries(&self, list: &Place) -> Result<HashMap<usize, usize>, Doubt> {
        let Trio { ours, theirs, .. } = self.layouts;
        let entries = |layout: &Layout<'_>| -> Vec<Place> {
            layout
                .sections
                .iter()
                .filter(|section| section.list() == Some(list))
                .map(|section| section.place.clone())
                .collect()
        };
        let lists = self.layouts.map(entries);
        let keys = self.sort_keys(list);
        let sort_key = |place: &Place| keys.as_ref().and_then(|(_, keys)| keys.get(place).cloned());
        let sorted: Option<(Sorting, SortKey<'_, Place>)> =
            keys.as_ref().map(|(sorting, _)| (*sorting, &sort_key as SortKey<'_, Place>));
        let is_wanted = |place: &Place| matches!(self.status(place), Some((Take::Theirs | Take::Clash, _)));
        let sequences = Sequences { base: &lists.base, ours: &lists.ours, theirs: &lists.theirs };
        let first = ours.sections.iter().position(|section| section.list() == Some(list)).ok_or(Doubt)?;
        let mut placed = HashMap::new();
        for (after, from) in place_new(&sequences, &is_wanted, sorted) {
            let at = match after.checked_sub(1).and_then(|before| lists.ours.get(before)) {
                None => first.checked_sub(1).ok_or(Doubt)?,
                Some(entry) => {
                    let at = *ours.by_place.get(entry).ok_or(Doubt)?;
                    let inner = ours.sections.iter().skip(at + 1).take_while(|next| next.place.starts_with(entry));
                    at + inner.count()
                }
            };
            let sections = from.into_iter().filter_map(|from| theirs.by_place.get(lists.theirs.get(from)?).copied());
            placed.extend(sections.map(|section| (section, at)));
        }
        Ok(placed)
    }

    /// The field of a place, and that of the list if it is an entry.
    fn field_at(&self, place: &[Step]) -> Option<&'static Field> {
        let mut keys = place.iter().filter_map(|step| match step {
            Step::Key(key) => Some(key),
            Step::Entry(_) => None,
        });
        let first = (self.find)(keys.next()?)?;
        keys.try_fold(first, |field, key| field_in(Some(field), key))
    }

    /// The value at a place in one version.
    fn value_at(&self, side: Side, place: &[Step]) -> Option<&Value> {
        let (first, rest) = place.split_first()?;
        let Step::Key(key) = first else { return None };
        let mut value = self.trees.of(side).get(key)?;
        for (depth, step) in rest.iter().enumerate() {
            value = match step {
                Step::Key(key) => value.get(key)?,
                Step::Entry(id) => {
                    let list: Place = place.get(..=depth)?.to_vec();
                    let at = self.ids.of(&list, side).iter().position(|other| other == id)?;
                    value.get(at)?
                }
            };
        }
        Some(value)
    }

    /// By what the entries of a list are sorted, if they are: by their date or number, or by what tells them apart.
    fn sort_keys(&self, list: &Place) -> Option<(Sorting, HashMap<Place, String>)> {
        let field = self.field_at(list)?;
        let table = match (field.shape)() {
            crate::record::field::Shape::Table(table) => table,
            _ => return None,
        };
        let by = ordered_by(field).map(|by| vec![by.name]);
        let by_key = table.key.filter(|key| !key.fields.is_empty()).map(|key| key.fields.to_vec());
        let has_log_order = by.is_some();
        for names in [by, by_key].into_iter().flatten() {
            let text = |entry: &Value| -> Option<String> {
                let parts: Option<Vec<String>> = names.iter().map(|name| entry.get(*name).map(sort_text)).collect();
                parts.map(|parts| parts.join("\u{1}"))
            };
            let keys_of = |side: Side| -> Vec<(Place, Option<String>)> {
                let entries = self.value_at(side, list).and_then(Value::as_array);
                let ids = self.ids.of(list, side);
                let place = |id: &EntryId| list.iter().cloned().chain([Step::Entry(id.clone())]).collect::<Place>();
                ids.iter().zip(entries.into_iter().flatten()).map(|(id, entry)| (place(id), text(entry))).collect()
            };
            let sides = [Side::Base, Side::Ours, Side::Theirs].map(keys_of);
            let keys: Vec<Vec<Option<String>>> =
                sides.iter().map(|side| side.iter().map(|(_, key)| key.clone()).collect()).collect();
            let fewest = if names.first() == Some(&"date") || names.first() == Some(&"version") { 1 } else { 3 };
            if let Some(sorting) = sorting(&keys, fewest) {
                let known = sides.into_iter().flatten().filter_map(|(place, key)| Some((place, key?)));
                return Some((sorting, known.collect()));
            }
            if has_log_order {
                return None;
            }
        }
        None
    }

    /// A section of both sides.
    fn section(&self, ours: &Section<'_>, chunks: &mut Vec<Chunk>) -> Result<(), Doubt> {
        let base = self.layouts.base.section(&ours.place);
        let Some(theirs) = self.layouts.theirs.section(&ours.place) else {
            // Ours alone, or under a heading of its own in ours alone.
            return self.fields(base, ours, None, chunks);
        };
        if base.is_some_and(|base| base.whole == theirs.whole) {
            self.push(chunks, ours.whole.to_owned());
            return Ok(());
        }
        self.push(chunks, merge_comments(base.map(|base| base.lead), ours.lead, theirs.lead));
        self.push(chunks, merge_line(base.map(|base| base.head), ours.head, theirs.head).to_owned());
        self.fields(base, ours, Some(theirs), chunks)?;
        self.push(chunks, merge_comments(base.map(|base| base.tail), ours.tail, theirs.tail));
        Ok(())
    }

    fn fields(
        &self,
        base: Option<&Section<'_>>,
        ours: &Section<'_>,
        theirs: Option<&Section<'_>>,
        chunks: &mut Vec<Chunk>,
    ) -> Result<(), Doubt> {
        let places = |section: Option<&Section<'_>>| -> Vec<Place> {
            section.map_or_else(Vec::new, |section| section.fields.iter().map(|field| field.place.clone()).collect())
        };
        let lists = Trio { base: places(base), ours: places(Some(ours)), theirs: places(theirs) };
        let comes_in = |place: &Place| {
            matches!(self.status(place), Some((Take::Theirs | Take::Clash, _))) && !self.is_in_ours(place)
        };
        let sequences = Sequences { base: &lists.base, ours: &lists.ours, theirs: &lists.theirs };
        let placed = place_new(&sequences, &comes_in, None);
        if theirs.is_none() {
            self.push(chunks, format!("{}{}", ours.lead, ours.head));
        }
        for at in 0..=ours.fields.len() {
            for from in placed.get(&at).into_iter().flatten() {
                let field = theirs.and_then(|theirs| theirs.fields.get(*from)).ok_or(Doubt)?;
                if matches!(self.status(&field.place), Some((Take::Clash, _))) {
                    let base = base.and_then(|base| base.field(&field.place)).map(piece_text).unwrap_or_default();
                    let theirs = piece_text(field);
                    chunks.push(Chunk::Clash { place: field.place.clone(), ours: String::new(), base, theirs });
                } else {
                    self.push(chunks, piece_text(field));
                }
            }
            let Some(field) = ours.fields.get(at) else { continue };
            let in_base = base.and_then(|base| base.field(&field.place));
            let in_theirs = theirs.and_then(|theirs| theirs.field(&field.place));
            self.field(in_base, field, in_theirs, chunks)?;
        }
        if theirs.is_none() {
            self.push(chunks, ours.tail.to_owned());
        }
        Ok(())
    }

    fn field(
        &self,
        base: Option<&FieldPiece<'_>>,
        ours: &FieldPiece<'_>,
        theirs: Option<&FieldPiece<'_>>,
        chunks: &mut Vec<Chunk>,
    ) -> Result<(), Doubt> {
        let status = self.status(&ours.place).map(|(take, _)| take);
        if status == Some(Take::Gone) {
            return Ok(());
        }
        if status == Some(Take::Clash) {
            let text = |piece: Option<&FieldPiece<'_>>| piece.map(piece_text).unwrap_or_default();
            let (lead, shared) = match theirs {
                Some(theirs) if theirs.lead == ours.lead => (ours.lead, true),
                _ => ("", false),
            };
            let side = |piece: Option<&FieldPiece<'_>>| match piece {
                Some(piece) if shared => piece.line.to_owned(),
                piece => text(piece),
            };
            self.push(chunks, lead.to_owned());
            chunks.push(Chunk::Clash {
                place: ours.place.clone(),
                ours: side(Some(ours)),
                base: side(base),
                theirs: side(theirs),
            });
            return Ok(());
        }
        let Some(theirs) = theirs else {
            // Only in ours, or elsewhere in theirs.
            if matches!(status, Some(Take::Theirs | Take::Words | Take::Lines)) {
                return Err(Doubt);
            }
            self.push(chunks, piece_text(ours));
            return Ok(());
        };
        self.push(chunks, merge_comments(base.map(|base| base.lead), ours.lead, theirs.lead));
        if base.is_some_and(|base| base.line == ours.line) {
            // Only theirs changed the line.
            self.push(chunks, theirs.line.to_owned());
            return Ok(());
        }
        let below = self.index.above_takes.contains(&ours.place);
        let value = match status {
            Some(Take::Theirs) => theirs.written().to_owned(),
            Some(Take::Lines) => {
                let base = base.ok_or(Doubt)?;
                (self.lines)(base.written(), ours.written(), theirs.written()).ok_or(Doubt)?
            }
            Some(Take::Words) => self.words(base, ours, theirs)?,
            _ if below => self.inline_entries(base, ours, theirs)?,
            _ => ours.written().to_owned(),
        };
        let behind = merge_line(base.map(FieldPiece::behind), ours.behind(), theirs.behind());
        self.push(chunks, format!("{}{value}{behind}", ours.before()));
        Ok(())
    }

    /// A list of words with what both sides added.
    fn words(
        &self,
        base: Option<&FieldPiece<'_>>,
        ours: &FieldPiece<'_>,
        theirs: &FieldPiece<'_>,
    ) -> Result<String, Doubt> {
        let of = |side: Side| self.value_at(side, &ours.place).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let values = Trio { base: of(Side::Base), ours: of(Side::Ours), theirs: of(Side::Theirs) };
        let ids = tell_words_apart(&[values.base, values.ours, values.theirs]);
        let [base_ids, our_ids, their_ids] = <[Vec<EntryId>; 3]>::try_from(ids).map_err(|_| Doubt)?;
        let all = |ids: &[EntryId]| ids.iter().cloned().collect::<HashSet<EntryId>>();
        let (in_base, in_ours, in_theirs) = (all(&base_ids), all(&our_ids), all(&their_ids));
        let is_kept = |id: &EntryId| in_theirs.contains(id) || !in_base.contains(id);
        let is_wanted = |id: &EntryId| !in_ours.contains(id) && !in_base.contains(id);
        let mut keys: HashMap<EntryId, String> = HashMap::new();
        for (ids, values) in [(&base_ids, values.base), (&our_ids, values.ours), (&their_ids, values.theirs)] {
            keys.extend(ids.iter().cloned().zip(values.iter().map(sort_text)));
        }
        let plain = |ids: &[EntryId]| -> Vec<Option<String>> { ids.iter().map(|id| keys.get(id).cloned()).collect() };
        let how = sorting(&[plain(&base_ids), plain(&our_ids), plain(&their_ids)], 3);
        let key = |id: &EntryId| keys.get(id).cloned();
        let plan = ItemPlan {
            is_kept: &is_kept,
            is_wanted: &is_wanted,
            is_replaced: &|_| false,
            sorted: how.map(|how| (how, &key as SortKey<'_, EntryId>)),
        };
        self.list(base.map(|base| (base, base_ids.as_slice())), (ours, &our_ids), (theirs, &their_ids), &plan)
    }

    /// A list of entries in braces, inside brackets.
    fn inline_entries(
        &self,
        base: Option<&FieldPiece<'_>>,
        ours: &FieldPiece<'_>,
        theirs: &FieldPiece<'_>,
    ) -> Result<String, Doubt> {
        let is_list = |piece: &FieldPiece<'_>| matches!(piece.value.inside, Inside::List(_));
        if !is_list(ours) || !is_list(theirs) {
            return Err(Doubt);
        }
        let place = &ours.place;
        let ids = Trio {
            base: self.ids.of(place, Side::Base),
            ours: self.ids.of(place, Side::Ours),
            theirs: self.ids.of(place, Side::Theirs),
        };
        let of = |id: &EntryId| -> Place { place.iter().cloned().chain([Step::Entry(id.clone())]).collect() };
        // A field changed inside the braces.
        let is_inner = |other: &&Place| other.len() > place.len() + 1 && other.starts_with(place);
        let is_clash = |id: &EntryId| self.data.takes.get(&of(id)) == Some(&Take::Clash);
        if self.data.takes.keys().any(|other| is_inner(&other)) || ids.ours.iter().chain(ids.theirs).any(is_clash) {
            return Err(Doubt);
        }
        let take = |id: &EntryId| self.data.takes.get(&of(id)).copied();
        let is_kept = |id: &EntryId| take(id) != Some(Take::Gone);
        let is_wanted = |id: &EntryId| take(id) == Some(Take::Theirs);
        let keys = self.sort_keys(place);
        let key = |id: &EntryId| keys.as_ref().and_then(|(_, keys)| keys.get(&of(id)).cloned());
        let plan = ItemPlan {
            is_kept: &is_kept,
            is_wanted: &is_wanted,
            is_replaced: &is_wanted,
            sorted: keys.as_ref().map(|(how, _)| (*how, &key as SortKey<'_, EntryId>)),
        };
        self.list(base.map(|base| (base, ids.base)), (ours, ids.ours), (theirs, ids.theirs), &plan)
    }

    fn list(
        &self,
        base: Option<(&FieldPiece<'_>, &[EntryId])>,
        ours: (&FieldPiece<'_>, &[EntryId]),
        theirs: (&FieldPiece<'_>, &[EntryId]),
        plan: &ItemPlan<'_>,
    ) -> Result<String, Doubt> {
        let base = base.map(|(piece, ids)| WrittenList { text: self.texts.base, place: &piece.value, ids });
        let ours = WrittenList { text: self.texts.ours, place: &ours.0.value, ids: ours.1 };
        let theirs = WrittenList { text: self.texts.theirs, place: &theirs.0.value, ids: theirs.1 };
        merge_list(base.as_ref(), &ours, &theirs, plan, self.newline).ok_or(Doubt)
    }

    /// The sections of theirs in place of those of ours, where ours are as they were.
    fn whole_of_theirs(&self, place: &Place) -> Result<String, Doubt> {
        let text = |layout: &Layout<'_>| layout.within(place).map(|section| section.whole).collect::<String>();
        let texts = self.layouts.map(text);
        if texts.ours == texts.base { Ok(texts.theirs) } else { Err(Doubt) }
    }

    /// A table or an entry on which the sides collide, as a whole.
    fn section_clash(&self, place: &Place) -> Chunk {
        let text = |layout: &Layout<'_>| layout.within(place).map(|section| section.whole).collect::<String>();
        let texts = self.layouts.map(text);
        Chunk::Clash { place: place.clone(), ours: texts.ours, base: texts.base, theirs: texts.theirs }
    }

    /// A section of theirs. The first of its file has no empty line above it there.
    fn apart(&self, section: &Section<'_>, from: usize) -> String {
        let is_first = self.layouts.theirs.sections.iter().take(from).all(|before| before.whole.is_empty());
        let is_apart = !is_first || section.lead.starts_with(['\n', '\r']);
        if is_apart { section.whole.to_owned() } else { format!("{}{}", self.newline, section.whole) }
    }

    fn push(&self, chunks: &mut Vec<Chunk>, text: String) {
        if !text.is_empty() {
            chunks.push(Chunk::Text(text));
        }
    }
}

fn piece_text(piece: &FieldPiece<'_>) -> String {
    format!("{}{}", piece.lead, piece.line)
}

/// A value to compare: text without regard to case, numbers by their size.
fn sort_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_lowercase(),
        Value::Number(number) => format!("{number:0>20}"),
        other => other.to_string(),
    }
}

/// A line that means the same on both sides: the one that changed.
fn merge_line<'t>(base: Option<&str>, ours: &'t str, theirs: &'t str) -> &'t str {
    if base == Some(ours) { theirs } else { ours }
}

/// Empty lines and comments between fields: those of the side that changed them, or those of both.
fn merge_comments(base: Option<&str>, ours: &str, theirs: &str) -> String {
    if base == Some(theirs) || ours == theirs {
        return ours.to_owned();
    }
    if base == Some(ours) {
        return theirs.to_owned();
    }
    let base: HashSet<&str> = base.unwrap_or_default().lines().collect();
    let (our_lines, their_lines): (HashSet<&str>, HashSet<&str>) = (ours.lines().collect(), theirs.lines().collect());
    let is_removed = |line: &str| !line.trim().is_empty() && base.contains(line) && !their_lines.contains(line);
    let mut merged: String =
        ours.split_inclusive('\n').filter(|line| !is_removed(line.trim_end_matches(['\r', '\n']))).collect();
    for line in theirs.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\r', '\n']);
        if !bare.trim().is_empty() && !base.contains(bare) && !our_lines.contains(bare) {
            if !merged.is_empty() && !merged.ends_with('\n') {
                merged.push('\n');
            }
            merged.push_str(line);
        }
    }
    merged
}
