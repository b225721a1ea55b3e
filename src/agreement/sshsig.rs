//! SSH signatures as text and as bytes (OpenSSH's PROTOCOL.sshsig): read so that each has one form, and verified. What
//! OpenSSH rejects is rejected here too; `tests/openssh/` compares the two, over the keys that `[[keys]]` may name.
//!
//! We are stricter on purpose. OpenSSH accepts, or did in some version, and we do not:
//! - text after the armor, and spaces or empty lines inside it;
//! - bytes that would not come out the same when written again, such as zeros before a number or after a name;
//! - version 0, and anything in the reserved field, which OpenSSH reads and does not verify;
//! - signatures of a browser (`webauthn-sk-ecdsa-sha2-nistp256@openssh.com`), of a certificate, and with a DSA key;
//! - an Ed25519 signature whose second half is not less than the order of the base point (OpenSSH before 10.4).
//!
//! As in OpenSSH, lines have any length, `-Y verify` asks for no touch of a key in hardware, and the digest of the statement
//! and that of an RSA signature may each be SHA-256 or SHA-512. In one thing we follow OpenSSH from 9.5 on: lines may end in
//! CRLF, so that a checkout on Windows changes no signature. `coalition statement --signature` prints LF for all of them.

use ssh_key::LineEnding;
use ssh_key::public::KeyData;
use ssh_key::{Algorithm, PublicKey, Signature, SshSig};

const BEGIN: &str = "-----BEGIN SSH SIGNATURE-----";
const END: &str = "-----END SSH SIGNATURE-----";
/// How long OpenSSH, and the reader of the crate, has the lines between them.
const WIDTH: usize = 70;

/// Reads a signature from its armor, with nothing around it but the ends of lines.
pub(super) fn read(armor: &str) -> Option<SshSig> {
    let armor = armor.replace("\r\n", "\n");
    let inside = armor.trim_end_matches('\n').strip_prefix(BEGIN)?.strip_suffix(END)?;
    let lines: Vec<&str> = inside.strip_prefix('\n')?.strip_suffix('\n')?.split('\n').collect();
    if lines.contains(&"") {
        return None;
    }
    let base64 = lines.concat();
    let signature = SshSig::from_pem(add_armor(&base64)?).ok()?;
    let written = signature.to_pem(LineEnding::LF).ok()?;
    let has_one_form = written.lines().filter(|line| !line.starts_with('-')).collect::<String>() == base64;
    let is_plain = signature.version() == SshSig::VERSION && signature.reserved().is_empty();
    (has_one_form && is_plain).then_some(signature)
}

/// Base64 in lines as the reader of the crate wants them.
fn add_armor(base64: &str) -> Option<String> {
    let mut text = format!("{BEGIN}\n");
    for line in base64.as_bytes().chunks(WIDTH) {
        text += std::str::from_utf8(line).ok()?;
        text.push('\n');
    }
    Some(text + END + "\n")
}

/// Whether a signature was made with a key, for a namespace, over a text.
pub(super) fn verify(signature: &SshSig, key: &PublicKey, namespace: &str, text: &str) -> bool {
    // The verifier of the crate looks at the name of the algorithm for some kinds of key only.
    let is_of_key = match signature.algorithm() {
        Algorithm::Rsa { hash } => hash.is_some() && key.algorithm().is_rsa(),
        algorithm => algorithm == key.algorithm(),
    };
    let signature = match key.key_data() {
        KeyData::Rsa(rsa) => rsa.n().as_positive_bytes().and_then(|modulus| pad_signature(signature, modulus.len())),
        _ => Some(signature.clone()),
    };
    is_of_key && signature.is_some_and(|signature| key.verify(namespace, text.as_bytes(), &signature).is_ok())
}

/// An RSA signature that is as long as its modulus. Some agents leave out zeros before it; none may add any.
fn pad_signature(signature: &SshSig, length: usize) -> Option<SshSig> {
    let number = signature.signature_bytes();
    let zeros = length.checked_sub(number.len())?;
    let whole = Signature::new(signature.algorithm(), [&vec![0; zeros], number].concat()).ok()?;
    SshSig::new(signature.public_key().clone(), signature.namespace(), signature.hash_alg(), whole).ok()
}
