//! SSH signatures, compared with OpenSSH: what `ssh-keygen` makes is proven here, and what it rejects is rejected here.

use crate::openssh::wire::base64;
use coalition::Memory;
use coalition::internal::record::Digest;
use coalition::{Disproof, NAMESPACE, Purpose, Statement, prove};
use coalition::{Ledger, load};
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A person with a key that `ssh-keygen` made.
pub struct Signer {
    folder: tempfile::TempDir,
    pub public: String,
}

impl Signer {
    pub fn new(arguments: &[&str]) -> Signer {
        let folder = tempfile::tempdir().unwrap();
        let key = folder.path().join("key");
        let made =
            Command::new("ssh-keygen").args(["-q", "-N", "", "-C", "test", "-f"]).arg(&key).args(arguments).status();
        assert!(made.expect("these tests need OpenSSH's ssh-keygen").success());
        let public = fs::read_to_string(folder.path().join("key.pub")).unwrap().trim().to_owned();
        Signer { folder, public }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Signs a text as `ssh-keygen -Y sign` does.
    pub fn sign(&self, text: &str, namespace: &str) -> String {
        fs::write(self.path("text"), text).unwrap();
        let _ = fs::remove_file(self.path("text.sig"));
        let signed = Command::new("ssh-keygen")
            .args(["-q", "-Y", "sign", "-n", namespace, "-f"])
            .arg(self.path("key"))
            .arg(self.path("text"))
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert!(signed.success());
        fs::read_to_string(self.path("text.sig")).unwrap()
    }

    /// Whether OpenSSH accepts a signature.
    fn accepts(&self, text: &str, armor: &str) -> bool {
        fs::write(self.path("signers"), format!("ana {}\n", self.public)).unwrap();
        fs::write(self.path("armor"), armor).unwrap();
        let mut child = Command::new("ssh-keygen")
            .args(["-Y", "verify", "-I", "ana", "-n", NAMESPACE, "-f"])
            .arg(self.path("signers"))
            .arg("-s")
            .arg(self.path("armor"))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // It may reject the signature before it reads the text.
        let _ = child.stdin.take().unwrap().write_all(text.as_bytes());
        child.wait().unwrap().success()
    }
}

/// A ledger with Ana, who has these keys, and Ben, who has those.
pub fn ledger(ana: &str, ben: &str) -> Ledger {
    let ana = format!("name = \"Ana\"\n{ana}");
    let ben = format!("name = \"Ben\"\n{ben}");
    let files = [
        ("coalition.toml", "name = \"C\"\n".as_bytes()),
        ("advocates/ana.toml", ana.as_bytes()),
        ("advocates/ben.toml", ben.as_bytes()),
    ];
    load(&Memory::new(files)).unwrap()
}

pub fn key(public: &str, more: &str) -> String {
    format!("[[keys]]\nkey = \"{public}\"\n{more}")
}

pub fn digest() -> Digest {
    Digest::from_hex(&"ab".repeat(32))
}

pub fn statement(terms: &Digest) -> Statement<'_> {
    let date = "2026-02-10".parse().unwrap();
    Statement {
        purpose: Purpose::Signature,
        agreement: "charter",
        version: 2,
        terms,
        member: "millbrook",
        by: "ana",
        date,
    }
}

pub fn proven(ledger: &Ledger, statement: &Statement<'_>, armor: &str) -> Result<(), Disproof> {
    prove(ledger, ledger.advocates.find("ana").unwrap(), statement, armor)
}

const KINDS: [&[&str]; 4] =
    [&["-t", "ed25519"], &["-t", "rsa", "-b", "2048"], &["-t", "ecdsa", "-b", "256"], &["-t", "ecdsa", "-b", "384"]];

#[test]
fn what_ssh_keygen_signs_is_proven_and_nothing_else_is() {
    let other = Signer::new(&["-t", "ed25519"]);
    for kind in KINDS {
        let signer = Signer::new(kind);
        let ledger = ledger(&key(&signer.public, ""), &key(&other.public, ""));
        let terms = digest();
        let statement = statement(&terms);
        let text = statement.text();
        let armor = signer.sign(&text, NAMESPACE);
        assert!(signer.accepts(&text, &armor), "{kind:?}");
        assert_eq!(proven(&ledger, &statement, &armor), Ok(()), "{kind:?}");
        let elsewhere = signer.sign(&text, "git");
        assert_eq!(proven(&ledger, &statement, &elsewhere), Err(Disproof::Namespace("git".to_owned())));
        let forged = other.sign(&text, NAMESPACE);
        assert!(
            matches!(proven(&ledger, &statement, &forged), Err(Disproof::ForeignKey { of: Some(name), .. }) if name == "Ben")
        );
        let others = [
            Statement { agreement: "pact", ..statement.clone() },
            Statement { version: 1, ..statement.clone() },
            Statement { member: "grange", ..statement.clone() },
            Statement { by: "ben", ..statement.clone() },
            Statement { date: "2026-02-11".parse().unwrap(), ..statement.clone() },
            Statement { terms: &Digest::from_hex(&"cd".repeat(32)), ..statement.clone() },
        ];
        for other in others {
            assert_eq!(proven(&ledger, &other, &armor), Err(Disproof::OtherWords), "{other:?}");
            assert!(!signer.accepts(&other.text(), &armor));
        }
    }
}

#[test]
fn a_key_counts_in_its_time() {
    let signer = Signer::new(&["-t", "ed25519"]);
    let terms = digest();
    let statement = statement(&terms);
    let armor = signer.sign(&statement.text(), NAMESPACE);
    let with = |more: &str| proven(&ledger(&key(&signer.public, more), ""), &statement, &armor);
    assert_eq!(with("valid_from = 2026-02-10\nvalid_until = 2026-02-10\n"), Ok(()));
    assert!(matches!(with("valid_from = 2026-02-11\n"), Err(Disproof::OutOfTime { .. })));
    assert!(matches!(with("valid_until = 2026-02-09\n"), Err(Disproof::OutOfTime { .. })));
    assert_eq!(proven(&ledger("", ""), &statement, &armor), Err(Disproof::NoKey));
    let of_ben = proven(&ledger("", &key(&signer.public, "")), &statement, &armor);
    assert!(matches!(of_ben, Err(Disproof::ForeignKey { of: Some(name), .. }) if name == "Ben"));
    let twice = key(&signer.public, "valid_until = 2025-12-31\n") + &key(&signer.public, "valid_from = 2026-01-01\n");
    assert_eq!(proven(&ledger(&twice, ""), &statement, &armor), Ok(()), "the same key with two times");
}

#[test]
fn a_key_that_openssh_takes_no_more_proves_nothing() {
    let rsa = |bytes: usize| {
        let field = |bytes: &[u8]| [&u32::try_from(bytes.len()).unwrap().to_be_bytes()[..], bytes].concat();
        let modulus = [&[0, 0x80][..], &vec![1; bytes - 1]].concat();
        let blob = [field(b"ssh-rsa"), field(&[1, 0, 1]), field(&modulus)].concat();
        format!("ssh-rsa {} test", base64::encode(&blob))
    };
    let fires = |keys: &str| {
        let ana = format!("name = \"Ana\"\n{keys}");
        let files = [("coalition.toml", "name = \"C\"\n".as_bytes()), ("advocates/ana.toml", ana.as_bytes())];
        let ledger = load(&Memory::new(files)).unwrap();
        ledger.findings.iter().map(|finding| (finding.check.as_str(), finding.message.clone())).collect::<Vec<_>>()
    };
    assert_eq!(fires(&key(&Signer::new(&["-t", "ed25519"]).public, "")), []);
    assert_eq!(fires(&key(&rsa(128), "")), [], "1024 bits");
    for public in [&rsa(96), "hello", "ssh-ed25519 AAAA"] {
        assert_eq!(fires(&key(public, ""))[0].0, "invalid-value", "{public}");
    }
    let private = fires(&key("-----BEGIN OPENSSH PRIVATE KEY-----", ""));
    assert!(private[0].1.contains("private key"), "{private:?}");
}

#[test]
fn nothing_may_stand_around_the_armor() {
    let signer = Signer::new(&["-t", "ed25519"]);
    let ledger = ledger(&key(&signer.public, ""), "");
    let terms = digest();
    let statement = statement(&terms);
    let armor = signer.sign(&statement.text(), NAMESPACE);
    assert_eq!(proven(&ledger, &statement, &armor.replace('\n', "\r\n")), Ok(()), "as checked out on Windows");
    let lines: Vec<&str> = armor.lines().collect();
    let without_a_line = [&lines[..2], &lines[3..]].concat().join("\n");
    for junk in [
        format!("x\n{armor}"),
        format!("\n{armor}"),
        format!(" {armor}"),
        format!("{armor}x"),
        format!("{armor}\n{armor}"),
        armor.replace("SSH", "PGP"),
        armor.replacen('\n', "\n\n", 1),
        armor.replacen('\n', "\nx: y\n", 1),
        armor.replace("-----END SSH SIGNATURE-----", ""),
        without_a_line,
        String::new(),
        lines[0].to_owned(),
    ] {
        assert_eq!(proven(&ledger, &statement, &junk), Err(Disproof::Malformed), "{junk}");
    }
}

#[test]
fn each_reason_is_named() {
    let (ana, ben) = (Signer::new(&["-t", "ed25519"]), Signer::new(&["-t", "ed25519"]));
    let terms = digest();
    let statement = statement(&terms);
    let text = statement.text();
    let armor = ana.sign(&text, NAMESPACE);
    let read = |ledger: &Ledger, armor: &str| proven(ledger, &statement, armor).unwrap_err().to_string();
    let both = ledger(&key(&ana.public, ""), &key(&ben.public, ""));
    assert!(read(&both, &ana.sign(&text, "file")).contains("`file`"));
    assert!(read(&both, &ben.sign(&text, NAMESPACE)).contains("the key of Ben"));
    assert!(read(&both, &armor.replace("BEGIN", "BEG1N")).contains("SSH signature"));
    assert!(
        read(&both, &ana.sign("other words", NAMESPACE))
            .contains("agreement, version, member, person, date and digest")
    );
    let unknown = read(&ledger(&key(&ben.public, ""), ""), &armor);
    assert!(unknown.contains("not among the [[keys]]") && unknown.contains("SHA256:"), "{unknown}");
    assert!(read(&ledger("", ""), &armor).contains("no [[keys]]"));
    for (more, words) in [
        ("valid_from = 2026-02-11\n", "only on or after 2026-02-11"),
        ("valid_until = 2026-02-09\n", "only until 2026-02-09"),
        ("valid_from = 2026-02-11\nvalid_until = 2026-03-01\n", "only from 2026-02-11 to 2026-03-01"),
    ] {
        let read = read(&ledger(&key(&ana.public, more), ""), &armor);
        assert!(read.contains(words), "{read}");
    }
}
