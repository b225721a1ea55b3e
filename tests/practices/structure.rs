//! Credit, shares, seats, the emergency committee, recruitment, constituencies, notables.

use super::{places, turns};

#[test]
fn what_was_given_is_thanked_for() {
    let gift = |more: &str| format!("name = \"X\"\nmember = \"a\"\nkind = \"food\"\ndate = 2026-01-01\n{more}");
    let plain = gift("");
    turns(
        "uncredited-contribution",
        &[("contributions/x.toml", &plain)],
        "2026-03-02",
        "2026-03-03",
        "contributions/x",
    );
    turns("never-credited", &[("contributions/x.toml", &plain)], "2026-03-02", "2026-03-03", "members/a");
    let thanked = gift("[[acknowledgements]]\ndate = 2026-03-10\n");
    let files = [("contributions/x.toml", thanked.as_str())];
    assert_eq!(places("uncredited-contribution", &files, "2026-03-09").len(), 1);
    assert_eq!(places("uncredited-contribution", &files, "2026-03-10"), [""; 0]);
    assert_eq!(places("never-credited", &files, "2026-03-10"), [""; 0]);
}

#[test]
fn nobody_holds_more_than_the_cap() {
    let gifts = |members: &[&str], root: &str| {
        let texts: Vec<_> = members
            .iter()
            .enumerate()
            .map(|(at, member)| {
                (
                    format!("contributions/x{at}.toml"),
                    format!("name = \"X{at}\"\nmember = \"{member}\"\nkind = \"food\"\ndate = 2026-01-01\n"),
                )
            })
            .collect();
        let mut files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        files.push(("coalition.toml", root));
        places("dominant-member", &files, "2026-02-01")
    };
    let root = "name = \"C\"\nfounded = 2025-01-01\n";
    assert_eq!(gifts(&["a", "a", "b", "b", "c"], root), [""; 0], "two of five is the cap");
    assert_eq!(gifts(&["a", "a", "a", "b", "c"], root), ["members/a.toml:1"]);
    assert_eq!(gifts(&["a", "a", "a", "b"], root), [""; 0], "four entries are too few");
    let generous = "name = \"C\"\nfounded = 2025-01-01\n[policy]\nmax_share = 0.6\n";
    assert_eq!(gifts(&["a", "a", "a", "b", "c"], generous), [""; 0]);
    let gone = "name = \"C\"\nclassification = \"other\"\njoined = 2025-01-01\nleft = 2026-01-31\n";
    let five: Vec<_> = (0..5)
        .map(|at| {
            let text = format!("name = \"X{at}\"\nmember = \"a\"\nkind = \"food\"\ndate = 2025-06-{:02}\n", at + 1);
            (format!("contributions/x{at}.toml"), text)
        })
        .collect();
    let mut files: Vec<(&str, &str)> = five.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert_eq!(places("dominant-member", &files, "2026-06-01"), ["members/a.toml:1"], "365 days ago");
    assert_eq!(places("dominant-member", &files, "2026-06-02"), [""; 0], "four entries are left");
    files.push(("members/c.toml", gone));
    assert_eq!(places("dominant-member", &files, "2026-02-01"), [""; 0], "two members");
}

fn committee(more: &str) -> String {
    format!("name = \"K\"\npurpose = \"Prepares.\"\n{more}")
}

fn of(check: &str, more: &str, today: &str) -> usize {
    places(check, &[("committees/k.toml", &committee(more))], today).len()
}

#[test]
fn seats_are_filled_and_terms_are_watched() {
    let seat = |more: &str| format!("\n[[seats]]\nrole = \"chair\"\n{more}");
    let term = seat("advocate = \"ann\"\nstart_date = 2025-07-01\nend_date = 2026-06-30\n");
    assert_eq!((of("vacant-seat", &seat(""), "2026-01-01"), of("vacant-seat", &term, "2026-01-01")), (1, 0));
    assert_eq!((of("expiring-term", &term, "2026-04-30"), of("expiring-term", &term, "2026-05-01")), (0, 1));
    assert_eq!((of("expiring-term", &term, "2026-06-30"), of("expired-term", &term, "2026-06-30")), (1, 0));
    assert_eq!((of("expiring-term", &term, "2026-07-01"), of("expired-term", &term, "2026-07-01")), (0, 1));
    let next = term.clone() + &seat("advocate = \"bob\"\nstart_date = 2026-07-01\nend_date = 2028-06-30\n");
    assert_eq!((of("expiring-term", &next, "2026-06-30"), of("expired-term", &next, "2026-07-01")), (0, 0));
    let chair = "committee-without-chair";
    assert_eq!(
        (of(chair, "", "2026-01-01"), of(chair, &term, "2026-01-01"), of(chair, &term, "2026-07-01")),
        (1, 0, 1)
    );
    let long = seat("advocate = \"ann\"\nstart_date = 2024-01-01\n");
    assert_eq!((of("unrotated-chair", &long, "2025-12-31"), of("unrotated-chair", &long, "2026-01-01")), (0, 1));
    let over = format!("end_date = 2026-05-31\n{}", seat(""));
    for check in [chair, "vacant-seat"] {
        assert_eq!((of(check, &over, "2026-05-31"), of(check, &over, "2026-06-01")), (1, 0), "{check}: it is closed");
    }
    let purposeless = "name = \"K\"\n";
    assert_eq!(places("purposeless-committee", &[("committees/k.toml", purposeless)], "2026-01-01").len(), 1);
    assert_eq!(of("purposeless-committee", "", "2026-01-01"), 0);
}

#[test]
fn an_emergency_finds_somebody() {
    let emergency = |more: &str| format!("emergency = true\n{more}");
    let missing = |members: &[&str], more: &str, today: &str| {
        let text = |id: &&str| format!("name = \"{id}\"\nclassification = \"other\"\njoined = 2025-01-01\n");
        let others: Vec<_> = members.iter().map(|id| (format!("members/{id}.toml"), text(id))).collect();
        let committee = committee(more);
        let mut files: Vec<_> = others.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        files.push(("committees/k.toml", &committee));
        places("no-emergency-committee", &files, today).len()
    };
    assert_eq!(missing(&["d", "e", "f"], "", "2026-01-01"), 1);
    assert_eq!(missing(&["d", "e"], "", "2026-01-01"), 0, "five can all be called");
    assert_eq!(missing(&["d", "e", "f"], &emergency(""), "2026-01-01"), 0);
    assert_eq!(missing(&["d", "e", "f"], &emergency("end_date = 2025-12-31\n"), "2026-01-01"), 1);
    assert_eq!(missing(&["d", "e", "f"], "", "2025-01-20"), 0, "a new coalition is given time");
    assert_eq!(
        (
            of("no-emergency-powers", &emergency(""), "2026-01-01"),
            of("no-emergency-powers", &emergency("powers = \"May speak.\"\n"), "2026-01-01")
        ),
        (1, 0)
    );
    let drill = emergency("last_drill = 2025-02-01\n");
    assert_eq!((of("overdue-drill", &drill, "2026-02-01"), of("overdue-drill", &drill, "2026-02-02")), (0, 1));
    assert_eq!(
        (of("overdue-drill", &emergency(""), "2026-01-01"), of("overdue-drill", &emergency(""), "2026-01-02")),
        (0, 1)
    );
    let deputy = emergency("[[seats]]\nrole = \"deputy\"\nadvocate = \"ann\"\n");
    assert_eq!((of("no-deputy", &emergency(""), "2026-01-01"), of("no-deputy", &deputy, "2026-01-01")), (1, 0));
    let watch = |days: &str, from: &str, to: &str| {
        format!("\n[[watch]]\nadvocate = \"ann\"\ndays = [{days}]\nfrom = {from}\nto = {to}\n")
    };
    let all = "\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\", \"sun\"";
    let covered = |watches: &str| of("uncovered-hours", &emergency(watches), "2026-01-01");
    assert_eq!(covered(&watch(all, "00:00:00", "00:00:00")), 0);
    assert_eq!(covered(&(watch(all, "08:00:00", "20:00:00") + &watch(all, "20:00:00", "08:00:00"))), 0);
    assert_eq!(covered(&(watch(all, "08:00:00", "20:00:00") + &watch(all, "20:00:00", "07:00:00"))), 1);
    let six = "\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\"";
    assert_eq!(covered(&watch(six, "00:00:00", "00:00:00")), 1);
    assert_eq!(covered(""), 1);
    let second = "name = \"L\"\npurpose = \"x\"\nemergency = true\n\n[[watch]]\nadvocate = \"bob\"\ndays = [\"sun\"]\nfrom = 00:00:00\nto = 00:00:00\n";
    let first = committee(&emergency(&watch(six, "00:00:00", "00:00:00")));
    let both = [("committees/k.toml", first.as_str()), ("committees/l.toml", second)];
    assert_eq!(places("uncovered-hours", &both, "2026-01-01"), [""; 0], "two committees together");
}

#[test]
fn recruiting_goes_on() {
    let prospect = "name = \"P\"\nclassification = \"other\"\nidentified = 2026-01-01\n";
    turns("stalled-prospect", &[("members/p.toml", prospect)], "2026-06-30", "2026-07-01", "members/p");
    let invited = "name = \"P\"\nclassification = \"other\"\nidentified = 2026-01-01\ninvited = 2026-02-01\n";
    turns("stalled-prospect", &[("members/p.toml", invited)], "2026-07-31", "2026-08-01", "members/p");
    let declined = "name = \"P\"\nclassification = \"other\"\nidentified = 2026-01-01\ndeclined = 2026-02-01\n";
    assert_eq!(places("stalled-prospect", &[("members/p.toml", declined)], "2026-08-01"), [""; 0]);
    turns("no-recent-recruit", &[], "2025-06-30", "2025-07-01", "coalition.toml");
    let person = [("advocates/new.toml", "name = \"New\"\nstart_date = 2025-06-01\n")];
    turns("no-recent-recruit", &person, "2025-11-28", "2025-11-29", "coalition.toml");
}

#[test]
fn constituencies_are_there_and_notables_are_looked_after() {
    let root = "name = \"C\"\n\n[policy]\nrequired_classifications = [\"library\", \"media\"]\nrequired_roles = [\"student\"]\n";
    let missing = places("missing-constituency", &[("coalition.toml", root)], "2026-01-01");
    assert_eq!(missing, ["coalition.toml:4", "coalition.toml:5"]);
    let student = ("advocates/s.toml", "name = \"S\"\nrole = \"student\"\nend_date = 2026-01-01\n");
    assert_eq!(places("missing-constituency", &[("coalition.toml", root), student], "2026-01-01").len(), 1);
    assert_eq!(places("missing-constituency", &[("coalition.toml", root), student], "2026-01-02").len(), 2);
    let notable = "name = \"N\"\nstart_date = 2024-01-01\n\n[notable]\nknown_for = \"x\"\n\n[[notable.asks]]\ndate = 2025-01-01\nask = \"speak\"\n";
    turns("idle-notable", &[("advocates/n.toml", notable)], "2026-01-01", "2026-01-02", "advocates/n");
    let seat = "name = \"K\"\npurpose = \"x\"\n\n[[seats]]\nrole = \"chair\"\nadvocate = \"eve\"\n";
    let eve = |consent: &str| format!("name = \"Eve\"\nstart_date = 2025-01-01\n{consent}");
    let listing = |consent: &str| {
        let eve = eve(consent);
        let files = [("committees/k.toml", seat), ("advocates/eve.toml", eve.as_str())];
        places("unconsented-listing", &files, "2026-01-01").iter().filter(|place| place.contains("eve")).count()
    };
    assert_eq!((listing(""), listing("[consent]\nlisted = true\n")), (1, 0));
    assert_eq!(listing("[consent]\nlisted = true\nrecorded = 2026-01-02\n"), 1, "consent of a later day");
    let unowned = |text: &str| {
        places("unowned-advocate", &[("advocates/ann.toml", text)], "2026-01-01")
            .iter()
            .filter(|place| place.contains("ann"))
            .count()
    };
    assert_eq!(unowned("name = \"Ann\"\nstart_date = 2025-01-01\n"), 1);
    assert_eq!(unowned("name = \"Ann\"\nstart_date = 2025-01-01\ncontact_owner = \"bob\"\n"), 0);
}
