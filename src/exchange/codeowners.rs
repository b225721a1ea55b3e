//! A CODEOWNERS file, which says for a git host who must review a change: each member's people own its record and signatures, the
//! coordinators everything else. The last line that matches a file decides, so the coordinators' lines come first and last.

use crate::error::Error;
use crate::ledger::Ledger;
use crate::parse::suggest::is_slug;
use crate::record::advocate::{is_git_host, is_handle};
use crate::record::value::AdvocateId;
use crate::record::{AnyRecord as _, Member, Record};
use chrono::NaiveDate;

/// The error for a ledger in a folder whose path git hosts would read as something else.
pub(crate) fn unwritable_folder(folder: &str) -> Error {
    Error::data(format!(
        "the ledger's folder {folder} has characters that have a special meaning in CODEOWNERS and in workflows; use \
         only letters, digits and hyphens in its name"
    ))
}

fn wrong_request<T>(message: impl Into<String>) -> Result<T, Error> {
    Err(Error::usage(message))
}

/// An owner as git hosts write it: `@handle`, or a team, `@organization/team`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Owner(String);

impl Owner {
    /// An owner from text with its `@`, if it is one.
    pub(crate) fn parse(text: &str) -> Option<Owner> {
        let name = text.strip_prefix('@')?;
        name.split('/').all(is_handle).then(|| Owner(text.to_owned()))
    }

    /// Whether it stands for several people.
    pub(crate) fn is_team(&self) -> bool {
        self.0.contains('/')
    }

    fn is_same(&self, other: &Owner) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

/// The people of a ledger and their accounts at a git host.
#[derive(Debug, Clone, Copy)]
pub(crate) struct People<'l> {
    /// The ledger.
    pub ledger: &'l Ledger,
    /// The host.
    pub host: &'l str,
    /// Today's date: only people who are current on it count.
    pub today: NaiveDate,
}

impl People<'_> {
    /// The account of a current person.
    fn account(&self, id: &str) -> Result<Owner, Error> {
        let host = self.host;
        let Some(advocate) = self.ledger.advocates.find(id) else {
            let hint =
                if is_handle(id) { format!("; for a handle, write the @: --owner @{id}") } else { String::new() };
            return wrong_request(format!("--owner {id}: there is no person with this id{hint}"));
        };
        if !advocate.serves(self.today) {
            return wrong_request(format!(
                "--owner {id}: {} is not a current person on {}",
                advocate.name(),
                self.today
            ));
        }
        match advocate.handle_at(host) {
            Some(handle) => Ok(Owner(format!("@{handle}"))),
            None => wrong_request(format!(
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
        remove_duplicates(ids.filter_map(handle))
    }
}

fn remove_duplicates(owners: impl Iterator<Item = Owner>) -> Vec<Owner> {
    owners.fold(Vec::new(), |mut seen, owner| {
        if !seen.iter().any(|other: &Owner| other.is_same(&owner)) {
            seen.push(owner);
        }
        seen
    })
}

/// The coordinators on the command line: each an `@handle`, an `@organization/team`, or, if there is a ledger, the id of a person.
/// There may be none; otherwise there must be at least two, or a team.
///
/// # Errors
/// A word names no one, or only one person is named.
pub(crate) fn coordinators(words: &[String], people: Option<&People<'_>>) -> Result<Vec<Owner>, Error> {
    let named = |word: &String| match (Owner::parse(word), people) {
        (Some(owner), _) => Ok(owner),
        (None, Some(people)) if !word.starts_with('@') => people.account(word),
        _ => wrong_request(format!(
            "--owner {word}: write an account with its @, such as @rosa-delgado, or a team, @organization/team"
        )),
    };
    let owners = remove_duplicates(words.iter().map(named).collect::<Result<Vec<_>, _>>()?.into_iter());
    match owners.as_slice() {
        [only] if !only.is_team() => wrong_request(format!(
            "{} alone cannot approve their own changes; name a second coordinator with another --owner, or a team",
            only.0
        )),
        _ => Ok(owners),
    }
}

/// A CODEOWNERS file of a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CodeownersFile {
    /// The file.
    pub text: String,
    /// Ids of current members without anyone who has an account.
    pub without_account: Vec<String>,
    /// Files of members whose paths cannot be written as a pattern.
    pub unwritable: Vec<String>,
}

/// The CODEOWNERS file of a ledger that lies in this folder of its repository.
///
/// # Errors
/// No coordinators are named, or the folder's path cannot be written as a pattern.
pub(crate) fn codeowners(people: &People<'_>, folder: &str, coordinators: &[Owner]) -> Result<CodeownersFile, Error> {
    if coordinators.is_empty() {
        return wrong_request(
            "name the coordinators, who own agreements, keys, settings and the workflow: use --owner twice with @HANDLE or the id \
             of a person, or once with a team, @ORGANIZATION/TEAM",
        );
    }
    if !is_git_host(people.host) {
        return wrong_request(format!(
            "--host {}: this is not a git host; write its name, such as github.com",
            people.host
        ));
    }
    let folder = OwnedFolder::new(folder)?;
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
        let owners = join_owners(&owners);
        lines += &format!("{} {owners}\n", folder.inside(&path));
        lines += &format!("{} {owners}\n", folder.inside(&format!("signatures/*/{id}.toml")));
    }
    let owners = join_owners(coordinators);
    let mut text =
        format!("{HEAD}#\n# Written by `coalition export codeowners`; run it again when people or accounts change.\n");
    text += &catch_all_line(&owners, "");
    text += &format!("\n{MEMBERS}{lines}");
    if !without_account.is_empty() {
        let host = people.host;
        text += &format!("# No one has an account at {host}, so the coordinators own the files of:\n");
        text.extend(without_account.iter().map(|id| format!("#   {id}\n")));
    }
    text += &coordinator_lines(&folder, &owners, "");
    Ok(CodeownersFile { text, without_account, unwritable })
}

/// The CODEOWNERS file of a new ledger in this folder of its repository. Without coordinators, all lines are comments that say what
/// to fill in.
///
/// # Errors
/// The folder's path cannot be written as a pattern.
pub(crate) fn starter_text(folder: &str, coordinators: &[Owner]) -> Result<String, Error> {
    let folder = OwnedFolder::new(folder)?;
    let mut text = HEAD.to_owned();
    let (owners, mark) = if coordinators.is_empty() {
        text += "#\n# Fill in: write the accounts of two coordinators, or of a team, in place of the words in angle brackets, and\n\
                 # remove the # in front of those lines. Until then no one has to review.\n";
        ("@<first coordinator> @<second coordinator>".to_owned(), "#")
    } else {
        (join_owners(coordinators), "")
    };
    text += &catch_all_line(&owners, mark);
    text += &format!(
        "\n{MEMBERS}# `coalition export codeowners` writes these lines for all members, from [[accounts]] of people:\n"
    );
    for path in ["members/millbrook-friends.toml", "signatures/*/millbrook-friends.toml"] {
        text += &format!("#{} @rosa-delgado\n", folder.inside(path));
    }
    Ok(text + &coordinator_lines(&folder, &owners, mark))
}

const HEAD: &str = "# Who has to review a change before it is merged. The last line that matches a file decides. An owner needs write\n\
                    # access to the repository, or the host ignores that name; and the host asks owners only where the settings of\n\
                    # the main branch require a review from code owners.\n";

const MEMBERS: &str = "# Each member's people own its record and its signatures.\n";

fn join_owners(owners: &[Owner]) -> String {
    owners.iter().map(|owner| owner.0.as_str()).collect::<Vec<_>>().join(" ")
}

/// The line that comes first, because all others override it.
fn catch_all_line(owners: &str, mark: &str) -> String {
    format!("\n# The coordinators own everything that is not named below.\n{mark}* {owners}\n")
}

/// The lines that come last, so that nothing overrides them.
fn coordinator_lines(folder: &OwnedFolder, owners: &str, mark: &str) -> String {
    let mut text = String::from(
        "\n# The coordinators own what decides who has signed: agreements, people with their keys, settings, the workflow, and\n\
         # this file.\n",
    );
    let paths = ["agreements/", "advocates/", "coalition.toml"].map(|path| folder.inside(path));
    let hosts = ["/.github/", "/.gitlab/", "/.gitlab-ci.yml", "CODEOWNERS"].map(str::to_owned);
    text.extend(paths.into_iter().chain(hosts).map(|pattern| format!("{mark}{pattern} {owners}\n")));
    text
}

/// The folder of a ledger as the beginning of patterns.
struct OwnedFolder(String);

impl OwnedFolder {
    fn new(folder: &str) -> Result<OwnedFolder, Error> {
        match pattern(folder) {
            Some(whole) if whole.is_empty() => Ok(OwnedFolder(String::from("/"))),
            Some(whole) => Ok(OwnedFolder(format!("/{whole}/"))),
            None => Err(unwritable_folder(folder)),
        }
    }

    /// The pattern of a path inside the ledger.
    fn inside(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

/// A path as a pattern that matches only it, with spaces escaped; `None` if it has special characters.
fn pattern(path: &str) -> Option<String> {
    let plain = |c: char| c.is_alphanumeric() || " -_./+@,()&'".contains(c);
    path.chars().all(plain).then(|| path.replace(' ', "\\ "))
}

#[cfg(test)]
mod tests;
