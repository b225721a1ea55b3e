//! Files as EveryPolitician and others publish them.

use super::*;
use crate::edit::progress::Silent;
use crate::exchange::import::{ImportOptions, plan};
use crate::ledger::{Ledger, load};
use crate::source::memory::Memory;
use serde_json::json;

fn parliament() -> Value {
    json!({
        "persons": [
            {
                "id": "p1", "name": "Ana Mejía", "email": "ana@x.org", "gender": "female", "birth_date": "1970-01-01",
                "other_names": [{ "name": "Ana Mejía" }, { "name": "A. M." }, { "name": "A. M.", "lang": "de" }],
                "contact_details": [
                    { "type": "voice", "value": "+1 555" }, { "type": "twitter", "value": "ana" }, { "type": "fax", "value": "none" },
                ],
                "links": [{ "url": "https://x.org/a b", "note": "Wiki" }, { "url": "nowhere" }],
                "identifiers": [{ "scheme": "wikidata", "identifier": "Q1" }],
            },
            { "id": "p2", "name": "Ana Mejía" },
            { "id": "p3", "given_name": "Ben", "family_name": "Okoro" },
            { "id": "p4", "name": "Cam" },
        ],
        "organizations": [
            { "id": "house", "name": "House", "classification": "legislature", "seats": 21 },
            { "id": "party/x", "name": "X Party", "classification": "party" },
            { "id": "friends", "name": "Friends", "classification": "NGO" },
        ],
        "posts": [{ "id": "mayor", "label": "Mayor", "organization_id": "house", "area": { "name": "Riverton" } }],
        "areas": [{ "id": "a1", "name": "East" }],
        "events": [{ "id": "t1", "start_date": "2018" }, { "id": "t2", "start_date": "2022-01-05" }],
        "memberships": [
            { "person_id": "p1", "organization_id": "house", "on_behalf_of_id": "party/x", "role": "member", "area_id": "a1", "legislative_period_id": "t2" },
            { "person_id": "p1", "organization_id": "house", "role": "speaker", "legislative_period_id": "t1" },
            { "person_id": "p2", "post_id": "mayor", "start_date": "2020-05", "end_date": "2021-01-01" },
            { "person_id": "p3", "organization_id": "friends", "role": "chair" },
            { "person_id": "p4", "organization_id": "party/x" },
        ],
    })
}

#[test]
fn people_and_organizations_become_what_they_are_in_a_coalition() {
    let read = read(&parliament(), None).unwrap();
    let kinds: Vec<_> = read.records.iter().map(|record| (record.kind, record.place.as_str())).collect();
    let expected = [
        (Kind::Member, "organizations, entry 3"),
        (Kind::Official, "persons, entry 1"),
        (Kind::Official, "persons, entry 2"),
        (Kind::Advocate, "persons, entry 3"),
        (Kind::Advocate, "persons, entry 4"),
    ];
    assert_eq!(kinds, expected);
    let fields: Vec<Value> = read.records.into_iter().map(|record| Value::Object(record.fields)).collect();
    assert_eq!(
        fields[0],
        json!({ "name": "Friends", "classification": "nonprofit", "extra": { "popolo_id": "friends" } })
    );
    let ana = json!({
        "name": "Ana Mejía", "other_names": ["A. M."], "office": "Member, House", "jurisdiction": "House", "district": "East",
        "party": "X Party", "start_date": "2022-01-05", "notes": "Link in the file: nowhere",
        "links": [{ "url": "https://x.org/a%20b", "note": "Wiki" }],
        "contact_details": [
            { "type": "email", "value": "ana@x.org" }, { "type": "phone", "value": "+1 555" },
            { "type": "social", "value": "ana", "note": "twitter" }, { "type": "other", "value": "none", "note": "fax" },
        ],
        "extra": { "popolo_id": "p1", "identifiers": { "wikidata": "Q1" } },
    });
    assert_eq!(fields[1], ana);
    let mayor = json!({
        "name": "Ana Mejía", "office": "Mayor, House", "jurisdiction": "House", "district": "Riverton", "end_date": "2021-01-01",
        "notes": "In office from 2020-05; the file gives no day.", "extra": { "popolo_id": "p2" },
    });
    assert_eq!(fields[2], mayor);
    assert_eq!(
        fields[3],
        json!({ "name": "Ben Okoro", "member": "popolo:friends", "title": "Chair", "extra": { "popolo_id": "p3" } })
    );
    assert_eq!(read.ignored.into_iter().collect::<Vec<_>>(), ["birth_date of persons", "gender of persons"]);
    let advocates = super::read(&parliament(), Some(Kind::Advocate)).unwrap();
    assert_eq!(advocates.records.iter().filter(|record| record.kind == Kind::Advocate).count(), 4);
}

fn options(update: bool) -> ImportOptions<'static> {
    ImportOptions { update, identified: true, by_id: false, today: "2026-11-22".parse().unwrap(), progress: &Silent }
}

fn after(ledger: &Ledger, value: &Value, update: bool) -> (Ledger, usize) {
    let import = plan(ledger, read(value, None).unwrap().records, Vec::new(), &options(update));
    assert_eq!(import.problems, Vec::new());
    let mut source = Memory::default();
    source.put("coalition.toml", b"name = \"C\"\n");
    for (path, text) in &ledger.texts {
        source.put(path.as_str(), text.as_bytes());
    }
    for file in &import.changes.files {
        source.put(file.path.as_str(), file.after.as_ref().unwrap().as_bytes());
    }
    (load(&source).unwrap(), import.changes.files.len())
}

#[test]
fn a_file_is_recognized_by_its_own_numbers() {
    let (full, made) = after(&Ledger::default(), &parliament(), false);
    assert_eq!((made, full.findings.len()), (5, 0), "{:?}", full.findings);
    assert_eq!(full.advocates.find("ben-okoro").unwrap().member.as_ref().unwrap().value.to_string(), "friends");
    assert_eq!(full.members.find("friends").unwrap().identified.as_deref(), Some(&"2026-11-22".parse().unwrap()));
    assert!(full.officials.find("ana-mejia").is_some() && full.officials.find("ana-mejia-2").is_some());
    assert_eq!(after(&full, &parliament(), false).1, 0);
    let mut renamed = parliament();
    renamed["persons"].as_array_mut().unwrap().reverse();
    assert_eq!(after(&full, &renamed, false).1, 0);
    renamed["persons"][3]["name"] = json!("Ana Mejía Ruiz");
    let refused = plan(&full, read(&renamed, None).unwrap().records, Vec::new(), &options(false));
    assert_eq!(refused.problems.len(), 1);
    assert_eq!(refused.problems[0].place, "persons, entry 4");
    let (changed, files) = after(&full, &renamed, true);
    assert_eq!(
        (files, changed.officials.find("ana-mejia").unwrap().common.name.as_ref().unwrap().value.as_str()),
        (1, "Ana Mejía Ruiz")
    );
}

#[test]
fn what_is_no_popolo_is_refused() {
    for value in
        [json!([]), json!({}), json!({ "persons": 5 }), json!({ "persons": [7] }), json!({ "memberships": [] })]
    {
        assert!(read(&value, None).is_err(), "{value}");
    }
}

#[test]
fn ids_may_be_numbers_and_none_is_there_twice() {
    let file = json!({
        "organizations": [{ "id": 7, "name": "Friends" }],
        "persons": [{ "id": 1, "name": "Ana", "identifiers": [
            { "scheme": "tax", "identifier": 5 }, { "scheme": "tax", "identifier": "6" }, { "scheme": "x", "identifier": "1" },
        ] }],
        "memberships": [{ "person_id": 1, "organization_id": 7 }],
    });
    let records = read(&file, None).unwrap().records;
    assert_eq!(records[1].fields["member"], "popolo:7");
    assert_eq!(records[1].fields["extra"], json!({ "popolo_id": "1", "identifiers": { "tax": ["5", "6"], "x": "1" } }));
    let twice = json!({ "persons": [{ "id": "p", "name": "Ana" }, { "id": "p", "name": "Ben" }] });
    let notes_on_dates =
        plan(&Ledger::default(), read(&twice, None).unwrap().records, Vec::new(), &options(false)).problems;
    assert_eq!((notes_on_dates.len(), notes_on_dates[0].place.as_str()), (1, "persons, entry 2"), "{notes_on_dates:?}");
    assert!(notes_on_dates[0].reason.contains("persons, entry 1 has the same ID `p`"), "{notes_on_dates:?}");
}

#[test]
fn text_is_cleaned_and_what_came_to_harm_is_told() {
    let file = json!({ "persons": [
        { "id": 1, "name": "\u{200b}Rene\u{301}\u{feff}" }, { "id": 2, "name": "CafÃ©" }, { "id": 3, "name": "Caf\u{fffd}" },
    ] });
    let records = read(&file, None).unwrap().records;
    assert_eq!(records[0].fields["name"], "Ren\u{e9}");
    let notes_on_dates: Vec<String> =
        crate::exchange::damaged_text::find_damage(&records).iter().map(ToString::to_string).collect();
    assert!(
        notes_on_dates.len() == 2 && notes_on_dates[0].starts_with("persons, entry 2, name: \"CafÃ©\" was read"),
        "{notes_on_dates:?}"
    );
    assert!(
        notes_on_dates[1].starts_with("persons, entry 3, name: ") && notes_on_dates[1].contains("U+FFFD"),
        "{notes_on_dates:?}"
    );
}
