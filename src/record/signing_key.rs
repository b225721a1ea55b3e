//! Which public keys may prove a signature: those that every version of OpenSSH accepts, and only those for which no
//! one else can sign. The code names each key that is refused here but accepted by OpenSSH.

use ssh_key::PublicKey;
#[cfg(feature = "ssh")]
use ssh_key::public::EcdsaPublicKey;
use ssh_key::public::{Ed25519PublicKey, KeyData, RsaPublicKey};

/// Why a line is not a key that may prove a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// It is not a public key, in one line as OpenSSH writes it.
    Unreadable,
    /// It is a certificate, a DSA key, or of a kind that is not known.
    Kind,
    /// Its numbers are not those of a good key: the size of a modulus, an exponent, a point.
    Weak,
}

/// The sizes of an RSA modulus in bits: the least that OpenSSH takes, and the greatest that can be verified here. OpenSSH
/// takes up to 16,384.
const RSA_BITS: std::ops::RangeInclusive<usize> = 1024..=8192;
/// How many bits an RSA exponent may have. It is odd and not 1: with 1 everyone signs, and an even one has no private
/// half. OpenSSH takes any.
const EXPONENT_BITS: std::ops::RangeInclusive<usize> = 2..=33;

/// Reads a public key from one line.
///
/// The same bytes must come out when it is written again: OpenSSH also takes numbers with superfluous zeros before them.
///
/// # Errors
/// Why it may not prove a signature.
pub(crate) fn read(line: &str) -> Result<PublicKey, Unfit> {
    let line = line.trim();
    let key = PublicKey::from_openssh(line).map_err(|_| Unfit::Unreadable)?;
    let written = key.to_openssh().map_err(|_| Unfit::Unreadable)?;
    if !line.split(' ').take(2).eq(written.split(' ').take(2)) {
        return Err(Unfit::Unreadable);
    }
    let is_good = match key.key_data() {
        KeyData::Ed25519(point) => is_good_ed25519(point),
        KeyData::SkEd25519(key) => is_good_ed25519(key.public_key()) && is_text(key.application()),
        #[cfg(feature = "ssh")]
        KeyData::Ecdsa(point) => is_good_ecdsa(point),
        #[cfg(feature = "ssh")]
        KeyData::SkEcdsaSha2NistP256(key) => {
            is_good_ecdsa(&EcdsaPublicKey::NistP256(*key.ec_point())) && is_text(key.application())
        }
        KeyData::Rsa(rsa) => is_good_rsa(rsa),
        _ => return Err(Unfit::Kind),
    };
    if is_good { Ok(key) } else { Err(Unfit::Weak) }
}

/// OpenSSH reads text to the first zero byte, and hashes that.
fn is_text(application: &str) -> bool {
    !application.contains('\0')
}

fn is_good_rsa(key: &RsaPublicKey) -> bool {
    let (Some(exponent), Some(modulus)) = (key.e().as_positive_bytes(), key.n().as_positive_bytes()) else {
        return false;
    };
    let is_odd = |number: &[u8]| number.last().is_some_and(|byte| byte % 2 == 1);
    is_odd(exponent) && EXPONENT_BITS.contains(&bits(exponent)) && is_odd(modulus) && RSA_BITS.contains(&bits(modulus))
}

/// How many bits a number has that is written without zero bytes before it.
fn bits(number: &[u8]) -> usize {
    number.first().map_or(0, |first| number.len() * 8 - first.leading_zeros() as usize)
}

/// A point of the curve whose order is not small: for one of these eight points anyone can sign. OpenSSH before 10.4
/// takes them all, later ones all but one.
#[cfg(feature = "ssh")]
fn is_good_ed25519(point: &Ed25519PublicKey) -> bool {
    ed25519_dalek::VerifyingKey::from_bytes(&point.0).is_ok_and(|point| !point.is_weak())
}

/// Without the feature `ssh` no signature is verified, and a key proves nothing, whatever it is.
#[cfg(not(feature = "ssh"))]
fn is_good_ed25519(_: &Ed25519PublicKey) -> bool {
    true
}

/// A point of its curve that is written whole, which begins with 4 (SEC 1, section 2.3.3). As in OpenSSH before 10.3, both
/// coordinates have more than half the bits of the order, and are less than the order less one.
#[cfg(feature = "ssh")]
fn is_good_ecdsa(point: &EcdsaPublicKey) -> bool {
    let bytes = point.as_sec1_bytes();
    let Some((4, coordinates)) = bytes.split_first() else { return false };
    let (x, y) = coordinates.split_at(coordinates.len() / 2);
    // A secret key is any number from 1 to what is less than the order.
    let (is_on_curve, is_below_order): (bool, fn(&[u8]) -> bool) = match point {
        EcdsaPublicKey::NistP256(_) => {
            (p256::PublicKey::from_sec1_bytes(bytes).is_ok(), |number| p256::SecretKey::from_slice(number).is_ok())
        }
        EcdsaPublicKey::NistP384(_) => {
            (p384::PublicKey::from_sec1_bytes(bytes).is_ok(), |number| p384::SecretKey::from_slice(number).is_ok())
        }
        EcdsaPublicKey::NistP521(_) => {
            (p521::PublicKey::from_sec1_bytes(bytes).is_ok(), |number| p521::SecretKey::from_slice(number).is_ok())
        }
    };
    let is_long = |number: &[u8]| number[..number.len() / 2].iter().any(|byte| *byte != 0);
    is_on_curve && [x, y].into_iter().all(|number| is_long(number) && is_below_order(&one_more(number)))
}

/// The number after this one, in as many bytes, the last byte last.
#[cfg(feature = "ssh")]
fn one_more(number: &[u8]) -> Vec<u8> {
    let mut next = number.to_vec();
    for byte in next.iter_mut().rev() {
        *byte = byte.wrapping_add(1);
        if *byte != 0 {
            break;
        }
    }
    next
}
