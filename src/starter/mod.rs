//! The files of a new ledger: what `coalition init` writes. Examples come from the field tables, so they are always those
//! of this version.

mod example;
mod program;

pub(crate) use example::commented_example;
pub(crate) use program::Program;

use crate::edit::Literal;
use crate::error::Error;
use crate::exchange::codeowners::{Owner, starter_text, unwritable_folder};
use crate::kind::Kind;
use crate::output::markdown_escape::escape;
use crate::record::field::paragraph;
use crate::record::table_of;
use crate::reference::example::example_of;
use crate::reference::schema::{SchemaSubject, schema};
use chrono::NaiveDate;
use example::signature_example;

/// Where a new ledger keeps the schemas for editors.
pub(crate) const SCHEMA_FOLDER: &str = ".coalition/schema";

/// The place where changes are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ci {
    /// GitHub Actions.
    Github,
    /// GitLab CI.
    Gitlab,
    /// Nowhere.
    None,
}

/// What is known of a new coalition.
#[derive(Debug, Clone)]
pub(crate) struct Answers {
    /// Its name.
    pub name: String,
    /// Where changes are checked.
    pub ci: Ci,
    /// Where the workflow gets the program.
    pub program: Program,
    /// Who owns what all members share; empty if no one does yet.
    pub coordinators: Vec<Owner>,
    /// The folder of the ledger inside its repository, with slashes; empty at the root.
    pub folder: String,
    /// The day the ledger is made.
    pub today: NaiveDate,
}

/// A file of a new ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewFile {
    /// Its path in the ledger, or in the repository.
    pub path: String,
    /// Whether it belongs at the root of the repository, the only place where git hosts read it.
    pub at_root: bool,
    /// Its text.
    pub text: String,
}

/// All files of a new ledger, in the order in which a person would look at them.
///
/// # Errors
/// That the ledger's folder cannot be written in a file of a git host.
pub(crate) fn files(answers: &Answers) -> Result<Vec<NewFile>, Error> {
    let file = |path: &str, text: String| NewFile { path: path.to_owned(), at_root: false, text };
    let fill = |template: &str| {
        template
            .replace("{name as toml}", &Literal::Text(answers.name.clone()).toml("\n"))
            .replace("{name}", &escape(&answers.name))
            .replace("{today}", &answers.today.to_string())
    };
    let mut files = vec![
        file("coalition.toml", fill(include_str!("files/coalition.toml"))),
        file("README.md", fill(include_str!("files/README.md"))),
    ];
    for kind in Kind::ALL {
        files.push(file(&format!("{}/README.md", kind.folder()), folder_page(kind)));
        if kind == Kind::Agreement {
            files.push(file("signatures/README.md", signatures_page()));
        }
    }
    files.push(file(".gitattributes", include_str!("files/gitattributes").to_owned()));
    files.push(file(".gitignore", include_str!("files/gitignore").to_owned()));
    files.push(file(".editorconfig", include_str!("files/editorconfig").to_owned()));
    files.push(file(".pre-commit-config.yaml", include_str!("files/pre-commit-config.yaml").to_owned()));
    files.extend(host_files(answers)?);
    files.extend(SchemaSubject::all().map(|subject| {
        let text = serde_json::to_string_pretty(&schema(subject)).unwrap_or_default() + "\n";
        file(&format!("{SCHEMA_FOLDER}/{}", subject.file_name()), text)
    }));
    Ok(files)
}

/// The files that a git host reads: the workflow, and who owns what.
fn host_files(answers: &Answers) -> Result<Vec<NewFile>, Error> {
    if answers.ci == Ci::None {
        return Ok(Vec::new());
    }
    let at_root = |path: &str, text: String| NewFile { path: path.to_owned(), at_root: true, text };
    // In a workflow, a folder must not read as an expression of the host.
    let ledger = if answers.folder.is_empty() {
        String::new()
    } else if answers.folder.chars().all(|c| c.is_alphanumeric() || " -_./".contains(c)) {
        format!("COALITION_LEDGER: \"{}\"\n", answers.folder)
    } else {
        return Err(unwritable_folder(&answers.folder));
    };
    let indented = |before: &str| if ledger.is_empty() { String::new() } else { format!("{before}{ledger}") };
    // Git calls the program for each file, which it can only where both are installed.
    let has_git = !matches!(answers.program, Program::Container(_));
    Ok(match answers.ci {
        Ci::Github => {
            let (before, after) = answers.program.github_steps();
            let workflow = include_str!("files/github-workflow.yml")
                .replace("{ledger}", &indented("    env:\n      "))
                .replace("{before}", &before)
                .replace("{after}", &after)
                .replace("{call}", &answers.program.github_call());
            let owners = starter_text(&answers.folder, &answers.coordinators)?;
            let mut files = vec![
                at_root(".github/workflows/coalition.yml", workflow),
                at_root(".github/CODEOWNERS", owners),
                at_root(
                    ".github/workflows/coalition-comment.yml",
                    include_str!("files/github-comment-workflow.yml").to_owned(),
                ),
            ];
            for (path, text) in [
                (".github/workflows/coalition-site.yml", include_str!("files/github-site-workflow.yml")),
                (".github/workflows/coalition-brief.yml", include_str!("files/github-brief-workflow.yml")),
            ] {
                let workflow = text
                    .replace("{ledger}", &indented("    env:\n      "))
                    .replace("{before}", &before)
                    .replace("{after}", &after)
                    .replace("{render}", &answers.program.github_render())
                    .replace("{call}", &answers.program.github_call());
                files.push(at_root(path, workflow));
            }
            if has_git {
                let merge = include_str!("files/github-merge-workflow.yml")
                    .replace("{ledger}", &indented("    env:\n      "))
                    .replace("{before}", &before)
                    .replace("{after}", &after);
                files.push(at_root(".github/workflows/coalition-merge.yml", merge));
            }
            files
        }
        Ci::Gitlab => {
            let mut jobs = include_str!("files/gitlab-ci.yml").to_owned();
            jobs.push_str(include_str!("files/gitlab-site-jobs.yml"));
            if has_git {
                jobs.push_str(include_str!("files/gitlab-requests-job.yml"));
            }
            let job = jobs
                .replace("{ledger}", &indented("    "))
                .replace("{image}", &answers.program.gitlab_image())
                .replace("{install}", &answers.program.gitlab_lines());
            let owners = starter_text(&answers.folder, &answers.coordinators)?;
            vec![at_root(".gitlab-ci.yml", job), at_root(".gitlab/CODEOWNERS", owners)]
        }
        Ci::None => Vec::new(),
    })
}

/// The page above the folders of signatures.
fn signatures_page() -> String {
    include_str!("files/signatures-README.md").replace("{example}", &signature_example())
}

/// The page that a git host shows above the files of a folder.
fn folder_page(kind: Kind) -> String {
    let about = paragraph(table_of(kind).doc);
    let how_to = format!(
        "To add one, make a new file in this folder. Its name is the id by which other files refer to it: lowercase \
         letters, digits and hyphens, ending in `.toml`, such as `{}.toml`. Copy the example, keep the lines you \
         need, and remove the `#` in front of them.",
        example_of(kind).0
    );
    format!(
        "# {}\n\n{about}\n\n{}\n\n```toml\n{}```\n",
        title(kind),
        textwrap::fill(&how_to, 120),
        commented_example(kind),
    )
}

fn title(kind: Kind) -> String {
    crate::document::words::capitalize(kind.folder())
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

    fn answers(name: &str, ci: Ci) -> Answers {
        let (program, coordinators, folder) = (Program::Unknown, Vec::new(), String::new());
        Answers { name: name.to_owned(), ci, program, coordinators, folder, today: today() }
    }

    fn new_ledger(name: &str) -> Vec<NewFile> {
        files(&answers(name, Ci::Github)).unwrap()
    }

    fn text<'f>(files: &'f [NewFile], path: &str) -> &'f str {
        &files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("no {path}")).text
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
    fn the_example_of_a_signature_is_one_without_a_member() {
        let files = new_ledger("C");
        let page = text(&files, "signatures/README.md");
        let example = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        let mut source = crate::check::base_ledger();
        let entry = example.replace("[[signatures]]", "[[signatures]]\nmember = \"birch-library\"");
        let charter = format!("name = \"X\"\ntext = \"We meet.\"\nrequired_of = \"nobody\"\n{entry}");
        source.put("agreements/x.toml", charter.as_bytes());
        let ledger = load(&source).unwrap();
        let errors: Vec<_> = ledger.findings.iter().filter(|finding| !finding.softened).collect();
        assert!(errors.is_empty(), "{errors:?}\n{page}");
        let signature = &ledger.agreements.find("x").unwrap().signatures[0];
        assert!(signature.by.is_some() && signature.date.is_some() && signature.version.is_some());
        assert!(signature.terms.is_some() && !example.contains("member ="), "{example}");
        assert!(text(&files, "README.md").contains("| [signatures](signatures) |"));
    }

    #[test]
    fn nothing_is_installed_by_a_name_that_anybody_could_register() {
        let digest = "0".repeat(64);
        let commit = &digest[..40];
        for (program, said) in [
            (Program::Unknown, "This workflow does not say where to get coalition"),
            (
                Program::parse(&format!("git=https://git.example.org/o/coalition@{commit}")).unwrap(),
                &*format!("cargo install --locked --git https://git.example.org/o/coalition --rev {commit}\n"),
            ),
            (Program::parse("path=tools/coalition").unwrap(), "cargo install --locked --path ./tools/coalition\n"),
            (
                Program::parse(&format!("container=example.org/coalition@sha256:{digest}")).unwrap(),
                &format!("example.org/coalition@sha256:{digest}"),
            ),
        ] {
            for (ci, path) in [(Ci::Github, ".github/workflows/coalition.yml"), (Ci::Gitlab, ".gitlab-ci.yml")] {
                let answers = Answers { program: program.clone(), ..answers("C", ci) };
                for file in files(&answers).unwrap() {
                    let installs = file.text.lines().filter(|line| line.contains("cargo install"));
                    for line in installs {
                        assert!(line.contains("--git ") || line.contains("--path "), "{}: {line}", file.path);
                    }
                }
                let files = files(&answers).unwrap();
                let workflow = text(&files, path);
                assert!(workflow.contains(said) && !workflow.contains('\t'), "{workflow}");
                let yaml: serde_json::Value = serde_yaml::from_str(workflow).unwrap();
                let first = if ci == Ci::Github {
                    &yaml["jobs"]["check"]["steps"][0]["run"]
                } else {
                    &yaml["coalition"]["script"][0]
                };
                let fails = first.as_str().is_some_and(|script| script.ends_with("exit 1\n"));
                assert_eq!(fails, program == Program::Unknown, "{workflow}");
            }
        }
    }

    #[test]
    fn a_ledger_below_the_root_is_named_to_the_host() {
        for ci in [Ci::Github, Ci::Gitlab] {
            let below = Answers { folder: "our ledgers/river".to_owned(), ..answers("C", ci) };
            let files = files(&below).unwrap();
            let hosts: Vec<_> = files.iter().filter(|file| file.at_root).collect();
            assert_eq!(hosts.len(), if ci == Ci::Github { 6 } else { 2 });
            let yaml: serde_json::Value = serde_yaml::from_str(&hosts[0].text).unwrap();
            let named = if ci == Ci::Github { &yaml["jobs"]["check"]["env"] } else { &yaml["coalition"]["variables"] };
            assert_eq!(named["COALITION_LEDGER"], "our ledgers/river", "{}", hosts[0].text);
            assert!(hosts[1].text.contains("/our\\ ledgers/river/agreements/"), "{}", hosts[1].text);
            let none = Answers { folder: "a$b".to_owned(), ..answers("C", Ci::None) };
            assert!(super::files(&none).is_ok_and(|files| files.iter().all(|file| !file.at_root)));
            for folder in ["a${{ secrets.x }}", "a$b", "a\"b", "a\\b", "a'b", "a\nb", "a*"] {
                assert!(super::files(&Answers { folder: folder.to_owned(), ..answers("C", ci) }).is_err(), "{folder}");
            }
        }
    }

    #[test]
    fn the_merge_of_pull_requests_runs_nothing_that_they_bring() {
        let below = Answers { folder: "ledger".to_owned(), ..answers("C", Ci::Github) };
        let files = files(&below).unwrap();
        let workflow = text(&files, ".github/workflows/coalition-merge.yml");
        let yaml: serde_json::Value = serde_yaml::from_str(workflow).unwrap();
        let events: Vec<&str> = yaml["on"].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(events, ["push", "workflow_dispatch"], "never started by a pull request");
        assert_eq!(yaml["jobs"]["merge"]["env"]["COALITION_LEDGER"], "ledger");
        let steps = yaml["jobs"]["merge"]["steps"].as_array().unwrap();
        let script = steps.last().unwrap()["run"].as_str().unwrap();
        assert!(!script.contains("${{"), "values come in as variables, never as text of the script: {script}");
        assert!(script.contains("git config core.hooksPath /dev/null") && script.contains("coalition git-setup"));
        let contained =
            Answers { program: Program::parse(&format!("container=o/c@sha256:{}", "0".repeat(64))).unwrap(), ..below };
        assert!(super::files(&contained).unwrap().iter().all(|file| !file.path.contains("merge")));
        let contained = super::files(&Answers { ci: Ci::Gitlab, ..contained }).unwrap();
        assert!(!text(&contained, ".gitlab-ci.yml").contains("coalition-requests"));
    }

    #[test]
    fn a_site_is_published_only_when_someone_asks_for_it_and_holds_nothing_private() {
        let image = format!("container=o/c@sha256:{}", "0".repeat(64));
        for program in [Program::Unknown, Program::parse("path=tools").unwrap(), Program::parse(&image).unwrap()] {
            let files = files(&Answers { program: program.clone(), ..answers("C", Ci::Github) }).unwrap();
            let read = |path| -> serde_json::Value { serde_yaml::from_str(text(&files, path)).unwrap() };
            let site = read(".github/workflows/coalition-site.yml");
            let build = &site["jobs"]["build"];
            assert!(build["if"].as_str().unwrap().starts_with("vars.COALITION_SITE == 'yes' && "), "{build}");
            assert_eq!(site["permissions"], serde_json::json!({ "contents": "read" }));
            assert!(build.get("permissions").is_none(), "what runs the program may write nothing");
            let script = build["steps"].as_array().unwrap().iter().rev().nth(1).unwrap()["run"].as_str().unwrap();
            let is_container = matches!(program, Program::Container(_));
            assert_eq!(script.contains("--volume \"$RUNNER_TEMP/site:/site\""), is_container, "{script}");
            assert_eq!(script.contains("--output /site"), is_container, "{script}");
            let brief = read(".github/workflows/coalition-brief.yml");
            assert_eq!(brief["permissions"], serde_json::json!({ "contents": "read" }));
            for workflow in [&site, &brief] {
                let said = workflow.to_string();
                assert!(!said.contains("--private") && !said.contains("--reports"), "{said}");
                let events = workflow["on"].as_object().unwrap();
                assert!(events.keys().all(|event| !event.contains("pull_request")), "{events:?}");
            }
            let files = super::files(&Answers { program, ..answers("C", Ci::Gitlab) }).unwrap();
            let jobs: serde_json::Value = serde_yaml::from_str(text(&files, ".gitlab-ci.yml")).unwrap();
            let never = serde_json::json!({ "if": "$COALITION_SITE != \"yes\"", "when": "never" });
            assert_eq!(jobs["pages"]["rules"][0], never);
            assert_eq!(jobs["pages"]["artifacts"]["paths"], serde_json::json!(["public"]));
            assert!(!jobs.to_string().contains("--private"));
        }
    }

    #[test]
    fn the_hook_runs_whatever_is_changed() {
        let hooks: serde_json::Value = serde_yaml::from_str(include_str!("../../.pre-commit-hooks.yaml")).unwrap();
        let repository: serde_json::Value = serde_yaml::from_str(include_str!("files/pre-commit-config.yaml")).unwrap();
        for hook in [&hooks[0], &repository["repos"][0]["hooks"][0]] {
            assert_eq!(hook["always_run"], true);
            let narrows = ["files", "exclude", "types", "types_or", "exclude_types", "stages"];
            assert!(narrows.iter().all(|key| hook.get(key).is_none()), "{hook}");
        }
    }
}
