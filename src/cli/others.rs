//! What is made for others is searched for all that they must not hear of, before anything of it is written.

use super::answer::CommandOutput;
use super::aside;
use super::invocation::{Invocation, read_ledger};
use crate::disclosure::{Consents, Leak, OutgoingPiece, Search, Unlisted, hold_to, leaks, leaks_of_keys};
use crate::ledger::Ledger;
use crate::output::visible;
use anyhow::{Context as _, Result};

/// How many places of withheld text are listed.
const FEW: usize = 20;

/// The ledger as it is now, where another one is read.
pub(super) struct Current {
    ledger: Ledger,
    /// Whether the one that is read is of a commit which is not in the history of this one: a newer one, or one of another branch.
    is_apart: bool,
}

/// The ledger as it is now, where another one is read: the files, or where there are none, the newest commit. By its
/// records people have agreed to be listed, or not.
///
/// # Errors
/// That it cannot be read.
pub(super) fn current(invocation: &Invocation) -> Result<Option<Current>> {
    let Some(name) = &invocation.at else { return Ok(None) };
    let ledger = match invocation.disk() {
        Ok(disk) => read_ledger(&disk)?,
        Err(_) => read_ledger(&invocation.revision("HEAD")?)?,
    };
    Ok(Some(Current { ledger, is_apart: !invocation.is_past(name)? }))
}

/// By which records people have agreed to be listed, where `ledger` is read: those of the ledger as it is now, and
/// where the one that is read may be newer, its own too.
pub(super) fn consents<'l>(invocation: &Invocation, current: Option<&'l Current>, ledger: &'l Ledger) -> Consents<'l> {
    let today = invocation.day_of_consent();
    match current {
        Some(current) if current.is_apart => Consents::of(&current.ledger, today).and(ledger),
        Some(current) => Consents::of(&current.ledger, today),
        None => Consents::of(ledger, today),
    }
}

/// Takes from an earlier ledger what may not leave by the ledger as it is now, which is given back where it is another
/// one.
///
/// # Errors
/// That the ledger as it is cannot be read.
pub(super) fn hold(invocation: &Invocation, ledger: &mut Ledger) -> Result<Option<Current>> {
    let current = current(invocation)?;
    if let Some(current) = &current {
        hold_to(ledger, &current.ledger, invocation.day_of_consent());
    }
    Ok(current)
}

/// The people of a ledger who have no name for others, by the consent they give today.
///
/// # Errors
/// That the ledger as it is cannot be read.
pub(super) fn find_unlisted(invocation: &Invocation, ledger: &Ledger) -> Result<Unlisted> {
    let current = current(invocation)?;
    Ok(Unlisted::of(ledger, &consents(invocation, current.as_ref(), ledger)))
}

/// What pieces of something that is to leave say that a ledger withholds.
pub(super) fn find_leaks<'a>(
    ledger: &Ledger,
    unlisted: &Unlisted,
    pieces: impl IntoIterator<Item = OutgoingPiece<'a>>,
) -> Result<Vec<Leak>> {
    let search = Search::of(ledger, unlisted).context("cannot search for private values")?;
    Ok(with_keys(ledger, leaks(ledger, unlisted, &search, pieces.into_iter())))
}

/// The private keys in pieces of something that is to leave with all that is private: no one but its owner may have
/// one.
pub(super) fn found_keys<'a>(
    ledger: &Ledger,
    pieces: impl IntoIterator<Item = OutgoingPiece<'a>>,
) -> Result<Vec<Leak>> {
    let search = Search::of_keys().context("cannot search for private keys")?;
    Ok(with_keys(ledger, leaks(ledger, &Unlisted::default(), &search, pieces.into_iter())))
}

/// These leaks and the private keys in the files of the ledger that they do not name yet. Nothing leaves until those are gone: what a page
/// or a table makes of the lines of a key may no longer look like one.
pub(super) fn with_keys(ledger: &Ledger, mut found: Vec<Leak>) -> Vec<Leak> {
    for leak in leaks_of_keys(ledger) {
        let is_named = found.iter().any(|other| {
            let path = |leak: &Leak| leak.origin.as_ref().map(|(path, ..)| path.clone());
            other.withheld == leak.withheld && path(other) == path(&leak)
        });
        if !is_named {
            found.push(leak);
        }
    }
    found
}

/// The refusal to hand on something withheld, if there is anything. `done` says what was not done.
pub(super) fn refusal(leaks: &[Leak], done: &str) -> Option<CommandOutput> {
    if leaks.is_empty() {
        return None;
    }
    let mut text = format!("{done}: it would reveal something that your coalition keeps private\n");
    for leak in leaks.iter().take(FEW) {
        text += &format!("  {}\n", visible(&leak.to_string()));
    }
    if leaks.len() > FEW {
        text += &format!("  and {} more\n", leaks.len() - FEW);
    }
    text += "Reword these places; if an id gives something away, rename the record. If a person agrees to be listed, \
        set listed = true under [consent]; if a number or an address may be published, set public = true. Replace a \
        private key with a new one, and delete this one.\n";
    aside::print(&format!("coalition: {text}"));
    Some(CommandOutput::given(false, ""))
}
