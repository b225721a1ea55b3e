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
    pages(ledger, date(today), PageForm::Markdown, &Templates::built_in().unwrap()).unwrap()
}

fn html_site(ledger: &Ledger, today: &str) -> Vec<Page> {
    pages(ledger, date(today), PageForm::Html, &Templates::built_in().unwrap()).unwrap()
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
    let mut reached = BTreeSet::from(["index.md".to_owned()]);
    for page in pages.iter().filter(|page| page.path.ends_with(".md")) {
        for link in links(&page.text).into_iter().filter(|link| !link.contains(':')) {
            let target = target(&page.path, &link);
            assert!(known.contains(&target), "{} links to {link}", page.path);
            reached.insert(target);
        }
    }
    assert_eq!(reached, known);
    // The home page, nine others that list, and a page for each member, goal, agreement, decision, meeting, committee and campaign.
    assert_eq!(known.len(), 1 + 9 + 13 + 6 + 3 + 7 + 8 + 3 + 3 + 1);
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
    assert!(page(&unlisted, "members.md").contains("| an individual member | Individual | March 1, 2025 |"));
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
        "members/alder-friends.md",
        "members/bare.md",
        "members/birch-library.md",
    ];
    let is_expected = |path: &&str| ["agreements/", "goals/", "members/"].iter().any(|folder| path.starts_with(folder));
    assert_eq!(paths(&pages).into_iter().filter(is_expected).collect::<Vec<_>>(), expected);
    let lost = page(&pages, "goals/lost.md");
    assert!(lost.contains("- Leads the work: nowhere\n") && lost.contains("- Responsible: a person\n"), "{lost}");
    assert!(!lost.contains("## Steps") && !lost.contains("## Progress"), "{lost}");
    assert!(page(&pages, "goals.md").contains("| Odd | Proposed on April 1, 2025 |"));
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
    assert_eq!(paths(&pages), ["goals.md", "goals/later-hours.md", "index.md"]);
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
    assert!(keep::find_kept_blocks("hostile.md", &text).unwrap().is_empty());
}

#[test]
fn an_own_template_makes_its_pages_and_may_not_leave_a_block_open() {
    let base = ledger(&[]);
    let custom = Templates::with_own([
        ("member.md", "{{ title }} on {{ today | day }}"),
        ("layout.md", "{{ layout.body | safe }}"),
    ])
    .unwrap();
    let pages = super::pages(&base, date("2026-06-15"), PageForm::Markdown, &custom).unwrap();
    assert_eq!(page(&pages, "members/birch-library.md"), "Birch Public Library on June 15, 2026\n");
    let open = Templates::with_own([("member.md", "<!-- keep a -->\n")]).unwrap();
    let error = super::pages(&base, date("2026-06-15"), PageForm::Markdown, &open).unwrap_err();
    assert_eq!(error.template, "member.md");
    let wrong = Templates::with_own([("goal.md", "{{ goal.nothing }}")]).unwrap();
    let error = super::pages(&riverton(), date("2026-06-15"), PageForm::Markdown, &wrong).unwrap_err();
    assert_eq!((error.template.as_str(), error.line), ("goal.md", Some(1)));
}

#[test]
fn pages_differ_from_one_day_to_the_next_only_in_their_stamp() {
    let ledger = riverton();
    for made in [rendered, html_site] {
        let folder = made(&ledger, "2026-11-22").into_iter().map(|page| (page.path, page.text)).collect();
        let first = WritePlan::new(made(&ledger, "2026-11-22"), &Default::default(), &Manifest::default());
        let second = WritePlan::new(made(&ledger, "2026-11-23"), &folder, &first.manifest);
        assert!(second.is_current(), "{:?}", second.write);
        assert_eq!(second.unchanged.len(), folder.len());
        assert_ne!(made(&ledger, "2026-11-22"), made(&ledger, "2026-11-23"));
    }
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

/// What is between quotes after each of these attributes.
fn attribute<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let start = format!(" {name}=\"");
    page.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn an_html_site_is_whole() {
    let site = html_site(&riverton(), "2026-11-22");
    let known: BTreeSet<String> = site.iter().map(|page| page.path.clone()).collect();
    let mut pages = 0;
    for page in &site {
        assert!(page.text.len() < 100 << 10, "{} has {} bytes", page.path, page.text.len());
        if !page.path.ends_with(".html") {
            continue;
        }
        pages += 1;
        let (path, text) = (&page.path, &page.text);
        for part in ["<html lang=\"en\">", "<title>", "<main id=\"main\">", "<nav aria-label", "<h1 id="] {
            assert_eq!(text.matches(part).count(), 1, "{path}: {part}");
        }
        let anchors: BTreeSet<&str> = attribute(text, "id").into_iter().collect();
        assert_eq!(anchors.len(), attribute(text, "id").len(), "{path}");
        for link in attribute(text, "href").into_iter().filter(|link| !link.contains(':')) {
            match link.strip_prefix('#') {
                Some(anchor) => assert!(anchors.contains(anchor), "{path}: {link}"),
                None => assert!(known.contains(&target(path, link)), "{path}: {link}"),
            }
        }
        let style = text.split("<link ").nth(1).and_then(|rest| rest.split('>').next()).unwrap();
        assert!(text.matches("<link ").count() == 1 && !style.contains(':'), "{path} loads nothing from elsewhere");
        assert!(attribute(text, "src").iter().all(|address| !address.contains(':')), "{path}");
        assert!(!text.contains("<img") && !text.contains("<iframe") && !text.contains(" style="), "{path}");
    }
    assert_eq!(pages, known.len() - 4, "all others are the style, the search and the calendar");
    assert!(page(&site, "agreements/charter.html").contains("<h4 id=\"1-purpose\">1. Purpose</h4>"));
    assert!(page(&site, "goals/sunday-hours.html").contains("<ul class=\"chart\">"));
}

#[test]
fn both_forms_say_the_same() {
    let words = |markdown: &str| -> String {
        Parser::new_ext(markdown, Options::ENABLE_TABLES)
            .filter_map(|event| match event {
                Event::Text(text) | Event::Code(text) => Some(text.to_string()),
                _ => None,
            })
            .collect()
    };
    let ledger = riverton();
    let site = html_site(&ledger, "2026-11-22");
    for page in rendered(&ledger, "2026-11-22").iter().filter(|page| page.path.starts_with("decisions/")) {
        let html = self::page(&site, &page.path.replace(".md", ".html"));
        let main = html.split("<main id=\"main\">").nth(1).unwrap().split("</main>").next().unwrap();
        let shown: String = main.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text).collect();
        let plain = |text: &str| text.replace("&amp;", "&").split_whitespace().collect::<Vec<_>>().concat();
        let body = page.text.split("\n---\n\n").next().unwrap();
        assert_eq!(plain(&shown), plain(&words(body)), "{}", page.path);
    }
}

#[test]
fn a_page_leads_to_where_its_record_is_changed() {
    let with = |address: &str| {
        let root = format!("name = \"C\"\n[render]\nedit_url = \"{address}\"\n");
        rendered(&ledger(&[("coalition.toml", &root)]), "2026-06-15")
    };
    let pages = with("https://git.example.org/c/edit/main/");
    let line = "[Change this page](https://git.example.org/c/edit/main/members/birch-library.toml)";
    assert!(page(&pages, "members/birch-library.md").contains(line));
    assert!(page(&pages, "index.md").contains("/main/coalition.toml)"));
    assert!(!page(&pages, "members.md").contains("Change this page"), "no one file makes it");
    let pages = with("https://git.example.org/c/edit?file={path}&ref=main");
    let line = "(https://git.example.org/c/edit?file=members/birch-library.toml&amp;ref=main)";
    assert!(page(&pages, "members/birch-library.md").contains(line), "{}", page(&pages, "members/birch-library.md"));
    assert!(!page(&rendered(&ledger(&[]), "2026-06-15"), "index.md").contains("Change this page"));
}

#[test]
fn minutes_are_public_once_they_are_published() {
    let meeting = |more: &str| {
        let text = format!(
            "name = \"Spring\"\ndate = 2026-05-01\nurl = \"https://meet.example.org/x\"\nminutes = \"We *agreed*.\"\n{more}"
        );
        rendered(&ledger(&[("meetings/spring.toml", &text)]), "2026-06-15")
    };
    let said = |more: &str| page(&meeting(more), "meetings/spring.md").contains("We *agreed*.");
    assert!(said("minutes_published = 2026-05-09\n"));
    for more in
        ["", "minutes_published = 2026-07-09\n", "minutes_published = 2026-04-09\n", "minutes_publised = 2026-05-09\n"]
    {
        assert!(!said(more), "{more}");
    }
    assert!(!meeting("").iter().any(|page| page.text.contains("meet.example.org")), "anyone who has the link can join");
    // What a committee talks about is public with its minutes only.
    let of_committee = |more: &str| meeting(&format!("committee = \"steering\"\n{more}"));
    assert!(!paths(&of_committee("")).contains(&"meetings/spring.md"));
    assert!(paths(&of_committee("minutes_published = 2026-05-09\n")).contains(&"meetings/spring.md"));
}

#[test]
fn what_is_not_public_is_not_linked_from_what_is() {
    let pages = rendered(
        &ledger(&[
            ("goals/secret.toml", "name = \"Secret idea\"\n"),
            ("decisions/d.toml", "name = \"D\"\ntext = \"T\"\ngoal = \"secret\"\nproposed = 2026-05-01\n"),
            ("decisions/later.toml", "name = \"Later motion\"\ntext = \"T\"\nproposed = 2026-08-01\n"),
            ("campaigns/now.toml", "name = \"Now\"\ngoal = \"secret\"\nopens = 2026-05-01\n"),
            ("campaigns/soon.toml", "name = \"Planned strike\"\nopens = 2026-08-01\n"),
        ]),
        "2026-06-15",
    );
    let all: String = pages.iter().map(|page| format!("{}\n{}\n", page.path, page.text)).collect();
    assert!(paths(&pages).contains(&"decisions/d.md") && paths(&pages).contains(&"campaigns/now.md"));
    for hidden in ["Secret idea", "secret", "Later motion", "Planned strike"] {
        assert!(!all.contains(hidden), "{hidden}");
    }
}

#[test]
fn thanks_name_no_sum_and_no_one_who_is_not_listed() {
    let pages = rendered(
        &ledger(&[
            ("advocates/eve-moss.toml", "name = \"Eve Moss\"\n"),
            (
                "contributions/a.toml",
                "name = \"Toner from Eve Moss\"\nkind = \"copying\"\nadvocate = \"eve-moss\"\ndate = 2026-05-01\n",
            ),
            (
                "contributions/b.toml",
                "name = \"Rent\"\nkind = \"funding\"\nmember = \"birch-library\"\ndate = 2026-05-01\namount = \"1234.00\"\n",
            ),
        ]),
        "2026-06-15",
    );
    let all: String = pages.iter().map(|page| page.text.as_str()).collect();
    assert!(!all.contains("Moss") && !all.contains("Toner") && !all.contains("1,234") && !all.contains("1234"));
    let thanks = page(&pages, "thanks.md");
    assert!(thanks.contains("[Birch Public Library](members/birch-library.md): Rent (funding)"), "{thanks}");
    assert!(thanks.contains("Thank you also to those who gave and whom we do not name here."));
    assert!(page(&pages, "members/birch-library.md").contains("- Rent (funding) (May 1, 2026)"));
}
