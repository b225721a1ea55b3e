//! Options of `coalition import`: each way out that a refusal prints works as printed.

use crate::ledger::{Answer, Ledger};
use std::fs;

fn ledger() -> Ledger {
    let ledger = Ledger::empty();
    ledger.put("coalition.toml", "name = \"Alder County Library Coalition\"\n");
    ledger.put("members/heron.toml", "name = \"Heron Street Neighbors\"\nclassification = \"civic-group\"\n");
    ledger.put("advocates/ana.toml", "name = \"Ana Mejía\"\nmember = \"heron\"\n");
    ledger.put("advocates/ben.toml", "name = \"Ben Okoro\"\n");
    ledger.put("committees/steering.toml", "name = \"Steering committee\"\n");
    ledger.put("meetings/december.toml", "name = \"December meeting\"\ndate = 2026-12-01\n");
    ledger.put("goals/sunday.toml", "name = \"Sunday hours\"\n");
    ledger
}

fn text(ledger: &Ledger, path: &str) -> String {
    fs::read_to_string(ledger.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn import(ledger: &Ledger, arguments: &[&str]) -> Answer {
    ledger.run(&[&["import", "--today", "2026-11-22"], arguments].concat())
}

fn good(ledger: &Ledger, arguments: &[&str]) -> Answer {
    let answer = import(ledger, arguments);
    assert_eq!(answer.status, 0, "{arguments:?}: {}{}", answer.stdout, answer.stderr);
    answer
}

/// The options that a message prints, as a shell would divide them.
fn printed_options(message: &str) -> Vec<String> {
    let mut options = Vec::new();
    for start in message.match_indices("--").map(|(at, _)| at) {
        let before = message[..start].chars().next_back();
        if before.is_some_and(|letter| !letter.is_whitespace()) {
            continue;
        }
        let name = message[start..].split_whitespace().next().unwrap().trim_end_matches([';', ',', '.', ')']);
        options.push(name.to_owned());
        let rest = message[start + name.len()..].strip_prefix(' ').unwrap_or_default();
        let value = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next().unwrap(),
            None => rest.split_whitespace().next().unwrap_or_default().trim_end_matches([';', ',', '.', ')']),
        };
        options.push(value.to_owned());
    }
    options
}

#[test]
fn a_sheet_with_mistakes_is_right_after_two_tries() {
    let ledger = ledger();
    let types = ["Library", "School", "Civic", "Churches", "Friends group"];
    let mut sheet = "Organization,Type,City,E-mail,Phone,Joined\n".to_owned();
    for row in 0..200 {
        let email = if row % 17 == 0 { "none".to_owned() } else { format!("o{row}@example.org") };
        let phone = if row % 23 == 0 { "N/A".to_owned() } else { format!("555-01{:02}", row % 90) };
        sheet += &format!("Org {row},{},Town,{email},{phone},{}/{}/2025\n", types[row % 5], 1 + row % 12, 1 + row % 28);
    }
    ledger.put("orgs.csv", &sheet);
    let first = import(&ledger, &["organizations", "orgs.csv"]);
    assert_eq!(first.status, 1);
    assert!(first.stdout.contains("E-mail, in 12 rows (2, 19, 36"), "{}", first.stdout);
    assert!(first.stdout.contains("Type, in 40 rows"), "{}", first.stdout);
    assert!(first.stdout.contains("could be May 1, 2025 or January 5, 2025"), "{}", first.stdout);
    let mut arguments = vec!["organizations".to_owned(), "orgs.csv".to_owned()];
    for option in [
        ["--missing", "none"],
        ["--missing", "N/A"],
        ["--value", "classification:Civic=civic-group"],
        ["--date-format", "%m/%d/%Y"],
    ] {
        let found = printed_options(&first.stdout);
        assert!(found.windows(2).any(|pair| pair == option), "{option:?} in {found:?}");
        arguments.extend(option.map(str::to_owned));
    }
    arguments.extend(["--value".to_owned(), "classification:Churches=faith-group".to_owned()]);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    assert_eq!(good(&ledger, &arguments).stdout, "200 members imported.\n");
    assert!(good(&ledger, &arguments).stdout.starts_with("Nothing is new"));
    assert!(text(&ledger, "members/org-3.toml").contains("classification = \"faith-group\""));
    let json = import(&ledger, &["organizations", "orgs.csv", "--format", "json"]);
    let read: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(read["causes"][0]["count"], 12, "{}", json.stdout);
}

#[test]
fn rows_with_mistakes_are_left_out_and_can_be_fixed_apart() {
    let ledger = ledger();
    ledger.put(
        "people.csv",
        "Name,E-mail,Notes\nCam Li,cam@example.org,=1+1\nDee,nobody,\"a, \"\"b\"\"\"\nEve,eve@example.org\n",
    );
    let refused = import(&ledger, &["people", "people.csv"]);
    assert_eq!(refused.status, 1, "{}", refused.stderr);
    assert!(refused.stdout.contains("row 4: has 2 cells, but there are 3 headings"), "{}", refused.stdout);
    assert!(refused.stdout.contains("row 3, E-mail: \"nobody\" is not an email address"), "{}", refused.stdout);
    assert!(refused.stdout.contains("To import the 1 row without mistakes now, add --skip-bad."), "{}", refused.stdout);
    let answer = good(&ledger, &["people", "people.csv", "--skip-bad"]);
    let end = "1 advocate imported. 2 rows were left out and written to people.left-out.csv; fix them there, and import that file.\n";
    assert!(answer.stdout.ends_with(end), "{}", answer.stdout);
    assert!(ledger.path().join("advocates/cam-li.toml").exists() && !ledger.path().join("advocates/dee.toml").exists());
    let left = text(&ledger, "people.left-out.csv");
    assert!(
        left.starts_with("\u{feff}Name,E-mail,Notes,Import row,Import problem\nDee,nobody,\"a, \"\"b\"\"\",row 3,"),
        "{left}"
    );
    assert!(left.contains("Eve,eve@example.org,,row 4,"), "{left}");
    ledger.put(
        "people.left-out.csv",
        &left.replace("nobody", "dee@example.org").replacen("is not an email", "was not an email", 1),
    );
    let answer = good(&ledger, &["people", "people.left-out.csv", "--extra"]);
    assert_eq!(answer.stdout, "2 advocates imported.\n", "{}", answer.stderr);
    assert_eq!(text(&ledger, "advocates/dee.toml").matches("[extra]").count(), 0);
    // Nothing is overwritten, and nothing is written where no row is good.
    ledger.put("people.csv", "Name,E-mail\nFay,nobody\nGil,gil@example.org\n");
    assert!(good(&ledger, &["people", "people.csv", "--skip-bad"]).stdout.contains("people.left-out-2.csv"));
    ledger.put("people.csv", "Name,E-mail\nFay,nobody\n");
    assert_eq!(import(&ledger, &["people", "people.csv", "--skip-bad"]).status, 1);
    // A row that needs one that is left out goes with it.
    ledger.put("orgs.json", "[{\"name\": \"Ivy\", \"classification\": \"other\", \"sponsor\": \"Jet\"}, {\"name\": \"Jet\", \"classification\": \"wrong\"}, {\"name\": \"Kit\", \"classification\": \"other\"}]");
    let answer = good(&ledger, &["organizations", "orgs.json", "--skip-bad"]);
    assert!(answer.stdout.contains("1 member imported. 2 rows were left out"), "{}", answer.stdout);
    let left: serde_json::Value = serde_json::from_str(&text(&ledger, "orgs.left-out.json")).unwrap();
    assert_eq!((left[0]["name"].as_str(), left[1]["name"].as_str()), (Some("Ivy"), Some("Jet")));
}

#[test]
fn people_and_their_organizations_come_in_together() {
    let ledger = ledger();
    ledger.put(
        "people.csv",
        "Name,Organization,Organization type,Email\nKai Stone,Cedar School,School,kai@example.org\nLia Stone,cedar school,,lia@example.org\n\
         Mo Abe,Rotary,,mo@example.org\nZed Ott,Heron Street Neighbors,,zed@example.org\n",
    );
    let kept = good(&ledger, &["people", "people.csv", "--dry-run"]);
    assert!(
        kept.stderr.contains(
            "kept under [extra] for 3 people, because the ledger has no organizations of these names: Cedar School, cedar school, Rotary; \
             --with-organizations makes a record of each"
        ),
        "{}",
        kept.stderr
    );
    let answer = good(&ledger, &["people", "people.csv", "--with-organizations"]);
    assert_eq!(answer.stdout, "2 members and 4 advocates imported.\n", "{}", answer.stderr);
    assert!(answer.stderr.contains("1 organization is"), "{}", answer.stderr);
    assert!(text(&ledger, "members/cedar-school.toml").contains("classification = \"school\""));
    assert!(text(&ledger, "members/rotary.toml").contains("classification = \"other\""));
    assert!(text(&ledger, "advocates/lia-stone.toml").contains("member = \"cedar-school\""));
    assert!(text(&ledger, "advocates/zed-ott.toml").contains("member = \"heron\""));
    assert!(good(&ledger, &["people", "people.csv", "--with-organizations"]).stdout.starts_with("Nothing is new"));
    ledger.put("more.csv", "Name,Organization\nNan Roe,Elm Club\n");
    good(&ledger, &["people", "more.csv", "--with-organizations", "--set", "classification=civic-group"]);
    assert!(text(&ledger, "members/elm-club.toml").contains("classification = \"civic-group\""));
    let warned = good(&ledger, &["organizations", "people.csv", "--set", "classification=other", "--dry-run"]);
    assert!(warned.stderr.contains("warning: these rows look like people"), "{}", warned.stderr);
    assert!(warned.stderr.contains("`coalition import people people.csv --with-organizations`"), "{}", warned.stderr);
    ledger.put(
        "others.csv",
        "Name,Email\nOak Valley Bakers,a@example.org\nFriends of Elm,b@example.org\nRotary Two,c@example.org\n",
    );
    let quiet = good(&ledger, &["organizations", "others.csv", "--set", "classification=other", "--dry-run"]);
    assert!(!quiet.stderr.contains("warning"), "{}", quiet.stderr);
    assert_eq!(import(&ledger, &["organizations", "people.csv", "--with-organizations"]).status, 2);
}

#[test]
fn entries_of_lists_come_from_flat_tables() {
    let ledger = ledger();
    ledger.put(
        "seats.csv",
        "Committee,Role,Person,Organization,From,Until\nSteering committee,Chair,Ana Mejía,Heron Street Neighbors,January 1 2026,2026-12-31\n\
         steering,Treasurer,Ben Okoro,,2026-01-01,\n",
    );
    assert_eq!(
        good(&ledger, &["seats", "seats.csv"]).stdout,
        "Imported 2 entries of seats in 1 committee; 1 changed.\n"
    );
    let expected = "name = \"Steering committee\"\n\n[[seats]]\nrole = \"chair\"\nadvocate = \"ana\"\non_behalf_of = \"heron\"\n\
                    start_date = 2026-01-01\nend_date = 2026-12-31\n\n[[seats]]\nrole = \"treasurer\"\nadvocate = \"ben\"\nstart_date = 2026-01-01\n";
    assert_eq!(text(&ledger, "committees/steering.toml"), expected);
    assert!(good(&ledger, &["seats", "seats.csv"]).stdout.starts_with("Nothing is new"));
    assert_eq!(text(&ledger, "committees/steering.toml"), expected);
    ledger.put("sign-in.csv", "Name\nAna Mejía\nPat from the bus company\n");
    let refused = import(&ledger, &["attendance", "sign-in.csv"]);
    assert!(refused.status == 2 && refused.stderr.contains("--set record=ID"), "{}", refused.stderr);
    good(&ledger, &["attendance", "sign-in.csv", "--set", "record=december"]);
    let meeting = text(&ledger, "meetings/december.toml");
    assert!(
        meeting
            .ends_with("[[attendance]]\nadvocate = \"ana\"\n\n[[attendance]]\nname = \"Pat from the bus company\"\n"),
        "{meeting}"
    );
    ledger.put(
        "log.csv",
        "Organization,Date,Contacted by,How,Notes\nHeron Street Neighbors,2026-03-14,Ana Mejía,phone,Will come\nheron,2026-04-14,Ana Mejia,by phone,\n",
    );
    let refused = import(&ledger, &["contacts", "log.csv"]);
    assert_eq!(refused.stdout.matches("did you mean \"Ana Mejía\"?").count(), 1, "{}", refused.stdout);
    ledger.put("log.csv", &text(&ledger, "log.csv").replace("Mejia", "Mejía"));
    good(&ledger, &["contacts", "log.csv"]);
    assert_eq!(text(&ledger, "members/heron.toml").matches("[[contacts]]").count(), 2);
    ledger.put("positions.csv", "Goal,Organization,Position,Date\nSunday hours,Heron Street Neighbors,support,2026-01-01\nMonday hours,heron,support,2026-01-01\n");
    let refused = import(&ledger, &["positions", "positions.csv"]);
    assert!(
        refused.stdout.contains("row 3, Goal: there is no goal \"Monday hours\"; did you mean"),
        "{}",
        refused.stdout
    );
    assert!(
        good(&ledger, &["positions", "positions.csv", "--skip-bad"]).stdout.contains("1 entry of positions in 1 goal")
    );
    assert!(text(&ledger, "goals/sunday.toml").contains("option = \"support\""));
    let book = crate::ledger::repository("tests/fixtures/imports/google-new.csv");
    let refused = import(&ledger, &["contacts", book.to_str().unwrap()]);
    assert!(refused.status == 2 && refused.stderr.contains("use `coalition import people"), "{}", refused.stderr);
}

#[test]
fn several_files_and_folders_come_in_as_one() {
    let ledger = ledger();
    ledger.put("in/a.yaml", "name: Vi Wong\nphone: \"555-0909\"\n");
    ledger.put("in/b.json", "{\"name\": \"Wu Ito\", \"email\": \"wu@example.org\"}");
    ledger.put("in/read.me", "not data");
    assert_eq!(good(&ledger, &["people", "in"]).stdout, "2 advocates imported.\n");
    assert!(text(&ledger, "advocates/vi-wong.toml").contains("555-0909"));
    ledger.put("c.csv", "Name,E-mail\nXi,nobody\n");
    let answer = import(&ledger, &["people", "in/a.yaml", "c.csv"]);
    assert!(answer.status == 1 && answer.stdout.contains("c.csv, row 2, E-mail: \"nobody\""), "{}", answer.stdout);
}

#[test]
fn what_is_said_on_the_command_line_wins() {
    let ledger = ledger();
    ledger.put("m.csv", "Name,Kind,Areas,When\nAcorn,unknown thing,North,NA\nBirch,Library,n/a,2025-01-02\n");
    let run = |options: &[&str]| {
        import(&ledger, &[&["organizations", "m.csv", "--dry-run", "--format", "json"], options].concat())
    };
    let answer =
        run(&["--set", "classification=Library", "--map", "joined=When", "--missing", "na", "--missing", "N/A"]);
    assert_eq!(answer.status, 0, "{}", answer.stdout);
    let read: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
    assert_eq!(read["columns_not_taken"], serde_json::json!(["Kind"]), "a column that --set replaces is named");
    assert_eq!(run(&["--default", "classification=Library", "--ignore", "When"]).status, 1, "the column still counts");
    assert_eq!(run(&["--ignore", "Kind", "--ignore", "When", "--default", "classification=Library"]).status, 0);
    assert_eq!(run(&["--value", "classification:Unknown Thing=school", "--ignore", "when"]).status, 0);
    for wrong in [
        ["--value", "classification"],
        ["--value", "x:a=b"],
        ["--ignore", "Nothing"],
        ["--encoding", "klingon"],
        ["--list", "x"],
    ] {
        assert_eq!(run(&wrong).status, 2, "{wrong:?}");
    }
    ledger.put("p.csv", "Prénom;Nom de famille;Mail\nZoé;Roux;zoe@example.org\n");
    good(&ledger, &["people", "p.csv", "--map", "given_name=Prénom", "--map", "family_name=Nom de famille"]);
    assert!(text(&ledger, "advocates/zoe-roux.toml").contains("name = \"Zoé Roux\""));
}

#[test]
fn no_contact_of_someone_in_office_becomes_public_by_its_column() {
    let ledger = ledger();
    ledger.put(
        "council.csv",
        "Name,Office,Office phone,Home phone,Personal email,Other numbers,Spouse reach,Mom\nRuth Vance,Clerk,555-0001,555-0002,r@home.example,555-0003,s@home.example,555-0004\n",
    );
    good(&ledger, &["officials", "council.csv"]);
    let record = text(&ledger, "officials/ruth-vance.toml");
    let details: Vec<&str> = record.split("[[contact_details]]").skip(1).collect();
    assert_eq!(details.len(), 6, "{record}");
    for detail in details {
        assert_eq!(detail.contains("public = false"), !detail.contains("555-0001"), "{record}");
    }
}

#[test]
fn a_spreadsheet_that_would_fill_the_memory_is_refused() {
    use std::io::Write as _;
    let ledger = ledger();
    let pack = |parts: &[(&str, &[u8], usize)]| {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes, times) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            (0..*times).for_each(|_| writer.write_all(bytes).unwrap());
        }
        writer.finish().unwrap().into_inner()
    };
    let bomb = pack(&[("xl/workbook.xml", &[b' '; 1_000_000], 300)]);
    assert!(bomb.len() < 2_000_000);
    let real = fs::read(crate::ledger::repository("tests/fixtures/imports/excel.xlsx")).unwrap();
    for (bytes, expected) in [
        (bomb, "larger than 256 MiB"),
        (pack(&[("a.txt", b"x", 1)]), "not an Excel spreadsheet"),
        (real[..real.len() / 2].to_vec(), "not an Excel spreadsheet"),
        (b"PK\x03\x04".to_vec(), "not an Excel spreadsheet"),
    ] {
        fs::write(ledger.path().join("a.xlsx"), bytes).unwrap();
        let answer = import(&ledger, &["organizations", "a.xlsx"]);
        assert!(answer.status == 2 && answer.stderr.contains(expected), "{}", answer.stderr);
    }
    fs::write(ledger.path().join("b.xlsx"), real).unwrap();
    let answer =
        import(&ledger, &["organizations", "b.xlsx", "--list", "libraries", "--set", "classification=library"]);
    assert_eq!((answer.status, answer.stdout.as_str()), (0, "2 members imported.\n"), "{}", answer.stderr);
    let answer = import(&ledger, &["organizations", "b.xlsx", "--list", "x"]);
    assert!(answer.status == 2 && answer.stderr.contains("the sheets are Read me, Libraries"), "{}", answer.stderr);
}
