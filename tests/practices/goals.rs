//! Goals, messages, campaigns, requests, ground.

use super::{places, tells_apart, turns};

#[test]
fn goals_are_shared_wanted_measured_and_alive() {
    let goal = |more: &str| format!("name = \"G\"\nproposed = 2025-12-01\nadopted = 2026-01-01\n{more}");
    let fires = |check: &str, more: &str, today: &str| {
        let goal = goal(more);
        places(check, &[("goals/g.toml", &goal)], today)
    };
    let today = "2026-03-01";
    let support = |members: &[&str]| -> String {
        let position =
            |member: &&str| format!("[[positions]]\nmember = \"{member}\"\noption = \"support\"\ndate = 2026-01-02\n");
        members.iter().map(position).collect()
    };
    for (check, bad, good) in [
        ("single-sponsor-goal", "developed_by = [\"a\"]\n".to_owned(), "developed_by = [\"a\", \"b\"]\n".to_owned()),
        (
            "single-sponsor-goal",
            "proposed_by = [\"a\"]\ndeveloped_by = [\"a\"]\n".to_owned(),
            "proposed_by = [\"a\"]\ndeveloped_by = [\"b\"]\n".to_owned(),
        ),
        ("thin-endorsement", support(&["a", "b"]), support(&["a", "b", "c"])),
        ("unanchored-goal", String::new(), "community_need = \"Doors are closed.\"\n".to_owned()),
        (
            "unmeasured-goal",
            "[measure]\nunit = \"hours\"\n".to_owned(),
            "[measure]\nunit = \"hours\"\ntarget = 4\n".to_owned(),
        ),
        ("no-message", String::new(), "message = \"Open doors.\"\n".to_owned()),
        ("overdue-goal", "due = 2026-02-28\n".to_owned(), "due = 2026-03-01\n".to_owned()),
        ("overdue-goal", "due = 2026-02-27\n".to_owned(), "due = 2026-02-27\nmet = 2026-02-28\n".to_owned()),
    ] {
        assert_eq!(fires(check, &bad, today).len(), 1, "{check}: {bad}");
        assert_eq!(fires(check, &good, today), [""; 0], "{check}: {good}");
    }
    let later = "[[positions]]\nmember = \"c\"\noption = \"support\"\ndate = 2026-03-02\n";
    let text = support(&["a", "b"]) + later;
    assert_eq!(fires("thin-endorsement", &text, "2026-03-01").len(), 1, "it has not been said yet");
    assert_eq!(fires("thin-endorsement", &text, "2026-03-02"), [""; 0]);
    let stale = goal("");
    turns("stale-goal", &[("goals/g.toml", &stale)], "2026-06-30", "2026-07-01", "goals/g");
    let read = goal("[[milestones]]\nname = \"x\"\ndone = 2026-02-01\n");
    turns("stale-goal", &[("goals/g.toml", &read)], "2026-07-31", "2026-08-01", "goals/g");
}

#[test]
fn messages_are_one_and_short() {
    let today = "2026-03-01";
    let goal = ("goals/g.toml", "name = \"G\"\nproposed = 2026-01-01\nmessage = \"Open doors now.\"\n");
    let campaign = |message: &str, closes: &str| {
        format!(
            "name = \"K\"\ngoal = \"g\"\naudience = [\"public\"]\nopens = 2026-02-01\ncloses = {closes}\nmessage = \"{message}\"\n"
        )
    };
    let (same, other) = (campaign("open  doors now", "2026-04-01"), campaign("Close doors.", "2026-04-01"));
    let (same, other) = (("campaigns/k.toml", same.as_str()), ("campaigns/k.toml", other.as_str()));
    tells_apart("competing-messages", &[goal, other], &[goal, same], today);
    tells_apart("off-message-campaign", &[goal, other], &[goal, same], today);
    let closed = campaign("Close doors.", "2026-02-28");
    assert_eq!(places("competing-messages", &[goal, ("campaigns/k.toml", &closed)], today), [""; 0]);
    let words = |count: usize| {
        format!("name = \"G\"\nproposed = 2026-01-01\nmessage = \"{}\"\n", vec!["word"; count].join(" "))
    };
    let (long, short) = (words(13), words(12));
    tells_apart("long-message", &[("goals/g.toml", &long)], &[("goals/g.toml", &short)], today);
    let root = format!("name = \"C\"\nmessage = \"{}\"\n", vec!["word"; 13].join(" "));
    assert_eq!(places("long-message", &[("coalition.toml", &root)], today), ["coalition.toml:2"]);
}

#[test]
fn campaigns_have_an_aim_and_an_outcome() {
    let campaign = |more: &str| format!("name = \"K\"\nopens = 2026-01-01\ncloses = 2026-02-01\n{more}");
    let of = |check: &str, more: &str, today: &str| {
        let (campaign, goal) = (campaign(more), "name = \"G\"\n");
        places(check, &[("campaigns/k.toml", &campaign), ("goals/g.toml", goal)], today)
    };
    assert_eq!(of("unreported-campaign", "", "2026-03-03"), [""; 0]);
    assert_eq!(of("unreported-campaign", "", "2026-03-04"), ["campaigns/k.toml:3"]);
    assert_eq!(of("unreported-campaign", "outcome = \"Kept.\"\n", "2026-03-04"), [""; 0]);
    assert_eq!(of("aimless-campaign", "goal = \"g\"\n", "2026-01-02").len(), 1);
    assert_eq!(of("aimless-campaign", "audience = [\"press\"]\n", "2026-01-02").len(), 1);
    assert_eq!(of("aimless-campaign", "goal = \"g\"\naudience = [\"press\"]\n", "2026-01-02"), [""; 0]);
    let crisis = "name = \"K\"\nopens = 2025-06-01\ncrisis = true\n";
    let late = |members: &[&str]| -> Vec<(String, String)> {
        let member = |id: &&str| {
            (
                format!("members/{id}.toml"),
                format!("name = \"{id}\"\nclassification = \"other\"\njoined = 2025-07-01\n"),
            )
        };
        let mut files: Vec<_> = members.iter().map(member).collect();
        files.push(("campaigns/k.toml".to_owned(), crisis.to_owned()));
        files
    };
    let fires = |members: &[&str]| {
        let files = late(members);
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        places("late-coalition", &files, "2026-01-01").len()
    };
    assert_eq!((fires(&["a", "b"]), fires(&["a"])), (1, 0), "two of three, one of three");
}

#[test]
fn partners_answer_each_other() {
    let request = |more: &str| format!("name = \"R\"\nmember = \"a\"\ndate = 2026-01-01\nneed = \"Help.\"\n{more}");
    let open = request("");
    turns("unanswered-request", &[("requests/r.toml", &open)], "2026-01-15", "2026-01-16", "requests/r");
    let refused = request("[[responses]]\nmember = \"b\"\ndate = 2026-01-02\nanswer = \"no\"\n");
    turns("unanswered-request", &[("requests/r.toml", &refused)], "2026-01-15", "2026-01-16", "requests/r");
    let left = "name = \"A\"\nclassification = \"library\"\njoined = 2025-01-01\nleft = 2026-01-10\n";
    let of_left = [("requests/r.toml", open.as_str()), ("members/a.toml", left)];
    assert_eq!(places("unanswered-request", &of_left, "2026-02-16"), [""; 0], "nobody waits for it");
    let answered = request("[[responses]]\nmember = \"b\"\ndate = 2026-01-20\nanswer = \"partly\"\n");
    assert_eq!(places("unanswered-request", &[("requests/r.toml", &answered)], "2026-01-19").len(), 1);
    assert_eq!(places("unanswered-request", &[("requests/r.toml", &answered)], "2026-01-20"), [""; 0]);
    let own = request("[[responses]]\nmember = \"a\"\ndate = 2026-01-02\nanswer = \"yes\"\n");
    assert_eq!(places("unanswered-request", &[("requests/r.toml", &own)], "2026-01-16").len(), 1);
    let closed = request("closed = 2026-01-10\n");
    assert_eq!(places("unanswered-request", &[("requests/r.toml", &closed)], "2026-02-16"), [""; 0]);
    let theirs = "name = \"S\"\nmember = \"b\"\ndate = 2026-01-05\nneed = \"Help.\"\n[[responses]]\nmember = \"c\"\nanswer = \"yes\"\n";
    let taking = [("requests/r.toml", answered.as_str()), ("requests/s.toml", theirs)];
    assert_eq!(places("one-way-support", &taking, "2026-03-01"), ["members/a.toml:1"]);
    let giving = format!("{theirs}[[responses]]\nmember = \"a\"\nanswer = \"partly\"\n");
    let giving = [("requests/r.toml", answered.as_str()), ("requests/s.toml", giving.as_str())];
    assert_eq!(places("one-way-support", &giving, "2026-03-01"), [""; 0]);
}

#[test]
fn claimed_ground_is_shared_in_writing() {
    let member = |id: &str| {
        format!("name = \"{id}\"\nclassification = \"other\"\njoined = 2025-01-01\nturf = [\"story-hours\"]\n")
    };
    let (a, b) = (member("a"), member("b"));
    let claims = [("members/a.toml", a.as_str()), ("members/b.toml", b.as_str())];
    assert_eq!(places("contested-turf", &claims, "2026-01-01"), ["members/a.toml:4"]);
    assert_eq!(places("contested-turf", &claims[..1], "2026-01-01"), [""; 0]);
    let pact = |more: &str| {
        format!(
            "name = \"Pact\"\ntext = \"We share.\"\neffective = 2025-06-01\nshares_turf = [\"story-hours\"]\n{more}"
        )
    };
    let (all, one) = (pact(""), pact("required_of = [\"b\", \"c\"]\n"));
    let with = |pact: &str, today: &str| {
        places("contested-turf", &[claims[0], claims[1], ("agreements/pact.toml", pact)], today).len()
    };
    assert_eq!(with(&all, "2026-01-01"), 0);
    assert_eq!(with(&one, "2026-01-01"), 1, "one of the two is no party");
    let over = pact("expires = 2025-12-31\n");
    assert_eq!((with(&over, "2025-12-31"), with(&over, "2026-01-01")), (0, 1));
}
