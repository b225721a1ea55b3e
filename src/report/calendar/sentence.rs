//! What a day brings, in one sentence.

use super::{Occasion, Upcoming};
use crate::document::words;
use crate::report::Named;

/// An entry of the calendar in one sentence.
pub(crate) fn sentence(upcoming: &Upcoming) -> String {
    let name = &upcoming.subject.name;
    let title = words::quote(name);
    let who = words::list(&Named::names(&upcoming.who));
    let what = upcoming.what.as_deref().unwrap_or_default();
    let aside = |text: &str| if text.is_empty() { String::new() } else { format!(" ({text})") };
    let lead = |text: &str| if text.is_empty() { String::new() } else { format!("{text}: ") };
    match upcoming.occasion {
        Occasion::Meeting => format!("{name}{}", aside(&who)),
        Occasion::MeetingCanceled => format!("Canceled: {name}{}", aside(&who)),
        Occasion::AskBy => match upcoming.who.len() {
            0..=3 => format!("Last day to ask {who} about {title} (needed: {what})"),
            members => format!("Last day to ask {members} members about {title} (needed: {what})"),
        },
        Occasion::DecisionCloses => format!("Last day to state a position on {title}"),
        Occasion::ObjectionRevisited => format!("Revisit {title} with {who}"),
        Occasion::SignatureDue => match upcoming.who.len() {
            0..=3 => format!("Last day to sign {title}: {who}"),
            members => format!("Last day to sign {title} for {members} members"),
        },
        Occasion::AgreementExpires => format!("{title} ends"),
        Occasion::GoalDue => format!("Goal due: {name}"),
        Occasion::MilestoneDue => format!("{what}{}, for {title}", aside(&who)),
        Occasion::ActionDue => format!("{}{what}", lead(&who)),
        Occasion::HelpNeeded => format!("{name}{}", aside(&who)),
        Occasion::CampaignOpens => format!("Campaign opens: {name}"),
        Occasion::CampaignCloses => format!("Campaign closes: {name}"),
        Occasion::FollowUpDue if who.is_empty() => format!("Get back to {name}"),
        Occasion::FollowUpDue => format!("{who} to get back to {name}"),
        Occasion::TermEnds if !who.is_empty() => format!("{name}: {who}\u{2019}s term as {what} ends"),
        Occasion::TermEnds if what.is_empty() => format!("{name}\u{2019}s service ends"),
        Occasion::TermEnds => format!("{name}\u{2019}s term as {what} ends"),
        Occasion::DrillDue if what.is_empty() => format!("Last day for the first drill: {name}"),
        Occasion::DrillDue => format!("Last day for the next drill: {name} (last drill {what})"),
        Occasion::ContactDue if who.is_empty() => format!("Get in touch with {name}"),
        Occasion::ContactDue => format!("{who} to get in touch with {name}"),
    }
}
