//! Signs with the SSH tools of the system, so that agents and keys in hardware work and no private key is ever read here.

use crate::agreement::NAMESPACE;
use anyhow::{Context as _, Result, bail};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The SSH signature over a text, in its armor, made with `ssh-keygen -Y sign`.
pub fn sign(key: &Path, text: &str) -> Result<String> {
    if !key.is_file() {
        bail!("--ssh-key: there is no file {}", key.display());
    }
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
        bail!("`ssh-keygen` did not sign with {}", key.display());
    }
    let armor = String::from_utf8(output.stdout).context("`ssh-keygen` wrote something else than a signature")?;
    Ok(armor.replace("\r\n", "\n"))
}

/// The key that git signs with.
pub fn key_of_git(folder: &Path) -> Result<PathBuf> {
    let output = Command::new("git")
        .current_dir(folder)
        .args(["config", "--type=path", "--get", "user.signingkey"])
        .stderr(Stdio::null())
        .output()
        .context("git cannot be run; name the key: --ssh-key FILE")?;
    let key = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if key.is_empty() {
        bail!("git has no `user.signingkey`; name the key: --ssh-key FILE");
    }
    if !Path::new(&key).is_file() {
        bail!("git signs with `{key}`, which is no file; name the key: --ssh-key FILE");
    }
    Ok(PathBuf::from(key))
}
