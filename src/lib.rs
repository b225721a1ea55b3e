//! `coalition` reads a coalition's records from a directory of TOML files, checks them, reports on them and renders them.
//!
//! Read a ledger, list the signatures that are overdue, run the checks as `coalition check` does, and count measurements:
//!
//! ```
//! use coalition::{AnyRecord as _, Context, Ledger, Severity, judge, required_signatures};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let ledger = Ledger::open("examples/riverton")?;
//! let today: chrono::NaiveDate = "2026-11-22".parse()?;
//!
//! for cell in required_signatures(&ledger, today).iter().filter(|cell| cell.is_lacking()) {
//!     let speaker = cell.member.representative.as_ref().map_or("no one", |id| ledger.name_of(&id.value));
//!     println!("{}: {} is {} (ask {speaker})", cell.member.name(), cell.agreement.name(), cell.state.word());
//! }
//!
//! let verdict = judge(&Context::new(&ledger, today)).without_echoes();
//! println!("{} errors, {} warnings", verdict.count(Severity::Error), verdict.count(Severity::Warning));
//! for reported in verdict.reported.iter().filter(|reported| reported.severity == Severity::Error) {
//!     println!("{}:{}: {}", reported.finding.path, reported.start.line, reported.finding.message);
//! }
//!
//! for goal in ledger.goals.iter() {
//!     println!("{}: {} measurements", goal.name(), goal.measure.as_ref().map_or(0, |measure| measure.readings.len()));
//! }
//! assert_eq!(ledger.members.find("riverton-public-library").map(|member| member.name()), Some("Riverton Public Library"));
//! # assert_eq!((verdict.count(Severity::Error), verdict.count(Severity::Warning)), (3, 26));
//! # Ok(())
//! # }
//! ```
//!
//! A value that a file holds is an [`At`]: `value` is what it says, `span` where. A field that may be missing is an `Option` of one. A
//! reference to another record is an id; [`Ledger::name_of`] gives its name, and a [`Collection`] the record. Messages and names are those
//! of the ledger, private ones included: show them to the people of the coalition only.
//!
//! A ledger can also come from memory, which needs no disk:
//!
//! ```
//! use coalition::{Memory, load};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let files = Memory::new([
//!     ("coalition.toml", "name = \"Save Our Library\"\n"),
//!     ("members/friends.toml", "name = \"Friends\"\nclassification = \"friends-group\"\njoned = 2026-01-10\n"),
//! ]);
//! for finding in &load(&files)?.findings {
//!     println!("{}: {} ({})", finding.path, finding.message, finding.help);
//! }
//! # assert!(load(&files)?.findings.iter().any(|finding| finding.help.contains("joined")));
//! # Ok(())
//! # }
//! ```
//!
//! With `default-features = false` the library reads, checks and reports. The feature `git` adds earlier
//! revisions and what the commits say, `ssh` verifies signatures, and `cli` is the program with all that only it needs.
//!
//! The modules are layers, declared in the order in which data flows: **a module uses only modules above it**. Only
//! `source::disk`, `source::git`, `edit::apply` and `cli` (marked ◦) do I/O: disk, git, clock, environment,
//! terminal. All others take plain data and return plain data. `docs/architecture.md` describes each layer.

#![cfg_attr(feature = "internal", warn(unreachable_pub))]
#![cfg_attr(not(feature = "cli"), allow(dead_code, unused_imports))]

// Why an operation stopped: kinds, exit statuses, hints.
mod error;
// The eleven kinds of record: their names and folders.
mod kind;
// ◦ Where bytes come from; paths inside a ledger, spans, lines and columns; invisible characters.
mod source;
// What is wrong, where, and what helps.
mod finding;
// Text to a tree with spans and findings; a reader that knows which keys have been read.
mod parse;
// A file for each kind of record: its struct, its field table, how to read it.
mod record;
// All records of a coalition at one time.
mod ledger;
// What others may not see: who is not listed, what replaces their names, and the search for what is withheld.
mod disclosure;
// Terms, digests, versions, and which signatures count.
mod agreement;
// What the commits of a repository say about signatures, terms and keys.
mod history;
// The content of a report before it is text or Markdown: headings, paragraphs, lists, tables.
mod document;
// The record that a word means: an id, a name, a part of a name.
#[cfg(feature = "cli")]
mod lookup;
// The practices of good coalitions, and the facts about each: checks judge them, and reports show them.
mod practice;
// A file for each check, the registry, and the verdict.
mod check;
// ◦ Changes to records, tried on a copy of the ledger before `edit::apply` writes them.
#[cfg(feature = "cli")]
mod edit;
// Three versions of a file, merged to one.
#[cfg(feature = "cli")]
mod merge;
// Import and export: spreadsheets, databases, scripts.
#[cfg(feature = "cli")]
mod exchange;
// A file or folder for each report: from a ledger to plain data, and from there to a document.
mod report;
// Two ledgers compared: what happened between them, and what it does.
#[cfg(feature = "cli")]
mod difference;
// Findings and documents as text, Markdown, JSON, annotations; escaping.
#[cfg(feature = "cli")]
mod output;
// Markdown pages of a ledger.
#[cfg(feature = "cli")]
mod render;
// Drafts of reminders, minutes and thank-you messages; nothing is sent.
#[cfg(feature = "cli")]
mod mail;
// Schemas and documentation pages, generated from field tables and registries.
#[cfg(feature = "cli")]
mod reference;
// The files of a new ledger.
#[cfg(feature = "cli")]
mod starter;
// ◦ A file for each command: its arguments and its `run`.
#[cfg(feature = "cli")]
mod cli;

/// What the tests and benches of this repository use beyond the library. Anything here may change at any time.
#[cfg(feature = "internal")]
#[doc(hidden)]
pub mod internal;

pub use agreement::{
    Cell, CellState, Disproof, NAMESPACE, Purpose, Statement, digest, prove, required_signatures, terms,
};
pub use check::{Check, Context, Reported, Verdict, judge};
#[cfg(feature = "cli")]
pub use cli::run;
pub use error::{Error, ErrorKind};
pub use finding::{CheckName, Finding, Fix, Severity, TextEdit};
pub use kind::{Kind, RecordKey};
pub use ledger::{Collection, Ledger, load};
pub use practice::Practice;
pub use record::goal::{Measure, Reading};
pub use record::value::{AdvocateId, At, MemberId};
pub use record::{
    Advocate, Agreement, AnyRecord, Campaign, Committee, Contribution, Decision, Goal, Meeting, Member, Official,
    Record, Request,
};
pub use report::Report;
pub use source::disk::Disk;
#[cfg(feature = "git")]
pub use source::git::{Repository, Revision};
pub use source::memory::Memory;
pub use source::{LedgerPath, Source, Span};
