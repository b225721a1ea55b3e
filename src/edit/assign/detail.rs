//! `phone=`, `email=` and `address=`: the contact details of a person, an organization or an official, as people call them.

use super::{Assignment, Operation};
use crate::edit::Edit;
use crate::edit::literal::Literal;
use crate::edit::order::Order;
use crate::edit::page::PathStep;
use crate::error::Error;
use crate::record::common::ContactType;
use crate::record::value::Choices as _;
use serde_json::{Map, Value, json};

/// The list of contact details.
pub(super) const LIST: &str = "contact_details";

/// The type of contact detail that a name means, in a record that has such details and no field of the name.
pub(super) fn detail_type(name: &str, order: &Order) -> Option<&'static str> {
    let name = name.trim();
    order.field(&[LIST.into()])?;
    if order.field(&[name.into()]).is_some() {
        return None;
    }
    let spelled = name.to_lowercase().replace([' ', '-'], "_");
    let meant = OTHER_NAMES
        .iter()
        .find(|(_, names)| names.contains(&spelled.as_str()))
        .map_or(spelled.as_str(), |(word, _)| word);
    ContactType::CHOICES.iter().map(|choice| choice.word).find(|word| *word == meant)
}

/// What people call a type of contact detail.
const OTHER_NAMES: [(&str, &[&str]); 4] = [
    ("phone", &["phone_number", "tel", "phone_no", "work_phone", "home_phone", "landline"]),
    ("mobile", &["cell", "cell_phone", "cellphone", "mobile_phone", "mobile_number"]),
    ("email", &["email_address", "mail"]),
    ("address", &["mailing_address", "postal_address", "street_address", "street"]),
];

impl Assignment {
    /// The change of the details that a file holds. With one detail of the type, the new value replaces it.
    ///
    /// # Errors
    /// If several are of the type, and none of them is meant more than the others.
    pub(super) fn detail_edits(&self, detail: &'static str, now: Option<&Value>) -> Result<Vec<Edit>, Error> {
        let list: &[Value] = now.and_then(Value::as_array).map_or(&[], Vec::as_slice);
        // A tree has text with `=` in front.
        let text = |entry: &Value, key: &str| entry.get(key)?.as_str()?.strip_prefix('=').map(str::to_owned);
        let same: Vec<usize> = (0..list.len())
            .filter(|at| list.get(*at).and_then(|entry| text(entry, "type")).as_deref() == Some(detail))
            .collect();
        let holds = |at: &usize| list.get(*at).and_then(|entry| text(entry, "value")).as_ref() == Some(&self.value);
        let place = |at: usize, rest: &[&str]| -> Vec<PathStep> {
            [LIST.into(), at.into()].into_iter().chain(rest.iter().map(|key| PathStep::from(*key))).collect()
        };
        let new =
            || Edit::entry(LIST, vec![("type", Literal::Text(detail.to_owned())), ("value", self.literal_detail())]);
        match (self.operation, same.as_slice()) {
            (Operation::Set, []) if self.value.is_empty() => Ok(Vec::new()),
            (Operation::Set, [at]) if self.value.is_empty() => Ok(vec![Edit::Remove { place: place(*at, &[]) }]),
            (Operation::Set, []) => Ok(vec![new()]),
            (Operation::Set, [at]) => {
                Ok(vec![Edit::Set { place: place(*at, &["value"]), value: self.literal_detail() }])
            }
            (Operation::Add, same) if same.iter().any(holds) => Ok(Vec::new()),
            (Operation::Add, _) => Ok(vec![new()]),
            (Operation::Remove, same) => match same.iter().find(|at| holds(at)) {
                Some(at) => Ok(vec![Edit::Remove { place: place(*at, &[]) }]),
                None => Err(Error::refused(format!("there is no {detail} `{}`", self.value))),
            },
            (Operation::Set, several) => Err(Error::refused(format!(
                "the record has {} entries of type {detail}; say which one to change, such as {LIST}.{}.value={}, or add one with \
                 {detail}+={}",
                several.len(),
                several.first().map_or(1, |at| at + 1),
                self.value,
                self.value
            ))),
        }
    }

    /// Adds the detail to the fields of a record that is still to be made.
    ///
    /// # Errors
    /// If it is to be taken away.
    pub(super) fn detail_into_fields(&self, detail: &str, fields: &mut Map<String, Value>) -> Result<(), Error> {
        if !self.value.is_empty() {
            let list = fields.entry(LIST).or_insert_with(|| Value::Array(Vec::new()));
            if let Some(items) = list.as_array_mut() {
                items.push(json!({ "type": detail, "value": self.value }));
            }
        }
        Ok(())
    }

    fn literal_detail(&self) -> Literal {
        Literal::Text(self.value.clone())
    }
}
