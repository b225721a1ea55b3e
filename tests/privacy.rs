//! Nothing private leaves: what is planted in every private field, and every name that is withheld, is looked for in everything that
//! is made for others. Fields come from the field tables, so that a new one is covered by itself.

use crate::history::{commit, git};
use crate::ledger::{Ledger, run_in};
use coalition::Kind;
use coalition::internal::record::fields_of;
use coalition::internal::record::{Field, Shape};
use std::fs;
use std::path::Path;

/// A word that stands in every private value.
const SECRET: &str = "Zyxwvut";

/// The fields on the way to a field, the field last.
pub type Way = Vec<&'static Field>;

/// Every field of a kind, at any depth.
pub fn ways(kind: Kind) -> Vec<Way> {
    fn walk(field: &'static Field, above: &[&'static Field], found: &mut Vec<Way>) {
        let way: Way = above.iter().copied().chain([field]).collect();
        if let Shape::Table(table) = (field.shape)() {
            table.fields.iter().for_each(|field| walk(field, &way, found));
        }
        found.push(way);
    }
    let mut found = Vec::new();
    fields_of(kind).for_each(|field| walk(field, &[], &mut found));
    found
}

fn dotted(way: &Way) -> String {
    way.iter().map(|field| field.name).collect::<Vec<_>>().join(".")
}

/// The lines that must be in a table, but for one field.
fn required(fields: impl Iterator<Item = &'static Field>, but: &str) -> String {
    let needed = fields.filter(|field| field.flags.required && field.name != but);
    needed.map(|field| format!("{} = {}\n", field.name, field.example)).collect()
}

/// A record of a kind in which one field has this value.
pub fn record(kind: Kind, way: &Way, value: &str) -> String {
    let (last, tables) = way.split_last().unwrap();
    let mut text = required(fields_of(kind), way[0].name);
    let mut name = String::new();
    for (at, table) in tables.iter().enumerate() {
        name = if name.is_empty() { table.name.to_owned() } else { format!("{name}.{}", table.name) };
        let Shape::Table(def) = (table.shape)() else { panic!("{name} is a table") };
        let below = way[at + 1];
        text += &if table.many { format!("\n[[{name}]]\n") } else { format!("\n[{name}]\n") };
        text += &required(def.fields.iter(), below.name);
    }
    let value = if last.many { format!("[{value}]") } else { value.to_owned() };
    match (last.shape)() {
        Shape::Free => text += &format!("\n[{}]\nkey = {value}\n", last.name),
        _ => text += &format!("{} = {value}\n", last.name),
    }
    text
}

/// A value of the shape of a field that holds some words, where it can.
fn holding(field: &Field, words: &str) -> Option<String> {
    match (field.shape)() {
        Shape::Line | Shape::Prose | Shape::Free | Shape::Path => Some(format!("\"{words}\"")),
        Shape::Url => Some(format!("\"https://example.org/{}\"", words.replace(' ', "/"))),
        _ => None,
    }
}

/// Every text that is made for others of a ledger, with the call that made it.
fn all_for_others(place: &Path, member: &str) -> Vec<(String, Vec<u8>)> {
    let mut made = Vec::new();
    let mut call = |arguments: &[&str]| {
        let answer = run_in(place, arguments);
        assert!(!answer.stderr.contains("would tell others"), "{arguments:?}: {}", answer.stderr);
        assert!(answer.status < 2, "{arguments:?}: {}", answer.stderr);
        made.push((format!("{arguments:?}"), answer.stdout.into_bytes()));
    };
    let out = tempfile::tempdir().unwrap();
    let to = |name: &str| out.path().join(name).to_str().unwrap().to_owned();
    call(&["export", "--preview"]);
    call(&["export", "--format", "jsonl"]);
    call(&["export", "--to", &to("tables")]);
    call(&["export", "--format", "jsonl", "--to", &to("lines")]);
    call(&["export", "--format", "sqlite", "--to", &to("coalition.db")]);
    call(&["export", "allowed-signers"]);
    call(&["report", "calendar", "--format", "ics"]);
    let listed = Kind::ALL.map(Kind::singular).into_iter().chain(["signatures"]);
    listed.for_each(|kind| call(&["list", kind, "--format", "csv"]));
    for kind in Kind::ALL {
        let fields = fields_of(kind).filter(|field| !field.flags.private).map(|field| field.name);
        let fields: Vec<&str> = fields.collect();
        call(&["list", kind.singular(), "--format", "csv", "--fields", &fields.join(",")]);
    }
    call(&["verify", "--format", "csv"]);
    for report in
        coalition::internal::report::ALL.iter().filter(|report| !["member", "advocate"].contains(&report.name))
    {
        for format in ["text", "markdown", "html", "json", "yaml"] {
            call(&["report", report.name, "--for", member, "--format", format]);
        }
    }
    call(&["render"]);
    call(&["render", "--format", "html", "--output", &to("site")]);
    let pages = walkdir::WalkDir::new(place.join("pages")).into_iter().chain(walkdir::WalkDir::new(out.path()));
    for file in pages.filter_map(Result::ok).filter(|entry| entry.file_type().is_file()) {
        made.push((file.path().display().to_string(), fs::read(file.path()).unwrap()));
    }
    made
}

/// Whether bytes hold a word in any case; lines of a calendar are unfolded.
fn holds(bytes: &[u8], word: &str) -> bool {
    let text = String::from_utf8_lossy(bytes).replace("\r\n ", "").to_lowercase();
    text.contains(&word.to_lowercase())
}

/// A ledger with a member that everything is made for.
fn small() -> Ledger {
    let ledger = Ledger::of_three();
    ledger.append("coalition.toml", "\n[render]\noutput = \"pages\"\n");
    ledger
}

#[test]
fn what_stands_in_private_fields_stays() {
    let ledger = small();
    let mut planted = 0;
    for kind in Kind::ALL {
        let private = ways(kind).into_iter().filter(|way| way.last().unwrap().flags.private);
        for (nth, way) in private.enumerate() {
            let field = way.last().unwrap();
            let value = holding(field, &format!("{SECRET} {kind} {nth}"))
                .unwrap_or_else(|| panic!("{kind}: nothing can be planted in `{}` yet", dotted(&way)));
            ledger.put(&format!("{}/{kind}-planted-{nth}.toml", kind.folder()), &record(kind, &way, &value));
            planted += 1;
        }
    }
    ledger.put("meetings/closed.toml", &format!("name = \"Closed\"\ndate = 2026-11-10\nminutes = \"{SECRET}\"\n"));
    ledger.put(
        "meetings/closed-yet.toml",
        &format!("name = \"Closed\"\ndate = 2026-11-10\nminutes = \"{SECRET}\"\nminutes_published = 2026-12-01\n"),
    );
    for (nth, kind) in ["email", "phone", "mobile", "fax", "address", "url", "social", "other"].into_iter().enumerate()
    {
        let value = match kind {
            "email" => format!("{SECRET}@example.org"),
            "url" => format!("https://example.org/{SECRET}"),
            _ => format!("{SECRET} 555 010 {nth}"),
        };
        let detail = format!("[[contact_details]]\ntype = \"{kind}\"\nvalue = \"{value}\"\n");
        ledger
            .put(&format!("members/detail-{nth}.toml"), &format!("name = \"D\"\nclassification = \"other\"\n{detail}"));
        ledger.put(
            &format!("advocates/detail-{nth}.toml"),
            &format!("name = \"D {nth}\"\n{detail}\n[consent]\nlisted = true\n"),
        );
        let flag = if ["mobile", "address", "other"].contains(&kind) { "" } else { "public = false\n" };
        ledger.put(&format!("officials/detail-{nth}.toml"), &format!("name = \"O {nth}\"\n{detail}{flag}"));
    }
    assert!(planted >= 25, "{planted}");
    let all = run_in(ledger.path(), &["export", "--format", "jsonl", "--private"]).stdout;
    assert!(all.matches(SECRET).count() >= planted + 26, "with --private all of it leaves");
    for (call, bytes) in all_for_others(ledger.path(), "alder-friends") {
        assert!(!holds(&bytes, SECRET), "{call}");
    }
}

#[test]
fn who_is_not_listed_has_no_name_anywhere() {
    let ledger = small();
    let person = |more: &str| {
        format!(
            "name = \"{SECRET} Qrst\"\nother_names = [\"Old {SECRET}\"]\nother_ids = [\"was-{SECRET}\"]\nrole = \"trustee\"\n\
             title = \"Chair {SECRET}\"\nlinks = [{{ url = \"https://example.org/{SECRET}\" }}]\nend_date = 2026-12-24\n{more}\n\
             [[contact_details]]\ntype = \"email\"\nvalue = \"{SECRET}@example.org\"\npublic = true\n\n\
             [[accounts]]\nhost = \"github.com\"\nhandle = \"{SECRET}\"\n"
        )
        .replace(&format!("was-{SECRET}"), "was-zyxwvut")
    };
    ledger.put("advocates/zyxwvut-qrst.toml", &person("member = \"alder-friends\""));
    ledger.put(
        "members/zyxwvut-qrst.toml",
        &format!(
            "name = \"{SECRET} Qrst\"\nclassification = \"individual\"\njoined = 2026-01-10\nrepresentative = \"zyxwvut-qrst\"\n\
             url = \"https://example.org/{SECRET}\"\n"
        ),
    );
    let mut planted = 0;
    for kind in Kind::ALL {
        for (nth, way) in ways(kind).into_iter().enumerate() {
            let field = way.last().unwrap();
            if !matches!((field.shape)(), Shape::Reference(Kind::Advocate | Kind::Member)) {
                continue;
            }
            let path = format!("{}/{kind}-planted-{nth}.toml", kind.folder());
            ledger.put(&path, &record(kind, &way, "\"zyxwvut-qrst\""));
            planted += 1;
        }
    }
    ledger.put(
        "meetings/next.toml",
        &format!(
            "name = \"Next\"\ndate = 2026-12-08\nchair = \"zyxwvut-qrst\"\n\n[[attendance]]\nname = \"Guest {SECRET}\"\n\n\
             [[actions]]\nwhat = \"Call\"\nowner = \"zyxwvut-qrst\"\ndue = 2026-12-01\n"
        ),
    );
    let digest = run_in(ledger.path(), &["terms", "charter", "--digest"]).stdout;
    ledger.put(
        "signatures/charter/zyxwvut-qrst.toml",
        &format!(
            "[[signatures]]\nby = \"zyxwvut-qrst\"\ntitle = \"{SECRET}\"\ndate = 2026-02-01\nterms = \"{}\"\nevidence = \"{SECRET}.pdf\"\n",
            digest.trim()
        ),
    );
    assert!(planted >= 30, "{planted}");
    for (call, bytes) in all_for_others(ledger.path(), "alder-friends") {
        assert!(!holds(&bytes, SECRET), "{call}");
    }
    let feed = run_in(ledger.path(), &["report", "calendar", "--for", "alder-friends", "--private"]).stdout;
    assert!(feed.contains(SECRET), "the coalition's own people may know");
    assert!(run_in(ledger.path(), &["list", "advocates"]).stdout.contains(SECRET));
    assert!(run_in(ledger.path(), &["list", "advocates", "--format", "csv", "--private"]).stdout.contains(SECRET));
}

/// Whether a field can hold a sentence that leaves.
fn is_text(field: &Field) -> bool {
    matches!((field.shape)(), Shape::Line | Shape::Prose)
}

#[test]
fn a_text_that_names_somebody_all_the_same_stops_the_export_and_is_named() {
    let (mut refused, mut silent) = (0, Vec::new());
    for kind in Kind::ALL {
        let texts = ways(kind).into_iter().filter(|way| is_text(way.last().unwrap()));
        let texts: Vec<Way> = texts.filter(|way| !way.iter().any(|field| field.flags.private)).collect();
        for way in texts {
            // An organization, an official, a person who is listed may be called that: their names are public.
            let is_name = ["name", "other_names"].contains(&way[0].name);
            if is_name && [Kind::Member, Kind::Advocate, Kind::Official].contains(&kind) {
                continue;
            }
            let ledger = small();
            ledger.put("advocates/eve.toml", "name = \"\u{c9}ve O\u{2019}Moss\"\nrole = \"trustee\"\n");
            let path = format!("{}/planted.toml", kind.folder());
            let mut text = record(kind, &way, "\"Thanks to  eve o'moss!\"");
            if kind == Kind::Advocate && way[0].name != "consent" {
                text += "\n[consent]\nlisted = true\n";
            }
            if kind == Kind::Meeting && dotted(&way) == "minutes" {
                text += "minutes_published = 2026-11-01\n";
            }
            ledger.put(&path, &text);
            let answer = run_in(ledger.path(), &["export", "--format", "jsonl"]);
            let field = dotted(&way);
            if answer.stdout.is_empty() && answer.stderr.contains("nothing was exported") {
                assert_eq!(answer.status, 1, "{}", answer.stderr);
                let place = format!("{path}:");
                assert!(
                    answer.stderr.contains(&place) && answer.stderr.contains(&format!("`{field}`")),
                    "{kind} {field}: {}",
                    answer.stderr
                );
                refused += 1;
            } else {
                assert!(!holds(answer.stdout.as_bytes(), "moss"), "{kind} {field}");
                silent.push(format!("{kind} {field}"));
            }
        }
    }
    assert!(refused > 60, "{refused}; not of {silent:?}");
}

#[test]
fn nothing_is_written_where_a_text_tells_what_is_withheld() {
    let ledger = small();
    ledger.put(
        "advocates/eve-moss.toml",
        "name = \"Eve Moss\"\n\n[[contact_details]]\ntype = \"phone\"\nvalue = \"(555) 010-4477\"\n",
    );
    ledger.put("goals/doors.toml", "name = \"Doors\"\nproposed = 2026-10-01\ncommunity_need = \"\"\"\nAsk Eve\nMoss.\"\"\"\nlead = \"alder-friends\"\ndue = 2026-12-01\nadopted = 2026-10-02\n");
    let stopped = |arguments: &[&str], place: &str| {
        let answer = run_in(ledger.path(), arguments);
        assert_eq!((answer.status, answer.stdout.as_str()), (1, ""), "{arguments:?}: {}", answer.stderr);
        assert!(answer.stderr.contains(place), "{arguments:?}: {}", answer.stderr);
        answer.stderr
    };
    let out = ledger.path().join("out");
    let to = out.to_str().unwrap();
    let place = "goals/doors.toml:3, `community_need`, contains the name Eve Moss, of a person who has not agreed to be listed (advocates/eve-moss.toml:1)";
    stopped(&["export", "--to", to], place);
    stopped(&["export", "--format", "sqlite", "--to", to], place);
    stopped(&["export", "--format", "jsonl", "--to", to], place);
    stopped(&["export", "--format", "jsonl"], place);
    stopped(&["render"], place);
    stopped(&["render", "--check"], place);
    assert!(!out.exists() && !ledger.path().join("pages").exists());
    stopped(&["list", "goals", "--format", "csv", "--fields", "name,community_need"], place);
    assert_eq!(run_in(ledger.path(), &["list", "goals", "--format", "csv"]).status, 0, "this column is not in it");
    assert_eq!(run_in(ledger.path(), &["export", "--private", "--to", to]).status, 0);
    let preview = run_in(ledger.path(), &["export", "--preview"]);
    assert!(
        preview.status == 1 && preview.stderr.contains(place) && preview.stdout.contains("Tables"),
        "{}",
        preview.stderr
    );

    // A number is found however it is written, and is not said again.
    ledger.replace("goals/doors.toml", "Ask Eve\nMoss.", "Call +1 555.010.4477.");
    let message = stopped(
        &["export", "--format", "jsonl"],
        "goals/doors.toml:3, `community_need`, contains a private contact detail (Phone)",
    );
    assert!(message.contains("advocates/eve-moss.toml:5") && !message.contains("4477"), "{message}");

    // An id of a record that was made of a name.
    ledger.replace("goals/doors.toml", "Call +1 555.010.4477.", "Doors.");
    ledger.put("contributions/2026-10-01-food-eve-moss.toml", "name = \"Food\"\nkind = \"food\"\ndate = 2026-10-01\n");
    stopped(
        &["export", "--format", "jsonl"],
        "the name of contributions/2026-10-01-food-eve-moss.toml contains the id eve-moss",
    );
    fs::remove_file(ledger.path().join("contributions/2026-10-01-food-eve-moss.toml")).unwrap();

    // The feed, and what is made for one member.
    ledger.put("meetings/next.toml", "name = \"Talk with Moss, Eve\"\ndate = 2026-12-08\n");
    stopped(&["report", "calendar", "--format", "ics"], "meetings/next.toml:1, `name`, contains the name Eve Moss");
    stopped(&["report", "--for", "alder-friends"], "meetings/next.toml:1");
    assert_eq!(run_in(ledger.path(), &["report"]).status, 0);

    // Text that people keep on a page comes back to it.
    fs::remove_file(ledger.path().join("meetings/next.toml")).unwrap();
    assert_eq!(run_in(ledger.path(), &["render"]).status, 0);
    let page = fs::read_to_string(ledger.path().join("pages/goals/doors.md")).unwrap();
    let (head, tail) = page.split_once("<!-- /keep -->").unwrap();
    ledger.put("pages/goals/doors.md", &format!("{head}Eve Moss said so.\n<!-- /keep -->{tail}"));
    ledger.replace("goals/doors.toml", "Doors.", "More doors.");
    stopped(&["render"], "goals/doors.md contains the name Eve Moss");
}

#[test]
fn common_words_and_public_names_do_not_stop_anything() {
    let ledger = small();
    ledger.put("advocates/art.toml", "name = \"Art\"\n");
    ledger.put("advocates/may.toml", "name = \"May\"\nother_names = [\"the chair\"]\n");
    ledger.put("advocates/al-moss.toml", "name = \"Al Moss\"\n\n[[contact_details]]\ntype = \"address\"\nvalue = \"Riverton\"\n\n[[contact_details]]\ntype = \"phone\"\nvalue = \"2026\"\n");
    ledger.put("members/moss.toml", "name = \"Al Moss Memorial Library\"\nclassification = \"library\"\njoined = 2026-01-01\nurl = \"https://moss.example.org\"\n\n[[contact_details]]\ntype = \"url\"\nvalue = \"https://moss.example.org/\"\n");
    ledger.put("goals/g.toml", "name = \"Art in May\"\ntags = [\"art\"]\ncommunity_need = \"In May 2026 the Al Moss Memorial Library of Riverton shows art to the chair. Global mosses.\"\n");
    ledger.put("meetings/m.toml", "name = \"M\"\ndate = 2026-10-01\nurl = \"https://meet.example.org/room\"\n[[attendance]]\nname = \"Two reporters\"\n[[attendance]]\nname = \"Pat\"\n[[actions]]\nwhat = \"Two reporters asked about art\"\n");
    ledger.put("goals/h.toml", "name = \"H\"\nlinks = [{ url = \"https://meet.example.org/room-rules\" }]\n");
    ledger.put("advocates/zed-quill.toml", "name = \"Zed Quill\"\nother_names = [\"Buzz\"]\n");
    ledger.put("advocates/buzz-lane.toml", "name = \"Buzz Lane\"\n\n[consent]\nlisted = true\n");
    ledger.put("goals/i.toml", "name = \"I\"\ncommunity_need = \"Buzz Lane makes the buzz\"\n");
    let answer = run_in(ledger.path(), &["export", "--format", "jsonl"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    assert_eq!(run_in(ledger.path(), &["render"]).status, 0);
    let refuses = |text: &str| {
        ledger.put("goals/j.toml", &format!("name = \"J\"\ncommunity_need = \"{text}\"\n"));
        run_in(ledger.path(), &["export", "--format", "jsonl"]).status == 1
    };
    ledger.put("advocates/wang.toml", "name = \"王小明\"\n");
    ledger.put("advocates/anne-marie.toml", "name = \"Anne-Marie\"\n");
    for named in ["thanks, Buzz!", "感谢王小明的帮助", "Anne\u{2011}Marie\u{2019}s idea"] {
        assert!(refuses(named), "{named}");
    }
    assert!(!refuses("the buzz of Buzz Lane, Anne and Marie, 小明"));
    ledger.append("goals/g.toml", "message = \"Ask Al Moss\"\n");
    assert_eq!(run_in(ledger.path(), &["export", "--format", "jsonl"]).status, 1);
}

#[test]
fn numbers_and_rows_tell_nothing_of_the_ids() {
    let exported = |first: &str, second: &str| {
        let ledger = small();
        for person in ["ana", "ben", "cam"] {
            ledger.append(&format!("advocates/{person}.toml"), "[consent]\nlisted = true\n");
        }
        ledger.put(
            &format!("advocates/{first}.toml"),
            "name = \"One\"\nrole = \"trustee\"\nmember = \"alder-friends\"\n",
        );
        ledger
            .put(&format!("advocates/{second}.toml"), "name = \"Two\"\nrole = \"friend\"\nmember = \"cedar-school\"\n");
        ledger.put("committees/c.toml", &format!("name = \"C\"\nspokesperson = \"{first}\"\n"));
        run_in(ledger.path(), &["export", "--format", "jsonl"]).stdout
    };
    let text = exported("aa-first", "zz-last");
    assert!(text.contains("unlisted_1") && text.contains("unlisted_2"), "{text}");
    assert_eq!(text, exported("zz-last", "aa-first"));
    let people: Vec<&str> = text.lines().filter(|line| line.contains("\"record\":\"advocate/")).collect();
    assert!(
        people[3].contains("advocate/unlisted_1") && people[4].contains("unlisted_2"),
        "they come last: {people:?}"
    );
}

#[test]
fn the_consent_of_today_decides_about_a_ledger_of_the_past() {
    let ledger = small();
    let put = |id: &str, listed: bool| {
        ledger.put(&format!("advocates/{id}.toml"), &format!("name = \"{id} Moss\"\n\n[consent]\nlisted = {listed}\n"));
    };
    for id in ["stays", "withdraws", "goes", "moves"] {
        put(id, true);
    }
    put("agrees", false);
    ledger.put("goals/g.toml", "name = \"G\"\nowner = \"withdraws\"\n");
    ledger.put("meetings/m.toml", "name = \"Next\"\ndate = 2026-12-08\nchair = \"goes\"\n[[actions]]\nwhat = \"Call\"\nowner = \"withdraws\"\ndue = 2026-12-01\n");
    git(ledger.path(), "2026-10-01", &["init", "-q"]);
    commit(ledger.path(), "2026-10-01");
    put("withdraws", false);
    put("agrees", true);
    fs::remove_file(ledger.path().join("advocates/goes.toml")).unwrap();
    fs::remove_file(ledger.path().join("advocates/moves.toml")).unwrap();
    ledger.put("advocates/moved.toml", "name = \"moves Moss\"\nother_ids = [\"moves\"]\n\n[consent]\nlisted = true\n");
    let text = run_in(ledger.path(), &["export", "--at", "HEAD", "--format", "jsonl"]).stdout;
    for (name, leaves) in [("stays", true), ("agrees", true), ("moves", true), ("withdraws", false), ("goes", false)] {
        assert_eq!(text.contains(&format!("{name} Moss")), leaves, "{name}: {text}");
        let ids = text.contains(&format!("advocate/{name}")) || text.contains(&format!("\"{name}\""));
        assert_eq!(ids, leaves, "{name}: {text}");
    }
    for arguments in [
        &["report", "calendar", "--format", "ics", "--at", "HEAD"][..],
        &["report", "--for", "alder-friends", "--at", "HEAD"],
        &["list", "meetings", "--at", "HEAD", "--format", "csv", "--fields", "name,chair"],
        &["list", "advocates", "--at", "HEAD", "--format", "csv"],
    ] {
        let answer = run_in(ledger.path(), arguments);
        assert_eq!(answer.status, 0, "{arguments:?}: {}", answer.stderr);
        assert!(
            !answer.stdout.contains("withdraws") && !answer.stdout.contains("goes"),
            "{arguments:?}: {}",
            answer.stdout
        );
    }
}

#[test]
fn a_mistake_about_privacy_leaves_an_entry_private() {
    let detail = |lines: &str| format!("[[contact_details]]\ntype = \"phone\"\nvalue = \"555 010 4477\"\n{lines}");
    let leaves = |file: &str, text: &str| {
        let ledger = small();
        ledger.put(file, text);
        run_in(ledger.path(), &["export", "--format", "jsonl"]).stdout
    };
    let official =
        |lines: &str| leaves("officials/o.toml", &format!("name = \"O\"\n\n{}", detail(lines))).contains("4477");
    assert!(official("") && official("public = true\n") && !official("public = false\n"));
    for mistake in [
        "public = \"false\"\n",
        "public = \"true\"\n",
        "pubic = false\n",
        "Public = false\n",
        "public = fals\n",
        "public\n",
        "public = false\npublic = true\n",
        "valid_until = \"2025\"\n",
        "note = \"home\"\n",
        "note = \"her cell\"\n",
    ] {
        assert!(!official(mistake), "{mistake}");
    }
    for kind in ["mobile", "address", "other"] {
        let text =
            |more: &str| format!("name = \"O\"\n\n{}", detail(more).replace("\"phone\"", &format!("\"{kind}\"")));
        assert!(!leaves("officials/o.toml", &text("")).contains("4477"), "{kind}");
        assert!(leaves("officials/o.toml", &text("public = true\n")).contains("4477"), "{kind}");
    }
    let person =
        |consent: &str| leaves("advocates/eve.toml", &format!("name = \"Eve Moss\"\n\n{consent}")).contains("Eve Moss");
    assert!(person("[consent]\nlisted = true\n"));
    for mistake in [
        "[consent]\nlisted = \"yes\"\n",
        "[consnt]\nlisted = true\n",
        "[consent]\nlistd = true\n",
        "[consent]\nlisted = true\nrecrded = 2027-01-01\n",
        "[consent]\nlisted = true\nrecorded = \"2027\"\n",
        "[consent]\nlisted = true\nlisted = false\n",
        "[consent]\nlisted = true\nquoted = no\n",
        "[[consent]]\nlisted = true\n",
        "consent = true\n",
    ] {
        assert!(!person(mistake), "{mistake}");
    }
    let minutes = |line: &str| {
        leaves("meetings/m.toml", &format!("name = \"M\"\ndate = 2026-10-01\nminutes = \"We met.\"\n{line}"))
            .contains("We met.")
    };
    assert!(minutes("minutes_published = 2026-10-09\n"));
    for mistake in [
        "",
        "minutes_published = \"2026-10-09\"\n",
        "minutes_publshed = 2026-10-09\n",
        "minutes_published = 2026-12-09\n",
    ] {
        assert!(!minutes(mistake), "{mistake}");
    }
}

#[test]
fn what_is_kept_under_extra_stays_unless_it_is_public() {
    let ledger = small();
    ledger.put("goals/g.toml", "name = \"G\"\n\n[extra]\nroom = \"blue room\"\nn = nan\n");
    let jsonl = |more: &[&str]| run_in(ledger.path(), &[&["export", "--format", "jsonl"], more].concat());
    let public = jsonl(&[]);
    assert!(
        !public.stdout.contains("blue room") && public.stderr.contains("1 [extra] table left out"),
        "{}",
        public.stderr
    );
    assert!(jsonl(&["--private"]).stdout.contains("blue room") && !jsonl(&["--private"]).stderr.contains("extra"));
    assert_eq!(run_in(ledger.path(), &["list", "goals", "extra.room:blue"]).status, 2);
    let render = |word: &str| {
        let text = fs::read_to_string(ledger.path().join("coalition.toml")).unwrap();
        let text: String =
            text.lines().filter(|line| !line.starts_with("extra")).map(|line| format!("{line}\n")).collect();
        ledger.put("coalition.toml", &format!("{text}extra = {word}\n"));
    };
    for mistaken in ["\"pubic\"", "true", "\"private\""] {
        render(mistaken);
        assert!(!jsonl(&[]).stdout.contains("blue room"), "{mistaken}");
    }
    render("\"public\"");
    let public = jsonl(&[]);
    assert!(public.stdout.contains("blue room") && !public.stderr.contains("stayed"), "{}", public.stderr);
    assert!(run_in(ledger.path(), &["list", "goals", "extra.room:blue room", "--format", "ids"]).stdout == "g\n");
    // It is searched like everything else.
    ledger.put("advocates/eve.toml", "name = \"Eve Moss\"\n");
    ledger.replace("goals/g.toml", "blue room", "Eve Moss");
    let refused = jsonl(&[]);
    assert!(
        refused.status == 1 && refused.stderr.contains("goals/g.toml:1, `extra`, contains the name Eve Moss"),
        "{}",
        refused.stderr
    );
}

#[test]
fn a_preview_shows_what_would_leave_and_writes_nothing() {
    let ledger = small();
    ledger.append("advocates/ana.toml", "[consent]\nlisted = true\n");
    ledger.append(
        "advocates/ben.toml",
        "notes = \"x\"\n[[contact_details]]\ntype = \"email\"\nvalue = \"ben@example.org\"\n",
    );
    let before: Vec<_> =
        walkdir::WalkDir::new(ledger.path()).into_iter().map(|entry| entry.unwrap().into_path()).collect();
    let to = ledger.path().join("out");
    let answer = run_in(ledger.path(), &["export", "--preview", "--to", to.to_str().unwrap()]);
    let after: Vec<_> =
        walkdir::WalkDir::new(ledger.path()).into_iter().map(|entry| entry.unwrap().into_path()).collect();
    assert_eq!((answer.status, before.len()), (0, after.len()), "{}", answer.stderr);
    let lines: Vec<String> =
        answer.stdout.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert!(lines.iter().any(|line| line.starts_with("members 3 id, name,")), "{lines:?}");
    for line in [
        "- ana Z",
        "- ALDER FRIENDS",
        "- Names of people who have not agreed to be listed: 2",
        "- Private fields `notes`: 1",
        "- Contact details that are not public: 1",
    ] {
        assert!(lines.iter().any(|found| found == line), "{line}: {lines:?}");
    }
    assert!(!answer.stdout.contains("ben Z"));
    let all = run_in(ledger.path(), &["export", "--preview", "--private"]).stdout;
    assert!(all.contains("ben Z") && all.contains("Nothing."), "{all}");
}

/// The field table of what a record holds, which the tests above walk through.
#[test]
fn the_walk_goes_down_to_the_last_table() {
    let all: Vec<String> =
        Kind::ALL.into_iter().flat_map(|kind| ways(kind).iter().map(dotted).collect::<Vec<_>>()).collect();
    for deep in ["notable.asks.answer", "contacts.summary", "measure.readings.value", "attendance.name", "url"] {
        assert!(all.iter().any(|way| way == deep), "{deep}");
    }
}

#[test]
fn whose_record_is_missing_is_not_named_by_the_id() {
    let ledger = small();
    ledger.put("advocates/broken-zyxwvut.toml", "[[[\n");
    let owned = |id: &str| {
        format!("name = \"G\"\nadopted = 2026-01-10\nlead = \"alder-friends\"\nowner = \"{id}\"\ndue = 2026-12-01\n")
    };
    ledger.put("goals/g.toml", &owned("gone-zyxwvut"));
    ledger.put("goals/h.toml", &owned("broken-zyxwvut"));
    ledger.put(
        "meetings/next.toml",
        "name = \"Next\"\ndate = 2026-12-08\n[[actions]]\nwhat = \"Call\"\nowner = \"gone-zyxwvut\"\ndue = 2026-12-01\n",
    );
    for (call, bytes) in all_for_others(ledger.path(), "alder-friends") {
        assert!(!holds(&bytes, SECRET), "{call}");
    }
    ledger.append("goals/g.toml", "community_need = \"Ask gone-zyxwvut\"\n");
    let refused = run_in(ledger.path(), &["export", "--format", "jsonl"]);
    assert!(
        refused.stdout.is_empty() && refused.stderr.contains("goals/g.toml:6, `community_need`"),
        "{}",
        refused.stderr
    );
}

#[test]
fn a_member_in_person_is_named_neither_in_the_matrix_nor_in_thanks() {
    let ledger = small();
    ledger.put("advocates/eve-moss.toml", "name = \"Eve Moss\"\n");
    ledger.put(
        "members/eve-moss.toml",
        "name = \"Eve Moss\"\nclassification = \"individual\"\njoined = 2026-01-10\nrepresentative = \"eve-moss\"\n",
    );
    ledger.sign("eve-moss", "eve-moss");
    let csv = |more: &[&str]| run_in(ledger.path(), &[&["verify", "--format", "csv"], more].concat()).stdout;
    assert!(csv(&[]).contains("\nunlisted_1,Not listed,charter,") && !csv(&[]).contains("oss,"), "{}", csv(&[]));
    assert!(csv(&["--private"]).contains("\neve-moss,Eve Moss,charter,"));
    ledger
        .put("contributions/soup.toml", "name = \"Soup\"\nkind = \"food\"\ndate = 2026-11-01\nmember = \"eve-moss\"\n");
    let data: serde_json::Value =
        serde_json::from_str(&run_in(ledger.path(), &["report", "credit", "--format", "json"]).stdout).unwrap();
    let draft = data.to_string();
    assert!(draft.contains("\"name\":\"A friend\""), "{draft}");
}

#[test]
fn a_member_in_person_is_quoted_with_consent() {
    let ledger = small();
    let consent = |quoted: &str| {
        ledger.put("advocates/eve-moss.toml", &format!("name = \"Eve Moss\"\n\n[consent]\nlisted = true\n{quoted}"));
    };
    ledger.put(
        "members/eve-moss.toml",
        "name = \"Eve Moss\"\nclassification = \"individual\"\njoined = 2026-01-10\nrepresentative = \"eve-moss\"\n",
    );
    let position = |member: &str| {
        format!("[[positions]]\nmember = \"{member}\"\noption = \"oppose\"\nreason = \"{member} says why\"\n")
    };
    let positions = position("eve-moss") + &position("alder-friends");
    ledger.put("goals/g.toml", &format!("name = \"G\"\nproposed = 2026-10-01\n{positions}"));
    let decision = positions.replace("oppose", "object");
    ledger.put(
        "decisions/d.toml",
        &format!("name = \"D\"\ntext = \"T\"\nproposed = 2026-11-01\ncloses = 2026-12-01\n{decision}"),
    );
    for (given, is_quoted) in
        [("", false), ("quoted = false\n", false), ("quoted = \"true\"\n", false), ("quoted = true\n", true)]
    {
        consent(given);
        assert!(run_in(ledger.path(), &["render"]).status == 0);
        let page = fs::read_to_string(ledger.path().join("pages/goals/g.md")).unwrap();
        let exported = run_in(ledger.path(), &["export", "--format", "jsonl"]).stdout;
        let brief =
            run_in(ledger.path(), &["report", "decisions", "--for", "alder-friends", "--format", "json"]).stdout;
        for (text, times) in [(page, 1), (exported, 2), (brief, 1)] {
            assert_eq!(text.contains("moss says why"), is_quoted, "{given}: {text}");
            assert!(text.matches("friends says why").count() >= times, "an organization speaks to be heard: {text}");
        }
    }
}

#[test]
fn what_is_private_by_now_leaves_no_ledger_of_the_past() {
    let ledger = small();
    let closed = |text: &str| text.replace("public = true", "public = false");
    let detail = "\n[[contact_details]]\ntype = \"email\"\nvalue = \"open@example.org\"\npublic = true\n";
    let person = format!("name = \"Eve Moss\"\n{detail}\n[consent]\nlisted = true\n");
    let official =
        "name = \"Lee Ward\"\noffice = \"Mayor\"\n\n[[contact_details]]\ntype = \"phone\"\nvalue = \"555 010 9911\"\n";
    let meeting = "name = \"M\"\ndate = 2026-09-01\nminutes = \"All said yes.\"\nminutes_published = 2026-09-10\n";
    let root = fs::read_to_string(ledger.path().join("coalition.toml")).unwrap();
    ledger.put("coalition.toml", &format!("{root}extra = \"public\"\n"));
    ledger.put("advocates/eve.toml", &person);
    ledger.put("officials/lee.toml", official);
    ledger.put("meetings/m.toml", meeting);
    ledger.put("goals/g.toml", "name = \"G\"\n\n[extra]\nkey = \"kept aside\"\n");
    git(ledger.path(), "2026-10-01", &["init", "-q"]);
    commit(ledger.path(), "2026-10-01");
    let read = || {
        let answer = run_in(ledger.path(), &["export", "--at", "HEAD", "--format", "jsonl"]);
        assert_eq!(answer.status, 0, "{}", answer.stderr);
        ["open@example.org", "555 010 9911", "All said yes.", "kept aside"].map(|text| answer.stdout.contains(text))
    };
    assert_eq!(read(), [true; 4], "as long as nothing has changed");
    ledger.put("advocates/eve.toml", &closed(&person));
    ledger.put("officials/lee.toml", &format!("{official}public = false\n"));
    ledger.put("meetings/m.toml", &meeting.replace("minutes_published = 2026-09-10\n", ""));
    ledger.put("coalition.toml", &root);
    assert_eq!(read(), [false; 4]);
    let whole = run_in(ledger.path(), &["export", "--at", "HEAD", "--format", "jsonl", "--private"]).stdout;
    assert!(whole.contains("open@example.org") && whole.contains("kept aside"), "{whole}");
}

#[test]
fn a_name_is_found_however_it_is_written() {
    let guest = |name: &str| {
        format!("name = \"M\"\ndate = 2026-09-01\nminutes_published = 2026-09-10\n\n[[attendance]]\nname = {name:?}\n")
    };
    let person = |name: &str| format!("name = {name:?}\nmember = \"alder-friends\"\n");
    for (path, text, said) in [
        ("meetings/m.toml", guest("Priscilla Amundsen, Alder College"), "Priscilla Amundsen sat in."),
        ("meetings/m.toml", guest("Amundsen, Priscilla"), "Priscilla Amundsen sat in."),
        ("meetings/m.toml", guest("Ms. Priscilla Amundsen and two students"), "Amundsen, Priscilla, sat in."),
        ("advocates/p.toml", person("Dr. Patience Amberwell, MD"), "Patience Amberwell wrote it."),
        ("advocates/p.toml", person("Robert J. Fenwick Jr."), "Robert Fenwick wrote it."),
        ("advocates/p.toml", person("Margarethe (Greta) Olmhurst"), "Greta Olmhurst wrote it."),
    ] {
        let ledger = small();
        ledger.put(path, &text);
        ledger.put("goals/g.toml", &format!("name = \"G\"\ncommunity_need = {said:?}\n"));
        let answer = run_in(ledger.path(), &["export", "--format", "jsonl"]);
        assert_eq!((answer.status, answer.stdout.as_str()), (1, ""), "{text}: {said}");
        assert!(answer.stderr.contains("goals/g.toml"), "{}", answer.stderr);
        ledger.put("goals/g.toml", "name = \"G\"\ncommunity_need = \"Alder College and two students wrote it.\"\n");
        assert_eq!(run_in(ledger.path(), &["export", "--format", "jsonl"]).status, 0, "{text}");
    }
}

#[test]
fn an_ordinary_ledger_is_not_refused() {
    let ledger = small();
    ledger.append(
        "members/alder-friends.toml",
        "\n[[contact_details]]\ntype = \"address\"\nvalue = \"40 Ferry Street\"\n",
    );
    let meeting = "name = \"M\"\ndate = 2026-12-10\nlocation = \"Alder Library, 40 Ferry Street\"\n";
    ledger.put("meetings/m.toml", meeting);
    for name in ["June", "December", "Sunday"] {
        ledger.put(&format!("advocates/{}.toml", name.to_lowercase()), &format!("name = \"{name}\"\n"));
    }
    ledger.put("goals/g.toml", "name = \"G\"\nproposed = 2026-06-02\ndue = 2026-12-02\n");
    for arguments in [
        &["export", "--format", "jsonl"][..],
        &["report", "calendar", "--format", "ics"],
        &["report", "--for", "alder-friends"],
        &["list", "meetings", "--format", "csv"],
        &["render"],
    ] {
        let answer = ledger.run(arguments);
        assert_eq!(answer.status, 0, "{arguments:?}: {}", answer.stderr);
    }
    // The same address in words that someone wrote is one that someone gave away.
    ledger.put("goals/g.toml", "name = \"G\"\ncommunity_need = \"Write to 40 Ferry Street.\"\n");
    assert_eq!(ledger.run(&["export", "--format", "jsonl"]).status, 1);
}

/// A pasted private key, as OpenSSH writes one.
const KEY: &str = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ\n-----END OPENSSH PRIVATE KEY-----";

#[test]
fn a_misspelled_field_beside_a_valid_one_keeps_the_entry_private() {
    let leaves = |file: &str, text: &str, what: &str| {
        let ledger = small();
        ledger.put(file, text);
        let answer = run_in(ledger.path(), &["export", "--format", "jsonl"]);
        assert!(!answer.stderr.contains("would tell others"), "{}", answer.stderr);
        answer.stdout.contains(what)
    };
    let person = |more: &str| leaves("advocates/eve.toml", &format!("name = \"Eve Moss\"\n{more}"), "Eve Moss");
    let yes = "[consent]\nlisted = true\n";
    assert!(person(yes) && person(&format!("colour = \"red\"\n{yes}")));
    for mistake in [
        &format!("{yes}\n[conset]\nlisted = false\n"),
        &format!("{yes}\n[Consent]\nlisted = false\n"),
        &format!("{yes}\n[[consents]]\nlisted = false\n"),
        &format!("listed = false\n{yes}"),
        &format!("listd = false\n{yes}"),
        &format!("unlisted = true\n{yes}"),
        &format!("private = true\n{yes}"),
        &format!("do_not_publish = true\n{yes}"),
        &format!("{yes}\n[notable]\nlisted = false\n"),
    ] {
        assert!(!person(mistake), "{mistake}");
    }
    let detail = "[[contact_details]]\ntype = \"phone\"\nvalue = \"555 010 4477\"\n";
    let official = |more: &str| leaves("officials/o.toml", &format!("name = \"O\"\n{more}\n{detail}"), "4477");
    assert!(official("") && official("colour = \"red\"\n"));
    for mistake in ["pubic = false\n", "public = false\n", "confidential = true\n", "[publc]\nx = 1\n"] {
        assert!(!official(mistake), "{mistake}");
    }
    let minutes = |more: &str| {
        let text = "name = \"M\"\ndate = 2026-10-01\nminutes = \"We met.\"\nminutes_published = 2026-10-09\n";
        leaves("meetings/m.toml", &format!("{text}{more}"), "We met.")
    };
    assert!(minutes("") && minutes("colour = \"red\"\n"));
    for mistake in [
        "minutes_publised = false\n",
        "minute_published = 2027-01-01\n",
        "minutes_published = 2027-01-01\n",
        "place = here\n",
        "[[actions]]\nwhat = \"x\"\nminutes_published = 2027-01-01\n",
    ] {
        assert!(!minutes(mistake), "{mistake}");
    }
    let member = |lines: &str| leaves("members/eve.toml", &format!("name = \"Eve Moss\"\n{lines}"), "Eve Moss");
    assert!(member("classification = \"other\"\n") && member("classification = \"other\"\nplace = here\n"));
    for mistake in [
        "classification = \"individual\"\n",
        "classification = \"indvidual\"\n",
        "clasification = \"individual\"\n",
        "classification = \"other\"\nclasification = \"individual\"\n",
        "classification = \"other\"\nclassification = \"individual\"\n",
        "classification = individual\n",
        "sort = \"individual\"\n",
    ] {
        assert!(!member(mistake), "{mistake}");
    }
    let extra = |more: &str| {
        let ledger = small();
        ledger.append("coalition.toml", &format!("extra = \"public\"\n{more}"));
        ledger.put("goals/g.toml", "name = \"G\"\n\n[extra]\nkey = \"kept aside\"\n");
        run_in(ledger.path(), &["export", "--format", "jsonl"]).stdout.contains("kept aside")
    };
    assert!(extra(""));
    for mistake in ["extr = \"private\"\n", "\n[rendr]\nextra = \"private\"\n", "\n[policy]\nextra = \"private\"\n"] {
        assert!(!extra(mistake), "{mistake}");
    }
}

#[test]
fn a_number_whose_note_asks_to_keep_it_stays_and_one_that_has_expired() {
    let ledger = small();
    let leaves = |kind: &str, lines: &str| {
        let consent = if kind == "officials" { "" } else { "\n[consent]\nlisted = true\n" };
        let detail = format!("[[contact_details]]\ntype = \"phone\"\nvalue = \"555 010 4477\"\n{lines}");
        ledger.put(&format!("{kind}/o.toml"), &format!("name = \"O P\"\n\n{detail}{consent}"));
        let found: Vec<bool> = [
            &["export", "--format", "jsonl"][..],
            &["list", kind, "--format", "csv", "--fields", "name,contact_details"],
        ]
        .iter()
        .map(|arguments| run_in(ledger.path(), arguments).stdout.contains("4477"))
        .collect();
        assert_eq!(found[0], found[1], "{lines}");
        fs::remove_file(ledger.path().join(format!("{kind}/o.toml"))).unwrap();
        found[0]
    };
    assert!(leaves("officials", "note = \"weekdays after five\"\n"));
    assert!(leaves("officials", "valid_until = 2026-11-22\n") && !leaves("officials", "valid_until = 2026-11-21\n"));
    assert!(leaves("advocates", "public = true\n"));
    for note in
        ["confidential", "Unlisted", "private line", "do not give out", "Don\u{2019}t share!", "not for publication"]
    {
        assert!(!leaves("officials", &format!("note = \"{note}\"\n")), "{note}");
        assert!(!leaves("officials", &format!("note = \"{note}\"\npublic = true\n")), "{note}");
        assert!(!leaves("advocates", &format!("note = \"{note}\"\npublic = true\n")), "{note}");
    }
    assert!(!leaves("advocates", "public = true\nvalid_until = 2026-11-21\n"));
}

#[test]
fn whatever_a_member_in_person_said_stays_without_consent_to_be_quoted() {
    let ledger = small();
    ledger.put(
        "members/eve-moss.toml",
        "name = \"Eve Moss\"\nclassification = \"individual\"\njoined = 2026-01-10\nrepresentative = \"eve-moss\"\n",
    );
    let digest = run_in(ledger.path(), &["terms", "charter", "--digest"]).stdout;
    let mut planted = 0;
    for who in ["eve-moss", "alder-friends"] {
        let mut put = |path: &str, text: &str| {
            planted += text.matches("SAID").count();
            ledger.put(path, &text.replace("SAID", &format!("{who} said so")).replace("WHO", who));
        };
        put(
            &format!("requests/r-{who}.toml"),
            "name = \"R\"\nmember = \"WHO\"\ndate = 2026-11-01\nclosed = 2026-11-10\nneed = \"SAID\"\noutcome = \"SAID\"\n\n\
             [[responses]]\nmember = \"WHO\"\ndate = 2026-11-02\nanswer = \"no\"\nnote = \"SAID\"\n",
        );
        put(
            &format!("goals/g-{who}.toml"),
            "name = \"G\"\nproposed = 2026-10-01\n\n[[positions]]\nmember = \"WHO\"\noption = \"oppose\"\nreason = \"SAID\"\n",
        );
        put(
            &format!("decisions/d-{who}.toml"),
            "name = \"D\"\ntext = \"T\"\nproposed = 2026-11-01\ncloses = 2026-12-01\n\n[[positions]]\nmember = \"WHO\"\n\
             option = \"object\"\ndate = 2026-11-02\nreason = \"SAID\"\n",
        );
        let by = if who == "eve-moss" { "eve-moss" } else { "ana" };
        put(
            &format!("signatures/charter/{who}.toml"),
            &format!(
                "[[signatures]]\nby = \"{by}\"\ndate = 2026-02-01\nterms = \"{}\"\nwithdrawn = 2026-11-05\n\
                 withdrawn_because = \"SAID\"\n",
                digest.trim()
            ),
        );
    }
    assert_eq!(planted, 12);
    for (given, is_quoted) in [("quoted = false\n", false), ("", false), ("quoted = true\n", true)] {
        ledger.put("advocates/eve-moss.toml", &format!("name = \"Eve Moss\"\n\n[consent]\nlisted = true\n{given}"));
        let exported = run_in(ledger.path(), &["export", "--format", "jsonl"]).stdout;
        assert_eq!(exported.matches("eve-moss said so").count(), if is_quoted { 6 } else { 0 }, "{given}: {exported}");
        assert_eq!(
            exported.matches("alder-friends said so").count(),
            6,
            "an organization speaks to be heard: {exported}"
        );
        let mut others = 0;
        for (call, bytes) in all_for_others(ledger.path(), "alder-friends") {
            assert!(is_quoted || !holds(&bytes, "eve-moss said so"), "{call}");
            others += usize::from(holds(&bytes, "alder-friends said so"));
        }
        assert!(others > 10, "{others}");
        let fields = ["--fields", "need,outcome"];
        let listed = run_in(ledger.path(), &[&["list", "requests", "--format", "csv"][..], &fields].concat()).stdout;
        assert_eq!(listed.contains("eve-moss said so"), is_quoted, "{listed}");
    }
}

#[test]
fn a_revision_that_is_newer_than_the_files_must_list_a_person_too() {
    let ledger = small();
    let put = |id: &str, listed: bool| {
        ledger.put(&format!("advocates/{id}.toml"), &format!("name = \"{id} Moss\"\n\n[consent]\nlisted = {listed}\n"));
    };
    for id in ["stays", "withdraws", "agrees"] {
        put(id, id != "agrees");
    }
    ledger.put("goals/g.toml", "name = \"G\"\nowner = \"withdraws\"\n");
    git(ledger.path(), "2026-10-01", &["init", "-q"]);
    commit(ledger.path(), "2026-10-01");
    put("withdraws", false);
    put("agrees", true);
    let newer = commit(ledger.path(), "2026-10-02");
    let named = |arguments: &[&str]| {
        let text = run_in(ledger.path(), arguments).stdout;
        ["stays", "withdraws", "agrees"].map(|id| text.contains(&format!("{id} Moss")))
    };
    git(ledger.path(), "2026-10-02", &["checkout", "-q", "HEAD~1"]);
    for arguments in [
        &["export", "--at", newer.trim(), "--format", "jsonl"][..],
        &["list", "advocates", "--at", newer.trim(), "--format", "csv"],
    ] {
        assert_eq!(named(arguments), [true, false, false], "{arguments:?}");
    }
    let goals = run_in(ledger.path(), &["report", "goals", "--at", newer.trim(), "--for", "alder-friends"]).stdout;
    assert!(!goals.contains("withdraws Moss"), "{goals}");
    // Of a commit before the files, these say what holds today.
    git(ledger.path(), "2026-10-02", &["checkout", "-q", newer.trim()]);
    assert_eq!(named(&["export", "--at", "HEAD~1", "--format", "jsonl"]), [true, false, true]);
    // No one knows whether another branch is newer.
    git(ledger.path(), "2026-10-03", &["checkout", "-q", "-b", "other", "HEAD~1"]);
    ledger.put("goals/h.toml", "name = \"H\"\n");
    commit(ledger.path(), "2026-10-03");
    assert_eq!(named(&["export", "--at", newer.trim(), "--format", "jsonl"]), [true, false, false]);
}

#[test]
fn a_private_key_leaves_with_nothing() {
    // Where it may leave: each text field of each kind that any export has, private ones with `--private`.
    let ledger = small();
    let out = tempfile::tempdir().unwrap();
    let to = |name: &str| out.path().join(name).to_str().unwrap().to_owned();
    let plant = |path: &str, text: &str| ledger.put(path, text);
    let line = KEY.replace('\n', " ");
    let places: [(&str, String, &str, bool); 6] = [
        (
            "agreements/key.toml",
            format!("name = \"K\"\nrequired_of = \"nobody\"\ntext = \"\"\"\nWe agree.\n{KEY}\n\"\"\"\n"),
            "agreements/key.toml:3, `text`, contains a private key",
            false,
        ),
        (
            "agreements/own.toml",
            "name = \"K\"\nrequired_of = \"nobody\"\ntext_file = \"own.md\"\n".to_owned(),
            "agreements/own.md:",
            false,
        ),
        (
            "goals/key.toml",
            format!("name = \"K\"\nproposed = 2026-10-01\ncommunity_need = \"\"\"\n{KEY}\"\"\"\n"),
            "goals/key.toml:3, `community_need`, contains a private key",
            false,
        ),
        (
            "members/key.toml",
            format!("name = \"K\"\nclassification = \"other\"\njoined = 2026-01-01\nother_names = [{line:?}]\n"),
            "members/key.toml:4, `other_names`, contains a private key",
            false,
        ),
        (
            "members/key.toml",
            format!("name = \"K\"\nclassification = \"other\"\nnotes = \"\"\"\n{KEY}\"\"\"\n"),
            "members/key.toml:3, `notes`, contains a private key",
            true,
        ),
        (
            "advocates/key.toml",
            format!("name = \"K\"\n[extra]\nkey = {:?}\n", KEY),
            "advocates/key.toml:1, `extra`, contains a private key",
            true,
        ),
    ];
    for (path, text, place, is_private) in &places {
        plant(path, text);
        if text.contains("own.md") {
            plant("agreements/own.md", &format!("We agree.\n\n{KEY}\n"));
        }
        let stopped = |arguments: &[&str]| {
            let answer = run_in(ledger.path(), arguments);
            assert_eq!((answer.status, answer.stdout.as_str()), (1, ""), "{path} {arguments:?}: {}", answer.stderr);
            assert!(answer.stderr.contains(place), "{arguments:?}: {}", answer.stderr);
            assert!(!answer.stderr.contains("b3BlbnNz"), "{}", answer.stderr);
        };
        for arguments in [
            &["export", "--format", "jsonl"][..],
            &["export", "--to", &to("tables")],
            &["export", "--format", "jsonl", "--to", &to("lines")],
            &["export", "--format", "sqlite", "--to", &to("coalition.db")],
        ] {
            // Of a file with terms, an export holds the name.
            let has_text = !text.contains("text_file");
            if has_text && !is_private {
                stopped(arguments);
            }
            if has_text {
                stopped(&[arguments, &["--private"]].concat());
            }
        }
        match path.split('/').next() {
            // Terms stand on a page to the letter.
            Some("agreements") => stopped_by_key(&ledger, path),
            // No page is made of any other text either: what a page makes of its lines may not look like a key.
            _ => {
                let answer = run_in(ledger.path(), &["render"]);
                assert_eq!((answer.status, answer.stdout.as_str()), (1, ""), "{path}");
                assert!(answer.stderr.contains(&format!("{path}:")), "{}", answer.stderr);
                assert!(!ledger.path().join("pages").exists(), "{path}");
            }
        }
        // What is printed shows none.
        for arguments in [
            &["list", "agreements", "--format", "csv", "--fields", "text"][..],
            &["list", "goals", "--format", "csv", "--fields", "community_need"],
            &["list", "members", "--format", "csv", "--fields", "other_names,notes", "--private"],
            &["list", "advocates", "--format", "csv", "--fields", "extra", "--private"],
        ] {
            assert!(!run_in(ledger.path(), arguments).stdout.contains("b3BlbnNz"), "{path} {arguments:?}");
        }
        for kind in Kind::ALL {
            for format in ["text", "json", "yaml", "jsonl", "csv"] {
                let answer = run_in(ledger.path(), &["list", kind.singular(), "--format", format, "--private"]);
                assert!(!answer.stdout.contains("b3BlbnNz"), "{path} {kind} {format}");
            }
        }
        for report in
            coalition::internal::report::ALL.iter().filter(|report| !["member", "advocate"].contains(&report.name))
        {
            for format in ["text", "markdown", "html", "json", "yaml"] {
                let answer = run_in(ledger.path(), &["report", report.name, "--format", format, "--private"]);
                assert!(!answer.stdout.contains("b3BlbnNz"), "{path} {} {format}", report.name);
            }
        }
        fs::remove_file(ledger.path().join(path)).unwrap();
        let _ = fs::remove_file(ledger.path().join("agreements/own.md"));
    }
    assert!(fs::read_dir(out.path()).unwrap().next().is_none(), "nothing was written");
    assert_eq!(run_in(ledger.path(), &["export", "--format", "jsonl", "--private"]).status, 0);
    // The feed, and tables of signatures.
    ledger.put("meetings/key.toml", &format!("name = {line:?}\ndate = 2026-12-08\n"));
    for more in [&[][..], &["--private"]] {
        let answer = run_in(ledger.path(), &[&["report", "calendar", "--format", "ics"][..], more].concat());
        assert_eq!((answer.status, answer.stdout.as_str()), (1, ""), "{}", answer.stderr);
    }
    fs::remove_file(ledger.path().join("meetings/key.toml")).unwrap();
    ledger.put("agreements/key.toml", &format!("name = {line:?}\nrequired_of = \"members\"\ntext = \"T\"\n"));
    for more in [&[][..], &["--private"]] {
        let answer = run_in(ledger.path(), &[&["verify", "--format", "csv"][..], more].concat());
        assert!(answer.status == 1 && !answer.stdout.contains("b3BlbnNz"), "{}", answer.stdout);
    }
}

/// Rendering stops where a private key stands on a page, and writes none.
fn stopped_by_key(ledger: &Ledger, path: &str) {
    let answer = run_in(ledger.path(), &["render"]);
    assert_eq!((answer.status, answer.stdout.as_str()), (1, ""), "{path}: {}", answer.stderr);
    assert!(answer.stderr.contains("a private key") && !answer.stderr.contains("b3BlbnNz"), "{}", answer.stderr);
    assert!(!ledger.path().join("pages").exists());
}

#[test]
fn a_refusal_names_the_field_whatever_it_holds() {
    let ledger = small();
    ledger.put(
        "advocates/eve-moss.toml",
        "name = \"Eve Moss\"\n\n[[contact_details]]\ntype = \"phone\"\nvalue = \"555 010 4477\"\n",
    );
    for (path, text, place) in [
        ("goals/g.toml", "name = \"G\"\ntags = [\n  \"a\",\n  \"eve-moss\",\n]\n", "goals/g.toml:4, `tags`, contains"),
        ("goals/g.toml", "name = \"G\"\nother_ids = [\"ask-eve-moss\"]\n", "goals/g.toml:2, `other_ids`, contains"),
        ("goals/g.toml", "name = \"G\"\nserves = [\"eve-moss\"]\n", "goals/g.toml:2, `serves`, contains"),
        (
            "goals/g.toml",
            "name = \"G\"\n\n[[links]]\nurl = \"https://example.org/eve-moss\"\n",
            "goals/g.toml:4, `links.url`, contains",
        ),
        (
            "goals/g.toml",
            "name = \"G\"\n\n[[sources]]\nurl = \"https://example.org/Eve%20Moss\"\n",
            "goals/g.toml:4, `sources.url`, contains",
        ),
        (
            "goals/g.toml",
            "name = \"G\"\n\n[measure]\nbaseline = 5550104477\n",
            "goals/g.toml:4, `measure.baseline`, contains",
        ),
        (
            "contributions/c.toml",
            "name = \"C\"\nkind = \"funding\"\ndate = 2026-11-01\namount = \"5550104477\"\n",
            "contributions/c.toml:4, `amount`, contains",
        ),
        (
            "contributions/c.toml",
            "name = \"C\"\nkind = \"food\"\ndate = 2026-11-01\nhours = 5550104477\n",
            "contributions/c.toml:4, `hours`, contains",
        ),
        (
            "members/eve.toml",
            "name = \"E\"\nclassification = \"other\"\nurl = \"https://eve-moss.example.org\"\n",
            "members/eve.toml:3, `url`, contains",
        ),
        (
            "meetings/m.toml",
            "name = \"M\"\ndate = 2026-10-01\nminutes_file = \"eve-moss.md\"\nminutes_published = 2026-10-09\n",
            "meetings/m.toml:3, `minutes_file`, contains",
        ),
    ] {
        ledger.put(path, text);
        let answer = run_in(ledger.path(), &["export", "--format", "jsonl"]);
        assert_eq!((answer.status, answer.stdout.as_str()), (1, ""), "{text}: {}", answer.stderr);
        assert!(answer.stderr.contains(place), "{place}: {}", answer.stderr);
        fs::remove_file(ledger.path().join(path)).unwrap();
    }
}

#[test]
fn a_name_is_found_whatever_marks_stand_in_it() {
    let ledger = small();
    ledger.put("advocates/eve-moss.toml", "name = \"Eve Moss\"\n");
    ledger.put("advocates/ana-lopez.toml", "name = \"An\u{ad}a Lo\u{200b}pez\"\n");
    for written in [
        "Eve **Moss**",
        "_Eve_ Moss",
        "E**v**e Moss",
        "Eve&nbsp;Moss",
        "Eve&#160;Moss",
        "Eve\u{a0}Moss",
        "E\u{ad}ve Mo\u{ad}ss",
        "Eve M\u{200b}oss",
        "Eve Mo\u{200d}ss",
        "\u{2060}Eve\u{feff} Mos\u{200c}s",
        "Eve Mo&shy;ss",
        "[Eve](https://example.org) Moss",
        "Eve <b>Moss</b>",
        "Eve_Moss",
        "ana lopez",
        "Ana **Lopez**",
    ] {
        let text = serde_json::to_string(written).unwrap();
        ledger.put("goals/g.toml", &format!("name = \"G\"\nproposed = 2026-10-01\ncommunity_need = {text}\n"));
        for arguments in [
            &["export", "--format", "jsonl"][..],
            &["render"],
            &["list", "goals", "--format", "csv", "--fields", "community_need"],
        ] {
            let answer = run_in(ledger.path(), arguments);
            assert_eq!((answer.status, answer.stdout.as_str()), (1, ""), "{written:?} {arguments:?}");
            assert!(answer.stderr.contains("goals/g.toml:3, `community_need`, contains the name"), "{}", answer.stderr);
        }
    }
    for free in ["Eve & Mossy", "Eve *and* Moss", "a_b * c < d > e % f & g; h [i] (j)", "Eve <eve@example.org>"] {
        ledger.put("goals/g.toml", &format!("name = \"G\"\nproposed = 2026-10-01\ncommunity_need = {free:?}\n"));
        assert_eq!(run_in(ledger.path(), &["export", "--format", "jsonl"]).status, 0, "{free}");
    }
}

#[test]
fn what_is_withheld_is_found_however_it_is_written_down() {
    const PUBLIC_KEY: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIvis15C7u6kMsP2+szPFIVvB8k25yQ+UTvFZraXaEf9 eve@laptop";
    let ledger = small();
    ledger.put(
        "advocates/em.toml",
        &format!(
            "name = \"Eve Moss\"\n\n[[contact_details]]\ntype = \"phone\"\nvalue = \"555 010 4477\"\n\n[[keys]]\nkey = \"{PUBLIC_KEY}\"\n"
        ),
    );
    ledger.put(
        "meetings/m.toml",
        "name = \"M\"\ndate = 2026-12-01\nurl = \"https://meet.example.org/room-7\"\n\n[[links]]\nurl = \"https://example.org/a\"\n",
    );
    for (lines, tells) in [
        ("tags = [\"eve-moss\"]", "the name Eve Moss"),
        ("community_need = \"write to eve.moss@example.org\"", "the name Eve Moss"),
        ("community_need = \"\u{ff25}\u{ff56}\u{ff45} \u{ff2d}oss\"", "the name Eve Moss"),
        ("community_need = \"call \u{ff15}\u{ff15}\u{ff15} 010\u{b7}4477\"", "a private contact detail"),
        ("community_need = \"call 555, 010, 4477\"", "a private contact detail"),
        ("community_need = \"AAAAC3NzaC1lZDI1NTE5AAAAIIvis15C7u6kMsP2+szPFIVvB8k25yQ+UTvFZraXaEf9\"", "the public key"),
        ("community_need = \"meet.example.org/room-7?pwd=1#x\"", "the private link to join a meeting"),
        ("links = [{ url = \"https://meet.example.org/room-7\" }]", "the private link to join a meeting"),
    ] {
        ledger.put("goals/g.toml", &format!("name = \"G\"\n{lines}\n"));
        let answer = run_in(ledger.path(), &["export", "--format", "jsonl"]);
        assert_eq!((answer.status, answer.stdout.as_str()), (1, ""), "{lines}");
        assert!(answer.stderr.contains("goals/g.toml:2") && answer.stderr.contains(tells), "{}", answer.stderr);
    }
    for lines in ["tags = [\"moss\"]", "community_need = \"meet.example.org/room-77 and /room-7-b\""] {
        ledger.put("goals/g.toml", &format!("name = \"G\"\n{lines}\n"));
        assert_eq!(run_in(ledger.path(), &["export", "--format", "jsonl"]).status, 0, "{lines}");
    }
}

/// A key that GnuPG or an old OpenSSL wrote: with a blank line after its headings.
const KEYS_WITH_BLANK_LINES: [&str; 2] = [
    "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlFgEZpRivatePart9876543210abcdefghijklmnopqrstuvw\n=abcd\n-----END PGP PRIVATE KEY BLOCK-----",
    "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nlFgEZpRivatePart9876543210abcdefghijklmnopqrstuvw\n-----END RSA PRIVATE KEY-----",
];

#[test]
fn a_key_with_blank_lines_stops_every_page_and_table() {
    for key in KEYS_WITH_BLANK_LINES {
        let ledger = small();
        ledger.put(
            "goals/g.toml",
            &format!("name = \"G\"\nproposed = 2026-10-01\ncommunity_need = \"\"\"\n{key}\n\"\"\"\n"),
        );
        for arguments in [&["render"][..], &["export", "--format", "jsonl"], &["report", "calendar", "--format", "ics"]]
        {
            let answer = run_in(ledger.path(), arguments);
            assert_eq!((answer.status, answer.stdout.as_str()), (1, ""), "{arguments:?}");
            assert!(
                answer.stderr.contains("goals/g.toml:") && answer.stderr.contains("a private key"),
                "{}",
                answer.stderr
            );
        }
        // The change that removes it does not show it either.
        let answer = run_in(ledger.path(), &["set", "goals/g", "community_need=Cards", "--yes"]);
        assert!(!answer.stdout.contains("RivatePart") && !answer.stderr.contains("RivatePart"), "{}", answer.stdout);
    }
}

#[test]
fn no_finding_quotes_a_line_of_a_key() {
    let body = [
        "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW",
        "QyNTUxOQAAACC3secretSeedOfTheKey0Of0WKry1ngNxmG0+dir9qvZhy/NlMBAA",
    ];
    let ledger = small();
    ledger.put("advocates/key.toml", &format!("name = \"K\"\n{}\n{}\n", body[0], body[1]));
    for format in ["text", "json", "github", "gitlab", "sarif", "junit"] {
        let answer = run_in(ledger.path(), &["check", "--format", format]);
        assert!(answer.status == 1 && !answer.stdout.contains("secretSeed"), "{format}: {}", answer.stdout);
    }
    let verify = run_in(ledger.path(), &["verify"]);
    assert!(!verify.stdout.contains("secretSeed") && !verify.stderr.contains("secretSeed"));
    ledger.put("agreements/key.toml", "name = \"Key\"\nrequired_of = \"nobody\"\ntext_file = \"key.md\"\n");
    ledger.put("agreements/key.md", &format!("We agree.\n\n{KEY}\n"));
    let terms = run_in(ledger.path(), &["terms", "key"]);
    assert_eq!((terms.status, terms.stdout.as_str()), (1, ""), "{}", terms.stderr);
    let lines = format!("name = \"K\"\nskills = [{:?}, {:?}]\n", body[0], body[1]);
    ledger.put("advocates/key.toml", &lines);
    let list = run_in(ledger.path(), &["list", "advocates", "--format", "json", "--private"]).stdout;
    assert!(!list.contains("secretSeed"), "{list}");
}

#[test]
fn a_meeting_place_opens_no_number_link_or_address_beside_it() {
    let ledger = small();
    ledger.put(
        "advocates/eve.toml",
        "name = \"Eve Moss\"\n\n[[contact_details]]\ntype = \"email\"\nvalue = \"zeta9@privmail.org\"\n\n\
        [[contact_details]]\ntype = \"address\"\nvalue = \"77 Quiet Lane, Alder, NY 10001\"\n",
    );
    let meeting = |location: &str| {
        format!("name = \"M\"\ndate = 2026-12-10\nurl = \"https://zoom.example/j/9?pwd=Z\"\nlocation = {location:?}\n")
    };
    let feed = |ledger: &Ledger| run_in(ledger.path(), &["report", "calendar", "--format", "ics"]);
    for location in ["Online: https://zoom.example/j/9?pwd=Z", "77 Quiet Lane, Alder (RSVP zeta9@privmail.org)"] {
        ledger.put("meetings/m.toml", &meeting(location));
        let answer = feed(&ledger);
        assert_eq!((answer.status, answer.stdout.as_str()), (1, ""), "{location}");
        assert!(answer.stderr.contains("meetings/m.toml:4, `location`"), "{}", answer.stderr);
    }
    ledger.put("meetings/m.toml", &meeting("77 Quiet Lane, Alder"));
    assert_eq!(feed(&ledger).status, 0, "a place is public as it is written");
    for text in ["at 77 Quiet Lane.", "77 quiet ln (upstairs)", "77\nQuiet Lane"] {
        ledger.put("goals/g.toml", &format!("name = \"G\"\ncommunity_need = {text:?}\n"));
        assert_eq!(run_in(ledger.path(), &["export", "--format", "jsonl"]).status, 1, "{text}");
    }
}

#[test]
fn minutes_are_not_published_before_the_meeting() {
    let ledger = small();
    for (published, is_open) in [("2026-11-01", false), ("2026-11-11", true)] {
        ledger.put(
            "meetings/m.toml",
            &format!("name = \"M\"\ndate = 2026-11-10\nminutes_published = {published}\nminutes = \"Zinnia beds.\"\n"),
        );
        let export = run_in(ledger.path(), &["export", "--format", "jsonl"]).stdout;
        assert_eq!(export.contains("Zinnia"), is_open, "{published}");
    }
}

#[test]
fn ci_names_nobody_who_is_not_listed_where_people_are_compared() {
    let ledger = small();
    let person = |name: &str, account: &str| format!("name = {name:?}\nmember = \"alder-friends\"\n{account}");
    let account = "\n[[accounts]]\nhost = \"github.com\"\nhandle = \"shared-desk\"\n";
    ledger.put("advocates/eve-id.toml", &person("Quirina Abel", account));
    ledger.put("advocates/zed-id.toml", &person("Zed Listed", &format!("{account}\n[consent]\nlisted = true\n")));
    ledger.put("meetings/m.toml", "name = \"M\"\ndate = 2026-11-10\n\n[[attendance]]\nadvocate = \"Hana Zelenka\"\n");
    for format in ["text", "json", "github", "gitlab", "sarif", "junit"] {
        let check = run_in(ledger.path(), &["check", "--format", format, "--only", "duplicate-entry"]).stdout;
        assert!(check.contains("eve-id") && !check.contains("Quirina"), "{format}: {check}");
        let check = run_in(ledger.path(), &["check", "--format", format, "--only", "unresolved-reference"]).stdout;
        assert!(check.contains("advocate") && !check.contains("Zelenka"), "{format}: {check}");
    }
}

#[test]
fn an_excerpt_in_ci_shows_no_comment() {
    let ledger = small();
    ledger.put("goals/g.toml", "name = \"G\"\nproposed = 2026-02-01\nadopted = 2026-01-01  # call Eve, 555 010 4477\n");
    let text = run_in(ledger.path(), &["check"]).stdout;
    assert!(text.contains("adopted = 2026-01-01\n") && !text.contains("4477"), "{text}");
}

#[test]
fn a_person_who_is_a_member_may_read_its_own_name() {
    let ledger = small();
    ledger.put(
        "members/otto-grunewald.toml",
        "name = \"Otto Grunewald\"\nclassification = \"individual\"\nrepresentative = \"otto-grunewald\"\njoined = 2025-01-01\n",
    );
    ledger.put("advocates/otto-grunewald.toml", "name = \"Otto Grunewald\"\nmember = \"otto-grunewald\"\n");
    ledger.put(
        "agreements/charter.toml",
        "name = \"Charter\"\nkind = \"charter\"\ntext = \"We meet.\"\neffective = 2025-01-01\nrequired_of = \"members\"\n",
    );
    let own = run_in(ledger.path(), &["report", "health", "--for", "otto-grunewald"]);
    assert_eq!(own.status, 0, "{}", own.stderr);
    let other = run_in(ledger.path(), &["report", "health", "--for", "alder-friends"]);
    assert!(!other.stdout.contains("Grunewald") && !other.stdout.contains("grunewald"), "{}", other.stdout);
}

#[test]
fn what_is_no_person_is_not_refused() {
    for (path, text, said) in [
        ("advocates/a1.toml", "name = \"Will Long\"\n", "It will long be remembered."),
        (
            "meetings/m.toml",
            "name = \"M\"\ndate = 2026-11-10\n\n[[attendance]]\nname = \"City Council\"\n",
            "The City Council votes.",
        ),
        ("advocates/may.toml", "name = \"Quentin Ayres\"\n", "May"),
    ] {
        let ledger = small();
        ledger.put(path, text);
        ledger.put("goals/may.toml", &format!("name = \"May\"\ncommunity_need = {said:?}\n"));
        let answer = run_in(ledger.path(), &["export", "--format", "jsonl"]);
        assert_eq!(answer.status, 0, "{said}: {}", answer.stderr);
    }
    let ledger = small();
    ledger.put("advocates/a1.toml", "name = \"Rose Park\"\n");
    ledger.append("members/alder-friends.toml", "\n");
    let text = fs::read_to_string(ledger.path().join("members/alder-friends.toml")).unwrap();
    ledger.put("members/alder-friends.toml", &format!("areas = [\"Rose Park\"]\n{text}"));
    ledger.put("officials/jane-roe.toml", "name = \"Commissioner Jane Roe\"\noffice = \"Commissioner\"\n");
    ledger.put("advocates/a2.toml", "name = \"Jane Roe\"\n");
    ledger.put("goals/g.toml", "name = \"G\"\ncommunity_need = \"Ask Jane Roe about Rose Park.\"\n");
    let answer = run_in(ledger.path(), &["export", "--format", "jsonl"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
}
