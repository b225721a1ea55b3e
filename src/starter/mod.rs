//! The files of a new ledger: what `coalition init` writes. Examples come from the field tables, so they are always those
//! of this version.

mod example;

pub use example::commented_example;

use crate::edit::Literal;
use crate::kind::Kind;
use crate::output::markdown_escape::escape;
use crate::record::field::paragraph;
use crate::record::table_of;
use crate::reference::example::known_as;
use crate::reference::schema::{Subject, schema};
use chrono::NaiveDate;

/// Where a new ledger keeps the schemas for editors.
pub const SCHEMA_FOLDER: &str = ".coalition/schema";

/// The place where changes are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ci {
    /// GitHub Actions.
    Github,
    /// GitLab CI.
    Gitlab,
    /// Nowhere.
    None,
}

/// What is known of a new coalition.
#[derive(Debug, Clone)]
pub struct Answers {
    /// Its name.
    pub name: String,
    /// Where changes are checked.
    pub ci: Ci,
    /// The day the ledger is made.
    pub today: NaiveDate,
}

/// A file of a new ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Its path in the ledger.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// All files of a new ledger, in the order in which a person would look at them.
pub fn files(answers: &Answers) -> Vec<NewFile> {
    let file = |path: &str, text: String| NewFile { path: path.to_owned(), text };
    let fill = |template: &str| {
        template
            .replace("{name as toml}", &Literal::Text(answers.name.clone()).toml("\n"))
            .replace("{name}", &escape(&answers.name))
            .replace("{today}", &answers.today.to_string())
            .replace("{version}", env!("CARGO_PKG_VERSION"))
    };
    let mut files = vec![
        file("coalition.toml", fill(include_str!("files/coalition.toml"))),
        file("README.md", fill(include_str!("files/README.md"))),
    ];
    files.extend(Kind::ALL.into_iter().map(|kind| file(&format!("{}/README.md", kind.folder()), folder_page(kind))));
    files.push(file(".gitattributes", include_str!("files/gitattributes").to_owned()));
    files.push(file(".gitignore", include_str!("files/gitignore").to_owned()));
    files.push(file(".editorconfig", include_str!("files/editorconfig").to_owned()));
    files.push(file(".pre-commit-config.yaml", include_str!("files/pre-commit-config.yaml").to_owned()));
    match answers.ci {
        Ci::Github => {
            files.push(file(".github/workflows/coalition.yml", fill(include_str!("files/github-workflow.yml"))));
        }
        Ci::Gitlab => files.push(file(".gitlab-ci.yml", fill(include_str!("files/gitlab-ci.yml")))),
        Ci::None => {}
    }
    files.extend(Subject::all().map(|subject| {
        let text = serde_json::to_string_pretty(&schema(subject)).unwrap_or_default() + "\n";
        file(&format!("{SCHEMA_FOLDER}/{}", subject.file_name()), text)
    }));
    files
}

/// The page that a git host shows above the files of a folder.
fn folder_page(kind: Kind) -> String {
    let about = paragraph(table_of(kind).doc);
    let how_to = format!(
        "To add one, make a new file in this folder. Its name is the id by which other files refer to it: small letters, \
         digits and hyphens, ending in `.toml`, such as `{}.toml`. Copy the example, keep the lines you need, and remove \
         the `#` in front of them.",
        known_as(kind).0
    );
    format!(
        "# {}\n\n{about}\n\n{}\n\n```toml\n{}```\n",
        title(kind),
        textwrap::fill(&how_to, 120),
        commented_example(kind),
    )
}

fn title(kind: Kind) -> String {
    crate::document::words::capitalized(kind.folder())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Context, judge};
    use crate::ledger::load;
    use crate::source::memory::Memory;

    fn today() -> NaiveDate {
        "2026-11-22".parse().unwrap()
    }

    fn new_ledger(name: &str) -> Vec<NewFile> {
        files(&Answers { name: name.to_owned(), ci: Ci::Github, today: today() })
    }

    #[test]
    fn a_new_ledger_lacks_only_members() {
        let files = new_ledger("Friends \"of\" the \\ Library");
        let memory = Memory::new(files.iter().map(|file| (file.path.as_str(), file.text.as_bytes())));
        let ledger = load(&memory).unwrap();
        assert_eq!(ledger.root.name(), "Friends \"of\" the \\ Library");
        let verdict = judge(&Context::new(&ledger, today()));
        let said: Vec<_> = verdict.reported.iter().map(|reported| reported.finding.check.as_str()).collect();
        assert_eq!(said, ["empty-ledger"]);
    }

    #[test]
    fn the_example_of_every_folder_is_a_record() {
        for kind in Kind::ALL {
            let mut source = crate::check::base_ledger();
            source.put(&format!("{}/example.toml", kind.folder()), commented_example(kind).as_bytes());
            let ledger = load(&source).unwrap();
            assert!(ledger.find(kind, "example").is_some());
            let errors: Vec<_> = ledger.findings.iter().filter(|finding| !finding.softened).collect();
            assert!(errors.is_empty(), "{kind}: {errors:?}");
        }
    }

    #[test]
    fn workflows_are_yaml() {
        for text in [
            include_str!("files/github-workflow.yml"),
            include_str!("files/gitlab-ci.yml"),
            include_str!("files/pre-commit-config.yaml"),
        ] {
            let value: serde_json::Value = serde_yaml::from_str(text).unwrap();
            assert!(value.is_object());
        }
    }
}
