//! What is made for others is searched for all that they must not hear of, before anything of it is written.

use super::answer::Answer;
use super::aside;
use super::invocation::{Invocation, read};
use crate::disclosure::{Consents, Leak, Piece, Unlisted, Withheld, hold_to, leaks};
use crate::ledger::Ledger;
use crate::output::visible;
use anyhow::{Context as _, Result};

/// How many places of withheld text are listed.
const FEW: usize = 20;

/// The ledger as it stands now, where another one is read: the files, or where there are none, the newest commit. By its records
/// people have agreed to be listed, or not.
///
/// # Errors
/// That it cannot be read.
pub fn current(invocation: &Invocation) -> Result<Option<Ledger>> {
    if invocation.at.is_none() {
        return Ok(None);
    }
    match invocation.disk() {
        Ok(disk) => read(&disk).map(Some),
        Err(_) => read(&invocation.revision("HEAD")?).map(Some),
    }
}

/// Takes from a ledger of before what may not leave by the ledger as it stands now, which is given back where it is another one.
///
/// # Errors
/// That the ledger as it stands cannot be read.
pub fn hold(invocation: &Invocation, ledger: &mut Ledger) -> Result<Option<Ledger>> {
    let current = current(invocation)?;
    if let Some(current) = &current {
        hold_to(ledger, current, invocation.day_of_consent());
    }
    Ok(current)
}

/// The people of a ledger who have no name for others, by the consent they give today.
///
/// # Errors
/// That the ledger as it stands cannot be read.
pub fn unlisted(invocation: &Invocation, ledger: &Ledger) -> Result<Unlisted> {
    let current = current(invocation)?;
    let consents = Consents { ledger: current.as_ref().unwrap_or(ledger), today: invocation.day_of_consent() };
    Ok(Unlisted::of(ledger, &consents))
}

/// What pieces of something that is to leave say that a ledger withholds.
pub fn found<'a>(
    ledger: &Ledger,
    unlisted: &Unlisted,
    pieces: impl IntoIterator<Item = Piece<'a>>,
) -> Result<Vec<Leak>> {
    let withheld = Withheld::of(ledger, unlisted).context("what is withheld cannot be searched for")?;
    Ok(leaks(ledger, unlisted, &withheld, pieces.into_iter()))
}

/// The refusal to hand on something withheld, if there is anything. `done` says what was not done.
pub fn refusal(leaks: &[Leak], done: &str) -> Option<Answer> {
    if leaks.is_empty() {
        return None;
    }
    let mut text = format!("{done}: it would tell others what your coalition withholds\n");
    for leak in leaks.iter().take(FEW) {
        text += &format!("  {}\n", visible(&leak.to_string()));
    }
    if leaks.len() > FEW {
        text += &format!("  and {} more\n", leaks.len() - FEW);
    }
    text += "Reword these places, or rename the record where its id tells it. A person who agrees to be listed has listed = true under \
             [consent]; a number or an address that may be known has public = true.\n";
    aside::print(&format!("coalition: {text}"));
    Some(Answer::when(false, ""))
}
