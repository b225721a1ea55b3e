//! Noting what happens with whole commands: which bytes are written, what is refused, and twenty at once.

use crate::ledger::{Answer, Ledger, TODAY};
use crate::sign::{refused, text};
use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};

const ANA: &str = "advocates/ana.toml";
const BEN: &str = "advocates/ben.toml";
const CEDAR: &str = "members/cedar-school.toml";

/// Every record with its text, by path.
fn records(ledger: &Ledger) -> BTreeMap<String, String> {
    let walk = walkdir::WalkDir::new(ledger.path()).into_iter().map(|entry| entry.unwrap());
    let files = walk.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path = entry.path().strip_prefix(ledger.path()).unwrap().to_str().unwrap().to_owned();
        (path, fs::read_to_string(entry.path()).unwrap())
    });
    files.collect()
}

/// The paths of files that are not what they were.
fn changed(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    after.iter().filter(|(path, text)| before.get(*path) != Some(text)).map(|(path, _)| path.clone()).collect()
}

/// Runs a command that must succeed, and that writes these files alone.
fn noted(ledger: &Ledger, arguments: &[&str], files: &[&str]) -> Answer {
    let before = records(ledger);
    let answer = ledger.run(arguments);
    assert_eq!((answer.status, answer.stderr.as_str()), (0, ""), "{arguments:?}: {}", answer.stdout);
    assert_eq!(changed(&before, &records(ledger)), files, "{arguments:?}");
    answer
}

/// Runs a command that cannot be carried out as it was typed: exit 2, and nothing written.
fn misused(ledger: &Ledger, arguments: &[&str], facts: &[&str]) {
    let before = records(ledger);
    let answer = ledger.run(arguments);
    assert_eq!((answer.status, answer.stdout.as_str()), (2, ""), "{arguments:?}: {}", answer.stderr);
    for fact in facts {
        assert!(answer.stderr.contains(fact), "{arguments:?}: {fact} is missing from\n{}", answer.stderr);
    }
    assert_eq!(records(ledger), before, "{arguments:?} wrote something");
}

fn contact<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["log", "contact"], more, &["--by", "cam", "--channel", "phone"]].concat()
}

#[test]
fn a_contact_is_noted_with_everybody_whom_it_reached() {
    let ledger = Ledger::of_three();
    ledger.put("officials/pat.toml", "name = \"Pat Quill\"\n");
    let before = [ANA, CEDAR, "officials/pat.toml"].map(|path| text(&ledger, path));
    let whom = ["ana", "member/cedar-school", "Pat Quill", "advocates/ana.toml", "Will bring the petition."];
    let files = [ANA, CEDAR, "officials/pat.toml"];
    let answer = noted(&ledger, &contact(&whom), &files);
    let entry = format!(
        "\n[[contacts]]\ndate = {TODAY}\nby = \"cam\"\nchannel = \"phone\"\nsummary = \"Will bring the petition.\"\n"
    );
    for (path, before) in files.iter().zip(before) {
        assert_eq!(text(&ledger, path), before + &entry);
        assert!(answer.stdout.contains(&format!("New in {path}:\n{entry}")), "{}", answer.stdout);
    }
    let sentence = "\nCam Z was in touch with ana Z, CEDAR SCHOOL and Pat Quill by phone on November 22, 2026.\n";
    assert!(answer.stdout.ends_with(sentence), "{}", answer.stdout);
    let more = ["--date", "2026-11-01", "--follow-up", "2026-12-01", "--summary", "Tea"];
    noted(&ledger, &[&contact(&["ana"])[..], &more].concat(), &[ANA]);
    assert!(text(&ledger, ANA).ends_with("channel = \"phone\"\nsummary = \"Tea\"\nfollow_up = 2026-12-01\n"));
    assert_eq!(ledger.run(&["check", "--deny", "error"]).status, 1, "nobody has signed");
    let quiet = noted(&ledger, &[&contact(&["ana"])[..], &["--dry-run"]].concat(), &[]);
    assert!(quiet.stdout.starts_with("Nothing was written. The change would be:"), "{}", quiet.stdout);
    assert!(!quiet.stdout.contains("in touch"), "{}", quiet.stdout);
}

#[test]
fn a_word_that_names_nobody_is_no_contact() {
    let ledger = Ledger::of_three();
    ledger.put("goals/hours.toml", "name = \"Evening hours\"\n");
    ledger.put("members/ana.toml", "name = \"Ana\u{2019}s Books\"\nclassification = \"business\"\n");
    ledger.put("advocates/twin.toml", "name = \"ben Z\"\n");
    for (words, facts) in [
        (&["cedar-schol"][..], &["no person, member or official `cedar-schol`", "did you mean `cedar-school`?"][..]),
        (&["cedar scool"], &["did you mean `cedar-school`?"]),
        (&["ben", "petition"], &["`petition`", "--summary"]),
        (&["call her", "ben"], &["`call her`"]),
        (&["ben", "two words", "three words here"], &["`two words`"]),
        (&["hours"], &["`hours` is a goal; this needs a person, a member or an official"]),
        (&["goal/hours"], &["`goal/hours` is a goal"]),
        (&["ana"], &["several records have the id `ana`", "member/ana", "advocate/ana"]),
        (&["ben z"], &["several records have the name", "advocate/ben", "advocate/twin"]),
        (&["xyzzy"], &["`coalition list advocates`"]),
    ] {
        misused(&ledger, &contact(words), facts);
    }
    misused(
        &ledger,
        &["log", "contact", "ben", "--channel", "phone"],
        &["--by is missing", "coalition log contact ben --channel phone --by ana"],
    );
    ledger.append("advocates/cam.toml", "contact_owner = \"ben\"\n");
    misused(
        &ledger,
        &["log", "contact", "cam", "--channel", "phone"],
        &["the ledger assigns this to ben Z", "--by ben"],
    );
    misused(&ledger, &["log", "contact", "ben", "--by", "cam"], &["--channel is in-person, phone", "or other"]);
    for (word, fact) in [("telephon", "it can be in-person"), ("e-mail", "did you mean email?"), ("phoen", "phone?")] {
        misused(&ledger, &["log", "contact", "ben", "--by", "cam", "--channel", word], &["--channel cannot be", fact]);
    }
    misused(&ledger, &["log", "contact", "ben", "--by", "camm", "--channel", "phone"], &["did you mean `cam`?"]);
    misused(
        &ledger,
        &[&contact(&["ben"])[..], &["--date", "1.11.2026"]].concat(),
        &["January 11, 2026 or November 1, 2026"],
    );
    misused(&ledger, &[&contact(&["ben"])[..], &["--at", "HEAD"]].concat(), &["log contact` writes files"]);
    refused(&ledger, &[&contact(&["ben"])[..], &["--date", "2026-11-23"]].concat(), &["2026-11-23 is in the future"]);
    refused(&ledger, &[&contact(&["ben"])[..], &["--follow-up", TODAY]].concat(), &["--follow-up", "must be later"]);
    refused(&ledger, &contact(&["ben", "cam"]), &["cam Z is both under --by"]);
    noted(&ledger, &contact(&["ben", ""]), &[BEN]);
    assert!(!text(&ledger, BEN).contains("summary"));
}

#[test]
fn a_file_keeps_its_form() {
    let entry = |summary: &str| {
        format!("[[contacts]]\ndate = {TODAY}\nby = \"cam\"\nchannel = \"phone\"\n{summary}").replace('\n', "\r\n")
    };
    let ledger = Ledger::of_three();
    let file = "\u{feff}name = \"Ana\" # short\r\n\r\n[[contacts]] # first\r\ndate = 2026-01-01\r\n";
    ledger.put(ANA, file);
    noted(&ledger, &contact(&["ana", "Will come."]), &[ANA]);
    assert_eq!(text(&ledger, ANA), format!("{file}\r\n{}", entry("summary = \"Will come.\"\n")));

    ledger.put(ANA, "name = \"Ana\"");
    noted(&ledger, &contact(&["ana"]), &[ANA]);
    assert_eq!(text(&ledger, ANA), format!("name = \"Ana\"\n\n{}", entry("").replace("\r\n", "\n").trim_end()));

    let braces = format!("{{ date = {TODAY}, by = \"cam\", channel = \"phone\" }}");
    for (before, after) in [
        ("contacts = []\n", format!("contacts = [{braces}]\n")),
        ("contacts = [{ date = 2026-01-01 }]\n", format!("contacts = [{{ date = 2026-01-01 }}, {braces}]\n")),
        (
            "contacts = [\n  { date = 2026-01-01 }, # a call\n] # all\n",
            format!("contacts = [\n  {{ date = 2026-01-01 }}, # a call\n  {braces},\n] # all\n"),
        ),
    ] {
        ledger.put(ANA, &format!("name = \"Ana\"\n{before}role = \"friend\"\n"));
        noted(&ledger, &contact(&["ana"]), &[ANA]);
        assert_eq!(text(&ledger, ANA), format!("name = \"Ana\"\n{after}role = \"friend\"\n"));
    }
}

#[test]
fn mistakes_elsewhere_stop_nothing_and_a_broken_file_stops_all() {
    let ledger = Ledger::of_three();
    ledger.put(ANA, "name = \"Ana\"\nrole = \"freind\"\nmember = \"nobody\"\ncolor = \"red\"\n");
    noted(&ledger, &contact(&["ana"]), &[ANA]);
    ledger.append(BEN, "role = \n");
    refused(&ledger, &contact(&["ana", "ben"]), &["advocates/ben.toml: line 3 is not valid TOML"]);
    ledger.put(BEN, "name = \"Ben\"\n[contacts]\ndate = 2026-01-01\n");
    refused(&ledger, &contact(&["ana", "ben"]), &["advocates/ben.toml", "[[contacts]]"]);
    ledger.replace("coalition.toml", "[checks]\n", "[checks]\nfuture-date = \"error\"\n");
    let future = [&contact(&["ana"])[..], &["--date", "2027-01-01", "--force"]].concat();
    let answer = noted(&ledger, &future, &[ANA]);
    assert!(answer.stdout.contains("`coalition check` reports:\n  advocates/ana.toml, line 12:"), "{}", answer.stdout);
    assert!(answer.stdout.contains("(future-date)"), "{}", answer.stdout);
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_a_protected_file_as_it_is() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let ledger = Ledger::of_three();
    let link = ledger.path().join("advocates/annie.toml");
    symlink("ana.toml", &link).unwrap();
    let before = text(&ledger, ANA);
    let answer = ledger.run(&contact(&["ana", "annie", "ben"]));
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(text(&ledger, ANA).matches("[[contacts]]").count(), 1, "one file gets one entry");
    let answer = ledger.run(&contact(&["annie"]));
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(text(&ledger, ANA).matches("[[contacts]]").count(), 2);
    assert!(text(&ledger, ANA).starts_with(&before));

    let place = ledger.path().join(BEN);
    fs::set_permissions(&place, fs::Permissions::from_mode(0o444)).unwrap();
    misused(&ledger, &contact(&["cedar-school", "ben"]), &["advocates/ben.toml is write-protected"]);
}

#[test]
fn twenty_at_once_lose_nothing() {
    let ledger = Ledger::of_three();
    let start = |nth: usize| {
        let whom = ["ana", "ben", "cedar-school"];
        // All of them write to one record, and each third to another one as well.
        let other = whom[nth % 3];
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("coalition"));
        command.env_remove("COALITION_LEDGER").env("COALITION_TODAY", TODAY).current_dir(ledger.path());
        command.args(["log", "contact", "ana", other, "--by", "cam", "--channel", "phone"]);
        command.args(["--summary", &format!("call {nth:02}")]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let running: Vec<_> = (0..20).map(start).collect();
    let gift = |_| {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("coalition"));
        command.env_remove("COALITION_LEDGER").env("COALITION_TODAY", TODAY).current_dir(ledger.path());
        command.args(["log", "contribution", "food", "--member", "cedar-school"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let gifts: Vec<_> = (0..5).map(gift).collect();
    for child in running.into_iter().chain(gifts) {
        let output = child.wait_with_output().unwrap();
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && message.is_empty(), "{message}{}", String::from_utf8_lossy(&output.stdout));
    }
    for nth in 0..20 {
        let summary = format!("summary = \"call {nth:02}\"");
        assert_eq!(text(&ledger, ANA).matches(&summary).count(), 1, "{nth}");
        let in_others = [BEN, CEDAR].map(|path| text(&ledger, path).matches(&summary).count());
        assert_eq!(in_others, [usize::from(nth % 3 == 1), usize::from(nth % 3 == 2)], "{nth}");
    }
    assert_eq!(fs::read_dir(ledger.path().join("contributions")).unwrap().count(), 5);
    let left: Vec<String> = records(&ledger).into_keys().filter(|path| path.contains(".coalition")).collect();
    assert_eq!(left, Vec::<String>::new());
    let expected = ["unsigned-agreement", "likely-duplicate"];
    let form: Vec<_> = ledger.findings(&[]).into_iter().filter(|finding| !expected.contains(&&*finding.0)).collect();
    assert_eq!(form, []);
}

#[test]
fn a_gift_becomes_a_record() {
    let ledger = Ledger::of_three();
    ledger.put("goals/hours.toml", "name = \"Evening hours\"\n");
    let give = ["log", "contribution", "staff time", "--member", "CEDAR SCHOOL", "--hours", "12", "--goal", "hours"];
    let path = format!("contributions/{TODAY}-staff-time-cedar-school-vfzc.toml");
    let answer = noted(&ledger, &give, &[&path]);
    let expected = format!(
        "name = \"12 hours of staff time from CEDAR SCHOOL\"\nmember = \"cedar-school\"\nkind = \"staff-time\"\ndate = \
         {TODAY}\nhours = 12\ngoal = \"hours\"\n"
    );
    assert_eq!(text(&ledger, &path), expected);
    assert!(
        answer
            .stdout
            .contains(&format!("saved as contribution/{TODAY}-staff-time-cedar-school-vfzc, dated November 22"))
    );
    let twice = noted(&ledger, &give, &[&path.replace(".toml", "-2.toml")]);
    let first = format!("contribution/{TODAY}-staff-time-cedar-school-vfzc has the same date, kind and giver");
    assert!(twice.stdout.contains(&first), "{}", twice.stdout);
    assert!(!answer.stdout.contains("has the same"), "{}", answer.stdout);
    let money = ["log", "contribution", "funding", "Spring gift", "--advocate", "ana", "--amount", "250.00"];
    let path = format!("contributions/{TODAY}-funding-mnbt.toml");
    noted(&ledger, &[&money[..], &["--currency", "EUR"]].concat(), &[&path]);
    assert!(
        text(&ledger, &path).starts_with("name = \"Spring gift\"\n"),
        "Ana is not listed, so the id leaves her out"
    );
    ledger.append("advocates/ana.toml", "[consent]\nlisted = true\n");
    let listed = ledger.run(&money);
    let id = format!("saved as contribution/{TODAY}-funding-ana-");
    assert!(listed.status == 0 && listed.stdout.contains(&id), "{}", listed.stdout);
    misused(&ledger, &["log", "contribution", "fod", "--member", "cedar-school"], &["did you mean food?"]);
    misused(
        &ledger,
        &["log", "contribution", "food"],
        &["--member, --advocate or both", "coalition log contribution food --member "],
    );
    misused(
        &ledger,
        &["log", "contribution", "food", "--member", "cedar-school", "--goal", "ana"],
        &["`ana` is a person"],
    );
    let gift = |more: &[&'static str]| [&["log", "contribution", "food", "--member", "cedar-school"], more].concat();
    misused(&ledger, &gift(&["--amount", "lots"]), &["--amount must be an amount like 1200 or 85.50; `lots` is not"]);
    refused(&ledger, &gift(&["--amount", "2", "--currency", "dollars"]), &["dollars"]);
    refused(&ledger, &gift(&["--date", "2027-01-01"]), &["in the future"]);
    refused(&ledger, &gift(&["--hours", "-1"]), &["`hours` is -1"]);
}

#[test]
fn who_came_is_noted_once() {
    let ledger = Ledger::of_three();
    let meeting = "meetings/2026-11-10-regular.toml";
    ledger.put(meeting, "name = \"November\"\ndate = 2026-11-10\n");
    let came = ["log", "attendance", "2026-11-10-regular", "ana", "ben Z", "Pat Doe", "--guest", "Kim"];
    let answer = noted(&ledger, &came, &[meeting]);
    let entries = "\n[[attendance]]\nadvocate = \"ana\"\n\n[[attendance]]\nadvocate = \"ben\"\n\n[[attendance]]\nname = \"Pat \
                   Doe\"\n\n[[attendance]]\nname = \"Kim\"\n";
    assert_eq!(text(&ledger, meeting), format!("name = \"November\"\ndate = 2026-11-10\n{entries}"));
    let sentence = "\nAna Z, ben Z, Pat Doe and Kim came to \u{201c}November\u{201d}.\n";
    assert!(answer.stdout.ends_with(sentence), "{}", answer.stdout);
    let again = noted(&ledger, &came, &[]);
    assert!(again.stdout.starts_with("No change"), "{}", again.stdout);
    let regrets = noted(&ledger, &["log", "attendance", "November", "ben", "cam", "--regrets"], &[meeting]);
    assert!(regrets.stdout.contains("regrets = true"), "{}", regrets.stdout);
    assert!(text(&ledger, meeting).contains("advocate = \"ben\"\nregrets = true\n"));
    misused(&ledger, &["log", "attendance", "November", "anna"], &["did you mean `ana`?", "--guest"]);
    misused(&ledger, &["log", "attendance", "Novembre", "ana"], &["did you mean `2026-11-10-regular`?"]);
    misused(&ledger, &["log", "attendance", "November"], &["WHOM"]);
    misused(&ledger, &["log", "attendance", "November", "cedar-school"], &["`cedar-school` is a member"]);
}

#[test]
fn positions_readings_and_drills() {
    let ledger = Ledger::of_three();
    let (vote, goal, swift) = ("decisions/festival.toml", "goals/hours.toml", "committees/swift.toml");
    ledger.put(vote, "name = \"River festival\"\ntext = \"We go.\"\nproposed = 2026-11-01\n");
    ledger.put(goal, "name = \"Evening hours\"\nmeasure = { unit = \"hours\", baseline = 4, target = 16 }\n");
    ledger.put("goals/festival.toml", "name = \"A festival\"\n");
    ledger.put(swift, "name = \"Swift\"\nemergency = true\n");
    let member = ["--member", "cedar-school", "--option"];
    let position =
        |record: &'static str, more: &[&'static str]| [&["log", "position", record][..], &member, more].concat();
    noted(&ledger, &position("decision/festival", &["object", "--reason", "No one is free."]), &[vote]);
    refused(
        &ledger,
        &position("River festival", &["agree"]),
        &["CEDAR SCHOOL objects as of November 22, 2026", "No one is free."],
    );
    let answer = noted(&ledger, &position("River festival", &["agrees", "--reason", ""]), &[vote]);
    assert!(answer.stdout.contains("- option = \"object\"") && answer.stdout.contains("+ option = \"agree\""));
    assert!(answer.stdout.contains("CEDAR SCHOOL agrees as of November 22, 2026 (before: objects as of"));
    let again = noted(&ledger, &position("River festival", &["agree"]), &[]);
    assert!(again.stdout.starts_with("No change: "), "{}", again.stdout);
    noted(&ledger, &position("goal/festival", &["support", "--date", "2026-11-02"]), &["goals/festival.toml"]);
    misused(&ledger, &position("festival", &["agree"]), &["goal/festival", "decision/festival"]);
    misused(&ledger, &position("hours", &["perhaps"]), &["--option cannot be `perhaps`", "support, neutral or oppose"]);
    refused(&ledger, &position("hours", &["support", "--date", "2026-11-23"]), &["in the future"]);

    noted(&ledger, &["log", "reading", "hours", "10", "--date", "2026-11-20"], &[goal]);
    let measure = "{ unit = \"hours\", baseline = 4, target = 16, readings = [{ date = 2026-11-20, value = 10 }] }";
    assert!(text(&ledger, goal).contains(measure), "{}", text(&ledger, goal));
    noted(&ledger, &["log", "reading", "hours", "-2.5"], &[goal]);
    assert!(text(&ledger, goal).contains("value = -2.5"));
    refused(&ledger, &["log", "reading", "goal/festival", "3"], &["coalition set goal/festival measure.unit="]);
    misused(&ledger, &["log", "reading", "hours", "many"], &["must be a number like 12", "`many` is not"]);

    noted(&ledger, &["log", "drill", "swift", "--date", "2026-11-20"], &[swift]);
    assert!(text(&ledger, swift).ends_with("last_drill = 2026-11-20\n"));
    let earlier = noted(&ledger, &["log", "drill", "swift", "--date", "2026-11-01"], &[]);
    assert_eq!(earlier.stdout, "No change: Swift already had a later drill, on November 20, 2026.\n");
    misused(&ledger, &["log", "drill", "swft"], &["did you mean `swift`?"]);
}
