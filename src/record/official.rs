//! Elected officials and other decision makers.

use super::common::{Contact, ContactDetail};
use super::table::table;
use super::value::{AdvocateId, List, Opt, choices};
use chrono::NaiveDate;

choices! {
    /// An official's stance on the coalition's cause.
    pub enum Stance {
        Champion = "champion": "a champion",
        Supportive = "supportive": "supportive",
        Neutral = "neutral": "neutral",
        Undecided = "undecided": "undecided",
        Opposed = "opposed": "opposed",
    }
}

table! {
    /// An elected official or another decision-maker. Each has a file in `officials/`.
    pub struct Official as "an official" {
        /// The office, such as county commissioner.
        office: Opt<String> = "\"County commissioner\"",
        /// The place or body that the office serves.
        jurisdiction: Opt<String> = "\"Riverton County\"",
        /// The district.
        district: Opt<String> = "\"District 3\"",
        /// The party, if any.
        party: Opt<String> = "\"Independent\"",
        /// The first day of the term.
        start_date: Opt<NaiveDate> = "2023-01-01",
        /// The last day of the term.
        end_date: Opt<NaiveDate> = "2026-12-31",
        /// The official's stance on the coalition's cause.
        stance: Opt<Stance> = "\"supportive\"",
        /// The person who stays in touch with this official.
        owner: Opt<AdvocateId> = "\"rosa-delgado\"",
        /// How to reach the office. Email addresses, phone and fax numbers, web pages and social media are public
        /// unless they say `public = false`. Cell phone numbers and mailing addresses, and what a `note` calls home,
        /// cell, personal or private, are private unless they say `public = true`. A contact detail is never
        /// published if its `note` says "confidential" or "do not give out", or if it has expired.
        contact_details: List<ContactDetail> = "[[contact_details]]\ntype = \"email\"\nvalue = \"district3@county.example.org\"",
        /// The log of contacts with this official.
        contacts: List<Contact> = "[[contacts]]\ndate = 2026-03-14\nby = \"rosa-delgado\"\nchannel = \"in-person\"",
    }
    order { start_date <= end_date; }
}
