//! Contacts, officials, representatives, interests.

use super::{places, tells_apart, turns};

#[test]
fn contacts_are_due_on_the_day_after_the_limit() {
    let contact = [("advocates/ann.toml", "name = \"Ann\"\nmember = \"a\"\n\n[[contacts]]\ndate = 2026-01-01\n")];
    turns("overdue-contact", &contact, "2026-04-01", "2026-04-02", "advocates/ann");
    let own = [("advocates/ann.toml", "name = \"Ann\"\ncontact_days = 10\n\n[[contacts]]\ndate = 2026-01-01\n")];
    turns("overdue-contact", &own, "2026-01-11", "2026-01-12", "advocates/ann");
    let never = [("advocates/ann.toml", "name = \"Ann\"\nstart_date = 2026-01-01\n")];
    turns("overdue-contact", &never, "2026-04-01", "2026-04-02", "advocates/ann");
    let founded = [("advocates/ann.toml", "name = \"Ann\"\n")];
    turns("overdue-contact", &founded, "2025-04-01", "2025-04-02", "advocates/ann");
    let unknown = [("advocates/ann.toml", "name = \"Ann\"\n"), ("coalition.toml", "name = \"C\"\n")];
    assert!(!places("overdue-contact", &unknown, "2026-04-01").contains(&"advocates/ann.toml:1".to_owned()));
    let planned = [(
        "advocates/ann.toml",
        "name = \"Ann\"\n\n[[contacts]]\ndate = 2026-01-01\n\n[[contacts]]\ndate = 2026-05-01\n",
    )];
    turns("overdue-contact", &planned, "2026-04-01", "2026-04-02", "advocates/ann");
    let gone = [("advocates/ann.toml", "name = \"Ann\"\nstart_date = 2025-01-01\nend_date = 2025-12-31\n")];
    assert!(!places("overdue-contact", &gone, "2026-04-02").iter().any(|place| place.starts_with("advocates/ann")));

    let follow = "name = \"Ann\"\n\n[[contacts]]\ndate = 2026-01-01\nfollow_up = 2026-02-01\n";
    turns("overdue-follow-up", &[("advocates/ann.toml", follow)], "2026-02-01", "2026-02-02", "advocates/ann");
    let followed = format!("{follow}\n[[contacts]]\ndate = 2026-02-10\n");
    assert_eq!(places("overdue-follow-up", &[("advocates/ann.toml", &followed)], "2026-02-20"), [""; 0]);
    assert_eq!(places("overdue-follow-up", &[("advocates/ann.toml", &followed)], "2026-02-05").len(), 1);

    let official = "name = \"Judge\"\nstart_date = 2024-01-01\n\n[[contacts]]\ndate = 2026-01-01\n";
    turns("neglected-official", &[("officials/judge.toml", official)], "2026-04-03", "2026-04-04", "officials/judge");
    let fresh = "name = \"Judge\"\nstart_date = 2026-01-01\n";
    turns("neglected-official", &[("officials/judge.toml", fresh)], "2026-04-03", "2026-04-04", "officials/judge");
    let past = "name = \"Judge\"\nstart_date = 2024-01-01\nend_date = 2026-01-01\n";
    assert_eq!(places("neglected-official", &[("officials/judge.toml", past)], "2026-04-04"), [""; 0]);

    let silent = [("members/a.toml", "name = \"A\"\nclassification = \"library\"\njoined = 2026-01-01\n")];
    turns("silent-member", &silent, "2026-04-01", "2026-04-02", "members/a");
    let own = [(
        "members/a.toml",
        "name = \"A\"\nclassification = \"library\"\njoined = 2025-01-01\ncontact_days = 200\n\n[[contacts]]\ndate = 2026-01-01\n",
    )];
    turns("silent-member", &own, "2026-07-20", "2026-07-21", "members/a");
}

#[test]
fn officials_hear_from_us_all_year() {
    let ledger = |in_season: usize, elsewhere: usize| {
        let contacts = |month: u32, count: usize| -> String {
            (1..=count).map(|day| format!("\n[[contacts]]\ndate = 2026-{month:02}-{day:02}\n")).collect()
        };
        format!("name = \"Judge\"\n{}{}", contacts(4, in_season), contacts(1, elsewhere))
    };
    let root = "name = \"C\"\nfounded = 2025-01-01\n\n[policy]\nbudget_months = [4, 5]\n";
    let fires = |in_season, elsewhere| {
        let official = ledger(in_season, elsewhere);
        let files = [("coalition.toml", root), ("officials/judge.toml", official.as_str())];
        places("seasonal-contact", &files, "2026-06-15")
    };
    assert_eq!(fires(3, 2), [""; 0], "exactly the share");
    assert_eq!(fires(4, 2), ["coalition.toml:5"]);
    assert_eq!(fires(4, 0), [""; 0], "four contacts are too few");
    assert_eq!(fires(5, 0), ["coalition.toml:5"]);
    let official = ledger(5, 0);
    let unset = [("officials/judge.toml", official.as_str())];
    assert_eq!(places("seasonal-contact", &unset, "2026-06-15"), [""; 0]);
}

#[test]
fn members_name_two_people_their_interests_and_their_way_of_deciding() {
    let member = |more: &str| format!("name = \"A\"\nclassification = \"library\"\njoined = 2026-01-01\n{more}");
    let of_a = |check: &str, more: &str, today: &str| {
        let member = member(more);
        let abe = ("advocates/abe.toml", "name = \"Abe\"\nmember = \"a\"\n");
        places(check, &[("members/a.toml", &member), abe], today)
            .iter()
            .filter(|place| place.starts_with("members/a"))
            .count()
    };
    let late = "2026-04-02";
    let alone = member("representative = \"ann\"\n");
    let nobody_else = places("no-backup-representative", &[("members/a.toml", &alone)], late);
    assert!(!nobody_else.iter().any(|place| place.starts_with("members/a")), "there is nobody else to name");
    for (check, bad, good) in [
        (
            "no-backup-representative",
            "representative = \"ann\"\n",
            "representative = \"ann\"\nbackup_representative = \"bob\"\n",
        ),
        (
            "no-backup-representative",
            "representative = \"ann\"\nbackup_representative = \"ann\"\n",
            "representative = \"ann\"\nbackup_representative = \"bob\"\n",
        ),
        ("unstated-interests", "", "interests = [\"rooms\"]\n"),
        ("unstated-process", "[process]\nmeets = \"monthly\"\n", "[process]\nlead_days = 21\n"),
    ] {
        assert_eq!((of_a(check, bad, late), of_a(check, good, late)), (1, 0), "{check}");
        assert_eq!(of_a(check, bad, "2026-01-20"), 0, "{check}: a new member is given time");
    }
    let goal = ("goals/g.toml", "name = \"G\"\nproposed = 2026-01-01\nserves = [\"rooms\"]\n");
    let served = member("interests = [\"rooms\", \"jobs\"]\n");
    let unserved = member("interests = [\"jobs\"]\n");
    let (served, unserved) = (("members/a.toml", served.as_str()), ("members/a.toml", unserved.as_str()));
    tells_apart("unserved-member", &[goal, unserved], &[goal, served], late);
    let dropped = ("goals/g.toml", "name = \"G\"\nproposed = 2026-01-01\ndropped = 2026-02-01\nserves = [\"rooms\"]\n");
    let other = ("goals/h.toml", "name = \"H\"\nproposed = 2026-01-01\nserves = [\"bees\"]\n");
    assert_eq!(places("unserved-member", &[dropped, other, served], late).len(), 1, "a dropped goal serves nobody");
}

#[test]
fn a_new_coalition_sees_a_short_and_kind_list() {
    let mut source = coalition::Memory::new([("coalition.toml", b"name = \"Maple County Coalition\"\n".as_slice())]);
    for (at, id) in ["oak", "elm", "ash"].into_iter().enumerate() {
        let day = at + 9;
        let member = format!(
            "name = \"The {id} group\"\nclassification = \"friends-group\"\njoined = 2026-06-{day:02}\n\
             representative = \"{id}-person\"\n"
        );
        source.put(&format!("members/{id}.toml"), member.as_bytes());
        let person = format!("name = \"Pat {id}\"\nmember = \"{id}\"\nrole = \"friend\"\n");
        source.put(&format!("advocates/{id}-person.toml"), person.as_bytes());
    }
    source.put("goals/hours.toml", b"name = \"Longer hours\"\nproposed = 2026-06-11\n");
    source.put(
        "meetings/first.toml",
        b"name = \"First meeting\"\ndate = 2026-06-12\n[[attendance]]\nadvocate = \"oak-person\"\n",
    );
    source.put("officials/mayor.toml", b"name = \"The mayor\"\nstart_date = 2023-01-01\n");
    source.put(
        "members/library.toml",
        b"name = \"City Library\"\nclassification = \"library\"\nidentified = 2026-06-10\n",
    );
    let ledger = coalition::load(&source).unwrap();
    let found = |day: &str| {
        let context = coalition::internal::check::Context::new(&ledger, day.parse().unwrap());
        let verdict = coalition::internal::check::judge(&context);
        verdict.reported.iter().map(|reported| reported.finding.check.as_str()).collect::<Vec<_>>()
    };
    // What is said can be mended now: a goal without its reason, no agreement yet, an official without a call.
    assert_eq!(found("2026-06-16"), ["no-agreement", "unanchored-goal", "neglected-official"]);
    assert!(found("2026-10-01").len() > 10, "in time more is asked for");
}
