//! The bytes of keys and signatures (RFC 4251, PROTOCOL.sshsig), to take apart and put together with any field changed.

use sha2::{Digest, Sha256, Sha512};

/// Text or bytes with their length before them.
pub fn field(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let bytes = bytes.as_ref();
    [&u32::try_from(bytes.len()).unwrap().to_be_bytes()[..], bytes].concat()
}

/// A number without superfluous zeros, and with one where it would be negative.
pub fn number(bytes: &[u8]) -> Vec<u8> {
    let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
    let bytes = &bytes[start..];
    let zero: &[u8] = if bytes.first().is_some_and(|byte| *byte >= 0x80) { &[0] } else { &[] };
    field([zero, bytes].concat())
}

/// Takes the next field off.
pub fn next(bytes: &mut &[u8]) -> Vec<u8> {
    let length = u32::from_be_bytes(bytes[..4].try_into().unwrap()) as usize;
    let taken = bytes[4..4 + length].to_vec();
    *bytes = &bytes[4 + length..];
    taken
}

/// The line of a public key, and its bytes.
pub fn line(bytes: &[u8]) -> String {
    let name = next(&mut &bytes[..]);
    format!("{} {}", String::from_utf8(name).unwrap(), base64::encode(bytes))
}

pub fn bytes_of(line: &str) -> Vec<u8> {
    base64::decode(line.split(' ').nth(1).unwrap())
}

/// A signature in its parts.
#[derive(Clone)]
pub struct Parts {
    pub magic: Vec<u8>,
    pub version: u32,
    pub key: Vec<u8>,
    pub namespace: Vec<u8>,
    pub reserved: Vec<u8>,
    pub hash: Vec<u8>,
    pub algorithm: Vec<u8>,
    /// The signature itself: two numbers, or bytes.
    pub raw: Vec<u8>,
    /// Behind it, in the same field: the flags and the counter of a hardware key.
    pub flags: Vec<u8>,
    /// Behind everything.
    pub rest: Vec<u8>,
}

impl Parts {
    /// Whatever is in it, without a signature.
    pub fn unsigned(key: &[u8], algorithm: &str) -> Parts {
        Parts {
            magic: b"SSHSIG".to_vec(),
            version: 1,
            key: key.to_vec(),
            namespace: coalition::NAMESPACE.into(),
            reserved: Vec::new(),
            hash: b"sha512".to_vec(),
            algorithm: algorithm.into(),
            raw: Vec::new(),
            flags: Vec::new(),
            rest: Vec::new(),
        }
    }

    pub fn of(armor: &str) -> Parts {
        let bytes = bytes_in(armor);
        let mut rest = &bytes[10..];
        let (key, namespace, reserved, hash) = (next(&mut rest), next(&mut rest), next(&mut rest), next(&mut rest));
        let inner = next(&mut rest);
        assert!(rest.is_empty());
        let mut rest = &inner[..];
        let (algorithm, raw) = (next(&mut rest), next(&mut rest));
        let (magic, version) = (bytes[..6].to_vec(), u32::from_be_bytes(bytes[6..10].try_into().unwrap()));
        Parts { magic, version, key, namespace, reserved, hash, algorithm, raw, flags: rest.to_vec(), rest: Vec::new() }
    }

    pub fn armor(&self) -> String {
        let inner = [field(&self.algorithm), field(&self.raw), self.flags.clone()].concat();
        let fields = [&self.key, &self.namespace, &self.reserved, &self.hash, &inner].map(field).concat();
        armor(&[&self.magic[..], &self.version.to_be_bytes(), &fields, &self.rest].concat())
    }

    /// The same with something changed.
    pub fn with(&self, change: impl FnOnce(&mut Parts)) -> String {
        let mut parts = self.clone();
        change(&mut parts);
        parts.armor()
    }

    /// What is signed: a text in its envelope.
    pub fn message(&self, text: &str) -> Vec<u8> {
        let digest = if self.hash == b"sha256" { Sha256::digest(text).to_vec() } else { Sha512::digest(text).to_vec() };
        let fields = [&self.namespace, &self.reserved, &self.hash, &digest].map(field).concat();
        [b"SSHSIG", &fields[..]].concat()
    }
}

/// Any bytes in the armor of a signature.
pub fn armor(bytes: &[u8]) -> String {
    let text = base64::encode(bytes);
    let lines: Vec<&str> = text.as_bytes().chunks(70).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN SSH SIGNATURE-----\n{}\n-----END SSH SIGNATURE-----\n", lines.join("\n"))
}

/// The bytes in the armor of a signature.
pub fn bytes_in(armor: &str) -> Vec<u8> {
    base64::decode(&armor.lines().filter(|line| !line.starts_with('-')).collect::<String>())
}

/// Base64 (RFC 4648), for the tests alone.
pub mod base64 {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    pub fn encode(bytes: &[u8]) -> String {
        let mut text = String::new();
        for chunk in bytes.chunks(3) {
            let bits = chunk.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
            for at in 0..4 {
                let letter = LETTERS[(bits >> (18 - 6 * at)) as usize & 63] as char;
                text.push(if at <= chunk.len() { letter } else { '=' });
            }
        }
        text
    }

    pub fn decode(text: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        for chunk in text.as_bytes().chunks(4) {
            let value = |letter: &u8| LETTERS.iter().position(|known| known == letter).unwrap_or(0) as u32;
            let bits = chunk.iter().fold(0, |bits, letter| bits << 6 | value(letter));
            let padding = chunk.iter().filter(|letter| **letter == b'=').count();
            bytes.extend(&bits.to_be_bytes()[1..4 - padding]);
        }
        bytes
    }
}

/// Adds one number to another, both with their last byte first, in as many bytes as the first has.
pub fn add(number: &mut [u8], other: &[u8]) {
    let mut carry = 0;
    for (at, byte) in number.iter_mut().enumerate() {
        let sum = u16::from(*byte) + u16::from(other.get(at).copied().unwrap_or(0)) + carry;
        *byte = (sum & 0xff) as u8;
        carry = sum >> 8;
    }
}

/// Bytes from hexadecimal digits.
pub fn hex(digits: &str) -> Vec<u8> {
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}
