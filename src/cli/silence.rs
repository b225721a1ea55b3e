//! What is said where the commits of a repository cannot be asked in full.

use crate::error::Error;
use crate::finding::{Finding, name};
use crate::ledger::Ledger;
use crate::record::policy::SshSignatures;
use crate::source::past::Cut;
use crate::source::{LedgerPath, ROOT_FILE, Span};

/// Why the commits say less than they might.
#[derive(Debug)]
pub(super) struct Silence {
    why: String,
    help: String,
}

impl Silence {
    /// Because the history is not whole.
    pub(super) fn of(cut: Cut, looked_at: usize) -> Silence {
        match cut {
            Cut::TooMany => Silence {
                why: format!("only the latest {looked_at} commits were examined"),
                help: "keep the ledger in its own repository".to_owned(),
            },
            Cut::TooLarge => Silence {
                why: "the commits have more or larger files than this program examines".to_owned(),
                help: "keep the ledger in its own repository, or remove the commit that added them from the history"
                    .to_owned(),
            },
            Cut::Shallow => Silence {
                why: format!("this clone is shallow, and has only {}", newest(looked_at)),
                help: "`git fetch --unshallow` fetches the rest".to_owned(),
            },
            Cut::Partial => Silence {
                why: "this is a partial clone, and lacks files of earlier commits".to_owned(),
                help: "`git fetch --refetch --no-filter` fetches them".to_owned(),
            },
        }
    }

    /// Because there are no commits that could be asked.
    pub(super) fn outside_git() -> Silence {
        Silence {
            why: "the ledger is not in a git repository, so the check cannot tell whether a key was added before the \
                signatures it proves"
                .to_owned(),
            help: "run the check in a clone with the full history".to_owned(),
        }
    }

    /// Because git cannot be read.
    pub(super) fn unreadable(error: &Error) -> Silence {
        let why = format!("the commits cannot be read: {}", error.message());
        let help = error.hints().first().map_or("`git fsck` says whether git can read them", String::as_str);
        Silence { why, help: help.to_owned() }
    }

    /// The finding that what depends on the commits is unknown.
    pub(super) fn finding(&self) -> Finding {
        let root = LedgerPath::new(ROOT_FILE);
        let message = format!(
            "{}, so the check cannot tell whether a key was added together with its signature, or whether old terms \
                or keys came back",
            self.why
        );
        Finding::new(name::UNREADABLE_FILE, &root, Span::START, message, self.help.as_str()).on_duty().fix()
    }

    /// The same, if nothing depends on it.
    pub(super) fn sentence(&self) -> String {
        format!("{}; {}", self.why, self.help)
    }
}

fn newest(commits: usize) -> String {
    if commits == 1 { "the latest commit".to_owned() } else { format!("the latest {commits} commits") }
}

/// Whether proofs are required, and some signature has one.
pub(super) fn relies_on_proofs(ledger: &Ledger) -> bool {
    let has_proof = |agreement| ledger.signatures_of(agreement).any(|entry| entry.signature.signature.is_some());
    ledger.policy().ssh_signatures() == SshSignatures::Required && ledger.agreements.iter().any(has_proof)
}

/// Whether a signature may count only because of what the commits say: where there are keys, or proofs are asked for.
pub(super) fn hangs_on_history(ledger: &Ledger) -> bool {
    let has_keys = ledger.advocates.iter().any(|advocate| !advocate.keys.is_empty());
    has_keys || ledger.policy().ssh_signatures() == SshSignatures::Required
}
