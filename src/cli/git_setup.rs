//! `coalition git-setup`: tells git to merge records with this program, in one clone.

use super::answer::{CommandOutput, Format};
use super::invocation::Invocation;
use crate::edit::apply::beside;
use crate::source::disk::Disk;
use crate::source::git::{CloneSettings, clone_settings};
use anyhow::{Context as _, Result};
use clap::Args;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Let git merge records with this program, in this clone
///
/// Adds a few lines to this clone's git configuration. If the program is missing later, git merges line by line as
/// before. Everyone who merges must run this once in each clone.
#[derive(Debug, Args)]
pub(super) struct GitSetup {
    /// Undo what this command wrote
    #[arg(long)]
    remove: bool,
}

/// The lines around what this command writes, so that it can take it out again. The second begins a block before which the file
/// had no line break at its end.
const BEGIN: &str = "# begin: coalition git-setup";
const BEGIN_UNENDED: &str = "# begin: coalition git-setup, after a line without an end";
const END: &str = "# end: coalition git-setup";

/// What gives records to the driver, in the attributes of a ledger.
const ATTRIBUTE: &str = "merge=coalition";

impl GitSetup {
    /// Puts the driver into the configuration, or takes it out.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format, &[Format::Text])?;
        invocation.refuse_revision("git-setup")?;
        let disk = invocation.disk()?;
        let Some(settings) = clone_settings(disk.root())? else {
            stop!(environment, "{} is not in a git repository; `git init` makes one", disk.root().display());
        };
        if self.remove {
            let was_there = change(&settings.config, None)? | change(&settings.attributes, None)?;
            return Ok(CommandOutput::yes(if was_there {
                "Git no longer uses `coalition merge-driver` in this clone.\n"
            } else {
                "No change: `coalition git-setup` has written nothing in this clone.\n"
            }));
        }
        let config = config_block(&fs::read_to_string(&settings.config).unwrap_or_default(), &program());
        let shared = gives_attribute(&disk, &settings);
        let attributes = (!shared).then(|| attributes_block(&settings.folder));
        let is_new = change(&settings.config, Some(&config))? | change(&settings.attributes, attributes.as_deref())?;
        let mut text = String::from(if is_new {
            "Git now merges the records of this ledger with `coalition merge-driver`, in this clone.\n"
        } else {
            "No change: git already merges the records of this ledger with `coalition merge-driver`, in this clone.\n"
        });
        if !shared {
            text += "\nThe ledger's .gitattributes does not have this setting yet, so it is only in this clone. To \
                     set it for all clones, commit this line in .gitattributes at the root of the ledger:\n\n  *.toml \
                     merge=coalition diff=toml\n";
        }
        text += "\nEveryone else who merges runs `coalition git-setup` once, too. The merge button on the website of a git \
                 host does not use it: if the website reports a conflict, merge in a clone and push the result.\n\
                 `coalition git-setup --remove` undoes this.\n";
        Ok(CommandOutput::yes(text))
    }
}

/// How git calls this program: by its name where that means this program, otherwise by its place. In quotes for a shell.
fn program() -> String {
    const NAME: &str = "coalition";
    let real = |place: PathBuf| place.canonicalize().ok();
    let own = std::env::current_exe().ok().and_then(real);
    let folders = std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect::<Vec<_>>());
    let file = format!("{NAME}{}", std::env::consts::EXE_SUFFIX);
    let known = folders.into_iter().flatten().filter(|folder| folder.is_absolute());
    let first = known.filter_map(|folder| real(folder.join(&file))).next();
    match own {
        Some(own) if Some(&own) != first.as_ref() => {
            let place = own.to_string_lossy();
            // Windows: the shell that git brings takes slashes, and not the prefix of long paths.
            let place = place.strip_prefix(r"\\?\").unwrap_or(&place);
            let place = if cfg!(windows) { place.replace('\\', "/") } else { place.to_owned() };
            format!("'{}'", place.replace('\'', r"'\''"))
        }
        _ => NAME.to_owned(),
    }
}

/// The settings of the driver. Git puts the paths and labels in quotes itself.
fn config_block(before: &str, program: &str) -> String {
    // A status other than 0 and 1 is not an answer: the program is missing, or was stopped. Then git's own merge decides.
    let driver = format!(
        "{program} merge-driver --marker-size=%L --path=%P --base-label=%S --ours-label=%X --theirs-label=%Y %O %A %B; s=$?; \
         test $s -le 1 && exit $s; git merge-file --marker-size=%L -L %X -L %S -L %Y %A %O %B || exit 1"
    );
    let mut block = format!("[merge \"coalition\"]\n\tname = records of a coalition\n\tdriver = {}\n", quoted(&driver));
    let own = outside_of_block(before);
    if !own.lines().any(|line| line.trim().eq_ignore_ascii_case("[diff \"toml\"]")) {
        // The heading above a change: the table or entry that it is in.
        block += &format!("[diff \"toml\"]\n\txfuncname = {}\n", quoted(r"^[ \t]*(\[.*)$"));
    }
    block
}

/// A value of git's configuration, in quotes.
fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', r"\\").replace('"', "\\\""))
}

/// The attributes of the records in a folder of the repository.
fn attributes_block(folder: &str) -> String {
    let pattern = if folder.is_empty() {
        "*.toml".to_owned()
    } else {
        let mut path = String::new();
        for letter in folder.chars() {
            if matches!(letter, '*' | '?' | '[' | '\\') {
                path.push('\\');
            }
            path.push(letter);
        }
        format!("/{path}/**/*.toml")
    };
    let pattern = if pattern.contains([' ', '"', '\t', '#', '!']) { quoted(&pattern) } else { pattern };
    format!("{pattern} {ATTRIBUTE} diff=toml\n")
}

/// Whether the attributes that all clones share give the records of the ledger to the driver.
fn gives_attribute(disk: &Disk, settings: &CloneSettings) -> bool {
    let folders = [Some(disk.root()), settings.root.as_deref()];
    let text = |folder: &Path| fs::read_to_string(folder.join(".gitattributes")).unwrap_or_default();
    let gives = |line: &str| {
        let mut words = line.split_whitespace();
        words.next() == Some("*.toml") && words.any(|word| word == ATTRIBUTE)
    };
    folders.into_iter().flatten().any(|folder| text(folder).lines().any(gives))
}

/// A file of settings without what this command wrote into it.
fn outside_of_block(text: &str) -> String {
    let Some(start) = text.find(BEGIN) else { return text.to_owned() };
    let Some(length) = text.get(start..).and_then(|rest| rest.find(END)) else { return text.to_owned() };
    let is_unended = text.get(start..).is_some_and(|rest| rest.starts_with(BEGIN_UNENDED));
    let before = text.get(..start).unwrap_or_default();
    let before = if is_unended { before.strip_suffix('\n').unwrap_or(before) } else { before };
    let after = text.get(start + length + END.len()..).unwrap_or_default();
    format!("{before}{}", after.strip_prefix('\n').unwrap_or(after))
}

/// A file of settings with this block, or without one.
fn with_block(text: &str, block: Option<&str>) -> String {
    let own = outside_of_block(text);
    let Some(block) = block else { return own };
    let is_ended = own.is_empty() || own.ends_with('\n');
    let (begin, gap) = if is_ended { (BEGIN, "") } else { (BEGIN_UNENDED, "\n") };
    format!("{own}{gap}{begin}\n{block}{END}\n")
}

/// Puts a block into a file of settings, or takes it out; whether that changed the file. A file that is then empty goes.
fn change(place: &Path, block: Option<&str>) -> Result<bool> {
    let place = place.canonicalize().unwrap_or_else(|_| place.to_path_buf());
    let cannot = || format!("cannot change {}", place.display());
    let before = match fs::read_to_string(&place) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error).with_context(cannot),
    };
    let after = with_block(&before, block);
    if after == before {
        return Ok(false);
    }
    // Git's own lock: while it is there, git changes nothing.
    let lock = place.with_file_name(format!("{}.lock", place.file_name().unwrap_or_default().to_string_lossy()));
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder).with_context(cannot)?;
    }
    fs::File::create_new(&lock)
        .with_context(|| format!("{} exists: git is changing its configuration right now", lock.display()))?;
    let permissions = fs::metadata(&place).ok().map(|file| file.permissions());
    let written =
        if after.is_empty() { fs::remove_file(&place) } else { beside::replace(&place, after.as_bytes(), permissions) };
    let _ = fs::remove_file(&lock);
    written.with_context(cannot)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_comes_out_again() {
        for text in ["", "[core]\n\tbare = false\n", "[core]\n\tbare = false"] {
            let with = with_block(text, Some("[x]\n"));
            assert!(with.contains("[x]\n") && with_block(&with, Some("[x]\n")) == with, "{with}");
            assert_eq!(with_block(&with, None), text);
            assert_eq!(with_block(&format!("{with}[more]\n"), None), format!("{text}[more]\n"));
        }
    }

    #[test]
    fn the_pattern_of_a_folder_is_written_for_git() {
        assert_eq!(attributes_block(""), "*.toml merge=coalition diff=toml\n");
        assert_eq!(attributes_block("a b/c[1]"), "\"/a b/c\\\\[1]/**/*.toml\" merge=coalition diff=toml\n");
    }
}
