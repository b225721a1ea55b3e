//! The git commands that propose a change, for people to copy. The program itself never runs them.

use crate::output::visible;
use crate::parse::suggest::slug;
use crate::source::LedgerPath;
use crate::source::disk::Disk;

/// The commands that make a change request of the changes in these files, for a shell.
pub(super) fn git_commands(disk: &Disk, paths: &[&LedgerPath], branch: &str, message: &str) -> String {
    let folder = disk.root().display().to_string();
    let branch = quote_for_shell(&slug(branch));
    let paths: Vec<String> = paths.iter().map(|path| quote_for_shell(path.as_str())).collect();
    format!(
        "  cd {}\n  git switch -c {branch}\n  git add -- {}\n  git commit -m {}\n  git push -u origin {branch}\n",
        quote_for_shell(&folder),
        paths.join(" "),
        quote_for_shell(&visible(message)),
    )
}

/// A word of a shell command, in quotes where it needs them.
fn quote_for_shell(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) && !word.starts_with('-') {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_command_are_quoted() {
        let cases = [
            ("agreements/charter.toml", "agreements/charter.toml"),
            ("two words", "'two words'"),
            ("$(rm -rf x)`y`;&", "'$(rm -rf x)`y`;&'"),
            ("it's", "'it'\\''s'"),
            ("-rf", "'-rf'"),
            ("", "''"),
        ];
        for (word, expected) in cases {
            assert_eq!(quote_for_shell(word), expected);
        }
    }
}
