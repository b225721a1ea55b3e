//! The page of a person as a document.

use super::{AdvocatePage, ConsentGiven};
use crate::document::{Document, Fact, Item, Line, Section, words};
use crate::record::value::Choices;
use crate::report::profile::{day, first_items, giving, points, seats, signed, spell_slug, write_details};
use crate::report::{Named, ReportRequest};
use chrono::NaiveDate;

impl AdvocatePage {
    /// Says the page.
    pub(super) fn document(&self, request: &ReportRequest<'_>) -> Document {
        let today = request.today;
        let mut document = Document::new(self.advocate.name.as_str());
        document.add_subtitle(format!("{}, {}", request.ledger.root.name(), words::weekday(today)));
        document.add(self.who(today));
        document.add(points::section(&self.points, today));
        document.add(self.parts(today));
        document.add(seats::section(&self.seats, false));
        document.add(self.load_section(today));
        document.add(signed::section(&self.signed, true, today));
        document.add(giving::section(&self.gifts, today));
        document.add(self.meetings.section(today));
        document.add(self.actions.section(today, false));
        document.add(self.contacts.section(today));
        let mut notes = Section::new("Notes");
        notes.paragraph(self.notes.as_deref().unwrap_or_default());
        document.add(notes);
        document
    }

    fn who(&self, today: NaiveDate) -> Section {
        let mut section = Section::new("Who they are");
        let time = match (self.serves, self.start_date, self.end_date) {
            (true, Some(start), None) => format!("since {}", day(start, today)),
            (true, _, Some(end)) => format!("until {}", day(end, today)),
            (true, None, None) => String::new(),
            (false, Some(start), _) if start > today => format!("from {}", day(start, today)),
            (false, Some(start), Some(end)) if end < today => {
                format!("from {} until {}", words::near_day(start, today), day(end, today))
            }
            (false, _, Some(end)) if end < today => format!("until {}", day(end, today)),
            (false, _, _) => "not now".to_owned(),
        };
        let owner = match (&self.contact_owner, self.contact_owner_serves) {
            (None, _) => "no one yet".to_owned(),
            (Some(owner), true) => owner.name.clone(),
            (Some(owner), false) => format!("{}, who is no longer active", owner.name),
        };
        section.facts([
            Fact::new("Role", self.role.map_or("", Choices::label)),
            Fact::new("Title", self.title.as_deref().unwrap_or_default()),
            Fact::new("Pronouns", self.pronouns.as_deref().unwrap_or_default()),
            Fact::new("Member", self.member.as_ref().map_or("", |member| member.name.as_str())),
            Fact::new("Active", time),
            Fact::new("Speaks", self.languages.join(", ")),
            Fact::new("Good at", self.skills.iter().map(|skill| spell_slug(skill)).collect::<Vec<_>>().join(", ")),
            Fact::new("Contact person", if self.serves { owner } else { String::new() }),
            Fact::new("Public pages", self.consent.words()),
            Fact::new("Reach them", write_details(&self.contact_details)),
        ]);
        section
    }

    fn parts(&self, today: NaiveDate) -> Section {
        let mut section = Section::new("What they do for us");
        let mut items: Vec<Item> = self
            .speaks_for
            .iter()
            .map(|one| {
                let verb = if one.representative { "Represents" } else { "Fills in for" };
                Item::new(format!("{verb} {}", one.member.name))
            })
            .collect();
        let mut several = |[one, many]: [&str; 2], names: Vec<String>| {
            if !names.is_empty() {
                items.push(Item::new(format!("{} {}", words::noun_form(names.len(), one, many), words::list(&names))));
            }
        };
        let names = |named: &[Named]| named.iter().map(|one| one.name.clone()).collect();
        let quoted = self.goals.iter().map(|goal| words::quote(&goal.name)).collect();
        several(["Responsible for the goal", "Responsible for the goals"], quoted);
        several(["Keeps in touch with"; 2], names(&self.keeps_in_touch_with));
        several(["Keeps in touch with the official", "Keeps in touch with the officials"], names(&self.officials));
        if self.contacts_made_last_year > 0 {
            let count = words::count(self.contacts_made_last_year, "contact", "contacts");
            items.push(Item::new(format!("Made {count} with others in the last year")));
        }
        section.list(items);
        section.titled_list(
            "Steps to do:",
            self.milestones.iter().map(|step| {
                let line = Line::new().plain(format!("{}, for {}", step.step, words::quote(&step.goal.name)));
                Item::new(match step.due {
                    Some(due) if due < today => line.plain(", ").late(format!("was due {}", day(due, today))),
                    Some(due) => line.plain(format!(", due {}", day(due, today))),
                    None => line,
                })
            }),
        );
        section
    }

    fn load_section(&self, today: NaiveDate) -> Section {
        let mut section = Section::new("Local notable");
        let Some(notable) = &self.notable else { return section };
        section.facts([
            Fact::new("Known for", notable.known_for.as_deref().unwrap_or_default()),
            Fact::new("Who listens", notable.audience.as_deref().unwrap_or_default()),
        ]);
        section.titled_list(
            "What we asked:",
            first_items(&notable.asks, "list asks", |asked| {
                let ask = asked.ask.as_deref().unwrap_or("Something");
                let answer = asked.answer.as_ref().map(|answer| format!("Answer: {answer}"));
                let none = if asked.answered { "Answered; use --private to show it" } else { "No answer yet" };
                Item::new(format!("{}: {ask}", day(asked.date, today))).with(answer.unwrap_or(none.to_owned()))
            }),
        );
        section
    }
}

impl ConsentGiven {
    fn words(&self) -> String {
        let yes = |given: Option<bool>, may: &str, not: &str| match given {
            Some(true) => may.to_owned(),
            Some(false) => not.to_owned(),
            None => String::new(),
        };
        let answers: Vec<String> = [
            yes(self.listed, "may name them", "may not name them"),
            yes(self.quoted, "may quote them", "may not quote them"),
            yes(self.photographed, "may show photographs", "may not show photographs"),
        ]
        .into_iter()
        .filter(|answers| !answers.is_empty())
        .collect();
        if answers.is_empty() {
            "no one has asked whether they may name them".to_owned()
        } else {
            words::list(&answers)
        }
    }
}
