//! Ed25519: points of small order or none, and numbers that are too large.

use super::wire::{Parts, add, field, hex, line};
use super::{Both, Case, Neither, NotByUs, Stricter, judge_signatures, may_stand, signed};

/// The order of the base point, its last byte first (RFC 8032, section 5.1).
const ORDER: &str = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";

/// Every way to write a point of small order, the last byte first.
fn small_points() -> Vec<Vec<u8>> {
    let heads = [
        ("01", "00", "00"),
        ("00", "00", "00"),
        ("ec", "ff", "7f"),
        // These two are not less than the prime.
        ("ed", "ff", "7f"),
        ("ee", "ff", "7f"),
    ];
    let mut points: Vec<Vec<u8>> =
        heads.iter().map(|(first, middle, last)| hex(&format!("{first}{}{last}", middle.repeat(30)))).collect();
    points.push(hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"));
    points.push(hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"));
    for mut point in points.clone() {
        point[31] |= 0x80;
        points.push(point);
    }
    points
}

fn key(point: &[u8]) -> Vec<u8> {
    [field("ssh-ed25519"), field(point)].concat()
}

#[test]
fn nobody_signs_with_a_point_of_small_order() {
    let points = small_points();
    assert_eq!(points.len(), 14);
    let mut cases = Vec::new();
    for (at, point) in points.iter().enumerate() {
        assert!(!may_stand(&line(&key(point))), "point {at}");
        let parts = Parts::unsigned(&key(point), "ssh-ed25519");
        for first in &points {
            // Whatever is signed, one of them fits often enough, with 0 as the second half.
            let armor = parts.with(|parts| parts.raw = [&first[..], &[0; 32]].concat());
            let name = format!("point {at} with {first:02x?}");
            cases.push(Case::new(name, line(&parts.key), armor, NotByUs(Stricter::SmallOrder)));
        }
    }
    judge_signatures(&cases);
}

#[test]
fn an_ed25519_signature_has_one_form() {
    let (signer, armor) = signed(&["-t", "ed25519"]);
    let parts = Parts::of(&armor);
    assert_eq!(parts.raw.len(), 64);
    let mut cases = vec![Case::new("as it is", &signer.public, &armor, Both)];
    let mut changed = |name: &str, verdict, change: &dyn Fn(&mut Parts)| {
        cases.push(Case::new(name, &signer.public, parts.with(change), verdict));
    };
    for times in 1..=15 {
        changed(&format!("the order added {times} times"), NotByUs(Stricter::Scalar), &|parts| {
            (0..times).for_each(|_| add(&mut parts.raw[32..], &hex(ORDER)));
        });
    }
    for bit in [0x20, 0x40, 0x80] {
        changed("a high bit of the second half", Neither, &|parts| parts.raw[63] |= bit);
    }
    changed("halves swapped", Neither, &|parts| parts.raw.rotate_left(32));
    changed("a byte less", Neither, &|parts| parts.raw.truncate(63));
    changed("a byte more", Neither, &|parts| parts.raw.push(0));
    changed("a zero byte before", Neither, &|parts| parts.raw.insert(0, 0));
    changed("nothing", Neither, &|parts| parts.raw.clear());
    changed("with flags", Neither, &|parts| parts.flags = vec![1, 0, 0, 0, 0]);
    changed("the first half is of small order", Neither, &|parts| parts.raw[..32].copy_from_slice(&small_points()[0]));
    changed("in the name of hardware", Neither, &|parts| {
        parts.algorithm = b"sk-ssh-ed25519@openssh.com".to_vec();
        parts.flags = vec![1, 0, 0, 0, 0];
    });
    for algorithm in
        ["ssh-rsa", "rsa-sha2-512", "ecdsa-sha2-nistp256", "ssh-ed448", "", "x", "ssh-ed25519-cert-v01@openssh.com"]
    {
        changed(&format!("in the name of {algorithm}"), Neither, &|parts| parts.algorithm = algorithm.into());
    }
    let point = parts.key[parts.key.len() - 32..].to_vec();
    let keys = [
        ("point of 31 bytes", key(&point[..31])),
        ("point of 33 bytes", key(&[&point[..], &[0]].concat())),
        ("point with the other sign", key(&[&point[..31], &[point[31] ^ 0x80]].concat())),
        ("something behind the point", [key(&point), vec![0]].concat()),
        ("no point", key(&[])),
        ("no field for the point", field("ssh-ed25519")),
        ("another name", [field("ssh-ed448"), field(&point)].concat()),
        ("hardware without an application", [field("sk-ssh-ed25519@openssh.com"), field(&point)].concat()),
    ];
    for (name, key) in &keys {
        let armor = parts.with(|parts| parts.key.clone_from(key));
        cases.push(Case::new(*name, line(key), &armor, Neither));
        cases.push(Case::new(*name, &signer.public, &armor, Neither));
    }
    judge_signatures(&cases);
}
