//! The envelope around a signature, certificates, and the line of a key.

use super::wire::{Parts, armor, base64, bytes_in, bytes_of, field, line, next};
use super::{Both, Case, Neither, NotByUs, Stricter, judge_signatures, signed, text};
use coalition::NAMESPACE;
use std::process::Command;

#[test]
fn an_envelope_has_one_form() {
    let (signer, whole) = signed(&["-t", "ed25519"]);
    let (other, _) = signed(&["-t", "ed25519"]);
    let parts = Parts::of(&whole);
    let mut cases = vec![Case::new("as it is", &signer.public, &whole, Both)];
    let mut changed = |name: &str, verdict, change: &dyn Fn(&mut Parts)| {
        cases.push(Case::new(name, &signer.public, parts.with(change), verdict));
    };
    changed("version 0", NotByUs(Stricter::Version), &|parts| parts.version = 0);
    for version in [2, 256, 1 << 24, u32::MAX] {
        changed("a later version", Neither, &|parts| parts.version = version);
    }
    changed("another beginning", Neither, &|parts| parts.magic[5] = b'g');
    changed("no beginning", Neither, &|parts| parts.magic.clear());
    for reserved in ["x", "\0", "a longer one"] {
        changed("reserved", NotByUs(Stricter::Reserved), &|parts| parts.reserved = reserved.into());
    }
    for namespace in ["", "git", "file", "coalition-agreement ", "coalition-agreemen", "Coalition-agreement", "*"] {
        changed(&format!("namespace {namespace:?}"), Neither, &|parts| parts.namespace = namespace.into());
    }
    for namespace in ["coalition-agreement\0x", "\0", "coalition\0-agreement"] {
        changed(&format!("namespace {namespace:?}"), Neither, &|parts| parts.namespace = namespace.into());
    }
    for hash in ["sha256", "sha1", "sha384", "SHA512", "sha512 ", "sha-512", "", "sha512,sha256", "*"] {
        changed(&format!("hash {hash:?}"), Neither, &|parts| parts.hash = hash.into());
    }
    let form = NotByUs(Stricter::Form);
    changed("a zero byte behind the namespace", form, &|parts| parts.namespace.push(0));
    changed("a zero byte behind the hash", form, &|parts| parts.hash.push(0));
    changed("a zero byte behind the algorithm", form, &|parts| parts.algorithm.push(0));
    changed("a byte behind everything", Neither, &|parts| parts.rest = vec![0]);
    changed("a field behind everything", Neither, &|parts| parts.rest = field("x"));
    changed("a byte behind the key", Neither, &|parts| parts.key.push(0));
    changed("a byte behind the signature", Neither, &|parts| parts.flags = vec![0]);
    changed("an empty key", Neither, &|parts| parts.key.clear());
    changed("another key", Neither, &|parts| parts.key = bytes_of(&other.public));
    changed("the line of the key", Neither, &|parts| parts.key = line(&parts.key).into());
    let bytes = bytes_in(&whole);
    for length in (0..bytes.len()).step_by(9).chain([bytes.len() - 1]) {
        cases.push(Case::new(format!("cut at {length}"), &signer.public, armor(&bytes[..length]), Neither));
    }
    // The length of each field, one more, one less, and far too many.
    let mut at = 10;
    while at + 4 <= bytes.len() {
        for length in [1, u32::MAX, 0x8000_0000, 1 << 16] {
            let mut bytes = bytes.clone();
            let stated = u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()).wrapping_add(length);
            bytes[at..at + 4].copy_from_slice(&stated.to_be_bytes());
            cases.push(Case::new(format!("length at {at}"), &signer.public, armor(&bytes), Neither));
        }
        at += 4 + next(&mut &bytes[at..]).len();
    }
    judge_signatures(&cases);
}

#[test]
fn a_certificate_proves_nothing() {
    let (signer, armor) = signed(&["-t", "ed25519"]);
    let (authority, _) = signed(&["-t", "ed25519"]);
    let mut command = Command::new("ssh-keygen");
    command.args(["-q", "-I", "ana", "-n", "ana", "-s"]).arg(authority.path("key")).arg(signer.path("key.pub"));
    assert!(command.status().unwrap().success());
    let certificate = std::fs::read_to_string(signer.path("key-cert.pub")).unwrap().trim().to_owned();
    let certified = Parts::of(&armor).with(|parts| parts.key = bytes_of(&certificate));
    let cases = [
        Case::new("the key, signed with its certificate", &signer.public, &certified, Neither),
        Case::new("the certificate in the ledger", &certificate, &certified, NotByUs(Stricter::Kind)),
        Case::new("the certificate in the ledger, signed with the key", &certificate, &armor, Neither),
        Case::new("the authority in the ledger", &authority.public, &certified, Neither),
        Case::new(
            "the authority in the ledger, as one",
            format!("cert-authority {}", authority.public),
            &certified,
            NotByUs(Stricter::Kind),
        ),
    ];
    judge_signatures(&cases);
}

#[test]
fn a_key_is_one_line() {
    let (signer, armor) = signed(&["-t", "ed25519"]);
    let (other, _) = signed(&["-t", "ecdsa"]);
    let fields: Vec<&str> = signer.public.split(' ').take(2).collect();
    let (name, text) = (fields[0], fields[1]);
    let form = NotByUs(Stricter::Form);
    let unpadded = {
        let key = [base64::decode(text), vec![]].concat();
        base64::encode(&key).trim_end_matches('=').to_owned()
    };
    let cases = [
        (format!("{name} {text}"), Both),
        (format!("{name} {text} ana@laptop"), Both),
        (format!("{name} {text} a comment of several words"), Both),
        (format!("  {name} {text}  "), Both),
        (format!("{name}  {text}"), form),
        (format!("{name}\t{text}"), form),
        (format!("namespaces=\"{NAMESPACE}\" {name} {text}"), form),
        (text.to_owned(), form),
        (format!("{text} {name}"), Neither),
        (format!("{} {text}", name.to_uppercase()), Neither),
        (format!("ssh-rsa {text}"), Neither),
        (format!("{name} {}", &text[..text.len() - 4]), Neither),
        (format!("{name} {text}AAAA"), Neither),
        (format!("{name} {text}="), Neither),
        (format!("{name} {}", text.replace('A', "-")), Neither),
        (format!("{name} {}", &other.public.split(' ').nth(1).unwrap()), Neither),
        (format!("{name} {unpadded}x"), Neither),
        (name.to_owned(), Neither),
    ];
    let cases: Vec<Case> = cases.into_iter().map(|(key, verdict)| Case::new(&*key, &*key, &armor, verdict)).collect();
    judge_signatures(&cases);
}

#[test]
fn either_hash_of_the_statement_counts() {
    let cases =
        [&["-t", "ed25519"] as &[&str], &["-t", "ecdsa", "-b", "521"], &["-t", "rsa", "-b", "1024"]].map(|kind| {
            let (signer, _) = signed(kind);
            std::fs::write(signer.path("short"), text()).unwrap();
            let mut command = Command::new("ssh-keygen");
            command.args(["-q", "-Y", "sign", "-O", "hashalg=sha256", "-n", NAMESPACE, "-f"]).arg(signer.path("key"));
            assert!(command.arg(signer.path("short")).stderr(std::process::Stdio::null()).status().unwrap().success());
            let armor = std::fs::read_to_string(signer.path("short.sig")).unwrap();
            assert_eq!(Parts::of(&armor).hash, b"sha256");
            Case::new(format!("{kind:?}"), &signer.public, armor, Both)
        });
    judge_signatures(&cases);
}
