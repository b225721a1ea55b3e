//! ◦ The path from the root of the repository, which a git host needs to place findings.

use std::path::{Path, PathBuf};

/// How the ledger's root is reached from the root of its repository, which hosts show findings in: empty, or with a
/// slash at its end. It is the folder that the host names, otherwise the one where git keeps the repository, otherwise
/// the current one.
pub(super) fn prefix_in_repository(root: &Path) -> String {
    let real = |folder: PathBuf| folder.canonicalize().ok();
    let ledger_root = real(root.to_path_buf()).unwrap_or_else(|| root.to_path_buf());
    let of_host = ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"].into_iter();
    let of_host = of_host.filter_map(|name| real(std::env::var_os(name)?.into()));
    let of_git =
        ledger_root.ancestors().filter(|folder| folder.join(".git").symlink_metadata().is_ok()).map(Path::to_path_buf);
    let current = std::env::current_dir().ok().and_then(real);
    let mut places = of_host.chain(of_git.take(1)).chain(current);
    let inside = places.find_map(|place| ledger_root.strip_prefix(place).ok().map(Path::to_path_buf));
    let parts: Vec<_> = inside.iter().flat_map(|path| path.iter()).map(|part| part.to_string_lossy()).collect();
    if parts.is_empty() { String::new() } else { parts.join("/") + "/" }
}
