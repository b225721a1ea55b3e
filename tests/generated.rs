//! The generated files of the repository are what the code says they are. `BLESS=1 cargo test` writes them anew.

use coalition::internal::reference;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders in which every file is generated.
const FOLDERS: [&str; 2] = ["schema", "docs/checks"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a folder, by their path from the root.
fn files_of(folder: &str) -> BTreeSet<String> {
    let Ok(entries) = fs::read_dir(root().join(folder)) else { return BTreeSet::new() };
    entries.map(|entry| format!("{folder}/{}", entry.unwrap().file_name().to_string_lossy())).collect()
}

/// Files in the folders of generated files that nothing generates.
fn stale() -> Vec<String> {
    let current: BTreeSet<String> = reference::all().into_iter().map(|file| file.path).collect();
    FOLDERS.iter().flat_map(|folder| files_of(folder)).filter(|path| !current.contains(path)).collect()
}

fn write_anew() {
    for path in stale() {
        fs::remove_file(root().join(path)).unwrap();
    }
    for file in reference::all() {
        let place: PathBuf = root().join(&file.path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, file.text).unwrap();
    }
}

#[test]
fn the_copies_in_the_repository_are_current() {
    if std::env::var_os("BLESS").is_some() {
        write_anew();
    }
    for file in reference::all() {
        // A checkout on Windows may have other line ends.
        let copy = fs::read_to_string(root().join(&file.path)).unwrap_or_default().replace("\r\n", "\n");
        assert!(copy == file.text, "{} is not current; `BLESS=1 cargo test` writes it anew", file.path);
    }
    assert_eq!(stale(), Vec::<String>::new(), "nothing generates these any more; `BLESS=1 cargo test` removes them");
}
