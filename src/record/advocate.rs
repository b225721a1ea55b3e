//! People: staff, trustees, friends, volunteers, partners, and well-known people in the community.

use super::common::{Contact, ContactDetail};
use super::signing_key::{self, Unfit};
use super::table::table;
use super::value::{AdvocateId, List, MemberId, Opt, Prose, choices};
use crate::parse::Reader;
use chrono::NaiveDate;

choices! {
    /// A person's role.
    pub enum Role {
        Friend = "friend": "Friend of the library",
        Staff = "staff": "Staff",
        Trustee = "trustee": "Trustee",
        Volunteer = "volunteer": "Volunteer",
        Partner = "partner": "Partner",
        Student = "student": "Student",
        Notable = "notable": "Local notable",
        Consultant = "consultant": "Consultant",
        Other = "other": "Advocate",
    }
}

table! {
    /// A person who works for the coalition's cause. Each has a file in `advocates/`.
    ///
    /// The name appears on public pages and in exports only with `listed = true` under `[consent]`.
    pub struct Advocate as "a person" {
        /// The member this person belongs to. Leave it out for someone who belongs to no member.
        member: Opt<MemberId> = "\"millbrook-friends\"",
        /// The role of this person.
        role: Opt<Role> = "\"trustee\"",
        /// The office or job title, as on a business card.
        title: Opt<String> = "\"Board president\"",
        /// Pronouns, if the person has given them.
        pronouns: Opt<String> = "\"she/her\"",
        /// The first day of service.
        [duty] start_date: Opt<NaiveDate> = "2024-11-12",
        /// The last day of service.
        [duty] end_date: Opt<NaiveDate> = "2026-06-30",
        /// Languages spoken.
        languages: List<String> = "[\"English\", \"Spanish\"]",
        /// What this person is good at.
        skills: List<String> = "[\"public speaking\", \"grant writing\"]",
        /// The person who stays in touch with this person.
        contact_owner: Opt<AdvocateId> = "\"tom-okafor\"",
        /// The maximum number of days between contacts, if different from the policy.
        contact_days: Opt<u32> = "60",
        /// How to reach this person.
        contact_details: List<ContactDetail> = "[[contact_details]]\ntype = \"phone\"\nvalue = \"+1 614-555-0142\"",
        /// What this person has agreed to.
        [privacy] consent: Opt<Consent> = "[consent]\nlisted = true\nrecorded = 2026-01-15",
        /// Why people in the community listen to this person.
        notable: Opt<Notable> = "[notable]\nknown_for = \"first teacher of half the town\"",
        /// The SSH keys that prove this person's signatures.
        [duty] keys: List<PublicKey> = "[[keys]]\nkey = \"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIvis15C7u6kMsP2+szPFIVvB8k25yQ+UTvFZraXaEf9 rosa@laptop\"\nvalid_from = 2026-01-01",
        /// This person's accounts on git hosts, used to review changes.
        accounts: List<Account> = "[[accounts]]\nhost = \"github.com\"\nhandle = \"rosa-delgado\"",
        /// The log of contacts with this person.
        contacts: List<Contact> = "[[contacts]]\ndate = 2026-03-14\nby = \"tom-okafor\"\nchannel = \"phone\"",
    }
    order { start_date <= end_date; }
}

table! {
    /// What a person has agreed to.
    pub struct Consent as "a consent" {
        /// Whether the name may appear on public pages and in exports.
        [privacy] listed: Opt<bool> = "true",
        /// Whether the person may be quoted. Without it, pages and exports leave out what an individual member said:
        /// reasons, needs and answers.
        [privacy] quoted: Opt<bool> = "true",
        /// Whether photographs may be shown.
        [privacy] photographed: Opt<bool> = "false",
        /// The date the person agreed.
        [past, privacy] recorded: Opt<NaiveDate> = "2026-01-15",
    }
}

table! {
    /// Why people listen to this person, and what the coalition asked of them.
    pub struct Notable as "a notable" {
        /// What the person is known for.
        known_for: Opt<String> = "\"first teacher of half the town\"",
        /// Who listens to this person.
        audience: Opt<String> = "\"parents and the school board\"",
        /// What the coalition has asked this person to do, one entry each.
        asks: List<Ask> = "[[notable.asks]]\ndate = 2026-02-03\nask = \"speak at the budget hearing\"\nanswer = \"yes\"",
    }
}

table! {
    /// Something the coalition asked of a well-known person.
    pub struct Ask as "an ask" {
        /// The date of the request.
        [required, past] date: Opt<NaiveDate> = "2026-02-03",
        /// What the coalition asked.
        [required] ask: Opt<Prose> = "\"speak at the budget hearing\"",
        /// The person's answer.
        [private] answer: Opt<Prose> = "\"yes, if the hearing is in the evening\"",
    }
    keyed by (date, ask);
}

table! {
    /// An SSH key of a person, with the dates between which it proves signatures.
    pub struct PublicKey as "a key" {
        /// The public key: the one line in the file that ends in `.pub`.
        [required, duty] key: Opt<String> = "\"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIvis15C7u6kMsP2+szPFIVvB8k25yQ+UTvFZraXaEf9 rosa@laptop\"",
        /// The first day the key counts.
        [duty] valid_from: Opt<NaiveDate> = "2026-01-01",
        /// The last day the key counts.
        [duty, ahead] valid_until: Opt<NaiveDate> = "2027-12-31",
    }
    keyed by (key);
    order { valid_from <= valid_until; }
    also is_a_public_key;
}

table! {
    /// A person's account on a git host. The host can ask this person to review changes to the member's files.
    pub struct Account as "an account" {
        /// The host name, as in its web addresses.
        [required] host: Opt<String> = "\"github.com\"",
        /// The account name, without `@`.
        [required] handle: Opt<String> = "\"rosa-delgado\"",
    }
    keyed by (host, handle);
    also is_an_account;
}

/// The longest account name that a git host permits, in bytes.
const HANDLE_LENGTH: usize = 255;

/// Whether text is the name of an account as git hosts permit it: letters, digits, hyphens, underscores and dots. So it has
/// no space, no line break and nothing else that could mean something in a file of owners.
pub(crate) fn is_handle(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    !text.is_empty()
        && text.len() <= HANDLE_LENGTH
        && text.chars().all(plain)
        && !text.starts_with(['-', '.'])
        && !text.ends_with('.')
}

/// Whether text is the name of a git host: words of letters, digits and hyphens, with dots between them.
pub(crate) fn is_git_host(text: &str) -> bool {
    let word = |word: &str| {
        let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        !word.is_empty() && word.len() <= 63 && plain && !word.starts_with('-') && !word.ends_with('-')
    };
    text.contains('.') && text.len() <= 253 && text.split('.').all(word)
}

/// Reports a host or an account name that is not valid.
fn is_an_account(account: &Account, reader: &mut Reader<'_>) {
    if let Some(host) = account.host.as_ref().filter(|host| !is_git_host(host)) {
        let message = format!("`{}` is not the name of a git host", host.value);
        reader.invalid(host.span, message, "write the host as in its addresses: host = \"github.com\"");
    }
    if let Some(handle) = account.handle.as_ref().filter(|handle| !is_handle(handle)) {
        let message = format!("`{}` is not the name of an account", handle.value);
        let bare = handle.trim().trim_start_matches('@');
        let help = if is_handle(bare) {
            format!("write it without `@` and spaces: handle = \"{bare}\"")
        } else {
            "write only the account's name: letters, digits, hyphens, underscores and dots".to_owned()
        };
        reader.invalid(handle.span, message, help);
    }
}

impl Account {
    /// The host in lower case and the handle, if both are what they should be.
    pub fn on_host(&self) -> Option<(String, &str)> {
        let host = self.host.as_ref().filter(|host| is_git_host(host))?;
        let handle = self.handle.as_ref().filter(|handle| is_handle(handle))?;
        Some((host.to_ascii_lowercase(), handle.value.as_str()))
    }
}

/// Reports a key that cannot prove a signature; a private key is reported as such.
fn is_a_public_key(entry: &PublicKey, reader: &mut Reader<'_>) {
    let Some(key) = &entry.key else { return };
    let Err(unfit) = signing_key::read(key) else { return };
    let new_key = "make one with `ssh-keygen -t ed25519`, and write the line of the file that ends in `.pub`";
    let (message, help) = match unfit {
        _ if key.contains("PRIVATE KEY") => (
            "this is a private key, and everyone who reads the ledger now has it",
            "make a new key, and write its public part here",
        ),
        Unfit::Unreadable => {
            ("this is not a public key that proves signatures", "copy the one line of the file that ends in `.pub`")
        }
        Unfit::Kind => ("this kind of key cannot prove signatures; Ed25519, ECDSA, and RSA keys can", new_key),
        Unfit::Weak => ("this key is too weak, too large, or damaged; it cannot prove signatures", new_key),
    };
    reader.invalid(key.span, message, help);
}

impl PublicKey {
    /// The key, if it may prove signatures: an Ed25519, an ECDSA or an RSA key of at least 1024 bits, in hardware or not; no
    /// certificate.
    pub fn openssh(&self) -> Option<ssh_key::PublicKey> {
        signing_key::read(self.key.as_ref()?).ok()
    }
}

impl Advocate {
    /// Whether this person serves on a day. A missing date sets no limit.
    pub fn serves(&self, on: NaiveDate) -> bool {
        self.start_date.as_ref().is_none_or(|start| start.value <= on)
            && self.end_date.as_ref().is_none_or(|end| on <= end.value)
    }

    /// The first account of this person at a host.
    pub fn handle_at(&self, host: &str) -> Option<&str> {
        let accounts = self.accounts.iter().filter_map(|account| account.on_host());
        accounts.filter(|(of_host, _)| of_host.eq_ignore_ascii_case(host)).map(|(_, handle)| handle).next()
    }

    /// Whether the name may appear on public pages on a day.
    pub fn is_listed(&self, on: NaiveDate) -> bool {
        self.consent_on(on).is_some_and(|consent| consent.listed.as_ref().is_some_and(|listed| listed.value))
    }

    /// Whether this person may be quoted on a day.
    pub fn is_quoted(&self, on: NaiveDate) -> bool {
        self.consent_on(on).is_some_and(|consent| consent.quoted.as_ref().is_some_and(|quoted| quoted.value))
    }

    /// What this person has agreed to by a day. Consent recorded later does not count yet, nor does consent with a
    /// mistake in it, because its meaning is unclear.
    fn consent_on(&self, on: NaiveDate) -> Option<&Consent> {
        let consent = self.consent.as_ref().filter(|consent| !consent.flawed && !self.flawed)?;
        consent.recorded.as_ref().is_none_or(|recorded| recorded.value <= on).then_some(&consent.value)
    }
}

#[cfg(test)]
mod tests {
    use super::{is_git_host, is_handle};
    use crate::ledger::load;

    #[test]
    fn handles_and_hosts_are_plain_words() {
        for handle in ["rosa", "rosa-delgado", "Rosa_D", "r.d", "7", "rosa_riverton", "_r", &"a".repeat(255)] {
            assert!(is_handle(handle), "{handle}");
        }
        for handle in [
            "",
            " ",
            "@rosa",
            "rosa d",
            "rosa\n",
            "rosa\n* @evil",
            "-rosa",
            ".",
            "..",
            "rosa.",
            "rosa#",
            "a/b",
            "rösa",
            "rosa\u{200b}",
            "a*",
            "a\\",
            &"a".repeat(256),
        ] {
            assert!(!is_handle(handle), "{handle:?}");
        }
        for host in ["github.com", "GitLab.com", "git.example.org", "xn--bcher-kva.example"] {
            assert!(is_git_host(host), "{host}");
        }
        for host in
            ["", "github", "https://github.com", "github.com/rosa", "github.com ", "a..b", ".a", "-a.b", "a_b.c"]
        {
            assert!(!is_git_host(host), "{host:?}");
        }
    }

    #[test]
    fn accounts_with_mistakes_are_found_and_not_used() {
        let mut source = crate::check::base_ledger();
        let accounts =
            [("github.com", "@ana"), ("github", "ana"), ("github.com", "ana\\n* @eve"), ("GitHub.com", "Ana-L")];
        let entries: String = accounts
            .iter()
            .map(|(host, handle)| format!("[[accounts]]\nhost = \"{host}\"\nhandle = \"{handle}\"\n"))
            .collect();
        source.put("advocates/ana-lopez.toml", format!("name = \"Ana L\"\n{entries}[[accounts]]\n").as_bytes());
        let ledger = load(&source).unwrap();
        let found: Vec<(&str, &str)> =
            ledger.findings.iter().map(|finding| (finding.check.as_str(), finding.message.as_str())).collect();
        assert_eq!(found.iter().filter(|(check, _)| *check == "missing-field").count(), 2, "{found:?}");
        let invalid: Vec<&str> =
            found.iter().filter(|(check, _)| *check == "invalid-value").map(|(_, message)| *message).collect();
        assert_eq!(invalid.len(), 3, "{found:?}");
        assert!(invalid[0].starts_with("`@ana` is not the name of an account"), "{invalid:?}");
        assert_eq!(ledger.advocates.find("ana-lopez").unwrap().handle_at("github.com"), Some("Ana-L"));
        assert_eq!(ledger.advocates.find("ana-lopez").unwrap().handle_at("gitlab.com"), None);
    }
}
