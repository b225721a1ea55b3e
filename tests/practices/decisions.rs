//! Decisions with their positions, meetings, the time that members need.

use super::{messages, places, turns};

fn position(member: &str, option: &str, more: &str) -> String {
    format!("\n[[positions]]\nmember = \"{member}\"\noption = \"{option}\"\n{more}")
}

/// A decision of March 1, 2026 with these fields and positions.
fn decision(method: &str, result: &str, positions: &str) -> String {
    format!(
        "name = \"D\"\ntext = \"That it be so.\"\nproposed = 2026-01-01\ncloses = 2026-02-28\ndecided = 2026-03-01\n\
         method = \"{method}\"\nresult = \"{result}\"\n{positions}"
    )
}

fn fires(check: &str, decision: &str) -> usize {
    places(check, &[("decisions/d.toml", decision)], "2026-03-10").len()
}

#[test]
fn a_result_is_borne_out_by_the_positions() {
    let of = |options: &[(&str, &str)]| -> String {
        options.iter().map(|(member, option)| position(member, option, "")).collect()
    };
    let (agree, object, block) = ("agree", "object", "block");
    for (method, result, positions, wrong) in [
        ("majority", "adopted", vec![("a", agree), ("b", agree), ("c", object)], 0),
        ("majority", "adopted", vec![("a", agree), ("b", object)], 1),
        ("majority", "adopted", vec![("a", agree), ("b", object), ("c", block)], 1),
        ("majority", "adopted", vec![("a", agree), ("b", "abstain"), ("c", "stand-aside")], 0),
        ("majority", "adopted", vec![], 0),
        ("majority", "adopted", vec![("a", "abstain"), ("b", "abstain")], 1),
        ("majority", "rejected", vec![("a", agree), ("b", agree), ("c", object)], 1),
        ("majority", "rejected", vec![("a", agree), ("b", object)], 0),
        ("majority", "deferred", vec![("a", object)], 0),
        ("two-thirds", "adopted", vec![("a", agree), ("b", agree), ("c", object)], 0),
        ("two-thirds", "adopted", vec![("a", agree), ("b", object)], 1),
        ("unanimity", "adopted", vec![("a", agree), ("b", agree), ("c", object)], 1),
        ("unanimity", "adopted", vec![("a", agree), ("b", agree), ("c", "abstain")], 0),
        ("delegated", "adopted", vec![("a", object)], 0),
        ("consensus", "adopted", vec![("a", object), ("b", "stand-aside")], 1),
        ("consensus", "adopted", vec![("a", agree), ("b", object)], 0),
        ("consensus", "rejected", vec![("a", agree), ("b", agree)], 1),
        ("consensus", "rejected", vec![("a", agree), ("b", "abstain")], 0),
    ] {
        let decision = decision(method, result, &of(&positions));
        assert_eq!(fires("wrong-result", &decision), wrong, "{method} {result} {positions:?}");
    }
    let late = position("a", agree, "date = 2026-03-02\n") + &of(&[("b", agree), ("c", object)]);
    assert_eq!(fires("wrong-result", &decision("majority", "adopted", &late)), 1, "a position after the decision");
    let stranger =
        "\n[[positions]]\nmember = \"x\"\noption = \"agree\"\n".to_owned() + &of(&[("b", agree), ("c", object)]);
    let left = "name = \"X\"\nclassification = \"other\"\njoined = 2025-01-01\nleft = 2026-01-01\n";
    let files = [("members/x.toml", left), ("decisions/d.toml", &decision("majority", "adopted", &stranger))];
    assert_eq!(places("wrong-result", &files, "2026-03-10").len(), 1, "a member that had left");
    assert_eq!(places("wrong-result", &files, "2026-02-27"), [""; 0], "it is not decided yet");
}

#[test]
fn an_unresolved_block_is_no_consensus() {
    let of = |more: &str| {
        let positions = position("a", "agree", "") + &position("b", "agree", "") + &position("c", "block", more);
        decision("consensus", "adopted", &positions)
    };
    assert_eq!(fires("false-consensus", &of("")), 1);
    assert_eq!(fires("false-consensus", &of("accommodation = \"A year of trial.\"\n")), 0);
    assert_eq!(fires("false-consensus", &of("").replace("\"block\"", "\"object\"")), 0);
    assert_eq!(fires("false-consensus", &of("").replace("consensus", "majority")), 0);
    assert_eq!(fires("false-consensus", &of("").replace("adopted", "deferred")), 0);
}

#[test]
fn a_tally_is_judged_and_told_in_figures() {
    let says = |check: &str, method: &str, result: &str, tally: &str| {
        let decision = decision(method, result, &format!("tally = {{ {tally} }}\n"));
        let [message]: [String; 1] =
            messages(check, &[("decisions/d.toml", &decision)], "2026-03-10").try_into().unwrap();
        message
    };
    assert_eq!(
        says("wrong-result", "majority", "adopted", "agree = 1, object = 1, block = 1"),
        "\u{201c}D\u{201d} was adopted by majority, but its tally does not support that: 1 agrees, 1 objects and 1 blocks"
    );
    assert_eq!(
        says("wrong-result", "two-thirds", "rejected", "agree = 2, stand_aside = 1"),
        "\u{201c}D\u{201d} was rejected by a two-thirds majority, but its tally does not support that: 2 agree and 1 stands aside"
    );
    assert_eq!(
        says("wrong-result", "majority", "adopted", "agree = 4"),
        "the tally of \u{201c}D\u{201d} counts 4 votes, but only 3 members may take part"
    );
    let one = decision("majority", "adopted", "eligible = [\"a\"]\ntally = { agree = 2 }\n");
    let expected = "the tally of \u{201c}D\u{201d} counts 2 votes, but only 1 member may take part";
    assert_eq!(messages("wrong-result", &[("decisions/d.toml", &one)], "2026-03-10"), [expected]);
    assert_eq!(
        says("inquorate-decision", "majority", "adopted", "agree = 1"),
        "\u{201c}D\u{201d} was decided with 1 of 3 members heard from (quorum 2)"
    );
    assert_eq!(
        says("false-consensus", "consensus", "adopted", "agree = 2, block = 1"),
        "\u{201c}D\u{201d} is recorded as a consensus, but its tally counts 1 block without a recorded answer"
    );
    // The tally counts where both are there, and none of it is judged where no one wrote a count.
    let both = |tally: &str| {
        decision("majority", "adopted", &format!("tally = {{ {tally} }}\n{}", position("a", "agree", "")))
    };
    assert_eq!(fires("wrong-result", &both("agree = 1, object = 2")), 1);
    assert_eq!(fires("wrong-result", &both("agree = 2, object = 1")), 0);
    assert_eq!(fires("wrong-result", &both("agree = 0")), 0, "a count of nobody is none");
}

#[test]
fn a_decision_needs_its_quorum() {
    let of = |members: &[&str], more: &str| {
        let positions: String = members.iter().map(|member| position(member, "agree", "")).collect();
        decision("consensus", "adopted", &format!("{more}{positions}"))
    };
    assert_eq!(
        (fires("inquorate-decision", &of(&["a"], "")), fires("inquorate-decision", &of(&["a", "b"], ""))),
        (1, 0)
    );
    assert_eq!(fires("inquorate-decision", &of(&["a", "b"], "quorum = 0.67\n")), 1);
    assert_eq!(fires("inquorate-decision", &of(&["a", "b"], "quorum = 0.66\n")), 0);
    assert_eq!(fires("inquorate-decision", &of(&["a"], "eligible = [\"a\", \"b\"]\n")), 0, "one of two");
    assert_eq!(fires("inquorate-decision", &of(&["c"], "eligible = [\"a\", \"b\"]\n")), 1, "none of two");
    assert_eq!(fires("inquorate-decision", &of(&[], "")), 0, "nobody wrote down who was heard");
    assert_eq!(fires("inquorate-decision", &of(&[], "tally = { agree = 1 }\n")), 1);
    assert_eq!(fires("inquorate-decision", &of(&[], "tally = { agree = 1, abstain = 1 }\n")), 0);
    let old = [("decisions/d.toml", &*of(&["a"], ""))];
    assert_eq!(places("inquorate-decision", &old, "2027-03-01").len(), 1);
    assert_eq!(places("inquorate-decision", &old, "2027-03-02"), [""; 0], "nobody can decide it again");
    let fourth = ("members/d.toml", "name = \"D\"\nclassification = \"other\"\njoined = 2026-03-02\n");
    let fifth = ("members/e.toml", "name = \"E\"\nclassification = \"other\"\njoined = 2026-03-02\n");
    let decision = of(&["a", "b"], "");
    let files = [fourth, fifth, ("decisions/d.toml", decision.as_str())];
    assert_eq!(places("inquorate-decision", &files, "2026-03-10"), [""; 0], "they joined after the decision");
}

#[test]
fn objections_are_answered_and_looked_at_again() {
    let of =
        |more: &str| decision("majority", "adopted", &(position("a", "agree", "") + &position("b", "object", more)));
    assert_eq!(fires("unanswered-objection", &of("")), 1);
    assert_eq!(fires("unanswered-objection", &of("accommodation = \"Yes.\"\n")), 0);
    assert_eq!(
        fires(
            "unanswered-objection",
            &of("").replace("decided = 2026-03-01\n", "").replace("result = \"adopted\"\n", "")
        ),
        0
    );
    let revisit = of("accommodation = \"Yes.\"\nrevisit = 2026-04-01\n");
    turns("overdue-revisit", &[("decisions/d.toml", &revisit)], "2026-04-01", "2026-04-02", "decisions/d");
    let goal = "name = \"G\"\nproposed = 2026-01-01\n\n[[positions]]\nmember = \"a\"\noption = \"oppose\"\nrevisit = 2026-04-01\n";
    turns("overdue-revisit", &[("goals/g.toml", goal)], "2026-04-01", "2026-04-02", "goals/g");
}

#[test]
fn decisions_have_a_method_a_deadline_and_time() {
    let open =
        "name = \"D\"\ntext = \"That it be so.\"\nproposed = 2026-01-01\ncloses = 2026-01-30\nmethod = \"majority\"\n";
    turns("overdue-decision", &[("decisions/d.toml", open)], "2026-01-30", "2026-01-31", "decisions/d");
    assert_eq!(places("unstructured-decision", &[("decisions/d.toml", open)], "2026-01-10"), [""; 0]);
    for without in ["method = \"majority\"\n", "closes = 2026-01-30\n"] {
        let text = open.replace(without, "");
        assert_eq!(places("unstructured-decision", &[("decisions/d.toml", &text)], "2026-01-10").len(), 1, "{without}");
    }
    let member = |days: u32| {
        format!("name = \"A\"\nclassification = \"other\"\njoined = 2025-01-01\n[process]\nlead_days = {days}\n")
    };
    let rushed = |days: u32| {
        places("rushed-decision", &[("decisions/d.toml", open), ("members/a.toml", &member(days))], "2026-01-10").len()
    };
    assert_eq!((rushed(29), rushed(30)), (0, 1), "there are 29 days");
    let pact = "name = \"Pact\"\ntext = \"x\"\neffective = 2026-01-01\nsign_by = 2026-01-30\n";
    let signing = |days: u32| {
        places("rushed-signing", &[("agreements/p.toml", pact), ("members/a.toml", &member(days))], "2026-01-10").len()
    };
    assert_eq!((signing(29), signing(30)), (0, 1));
}

#[test]
fn notices_and_minutes_are_in_time_and_actions_are_done() {
    let meeting = |more: &str| format!("name = \"M\"\ndate = 2026-02-01\n{more}");
    let of = |check: &str, more: &str, today: &str| places(check, &[("meetings/m.toml", &meeting(more))], today).len();
    let unpublished = meeting("");
    turns("late-minutes", &[("meetings/m.toml", &unpublished)], "2026-02-15", "2026-02-16", "meetings/m");
    assert_eq!(of("late-minutes", "minutes_published = 2026-02-15\n", "2026-03-01"), 0);
    assert_eq!(of("late-minutes", "minutes_published = 2026-02-16\n", "2026-03-01"), 1);
    assert_eq!(of("late-minutes", "cancelled = true\n", "2026-03-01"), 0);
    assert_eq!(of("late-notice", "notice_sent = 2026-01-25\n", "2026-01-26"), 0, "seven days");
    assert_eq!(of("late-notice", "notice_sent = 2026-01-26\n", "2026-01-26"), 1, "six days");
    assert_eq!((of("late-notice", "", "2026-01-25"), of("late-notice", "", "2026-01-26")), (0, 1));
    let action = |more: &str| format!("[[actions]]\nwhat = \"Call\"\n{more}");
    assert_eq!(of("unowned-action", &action(""), "2026-02-02"), 1);
    assert_eq!(of("unowned-action", &action("owner = \"ann\"\n"), "2026-02-02"), 0);
    assert_eq!(of("unowned-action", &action(""), "2026-01-31"), 0, "the meeting is to come");
    let due = action("owner = \"ann\"\ndue = 2026-02-20\n");
    assert_eq!((of("overdue-action", &due, "2026-02-20"), of("overdue-action", &due, "2026-02-21")), (0, 1));
    let done = action("due = 2026-02-20\ndone = 2026-02-25\n");
    assert_eq!((of("overdue-action", &done, "2026-02-24"), of("overdue-action", &done, "2026-02-25")), (1, 0));
}

#[test]
fn required_sectors_are_there() {
    let root = "name = \"C\"\n\n[policy]\nrequired_sectors = [\"health\"]\n";
    let member =
        "name = \"A\"\nclassification = \"other\"\nsector = \"health\"\njoined = 2025-06-01\nleft = 2026-01-01\n";
    let files = [("coalition.toml", root), ("members/a.toml", member)];
    assert_eq!(places("missing-sector", &files, "2025-05-31"), ["coalition.toml:4"]);
    assert_eq!(places("missing-sector", &files, "2025-12-31"), [""; 0]);
    assert_eq!(places("missing-sector", &files, "2026-01-01"), ["coalition.toml:4"]);
}
