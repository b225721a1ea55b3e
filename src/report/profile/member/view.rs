//! The page of a member as a document.

use super::{Interest, MemberPage, Person, Signing, Turf};
use crate::document::{Document, Fact, Item, Line, Section, words};
use crate::record::member::Stage;
use crate::record::value::Choices;
use crate::report::profile::{day, first_items, giving, points, seats, signed, spell_slug, write_details};
use crate::report::{Named, ReportRequest};
use chrono::NaiveDate;

impl MemberPage {
    /// Says the page.
    pub(super) fn document(&self, request: &ReportRequest<'_>) -> Document {
        let today = request.today;
        let mut document = Document::new(self.member.name.as_str());
        document.add_subtitle(format!("{}, {}", request.ledger.root.name(), words::weekday(today)));
        document.add(self.who(today));
        document.add(points::section(&self.points, today));
        document.add(people_section(&self.people));
        document.add(interest_section(&self.interests, &self.turf));
        document.add(self.proposals(today));
        document.add(signature_section(&self.signatures, today));
        // What counts and what is missing says it all of a member; of one that has left, what it signed remains.
        if self.signatures.is_empty() {
            document.add(signed::section(&self.signed, false, today));
        }
        document.add(self.positions.section(today));
        document.add(giving::section(&self.gifts, today));
        document.add(self.meetings.section(today));
        document.add(self.help.section(today));
        document.add(self.actions.section(today, true));
        document.add(seats::section(&self.seats, true));
        document.add(self.contacts.section(today));
        let mut notes = Section::new("Notes");
        notes.paragraph(self.notes.as_deref().unwrap_or_default());
        document.add(notes);
        document
    }

    fn proposals(&self, today: NaiveDate) -> Section {
        let mut section = Section::new("What they proposed");
        section.list(first_items(&self.proposed, "list goals", |one| {
            let date = one.date.map(|date| format!(", {}", words::near_day(date, today))).unwrap_or_default();
            Item::new(Line::new().strong(&one.goal.name).plain(format!(" ({}){date}", one.stage.word())))
        }));
        section
    }

    fn who(&self, today: NaiveDate) -> Section {
        let mut section = Section::new("Who they are");
        let sort = self.classification.map_or("", Choices::label);
        // A sector that the sort names already says nothing more.
        let sector = self.sector.as_deref().map(spell_slug).filter(|sector| !sort.eq_ignore_ascii_case(sector));
        let since = |date: Option<NaiveDate>| date.map(|date| format!(" {}", day(date, today))).unwrap_or_default();
        let stage = match self.stage {
            Stage::Joined => format!("Member; joined{}", since(self.joined)),
            Stage::Left => {
                let joined = self.joined.map(|date| format!("Joined {}; left", words::near_day(date, today)));
                format!("{}{}", joined.as_deref().unwrap_or("Left"), since(self.left))
            }
            Stage::Declined => format!("Declined to join{}", since(self.declined)),
            Stage::Invited => format!("Invited{}; not a member yet", since(self.invited)),
            Stage::Identified | Stage::Unknown => "Not asked yet".to_owned(),
        };
        let lead = self.lead_days.map(|days| format!("needs {}", words::days(i64::from(days))));
        let meets = self.meets.as_ref().map(|meets| format!("meets: {meets}"));
        let decides: Vec<String> = self.approver.iter().cloned().chain(lead).chain(meets).collect();
        section.facts([
            Fact::new("Type", sort),
            Fact::new("Sector", words::capitalize(&sector.unwrap_or_default())),
            Fact::new("Places served", self.areas.join(", ")),
            Fact::new("Stage", stage),
            Fact::new("Brought in by", self.sponsor.as_ref().map_or("", |sponsor| sponsor.name.as_str())),
            Fact::new("Decides", decides.join("; ")),
            Fact::new("Web page", self.url.as_deref().unwrap_or_default()),
            Fact::new("Reach them", write_details(&self.contact_details)),
        ]);
        section
    }
}

fn people_section(people: &[Person]) -> Section {
    let mut section = Section::new("Their people");
    section.list(people.iter().map(|one| {
        let mut parts = Vec::new();
        if one.representative {
            parts.push("represents them");
        }
        if one.backup_representative {
            parts.push("fills in");
        }
        if one.signatory {
            parts.push("may sign");
        }
        if !one.serves {
            parts.push("is not current");
        }
        let parts = if parts.is_empty() { String::new() } else { format!(": {}", words::list(&parts)) };
        let title =
            one.title.as_deref().or(one.role.map(Choices::label)).map(|title| format!(", {title}")).unwrap_or_default();
        let item = Item::new(Line::new().strong(&one.advocate.name).plain(format!("{title}{parts}")));
        match &one.contact_owner {
            Some(owner) if one.serves => item.with(format!("{} keeps in touch", owner.name)),
            _ => item,
        }
    }));
    section
}

fn interest_section(interests: &[Interest], turf: &[Turf]) -> Section {
    let mut section = Section::new("What they care about");
    section.list(interests.iter().map(|one| {
        let goals: Vec<String> = one
            .goals
            .iter()
            .map(|served| format!("{} ({})", words::quote(&served.goal.name), served.stage.word()))
            .collect();
        let goals = if goals.is_empty() { "no goal serves it yet".to_owned() } else { words::list(&goals) };
        Item::new(Line::new().strong(words::capitalize(&spell_slug(&one.interest))).plain(format!(": {goals}")))
    }));
    section.titled_list(
        "Work they consider their own:",
        first_items(turf, "list members turf:*", |one| {
            let others = match one.claimed_by.as_slice() {
                [] => String::new(),
                [other] => format!("; so does {}", other.name),
                others => format!(", as do {}", words::list(&Named::names(others))),
            };
            let shared: Vec<String> = one.shared_by.iter().map(|agreement| words::quote(&agreement.name)).collect();
            let shared =
                if shared.is_empty() { String::new() } else { format!("; shared under {}", words::list(&shared)) };
            Item::new(format!("{}{others}{shared}", words::capitalize(&spell_slug(&one.turf))))
        }),
    );
    section
}

fn signature_section(signatures: &[Signing], today: NaiveDate) -> Section {
    let mut section = Section::new("Signatures");
    section.list(signatures.iter().map(|one| {
        let line = Line::new().strong(&one.agreement.name);
        if one.cell.is_open() {
            let problem = one.cell.problem.as_deref().unwrap_or_default();
            return Item::new(line.plain(format!(": {} {problem}", one.cell.member.name))).with(one.cell.task(today));
        }
        let by = one.cell.by.as_ref().map(|by| format!(" by {}", by.name)).unwrap_or_default();
        let date = one.cell.date.map(|date| format!(" on {}", words::format_date(date))).unwrap_or_default();
        let state = if one.cell.counts() { format!("signed{by}{date}") } else { spell_slug(one.cell.state.word()) };
        Item::new(line.plain(format!(": {state}")))
    }));
    section
}
