//! The keys of advocates as OpenSSH's list of allowed signers (ssh-keygen(1), ALLOWED SIGNERS), to prove signatures without
//! this program.

use super::former_ids::former_ids;
use super::proof::key_of;
use super::signed_text::NAMESPACE;
use crate::kind::RecordKey;
use crate::ledger::Ledger;
use crate::parse::suggest::is_slug;

/// A line for each key that can be read, of the people that the list `has`: the advocate's id and those that the person had before, our namespace, the time in which it counts, the key.
///
/// OpenSSH compares moments, not days: a key counts from the first second of its first day to the last second of its
/// last one, in UTC.
pub(crate) fn allowed_signers(ledger: &Ledger, has: &dyn Fn(&RecordKey) -> bool) -> String {
    let mut lines = String::new();
    // An id with a space or an asterisk would be several principals, or all of them.
    for advocate in ledger.advocates.iter().filter(|advocate| is_slug(&advocate.key.id) && has(&advocate.key)) {
        // Statements of earlier days name the ids of then.
        let former = former_ids(ledger, advocate).filter(|id| is_slug(id));
        let principals: Vec<&str> = std::iter::once(&*advocate.key.id).chain(former).collect();
        let principals = principals.join(",");
        for entry in &advocate.keys {
            // What follows the key itself is a comment, which may hold anything.
            let Some(key) = key_of(entry).and_then(|key| key.to_openssh().ok()) else { continue };
            let key: Vec<&str> = key.split(' ').take(2).collect();
            let mut options = format!("namespaces=\"{NAMESPACE}\"");
            if let Some(from) = &entry.valid_from {
                options += &format!(",valid-after=\"{}000000Z\"", from.value.format("%Y%m%d"));
            }
            if let Some(until) = &entry.valid_until {
                options += &format!(",valid-before=\"{}235959Z\"", until.value.format("%Y%m%d"));
            }
            lines += &format!("{principals} {options} {}\n", key.join(" "));
        }
    }
    lines
}
