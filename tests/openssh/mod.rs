//! Signatures and keys as no one makes them, with OpenSSH as the judge: what `ssh-keygen` rejects is rejected here too, and
//! what we reject alone is for one of the reasons in [`Stricter`].

mod armor;
mod ecdsa;
mod ed25519;
mod envelope;
mod flips;
mod hardware;
mod rsa;
pub mod wire;

use crate::proof::{Signer, digest, key, ledger, proven, statement};
use coalition::Memory;
use coalition::NAMESPACE;
use coalition::load;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Why something proves nothing here that OpenSSH may accept; its versions differ. `src/agreement/sshsig.rs` and
/// `src/record/signing_key.rs` say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stricter {
    /// Text behind the armor, spaces or empty lines inside it.
    Armor,
    /// The same bytes do not come out when it is written again: zeros before numbers and behind names.
    Form,
    /// The version is 0.
    Version,
    /// The reserved field holds something.
    Reserved,
    /// A kind of key or signature: certificates, DSA, webauthn.
    Kind,
    /// An RSA modulus of more than 8,192 bits.
    Size,
    /// An RSA exponent of 1, an even one, or one of more than 33 bits.
    Exponent,
    /// An Ed25519 point of small order.
    SmallOrder,
    /// The second half of an Ed25519 signature is not less than the order of the base point.
    Scalar,
    /// A point on a NIST curve with a coordinate that is small, or not less than the order.
    Coordinate,
}

/// What is to be said of a signature or a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Both,
    Neither,
    /// Not by us, for a reason; by OpenSSH it depends on the version.
    NotByUs(Stricter),
    /// It ends some lines in CRLF: OpenSSH takes it from 9.5 on, earlier ones when they end in LF, and we do always.
    WithCrlf,
}

use Verdict::{Both, Neither, NotByUs, WithCrlf};

/// A key, a signature over the statement, and what is to be said of it.
struct Case {
    name: String,
    key: String,
    armor: String,
    verdict: Verdict,
}

impl Case {
    fn new(name: impl Into<String>, key: impl Into<String>, armor: impl Into<String>, verdict: Verdict) -> Case {
        Case { name: name.into(), key: key.into(), armor: armor.into(), verdict }
    }
}

/// The statement that all of them are over, or should be.
fn text() -> String {
    statement(&digest()).text()
}

/// Whether a signature proves the statement, where the ledger has this key.
fn proves(public: &str, armor: &str) -> bool {
    proven(&ledger(&key(public, ""), ""), &statement(&digest()), armor).is_ok()
}

/// Whether a key may stand in a ledger.
fn may_stand(public: &str) -> bool {
    let ana = format!("name = \"Ana\"\n{}", key(public, ""));
    let files = [("coalition.toml", "name = \"C\"\n".as_bytes()), ("advocates/ana.toml", ana.as_bytes())];
    load(&Memory::new(files)).unwrap().findings.is_empty()
}

/// Whether OpenSSH accepts a signature, where its list of signers has this key.
fn openssh_verifies(folder: &Path, public: &str, armor: &str) -> bool {
    fs::write(folder.join("text"), text()).unwrap();
    fs::write(folder.join("signers"), format!("ana {public}\n")).unwrap();
    fs::write(folder.join("armor"), armor).unwrap();
    let mut command = Command::new("ssh-keygen");
    command.current_dir(folder).args(["-Y", "verify", "-I", "ana", "-n", NAMESPACE, "-f", "signers", "-s", "armor"]);
    command.stdin(fs::File::open(folder.join("text")).unwrap());
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
}

/// Whether OpenSSH reads a public key.
fn openssh_reads(folder: &Path, public: &str) -> bool {
    fs::write(folder.join("key.pub"), format!("{public}\n")).unwrap();
    let mut command = Command::new("ssh-keygen");
    command.current_dir(folder).args(["-l", "-f", "key.pub"]).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().unwrap().success()
}

/// Holds what we say of each against OpenSSH, on several cores, and against what is expected of both.
fn judge<T: Sync>(
    cases: &[T],
    said: impl Fn(&T) -> (&str, Verdict) + Sync,
    ours: impl Fn(&T) -> bool + Sync,
    theirs: impl Fn(&Path, &T) -> bool + Sync,
) {
    let part = |cases: &[T]| {
        let folder = tempfile::tempdir().unwrap();
        let judged = cases.iter().map(|case| (said(case), ours(case), theirs(folder.path(), case)));
        let wrong = judged.filter(|((_, verdict), ours, theirs)| match verdict {
            Both => !(*ours && *theirs),
            Neither => *ours || *theirs,
            NotByUs(_) => *ours,
            WithCrlf => !*ours,
        });
        wrong
            .map(|((name, verdict), ours, theirs)| format!("{name}: {verdict:?}, but ours {ours}, OpenSSH {theirs}"))
            .collect()
    };
    assert!(cases.len() > 1);
    let wrong: Vec<Vec<String>> = std::thread::scope(|scope| {
        let parts: Vec<_> = cases.chunks(cases.len().div_ceil(4)).map(|cases| scope.spawn(|| part(cases))).collect();
        parts.into_iter().map(|part| part.join().unwrap()).collect()
    });
    assert_eq!(wrong.concat(), [] as [String; 0]);
}

fn judge_signatures(cases: &[Case]) {
    judge(
        cases,
        |case| (&case.name, case.verdict),
        |case| proves(&case.key, &case.armor),
        |folder, case| openssh_verifies(folder, &case.key, &case.armor),
    );
}

fn judge_keys(cases: &[(String, Verdict)]) {
    judge(
        cases,
        |(key, verdict)| (key, *verdict),
        |(key, _)| may_stand(key),
        |folder, (key, _)| openssh_reads(folder, key),
    );
}

/// A signer with a key that `ssh-keygen` made, and its signature over the statement.
fn signed(kind: &[&str]) -> (Signer, String) {
    let signer = Signer::new(kind);
    let armor = signer.sign(&text(), NAMESPACE);
    (signer, armor)
}
