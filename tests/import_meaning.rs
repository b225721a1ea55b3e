//! What `coalition import` understands of lists that other programs and people wrote: whose a contact detail is, which rows are
//! people, how names are written, and what no one may lose.

use crate::ledger::{Answer, Ledger};
use std::fs;

fn ledger() -> Ledger {
    let ledger = Ledger::empty();
    ledger.put("coalition.toml", "name = \"Alder County Library Coalition\"\n");
    ledger.put("members/heron.toml", "name = \"Heron Street Neighbors\"\nclassification = \"civic-group\"\n");
    ledger
}

fn text(ledger: &Ledger, path: &str) -> String {
    fs::read_to_string(ledger.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The names of the files of people.
fn people(ledger: &Ledger) -> Vec<String> {
    let mut names: Vec<String> = match fs::read_dir(ledger.path().join("advocates")) {
        Ok(entries) => entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect(),
        Err(_) => Vec::new(),
    };
    names.sort();
    names
}

fn import(ledger: &Ledger, file: &str, content: &str, options: &[&str]) -> Answer {
    ledger.put(file, content);
    ledger.run(&[&["import", "people", file, "--today", "2026-11-22"], options].concat())
}

fn good(ledger: &Ledger, file: &str, content: &str) -> Answer {
    let answer = import(ledger, file, content, &[]);
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    answer
}

#[test]
fn nothing_of_a_program_becomes_a_contact_detail() {
    let ledger = ledger();
    good(
        &ledger,
        "list.csv",
        "Name,Email,Contact owner,Created by,CONFIRM_IP,IP Address,Library card,Order #,Modified By,E-mail Display Name\n\
         Ana Mejía,ana@example.org,Dana Field (dana@crm.example),dana@crm.example,203.0.113.9,198.51.100.20,2 9999 0000 1234,555-010-9999,\
         dana@crm.example,Ana Mejía (ana@example.org)\n",
    );
    let record = text(&ledger, "advocates/ana-mejia.toml");
    assert_eq!(record, "name = \"Ana Mejía\"\n\n[[contact_details]]\ntype = \"email\"\nvalue = \"ana@example.org\"\n");
}

#[test]
fn a_broken_address_is_a_mistake_and_no_guess() {
    let ledger = ledger();
    let answer = import(
        &ledger,
        "list.csv",
        "Name,Email\nSuki Castillo,suki castillo@example.org\nAna Mejía,work: ana@example.org\n",
        &[],
    );
    assert_eq!(answer.status, 1);
    assert!(
        answer.stdout.contains("row 2, Email: \"suki castillo@example.org\" is not an email address"),
        "{}",
        answer.stdout
    );
    assert!(answer.stdout.contains("Fix the 1 mistake"), "{}", answer.stdout);
}

#[test]
fn rows_that_are_no_people_stay_out_with_a_word() {
    let ledger = ledger();
    let answer = good(
        &ledger,
        "list.csv",
        "Name,Email,Phone\nAna Mejía,ana@example.org,555-0101\nSubtotal,,1\nName,Email,Phone\nTotal Care,care@example.org,\nBen Okoro,,555-0102\n\
         Total: 3,,\nExported on 11/20/2026,,\n",
    );
    assert_eq!(people(&ledger), ["ana-mejia.toml", "ben-okoro.toml", "total-care.toml"]);
    let expected = "left out, because these rows are not records: row 3 (Subtotal), row 4 (the headings again), row 7 (Total: 3), row 8 (Exported on 11/20/2026)";
    assert!(answer.stderr.contains(expected), "{}", answer.stderr);
}

#[test]
fn unknown_organizations_are_kept_alike_in_every_format() {
    for (file, content) in [
        ("a.csv", "Name,Organization\nAna Mejía,Rotary of Elm\nBen Okoro,Rotary of Elm\n"),
        ("b.csv", "Nombre;Apellidos;Organización\nAna;Mejía;Rotary of Elm\nBen;Okoro;Rotary of Elm\n"),
        (
            "c.json",
            "[{\"name\": \"Ana Mejía\", \"organization\": \"Rotary of Elm\"}, {\"name\": \"Ben Okoro\", \"company\": \"Rotary of Elm\"}]",
        ),
        (
            "d.yaml",
            "people:\n  - name: Ana Mejía\n    organization: Rotary of Elm\n  - name: Ben Okoro\n    organization: Rotary of Elm\n",
        ),
        ("e.csv", "Name,Member,Your organization\nAna Mejía,yes,Rotary of Elm\nBen Okoro,no,Rotary of Elm\n"),
        ("f.csv", "Nom;Prénom;Organisme\nMejía;Ana;Rotary of Elm\nOkoro;Ben;Rotary of Elm\n"),
    ] {
        let ledger = ledger();
        let answer = good(&ledger, file, content);
        if file != "c.json" {
            let expected = "kept under [extra] for 2 people, because the ledger has no organization of these names: Rotary of Elm; \
                            --with-organizations makes a record of each";
            assert!(answer.stderr.contains(expected), "{file}: {}", answer.stderr);
        }
        assert!(
            text(&ledger, "advocates/ana-mejia.toml").ends_with("[extra]\norganization = \"Rotary of Elm\"\n"),
            "{file}"
        );
        let made = import(&self::ledger(), file, content, &["--with-organizations"]);
        assert!(made.stdout.contains("1 member and 2 advocates imported."), "{file}: {}{}", made.stdout, made.stderr);
    }
    // A slip of the hand is asked about, in a way that works as printed.
    let ledger = ledger();
    let list = "Name,Organization\nAna Mejía,Heron Street Neigbors\n";
    let refused = import(&ledger, "slip.csv", list, &[]);
    assert_eq!(refused.status, 1);
    let option = "member:Heron Street Neigbors=Heron Street Neighbors";
    assert!(refused.stdout.contains(&format!("If so, add --value \"{option}\"")), "{}", refused.stdout);
    let answer = import(&ledger, "slip.csv", list, &["--value", option]);
    assert_eq!(answer.status, 0, "{}", answer.stdout);
    assert!(text(&ledger, "advocates/ana-mejia.toml").contains("member = \"heron\""));
}

#[test]
fn ids_of_other_programs_are_no_ids_of_records() {
    let ledger = ledger();
    let answer = good(&ledger, "a.csv", "ID,Name,Email\n1,Ana Mejía,ana@example.org\n2,Ben Okoro,ben@example.org\n");
    assert!(
        answer.stderr.contains("kept under [extra], because these are ids from another program: ID"),
        "{}",
        answer.stderr
    );
    good(&ledger, "b.csv", "Id,Name,Email\n1,Cam Li,cam@example.org\n2,Dee Roe,dee@example.org\n");
    assert_eq!(people(&ledger), ["ana-mejia.toml", "ben-okoro.toml", "cam-li.toml", "dee-roe.toml"]);
    assert!(text(&ledger, "advocates/ana-mejia.toml").ends_with("[extra]\nid = \"1\"\n"));
    // Words are ids as before, and numbers if someone says so.
    good(&ledger, "c.csv", "id,name\nev,Eve Stone\n");
    assert!(people(&ledger).contains(&"ev.toml".to_owned()));
    assert_eq!(import(&ledger, "d.csv", "ID,Name\n7,Fay Dunn\n", &["--map", "id=ID"]).status, 0);
    assert!(people(&ledger).contains(&"7.toml".to_owned()));
}

#[test]
fn names_become_what_people_say() {
    let ledger = ledger();
    let answer = good(
        &ledger,
        "list.csv",
        "Display Name,First Name,Last Name,Role\nMs. Åsa Lindström,Åsa,Lindström,staff\n\"van der Berg, Anneliese\",,,staff\n\"ERIKSEN, MAX\",,,staff\n\
         Nia Eriksen (chair),,,staff\n\"Suki Ivanov, Jr.\",,,staff\n  Pia   Roth ,,,staff\nOtto & Pia Eriksen,,,staff\nRev. Dr. Jo Dale,,,staff\n\
         Wyn Hall <wyn@example.org>,,,staff\nLena,,,staff\nKim Lee (she/her),,,staff\n",
    );
    let expected = [
        "anneliese-van-der-berg.toml",
        "asa-lindstrom.toml",
        "jo-dale.toml",
        "kim-lee.toml",
        "lena.toml",
        "max-eriksen.toml",
        "nia-eriksen.toml",
        "otto-pia-eriksen.toml",
        "pia-roth.toml",
        "suki-ivanov-jr.toml",
        "wyn-hall.toml",
    ];
    assert_eq!(people(&ledger), expected);
    let holds = |file: &str, expected: &str| {
        let record = text(&ledger, &format!("advocates/{file}.toml"));
        assert!(record.starts_with(expected), "{record}");
    };
    holds("anneliese-van-der-berg", "name = \"Anneliese van der Berg\"\n");
    holds("asa-lindstrom", "name = \"Åsa Lindström\"\n");
    holds("max-eriksen", "name = \"Max Eriksen\"\n");
    holds("nia-eriksen", "name = \"Nia Eriksen\"\nrole = \"staff\"\ntitle = \"chair\"\n");
    holds("kim-lee", "name = \"Kim Lee\"\nrole = \"staff\"\npronouns = \"she/her\"\n");
    holds("pia-roth", "name = \"Pia Roth\"\n");
    holds("jo-dale", "name = \"Rev. Dr. Jo Dale\"\n");
    assert!(text(&ledger, "advocates/wyn-hall.toml").contains("value = \"wyn@example.org\""));
    for expected in [
        "names rewritten as people say them: row 3 (van der Berg, Anneliese: Anneliese van der Berg), row 4 (ERIKSEN, MAX: Max Eriksen)",
        "warning: two people in one row, imported as one person: row 8 (Otto & Pia Eriksen); put each in a separate row",
        "warning: one-word names: row 11 (Lena)",
    ] {
        assert!(answer.stderr.contains(expected), "{}", answer.stderr);
    }
    let again = good(&ledger, "list.csv", &text(&ledger, "list.csv"));
    assert!(again.stdout.starts_with("Nothing is new"), "{}", again.stdout);
}

#[test]
fn who_must_not_be_called_is_never_lost() {
    let ledger = ledger();
    let answer = good(
        &ledger,
        "list.csv",
        "Name,Phone,do_not_call,Unsubscribed,Communication Restrictions,May we email you?\nAna Mejía,555-0101,true,no,,Yes\nBen Okoro,555-0102,false,yes,Do Not Call,No\n",
    );
    let of_ana = text(&ledger, "advocates/ana-mejia.toml");
    assert!(of_ana.ends_with("[extra]\ndo_not_call = \"true\"\nmay_we_email_you = \"Yes\"\n"), "{of_ana}");
    let of_ben = text(&ledger, "advocates/ben-okoro.toml");
    let expected =
        "[extra]\nunsubscribed = \"yes\"\ncommunication_restrictions = \"Do Not Call\"\nmay_we_email_you = \"No\"\n";
    assert!(of_ben.ends_with(expected), "{of_ben}");
    for expected in [
        "do_not_call (row 2)",
        "Unsubscribed (row 3)",
        "Communication Restrictions (row 3)",
        "May we email you? (row 2, row 3)",
    ] {
        assert!(answer.stderr.contains(expected), "{expected}: {}", answer.stderr);
    }
    assert!(!answer.stdout.contains("Ignored"), "{}", answer.stdout);
}

#[test]
fn languages_are_lists_however_they_are_written() {
    let ledger = ledger();
    good(
        &ledger,
        "list.csv",
        "Name,Languages\nAna Mejía,\"English,Spanish\"\nBen Okoro,\"español, inglés\"\nCam Li,English/Spanish\nDee Roe,English and Tamil\n",
    );
    assert!(text(&ledger, "advocates/ana-mejia.toml").contains("languages = [\"en\", \"es\"]"));
    assert!(text(&ledger, "advocates/ben-okoro.toml").contains("languages = [\"es\", \"en\"]"));
    assert!(text(&ledger, "advocates/cam-li.toml").contains("languages = [\"en\", \"es\"]"));
    assert!(text(&ledger, "advocates/dee-roe.toml").contains("languages = [\"en\", \"Tamil\"]"));
}

#[test]
fn organizations_keep_the_names_of_their_people() {
    let ledger = ledger();
    ledger.put("orgs.csv", "Organization,Type,Contact person,E-mail\nElm Club,other,Ana Mejía,elm@example.org\n");
    let answer = ledger.run(&["import", "organizations", "orgs.csv"]);
    assert_eq!(answer.status, 0, "{}", answer.stdout);
    assert!(text(&ledger, "members/elm-club.toml").ends_with("[extra]\ncontact_person = \"Ana Mejía\"\n"));
    assert!(answer.stderr.contains("`coalition import people orgs.csv --with-organizations`"), "{}", answer.stderr);
    let people = ledger.run(&["import", "people", "orgs.csv", "--with-organizations"]);
    assert_eq!(people.status, 0, "{}{}", people.stdout, people.stderr);
    assert!(text(&ledger, "advocates/ana-mejia.toml").contains("member = \"elm-club\""));
}

#[test]
fn all_mistakes_are_told_at_once_with_their_rows() {
    let ledger = ledger();
    let mut list = "Name,Email,Phone,Since\n".to_owned();
    for row in 2..60 {
        let (first, last) = (["Ana", "Ben", "Cam", "Dee"][row % 4], ["Abbott", "Bauer", "Cole", "Dunn"][row / 4 % 4]);
        let email = match row {
            5 | 9 => "none".to_owned(),
            7 => "a(at)x.org".to_owned(),
            11 => "\"b@x,org\"".to_owned(),
            20 | 21 => "same@example.org".to_owned(),
            row => format!("p{row}@example.org"),
        };
        let since = if row == 30 { "2052-03-01" } else { "2025-03-01" };
        list += &match row {
            40 => "Eve,Stone,eve@example.org,555-0101,2025-03-01\n".to_owned(),
            row => format!("{first} {last}{},{email},555-01{row:02},{since}\n", letters(row)),
        };
    }
    let answer = import(&ledger, "list.csv", &list, &[]);
    assert_eq!(answer.status, 1);
    for expected in [
        "row 40: has 5 cells, but there are 4 headings",
        "Email, in 2 rows (5, 9): \"none\" is not an email address",
        "\"a(at)x.org\" in row 7, \"b@x,org\" in row 11",
        "Fix the 5 mistakes",
    ] {
        assert!(answer.stdout.contains(expected), "{expected}: {}", answer.stdout);
    }
    for expected in [
        "warning: the same email address for different people: same@example.org in row 20",
        "warning: dates more than a year ahead: row 30 (2052-03-01)",
    ] {
        assert!(answer.stderr.contains(expected), "{expected}: {}", answer.stderr);
    }
}

#[test]
fn spreadsheets_of_other_programs_are_read_or_named() {
    use std::io::Write as _;
    let ledger = ledger();
    let content = "<office:document-content><table:table table:name=\"People\"><table:table-row><table:table-cell><text:p>Name</text:p></table:table-cell>\
                   <table:table-cell><text:p>Phone</text:p></table:table-cell><table:table-cell><text:p>Start date</text:p></table:table-cell></table:table-row>\
                   <table:table-row><table:table-cell><text:p>Ana Mejía</text:p></table:table-cell><table:table-cell><text:p>555-0101</text:p></table:table-cell>\
                   <table:table-cell office:value-type=\"date\" office:date-value=\"2025-03-01\"><text:p>3/1/25</text:p></table:table-cell></table:table-row>\
                   <table:table-row table:number-rows-repeated=\"1048574\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
                   </table:table></office:document-content>";
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, part) in [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(part.as_bytes()).unwrap();
    }
    fs::write(ledger.path().join("people.ods"), writer.finish().unwrap().into_inner()).unwrap();
    let answer = ledger.run(&["import", "people", "people.ods"]);
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    let record = text(&ledger, "advocates/ana-mejia.toml");
    assert!(record.contains("start_date = 2025-03-01") && record.contains("555-0101"), "{record}");
    fs::write(ledger.path().join("old.xls"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more").unwrap();
    let answer = ledger.run(&["import", "people", "old.xls"]);
    assert!(answer.status == 2 && answer.stderr.contains("save it as .xlsx or as CSV"), "{}", answer.stderr);
    // Two documents in one file are one list.
    good(&ledger, "more.yaml", "name: Ben Okoro\nphone: 555-0102\n---\nname: Cam Li\n---\n");
    assert_eq!(people(&ledger), ["ana-mejia.toml", "ben-okoro.toml", "cam-li.toml"]);
}

/// A word of letters for a number, so that names have no digits.
fn letters(number: usize) -> String {
    number.to_string().bytes().map(|digit| char::from(b'a' + digit - b'0')).collect()
}
