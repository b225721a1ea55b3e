//! All records of one kind, in path order, found by id.

use crate::record::value::RecordId;
use crate::record::{Body, Record};
use std::collections::HashMap;

/// The records of one kind.
#[derive(Debug)]
pub struct Collection<B> {
    records: Vec<Record<B>>,
    by_id: HashMap<Box<str>, usize>,
}

impl<B> Default for Collection<B> {
    fn default() -> Self {
        Collection { records: Vec::new(), by_id: HashMap::new() }
    }
}

impl<B: Body> Collection<B> {
    /// Adds a record. Of several with one id the first is kept.
    ///
    /// # Errors
    /// The record that has the id already.
    pub(super) fn add(&mut self, record: Record<B>) -> Result<(), &Record<B>> {
        match self.by_id.get(record.key.id.as_ref()) {
            Some(at) => Err(&self.records[*at]),
            None => {
                self.by_id.insert(record.key.id.as_ref().into(), self.records.len());
                self.records.push(record);
                Ok(())
            }
        }
    }

    /// The records in the order of their paths.
    pub fn iter(&self) -> std::slice::Iter<'_, Record<B>> {
        self.records.iter()
    }

    /// The same, to be changed; ids stay as they are.
    pub(crate) fn iter_mut(&mut self) -> std::slice::IterMut<'_, Record<B>> {
        self.records.iter_mut()
    }

    /// The record with this id.
    pub fn get(&self, id: &B::Id) -> Option<&Record<B>> {
        self.find(id.as_str())
    }

    /// The record with this id as text, in any case.
    pub fn find(&self, id: &str) -> Option<&Record<B>> {
        let at = self.by_id.get(id).or_else(|| self.by_id.get(id.to_lowercase().as_str()))?;
        self.records.get(*at)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }
}

impl<'a, B: Body> IntoIterator for &'a Collection<B> {
    type Item = &'a Record<B>;
    type IntoIter = std::slice::Iter<'a, Record<B>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
