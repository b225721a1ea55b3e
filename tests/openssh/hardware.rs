//! Keys in hardware (OpenSSH's PROTOCOL.u2f), played by keys in memory: flags, counters, applications, and browsers.

use super::wire::{Parts, armor, base64, bytes_in, field, line, number};
use super::{Both, Case, Neither, NotByUs, Stricter, judge_signatures, text};
use ed25519_dalek::Signer as _;
use p256::ecdsa::Signature as P256Signature;
use sha2::{Digest, Sha256};

const ED25519: &str = "sk-ssh-ed25519@openssh.com";
const ECDSA: &str = "sk-ecdsa-sha2-nistp256@openssh.com";
const WEBAUTHN: &str = "webauthn-sk-ecdsa-sha2-nistp256@openssh.com";

/// A key of one of the two kinds, for an application, and how it signs.
struct Hardware {
    name: &'static str,
    key: Vec<u8>,
}

impl Hardware {
    fn new(name: &'static str, application: &[u8]) -> Hardware {
        let point = match name {
            ED25519 => field(ed25519_dalek::SigningKey::from_bytes(&[7; 32]).verifying_key().as_bytes()),
            _ => [field("nistp256"), field(p256_key().verifying_key().to_sec1_point(false).as_bytes())].concat(),
        };
        Hardware { name, key: [field(name), point, field(application)].concat() }
    }

    fn sign(&self, bytes: &[u8]) -> Vec<u8> {
        if self.name == ED25519 {
            return ed25519_dalek::SigningKey::from_bytes(&[7; 32]).sign(bytes).to_bytes().to_vec();
        }
        let signature: P256Signature = p256_key().sign(bytes);
        let (r, s) = signature.split_bytes();
        [number(&r), number(&s)].concat()
    }

    /// A signature over the statement, for an application, with flags and a counter.
    fn signed(&self, application: &[u8], flags: u8, counter: u32) -> Parts {
        let mut parts = Parts::unsigned(&self.key, self.name);
        parts.flags = [&[flags], &counter.to_be_bytes()[..]].concat();
        let hashes = [Sha256::digest(application), Sha256::digest(parts.message(&text()))];
        parts.raw = self.sign(&[&hashes[0][..], &parts.flags, &hashes[1]].concat());
        parts
    }
}

fn p256_key() -> p256::ecdsa::SigningKey {
    p256::ecdsa::SigningKey::from_slice(&[9; 32]).unwrap()
}

/// The line of a key of each kind, and its signature over the statement.
pub fn signed() -> [(&'static str, String, String); 2] {
    [ED25519, ECDSA].map(|name| {
        let hardware = Hardware::new(name, b"ssh:");
        (name, line(&hardware.key), hardware.signed(b"ssh:", 1, 9).armor())
    })
}

#[test]
fn hardware_proves_with_its_flags_and_its_application() {
    let mut cases = Vec::new();
    for name in [ED25519, ECDSA] {
        let hardware = Hardware::new(name, b"ssh:");
        let mut case = |reported: &str, hardware: &Hardware, armor: String, verdict| {
            cases.push(Case::new(format!("{name}: {reported}"), line(&hardware.key), armor, verdict));
        };
        // Bit 0: someone touched it; bit 2: a PIN was asked for. `-Y verify` asks for neither.
        for (flags, counter) in [(1, 0), (1, 9), (5, u32::MAX), (0, 0), (0xff, 1)] {
            case("flags", &hardware, hardware.signed(b"ssh:", flags, counter).armor(), Both);
        }
        let parts = hardware.signed(b"ssh:", 1, 9);
        let mut changed =
            |reported: &str, change: &dyn Fn(&mut Parts)| case(reported, &hardware, parts.with(change), Neither);
        changed("other flags", &|parts| parts.flags[0] = 5);
        changed("no touch", &|parts| parts.flags[0] = 0);
        changed("another counter", &|parts| parts.flags[4] = 8);
        changed("no counter", &|parts| parts.flags.truncate(1));
        changed("no flags", &|parts| parts.flags.clear());
        changed("a byte behind the counter", &|parts| parts.flags.push(0));
        changed("flags inside the signature", &|parts| {
            let flags = std::mem::take(&mut parts.flags);
            parts.raw.extend(flags);
        });
        changed("flags twice", &|parts| parts.raw.extend(parts.flags.clone()));
        let others =
            [ED25519, ECDSA, WEBAUTHN, "ssh-ed25519", "ecdsa-sha2-nistp256", "rsa-sha2-512", "ssh-rsa", "x@y", ""];
        for other in others.into_iter().filter(|other| *other != name) {
            changed(&format!("in the name of {other:?}"), &|parts| parts.algorithm = other.into());
            changed(&format!("in the name of {other:?}, with the flags inside"), &|parts| {
                parts.algorithm = other.into();
                let flags = std::mem::take(&mut parts.flags);
                parts.raw.extend(flags);
            });
        }
        for application in ["", "ssh:x", "web:\u{e9}", "ssh:with a space"] {
            let hardware = Hardware::new(name, application.as_bytes());
            case(application, &hardware, hardware.signed(application.as_bytes(), 1, 1).armor(), Both);
            case("of another application", &hardware, hardware.signed(b"ssh:", 1, 1).armor(), Neither);
        }
        // OpenSSH hashes up to the zero byte.
        let ended = Hardware::new(name, b"ssh:\0");
        case("a zero byte behind", &ended, ended.signed(b"ssh:", 1, 1).armor(), NotByUs(Stricter::Form));
        case("a zero byte behind, hashed", &ended, ended.signed(b"ssh:\0", 1, 1).armor(), Neither);
        let cut = Hardware::new(name, b"ssh:\0x");
        case("a zero byte inside", &cut, cut.signed(b"ssh:\0x", 1, 1).armor(), Neither);
        case("a zero byte inside, not hashed", &cut, cut.signed(b"ssh:", 1, 1).armor(), Neither);
        let bytes = Hardware::new(name, b"ssh:\xff");
        case("no text", &bytes, bytes.signed(b"ssh:\xff", 1, 1).armor(), NotByUs(Stricter::Form));
        let mut trailing = Hardware::new(name, b"ssh:");
        trailing.key.push(0);
        case("a byte behind the key", &trailing, trailing.signed(b"ssh:", 1, 1).armor(), Neither);
    }
    let point = p256_key().verifying_key().to_sec1_point(true);
    let mut compressed = Hardware::new(ECDSA, b"ssh:");
    compressed.key = [field(ECDSA), field("nistp256"), field(point.as_bytes()), field("ssh:")].concat();
    cases.push(Case::new("compressed", line(&compressed.key), compressed.signed(b"ssh:", 1, 1).armor(), Neither));
    let mut other_curve = Hardware::new(ECDSA, b"ssh:");
    other_curve.key = [field(ECDSA), field("nistp384"), other_curve.key[50..].to_vec()].concat();
    cases.push(Case::new("nistp384", line(&other_curve.key), other_curve.signed(b"ssh:", 1, 1).armor(), Neither));
    judge_signatures(&cases);
}

/// A signature as a browser makes it: over its own words, in which the text is.
#[test]
fn a_signature_of_a_browser_is_refused() {
    let hardware = Hardware::new(ECDSA, b"ssh:");
    let mut parts = Parts::unsigned(&hardware.key, WEBAUTHN);
    let challenge = base64::encode(&parts.message(&text())).replace('+', "-").replace('/', "_").replace('=', "");
    let origin = "https://example.org";
    let words = format!("{{\"type\":\"webauthn.get\",\"challenge\":\"{challenge}\",\"origin\":\"{origin}\"}}");
    let flags = [1, 0, 0, 0, 3];
    let hashes = [Sha256::digest("ssh:"), Sha256::digest(&words)];
    parts.raw = hardware.sign(&[&hashes[0][..], &flags, &hashes[1]].concat());
    parts.flags = [&flags[..], &field(origin), &field(&words), &field("")].concat();
    let key = line(&hardware.key);
    let other = parts.with(|parts| parts.algorithm = ECDSA.into());
    let cases = [
        Case::new("as it is", &key, parts.armor(), NotByUs(Stricter::Kind)),
        Case::new("in the name of hardware", &key, other, Neither),
        Case::new("without its last byte", &key, armor(&bytes_in(&parts.armor())[..300]), Neither),
    ];
    judge_signatures(&cases);
}
