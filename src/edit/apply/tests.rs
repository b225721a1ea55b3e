//! Writing, interrupted at every step, by many at once, and where it must not.

use super::*;
use crate::source::LedgerPath;
use std::path::Path;

fn on_disk() -> (tempfile::TempDir, Disk) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in
        [("coalition.toml", "name = \"C\"\n"), ("members/a.toml", "name = \"A\"\n"), ("goals/g.toml", "lead = \"a\"\n")]
    {
        let place = folder.path().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }
    let disk = Disk::new(folder.path());
    (folder, disk)
}

fn file(path: &str, before: Option<&str>, after: Option<&str>) -> FileChange {
    let text = |text: Option<&str>| text.map(str::to_owned);
    FileChange { path: LedgerPath::new(path), before: text(before), after: text(after) }
}

/// A rename: one file is made, one goes, one refers to it.
fn rename() -> ChangeSet {
    let files = vec![
        file("members/deep/b.toml", None, Some("name = \"A\"\n")),
        file("goals/g.toml", Some("lead = \"a\"\n"), Some("lead = \"b\"\n")),
        file("members/a.toml", Some("name = \"A\"\n"), None),
    ];
    ChangeSet { what: "rename a to b".to_owned(), files }
}

/// All files of the ledger with what they say.
fn state(root: &Path) -> Vec<(String, String)> {
    let mut files: Vec<_> = walkdir::WalkDir::new(root)
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file() && entry.file_name() != ".coalition-lock")
        .map(|entry| {
            let path = entry.path().strip_prefix(root).unwrap().to_string_lossy().into_owned();
            (path, fs::read_to_string(entry.path()).unwrap())
        })
        .collect();
    files.sort();
    files
}

fn after() -> Vec<(String, String)> {
    let (folder, disk) = on_disk();
    let lock = WriteLock::take(&disk).unwrap();
    apply(&disk, &lock, &rename(), &mut unwatched).unwrap();
    state(folder.path())
}

#[test]
fn all_files_are_written_and_nothing_else_is_left() {
    let (folder, disk) = on_disk();
    let lock = WriteLock::take(&disk).unwrap();
    apply(&disk, &lock, &rename(), &mut unwatched).unwrap();
    drop(lock);
    let names: Vec<_> = state(folder.path()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["coalition.toml", "goals/g.toml", "members/deep/b.toml"]);
    assert!(!folder.path().join(".coalition-lock").exists());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &str| fs::metadata(folder.path().join(path)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode("members/deep/b.toml"), mode("coalition.toml"), "a new file is as readable as others");
        let (folder, disk) = on_disk();
        let place = folder.path().join("members/a.toml");
        fs::set_permissions(&place, fs::Permissions::from_mode(0o600)).unwrap();
        let lock = WriteLock::take(&disk).unwrap();
        apply(&disk, &lock, &rename(), &mut unwatched).unwrap();
        let moved = fs::metadata(folder.path().join("members/deep/b.toml")).unwrap();
        assert_eq!(moved.permissions().mode() & 0o777, 0o600, "a moved file is for the same eyes");
    }
}

#[test]
fn interrupted_at_any_step_it_is_told_and_can_be_completed_or_taken_back() {
    let (mut steps, mut found) = (0, 0);
    for undo in [false, true] {
        for stop in 0.. {
            let (folder, disk) = on_disk();
            let before = state(folder.path());
            let lock = WriteLock::take(&disk).unwrap();
            let mut at = 0;
            let result = apply(&disk, &lock, &rename(), &mut |_| {
                at += 1;
                if at > stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            if result.is_ok() {
                break;
            }
            steps += 1;
            let now = state(folder.path());
            let records: Vec<_> = now.iter().filter(|(name, _)| name != JOURNAL).cloned().collect();
            let half = records != before && records != after();
            let listing = crate::source::Source::list(&disk).unwrap();
            assert_eq!(listing.unfinished.is_some(), half, "stopped at {stop}");
            found += usize::from(half);
            assert_eq!(begin(&disk, &lock).is_err(), half, "stopped at {stop}");
            if half {
                let settled = recover(&disk, &lock, undo).unwrap().unwrap();
                assert!(!settled.left.is_empty() && settled.other.is_empty());
                assert_eq!(state(folder.path()), if undo { before } else { after() }, "stopped at {stop}");
            } else {
                assert_eq!(state(folder.path()), records, "the journal is gone");
            }
        }
    }
    assert!(steps >= 10 && found >= 4, "{steps} steps, {found} told");
}

#[test]
fn what_somebody_changed_since_is_left_alone_and_named() {
    let (folder, disk) = on_disk();
    let lock = WriteLock::take(&disk).unwrap();
    let mut at = 0;
    let stopped = apply(&disk, &lock, &rename(), &mut |_| {
        at += 1;
        if at > 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(stopped.is_err());
    fs::write(folder.path().join("goals/g.toml"), "lead = \"c\"\n").unwrap();
    assert!(begin(&disk, &lock).unwrap_err().to_string().contains("rename a to b"));
    let settled = recover(&disk, &lock, false).unwrap().unwrap();
    assert_eq!(settled.other, [LedgerPath::new("goals/g.toml")]);
    assert_eq!(fs::read_to_string(folder.path().join("goals/g.toml")).unwrap(), "lead = \"c\"\n");
    assert!(!folder.path().join("members/a.toml").exists() && folder.path().join("members/deep/b.toml").exists());
    begin(&disk, &lock).unwrap();
}

#[test]
fn a_file_that_says_something_else_by_now_stops_the_whole_change() {
    for (path, text) in
        [("goals/g.toml", Some("lead = \"x\"\n")), ("members/a.toml", None), ("members/deep/b.toml", Some("here"))]
    {
        let (folder, disk) = on_disk();
        let place = folder.path().join(path);
        match text {
            Some(text) => {
                fs::create_dir_all(place.parent().unwrap()).unwrap();
                fs::write(&place, text).unwrap();
            }
            None => fs::remove_file(&place).unwrap(),
        }
        let before = state(folder.path());
        let lock = WriteLock::take(&disk).unwrap();
        let error = apply(&disk, &lock, &rename(), &mut unwatched).unwrap_err().to_string();
        assert!(error.contains(path), "{error}");
        assert_eq!(state(folder.path()), before);
    }
}

#[test]
fn a_change_that_fails_halfway_is_taken_back() {
    let (folder, disk) = on_disk();
    let before = state(folder.path());
    let lock = WriteLock::take(&disk).unwrap();
    let place = folder.path().join("members/a.toml");
    let error = apply(&disk, &lock, &rename(), &mut |done| {
        // The last file is gone when its turn comes.
        if done == 2 {
            let _ = fs::remove_file(&place);
        }
        ControlFlow::Continue(())
    });
    let message = format!("{:#}", error.unwrap_err());
    assert!(message.contains("cannot remove members/a.toml"), "{message}");
    let records: Vec<_> = before.into_iter().filter(|(name, _)| name != "members/a.toml").collect();
    let now: Vec<_> = state(folder.path()).into_iter().filter(|(name, _)| name != "members/a.toml").collect();
    assert_eq!(now, records);
}

#[test]
fn a_change_that_is_taken_back_says_which_file_somebody_edited_after_it_was_written() {
    let (folder, disk) = on_disk();
    let lock = WriteLock::take(&disk).unwrap();
    let (goal, old) = (folder.path().join("goals/g.toml"), folder.path().join("members/a.toml"));
    let mut edited = String::new();
    let error = apply(&disk, &lock, &rename(), &mut |done| {
        if done == 2 {
            // One file was written and is edited, another one is edited before its turn.
            edited = fs::read_to_string(&goal).unwrap() + "# by hand\n";
            fs::write(&goal, &edited).unwrap();
            fs::remove_file(&old).unwrap();
        }
        ControlFlow::Continue(())
    });
    let message = format!("{:#}", error.unwrap_err());
    assert!(message.contains("the change was undone, except in goals/g.toml, which someone edited"), "{message}");
    assert!(!message.contains("nothing was changed"), "{message}");
    assert_eq!(fs::read_to_string(&goal).unwrap(), edited, "what was typed by hand stays");
    assert!(!folder.path().join("members/deep/b.toml").exists(), "the rest is taken back");
    // Nothing more is written, and `check` says so, until someone settles it.
    let unfinished = disk.unfinished().unwrap();
    assert!(unfinished.other.contains(&LedgerPath::new("goals/g.toml")), "{unfinished:?}");
    let settled = recover(&disk, &lock, true).unwrap().unwrap();
    assert!(settled.other.contains(&LedgerPath::new("goals/g.toml")));
    begin(&disk, &lock).unwrap();
}

#[test]
fn whoever_writes_has_the_ledger_for_itself() {
    let (folder, disk) = on_disk();
    let count = folder.path().join("members/a.toml");
    fs::write(&count, "").unwrap();
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let (disk, count) = (disk.clone(), count.clone());
            std::thread::spawn(move || {
                for _ in 0..5 {
                    let lock = WriteLock::take(&disk).unwrap();
                    let before = fs::read_to_string(&count).unwrap();
                    let change = file("members/a.toml", Some(&before), Some(&format!("{before}x")));
                    apply(&disk, &lock, &ChangeSet::one("log", change), &mut unwatched).unwrap();
                }
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    assert_eq!(fs::read_to_string(&count).unwrap(), "x".repeat(40));
    assert!(!folder.path().join(".coalition-lock").exists());
}

#[test]
fn what_an_interrupted_writer_left_beside_a_file_is_written_over() {
    let (folder, disk) = on_disk();
    fs::write(folder.path().join("members/.a.toml.new"), "half").unwrap();
    let lock = WriteLock::take(&disk).unwrap();
    let change = file("members/a.toml", Some("name = \"A\"\n"), Some("name = \"B\"\n"));
    apply(&disk, &lock, &ChangeSet::one("set", change), &mut unwatched).unwrap();
    let names = |root: &Path| -> Vec<_> { state(root).into_iter().map(|(name, _)| name).collect() };
    assert_eq!(names(folder.path()), ["coalition.toml", "goals/g.toml", "members/a.toml"]);
    // What an import left that was interrupted before its first file was in place.
    fs::write(folder.path().join(JOURNAL), rename().journal()).unwrap();
    fs::write(folder.path().join("members/a.toml"), "name = \"A\"\n").unwrap();
    fs::write(folder.path().join("goals/.g.toml.new"), "half").unwrap();
    begin(&disk, &lock).unwrap();
    assert_eq!(names(folder.path()), ["coalition.toml", "goals/g.toml", "members/a.toml"]);
}

#[test]
fn files_of_signatures_are_written_taken_back_and_completed_like_records() {
    let change = || {
        let entry = "[[signatures]]\nby = \"a\"\n";
        let files = vec![
            file("goals/g.toml", Some("lead = \"a\"\n"), Some("lead = \"b\"\n")),
            file("signatures/charter/b.toml", None, Some(entry)),
        ];
        ChangeSet { what: "fmt --split-signatures".to_owned(), files }
    };
    let (folder, disk) = on_disk();
    let lock = WriteLock::take(&disk).unwrap();
    let before = state(folder.path());
    apply(&disk, &lock, &change(), &mut unwatched).unwrap();
    let whole = state(folder.path());
    assert!(whole.iter().any(|(path, _)| path.ends_with("b.toml")));
    for (undo, expected) in [(true, &before), (false, &whole)] {
        fs::write(folder.path().join("goals/g.toml"), "lead = \"a\"\n").unwrap();
        fs::write(folder.path().join(JOURNAL), change().journal()).unwrap();
        let settled = recover(&disk, &lock, undo).unwrap().unwrap();
        assert_eq!((settled.what.as_str(), settled.other.len()), ("fmt --split-signatures", 0));
        assert_eq!(state(folder.path()), *expected);
    }
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (folder, disk) = on_disk();
    let place = folder.path().join("members/a.toml");
    let real = folder.path().join("a.real");
    fs::rename(&place, &real).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("../a.real", &place).unwrap();
    let lock = WriteLock::take(&disk).unwrap();
    let change = ChangeSet::one("set", file("members/a.toml", Some("name = \"A\"\n"), Some("name = \"B\"\n")));
    assert_eq!(written_path(&disk, &LedgerPath::new("members/a.toml")).unwrap().as_str(), "a.real");
    apply(&disk, &lock, &change, &mut unwatched).unwrap();
    assert!(fs::symlink_metadata(&place).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&real).unwrap(), "name = \"B\"\n");
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    let outside = tempfile::tempdir().unwrap();
    let other = outside.path().join("x");
    fs::write(&other, "name = \"A\"\n").unwrap();
    fs::remove_file(&place).unwrap();
    symlink(&other, &place).unwrap();
    assert!(apply(&disk, &lock, &change, &mut unwatched).unwrap_err().to_string().contains("outside the ledger"));
    symlink(outside.path(), folder.path().join("requests")).unwrap();
    let new = ChangeSet::one("new", file("requests/r.toml", None, Some("x")));
    assert!(apply(&disk, &lock, &new, &mut unwatched).unwrap_err().to_string().contains("outside the ledger"));
    assert_eq!(fs::read_to_string(&other).unwrap(), "name = \"A\"\n");
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_swapped_for_a_link_lets_nothing_out() {
    for swapped in ["members", "goals"] {
        for at in 0..3 {
            let (folder, disk) = on_disk();
            let outside = tempfile::tempdir().unwrap();
            for (file, text) in [("a.toml", "outside"), ("g.toml", "outside")] {
                fs::write(outside.path().join(file), text).unwrap();
            }
            let lock = WriteLock::take(&disk).unwrap();
            let place = folder.path().join(swapped);
            let mut is_swapped = false;
            let done = apply(&disk, &lock, &rename(), &mut |done| {
                if done == at && !is_swapped {
                    is_swapped = true;
                    fs::rename(&place, folder.path().join("aside")).unwrap();
                    std::os::unix::fs::symlink(outside.path(), &place).unwrap();
                }
                ControlFlow::Continue(())
            });
            let mut names: Vec<_> =
                fs::read_dir(outside.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            names.sort();
            assert_eq!(names, ["a.toml", "g.toml"], "{swapped} at {at}: {done:?}");
            for file in ["a.toml", "g.toml"] {
                assert_eq!(fs::read_to_string(outside.path().join(file)).unwrap(), "outside", "{swapped} at {at}");
            }
        }
    }
}

/// The ledger on a disk that remembers what it reads, read long enough after it was written that what is remembered counts.
fn remembered() -> (tempfile::TempDir, Disk) {
    let (folder, disk) = on_disk();
    let disk = disk.with_memory();
    std::thread::sleep(std::time::Duration::from_millis(150));
    for path in ["members/a.toml", "goals/g.toml"] {
        crate::source::Source::read(&disk, &LedgerPath::new(path)).unwrap();
    }
    (folder, disk)
}

#[test]
fn what_somebody_changed_after_it_was_read_is_not_written_over() {
    let goal = || file("goals/g.toml", Some("lead = \"a\"\n"), Some("lead = \"b\"\n"));
    for change in [ChangeSet::one("set", goal()), rename()] {
        for (path, text) in [
            ("goals/g.toml", "lead = \"c\"\n"),
            ("goals/g.toml", "lead = \"long\"\n"),
            ("members/a.toml", "name = \"B\"\n"),
        ] {
            if change.files.iter().all(|file| file.path.as_str() != path) {
                continue;
            }
            // At each moment that can be seen: before anything is written, and before each file has its place.
            for moment in 0..=change.files.len() {
                let (folder, disk) = remembered();
                let lock = WriteLock::take(&disk).unwrap();
                let place = folder.path().join(path);
                let times = fs::metadata(&place).unwrap().modified().unwrap();
                let edit = || {
                    fs::write(&place, text).unwrap();
                    fs::File::options().append(true).open(&place).unwrap().set_modified(times).unwrap();
                };
                if moment == 0 {
                    edit();
                }
                let mut seen = 0;
                let done = apply(&disk, &lock, &change, &mut |_| {
                    seen += 1;
                    if seen == moment {
                        edit();
                    }
                    ControlFlow::Continue(())
                });
                let now = fs::read_to_string(&place).unwrap_or_default();
                assert_eq!(now, text, "{} {path} at {moment}: {done:?}", change.what);
                let error = format!("{:#}", done.expect_err("it was edited"));
                assert!(error.contains(&format!("someone else changed {path}")), "{error}");
            }
        }
    }
}

#[test]
fn a_change_that_was_made_from_an_older_reading_is_refused() {
    // As by `edit`, whose editor was open while someone else wrote: the ledger was read again since, and no one has touched it.
    let (folder, disk) = remembered();
    let lock = WriteLock::take(&disk).unwrap();
    let change = ChangeSet::one("edit", file("goals/g.toml", Some("lead = \"x\"\n"), Some("lead = \"b\"\n")));
    let error = apply(&disk, &lock, &change, &mut unwatched).unwrap_err().to_string();
    assert!(error.contains("someone else changed goals/g.toml"), "{error}");
    assert_eq!(fs::read_to_string(folder.path().join("goals/g.toml")).unwrap(), "lead = \"a\"\n");
}
