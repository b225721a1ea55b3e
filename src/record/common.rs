//! The fields that every record may have, and the parts that several kinds share: links, contacts, contact details.

use super::confidential::{is_confidential, is_of_somebody};
use super::table::table;
use super::value::{AdvocateId, CampaignId, Free, List, Opt, Prose, Slug, Url, choices, is_host, is_url};
use crate::parse::Reader;
use crate::source::Unseen;
use chrono::NaiveDate;

table! {
    /// The fields that every record may have.
    pub struct Common as "a record" {
        /// The name that people read, as they would say it.
        [required] name: Opt<String> = "\"The name that people know\"",
        /// Former names, short names and names in other languages. Searches find them too.
        other_names: List<String> = "[\"FOML\"]",
        /// Ids the record had before it was renamed. They keep older signatures valid.
        [duty] other_ids: List<Slug> = "[\"riverton-friends\"]",
        /// Notes for people who work with the ledger.
        [private] notes: Opt<Prose> = "\"Prefers to meet before noon.\"",
        /// Your own words to group records.
        tags: List<Slug> = "[\"founding\"]",
        /// Web pages with more information.
        links: List<Link> = "[[links]]\nurl = \"https://example.org/about\"",
        /// Where the facts in this record come from.
        sources: List<Link> = "[[sources]]\nurl = \"https://example.org/minutes.pdf\"\nnote = \"minutes of March 3\"",
        /// Findings of `coalition check` that you accept, each with a reason and, if you like, an end date.
        allow: List<Allow> = "[[allow]]\ncheck = \"stale-goal\"\nbecause = \"waits for the county budget\"\nuntil = 2026-12-31",
        /// Your own fields. The program keeps them and does not use them. Exports include them only if
        /// `coalition.toml` says `extra = "public"` under `[render]`.
        [private] extra: Opt<Free> = "[extra]\nshirt_size = \"M\"",
    }
}

table! {
    /// A web page.
    pub struct Link as "a link" {
        /// The web address.
        [required] url: Opt<Url> = "\"https://example.org/about\"",
        /// What the page contains.
        note: Opt<String> = "\"annual report 2025\"",
    }
    keyed by ();
}

table! {
    /// An exception: a finding that you accept, with the reason and the end date.
    pub struct Allow as "an accepted finding" {
        /// The name of the check whose finding in this record you accept.
        [required] check: Opt<String> = "\"stale-goal\"",
        /// Why you accept it.
        [required] because: Opt<String> = "\"waits for the county budget\"",
        /// The last day of the exception. Without it, the exception does not end.
        [ahead] until: Opt<NaiveDate> = "2026-12-31",
    }
    keyed by (check, until);
}

choices! {
    /// The ways to reach someone.
    pub enum ContactType {
        Email = "email": "Email",
        Phone = "phone": "Phone",
        Mobile = "mobile": "Cell phone",
        Fax = "fax": "Fax",
        Address = "address": "Mailing address",
        Url = "url": "Web page",
        Social = "social": "Social media",
        Other = "other": "Other",
    }
}

table! {
    /// One way to reach someone. It stays private unless it says `public = true` and contains no mistake.
    pub struct ContactDetail as "a contact detail" {
        /// The type, such as an email address or a phone number.
        [required] r#type: Opt<ContactType> = "\"email\"",
        /// The address or number.
        [required] value: Opt<String> = "\"friends@example.org\"",
        /// When to use it, and for what.
        note: Opt<String> = "\"weekdays after five\"",
        /// The first day it works.
        valid_from: Opt<NaiveDate> = "2025-01-01",
        /// The last day it works.
        [ahead] valid_until: Opt<NaiveDate> = "2026-12-31",
        /// Whether pages and exports may include it.
        [privacy] public: Opt<bool> = "true",
    }
    keyed by (r#type, value);
    order { valid_from <= valid_until; }
    also fits_its_type;
}

impl ContactType {
    /// Whether an office publishes contact details of this type.
    pub(super) fn is_of_office(self) -> bool {
        use ContactType::{Email, Fax, Phone, Social, Url};
        matches!(self, Email | Phone | Fax | Url | Social)
    }
}

impl ContactDetail {
    /// Whether it may appear on pages and works on a day.
    pub fn is_public(&self, on: NaiveDate) -> bool {
        self.is_open(false) && self.works(on)
    }

    /// Whether it leaves with exports on a day: whether others may have it, and its last day has not passed.
    pub fn leaves(&self, office: bool, on: NaiveDate) -> bool {
        self.is_open(office) && self.valid_until.as_ref().is_none_or(|until| on <= until.value)
    }

    /// Whether others may have it: where it says so, and of people in `office` where it is one of the office and says
    /// nothing. With a mistake in it no one knows what it says, and it stays. So does one whose note asks not to give
    /// it out.
    pub fn is_open(&self, office: bool) -> bool {
        let said = self.public.as_ref().map(|public| public.value);
        let is_kept = self.flawed || self.note.as_ref().is_some_and(|note| is_confidential(note));
        !is_kept && said.unwrap_or(office && self.is_of_office())
    }

    /// Whether it is of a type that an office publishes, and no note says that it is someone's own.
    fn is_of_office(&self) -> bool {
        self.r#type.as_ref().is_some_and(|kind| kind.value.is_of_office())
            && !self.note.as_ref().is_some_and(|note| is_of_somebody(note))
    }

    /// Whether it is the number of a phone that someone answers, and works on a day.
    pub fn rings(&self, on: NaiveDate) -> bool {
        let is_telephone = |kind| matches!(kind, ContactType::Phone | ContactType::Mobile);
        self.r#type.as_ref().is_some_and(|kind| is_telephone(kind.value)) && self.value.is_some() && self.works(on)
    }

    /// Whether it works on a day. Dates that are not given do not limit.
    pub fn works(&self, on: NaiveDate) -> bool {
        self.valid_from.as_ref().is_none_or(|from| from.value <= on)
            && self.valid_until.as_ref().is_none_or(|until| on <= until.value)
    }
}

/// Whether text is an email address with a domain.
pub(crate) fn is_email(text: &str) -> bool {
    let has_domain = text.rsplit_once('@').is_some_and(|(_, host)| is_host(host));
    has_domain && email_address::EmailAddress::is_valid(text)
}

/// An email address must be one, and a web page's address too.
fn fits_its_type(detail: &ContactDetail, reader: &mut Reader<'_>) {
    let (Some(kind), Some(value)) = (&detail.r#type, &detail.value) else { return };
    let is_address = matches!(kind.value, ContactType::Email | ContactType::Url);
    let hidden = value.chars().find(|letter| Unseen::of(*letter).is_some()).filter(|_| is_address);
    if let Some(letter) = hidden {
        let seen: String = value.chars().filter(|letter| Unseen::of(*letter).is_none()).collect();
        let code = u32::from(letter);
        let message =
            format!("`{seen}` contains an invisible character (U+{code:04X}), so it is not the address it seems to be");
        reader.invalid(value.span, message, format!("type it by hand again: \"{seen}\""));
        return;
    }
    match kind.value {
        ContactType::Email if !is_email(value) => {
            let message = format!("`{}` is not an email address", value.value);
            let addresses: Vec<&str> = value
                .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '/' | '<' | '>' | '(' | ')' | '[' | ']'))
                .map(|part| part.trim_start_matches("mailto:"))
                .filter(|part| is_email(part))
                .collect();
            let help = match addresses.as_slice() {
                [] => "write it like \"name@example.org\"".to_owned(),
                [one, others @ ..] if others.iter().all(|other| other == one) => {
                    format!("write the address alone: value = \"{one}\"")
                }
                [one, ..] => format!(
                    "write one address here, value = \"{one}\", and each other one under its own [[contact_details]] \
                        heading"
                ),
            };
            reader.invalid(value.span, message, help);
        }
        ContactType::Url if !is_url(value) => {
            let message = format!("`{}` is not a web address", value.value);
            reader.invalid(value.span, message, "write the whole address, like \"https://example.org/page\"");
        }
        ContactType::Phone | ContactType::Mobile | ContactType::Fax if is_email(value) => {
            let message = format!("`{}` is an email address, not a phone number", value.value);
            reader.invalid(value.span, message, "write type = \"email\" above it");
        }
        ContactType::Phone | ContactType::Mobile | ContactType::Fax
            if !value.contains(|c: char| c.is_ascii_digit()) =>
        {
            let message = format!("`{}` is not a phone number", value.value);
            reader.invalid(value.span, message, "write it with digits, like \"+1 614-555-0142\"");
        }
        _ => {}
    }
}

choices! {
    /// How a contact was made.
    pub enum Channel {
        InPerson = "in-person": "in person",
        Phone = "phone": "by phone",
        Email = "email": "by email",
        Text = "text": "by text message",
        Mail = "mail": "by mail",
        Video = "video": "by video call",
        Event = "event": "at an event",
        Social = "social": "on social media",
        Other = "other": "otherwise",
    }
}

table! {
    /// A contact, such as a call, a visit or a letter.
    pub struct Contact as "a contact" {
        /// The date of the contact.
        [required, past] date: Opt<NaiveDate> = "2026-03-14",
        /// The person who made the contact.
        by: Opt<AdvocateId> = "\"rosa-delgado\"",
        /// How the contact was made.
        channel: Opt<Channel> = "\"phone\"",
        /// What was said, in a sentence or two.
        [private] summary: Opt<Prose> = "\"Will bring the petition to the board.\"",
        /// The date to follow up.
        [ahead] follow_up: Opt<NaiveDate> = "2026-04-01",
        /// The date someone followed up before the date in `follow_up`, as `coalition done` writes it. A contact on that date or
        /// later needs no entry here.
        [past] followed_up: Opt<NaiveDate> = "2026-03-28",
        /// The campaign the contact was for.
        campaign: Opt<CampaignId> = "\"save-sunday-hours\"",
    }
    keyed by (date, by, channel, summary);
    order { date <= followed_up; }
}
