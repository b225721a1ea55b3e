//! The signature of a member on an agreement: whether it may be given, and the entry that it becomes.

use super::{Edit, Literal, Refusal};
use crate::agreement::{Flaw, Judged, Registry, Statement, authorised, digest, has_ended, has_expired, terms};
use crate::document::words;
use crate::ledger::Ledger;
use crate::record::agreement::Signature;
use crate::record::value::{AdvocateId, At, Digest, RecordId};
use crate::record::{Advocate, Agreement, AnyRecord, Member, Record};
use chrono::NaiveDate;

/// A signature that may be given.
#[derive(Debug)]
pub struct Signing<'l> {
    /// The agreement.
    pub agreement: &'l Record<Agreement>,
    /// The member.
    pub member: &'l Record<Member>,
    /// Who signs for it.
    pub by: &'l Record<Advocate>,
    /// The day.
    pub date: NaiveDate,
    /// What is signed.
    pub terms: String,
    /// The digest of that.
    pub digest: Digest,
    /// An entry of this member for this version that does not count, and that the new one takes the place of.
    replaces: Option<(usize, &'l Signature)>,
}

/// What may be said beside a signature.
#[derive(Debug, Clone, Copy, Default)]
pub struct Beside<'a> {
    /// The office of the person who signs.
    pub title: Option<&'a str>,
    /// Where a scan of the signature on paper is kept.
    pub evidence: Option<&'a str>,
}

/// What is to be done for a member to have signed.
#[derive(Debug)]
pub enum Readiness<'l> {
    /// It may sign.
    Ready(Box<Signing<'l>>),
    /// It has; this says when and who.
    Signed(String),
}

/// Whether a member may sign an agreement, and by whom. Where nobody is named, its only signatory signs. With a proof, a
/// signature that counts but has none may be given again.
///
/// # Errors
/// Why it may not.
pub fn ready<'l>(
    ledger: &'l Ledger,
    today: NaiveDate,
    agreement: &'l Record<Agreement>,
    member: &'l Record<Member>,
    by: Option<&'l Record<Advocate>>,
    date: NaiveDate,
    with_proof: bool,
) -> Result<Readiness<'l>, Refusal> {
    may_be_signed(ledger, today, agreement)?;
    if date > today {
        return Err(Refusal::new(format!("{date} is still to come; a signature bears the day on which it was given")));
    }
    if !member.is_current(today) {
        return Err(Refusal::new(format!(
            "{} is not a member on {today}, so it cannot sign; its record {} says {}",
            member.name(),
            member.path(),
            if member.joined.is_some() { "when it joined and left" } else { "no day on which it joined" },
        )));
    }
    let registry = Registry::new(ledger, today);
    let version = agreement.version_number();
    let own = |signature: &Signature| signature.member.as_ref().is_some_and(|id| id.as_str() == &*member.key.id);
    let judged: Vec<(usize, Judged<'l>)> = agreement
        .signatures
        .iter()
        .enumerate()
        .filter(|(_, signature)| own(signature))
        .map(|(at, signature)| (at, registry.judge(agreement, signature)))
        .collect();
    let is_enough = |judged: &Judged<'_>| judged.counts() && (!with_proof || judged.signature.signature.is_some());
    let counting = judged.iter().filter(|(_, judged)| is_enough(judged)).map(|(_, judged)| judged.signature);
    if let Some(signature) = counting.max_by_key(|signature| signature.version_number())
        && !asks_anew(agreement, signature.version_number())
    {
        return Ok(Readiness::Signed(signed_already(ledger, agreement, member, signature)));
    }
    let by = signatory(ledger, member, by, date)?;
    let replaces = judged
        .iter()
        .rfind(|(_, judged)| judged.signature.version_number() == version && judged.signature.withdrawn.is_none())
        .map(|(at, judged)| (*at, &judged.signature.value));
    let terms = terms(ledger, agreement);
    let digest = digest(&terms);
    Ok(Readiness::Ready(Box::new(Signing { agreement, member, by, date, terms, digest, replaces })))
}

fn may_be_signed(ledger: &Ledger, today: NaiveDate, agreement: &Record<Agreement>) -> Result<(), Refusal> {
    let title = words::quoted(agreement.name());
    let day = |date: &Option<At<NaiveDate>>| date.as_ref().map_or_else(String::new, |date| date.to_string());
    if ledger.words_of(agreement).is_none() {
        return Err(Refusal::new(format!(
            "{title} has no words that could be read, so there is nothing to sign; `coalition check` says why"
        )));
    }
    if has_ended(agreement, today) {
        return Err(Refusal::new(format!("{title} ended on {}; nobody can sign it any more", day(&agreement.ended))));
    }
    if has_expired(agreement, today) {
        let expired = day(&agreement.expires);
        return Err(Refusal::new(format!("{title} bound until {expired}; nobody can sign it any more")));
    }
    Ok(())
}

/// Whether a later version asks those who signed this one to sign again.
fn asks_anew(agreement: &Agreement, signed: u32) -> bool {
    agreement.amendments.iter().any(|amendment| {
        let later = amendment
            .version
            .as_ref()
            .is_some_and(|version| (signed.saturating_add(1)..=agreement.version_number()).contains(&version.value));
        later && amendment.resign.as_ref().is_some_and(|resign| resign.value)
    })
}

fn signed_already(ledger: &Ledger, agreement: &Record<Agreement>, member: &Record<Member>, of: &Signature) -> String {
    let by = of.by.as_ref().map_or("somebody", |by| ledger.name_of(&by.value));
    let date = of.date.as_ref().map_or_else(String::new, |date| format!(" on {}", words::day(date.value)));
    let version = of.version_number();
    let stands = if version == agreement.version_number() {
        String::new()
    } else {
        format!(", and that stands: version {} asks for no new signature", agreement.version_number())
    };
    format!(
        "{} has signed version {version} of {} by {by}{date}{stands}",
        member.name(),
        words::quoted(agreement.name())
    )
}

/// Who signs: the one who is named, if the member lets that person sign, else its only signatory.
fn signatory<'l>(
    ledger: &'l Ledger,
    member: &Record<Member>,
    by: Option<&'l Record<Advocate>>,
    date: NaiveDate,
) -> Result<&'l Record<Advocate>, Refusal> {
    let named = member.signatory_ids();
    let serving: Vec<&'l Record<Advocate>> = named
        .iter()
        .filter(|id| authorised(ledger, member, id, date))
        .filter_map(|id| ledger.advocates.get(*id))
        .collect();
    let listed = |people: &[&Record<Advocate>]| {
        let one = |person: &&Record<Advocate>| format!("{} (--by {})", person.name(), person.key.id);
        words::choice(&people.iter().map(one).collect::<Vec<_>>())
    };
    let name = member.name();
    let who_may = match serving.as_slice() {
        [] => nobody_serves(ledger, member, &named, date),
        several => format!("for {name} {} signs", listed(several)),
    };
    match (by, serving.as_slice()) {
        (Some(by), _) if serving.iter().any(|person| person.key == by.key) => Ok(by),
        (Some(by), _) => Err(Refusal::new(format!("{} may not sign for {name} on {date}: {who_may}", by.name()))),
        (None, [only]) => Ok(only),
        (None, []) => Err(Refusal::new(format!("nobody may sign for {name} on {date}: {who_may}"))),
        (None, several) => Err(Refusal::new(format!("say who signs: for {name} {} may", listed(several)))),
    }
}

/// Why nobody may sign for a member, and what helps.
fn nobody_serves(ledger: &Ledger, member: &Record<Member>, named: &[&AdvocateId], date: NaiveDate) -> String {
    let path = member.path();
    if named.is_empty() {
        return format!("{path} names neither a `representative` nor `signatories`; add one");
    }
    let known = |id: &&&AdvocateId| ledger.advocates.get(id).is_some();
    let (known, unknown): (Vec<&&AdvocateId>, Vec<_>) = named.iter().partition(known);
    match (known.as_slice(), unknown.as_slice()) {
        ([], unknown) => {
            let ids = words::choice(&unknown.iter().map(|id| format!("`{}`", id.as_str())).collect::<Vec<_>>());
            format!("{path} names {ids}, of whom there is no record in advocates/")
        }
        (known, _) => {
            let names = words::choice(&known.iter().map(|id| ledger.name_of(**id)).collect::<Vec<_>>());
            format!("{path} names {names}, who is not in service on {date}; name somebody who is")
        }
    }
}

impl Signing<'_> {
    /// What an SSH signature is made over.
    pub fn statement(&self) -> Statement<'_> {
        Statement {
            agreement: &self.agreement.key.id,
            version: self.agreement.version_number(),
            terms: &self.digest,
            member: &self.member.key.id,
            by: &self.by.key.id,
            date: self.date,
        }
    }

    /// The day of the entry whose place the new one takes, if it takes one.
    pub fn replaced_day(&self) -> Option<NaiveDate> {
        self.replaces.and_then(|(_, old)| old.date.as_ref()).map(|date| date.value)
    }

    /// The lines of the signature.
    ///
    /// # Errors
    /// Where it takes the place of an entry that holds more than it can replace.
    pub fn edits(&self, beside: Beside<'_>, armor: Option<&str>) -> Result<Vec<Edit>, Refusal> {
        let Beside { title, evidence } = beside;
        const LIST: &str = "signatures";
        let text = |text: &str| Literal::Text(text.to_owned());
        let mut fields = vec![("member", text(&self.member.key.id)), ("by", text(&self.by.key.id))];
        fields.extend(title.map(|title| ("title", text(title))));
        fields.push(("date", Literal::Date(self.date)));
        fields.push(("version", Literal::Number(self.agreement.version_number().into())));
        fields.push(("terms", text(self.digest.as_str())));
        fields.extend(armor.map(|armor| ("signature", Literal::Lines(armor.to_owned()))));
        fields.extend(evidence.map(|evidence| ("evidence", text(evidence))));
        let Some((at, old)) = self.replaces else { return Ok(vec![Edit::entry(LIST, fields)]) };
        let other_person = old.by.as_ref().is_none_or(|by| by.as_str() != &*self.by.key.id);
        let kept = [
            ("title", old.title.is_some() && title.is_none() && other_person),
            ("signature", old.signature.is_some() && armor.is_none()),
            ("evidence", old.evidence.is_some() && evidence.is_none()),
        ];
        if let Some((field, _)) = kept.iter().find(|(_, is_kept)| *is_kept) {
            let day = self.replaced_day().map_or_else(String::new, |day| format!(" of {day}"));
            return Err(Refusal::new(format!(
                "{} has an entry{day} in {} that does not count, and its `{field}` belongs to that one alone; remove the \
                 entry (git remembers it), and sign again",
                self.member.name(),
                self.agreement.path(),
            )));
        }
        Ok(fields.into_iter().map(|(key, value)| Edit::put(LIST, at, key, value)).collect())
    }

    /// Makes sure that the signature counts in the ledger as it will be.
    ///
    /// # Errors
    /// Why it would not.
    pub fn prove_counts(&self, changed: &Ledger, today: NaiveDate) -> Result<(), Refusal> {
        let Some(agreement) = changed.agreements.find(&self.agreement.key.id) else {
            return Err(Refusal::new("the agreement cannot be found in the changed ledger"));
        };
        let registry = Registry::new(changed, today);
        let own = agreement.signatures.iter().rfind(|signature| {
            signature.member.as_ref().is_some_and(|id| id.as_str() == &*self.member.key.id)
                && signature.version_number() == agreement.version_number()
                && signature.withdrawn.is_none()
        });
        let why = match own.map(|signature| registry.judge(agreement, signature).flaw) {
            Some(None) => return Ok(()),
            Some(Some(Flaw::Withdrawn)) => {
                "the member took its signature back on that day or later; give it a later day".to_owned()
            }
            Some(Some(Flaw::Unproven)) => {
                "the policy asks for SSH signatures (`ssh_signatures = \"required\"`); name the key with --ssh-key FILE"
                    .to_owned()
            }
            Some(Some(Flaw::Disproved(disproof))) => disproof.to_string(),
            Some(Some(Flaw::Lapsed { version, .. })) => format!("version {version} asks for new signatures"),
            _ => "`coalition verify` would not count it".to_owned(),
        };
        Err(Refusal::new(format!("the signature would not count, so nothing was written: {why}")))
    }
}
