//! One fault is told once: the narrower finding stands for the wider one, where it is itself reported at least as badly.

use super::{COMMON, places};
use crate::ledger::Ledger;
use coalition::Memory;
use coalition::internal::check::{Context, judge};
use coalition::load;

/// What is told of a ledger among these checks, in the order of the files.
fn reported(checks: &[&str], files: &[(&str, &str)], today: &str) -> Vec<String> {
    let mut source = Memory::new(COMMON.map(|(path, text)| (path, text.as_bytes())));
    for (path, text) in files {
        source.put(path, text.as_bytes());
    }
    let ledger = load(&source).unwrap();
    let verdict = judge(&Context::new(&ledger, today.parse().unwrap())).without_echoes();
    let names = verdict.reported.iter().map(|reported| reported.finding.check.as_str());
    names.filter(|name| checks.contains(name)).map(str::to_owned).collect()
}

/// The narrower finding alone is told; the wider one where the narrower is turned off, milder, or accepted.
fn stands_for(narrower: &str, wider: &str, files: &[(&str, &str)], today: &str) {
    for check in [narrower, wider] {
        assert!(!places(check, files, today).is_empty(), "{check} is found");
    }
    assert_eq!(reported(&[narrower, wider], files, today), [narrower]);
    for severity in ["off", "note"] {
        let root = format!("name = \"C\"\nfounded = 2025-01-01\n[checks]\n{narrower} = \"{severity}\"\n");
        let mut files = files.to_vec();
        files.push(("coalition.toml", &root));
        assert!(reported(&[narrower, wider], &files, today).contains(&wider.to_owned()), "{narrower} is {severity}");
    }
    let (path, text) = files.last().unwrap();
    let head = text.split_once('\n').unwrap();
    let accepted = format!("{}\n{}\n[[allow]]\ncheck = \"{narrower}\"\nbecause = \"x\"\n", head.0, head.1);
    let mut files = files.to_vec();
    files.push((path, &accepted));
    assert_eq!(reported(&[narrower, wider], &files, today), [wider], "{narrower} is accepted");
}

#[test]
fn a_gift_without_thanks() {
    let gift = "name = \"Tea\"\nmember = \"a\"\nkind = \"food\"\ndate = 2026-01-01\n";
    stands_for("uncredited-contribution", "never-credited", &[("contributions/tea.toml", gift)], "2026-06-15");
}

#[test]
fn a_campaign_off_its_message() {
    let goal = "name = \"G\"\nproposed = 2026-01-01\nmessage = \"Open doors.\"\n";
    let campaign = "name = \"K\"\ngoal = \"g\"\nopens = 2026-05-01\nmessage = \"Close doors.\"\n";
    let files = [("goals/g.toml", goal), ("campaigns/k.toml", campaign)];
    stands_for("off-message-campaign", "competing-messages", &files, "2026-06-15");
    // Where two campaigns contradict each other and the goal says nothing, both findings are needed.
    let silent = "name = \"G\"\nproposed = 2026-01-01\n";
    let other = campaign.replace("Close", "Paint");
    let root = "name = \"C\"\nfounded = 2025-01-01\nmessage = \"Open doors.\"\n";
    let mut files = vec![
        ("coalition.toml", root),
        ("goals/g.toml", silent),
        ("campaigns/k.toml", campaign),
        ("campaigns/l.toml", &other),
    ];
    let both = ["off-message-campaign", "competing-messages"];
    assert_eq!(reported(&both, &files, "2026-06-15"), ["off-message-campaign", "off-message-campaign"]);
    files[0] = ("coalition.toml", "name = \"C\"\n");
    assert_eq!(reported(&both, &files, "2026-06-15"), ["competing-messages"]);
}

#[test]
fn a_seat_whose_holder_left() {
    let committee = |role: &str, end: &str| {
        let seat = format!("[[seats]]\nrole = \"{role}\"\nadvocate = \"eve\"\nstart_date = 2025-01-01\n{end}");
        format!("name = \"K\"\npurpose = \"x\"\nemergency = true\n{seat}")
    };
    let eve = ("advocates/eve.toml", "name = \"Eve\"\nend_date = 2026-06-14\n");
    let (chair, deputy) = (committee("chair", ""), committee("deputy", ""));
    stands_for("vacant-seat", "committee-without-chair", &[eve, ("committees/k.toml", &chair)], "2026-06-15");
    stands_for("vacant-seat", "no-deputy", &[eve, ("committees/k.toml", &deputy)], "2026-06-15");
    let over = committee("chair", "end_date = 2026-05-31\n");
    stands_for("expired-term", "committee-without-chair", &[eve, ("committees/k.toml", &over)], "2026-06-15");
    // Who left the seat, and the empty seat that stands in its place, are one fault.
    let term = |role: &str, end: &str| {
        format!("[[seats]]\nrole = \"{role}\"\nadvocate = \"ann\"\nstart_date = 2025-01-01\nend_date = {end}\n")
    };
    let committee = |term: &str, empty: &str| format!("name = \"K\"\npurpose = \"x\"\n{term}{empty}");
    let empty = "[[seats]]\nrole = \"chair\"\nstart_date = 2026-06-01\n";
    let followed = committee(&term("chair", "2026-05-31"), empty);
    stands_for("vacant-seat", "expired-term", &[("committees/k.toml", &followed)], "2026-06-15");
    let both = ["vacant-seat", "expired-term"];
    let of = |text: &str| reported(&both, &[("committees/k.toml", text)], "2026-06-15");
    assert_eq!(of(&committee(&term("president", "2026-05-31"), empty)), ["vacant-seat"], "a title of the same office");
    let two = term("chair", "2026-05-30") + &term("chair", "2026-05-31");
    assert_eq!(of(&committee(&two, empty)).len(), 2, "one empty seat stands for one term");
    assert_eq!(of(&committee(&term("secretary", "2026-05-31"), empty)).len(), 2, "two seats are empty");
    let none = "name = \"K\"\npurpose = \"x\"\n";
    let found = reported(&["committee-without-chair"], &[("committees/k.toml", none)], "2026-06-15");
    assert_eq!(found, ["committee-without-chair"], "no seat tells of it");
}

#[test]
fn a_block_without_an_answer() {
    let position =
        |member: &str, option: &str| format!("[[positions]]\nmember = \"{member}\"\noption = \"{option}\"\n");
    let decision = |method: &str| {
        let head =
            format!("name = \"D\"\ntext = \"X\"\nmethod = \"{method}\"\ndecided = 2026-03-01\nresult = \"adopted\"\n");
        head + &position("a", "agree") + &position("b", "agree") + &position("c", "block")
    };
    let consensus = decision("consensus");
    stands_for("false-consensus", "unanswered-objection", &[("decisions/d.toml", &consensus)], "2026-06-15");
    let both = ["false-consensus", "unanswered-objection"];
    let vote = decision("majority");
    assert_eq!(reported(&both, &[("decisions/d.toml", &vote)], "2026-06-15"), ["unanswered-objection"]);
    let old = reported(&both, &[("decisions/d.toml", &consensus)], "2027-06-15");
    assert_eq!(old, ["unanswered-objection"], "an answer can still be given");
    let more = consensus.replace("\"b\"\noption = \"agree\"", "\"b\"\noption = \"object\"");
    assert_eq!(reported(&both, &[("decisions/d.toml", &more)], "2026-06-15"), both, "an objection is no block");
}

#[test]
fn a_watch_that_reaches_nobody() {
    let watch = |who: &str, from: &str, to: &str| {
        let days = "\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\", \"sun\"";
        format!("[[watch]]\nadvocate = \"{who}\"\ndays = [{days}]\nfrom = {from}:00\nto = {to}:00\n")
    };
    let committee = |watches: &str| format!("name = \"K\"\npurpose = \"x\"\nemergency = true\n{watches}");
    let (silent, gone) = (committee(&watch("cyd", "00:00", "00:00")), committee(&watch("eve", "00:00", "00:00")));
    let eve = ("advocates/eve.toml", "name = \"Eve\"\nend_date = 2026-06-14\n");
    stands_for("unreachable-watcher", "uncovered-hours", &[("committees/k.toml", &silent)], "2026-06-15");
    stands_for("departed-owner", "uncovered-hours", &[eve, ("committees/k.toml", &gone)], "2026-06-15");
    let all = ["unreachable-watcher", "uncovered-hours"];
    let half = committee(&watch("cyd", "00:00", "12:00"));
    assert_eq!(
        reported(&all, &[("committees/k.toml", &half)], "2026-06-15"),
        ["uncovered-hours", "unreachable-watcher"]
    );
    let twice = committee(&(watch("ann", "00:00", "00:00") + &watch("cyd", "00:00", "12:00")));
    assert_eq!(reported(&all, &[("committees/k.toml", &twice)], "2026-06-15"), ["unreachable-watcher"]);
}

#[test]
fn a_constituency_that_is_silent() {
    let root = "name = \"C\"\nfounded = 2025-01-01\n[policy]\nrequired_classifications = [\"library\"]\n";
    let both = ["silent-member", "inactive-constituency"];
    let silent = |files: &[(&str, &str)]| {
        let files = [&[("coalition.toml", root)][..], files].concat();
        reported(&both, &files, "2026-06-15").into_iter().filter(|one| one == "inactive-constituency").count()
    };
    assert_eq!(silent(&[]), 0, "each of its members is told");
    let patient = "name = \"A\"\nclassification = \"library\"\njoined = 2025-01-01\nrepresentative = \"ann\"\ncontact_days = 9999\n";
    assert_eq!(silent(&[("members/a.toml", patient)]), 1);
}

#[test]
fn a_signature_on_other_words() {
    let charter = "name = \"Charter\"\ntext = \"We meet.\"\neffective = 2025-01-01\nsign_by = 2025-02-01\n\
                   required_of = [\"a\"]\nrights = [\"a vote\"]\nresponsibilities = [\"to come\"]\n[[signatures]]\nmember = \"a\"\n";
    let zeros = format!("sha256:{}", "0".repeat(64));
    let stale = format!("{charter}by = \"ann\"\ndate = 2025-01-10\nterms = \"{zeros}\"\n");
    stands_for("stale-signature", "unsigned-agreement", &[("agreements/charter.toml", &stale)], "2026-06-15");
    let pact = stale.replace("\"ann\"", "\"bob\"");
    let mut source = Memory::new(COMMON.map(|(path, text)| (path, text.as_bytes())));
    source.put("agreements/charter.toml", pact.as_bytes());
    let ledger = load(&source).unwrap();
    let charter = ledger.agreements.find("charter").unwrap();
    let digest = coalition::digest(&coalition::terms(&ledger, charter)).to_string();
    let stranger = pact.replace(&zeros, &digest);
    stands_for("unauthorized-signatory", "unsigned-agreement", &[("agreements/charter.toml", &stranger)], "2026-06-15");
}

#[test]
fn an_entry_that_stands_in_a_list_twice_is_shown_once() {
    let ledger = Ledger::of_three();
    ledger.append("members/cedar-school.toml", "interests = [\"evening-hours\", \"evening-hours\"]\n");
    ledger.replace("coalition.toml", "unserved-member = \"off\"\n", "");
    ledger.put(
        "goals/doors.toml",
        "name = \"Doors\"\nadopted = 2026-01-01\nproposed_by = [\"cedar-school\", \"cedar-school\"]\n\
         developed_by = [\"birch-library\", \"birch-library\"]\nserves = [\"open-doors\", \"open-doors\"]\n",
    );
    let check = ledger.run(&["check", "--only", "unserved-member", "--format", "json"]).stdout;
    assert!(check.contains("no goal serves what CEDAR SCHOOL needs: evening-hours\""), "{check}");
    let report = ledger.run(&["report", "goals"]).stdout;
    let fact = |label: &str| report.lines().find(|line| line.starts_with(label)).unwrap_or_default().to_owned();
    assert!(fact("Proposed").ends_with("by CEDAR SCHOOL"), "{report}");
    assert!(fact("Developed by").ends_with("  BIRCH LIBRARY"), "{report}");
    assert_eq!(fact("Serves").matches("open doors").count(), 1, "{report}");
    assert_eq!(ledger.run(&["render"]).status, 0);
    let page = std::fs::read_to_string(ledger.path().join("docs/goals/doors.md")).unwrap();
    assert_eq!(page.matches("CEDAR SCHOOL").count(), 1, "{page}");
}
