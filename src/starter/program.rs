//! Where a workflow gets the program: pinned to the byte, so that no one else can change what decides, and never a
//! package name that anyone could claim.

use crate::error::Error;
use crate::record::advocate::is_git_host;

/// A source of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Program {
    /// A commit of a git repository.
    Git {
        /// The repository's address.
        url: String,
        /// The id of the commit.
        revision: String,
    },
    /// An image by its digest.
    Container(String),
    /// A folder in the same repository.
    Folder(String),
    /// No one has said yet.
    Unknown,
}

fn refuse<T>(why: impl Into<String>) -> Result<T, Error> {
    Err(Error::usage(why.into()))
}

/// What the first step says where the source is unknown.
const FILL_IN: &str = "This workflow does not say where to get coalition: replace this step with one that installs it from a \
                       source you trust, such as cargo install --locked --git https://HOST/OWNER/REPOSITORY --rev COMMIT-ID";

impl Program {
    /// The source that this program was built from, where the build said so.
    pub(crate) fn built_from() -> Program {
        built_from(option_env!("CARGO_PKG_REPOSITORY"), option_env!("COALITION_REVISION"))
    }

    /// Reads `git=URL@REVISION`, `container=IMAGE@DIGEST` or `path=DIR`.
    ///
    /// # Errors
    /// What is wrong with it. Only plain characters pass, so that nothing in it means something to YAML or to a shell.
    pub(crate) fn parse(text: &str) -> Result<Program, Error> {
        match text.split_once('=') {
            Some(("git", source)) => git(source),
            Some(("container", image)) => container(image),
            Some(("path", folder)) => path(folder),
            _ => refuse("write git=URL@REVISION, container=IMAGE@DIGEST or path=DIR"),
        }
    }

    /// The steps of a GitHub workflow before and after the checkout that make the program available.
    pub(super) fn github_steps(&self) -> (String, String) {
        let step = |script: &str| format!("      - name: Install coalition\n        run: {script}\n");
        match self {
            Program::Unknown => {
                (step(&format!("|\n          echo \"::error::{FILL_IN}\"\n          exit 1")), String::new())
            }
            Program::Container(_) => (String::new(), String::new()),
            Program::Git { .. } | Program::Folder(_) => (String::new(), step(&self.install())),
        }
    }

    /// How a step of a GitHub workflow calls the program.
    pub(super) fn github_call(&self) -> String {
        self.github_call_with("")
    }

    /// How a step of a GitHub workflow renders the site to `$RUNNER_TEMP/site`.
    pub(super) fn github_render(&self) -> String {
        let (mount, site) = match self {
            Program::Container(_) => ("--volume \"$RUNNER_TEMP/site:/site\" ", "/site"),
            _ => ("", "\"$RUNNER_TEMP/site\""),
        };
        format!("{}render --format html --output {site}", self.github_call_with(mount))
    }

    /// How a step of a GitHub workflow calls the program, with more that a container can write to.
    fn github_call_with(&self, mount: &str) -> String {
        match self {
            Program::Container(image) => format!(
                "docker run --rm --network none --volume \"$GITHUB_WORKSPACE:/work:ro\" --workdir /work \\\n            \
                 {mount}--env COALITION_LEDGER --entrypoint coalition \\\n            {image} \\\n            "
            ),
            _ => "coalition ".to_owned(),
        }
    }

    /// The image in which a GitLab job runs.
    pub(super) fn gitlab_image(&self) -> String {
        match self {
            Program::Container(image) => format!("\n    name: {image}\n    entrypoint: [\"\"]"),
            _ => " rust:1".to_owned(),
        }
    }

    /// The lines of a GitLab script that make the program available.
    pub(super) fn gitlab_lines(&self) -> String {
        match self {
            Program::Unknown => format!("    - |\n      echo \"{FILL_IN}\" >&2\n      exit 1\n"),
            Program::Container(_) => String::new(),
            Program::Git { .. } | Program::Folder(_) => format!("    - {}\n", self.install()),
        }
    }

    fn install(&self) -> String {
        match self {
            Program::Git { url, revision } => format!("cargo install --locked --git {url} --rev {revision}"),
            Program::Folder(folder) => format!("cargo install --locked --path {folder}"),
            Program::Container(_) | Program::Unknown => String::new(),
        }
    }
}

/// The source that a build names: its repository and the commit. Where one is missing or not fixed, no one has said.
fn built_from(repository: Option<&str>, revision: Option<&str>) -> Program {
    let (Some(url), Some(revision)) = (repository, revision) else { return Program::Unknown };
    git(&format!("{}@{}", url.trim(), revision.trim())).unwrap_or(Program::Unknown)
}

fn git(source: &str) -> Result<Program, Error> {
    let example = "git=https://git.example.org/owner/coalition@ and the 40 digits of a commit";
    let Some((url, revision)) = source.rsplit_once('@') else {
        return refuse(format!("git={source}: the revision is missing; write {example}"));
    };
    if !(is_hex(revision, 40) || is_hex(revision, 64)) {
        return refuse(format!(
            "git={source}: `{revision}` is not the full id of a commit, and a branch, a tag or a shortened id can \
                later mean something else; write the 40 digits that `git rev-parse {}` prints",
            if is_plain(revision, "-_./") { revision } else { "HEAD" }
        ));
    }
    if !is_repository(url) {
        return refuse(format!(
            "git={source}: `{url}` is not an https or ssh address of a repository without a password; write {example}, or \
             ssh://git@git.example.org/owner/coalition"
        ));
    }
    Ok(Program::Git { url: url.to_owned(), revision: revision.to_owned() })
}

/// Whether text is the address of a repository: https, or ssh with a user; no password, no query.
fn is_repository(text: &str) -> bool {
    is_plain(text, "-._~/:@%+")
        && url::Url::parse(text).is_ok_and(|url| {
            let user = match url.scheme() {
                "https" => url.username().is_empty(),
                "ssh" => !url.username().starts_with('-'),
                _ => false,
            };
            user && url.password().is_none() && url.host_str().is_some_and(is_git_host) && url.path().len() > 1
        })
}

fn container(image: &str) -> Result<Program, Error> {
    let Some((name, digest)) = image.split_once('@') else {
        return refuse(format!(
            "container={image}: the digest is missing, and a tag can later mean another image; write IMAGE@sha256: \
             and its 64 digits"
        ));
    };
    if !digest.strip_prefix("sha256:").is_some_and(|hex| is_hex(hex, 64)) {
        return refuse(format!("container={image}: `{digest}` is not a digest; write sha256: and its 64 digits"));
    }
    let parts_are_named = name.split('/').all(|part| part.starts_with(|c: char| c.is_ascii_alphanumeric()));
    if !parts_are_named || !is_plain(name, "-._:/") {
        return refuse(format!("container={image}: `{name}` is not the name of an image"));
    }
    Ok(Program::Container(image.to_owned()))
}

fn path(folder: &str) -> Result<Program, Error> {
    let whole = folder.trim_end_matches('/');
    let inside = whole.split('/').all(|part| !part.is_empty() && part != ".." && !part.starts_with(['-', '~']));
    if !inside || !is_plain(whole, "-._/") {
        return refuse(format!(
            "path={folder}: write a folder inside the repository, starting from its root, with letters, digits, \
             hyphens, underscores and dots"
        ));
    }
    // With the dot in front, no folder reads as an option or a number.
    let whole = whole.trim_start_matches("./");
    Ok(Program::Folder(if whole == "." { "./".to_owned() } else { format!("./{whole}") }))
}

fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// Whether text has only letters and digits, and these signs.
fn is_plain(text: &str, signs: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || signs.contains(c))
}

#[cfg(test)]
mod tests {
    use super::{Program, built_from};

    const COMMIT: &str = "0fd72864705584e2c0c40ea3bc5375f292f1d5cf";

    #[test]
    fn a_source_is_fixed_to_the_byte() {
        let digest = format!("sha256:{}", "ab12".repeat(16));
        for text in [
            format!("git=https://git.example.org/owner/coalition@{COMMIT}"),
            format!("git=https://git.example.org:8443/a/b/coalition.git@{COMMIT}"),
            format!("git=ssh://git@git.example.org/owner/coalition@{COMMIT}"),
            format!("git=https://git.example.org/owner/coalition@{}", "ab12".repeat(16)),
            format!("container=registry.example.org:5000/owner/coalition@{digest}"),
            format!("container=ghcr.io/owner/coalition:v1@{digest}"),
            "path=tools/coalition".to_owned(),
            "path=./tools/coalition/".to_owned(),
            "path=.".to_owned(),
        ] {
            assert!(Program::parse(&text).is_ok(), "{text}: {:?}", Program::parse(&text));
        }
        for (text, why) in [
            ("coalition".to_owned(), "write git="),
            ("crate=coalition".to_owned(), "write git="),
            ("git=https://git.example.org/owner/coalition".to_owned(), "the revision is missing"),
            ("git=https://git.example.org/owner/coalition@main".to_owned(), "not the full id of a commit"),
            ("git=https://git.example.org/owner/coalition@v1.2".to_owned(), "not the full id of a commit"),
            ("git=https://git.example.org/owner/coalition@0fd7286".to_owned(), "not the full id of a commit"),
            (format!("git=https://git.example.org/a/b@{}", COMMIT.to_uppercase()), "not the full id"),
            (format!("git=git@git.example.org:owner/coalition@{COMMIT}"), "not an https or ssh address"),
            (format!("git=http://git.example.org/a/b@{COMMIT}"), "not an https or ssh address"),
            (format!("git=https://user:word@git.example.org/a/b@{COMMIT}"), "not an https or ssh address"),
            (format!("git=https://token@git.example.org/a/b@{COMMIT}"), "not an https or ssh address"),
            (format!("git=file:///etc/a@{COMMIT}"), "not an https or ssh address"),
            (format!("git=https://git.example.org/a?b=c@{COMMIT}"), "not an https or ssh address"),
            ("container=owner/coalition:v1".to_owned(), "the digest is missing"),
            (format!("container=owner/coalition@sha256:{COMMIT}"), "is not a digest"),
            (format!("container=-v@{digest}"), "not the name of an image"),
            (format!("container=@{digest}"), "not the name of an image"),
            ("path=".to_owned(), "a folder inside the repository"),
            ("path=/opt/coalition".to_owned(), "a folder inside the repository"),
            ("path=../coalition".to_owned(), "a folder inside the repository"),
            ("path=-x".to_owned(), "a folder inside the repository"),
            ("path=~/x".to_owned(), "a folder inside the repository"),
        ] {
            let error = Program::parse(&text).unwrap_err().to_string();
            assert!(error.contains(why), "{text}: {error}");
        }
    }

    #[test]
    fn nothing_in_a_source_means_something_to_yaml_or_a_shell() {
        let digest = format!("sha256:{}", "0".repeat(64));
        for sign in " \t\n\r\"'`$;&|<>(){}[]*?!#\\,\u{a0}\u{2028}é^=".chars() {
            for text in [
                format!("git=https://git.example.org/a{sign}b/c@{COMMIT}"),
                format!("git=https://git.example.org/a/b@{COMMIT}{sign}"),
                format!("container=owner/a{sign}b@{digest}"),
                format!("container=owner/a@{digest}{sign}"),
                format!("path=a{sign}b"),
            ] {
                assert!(Program::parse(&text).is_err(), "{text:?}");
            }
        }
    }

    #[test]
    fn a_build_that_names_no_commit_is_unknown() {
        let address = "https://git.example.org/owner/coalition";
        let url = Some(address);
        let known = Program::Git { url: address.to_owned(), revision: COMMIT.to_owned() };
        assert_eq!(built_from(url, Some(COMMIT)), known);
        for (url, revision) in
            [(None, Some(COMMIT)), (Some(""), Some(COMMIT)), (url, None), (url, Some("")), (url, Some("main"))]
        {
            assert_eq!(built_from(url, revision), Program::Unknown, "{url:?} {revision:?}");
        }
    }
}
