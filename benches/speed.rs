//! How fast the program is, as ratios in one run on one machine: what loading, checking and reporting cost, against a
//! floor that reads every file of the same ledger in parallel and parses it, and does nothing else.
//!
//! `cargo bench` measures 1,000 and 10,000 records; `cargo bench -- 3000` a ledger of 3,000 members.

use chrono::NaiveDate;
use coalition::Disk;
use coalition::internal::check::{Context, judge};
use coalition::internal::report::{self, ReportRequest};
use coalition::load;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use walkdir::WalkDir;

/// How often each thing is done; the fastest counts.
const RUNS: usize = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let asked: Vec<u32> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![130, 1300] } else { asked };
    let today: NaiveDate = "2026-06-15".parse()?;
    println!("{:>8} {:>10} {:>7} {:>7} {:>7} {:>7}", "records", "floor", "load", "check", "brief", "health");
    for members in sizes {
        let folder = tempfile::tempdir()?;
        let place = folder.path().join("ledger");
        generate(members, &place)?;
        let disk = Disk::new(&place);
        let ledger = load(&disk)?;
        let floor = fastest(|| read_all(&place));
        let loading = fastest(|| load(&disk).map_or(0, |ledger| ledger.record_count()));
        let checking = fastest(|| judge(&Context::new(&ledger, today)).reported.len());
        let reporting = |name: &str| {
            let report = report::find(name);
            fastest(|| report.map_or(0, |report| report.every(&ReportRequest::new(&ledger, today)).len()))
        };
        let ratio = |time: Duration| time.as_secs_f64() / floor.as_secs_f64();
        println!(
            "{:>8} {:>10.1?} {:>7.2} {:>7.2} {:>7.2} {:>7.2}",
            ledger.record_count(),
            floor,
            ratio(loading),
            ratio(loading + checking),
            ratio(loading + reporting("brief")),
            ratio(loading + reporting("health")),
        );
    }
    println!("Each column after the floor is a multiple of it; check, brief and health include loading.");
    Ok(())
}

fn generate(members: u32, folder: &Path) -> std::io::Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command.args(["run", "--quiet", "--release", "--example", "generate", "--", "--members", &members.to_string()]);
    let status = command.arg(folder).status()?;
    if status.success() { Ok(()) } else { Err(std::io::Error::other("the ledger was not generated")) }
}

/// Reads and parses every file, and does nothing with it.
fn read_all(folder: &Path) -> usize {
    let files: Vec<PathBuf> = WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    let is_read =
        |file: &&PathBuf| std::fs::read_to_string(file).is_ok_and(|text| toml::de::DeTable::parse(&text).is_ok());
    files.par_iter().filter(is_read).count()
}

fn fastest<T>(mut work: impl FnMut() -> T) -> Duration {
    let time = |_| {
        let start = Instant::now();
        std::hint::black_box(work());
        start.elapsed()
    };
    (0..RUNS).map(time).min().unwrap_or_default()
}
