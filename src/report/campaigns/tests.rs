use super::*;
use crate::ledger::{Ledger, load};
use crate::output::document_text::text;
use crate::source::disk::Disk;

fn riverton() -> Ledger {
    load(&Disk::new("examples/riverton")).unwrap()
}

#[test]
fn who_was_contacted_for_a_campaign_is_counted_by_hand() {
    let ledger = riverton();
    let campaigns = Campaigns::of(&ReportRequest::new(&ledger, "2026-11-22".parse().unwrap()));
    let found: Vec<_> = campaigns
        .campaigns
        .iter()
        .map(|one| (one.campaign.id.as_str(), one.state, one.officials_contacted, one.officials.len(), one.contacts))
        .collect();
    let expected = [
        ("december-card-drive", State::Open, 0, 0, 0),
        ("mill-bend-call", State::Closed, 3, 3, 4),
        ("library-day-2026", State::Closed, 2, 2, 2),
    ];
    assert_eq!(found, expected);
}

#[test]
fn an_official_who_waits_comes_first_and_what_is_to_come_is_not_counted() {
    let mut files = crate::check::base_ledger();
    let official = |name: &str, contacts: &str| format!("name = \"{name}\"\n{contacts}");
    let contact = |day: &str, campaign: &str| {
        format!("[[contacts]]\ndate = {day}\nby = \"ben-okoro\"\ncampaign = \"{campaign}\"\n")
    };
    files.put("officials/pat.toml", official("Pat Quill", &contact("2026-06-01", "call")).as_bytes());
    files.put("officials/lee.toml", official("Lee Moss", &contact("2026-06-16", "call")).as_bytes());
    files.put("officials/kim.toml", official("Kim Ash", &contact("2026-06-01", "other")).as_bytes());
    let call = "name = \"Call\"\naudience = [\"public\"]\nopens = 2026-05-01\nofficials = [\"pat\", \"lee\", \"kim\", \"pat\"]\n";
    files.put("campaigns/call.toml", call.as_bytes());
    files.put("campaigns/old.toml", b"name = \"Old\"\ncloses = 2025-06-14\noutcome = \"Won.\"\n");
    files.put("campaigns/lost.toml", b"name = \"Lost\"\ncloses = 2025-06-14\n");
    let ledger = load(&files).unwrap();
    let request = ReportRequest::new(&ledger, "2026-06-15".parse().unwrap());
    let campaigns = Campaigns::of(&request);
    assert_eq!((campaigns.campaigns.len(), campaigns.earlier), (2, 1));
    let call = &campaigns.campaigns[0];
    let found: Vec<_> = call.officials.iter().map(|one| (one.official.name.as_str(), one.contacts)).collect();
    assert_eq!(found, [("Kim Ash", 0), ("Lee Moss", 0), ("Pat Quill", 1)]);
    assert!(campaigns.campaigns[1].outcome_overdue && !call.outcome_overdue);
    let page = text(&run(&request).document);
    assert!(page.contains("3 officials; 1 of 3 contacted for it"), "{page}");
    assert!(page.contains("Pat Quill: 1 contact, last Jun 1, by Ben Okoro"), "{page}");
    assert!(page.contains("no one has recorded what came of it"), "{page}");
}
