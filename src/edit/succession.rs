//! What a change of a member's record must keep of the past: who could sign for it until now, and its earlier
//! membership. Earlier signatures are judged by it.

use super::{Edit, FileChange, Literal, Order, apply_edits};
use crate::agreement::SignatureJudge;
use crate::document::words::shell_word;
use crate::error::Error;
use crate::kind::Kind;
use crate::ledger::{Ledger, load};
use crate::record::value::{Opt, RecordId};
use crate::record::{AnyRecord, Member, Record};
use crate::source::memory::Memory;
use crate::source::{LedgerPath, ROOT_FILE};
use chrono::{Days, NaiveDate};

/// A change of a member's record, with what it must keep added to it; other changes as they are.
///
/// # Errors
/// If the changed record cannot be edited.
pub(crate) fn keep_past(ledger: &Ledger, change: FileChange, today: NaiveDate) -> Result<FileChange, Error> {
    let (Some(after), Some(before)) = (&change.after, member_at(ledger, &change.path)) else { return Ok(change) };
    let changed = alone(&change.path, after)?;
    let Some(changed) = member_at(&changed, &change.path) else { return Ok(change) };
    let mut edits = former_signatories(before, changed, today);
    edits.extend(earlier_membership(before, changed, today));
    if edits.is_empty() {
        return Ok(change);
    }
    let after = apply_edits(after, &edits, &Order::of(Kind::Member))?;
    Ok(FileChange { after: Some(after), ..change })
}

/// Refuses a new day of leaving that would be read otherwise than it is meant: one before the day of joining, or one in place of
/// a day that ended an earlier membership.
///
/// # Errors
/// If a change has such a day, with the commands that record what may be meant.
pub(crate) fn refuse_unclear_leaving(ledger: &Ledger, change: &FileChange) -> Result<(), Error> {
    let (Some(after), Some(before)) = (&change.after, member_at(ledger, &change.path)) else { return Ok(()) };
    let changed = alone(&change.path, after)?;
    let Some(changed) = member_at(&changed, &change.path) else { return Ok(()) };
    let day = |day: &Opt<NaiveDate>| day.as_ref().map(|day| day.value);
    let (Some(joined), Some(left)) = (day(&changed.joined), day(&changed.left)) else { return Ok(()) };
    let (was_joined, was_left) = (day(&before.joined), day(&before.left));
    let key = &before.key;
    let example = |left: NaiveDate| left.checked_sub_days(Days::new(365)).unwrap_or(left);
    let earlier =
        |left: NaiveDate| format!("coalition add {key} earlier_memberships joined={} left={left}", example(left));
    if was_left == Some(left) || was_joined != Some(joined) {
        return Ok(());
    }
    if left < joined {
        return Err(Error::refused(format!(
            "{} joined on {joined}, and the new `left` ({left}) is before that: one of the two dates is wrong, or an earlier \
             membership ended then",
            before.name()
        ))
        .with_hint(format!("if it leaves today: coalition set {key} left=today"))
        .with_hint(format!("if `joined` is wrong, correct both: coalition set {key} joined={} left={left}", example(left)))
        .with_hint(format!("if it was a member before, with the day it first joined: {}", earlier(left))));
    }
    match was_left.filter(|was| *was < joined) {
        Some(was) => Err(Error::refused(format!(
            "{} left on {was} and joined again on {joined}; a new `left` would replace the day its earlier membership ended",
            before.name()
        ))
        .with_hint(format!("first record that membership, with the day it began: {}", earlier(was)))
        .with_hint(format!("if {was} was a mistake, remove it first: coalition set {key} left="))),
        None => Ok(()),
    }
}

/// Refuses to change what members have signed as if it were a plain field: the name, the days and the text of an agreement.
///
/// # Errors
/// If a change does.
pub(crate) fn refuse_other_terms(ledger: &Ledger, change: &FileChange) -> Result<(), Error> {
    let Some(agreement) = ledger.agreements.iter().find(|agreement| agreement.path == change.path) else {
        return Ok(());
    };
    let Some(after) = &change.after else { return Ok(()) };
    let changed = alone(&change.path, after)?;
    let Some(next) = changed.agreements.iter().next() else { return Ok(()) };
    // What only earlier versions were signed for may still change, until it is pinned.
    let judge = SignatureJudge::new(ledger, NaiveDate::MAX);
    let version = agreement.version_number();
    let is_signed = ledger
        .signatures_of(agreement)
        .any(|entry| entry.signature.withdrawn.is_none() && judge.version_of(agreement, entry.signature) == version);
    if !is_signed || next.version_number() != agreement.version_number() {
        return Ok(());
    }
    let day = |day: &Opt<NaiveDate>| day.as_ref().map(|day| day.value);
    let id = &agreement.key.id;
    let (field, way) = if day(&agreement.expires) != day(&next.expires) {
        let expires = day(&next.expires).map_or_else(|| "never".to_owned(), |expires| expires.to_string());
        ("expires", vec![format!("renew the agreement instead: coalition amend {id} --renew --expires {expires}")])
    } else if agreement.name() != next.name() {
        ("name", new_version(id, "name", &shell_word(next.name())))
    } else if day(&agreement.effective) != day(&next.effective) {
        let effective = day(&next.effective).map_or_else(String::new, |effective| effective.to_string());
        ("effective", new_version(id, "effective", &effective))
    } else {
        return Ok(());
    };
    let refusal =
        format!("`{field}` is part of what members have signed: if it changes, their signatures no longer count");
    Err(way.into_iter().fold(Error::refused(refusal), Error::with_hint))
}

/// The commands that change a field of an agreement in a new version.
fn new_version(id: &str, field: &str, value: &str) -> Vec<String> {
    vec![
        format!(
            "make a new version, which members sign: coalition amend {id} --resign --summary \"Changes the {field}\""
        ),
        format!("change it there: coalition set agreement/{id} {field}={value}"),
        format!("and pin its text: coalition amend {id} --pin"),
    ]
}

/// A ledger of one file.
fn alone(path: &LedgerPath, text: &str) -> Result<Ledger, Error> {
    let files = [(ROOT_FILE, b"name = \"Then\"\n".as_slice()), (path.as_str(), text.as_bytes())];
    load(&Memory::new(files)).map_err(|error| Error::internal(format!("{path} cannot be read: {error}")))
}

fn member_at<'l>(ledger: &'l Ledger, path: &LedgerPath) -> Option<&'l Record<Member>> {
    let by_id = ledger.members.find(path.stem()).filter(|member| member.path == *path);
    by_id.or_else(|| ledger.members.iter().find(|member| member.path == *path))
}

/// The people who could sign until today and no longer can.
fn former_signatories(before: &Member, changed: &Member, today: NaiveDate) -> Vec<Edit> {
    let now = changed.signatory_ids();
    let gone = before.signatory_ids().into_iter().filter(|id| !now.contains(id) && !changed.could_sign(id, today));
    let entry = |id: &crate::record::value::AdvocateId| {
        let fields = vec![("advocate", Literal::Text(id.as_str().to_owned())), ("until", Literal::Date(today))];
        Edit::entry("former_signatories", fields)
    };
    gone.map(entry).collect()
}

/// The membership that ended before the member joined again.
fn earlier_membership(before: &Member, changed: &Member, today: NaiveDate) -> Vec<Edit> {
    let (Some(joined), Some(left), Some(again)) = (&before.joined, &before.left, &changed.joined) else {
        return Vec::new();
    };
    let is_kept =
        changed.earlier_memberships.iter().any(|one| one.left.as_ref().is_some_and(|date| date.value == left.value));
    // A day of leaving before that of joining ended a membership of which no one wrote down the beginning.
    if again.value <= left.value || left.value > today || is_kept || left.value < joined.value {
        return Vec::new();
    }
    let fields = vec![("joined", Literal::Date(joined.value)), ("left", Literal::Date(left.value))];
    let mut edits = vec![Edit::entry("earlier_memberships", fields)];
    if changed.left.as_ref().is_some_and(|date| date.value == left.value) {
        edits.push(Edit::Remove { place: vec!["left".into()] });
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::base_ledger;

    const PATH: &str = "members/birch-library.toml";

    fn kept(before: &str, after: &str) -> String {
        let mut source = base_ledger();
        source.put(PATH, before.as_bytes());
        let ledger = load(&source).unwrap();
        let path = LedgerPath::new(PATH);
        let change = FileChange { path, before: Some(before.to_owned()), after: Some(after.to_owned()) };
        keep_past(&ledger, change, "2026-06-15".parse().unwrap()).unwrap().after.unwrap()
    }

    fn member(more: &str) -> String {
        format!("name = \"Birch\"\nclassification = \"library\"\n{more}")
    }

    #[test]
    fn who_cannot_sign_any_more_is_kept_as_a_former_signatory() {
        let before = member("joined = 2025-01-15\nrepresentative = \"ben-okoro\"\n");
        let after = before.replace("ben-okoro", "dana-reyes");
        let entry = "\n[[former_signatories]]\nadvocate = \"ben-okoro\"\nuntil = 2026-06-15\n";
        assert_eq!(kept(&before, &after), after.clone() + entry);
        assert_eq!(kept(&after, &after.replace("library\"", "school\"")), after.replace("library\"", "school\""));
        let both = member("joined = 2025-01-15\nsignatories = [\"ben-okoro\", \"dana-reyes\"]\n");
        let one = both.replace("\"ben-okoro\", ", "");
        assert_eq!(kept(&both, &one), one.clone() + entry);
        assert_eq!(kept(&one, &both), both, "nobody is gone");
    }

    #[test]
    fn a_day_of_leaving_before_the_day_of_joining_is_refused_with_what_may_be_meant() {
        let refusal = |before: &str, after: &str| {
            let mut source = base_ledger();
            source.put(PATH, before.as_bytes());
            let path = LedgerPath::new(PATH);
            let change = FileChange { path, before: Some(before.to_owned()), after: Some(after.to_owned()) };
            refuse_unclear_leaving(&load(&source).unwrap(), &change).map_err(|error| error.to_string())
        };
        let before = member("joined = 2026-01-15\n");
        let early = refusal(&before, &member("joined = 2026-01-15\nleft = 2025-11-01\n")).unwrap_err();
        assert!(early.contains("joined on 2026-01-15") && early.contains("left=today"), "{early}");
        assert!(early.contains("earlier_memberships joined=2024-11-01 left=2025-11-01"), "{early}");
        assert_eq!(refusal(&before, &member("joined = 2026-01-15\nleft = 2026-06-01\n")), Ok(()));
        let again = member("joined = 2026-01-15\nleft = 2025-11-01\n");
        let replaced = refusal(&again, &member("joined = 2026-01-15\nleft = 2026-06-01\n")).unwrap_err();
        assert!(replaced.contains("left on 2025-11-01 and joined again"), "{replaced}");
        assert_eq!(refusal(&again, &before), Ok(()), "a wrong day can be removed");
        assert_eq!(kept(&again, &before), before, "and is no earlier membership");
    }

    #[test]
    fn who_joins_again_keeps_the_earlier_membership() {
        let before = member("joined = 2025-01-15\nleft = 2025-12-31\nrepresentative = \"ben-okoro\"\n");
        let after = before.replace("2025-01-15", "2026-06-01");
        let entry = "\n[[earlier_memberships]]\njoined = 2025-01-15\nleft = 2025-12-31\n";
        assert_eq!(kept(&before, &after), after.replace("left = 2025-12-31\n", "") + entry);
        let corrected = before.replace("2025-01-15", "2025-02-15");
        assert_eq!(kept(&before, &corrected), corrected, "a correction of a day is no second membership");
    }
}
