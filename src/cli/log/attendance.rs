//! `coalition log attendance`: who came to a meeting, and who sent regrets.

use super::LogOptions;
use crate::cli::invocation::Invocation;
use crate::cli::lookup::{find_by_word, find_optional, not_found, require_typed};
use crate::edit::log::attendance::{Attendee, Participation, attendance};
use crate::kind::Kind;
use crate::ledger::{Ledger, Stored};
use crate::record::{Advocate, Meeting};
use anyhow::{Result, bail};
use clap::Args;

/// Log who came to a meeting or sent regrets
///
/// Updates the entry of anyone who is on the list already.
#[derive(Debug, Args)]
pub(super) struct LogAttendance {
    /// The meeting
    meeting: String,
    /// Ids of people, and names of guests in quotes
    #[arg(value_name = "WHOM", required_unless_present = "guest")]
    words: Vec<String>,
    /// A guest whose name is one word
    #[arg(long, value_name = "NAME")]
    guest: Vec<String>,
    /// The member they represent [default: their own]
    #[arg(long, value_name = "MEMBER")]
    member: Option<String>,
    /// They sent regrets and did not come
    #[arg(long)]
    regrets: bool,
    #[command(flatten)]
    how: LogOptions,
}

impl LogAttendance {
    /// Logs it.
    pub(super) fn log(&self, invocation: &Invocation) -> Result<String> {
        self.how.write_entry(invocation, "log attendance", |ledger| {
            let meeting = require_typed::<Meeting>(ledger, &self.meeting)?;
            let words = self.words.iter().map(|word| person(ledger, word, false));
            let guests = self.guest.iter().map(|word| person(ledger, word, true));
            let people = words.chain(guests).collect::<Result<Vec<_>>>()?;
            let part = Participation { member: find_optional(ledger, self.member.as_ref())?, regrets: self.regrets };
            Ok(attendance(ledger, invocation.today, meeting, &people, part, self.how.force)?)
        })
    }
}

/// Whom a word means: an advocate, or a guest with this name.
fn person<'a>(ledger: &'a Ledger, word: &'a str, is_guest: bool) -> Result<Attendee<'a>> {
    const KINDS: [Kind; 1] = [Kind::Advocate];
    let name = word.trim();
    if name.is_empty() {
        bail!("the name of a person who came is empty");
    }
    let known = if is_guest { None } else { find_by_word(ledger, &KINDS, name)? };
    match known.and_then(|record| Advocate::collection(ledger).find(&record.key().id)) {
        Some(advocate) => Ok(Attendee::Advocate(advocate)),
        None if is_guest || name.contains(char::is_whitespace) => Ok(Attendee::Guest(name)),
        None => bail!("{:#} For a guest whose name is one word, use --guest", not_found(ledger, &KINDS, name)),
    }
}
