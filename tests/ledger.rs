//! Small ledgers on disk for tests of whole commands, and the program to run on them.

use assert_cmd::Command;
use coalition::internal::check::Group;
use std::fs;
use std::path::{Path, PathBuf};

/// The day on which tests take place.
pub const TODAY: &str = "2026-11-22";

/// A ledger in a folder that vanishes with it.
pub struct Ledger {
    folder: tempfile::TempDir,
}

impl Ledger {
    /// An empty folder.
    pub fn empty() -> Ledger {
        Ledger { folder: tempfile::tempdir().unwrap() }
    }

    /// Three members, each with its representative, and a charter that no one has signed yet.
    pub fn of_three() -> Ledger {
        let ledger = Ledger::empty();
        // What a grown coalition is asked for beyond its files and agreements is tried elsewhere.
        let practices =
            coalition::internal::check::ALL.iter().filter(|check| matches!(check.group, Group::Practice(_)));
        let off: String = practices.map(|check| format!("{} = \"off\"\n", check.name)).collect();
        let root = format!("name = \"Alder County Library Coalition\"\nfounded = 2025-01-15\n\n[checks]\n{off}");
        ledger.put("coalition.toml", &root);
        for (member, advocate) in [("alder-friends", "ana"), ("birch-library", "ben"), ("cedar-school", "cam")] {
            let text = format!(
                "name = \"{}\"\nclassification = \"other\"\njoined = 2025-01-15\nrepresentative = \"{advocate}\"\n",
                member.replace('-', " ").to_uppercase()
            );
            ledger.put(&format!("members/{member}.toml"), &text);
            ledger.put(
                &format!("advocates/{advocate}.toml"),
                &format!("name = \"{advocate} Z\"\nmember = \"{member}\"\n"),
            );
        }
        ledger.put(
            "agreements/charter.toml",
            "name = \"Charter\"\neffective = 2025-02-01\nrequired_of = \"members\"\ntext = \"\"\"\nWe meet monthly and \
             speak with one voice.\n\"\"\"\nrights = [\"one vote each\"]\nresponsibilities = [\"come to the meetings\"]\n",
        );
        ledger
    }

    /// Writes a file.
    pub fn put(&self, path: &str, text: &str) {
        let place = self.folder.path().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }

    /// Adds lines at the end of a file.
    pub fn append(&self, path: &str, text: &str) {
        let whole = fs::read_to_string(self.path().join(path)).unwrap() + text;
        self.put(path, &whole);
    }

    /// Replaces some words of a file, which must be there.
    pub fn replace(&self, path: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.path().join(path)).unwrap();
        assert!(text.contains(old), "{path} has no {old}");
        self.put(path, &text.replacen(old, new, 1));
    }

    /// Signs the charter for a member with the digest that `coalition terms` prints.
    pub fn sign(&self, member: &str, advocate: &str) {
        let digest = self.run(&["terms", "charter", "--digest"]).stdout;
        self.append(
            "agreements/charter.toml",
            &format!(
                "\n[[signatures]]\nmember = \"{member}\"\nby = \"{advocate}\"\ndate = 2025-01-20\nterms = \"{}\"\n",
                digest.trim()
            ),
        );
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Runs the program on the ledger.
    pub fn run(&self, arguments: &[&str]) -> Answer {
        run_in(self.path(), arguments)
    }

    /// The findings of `check --format json`, as check, file, line, column.
    pub fn findings(&self, arguments: &[&str]) -> Vec<(String, String, u64, u64)> {
        let answer = self.run(&[&["check", "--format", "json"], arguments].concat());
        let json: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
        let text = |finding: &serde_json::Value, key: &str| finding[key].as_str().unwrap().to_owned();
        let findings = json["findings"].as_array().unwrap().iter();
        findings
            .map(|f| (text(f, "check"), text(f, "file"), f["line"].as_u64().unwrap(), f["column"].as_u64().unwrap()))
            .collect()
    }
}

/// What the program answered.
pub struct Answer {
    /// The exit status.
    pub status: i32,
    /// What it printed.
    pub stdout: String,
    /// What it said beside.
    pub stderr: String,
}

/// Runs the program in a folder, on a fixed day, without an environment of its own.
pub fn run_in(folder: &Path, arguments: &[&str]) -> Answer {
    let mut command = Command::cargo_bin("coalition").unwrap();
    command.env_remove("COALITION_LEDGER").env_remove("GITHUB_WORKSPACE").env("COALITION_TODAY", TODAY);
    let output = command.current_dir(folder).args(arguments).output().unwrap();
    Answer {
        status: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder of the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
