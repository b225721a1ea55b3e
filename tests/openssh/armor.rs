//! The armor around a signature: ends of lines, spaces, what stands before and behind.

use super::wire::{base64, bytes_in};
use super::{Both, Case, Neither, NotByUs, Stricter, WithCrlf, judge_signatures, signed};

const BEGIN: &str = "-----BEGIN SSH SIGNATURE-----";
const END: &str = "-----END SSH SIGNATURE-----";

#[test]
fn an_armor_ends_its_lines_with_lf_or_crlf_and_holds_nothing_else() {
    let (signer, armor) = signed(&["-t", "ed25519"]);
    let lines: Vec<&str> = armor.lines().collect();
    let inside = &lines[1..lines.len() - 1];
    let base64 = inside.concat();
    let wrapped = |width: usize| {
        let lines: Vec<&str> = base64.as_bytes().chunks(width).map(|line| std::str::from_utf8(line).unwrap()).collect();
        format!("{BEGIN}\n{}\n{END}\n", lines.join("\n"))
    };
    let body = |body: &str| format!("{BEGIN}\n{body}\n{END}\n");
    let strict = NotByUs(Stricter::Armor);
    let without_a_line = [&inside[..1], &inside[2..]].concat().join("\n");
    let swapped = [inside[1], inside[0]].into_iter().chain(inside[2..].iter().copied()).collect::<Vec<_>>().join("\n");
    let last = inside.last().unwrap();
    assert!(last.len() < 70 && inside[0].len() == 70 && base64.contains(char::is_lowercase));
    let cases: Vec<(&str, String, _)> = vec![
        ("as it is", armor.clone(), Both),
        ("CRLF", armor.replace('\n', "\r\n"), WithCrlf),
        ("CRLF behind the first line", armor.replacen('\n', "\r\n", 1), WithCrlf),
        ("LF behind the first line alone", armor.replace('\n', "\r\n").replacen("\r\n", "\n", 1), Both),
        ("no end of the last line", armor.trim_end().to_owned(), Both),
        ("CRLF, no end of the last line", armor.trim_end().replace('\n', "\r\n"), WithCrlf),
        ("empty lines behind", format!("{armor}\n\n"), Both),
        ("empty lines behind, CRLF", format!("{armor}\n\n").replace('\n', "\r\n"), WithCrlf),
        ("lines of 1", wrapped(1), Both),
        ("lines of 5", wrapped(5), Both),
        ("lines of 64", wrapped(64), Both),
        ("lines of 76", wrapped(76), Both),
        ("one line", body(&base64), Both),
        ("lines of several lengths", body(&format!("{}\n{}\n{}", &base64[..7], &base64[7..100], &base64[100..])), Both),
        ("CR alone", armor.replace('\n', "\r"), Neither),
        ("CR behind CRLF", armor.replace('\n', "\r\r\n"), Neither),
        ("CR inside CRLF lines", armor.replacen('\n', "\n\r\r\n", 2).replacen("\n\r\r\n", "\n", 1), strict),
        ("a CR in a line", body(&base64.replacen('A', "\rA", 1)), strict),
        ("spaces behind the lines", body(&inside.join(" \n")), strict),
        ("spaces before the lines", body(&format!(" {}", inside.join("\n "))), strict),
        ("a tab", body(&inside.join("\n\t")), strict),
        ("an empty line first", armor.replacen('\n', "\n\n", 1), strict),
        ("an empty line last", armor.replace(END, &format!("\n{END}")), strict),
        ("an empty line inside", body(&inside.join("\n\n")), strict),
        ("a form feed", body(&inside.join("\x0c\n")), strict),
        ("a space that does not break", body(&inside.join("\u{a0}\n")), Neither),
        ("text behind", format!("{armor}x"), strict),
        ("text behind the last line", format!("{}x\n", armor.trim_end()), strict),
        ("a space behind the last line", format!("{} \n", armor.trim_end()), strict),
        ("a CR behind the last line", format!("{}\r", armor.trim_end()), strict),
        ("another one behind", format!("{armor}{armor}"), strict),
        ("text before", format!("x\n{armor}"), Neither),
        ("an empty line before", format!("\n{armor}"), Neither),
        ("a space before", format!(" {armor}"), Neither),
        ("a byte order mark before", format!("\u{feff}{armor}"), Neither),
        ("a space behind the first line", armor.replacen('\n', " \n", 1), Neither),
        ("a header", armor.replacen('\n', "\nx: y\n", 1), Neither),
        ("a header with its empty line", armor.replacen('\n', "\nx: y\n\n", 1), Neither),
        ("lower case", armor.to_lowercase(), Neither),
        ("lower case around it", armor.replace("BEGIN", "begin").replace("END", "end"), Neither),
        ("lower case inside", body(&inside.join("\n").to_lowercase()), Neither),
        ("PGP", armor.replace("SSH", "PGP"), Neither),
        ("four dashes", armor.replace("-----", "----"), Neither),
        ("six dashes", armor.replace("-----", "------"), Neither),
        ("a space before the end", armor.replace(END, &format!(" {END}")), Neither),
        ("the end in the last line", armor.replace(&format!("\n{END}"), END), Neither),
        ("no first line", armor.replace(&format!("{BEGIN}\n"), ""), Neither),
        ("no last line", armor.replace(END, ""), Neither),
        ("only the first line", BEGIN.to_owned(), Neither),
        ("nothing inside", format!("{BEGIN}\n{END}\n"), Neither),
        ("an empty line inside alone", format!("{BEGIN}\n\n{END}\n"), Neither),
        ("nothing", String::new(), Neither),
        ("a line less", body(&without_a_line), Neither),
        ("lines swapped", body(&swapped), Neither),
        ("a letter less", body(&base64[..base64.len() - 1]), Neither),
        ("a letter more", body(&format!("{base64}A")), Neither),
        ("four letters more", body(&format!("{base64}AAAA")), Neither),
        ("padding more", body(&format!("{base64}=")), Neither),
        ("padding alone", body(&format!("{base64}====")), Neither),
        (
            "URL letters",
            body(&base64.replace('+', "-").replace('/', "_")),
            if base64.contains(['+', '/']) { Neither } else { Both },
        ),
        ("a letter that is none", body(&base64.replacen('A', "*", 1)), Neither),
    ];
    let mut cases: Vec<Case> =
        cases.into_iter().map(|(name, armor, verdict)| Case::new(name, &signer.public, armor, verdict)).collect();

    // Bits that base64 has to spare, where its last letters are padding.
    let (signer, armor) = signed(&["-t", "ecdsa", "-b", "256"]);
    for spare in 0..3 {
        let padding = base64::encode(&vec![0; bytes_in(&armor).len() + spare]).matches('=').count();
        let bytes = [bytes_in(&armor), vec![0; spare]].concat();
        let text = base64::encode(&bytes);
        let whole = if spare == 0 { Both } else { Neither };
        cases.push(Case::new(format!("{padding} of padding"), &signer.public, body(&text), whole));
        if padding > 0 {
            let bare = text.trim_end_matches('=');
            let (head, last) = bare.split_at(bare.len() - 1);
            let next = char::from(last.as_bytes()[0] + 1);
            let turned = format!("{head}{next}{}", "=".repeat(padding));
            cases.push(Case::new("a spare bit", &signer.public, body(&turned), Neither));
            cases.push(Case::new("no padding", &signer.public, body(bare), Neither));
            cases.push(Case::new(
                "padding in a line of its own",
                &signer.public,
                body(&text.replacen('=', "\n=", 1)),
                whole,
            ));
        }
    }
    // What is accepted with CRLF is one that OpenSSH accepts with LF.
    let unix = cases
        .iter()
        .filter(|case| case.verdict == WithCrlf)
        .map(|case| Case::new(format!("{}, as LF", case.name), &case.key, case.armor.replace("\r\n", "\n"), Both));
    let unix: Vec<Case> = unix.collect();
    assert_eq!(unix.len(), 4);
    cases.extend(unix);
    judge_signatures(&cases);
}
