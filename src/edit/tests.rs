//! Changes of agreements as people write them: nothing moves but what was meant.

use super::splice::spliced;
use super::*;
use crate::check::base_ledger;
use crate::ledger::{Ledger, load};
use crate::source::Source;
use crate::source::disk::Disk;
use chrono::NaiveDate;
use std::path::Path;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn text(text: &str) -> Literal {
    Literal::Text(text.to_owned())
}

fn entry() -> Edit {
    let armor = "-----BEGIN SSH SIGNATURE-----\nU1NI\n-----END SSH SIGNATURE-----\n";
    let fields = vec![
        ("member", text("birch-library")),
        ("by", text("ben-okoro")),
        ("title", text("Head \"librarian\" \\ clerk")),
        ("date", Literal::Date(day("2026-06-01"))),
        ("version", Literal::Number(1)),
        ("terms", text(&format!("sha256:{}", "ab".repeat(32)))),
        ("signature", Literal::Lines(armor.to_owned())),
    ];
    Edit::Append { list: "signatures", fields }
}

const SIGNED: &str = "[[signatures]]\nmember = \"alder-friends\"\nby = \"ana-lopez\"\ndate = 2026-05-25\n";

/// Agreements in the shapes that people and tools leave behind.
fn odd_files() -> Vec<String> {
    let plain = format!("name = \"A\"\ntext = \"\"\"\nOne\n[[signatures]] is no heading here\n\"\"\"\n\n{SIGNED}");
    let mut files = vec![
        plain.clone(),
        plain.replace('\n', "\r\n"),
        format!("\u{feff}{plain}"),
        format!("\u{feff}{}", plain.replace('\n', "\r\n")),
        plain.trim_end().to_owned(),
        plain.trim_end().replace('\n', "\r\n"),
        format!("{plain}# the last word"),
        format!("{plain}\n# the last word\n\n\n"),
        format!("{plain}note = '''\n\n[[x]]\n''' # behind"),
        format!("{plain}\n[extra]\nold_id = 7\n"),
        plain.replace("[[signatures]]\nmember", "[[ \"signatures\" ]] # heading\nmember"),
        plain.replace("[[signatures]]\nmember", "  [[signatures]]\n  member").replace("\ndate", "\n\n\tdate"),
        format!("{plain}\n[signatures.extra]\nscan = \"a # b\"\n"),
        format!(
            "# first\n{}",
            plain.replace("member =", "  # who\n  member   =").replace("2026-05-25", "2026-05-25 # May\n# below")
        ),
        "name = \"A\"\ntext = \"One\"".to_owned(),
        "name = 'A' # it\ntext = 'One'\nsignatures.x = 1\n".replace("signatures.x = 1\n", ""),
        format!(
            "[[amendments]]\nversion = 1\ndate = 2026-01-01\n\n{SIGNED}\n[[amendments]]\nversion = 2\ndate = 2026-02-01\n\n{SIGNED}"
        ),
    ];
    files.push(files[0].replace("One", "Zwölf Bäume, 図書館 \u{1f4da}"));
    files
}

fn examples() -> Vec<String> {
    let files = ["examples", "src/check/base"]
        .map(|place| walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join(place)).sort_by_file_name());
    let agreements = files.into_iter().flatten().map(|entry| entry.unwrap().into_path()).filter(|path| {
        path.extension().is_some_and(|ending| ending == "toml")
            && path.components().any(|part| part.as_os_str() == "agreements")
    });
    agreements.map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

fn all_files() -> Vec<String> {
    let mut files = examples();
    assert!(files.len() >= 5);
    files.extend(odd_files());
    files
}

/// What stands in `after` and not in `before`, which must be one piece.
fn inserted(before: &str, after: &str) -> String {
    let common = |a: &mut dyn Iterator<Item = (u8, u8)>| a.take_while(|(a, b)| a == b).count();
    let start = common(&mut before.bytes().zip(after.bytes()));
    let end = common(&mut before.bytes().rev().zip(after.bytes().rev())).min(before.len() - start);
    assert_eq!(start + end, before.len(), "more has changed:\n{before}\n---\n{after}");
    after[start..after.len() - end].to_owned()
}

fn data(agreement: &str) -> (serde_json::Map<String, serde_json::Value>, usize) {
    let mut source = base_ledger();
    source.put("agreements/charter.toml", agreement.as_bytes());
    let ledger = load(&source).unwrap();
    let of_form = ledger.findings.iter().filter(|finding| finding.check.as_str() == "invalid-toml").count();
    (ledger.agreements.find("charter").unwrap().to_json_map(), of_form)
}

trait ToJsonMap {
    fn to_json_map(&self) -> serde_json::Map<String, serde_json::Value>;
}

impl<R: crate::record::AnyRecord> ToJsonMap for R {
    fn to_json_map(&self) -> serde_json::Map<String, serde_json::Value> {
        let json = serde_json::to_string(&self.to_json()).unwrap().replace("\\r\\n", "\\n");
        serde_json::from_str(&json).unwrap()
    }
}

#[test]
fn an_entry_is_added_at_the_end_and_no_byte_before_it_changes() {
    for before in all_files() {
        let after = spliced(&before, &entry()).unwrap();
        let new = after.strip_prefix(&before).unwrap_or_else(|| panic!("{after}"));
        let newline = if before.split('\n').next().unwrap().ends_with('\r') { "\r\n" } else { "\n" };
        assert_eq!(new.matches('\n').count(), new.matches(newline).count(), "{new:?}");
        assert_eq!(new.trim_start().matches("[[signatures]]").count(), 1);
        assert!(new.trim_start().starts_with("[[signatures]]") && new.ends_with(newline), "{new:?}");
        let gap = after.split_at(after.rfind("[[signatures]]").unwrap()).0;
        assert!(gap.ends_with(&format!("{newline}{newline}")), "{gap:?}");
        let (mut meant, _) = data(&before);
        entry().on_data(&mut meant);
        assert_eq!(data(&after), (meant, 0), "{after}");
    }
}

#[test]
fn a_line_is_added_below_the_last_own_line_of_its_entry_alone() {
    let mut tried = 0;
    for before in all_files() {
        let (record, _) = data(&before);
        let count = record.get("signatures").map_or(0, |entries| entries.as_array().unwrap().len());
        for at in 0..count {
            let edits = [("withdrawn", Literal::Date(day("2026-06-10"))), ("withdrawn_because", text("moved # away"))];
            let edits = edits.map(|(key, value)| Edit::Put { list: "signatures", at, key, value });
            let once = spliced(&before, &edits[0]).unwrap();
            let after = spliced(&once, &edits[1]).unwrap();
            let is_withdrawn = record["signatures"][at].get("withdrawn").is_some();
            let new = if is_withdrawn { String::new() } else { inserted(&before, &after).replace("\r\n", "\n") };
            let lines = "withdrawn = 2026-06-10\nwithdrawn_because = \"moved # away\"";
            // Seen from both ends, what was added may begin or end with what the neighbours begin or end with.
            assert!(
                is_withdrawn || new.contains(&lines[8..lines.len() - 1]) && new.trim().matches('\n').count() <= 1,
                "{new:?}"
            );
            let mut meant = record.clone();
            edits.iter().for_each(|edit| edit.on_data(&mut meant));
            assert_eq!(data(&after), (meant, 0), "{after}");
            tried += 1;
        }
    }
    assert!(tried > 30, "{tried}");
}

#[test]
fn a_value_is_replaced_or_put_below_the_name() {
    for before in all_files() {
        let edit = Edit::Set { key: "version", value: Literal::Number(9) };
        if !before.contains("name = ") {
            assert!(spliced(&before, &edit).unwrap_err().to_string().contains("no `name`"));
            continue;
        }
        let after = spliced(&before, &edit).unwrap();
        let changed = before.lines().zip(after.lines()).filter(|(a, b)| a != b).count();
        let (mut meant, _) = data(&before);
        let had = meant.contains_key("version");
        assert!(!had || (changed <= 1 && before.len().abs_diff(after.len()) == 0), "{after}");
        edit.on_data(&mut meant);
        assert_eq!(data(&after), (meant, 0), "{after}");
        if !had {
            inserted(&before, &after);
        }
    }
}

#[test]
fn what_cannot_be_added_to_is_refused_with_a_way_out() {
    for list in [
        "signatures = []\n",
        "signatures = [{ member = \"alder-friends\" }]\n",
        "signatures = [\n  { member = \"alder-friends\" }, # x\n]\n",
        "[signatures]\nmember = \"alder-friends\"\n",
        "signatures = 3\n",
    ] {
        let refusal = spliced(&format!("name = \"A\"\ntext = \"One\"\n{list}"), &entry()).unwrap_err();
        assert!(refusal.to_string().contains("[[signatures]]"), "{refusal}");
    }
    for broken in ["name = \"A\n", "name = \"A\"\n<<<<<<< ours\n", "a = 1\na = 2\n"] {
        assert!(spliced(broken, &entry()).is_err());
    }
}

fn planned(source: &dyn Source, edits: &[Edit]) -> Result<Planned, Refusal> {
    let ledger: Ledger = load(source).unwrap();
    let key = crate::kind::RecordKey::new(crate::kind::Kind::Agreement, "charter");
    plan(source, &ledger, day("2026-06-15"), &key, edits, &[])
}

#[test]
fn a_change_that_brings_an_error_is_refused() {
    let source = base_ledger();
    let refusal = planned(&source, &[entry()]).unwrap_err().to_string();
    for fact in ["agreements/charter.toml, line", "has signed this version already", "duplicate-entry"] {
        assert!(refusal.contains(fact), "{refusal}");
    }
    let nobody = Edit::Put { list: "signatures", at: 0, key: "by", value: text("nobody") };
    assert!(planned(&source, &[nobody]).unwrap_err().to_string().contains("unresolved-reference"));
    let lines = Edit::Put { list: "signatures", at: 0, key: "title", value: text("two\nlines") };
    assert!(planned(&source, &[lines]).unwrap_err().to_string().contains("several lines"));
    let office = Edit::Put { list: "signatures", at: 0, key: "title", value: text("Chair") };
    assert_eq!(planned(&source, &[office]).unwrap().lines, "[[signatures]]\n\u{2026}\ntitle = \"Chair\"\n");
}

#[test]
fn errors_that_were_there_before_stop_nothing() {
    let mut source = base_ledger();
    source.put("members/broken.toml", b"name = \"Broken\njoined = 1\n");
    let office = Edit::Put { list: "signatures", at: 0, key: "title", value: text("Chair") };
    assert!(planned(&source, &[office]).is_ok());
}

/// A ledger on disk with the files of the base ledger.
fn on_disk() -> (tempfile::TempDir, Disk, Change) {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in base_ledger().files() {
        let place = folder.path().join(path);
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::write(place, bytes).unwrap();
    }
    let disk = Disk::new(folder.path());
    let office = Edit::Put { list: "signatures", at: 0, key: "title", value: text("Chair") };
    let change = planned(&disk, &[office]).unwrap().change;
    (folder, disk, change)
}

#[test]
fn a_write_replaces_the_file_whole_and_leaves_nothing_beside_it() {
    let (folder, disk, change) = on_disk();
    apply::apply(&disk, &change).unwrap();
    let agreements = folder.path().join("agreements");
    assert_eq!(std::fs::read_to_string(agreements.join("charter.toml")).unwrap(), change.after);
    assert_eq!(std::fs::read_dir(&agreements).unwrap().count(), 1);
    let error = apply::apply(&disk, &change).unwrap_err().to_string();
    assert!(error.contains("changed by somebody else"), "{error}");
    assert_eq!(std::fs::read_dir(&agreements).unwrap().count(), 1);
}

#[test]
fn of_two_who_write_at_once_one_waits() {
    let (folder, disk, change) = on_disk();
    let other = folder.path().join("agreements/.charter.toml.new");
    std::fs::write(&other, "").unwrap();
    let error = apply::apply(&disk, &change).unwrap_err().to_string();
    assert!(error.contains(".charter.toml.new") && other.exists(), "{error}");
    std::fs::remove_file(other).unwrap();
    let before = change.before.clone();
    let threads: Vec<_> = (0..8)
        .map(|at| {
            let (disk, mut change) = (disk.clone(), change.clone());
            change.after += &format!("# {at}\n");
            std::thread::spawn(move || apply::apply(&disk, &change).is_ok())
        })
        .collect();
    let written = threads.into_iter().map(|thread| thread.join().unwrap()).filter(|ok| *ok).count();
    assert_eq!(written, 1, "whoever came later saw that the file is another");
    assert_ne!(std::fs::read_to_string(folder.path().join("agreements/charter.toml")).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (folder, disk, change) = on_disk();
    let place = folder.path().join("agreements/charter.toml");
    let real = folder.path().join("charter.real");
    std::fs::rename(&place, &real).unwrap();
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
    symlink("../charter.real", &place).unwrap();
    apply::apply(&disk, &change).unwrap();
    assert!(std::fs::symlink_metadata(&place).unwrap().is_symlink());
    assert_eq!(std::fs::read_to_string(&real).unwrap(), change.after);
    assert_eq!(std::fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    let outside = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(outside.path(), &change.before).unwrap();
    std::fs::remove_file(&place).unwrap();
    symlink(outside.path(), &place).unwrap();
    assert!(apply::apply(&disk, &change).unwrap_err().to_string().contains("outside the ledger"));
    assert_eq!(std::fs::read_to_string(outside.path()).unwrap(), change.before);
}
