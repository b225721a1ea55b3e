//! A module uses only modules above it in `src/lib.rs`, and only those marked there do I/O.

use crate::ledger::repository;
use std::fs;
use std::path::Path;
use walkdir::WalkDir;

/// The modules in the order of `src/lib.rs`.
fn layers() -> Vec<String> {
    let map = fs::read_to_string(repository("src/lib.rs")).unwrap();
    let layers = map.lines().filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod "));
    layers.map(|layer| layer.trim_end_matches(';').to_owned()).collect()
}

/// Source files with their layer and their text without tests.
fn files() -> Vec<(String, String, String)> {
    let source = repository("src");
    let mut files = Vec::new();
    for entry in WalkDir::new(&source).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        let inside = path.strip_prefix(&source).unwrap().to_str().unwrap().to_owned();
        let name = path.file_name().unwrap().to_str().unwrap();
        let tests = ["tests.rs", "sweep.rs"].contains(&name) || inside.contains("/tests/");
        if path.extension().is_none_or(|ending| ending != "rs") || tests || !inside.contains(['/', '.']) {
            continue;
        }
        let layer = Path::new(&inside).iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
        files.push((layer, inside, code));
    }
    files
}

/// How many modules deep the module of a file lies below the crate.
fn depth(file: &str) -> usize {
    file.split('/').filter(|part| *part != "mod.rs").count()
}

/// What code names right below the crate: after `crate::`, or after as many `super::` as lead out of its layer.
fn used(code: &str, depth: usize) -> Vec<String> {
    let lines: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = lines.join("\n");
    let out = "super::".repeat(depth);
    let by_crate = code.match_indices("crate::");
    let by_super = code.match_indices(&out).filter(|(at, _)| !code[..*at].ends_with("super::"));
    let names = by_crate.chain(by_super).flat_map(|(at, way)| names(&code[at + way.len()..]));
    names.filter(|name| !name.is_empty()).collect()
}

/// The first name of a path, or of each path in its braces.
fn names(path: &str) -> Vec<String> {
    let name = |path: &str| path.trim_start().chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
    let Some(group) = path.strip_prefix('{') else { return vec![name(path)] };
    let mut names = vec![name(group)];
    let mut open = 1;
    for (at, c) in group.char_indices() {
        match c {
            '{' => open += 1,
            '}' if open == 1 => break,
            '}' => open -= 1,
            ',' if open == 1 => names.push(name(&group[at + 1..])),
            _ => {}
        }
    }
    names
}

#[test]
fn a_module_uses_only_modules_above_it() {
    let layers = layers();
    let height = |layer: &str| layers.iter().position(|other| other == layer);
    let mut uses = 0;
    for (layer, file, code) in files() {
        let Some(user) = height(&layer) else { continue };
        for (name, used) in used(&code, depth(&file)).iter().filter_map(|name| Some((name, height(name)?))) {
            uses += 1;
            assert!(used <= user, "{file} ({layer}) uses {name}, which is below it");
        }
    }
    assert!(uses > 400, "only {uses} uses found");
}

#[test]
fn every_use_of_another_layer_is_found() {
    let code = "// crate::parse\nuse crate::{\n    kind::{Kind, cli},\n    ledger,\n};\nuse super::super::{check, render::x};\n\
                use super::source;\nlet x = super::super::output::y();";
    assert_eq!(used(code, depth("report/brief.rs")), ["kind", "ledger", "check", "render", "output"]);
    assert_eq!(used("use super::parse;", depth("kind.rs")), ["parse"]);
    assert_eq!(used("use super::parse;", depth("report/mod.rs")), ["parse"]);
}

#[test]
fn only_marked_modules_do_io() {
    let io = ["gix::", "std::fs", "std::env::", "std::process", "std::io::stdout", "Local::now", "Utc::now", "walkdir"];
    let (mut marked, mut doing) = (0, 0);
    for (layer, file, code) in files() {
        let found = io.iter().find(|name| code.contains(**name));
        let is_marked = ["source/disk", "source/git/", "edit/apply/"].iter().any(|marked| file.starts_with(marked));
        if layer == "cli" || layer == "main" || is_marked {
            marked += 1;
            doing += usize::from(found.is_some());
        } else {
            assert_eq!(found, None, "{file} does I/O");
            assert!(!code.contains("std::{"), "{file}: write paths into std in full, so that this test finds them");
        }
    }
    assert!(marked > 10 && doing > 3, "{doing} of {marked} marked files do I/O");
}

/// The lines of a file, without its tests, at which to ask whether it holds more than one noun.
const MOST_LINES: usize = 700;

#[test]
fn a_file_holds_one_noun() {
    let files = files();
    assert!(files.len() > 150, "only {} files", files.len());
    for (_, file, code) in files {
        let lines = code.lines().count();
        // A noun stays whole, so that a reader follows it in one place; beyond this, two may live together.
        assert!(lines <= MOST_LINES, "{file} has {lines} lines: are there two nouns in it? Then give each a file");
    }
}
