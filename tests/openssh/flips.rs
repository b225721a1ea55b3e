//! The bits of a signature, turned one by one; of long ones every few, so that all kinds take a few seconds.

use super::wire::{armor, bytes_in};
use super::{hardware, openssh_verifies, signed};
use crate::proof::{digest, key, ledger, proven, statement};

#[test]
fn every_turned_bit_that_openssh_rejects_is_rejected() {
    // With how far it is from one bit to the next.
    let kinds: [(&[&str], usize); 6] = [
        (&["-t", "ed25519"], 7),
        (&["-t", "rsa", "-b", "1024"], 3),
        (&["-t", "rsa", "-b", "3072"], 13),
        (&["-t", "ecdsa", "-b", "256"], 7),
        (&["-t", "ecdsa", "-b", "384"], 11),
        (&["-t", "ecdsa", "-b", "521"], 13),
    ];
    let made = kinds.map(|(kind, step)| {
        let (signer, armor) = signed(kind);
        (kind.concat(), signer.public, armor, step)
    });
    let played = hardware::signed().map(|(name, public, armor)| (name.to_owned(), public, armor, 11));
    std::thread::scope(|scope| {
        for (name, public, whole, step) in made.iter().chain(&played) {
            scope.spawn(move || {
                let bytes = bytes_in(whole);
                let (ledger, terms) = (ledger(&key(public, ""), ""), digest());
                let proves = |armor: &str| proven(&ledger, &statement(&terms), armor).is_ok();
                assert!(proves(whole) && bytes.len() > 150, "{name}");
                let folder = tempfile::tempdir().unwrap();
                for bit in (0..bytes.len() * 8).step_by(*step) {
                    let mut bytes = bytes.clone();
                    bytes[bit / 8] ^= 1 << (bit % 8);
                    let turned = armor(&bytes);
                    let is_wrong = proves(&turned) && !openssh_verifies(folder.path(), public, &turned);
                    assert!(!is_wrong, "{name}: bit {bit} is accepted here, and not by OpenSSH");
                }
            });
        }
    });
}
