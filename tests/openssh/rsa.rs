//! RSA: moduli of any size, exponents, the numbers of a signature, and its hashes.

use super::wire::{Parts, bytes_of, field, line, next, number};
use super::{Both, Case, Neither, NotByUs, Stricter, Verdict, judge_keys, judge_signatures, signed};
use crate::ledger::repository;
use std::fs;

/// Cases of `tests/fixtures/openssh/`: a name, a key and a signature.
fn fixtures(file: &str) -> Vec<[String; 3]> {
    let text = fs::read_to_string(repository(&format!("tests/fixtures/openssh/{file}"))).unwrap();
    let cases = text.trim_end().split("\n\n").map(|case| {
        let parts: Vec<&str> = case.splitn(3, '\n').collect();
        [parts[0].to_owned(), parts[1].to_owned(), format!("{}\n", parts[2])]
    });
    cases.collect()
}

/// What is to be said of a case by its name.
fn expected(name: &str) -> Verdict {
    if let Some(bits) = name.strip_prefix("bits ") {
        return match bits.parse().unwrap() {
            1024..=8192 => Both,
            8193..=16384 => NotByUs(Stricter::Size),
            _ => Neither,
        };
    }
    match name {
        "exponent 3" | "exponent 17" | "exponent 4294967311" | "exponent 8589934583" => Both,
        "exponent 1" | "exponent 2" | "exponent 8589934609" | "exponent 18446744073709551629" => {
            NotByUs(Stricter::Exponent)
        }
        "no zero byte before the signature" => Both,
        "sha256 in sha256" | "sha512 in sha256" | "sha256 in sha512" => Both,
        "dsa" => NotByUs(Stricter::Kind),
        _ => Neither,
    }
}

#[test]
fn rsa_counts_by_the_bits_of_its_modulus_and_dsa_never() {
    let found = [fixtures("rsa.txt"), fixtures("dsa.txt")].concat();
    let cases: Vec<Case> =
        found.into_iter().map(|[name, key, armor]| Case::new(&*name, key, armor, expected(&name))).collect();
    assert_eq!(cases.iter().filter(|case| case.verdict == Both).count(), 16);
    judge_signatures(&cases);
    // What can verify nothing is told where it stands.
    let says_nothing_of_keys =
        ["signature", "sha", "statement", "name", "digest", "something", "a zero", "seven", "no zero"];
    for case in cases.iter().filter(|case| !says_nothing_of_keys.iter().any(|start| case.name.starts_with(start))) {
        assert_eq!(super::may_stand(&case.key), case.verdict == Both, "{}", case.name);
    }
}

#[test]
fn the_numbers_of_an_rsa_key_have_one_form() {
    let (signer, armor) = signed(&["-t", "rsa", "-b", "1024"]);
    let parts = Parts::of(&armor);
    let blob = bytes_of(&signer.public);
    let mut rest = &blob[..];
    let (name, exponent, modulus) = (next(&mut rest), next(&mut rest), next(&mut rest));
    assert!(rest.is_empty() && modulus[0] == 0, "the modulus has its highest bit set");
    let key = |exponent: &[u8], modulus: &[u8]| [field(&name), field(exponent), field(modulus)].concat();
    let zero = |number: &[u8]| [&[0], number].concat();
    let form = NotByUs(Stricter::Form);
    let mut even = modulus.clone();
    *even.last_mut().unwrap() &= 0xfe;
    let keys = [
        ("as it is", key(&exponent, &modulus), Both),
        ("a zero before the exponent", key(&zero(&exponent), &modulus), form),
        ("a zero before the modulus", key(&exponent, &zero(&modulus)), form),
        ("many zeros before the modulus", key(&exponent, &[&[0; 64], &modulus[..]].concat()), form),
        ("a negative modulus", key(&exponent, &modulus[1..]), Neither),
        ("a negative exponent", key(&[0x81, 0, 1], &modulus), Neither),
        ("no exponent", key(&[], &modulus), Neither),
        ("an exponent of one zero byte", key(&[0], &modulus), Neither),
        ("no modulus", key(&exponent, &[]), Neither),
        ("modulus and exponent swapped", key(&modulus, &exponent), Neither),
        ("an even modulus", key(&exponent, &even), Neither),
        ("something behind the modulus", [key(&exponent, &modulus), vec![0]].concat(), Neither),
        ("a third number", [key(&exponent, &modulus), number(&exponent)].concat(), Neither),
        ("named like a signature", [field("rsa-sha2-512"), key(&exponent, &modulus)[11..].to_vec()].concat(), form),
    ];
    // With the key in the signature, in the ledger, and in both.
    let cases = keys.iter().flat_map(|(name, key, verdict)| {
        let changed = parts.with(|parts| parts.key.clone_from(key));
        let apart = if *verdict == Both { Both } else { NotByUs(Stricter::Form) };
        [
            Case::new(format!("{name}, in both"), line(key), &changed, *verdict),
            Case::new(format!("{name}, in the signature"), &signer.public, &changed, apart),
            Case::new(format!("{name}, in the ledger"), line(key), &armor, apart),
        ]
    });
    judge_signatures(&cases.collect::<Vec<_>>());
}

#[test]
fn the_size_of_an_rsa_key_is_that_of_its_modulus() {
    let key = |bits: usize| {
        let mut modulus = vec![0xff; bits.div_ceil(8)];
        modulus[0] >>= (8 - bits % 8) % 8;
        line(&[field("ssh-rsa"), number(&[1, 0, 1]), number(&modulus)].concat())
    };
    let size = |bits: usize| match bits {
        1024..=8192 => Both,
        8193..=16384 => NotByUs(Stricter::Size),
        _ => Neither,
    };
    let sizes =
        [1, 512, 1000, 1015, 1016, 1017, 1018, 1019, 1020, 1021, 1022, 1023, 1024, 1025, 1026, 1032, 2047, 2048];
    let sizes = sizes.into_iter().chain([3072, 4095, 4097, 8191, 8192, 8193, 8200, 16383, 16384, 16385, 16392]);
    judge_keys(&sizes.map(|bits| (key(bits), size(bits))).collect::<Vec<_>>());
}
