//! Signs with the SSH tools of the system, so that agents and keys in hardware work and no private key is ever read here.

use crate::agreement::{Disproof, NAMESPACE, Statement, prove, signer_of};
use crate::error::Error;
use crate::ledger::Ledger;
use crate::record::{Advocate, AnyRecord, Record};
use anyhow::{Context as _, Result};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The SSH signature over a text, in its armor, made with `ssh-keygen -Y sign`.
pub(super) fn sign(key: &Path, text: &str) -> Result<String> {
    let missing = "`ssh-keygen` cannot be run; it comes with OpenSSH, which --ssh-key needs";
    let mut child = Command::new("ssh-keygen")
        .args(["-q", "-Y", "sign", "-n", NAMESPACE, "-f"])
        .arg(key)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context(missing)?;
    if let Some(mut stdin) = child.stdin.take() {
        // Where it refuses the key it may not read the text; its exit status says so.
        let _ = stdin.write_all(text.as_bytes());
    }
    let output = child.wait_with_output().context(missing)?;
    if !output.status.success() {
        stop!(environment, "`ssh-keygen` did not sign with {}", key.display());
    }
    let armor = String::from_utf8(output.stdout).context("`ssh-keygen` did not write a signature")?;
    Ok(armor.replace("\r\n", "\n"))
}

/// The SSH signature of a person over a statement, proven against the keys in the ledger.
pub(super) fn prove_statement(
    ledger: &Ledger,
    key: &Path,
    by: &Record<Advocate>,
    statement: &Statement<'_>,
) -> Result<String> {
    let armor = sign(key, &statement.text())?;
    match prove(ledger, by, statement, &armor) {
        Ok(()) => Ok(armor),
        Err(disproof) => Err(describe_disproof(&disproof, signer_of(&armor).as_deref(), by, statement).into()),
    }
}

/// Why a key would prove nothing, and what makes it count.
pub(super) fn describe_disproof(
    disproof: &Disproof,
    public: Option<&str>,
    by: &Record<Advocate>,
    statement: &Statement<'_>,
) -> Error {
    let (name, path) = (by.name(), by.path());
    match (disproof, public) {
        (Disproof::NoKey | Disproof::ForeignKey { of: None, .. }, Some(public)) => {
            // What follows the key itself is a comment, which may hold anything.
            let bare: Vec<&str> = public.split_whitespace().take(2).collect();
            Error::refused(format!(
                "{path} does not have this key, so it would prove nothing. If it is {name}\u{2019}s key, propose \
                 adding these lines at the end of that file, and sign once they are accepted:\n\n[[keys]]\nkey = \
                 \"{}\"\nvalid_from = {}",
                bare.join(" "),
                statement.date
            ))
        }
        _ => Error::refused(format!("The SSH signature would not prove that {name} signed: {disproof}.")),
    }
}

/// The public part of a key, in one line as OpenSSH writes it, where it can be had without asking for a passphrase. The
/// file may be the public key itself, whose private part is in an agent or in hardware.
pub(super) fn public_part(key: &Path) -> Option<String> {
    let first_line = |text: String| text.lines().next().map(str::to_owned);
    let in_file = |path: &Path| std::fs::read_to_string(path).ok().and_then(first_line);
    let is_public = |line: &String| !line.starts_with("-----") && line.contains(' ');
    let beside = || {
        let mut path = key.as_os_str().to_owned();
        path.push(".pub");
        in_file(Path::new(&path))
    };
    in_file(key).filter(is_public).or_else(|| derive_public_key(key)).or_else(beside).filter(is_public)
}

/// The public part of a private key that has no passphrase.
fn derive_public_key(key: &Path) -> Option<String> {
    let mut command = Command::new("ssh-keygen");
    command.args(["-y", "-P", "", "-f"]).arg(key).stdin(Stdio::null()).stderr(Stdio::null());
    let output = command.output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
}

/// The key that the option names, otherwise the one that git signs with.
pub(super) fn chosen_key(named: Option<&Path>, folder: &Path) -> Result<PathBuf> {
    match named {
        Some(key) if !key.is_file() => stop!(usage, "--ssh-key: there is no file {}", key.display()),
        Some(key) => Ok(key.to_owned()),
        None => key_of_git(folder),
    }
}

/// The key that git signs with.
fn key_of_git(folder: &Path) -> Result<PathBuf> {
    let output = Command::new("git")
        .current_dir(folder)
        .args(["config", "--type=path", "--get", "user.signingkey"])
        .stderr(Stdio::null())
        .output()
        .context("git cannot be run; name the key: --ssh-key FILE")?;
    let key = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if key.is_empty() {
        stop!(usage, "git has no `user.signingkey`; name the key: --ssh-key FILE");
    }
    if !Path::new(&key).is_file() {
        stop!(usage, "git signs with `{key}`, which is not a file; name the key: --ssh-key FILE");
    }
    Ok(PathBuf::from(key))
}
