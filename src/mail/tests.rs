//! What is written to whom, and whether mail programs read it as it was meant.

use super::{Draft, Templates, Topic, eml, letters, mbox, page};
use crate::check::base_ledger;
use crate::ledger::{Ledger, load};
use crate::output::document_html::html;
use crate::report::ReportRequest;
use crate::source::disk::Disk;
use crate::source::memory::Memory;
use chrono::NaiveDate;
use clap::ValueEnum as _;
use mail_parser::MessageParser;

fn date(day: &str) -> NaiveDate {
    day.parse().unwrap()
}

fn drafts(ledger: &Ledger, topic: Topic, today: &str) -> Vec<Draft> {
    let written = letters(&ReportRequest::new(ledger, date(today)), topic);
    let templates = Templates::with_own([]).unwrap();
    written.letters.iter().map(|letter| templates.fill_in(topic, letter).unwrap()).collect()
}

/// A ledger in which every topic has something, with a name in other letters and one that tries to break out.
fn full(name: &str) -> Ledger {
    let mut files = base_ledger();
    let mut put = |path: &str, text: String| files.put(path, text.as_bytes());
    let quoted = toml_string(name);
    put(
        "advocates/eve.toml",
        format!(
            "name = {quoted}\nmember = \"elm\"\n[[contact_details]]\ntype = \"email\"\nvalue = \"eve@elm.example\"\n"
        ),
    );
    put("members/elm.toml", format!("name = {quoted}\njoined = 2026-01-10\nrepresentative = \"eve\"\n"));
    put("decisions/x.toml", format!("name = {quoted}\ntext = {quoted}\nproposed = 2026-06-01\ncloses = 2026-07-01\n"));
    put(
        "agreements/code.toml",
        format!("name = {quoted}\ntext = {quoted}\nsign_by = 2026-07-01\nrequired_of = \"members\"\n"),
    );
    put(
        "meetings/june.toml",
        format!(
            "name = {quoted}\ndate = 2026-06-09\nminutes = {quoted}\n\
             [[actions]]\nwhat = {quoted}\nowner = \"eve\"\ndue = 2026-06-12\n\
             [[actions]]\nwhat = \"Nobody\u{2019}s\"\n"
        ),
    );
    put("contributions/c.toml", format!("name = {quoted}\ndate = 2026-06-01\nkind = \"time\"\nmember = \"elm\"\n"));
    put(
        "officials/o.toml",
        format!(
            "name = {quoted}\nowner = \"eve\"\n[[contacts]]\ndate = 2026-06-01\nby = \"eve\"\nfollow_up = 2026-06-20\n"
        ),
    );
    load(&files).unwrap()
}

fn toml_string(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted += &format!("\\u{:04X}", u32::from(c)),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

#[test]
fn each_topic_writes_to_those_whom_it_concerns() {
    let ledger = full("Elm");
    for &topic in Topic::value_variants() {
        let drafts = drafts(&ledger, topic, "2026-06-15");
        let to_eve = |draft: &&Draft| draft.mailboxes().any(|mailbox| mailbox.address == "eve@elm.example");
        let draft = drafts.iter().find(to_eve).unwrap_or_else(|| panic!("{topic:?}: {drafts:#?}"));
        assert!(draft.body.contains("Elm") && !draft.subject.is_empty(), "{draft:#?}");
        assert!(!draft.body.contains("\n\n\n") && !draft.body.contains("{{"), "{}", draft.body);
    }
    let actions = letters(&ReportRequest::new(&ledger, date("2026-06-15")), Topic::Actions);
    assert_eq!(actions.unaddressed, ["Nobody\u{2019}s (no owner)"]);
    let birch = drafts(&ledger, Topic::Signatures, "2026-06-15");
    let birch = birch.iter().find(|draft| draft.key == "signatures-birch-library").unwrap();
    assert!(birch.subject.starts_with("Birch Public Library: "), "{}", birch.subject);
}

#[test]
fn minutes_go_to_all_without_showing_addresses() {
    let ledger = full("Elm");
    let [draft] = drafts(&ledger, Topic::Minutes, "2026-06-15").try_into().unwrap();
    assert!(draft.to.is_empty() && draft.copy.is_empty() && !draft.blind.is_empty());
    let mut files = base_ledger();
    files.put(
        "meetings/june.toml",
        b"name = \"June\"\ndate = 2026-06-09\nminutes = \"x\"\nminutes_published = 2026-06-10\n",
    );
    assert_eq!(drafts_of(&files, Topic::Minutes), 0, "sent already");
    files.put("meetings/june.toml", b"name = \"June\"\ndate = 2026-06-09\n");
    assert_eq!(drafts_of(&files, Topic::Minutes), 0, "no minutes");
}

fn drafts_of(files: &Memory, topic: Topic) -> usize {
    drafts(&load(files).unwrap(), topic, "2026-06-15").len()
}

#[test]
fn mail_programs_read_what_was_meant() {
    let name = "Zo\u{eb} \u{738b} \u{201c}Friends\u{201d}, Inc.";
    let ledger = full(name);
    for &topic in Topic::value_variants() {
        for draft in drafts(&ledger, topic, "2026-06-15") {
            let text = eml(&draft, date("2026-06-15"), "riverton");
            assert!(text.is_ascii() && text.lines().all(|line| line.len() <= 998), "{text}");
            assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{text}");
            let message = MessageParser::default().parse(text.as_bytes()).unwrap();
            assert_eq!(message.subject(), Some(draft.subject.as_str()));
            let body = message.body_text(0).unwrap().replace("\r\n", "\n");
            assert_eq!(body.trim_end(), draft.body.trim_end());
            let read = [message.to(), message.cc(), message.bcc()].into_iter().flatten().flat_map(|list| list.iter());
            let read: Vec<_> = read
                .map(|one| (one.name().unwrap_or_default().to_owned(), one.address().unwrap_or_default().to_owned()))
                .collect();
            let written: Vec<_> =
                draft.mailboxes().map(|mailbox| (mailbox.name.clone(), mailbox.address.clone())).collect();
            assert_eq!(read, written);
            assert!(message.from().is_none() && message.header_raw("X-Unsent").is_some());
        }
    }
}

#[test]
fn what_people_wrote_becomes_no_header_and_no_second_message() {
    let hostile = "A\r\nBcc: evil@example.org\r\n\r\nFrom evil\nFrom x@y Mon\u{202e}\u{7} {{ coalition }} </a><script>";
    let ledger = full(hostile);
    let mut seen = 0;
    for &topic in Topic::value_variants() {
        let all = drafts(&ledger, topic, "2026-06-15");
        for draft in &all {
            let text = eml(draft, date("2026-06-15"), "riverton");
            let message = MessageParser::default().parse(text.as_bytes()).unwrap();
            let addresses =
                [message.to(), message.cc(), message.bcc()].into_iter().flatten().flat_map(|list| list.iter());
            assert!(addresses.filter_map(|one| one.address()).all(|address| !address.contains("evil")), "{text}");
            assert_eq!(
                message.headers().iter().filter(|header| header.name().eq_ignore_ascii_case("bcc")).count(),
                usize::from(!draft.blind.is_empty())
            );
            assert!(!draft.body.contains(['\u{202e}', '\u{7}']), "{}", draft.body);
            seen += 1;
        }
        let mbox = mbox(&all, date("2026-06-15"), "riverton");
        assert_eq!(mbox.lines().filter(|line| line.starts_with("From ")).count(), all.len(), "{mbox}");
        let page = html(&page("R", topic, &all));
        assert!(!page.contains("<script>") && !page.contains("evil@example.org\""), "{page}");
    }
    assert!(seen > 6, "{seen}");
}

#[test]
fn who_has_no_address_is_named() {
    let ledger = load(&Disk::new("examples/riverton")).unwrap();
    let written = letters(&ReportRequest::new(&ledger, date("2026-11-22")), Topic::Signatures);
    assert!(!written.letters.is_empty());
    for letter in &written.letters {
        assert_eq!(letter.recipients.to.is_empty(), letter.recipients.missing.is_some(), "{letter:?}");
    }
}

#[test]
fn a_template_without_a_subject_is_refused() {
    let ledger = full("Elm");
    let written = letters(&ReportRequest::new(&ledger, date("2026-06-15")), Topic::Actions);
    let templates = Templates::with_own([("mail/actions.txt", "Dear all")]).unwrap();
    let error = templates.fill_in(Topic::Actions, &written.letters[0]).unwrap_err();
    assert_eq!((error.template.as_str(), error.line), ("mail/actions.txt", Some(1)));
    let templates = Templates::with_own([("mail/actions.txt", "Subject: {{ nothing }}\n")]).unwrap();
    assert_eq!(templates.fill_in(Topic::Actions, &written.letters[0]).unwrap_err().line, Some(1));
}
