//! ECDSA on the three NIST curves: the two numbers of a signature, and points.

use super::wire::{Parts, bytes_of, field, hex, line, next, number};
use super::{Both, Case, Neither, NotByUs, Stricter, judge_keys, judge_signatures, signed};

/// A curve: the bits in its name, and its order (SEC 2, sections 2.4 to 2.6).
const CURVES: [(&str, &str); 3] = [
    ("256", "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"),
    ("384", "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973"),
    (
        "521",
        "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d0\
         3bb5c9b8899c47aebb6fb71e91386409",
    ),
];

/// One number less another, in as many bytes as the first has.
fn less(number: &[u8], other: &[u8]) -> Vec<u8> {
    let other = [&vec![0; number.len() - other.len()], other].concat();
    let mut borrowed = false;
    let mut result = number.to_vec();
    for (byte, other) in result.iter_mut().zip(other).rev() {
        let (first, once) = byte.overflowing_sub(other);
        let (second, again) = first.overflowing_sub(u8::from(borrowed));
        (*byte, borrowed) = (second, once || again);
    }
    result
}

fn plus(number: &[u8], other: &[u8]) -> Vec<u8> {
    let mut result = [&[0], number].concat();
    result.reverse();
    super::wire::add(&mut result, &other.iter().rev().copied().collect::<Vec<_>>());
    result.reverse();
    result
}

#[test]
fn the_numbers_of_an_ecdsa_signature_have_one_form() {
    let mut cases = Vec::new();
    for (bits, order) in CURVES {
        let (signer, armor) = signed(&["-t", "ecdsa", "-b", bits]);
        let order = hex(order);
        let parts = Parts::of(&armor);
        let mut rest = &parts.raw[..];
        let (r, s) = (next(&mut rest), next(&mut rest));
        let positive = |number: &[u8]| number[usize::from(number[0] == 0)..].to_vec();
        let negative = |number: &[u8]| match number {
            [0, rest @ ..] => rest.to_vec(),
            number => [&[0xff], number].concat(),
        };
        let zero = |number: &[u8]| [&[0], number].concat();
        let (form, many) = (NotByUs(Stricter::Form), [&[0; 70], &r[..]].concat());
        let (r_plus, s_plus) = (plus(&order, &positive(&r)), plus(&order, &positive(&s)));
        let pairs = [
            ("as it is", [field(&r), field(&s)], Both),
            ("order less s", [field(&r), number(&less(&order, &positive(&s)))], Both),
            ("order less r", [number(&less(&order, &positive(&r))), field(&s)], Neither),
            ("swapped", [field(&s), field(&r)], Neither),
            ("r = 0", [field([]), field(&s)], Neither),
            ("s = 0", [field(&r), field([])], Neither),
            ("both 0", [field([]), field([])], Neither),
            ("r is a zero byte", [field([0]), field(&s)], Neither),
            ("r = 1", [field([1]), field(&s)], Neither),
            ("s = 1", [field(&r), field([1])], Neither),
            ("r = order", [number(&order), field(&s)], Neither),
            ("s = order", [field(&r), number(&order)], Neither),
            ("order more than r", [number(&r_plus), field(&s)], Neither),
            ("order more than s", [field(&r), number(&s_plus)], Neither),
            ("r negative", [field(negative(&r)), field(&s)], Neither),
            ("s negative", [field(&r), field(negative(&s))], Neither),
            ("a zero before r", [field(zero(&r)), field(&s)], form),
            ("a zero before s", [field(&r), field(zero(&s))], form),
            ("many zeros before r", [field(many), field(&s)], form),
            ("r longer than the curve", [field([1; 67]), field(&s)], Neither),
        ];
        for (name, pair, verdict) in pairs {
            let armor = parts.with(|parts| parts.raw = pair.concat());
            cases.push(Case::new(format!("{bits}: {name}"), &signer.public, armor, verdict));
        }
        let mut changed = |name: &str, change: &dyn Fn(&mut Parts)| {
            cases.push(Case::new(format!("{bits}: {name}"), &signer.public, parts.with(change), Neither));
        };
        changed("only r", &|parts| parts.raw = field(&r));
        changed("nothing", &|parts| parts.raw.clear());
        changed("a third number", &|parts| parts.raw.extend(field([1])));
        changed("a byte behind the numbers", &|parts| parts.raw.push(0));
        changed("flags behind the numbers", &|parts| parts.flags = vec![1, 0, 0, 0, 0]);
        changed("plain numbers", &|parts| parts.raw = [positive(&r), positive(&s)].concat());
        for other in ["256", "384", "521"].into_iter().filter(|other| *other != bits) {
            changed(&format!("in the name of {other}"), &|parts| {
                parts.algorithm = format!("ecdsa-sha2-nistp{other}").into();
            });
        }
        for name in ["ssh-ed25519", "sk-ecdsa-sha2-nistp256@openssh.com", "webauthn-sk-ecdsa-sha2-nistp256@openssh.com"]
        {
            changed(&format!("in the name of {name}"), &|parts| parts.algorithm = name.into());
        }

        for (name, key) in odd_keys(&bytes_of(&signer.public), bits) {
            let armor = parts.with(|parts| parts.key.clone_from(&key));
            cases.push(Case::new(format!("{bits}: {name}"), line(&key), &armor, Neither));
            cases.push(Case::new(format!("{bits}: {name}, in the signature"), &signer.public, armor, Neither));
        }
    }
    judge_signatures(&cases);
}

/// The same key, written as OpenSSH does not read it.
fn odd_keys(key: &[u8], bits: &str) -> Vec<(&'static str, Vec<u8>)> {
    let mut rest = key;
    let (name, curve, point) = (next(&mut rest), next(&mut rest), next(&mut rest));
    let other = if bits == "256" { "nistp384" } else { "nistp256" };
    let (x, y) = point[1..].split_at(point.len() / 2);
    let odd = y[y.len() - 1] & 1;
    let with = |point: &[u8]| [field(&name), field(&curve), field(point)].concat();
    let moved = |at: usize| {
        let mut point = point.clone();
        point[at] ^= 1;
        point
    };
    vec![
        ("compressed point", with(&[&[2 + odd], x].concat())),
        ("hybrid point", with(&[&[6 + odd], x, y].concat())),
        ("another tag", with(&[&[5], x, y].concat())),
        ("x moved off the curve", with(&moved(x.len()))),
        ("y moved off the curve", with(&moved(point.len() - 1))),
        ("point at infinity", with(&[0])),
        ("no point", with(&[])),
        ("all zeros", with(&[&[4], &vec![0; point.len() - 1][..]].concat())),
        ("a byte too few", with(&point[..point.len() - 1])),
        ("a byte too many", with(&[&point[..], &[0]].concat())),
        ("something behind the point", [with(&point), vec![0]].concat()),
        ("another curve", [field(&name), field(other), field(&point)].concat()),
        ("another name", [field(format!("ecdsa-sha2-{other}")), field(&curve), field(&point)].concat()),
        ("no curve", [field(&name), field(""), field(&point)].concat()),
    ]
}

#[test]
fn a_key_is_a_point_of_its_curve() {
    let mut keys = Vec::new();
    for (bits, _) in CURVES {
        let (signer, _) = signed(&["-t", "ecdsa", "-b", bits]);
        let (name, bare) = (format!("ecdsa-sha2-nistp{bits}"), bytes_of(&signer.public));
        keys.push((line(&bare), Both));
        keys.extend(odd_keys(&bare, bits).into_iter().map(|(_, key)| (line(&key), Neither)));
        let curve = format!("nistp{bits}");
        let points = POINTS.iter().filter(|(of, _, _)| *of == bits);
        keys.extend(points.map(|(_, x, y)| {
            let point = [vec![4], hex(x), hex(y)].concat();
            (line(&[field(&name), field(&curve), field(&point)].concat()), NotByUs(Stricter::Coordinate))
        }));
    }
    assert!(keys.len() > 40);
    judge_keys(&keys);
}

/// Points on the curves whose first coordinate is very small, one less than the order, or more.
const POINTS: [(&str, &str, &str); 7] = [
    (
        "256",
        "0000000000000000000000000000000000000000000000000000000000000005",
        "459243b9aa581806fe913bce99817ade11ca503c64d9a3c533415c083248fbcc",
    ),
    (
        "256",
        "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632554",
        "484f0c0fda434ef0a808458914f328715d7a545e198ac7eee31dffe861b5d23f",
    ),
    (
        "384",
        "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000002",
        "8cdeadbbd04911a3c1931e26df3fa6439dca9c7eb286fbd46fc319f0e2bb780232baf57825fc0c1912ada2fefe84024c",
    ),
    (
        "384",
        "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52975",
        "674db71d55d1948b3c7d4c562474ad137465f9605bc7c67cb9fab6bf9f3ca2ef87d56a8d920568aa26f7eaf13ee70a45",
    ),
    (
        "521",
        "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000\
         000000000001",
        "0010e59be93c4f269c0269c79e2afd65d6aeaa9b701eacc194fb3ee03df47849bf550ec636ebee0ddd4a16f1cd9406605af38f584567770e3f27\
         2d688c832e843564",
    ),
    (
        "384",
        "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52972",
        "a0c33fa03ea3227aba1380da2ae232a5123aca9ca6e67875132c095e8228fd94965eacf8356cdcdd138e5ac56b2cfcee",
    ),
    (
        "521",
        "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b889\
         9c47aebb6fb71e9138640a",
        "015c0208e578fd60af518df71031fbef12ced63df0aebf52d4a67eb460f7907f4e77748ed5dfa44f49035bad05d07d119cae1e855c8a97\
         23eaff862aa896fbae2a8d",
    ),
];
