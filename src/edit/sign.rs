//! Signs an agreement for a member: decides whether the member may sign, and makes the entry.

use super::amend::next_expiry;
use super::{ChangeSet, Edit, Literal, file_change, record_change};
use crate::agreement::{
    Flaw, JudgedSignature, Purpose, SignatureJudge, Statement, amendment_at, amendment_of, digest, has_ended,
    has_expired, is_to_come, may_sign, terms,
};
use crate::document::words;
use crate::error::Error;
use crate::ledger::Ledger;
use crate::record::value::{AdvocateId, At, Digest, RecordId};
use crate::record::{Advocate, Agreement, AnyRecord, Member, Record};
use chrono::NaiveDate;

/// A signature that the member may give.
#[derive(Debug)]
pub(crate) struct PreparedSignature<'l> {
    /// The agreement.
    pub agreement: &'l Record<Agreement>,
    /// The member.
    pub member: &'l Record<Member>,
    /// Who signs for it.
    pub by: &'l Record<Advocate>,
    /// The day.
    pub date: NaiveDate,
    /// The version and terms that are signed.
    pub terms: String,
    /// The digest of the terms.
    pub digest: Digest,
    /// The last entry of this member for this version, which stays as it is.
    earlier: Option<JudgedSignature<'l>>,
    /// No one has signed this version, and nothing pins its text yet.
    needs_pin: bool,
}

/// Optional details of a signature.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Beside<'a> {
    /// The title of the person who signs, such as president.
    pub title: Option<&'a str>,
    /// Where a scan of the signature on paper is kept.
    pub evidence: Option<&'a str>,
}

/// Whether a member can sign now.
#[derive(Debug)]
pub(crate) enum Readiness<'l> {
    /// It may sign.
    Ready(Box<PreparedSignature<'l>>),
    /// It has already signed; the text says when and who.
    Signed(String),
}

/// Whether a member may sign an agreement, and by whom. Where no one is named, its only signatory signs. With a proof,
/// a signature that counts but has none may be given again.
///
/// # Errors
/// The reason why it may not sign.
pub(crate) fn prepare_signing<'l>(
    ledger: &'l Ledger,
    today: NaiveDate,
    agreement: &'l Record<Agreement>,
    member: &'l Record<Member>,
    by: Option<&'l Record<Advocate>>,
    date: NaiveDate,
    with_proof: bool,
) -> Result<Readiness<'l>, Error> {
    require_signable(ledger, today, agreement)?;
    if is_to_come(date, today) {
        return Err(Error::refused(format!("{date} is in the future; give the date the member signed")));
    }
    if !member.is_current(today) {
        return Err(Error::refused(format!(
            "{} is not a member on {today}, so it cannot sign; its record {} {}",
            member.name(),
            member.path(),
            if member.joined.is_some() { "says when it joined and left" } else { "has no `joined` date" },
        ))
        .with_hint(match member.joined {
            // With `joined` alone the record would say that it left before it joined.
            Some(_) => format!("if it is a member again: coalition set {} joined=today", member.key),
            None => format!("if it joined today: coalition set {} joined=today", member.key),
        }));
    }
    let registry = SignatureJudge::new(ledger, today);
    let version = agreement.version_number();
    let all: Vec<JudgedSignature<'l>> = registry.judge_all(agreement).collect();
    let is_unsigned = !all.iter().any(|judged| judged.version == version && judged.signature.withdrawn.is_none());
    let is_own = |judged: &JudgedSignature<'_>| {
        judged.signature.member.as_ref().is_some_and(|id| id.as_str() == &*member.key.id)
    };
    let judged: Vec<JudgedSignature<'l>> = all.into_iter().filter(is_own).collect();
    let is_proven = |judged: &JudgedSignature<'_>| {
        judged.signature.signature.is_some() && registry.came_with_key(judged.signature).is_none()
    };
    let is_enough = |judged: &JudgedSignature<'_>| judged.counts() && (!with_proof || is_proven(judged));
    let counting = judged.iter().filter(|judged| is_enough(judged));
    if let Some(judged) = counting.max_by_key(|judged| judged.version)
        && !requires_new_signature(agreement, judged.version)
    {
        return Ok(Readiness::Signed(describe_signature(ledger, agreement, member, judged)));
    }
    let by = choose_signatory(ledger, member, by, date)?;
    let is_like = |judged: &JudgedSignature<'_>| judged.version == version && judged.signature.withdrawn.is_none();
    let earlier = judged.into_iter().rfind(is_like);
    let terms = terms(ledger, agreement);
    let digest = digest(&terms);
    let needs_pin = is_unsigned && amendment_of(agreement, version).is_some_and(|amendment| amendment.terms.is_none());
    Ok(Readiness::Ready(Box::new(PreparedSignature { agreement, member, by, date, terms, digest, earlier, needs_pin })))
}

fn require_signable(ledger: &Ledger, today: NaiveDate, agreement: &Record<Agreement>) -> Result<(), Error> {
    let title = words::quote(agreement.name());
    let day = |date: &Option<At<NaiveDate>>| date.as_ref().map_or_else(String::new, |date| date.to_string());
    if ledger.words_of(agreement).is_none() {
        return Err(Error::refused(format!(
            "the text of {title} cannot be read, so there is nothing to sign; `coalition check` says why"
        )));
    }
    if has_ended(agreement, today) {
        return Err(Error::refused(format!("{title} ended on {} and can no longer be signed", day(&agreement.ended))));
    }
    if has_expired(agreement, today) {
        let expired = day(&agreement.expires);
        return Err(Error::refused(format!(
            "{title} expired on {expired} and can no longer be signed; to renew it: coalition amend {} --renew --expires {}",
            agreement.key.id,
            next_expiry(agreement, today)
        )));
    }
    Ok(())
}

/// Whether a later version asks those who signed this one to sign again.
fn requires_new_signature(agreement: &Agreement, signed: u32) -> bool {
    agreement.amendments.iter().any(|amendment| {
        let later = amendment
            .version
            .as_ref()
            .is_some_and(|version| (signed.saturating_add(1)..=agreement.version_number()).contains(&version.value));
        later && amendment.resign.as_ref().is_some_and(|resign| resign.value)
    })
}

fn describe_signature(
    ledger: &Ledger,
    agreement: &Record<Agreement>,
    member: &Record<Member>,
    judged: &JudgedSignature<'_>,
) -> String {
    let of = judged.signature;
    let by = of.by.as_ref().map_or("someone", |by| ledger.name_of(&by.value));
    let date = of.date.as_ref().map_or_else(String::new, |date| format!(" on {}", words::format_date(date.value)));
    let version = judged.version;
    let stands = if version == agreement.version_number() {
        String::new()
    } else {
        format!("; that signature still counts: version {} does not require a new one", agreement.version_number())
    };
    format!(
        "{} has already signed version {version} of {}, through {by}{date}{stands}",
        member.name(),
        words::quote(agreement.name())
    )
}

/// Who signs: the one who is named, if the member lets that person sign, otherwise its only signatory.
fn choose_signatory<'l>(
    ledger: &'l Ledger,
    member: &Record<Member>,
    by: Option<&'l Record<Advocate>>,
    date: NaiveDate,
) -> Result<&'l Record<Advocate>, Error> {
    let named = member.signatory_ids();
    let serving: Vec<&'l Record<Advocate>> = named
        .iter()
        .filter(|id| may_sign(ledger, member, id, date))
        .filter_map(|id| ledger.advocates.get(*id))
        .collect();
    let listed = |people: &[&Record<Advocate>]| {
        let one = |person: &&Record<Advocate>| format!("{} (--by {})", person.name(), person.key.id);
        words::choice(&people.iter().map(one).collect::<Vec<_>>())
    };
    let name = member.name();
    let who_may = match serving.as_slice() {
        [] => explain_no_signatory(ledger, member, &named, date),
        several => format!("{} may sign for {name}", listed(several)),
    };
    let represent = |person: &Record<Advocate>| {
        let (key, id) = (&member.key, &person.key.id);
        format!("if {} speaks for it: coalition set {key} representative={id}", person.name())
    };
    match (by, serving.as_slice()) {
        (Some(by), _) if serving.iter().any(|person| person.key == by.key) => Ok(by),
        (Some(by), several) => {
            let refusal = Error::refused(format!("{} may not sign for {name} on {date}: {who_may}", by.name()));
            Err(match several {
                [] => refusal.with_hint(represent(by)),
                _ => refusal,
            })
        }
        (None, [only]) => Ok(only),
        (None, []) => {
            let refusal = Error::refused(format!("no one may sign for {name} on {date}: {who_may}"));
            let is_own = |person: &&Record<Advocate>| {
                person.member.as_ref().is_some_and(|own| own.value.as_str() == &*member.key.id)
            };
            Err(match ledger.advocates.iter().find(is_own) {
                Some(person) => refusal.with_hint(represent(person)),
                None => refusal
                    .with_hint(format!(
                        "record who does, such as coalition new person \"Ana Lee\" member={}",
                        member.key.id
                    ))
                    .with_hint(format!("and then coalition set {} representative=\"Ana Lee\"", member.key)),
            })
        }
        (None, several) => Err(Error::refused(format!("say who signs for {name}: {}", listed(several)))),
    }
}

/// Why no one may sign for a member, and what helps.
fn explain_no_signatory(ledger: &Ledger, member: &Record<Member>, named: &[&AdvocateId], date: NaiveDate) -> String {
    let path = member.path();
    if named.is_empty() {
        return format!("{path} has neither a `representative` nor `signatories`");
    }
    let known = |id: &&&AdvocateId| ledger.advocates.get(id).is_some();
    let (known, unknown): (Vec<&&AdvocateId>, Vec<_>) = named.iter().partition(known);
    match (known.as_slice(), unknown.as_slice()) {
        ([], unknown) => {
            let ids = words::choice(&unknown.iter().map(|id| format!("`{}`", id.as_str())).collect::<Vec<_>>());
            format!("{path} names {ids}, but advocates/ has no such record")
        }
        (known, _) => {
            let names = words::choice(&known.iter().map(|id| ledger.name_of(**id)).collect::<Vec<_>>());
            format!("{path} names {names}, who is not a current person on {date}; name someone who is")
        }
    }
}

impl PreparedSignature<'_> {
    /// The statement that an SSH signature covers.
    pub(crate) fn statement(&self) -> Statement<'_> {
        Statement {
            purpose: Purpose::Signature,
            agreement: &self.agreement.key.id,
            version: self.agreement.version_number(),
            terms: &self.digest,
            member: &self.member.key.id,
            by: &self.by.key.id,
            date: self.date,
        }
    }

    /// What becomes of the member's last entry for this version, if it has one: the day of it, and whether it counts.
    pub(crate) fn earlier(&self) -> Option<(NaiveDate, &'static str)> {
        let earlier = self.earlier.as_ref()?;
        let why = match earlier.signature.signature {
            _ if !earlier.counts() => "does not count",
            Some(_) => "was added together with its key",
            None => "has no proof",
        };
        Some((earlier.signature.date.as_ref()?.value, why))
    }

    /// The change that signs: an entry in the member's own file. What is there already is left alone: an entry that
    /// does not count is still what someone signed. The first signature on a version pins its text.
    ///
    /// # Errors
    /// If a file cannot be edited.
    pub(crate) fn change(&self, ledger: &Ledger, beside: Beside<'_>, armor: Option<&str>) -> Result<ChangeSet, Error> {
        let path = ledger.signature_path(&self.agreement.key, &self.member.key);
        let mut files = vec![file_change(ledger, &path, &[self.entry(beside, armor)])?];
        let amendment = amendment_at(self.agreement, self.agreement.version_number());
        if let Some(at) = amendment.filter(|_| self.needs_pin) {
            let pin = Edit::put("amendments", at, "terms", Literal::Text(self.digest.to_string()));
            files.push(record_change(ledger, &self.agreement.key, &[pin])?);
        }
        Ok(ChangeSet { what: "sign".to_owned(), files })
    }

    fn entry(&self, beside: Beside<'_>, armor: Option<&str>) -> Edit {
        let text = |text: &str| Literal::Text(text.to_owned());
        let mut fields = vec![("by", text(&self.by.key.id))];
        fields.extend(beside.title.map(|title| ("title", text(title))));
        fields.push(("date", Literal::Date(self.date)));
        fields.push(("version", Literal::Number(self.agreement.version_number().into())));
        fields.push(("terms", text(self.digest.as_str())));
        fields.extend(armor.map(|armor| ("signature", Literal::Lines(armor.to_owned()))));
        fields.extend(beside.evidence.map(|evidence| ("evidence", text(evidence))));
        Edit::entry("signatures", fields)
    }

    /// Verifies that the signature counts in the changed ledger.
    ///
    /// # Errors
    /// The reason why it would not count.
    pub(crate) fn require_counting(&self, changed: &Ledger, today: NaiveDate) -> Result<(), Error> {
        let Some(agreement) = changed.agreements.find(&self.agreement.key.id) else {
            return Err(Error::refused("the agreement cannot be found in the changed ledger"));
        };
        let registry = SignatureJudge::new(changed, today);
        let is_own = |judged: &JudgedSignature<'_>| {
            judged.signature.member.as_ref().is_some_and(|id| id.as_str() == &*self.member.key.id)
                && judged.version == agreement.version_number()
                && judged.signature.withdrawn.is_none()
        };
        let why = match registry.judge_all(agreement).filter(is_own).last().map(|judged| judged.flaw) {
            Some(None) => return Ok(()),
            Some(Some(Flaw::Withdrawn { .. })) => {
                "the member withdrew its signature on that date or later; give a later date with --date".to_owned()
            }
            Some(Some(Flaw::Unproven { has_key: false })) => {
                "the policy requires SSH signatures (`ssh_signatures = \"required\"`); name the key with --ssh-key FILE"
                    .to_owned()
            }
            Some(Some(Flaw::Unproven { has_key: true })) => format!(
                "{} has a key in the ledger and must sign with it: --ssh-key FILE, or --ssh-key alone for the one \
                 that git signs with; for a signature on paper, say where it is kept with --evidence",
                self.by.name()
            ),
            Some(Some(Flaw::Disproved(disproof))) => disproof.to_string(),
            Some(Some(Flaw::Lapsed { version, .. })) => format!("version {version} requires new signatures"),
            Some(Some(Flaw::EarlierMembership { left })) => {
                format!("the member left on {left} and has joined again since; give a later date")
            }
            Some(Some(Flaw::Backdated { words, ended })) => format!(
                "the text was written on {words}, and the key or office of {} ended on {ended}, so no one could have signed it on that date",
                self.by.name()
            ),
            _ => "`coalition verify` would not count it".to_owned(),
        };
        Err(Error::refused(format!("the signature would not count, so nothing was written: {why}")))
    }
}
