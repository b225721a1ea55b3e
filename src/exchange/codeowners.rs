//! A CODEOWNERS file, in which a git host reads who has to review a change: each member's people its record and its
//! signatures, the coordinators everything else. The last line that matches a file decides, so theirs come first and last.

use crate::ledger::Ledger;
use crate::parse::suggest::is_slug;
use crate::record::advocate::{is_git_host, is_handle};
use crate::record::value::AdvocateId;
use crate::record::{AnyRecord as _, Member, Record};
use chrono::NaiveDate;
use std::fmt;

/// Why no owners can be written, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerError(String);

impl fmt::Display for OwnerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for OwnerError {}

impl OwnerError {
    /// That a ledger lies in a folder whose path git hosts would read as something else.
    pub fn of_folder(folder: &str) -> OwnerError {
        OwnerError(format!(
            "the ledger's folder {folder} has characters that mean something else in CODEOWNERS and in workflows; give it a \
             name of letters, digits and hyphens"
        ))
    }
}

fn refused<T>(why: impl Into<String>) -> Result<T, OwnerError> {
    Err(OwnerError(why.into()))
}

/// An owner as git hosts write it: `@handle`, or a team, `@organization/team`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner(String);

impl Owner {
    /// An owner from text with its `@`, if it is one.
    pub fn parse(text: &str) -> Option<Owner> {
        let name = text.strip_prefix('@')?;
        name.split('/').all(is_handle).then(|| Owner(text.to_owned()))
    }

    /// Whether it stands for several people.
    pub fn is_team(&self) -> bool {
        self.0.contains('/')
    }

    fn is_same(&self, other: &Owner) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

/// The people of a ledger at a host: where an advocate's id stands for an account.
#[derive(Debug, Clone, Copy)]
pub struct People<'l> {
    /// The ledger.
    pub ledger: &'l Ledger,
    /// The host whose accounts are meant.
    pub host: &'l str,
    /// The day on which they have to serve.
    pub today: NaiveDate,
}

impl People<'_> {
    /// The account of an advocate who serves.
    fn account(&self, id: &str) -> Result<Owner, OwnerError> {
        let host = self.host;
        let Some(advocate) = self.ledger.advocates.find(id) else {
            let hint =
                if is_handle(id) { format!("; a handle is written with its @: --owner @{id}") } else { String::new() };
            return refused(format!("--owner {id}: there is no advocate with this id{hint}"));
        };
        if !advocate.serves(self.today) {
            return refused(format!("--owner {id}: {} does not serve on {}", advocate.name(), self.today));
        }
        match advocate.handle_at(host) {
            Some(handle) => Ok(Owner(format!("@{handle}"))),
            None => refused(format!(
                "--owner {id}: {} has no account at {host}; add [[accounts]] with host = \"{host}\" and handle to {}",
                advocate.name(),
                advocate.path()
            )),
        }
    }

    /// The people who speak and sign for a member today and have an account.
    fn of_member(&self, member: &Record<Member>) -> Vec<Owner> {
        let leading = [&member.representative, &member.backup_representative].into_iter().flatten();
        let ids = leading.chain(&member.signatories).map(|id| &id.value);
        let handle = |id: &AdvocateId| {
            let advocate = self.ledger.advocates.get(id).filter(|advocate| advocate.serves(self.today))?;
            advocate.handle_at(self.host).map(|handle| Owner(format!("@{handle}")))
        };
        distinct(ids.filter_map(handle))
    }
}

fn distinct(owners: impl Iterator<Item = Owner>) -> Vec<Owner> {
    owners.fold(Vec::new(), |mut seen, owner| {
        if !seen.iter().any(|other: &Owner| other.is_same(&owner)) {
            seen.push(owner);
        }
        seen
    })
}

/// The coordinators that words on the command line name: `@handle`, `@organization/team`, or, where there is a ledger, the
/// id of an advocate. No words are no coordinators; otherwise there are two of them at least, or a team.
///
/// # Errors
/// A word that names nobody, or one person alone.
pub fn coordinators(words: &[String], people: Option<&People<'_>>) -> Result<Vec<Owner>, OwnerError> {
    let named = |word: &String| match (Owner::parse(word), people) {
        (Some(owner), _) => Ok(owner),
        (None, Some(people)) if !word.starts_with('@') => people.account(word),
        _ => refused(format!(
            "--owner {word}: write @ and the name of an account, such as @rosa-delgado, or a team, @organization/team"
        )),
    };
    let owners = distinct(words.iter().map(named).collect::<Result<Vec<_>, _>>()?.into_iter());
    match owners.as_slice() {
        [only] if !only.is_team() => refused(format!(
            "{} alone cannot approve their own changes; name a second coordinator with another --owner, or a team",
            only.0
        )),
        _ => Ok(owners),
    }
}

/// A CODEOWNERS file of a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codeowners {
    /// The file.
    pub text: String,
    /// Ids of current members for whom nobody has an account.
    pub without_account: Vec<String>,
    /// Files of members whose paths cannot be written as a pattern.
    pub unwritable: Vec<String>,
}

/// The CODEOWNERS file of a ledger that lies in this folder of its repository.
///
/// # Errors
/// That no coordinators are named, or that the folder's path cannot be written as a pattern.
pub fn codeowners(people: &People<'_>, folder: &str, coordinators: &[Owner]) -> Result<Codeowners, OwnerError> {
    if coordinators.is_empty() {
        return refused(
            "name the coordinators, who own agreements, keys, settings and the workflow: --owner twice with @HANDLE or the \
             id of an advocate, or once with a team, @ORGANIZATION/TEAM",
        );
    }
    if !is_git_host(people.host) {
        return refused(format!("--host {}: this is not the name of a git host, such as github.com", people.host));
    }
    let folder = Folder::new(folder)?;
    let mut members: Vec<_> = people.ledger.current_members(people.today).collect();
    members.sort_by(|a, b| a.path.cmp(&b.path));
    let (mut lines, mut without_account, mut unwritable) = (String::new(), Vec::new(), Vec::new());
    for member in members {
        let id = member.key.id.as_ref();
        let (Some(path), true) = (pattern(member.path.as_str()), is_slug(id)) else {
            unwritable.push(member.path.to_string());
            continue;
        };
        let owners = people.of_member(member);
        if owners.is_empty() {
            without_account.push(id.to_owned());
            continue;
        }
        let owners = written(&owners);
        lines += &format!("{} {owners}\n", folder.inside(&path));
        lines += &format!("{} {owners}\n", folder.inside(&format!("signatures/*/{id}.toml")));
    }
    let owners = written(coordinators);
    let mut text =
        format!("{HEAD}#\n# Written by `coalition export codeowners`; run it again when people or accounts change.\n");
    text += &everything(&owners, "");
    text += &format!("\n{MEMBERS}{lines}");
    if !without_account.is_empty() {
        let host = people.host;
        text += &format!("# Nobody has an account at {host}, so the coordinators own the files of:\n");
        text.extend(without_account.iter().map(|id| format!("#   {id}\n")));
    }
    text += &reserved(&folder, &owners, "");
    Ok(Codeowners { text, without_account, unwritable })
}

/// The CODEOWNERS file of a new ledger in this folder of its repository: without coordinators, all of it is commented out
/// and says what to fill in.
///
/// # Errors
/// That the folder's path cannot be written as a pattern.
pub fn opening(folder: &str, coordinators: &[Owner]) -> Result<String, OwnerError> {
    let folder = Folder::new(folder)?;
    let mut text = HEAD.to_owned();
    let (owners, mark) = if coordinators.is_empty() {
        text += "#\n# Fill in: write the accounts of two coordinators, or of a team, in place of the words in angle brackets, and\n\
                 # remove the # in front of those lines. Until then nobody is asked.\n";
        ("@<first coordinator> @<second coordinator>".to_owned(), "#")
    } else {
        (written(coordinators), "")
    };
    text += &everything(&owners, mark);
    text += &format!(
        "\n{MEMBERS}# `coalition export codeowners` writes these lines for all members, from [[accounts]] of advocates:\n"
    );
    for path in ["members/millbrook-friends.toml", "signatures/*/millbrook-friends.toml"] {
        text += &format!("#{} @rosa-delgado\n", folder.inside(path));
    }
    Ok(text + &reserved(&folder, &owners, mark))
}

const HEAD: &str = "# Who has to review a change before it is merged. The last line that matches a file decides. An owner needs write\n\
                    # access to the repository, or the host ignores that name; and the host asks owners only where the settings of\n\
                    # the main branch require a review from code owners.\n";

const MEMBERS: &str = "# Each member's people own its record and its signatures.\n";

fn written(owners: &[Owner]) -> String {
    owners.iter().map(|owner| owner.0.as_str()).collect::<Vec<_>>().join(" ")
}

/// The line that comes first, since all others take from it.
fn everything(owners: &str, mark: &str) -> String {
    format!("\n# The coordinators own everything that is not named below.\n{mark}* {owners}\n")
}

/// The lines that come last, so that nothing takes from them.
fn reserved(folder: &Folder, owners: &str, mark: &str) -> String {
    let mut text = String::from(
        "\n# The coordinators own what decides who has signed: agreements, people with their keys, settings, the workflow, and\n\
         # this file.\n",
    );
    let own = ["agreements/", "advocates/", "coalition.toml"].map(|path| folder.inside(path));
    let hosts = ["/.github/", "/.gitlab/", "/.gitlab-ci.yml", "CODEOWNERS"].map(str::to_owned);
    text.extend(own.into_iter().chain(hosts).map(|pattern| format!("{mark}{pattern} {owners}\n")));
    text
}

/// The folder of a ledger as the beginning of patterns.
struct Folder(String);

impl Folder {
    fn new(folder: &str) -> Result<Folder, OwnerError> {
        match pattern(folder) {
            Some(whole) if whole.is_empty() => Ok(Folder(String::from("/"))),
            Some(whole) => Ok(Folder(format!("/{whole}/"))),
            None => Err(OwnerError::of_folder(folder)),
        }
    }

    /// The pattern of a path inside the ledger.
    fn inside(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

/// A path as a pattern that matches it alone. Blanks are escaped; what could mean something else cannot be written.
fn pattern(path: &str) -> Option<String> {
    let plain = |c: char| c.is_alphanumeric() || " -_./+@,()&'".contains(c);
    path.chars().all(plain).then(|| path.replace(' ', "\\ "))
}

#[cfg(test)]
mod tests;
