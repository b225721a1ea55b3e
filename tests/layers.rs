//! The house keeps its promise: a room uses only rooms above it in `src/lib.rs`, and only rooms that are marked touch the
//! world.

use crate::ledger::repository;
use std::fs;
use std::path::Path;
use walkdir::WalkDir;

/// The rooms in the order of `src/lib.rs`.
fn rooms() -> Vec<String> {
    let map = fs::read_to_string(repository("src/lib.rs")).unwrap();
    let rooms = map.lines().filter_map(|line| line.strip_prefix("pub mod ")).map(|room| room.trim_end_matches(';'));
    rooms.map(str::to_owned).collect()
}

/// Source files with their room and their text without tests.
fn files() -> Vec<(String, String, String)> {
    let source = repository("src");
    let mut files = Vec::new();
    for entry in WalkDir::new(&source).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        let inside = path.strip_prefix(&source).unwrap().to_str().unwrap().to_owned();
        let tests = ["tests.rs", "sweep.rs"].contains(&path.file_name().unwrap().to_str().unwrap());
        if path.extension().is_none_or(|ending| ending != "rs") || tests || !inside.contains(['/', '.']) {
            continue;
        }
        let room = Path::new(&inside).iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
        files.push((room, inside, code));
    }
    files
}

#[test]
fn a_room_uses_only_rooms_above_it() {
    let rooms = rooms();
    let floor = |room: &str| rooms.iter().position(|other| other == room);
    let mut arrows = 0;
    for (room, file, code) in files() {
        let Some(own) = floor(&room) else { continue };
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in lines {
            for used in line.match_indices("crate::").map(|(at, _)| &line[at + 7..]) {
                let name: String = used.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                if let Some(theirs) = floor(&name) {
                    arrows += 1;
                    assert!(theirs <= own, "{file} ({room}) uses {name}, which lies below it");
                }
            }
        }
    }
    assert!(arrows > 100, "only {arrows} arrows were seen");
}

#[test]
fn only_marked_rooms_touch_the_world() {
    let world = ["std::fs", "std::env::", "std::process", "std::io::stdout", "Local::now", "walkdir"];
    for (room, file, code) in files() {
        let marked = room == "cli" || file == "source/disk.rs" || room == "main";
        let touch = world.iter().find(|touch| !marked && code.contains(**touch));
        assert_eq!(touch, None, "{file} touches the world");
    }
}

#[test]
fn files_stay_short() {
    for (_, file, code) in files() {
        let lines = code.lines().count();
        assert!(lines <= 400, "{file} has {lines} lines: split it by noun");
    }
}
