use super::*;
use crate::check::{Context, judge};
use crate::ledger::load;

const TODAY: &str = "2026-06-15";

/// What is reported of files beside the base ledger to readers who may be anyone: check, line, message, help, and whether the
/// lines are left out.
fn said(files: &[(&str, &str)]) -> Vec<(String, usize, String, String, bool)> {
    let mut source = crate::check::base_ledger();
    for (path, text) in files {
        source.put(path, text.as_bytes());
    }
    let ledger = load(&source).unwrap();
    let today = TODAY.parse().unwrap();
    let verdict = discreet(&ledger, today, judge(&Context::new(&ledger, today)));
    let path = files[0].0;
    let in_file = verdict.reported.into_iter().filter(|reported| reported.finding.path.as_str() == path);
    in_file
        .map(|one| (one.finding.check.to_string(), one.start.line, one.finding.message, one.finding.help, one.withheld))
        .collect()
}

#[test]
fn a_finding_on_a_private_value_names_the_field() {
    let text = "name = \"Elm School\"\nclassification = \"school\"\njoined = 2025-01-15\nfoundd = 2001-02-03\n\n\
                [[contact_details]]\ntype = \"email\"\nvalue = \"head-at-elm\"\n\n[[contacts]]\ndate = 2026-02-01\n\
                summary = 5550142\n";
    let found = said(&[("members/elm-school.toml", text)]);
    let about = |line: usize| found.iter().find(|one| one.1 == line).unwrap().clone();
    let (_, _, message, help, withheld) = about(8);
    assert_eq!(message, "`contact_details.value` is not an email address");
    assert_eq!((help.as_str(), withheld), ("write it like \"name@example.org\"", true));
    let (_, _, message, help, withheld) = about(12);
    assert_eq!(message, "`summary` must be text, not a number");
    assert_eq!(help, "put it in quotes: summary = \"\u{2026}\"");
    assert!(withheld);
    // A key that no table knows may be a private one; its name is said, its value is not shown.
    let (_, _, message, _, withheld) = about(4);
    assert_eq!((message.as_str(), withheld), ("a member has no field `foundd`", true));
}

#[test]
fn what_is_public_is_shown() {
    let text = "name = \"Elm School\"\nclassification = \"scool\"\njoined = \"2025-01-15\"\n\n[[contact_details]]\n\
                type = \"email\"\nvalue = \"head-at-elm\"\npublic = true\n";
    let found = said(&[("members/elm-school.toml", text)]);
    let email = found.iter().find(|one| one.1 == 7).unwrap();
    assert_eq!((email.2.as_str(), email.4), ("`head-at-elm` is not an email address", false));
    let joined = found.iter().find(|one| one.1 == 3).unwrap();
    assert_eq!((joined.3.as_str(), joined.4), ("remove the quotes: joined = 2025-01-15", false));
}

#[test]
fn a_line_that_cannot_be_read_is_shown_only_where_its_field_is_public() {
    let text = "name = \"Elm School\"\nclassification = school\njoined = 2025-01-15\nnotes = tells Maria\n\n\
                [[contact_details]]\nvalue = 555-0142\n";
    let found = said(&[("members/elm-school.toml", text)]);
    let about = |line: usize| found.iter().find(|one| one.1 == line && one.0.starts_with("invalid-")).unwrap().clone();
    let open = about(2);
    assert_eq!((open.2.as_str(), open.4), ("the text `school` is not in quotes", false));
    for line in [4, 7] {
        let (_, _, message, help, withheld) = about(line);
        let field = if line == 4 { "the text of `notes` is" } else { "the text of `contact_details.value` is" };
        assert!(message.starts_with(field), "{message}");
        assert!(withheld && !help.contains("Maria") && !help.contains("0142"), "{help}");
    }
}

#[test]
fn a_person_who_is_not_listed_goes_by_id_where_the_finding_is_about_the_name() {
    let person = |consent: &str| format!("name = \"Nell\u{202e} Quirke\"\nmember = \"birch-library\"\n{consent}");
    let named = |consent: &str| {
        let found = said(&[("advocates/nq.toml", &person(consent))]);
        assert!(found.len() > 1, "{found:?}");
        let actual: String = found.iter().map(|one| format!("{} {}\n", one.2, one.3)).collect();
        (actual.contains("Quirke"), found.iter().filter(|one| one.1 == 1).all(|one| one.4))
    };
    assert_eq!(named(""), (false, true));
    assert_eq!(named("[consent]\nlisted = true\n"), (true, false));
}

#[test]
fn minutes_and_other_words_beside_a_record_are_judged_by_it() {
    let charter = "name = \"C\"\neffective = 2025-02-01\nrequired_of = \"nobody\"\ntext_file = \"c.md\"\n";
    let found =
        said(&[("agreements/c.md", "We\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n"), ("agreements/c.toml", charter)]);
    assert!(
        !found.is_empty() && found.iter().all(|one| !one.4),
        "the words of an agreement are for its members to read"
    );
}

#[test]
fn what_says_nothing_private_is_said() {
    let text =
        "name = \"Elm School\"\n<<<<<<< HEAD\nnotes = \"holds the marks\"\n=======\nnotes = \"a merge\"\n>>>>>>> b\n";
    let found = said(&[("members/elm-school.toml", text)]);
    let marker = found.iter().find(|one| one.0 == "conflict-marker").unwrap();
    assert_eq!(
        marker.2,
        "a merge was left unfinished: \u{201c}HEAD\u{201d} and \u{201c}b\u{201d} both change `notes` here"
    );
}

#[test]
fn guests_and_accounts_are_not_named() {
    let meeting = "name = \"M\"\ndate = 2026-06-01\n\n[[attendance]]\nname = \"Pat Quill\"\nregrets = \"Pat Quill\"\n\n\
                   [[attendance]]\nname = \"Pat\\u202eQuill\"\n\n[[attendance]]\nname = 5550142\n";
    let person = "name = \"Ana Lopez\"\nmember = \"millbrook-friends\"\n\n[consent]\nlisted = true\n\n[[accounts]]\n\
                  host = \"github.com\"\nhandle = \"@quill-pat\"\n\n[[accounts]]\nhost = \"gitlab.com\"\nhandle = \"quill pat\"\n\n\
                  [[accounts]]\nhost = \"gitlab.com\"\nhandle = 5550142\n\n\
                  [[accounts]]\nhost = \"github.com\"\nhandle = \"quill-pat\"\n\n\
                  [[accounts]]\nhost = \"github.com\"\nhandle = \"quill-pat\"\n";
    for (path, text, lines) in [("meetings/m.toml", meeting, 2), ("advocates/pat.toml", person, 4)] {
        let found = said(&[(path, text)]);
        let actual: Vec<_> = found.iter().filter(|one| one.4).collect();
        assert!(actual.len() >= lines, "{found:?}");
        for (check, line, message, help, _) in &found {
            let sentence = format!("{message} {help}").to_lowercase();
            assert!(!sentence.contains("quill") && !sentence.contains("5550142"), "{check} {line}: {message} {help}");
        }
    }
    let found = said(&[("advocates/pat.toml", person)]);
    let about = |line: usize| found.iter().find(|one| one.1 == line).unwrap();
    assert_eq!(about(9).2, "`accounts.handle` is not the name of an account");
}

#[test]
fn an_account_of_two_people_is_named_in_neither() {
    let account = "[[accounts]]\nhost = \"github.com\"\nhandle = \"quill-pat\"\n";
    let files = [
        ("advocates/zed.toml", format!("name = \"Zed Zorn\"\n{account}")),
        ("advocates/amy.toml", format!("name = \"Amy Unnamed\"\n{account}")),
    ];
    let found = said(&files.each_ref().map(|(path, text)| (*path, text.as_str())));
    let (_, _, message, help, _) = found.iter().find(|one| one.0 == "duplicate-entry").unwrap();
    assert!(!format!("{message}{help}").contains("quill"), "{message}: {help}");
}
