//! The pages of the example ledger, and of ledgers made to leak.

use super::*;
use crate::check::base_ledger;
use crate::finding::name::INVALID_VALUE;
use crate::ledger::load;
use crate::output::markdown_escape::escape;
use crate::record::member::Stage;
use crate::source::disk::Disk;
use crate::source::memory::Memory;
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::collections::BTreeSet;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn riverton() -> Ledger {
    load(&Disk::new(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/riverton"))).unwrap()
}

/// The base ledger with these files over it.
fn ledger(files: &[(&str, &str)]) -> Ledger {
    let mut memory: Memory = base_ledger();
    for (path, text) in files {
        memory.put(path, text.as_bytes());
    }
    load(&memory).unwrap()
}

fn rendered(ledger: &Ledger, today: &str) -> Vec<Page> {
    pages(ledger, date(today), &Templates::built_in().unwrap()).unwrap()
}

fn page(pages: &[Page], path: &str) -> String {
    pages.iter().find(|page| page.path == path).unwrap_or_else(|| panic!("no page {path}")).text.clone()
}

fn paths(pages: &[Page]) -> Vec<&str> {
    pages.iter().map(|page| page.path.as_str()).collect()
}

fn links(markdown: &str) -> Vec<String> {
    Parser::new_ext(markdown, Options::all())
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
            _ => None,
        })
        .collect()
}

/// The path that a relative link leads to from a page.
fn target(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => parts.truncate(parts.len() - 1),
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[test]
fn every_link_between_pages_leads_to_a_page_and_every_page_is_led_to() {
    let pages = rendered(&riverton(), "2026-11-22");
    let known: BTreeSet<String> = pages.iter().map(|page| page.path.clone()).collect();
    let mut reached = BTreeSet::from([INDEX.to_owned()]);
    for page in &pages {
        for link in links(&page.text).into_iter().filter(|link| !link.contains(':')) {
            let target = target(&page.path, &link);
            assert!(known.contains(&target), "{} links to {link}", page.path);
            reached.insert(target);
        }
    }
    assert_eq!(reached, known);
    assert_eq!(known.len(), 1 + 13 + 6 + 3);
}

#[test]
fn nobody_is_named_without_consent_and_no_prospect_is_told_of() {
    let ledger = riverton();
    let text: String = rendered(&ledger, "2026-11-22").into_iter().map(|page| page.text).collect();
    let today = date("2026-11-22");
    let (listed, unlisted): (Vec<_>, Vec<_>) = ledger.advocates.iter().partition(|advocate| advocate.is_listed(today));
    assert!(listed.iter().filter(|advocate| text.contains(advocate.name())).count() > 10);
    assert!(unlisted.len() > 3);
    for advocate in unlisted {
        assert!(!text.contains(advocate.name()), "{}", advocate.name());
    }
    for advocate in ledger.advocates.iter().filter(|advocate| ledger.members.find(&advocate.key.id).is_none()) {
        assert!(!text.contains(&*advocate.key.id), "{}", advocate.key.id);
    }
    let prospects: Vec<_> = ledger.members.iter().filter(|member| member.stage(today) != Stage::Joined).collect();
    assert!(prospects.len() > 3);
    for prospect in prospects.into_iter().filter(|member| member.left.is_none()) {
        assert!(!text.contains(prospect.name()), "{}", prospect.name());
    }
}

#[test]
fn private_fields_stay_in_the_repository() {
    let ledger = riverton();
    let text: String = rendered(&ledger, "2026-11-22").into_iter().map(|page| page.text).collect();
    let mut seen = 0;
    let notes = ledger.records().filter_map(|record| record.common().notes.as_ref());
    let of_members = ledger.members.iter().flat_map(|member| &member.contacts);
    let of_advocates = ledger.advocates.iter().flat_map(|advocate| &advocate.contacts);
    let summaries = of_members.chain(of_advocates).filter_map(|contact| contact.summary.as_ref());
    for private in notes.chain(summaries) {
        seen += 1;
        let start = escape(&private.chars().take(30).collect::<String>());
        assert!(!text.contains(start.as_str()), "{start}");
    }
    assert!(seen > 20, "{seen}");
    assert!(text.contains("+1 614-555-0100"), "the main desk is public");
    for detail in
        ["555-0110", "555-0163", "555-0168", "555-0127", "libraries@", "director@", "rosa.dw", "Rosa's kitchen"]
    {
        assert!(!text.contains(detail), "{detail}");
    }
}

#[test]
fn one_who_is_a_member_in_person_is_named_with_consent_only() {
    let member = "name = \"Cleo Abara\"\nclassification = \"individual\"\njoined = 2025-03-01\nrepresentative = \"cleo-abara\"\n";
    let goal = "name = \"Later hours\"\nproposed = 2025-04-01\nlead = \"cleo-abara\"\nowner = \"cleo-abara\"\n";
    let files = |consent| {
        let advocate = format!("name = \"Cleo Abara\"\nmember = \"cleo-abara\"\nrole = \"volunteer\"\n{consent}");
        let ledger = ledger(&[
            ("members/cleo-abara.toml", member),
            ("advocates/cleo-abara.toml", &advocate),
            ("goals/later-hours.toml", goal),
        ]);
        rendered(&ledger, "2026-06-15")
    };
    let unlisted = files("");
    let text: String = unlisted.iter().map(|page| page.path.clone() + &page.text).collect();
    assert!(!text.to_lowercase().contains("cleo"), "{text}");
    assert!(page(&unlisted, "goals/later-hours.md").contains("- Responsible: a volunteer\n"));
    assert!(page(&unlisted, "index.md").contains("| an individual member | Individual | March 1, 2025 |"));
    let advocate = "name = \"Cleo Abara\"\nrole = \"volunteer\"\n";
    let lost = ledger(&[("advocates/cleo-abara.toml", advocate), ("goals/later-hours.toml", goal)]);
    let lost = page(&rendered(&lost, "2026-06-15"), "goals/later-hours.md");
    assert!(
        lost.contains("- Leads the work: an individual member\n"),
        "the record is gone, the consent still not given"
    );
    let listed = files("[consent]\nlisted = true\n");
    assert!(paths(&listed).contains(&"members/cleo-abara.md"));
    assert!(page(&listed, "goals/later-hours.md").contains("- Leads the work: [Cleo Abara](../members/cleo-abara.md)"));
}

#[test]
fn records_that_are_incomplete_or_refer_to_nothing_still_have_pages() {
    let ledger = ledger(&[
        ("goals/empty.toml", "proposed = 2025-04-01\n"),
        (
            "goals/lost.toml",
            "name = \"Lost\"\nproposed = 2025-04-01\nlead = \"nowhere\"\nowner = \"no-body\"\n[[positions]]\noption = \"oppose\"\n[[milestones]]\n[measure]\n",
        ),
        ("goals/idea.toml", "name = \"Idea\"\n"),
        ("goals/Not An Id.toml", "name = \"Odd\"\nproposed = 2025-04-01\n"),
        ("agreements/blank.toml", "[[signatures]]\n[[amendments]]\n"),
        ("members/bare.toml", "joined = 2025-04-01\n[[contact_details]]\npublic = true\n[[links]]\n"),
    ]);
    let pages = rendered(&ledger, "2026-06-15");
    let expected = [
        "agreements/blank.md",
        "agreements/charter.md",
        "goals/empty.md",
        "goals/lost.md",
        "index.md",
        "members/alder-friends.md",
        "members/bare.md",
        "members/birch-library.md",
    ];
    assert_eq!(paths(&pages), expected);
    let lost = page(&pages, "goals/lost.md");
    assert!(lost.contains("- Leads the work: nowhere\n") && lost.contains("- Responsible: a person\n"), "{lost}");
    assert!(!lost.contains("## Steps") && !lost.contains("## Progress"), "{lost}");
    assert!(page(&pages, "index.md").contains("| Odd | Proposed on April 1, 2025 |"));
}

#[test]
fn what_is_to_come_has_not_happened() {
    let ledger = riverton();
    let early = rendered(&ledger, "2026-01-10");
    assert!(!paths(&early).contains(&"goals/digital-navigators.md"), "proposed in October");
    assert!(!paths(&early).contains(&"members/ferry-street-merchants.md"), "joined in May");
    assert!(page(&early, "goals/card-for-every-student.md").contains("2,874 of 5,600"));
    assert!(!page(&early, "goals/card-for-every-student.md").contains("mermaid"));
    assert!(page(&early, "agreements/charter.md").contains("Until this version takes effect, version 1 is in force."));
    assert!(page(&early, "agreements/charter.md").contains("- Version 1, October 8, 2024: First adopted text\n"));
    assert!(!page(&early, "agreements/charter.md").contains("- Version 2"));
}

#[test]
fn the_coalition_chooses_the_sorts_of_pages() {
    let root = "name = \"C\"\n[render]\ninclude = [\"index\", \"goals\"]\n";
    let goal = "name = \"Later hours\"\nproposed = 2025-04-01\nlead = \"alder-friends\"\n";
    let chosen = ledger(&[("coalition.toml", root), ("goals/later-hours.toml", goal)]);
    let pages = rendered(&chosen, "2026-06-15");
    assert_eq!(paths(&pages), ["goals/later-hours.md", "index.md"]);
    assert!(page(&pages, "goals/later-hours.md").contains("- Leads the work: Friends of the Alder Library\n"));
    let unknown = ledger(&[("coalition.toml", "name = \"C\"\n[render]\ninclude = [\"member\"]\n")]);
    assert_eq!(unknown.findings.iter().map(|finding| finding.check).collect::<Vec<_>>(), [INVALID_VALUE]);
}

#[test]
fn front_matter_is_there_when_asked_for() {
    let root = "name = \"C: one\"\nfounded = 2025-01-15\n[render]\nfront_matter = true\n";
    let pages = rendered(&ledger(&[("coalition.toml", root)]), "2026-06-15");
    assert!(page(&pages, "index.md").starts_with("---\ntitle: \"C: one\"\nkind: index\nid: index\n"));
    let charter = page(&pages, "agreements/charter.md");
    assert!(charter.starts_with("---\ntitle: Charter\nkind: agreement\nid: charter\ndate: 2025-02-01\n"), "{charter}");
    assert!(charter.contains("---\n\n# Charter\n"));
}

#[test]
fn the_words_of_an_agreement_are_shown_to_the_letter() {
    let words = "# Terms *as* signed\\n\\n```\\n<b>|x|</b>\\n```\\n<!-- keep a -->\\n\\n\\n&amp;\\n";
    let agreement = format!("name = \"Hostile\"\nrequired_of = \"nobody\"\ntext = \"{words}\"\n");
    let pages = rendered(&ledger(&[("agreements/hostile.toml", &agreement)]), "2026-06-15");
    let text = page(&pages, "agreements/hostile.md");
    let shown = "````text\n# Terms *as* signed\n\n```\n<b>|x|</b>\n```\n<!-- keep a -->\n\n\n&amp;\n````\n";
    assert!(text.contains(shown), "{text}");
    assert!(keep::find_kept_blocks(&text).unwrap().is_empty());
}

#[test]
fn an_own_template_makes_its_pages_and_may_not_leave_a_block_open() {
    let base = ledger(&[]);
    let custom = Templates::with_own([("member.md", "{{ title }} on {{ today | day }}")]).unwrap();
    let pages = super::pages(&base, date("2026-06-15"), &custom).unwrap();
    assert_eq!(page(&pages, "members/birch-library.md"), "Birch Public Library on June 15, 2026\n");
    let open = Templates::with_own([("member.md", "<!-- keep a -->\n")]).unwrap();
    let error = super::pages(&base, date("2026-06-15"), &open).unwrap_err();
    assert_eq!(error.template, "member.md");
    let wrong = Templates::with_own([("goal.md", "{{ goal.nothing }}")]).unwrap();
    let error = super::pages(&riverton(), date("2026-06-15"), &wrong).unwrap_err();
    assert_eq!((error.template.as_str(), error.line), ("goal.md", Some(1)));
}

#[test]
fn pages_differ_from_one_day_to_the_next_only_in_their_stamp() {
    let ledger = riverton();
    let folder = rendered(&ledger, "2026-11-22").into_iter().map(|page| (page.path, page.text)).collect();
    let first = WritePlan::new(rendered(&ledger, "2026-11-22"), &Default::default(), &Manifest::default());
    let second = WritePlan::new(rendered(&ledger, "2026-11-23"), &folder, &first.manifest);
    assert!(second.is_current(), "{:?}", second.write);
    assert_eq!(second.unchanged.len(), folder.len());
    assert_ne!(rendered(&ledger, "2026-11-22"), rendered(&ledger, "2026-11-23"));
}

#[test]
fn when_and_where_a_member_gathers_stays_off_its_page() {
    let pages = rendered(&riverton(), "2026-11-22");
    let meetings: Vec<String> = riverton()
        .members
        .iter()
        .filter_map(|member| Some(member.process.as_ref()?.meets.as_ref()?.value.to_string()))
        .collect();
    assert!(meetings.len() > 5);
    let found: Vec<_> = meetings.iter().filter(|meets| pages.iter().any(|page| page.text.contains(*meets))).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_goal_that_lost_ground_says_so() {
    let goal = "name = \"Stops\"\nadopted = 2026-01-01\n[measure]\nbaseline = 4\ntarget = 10\n[[measure.readings]]\ndate = 2026-02-01\nvalue = 1\n";
    let pages = rendered(&ledger(&[("goals/stops.toml", goal)]), "2026-06-15");
    let found = "**Further from the target than at the start**: 1 of 10 (February 1, 2026). It started at 4.";
    let page = page(&pages, "goals/stops.md");
    assert!(page.contains(found), "{page}");
}

#[test]
fn consent_counts_from_the_day_it_was_recorded() {
    let mut source = crate::check::base_ledger();
    let person = "name = \"Ana Lopez\"\nmember = \"alder-friends\"\n[consent]\nlisted = true\nrecorded = 2026-06-01\n";
    source.put("advocates/ana-lopez.toml", person.as_bytes());
    let ledger = crate::ledger::load(&source).unwrap();
    let named = |today| rendered(&ledger, today).iter().any(|page| page.text.contains("Ana Lopez"));
    assert!(!named("2026-05-31") && named("2026-06-01"));
}
