//! `coalition` reads a coalition's records from a directory of TOML files, checks them, reports on them and renders them.
//!
//! The modules are layers, declared in the order in which data flows: **a module uses only modules above it**. Only
//! [`source::disk`], [`source::git`], [`edit::apply`] and [`cli`] (marked ◦) do I/O: disk, git, clock, environment,
//! terminal. All others take plain data and return plain data. `docs/architecture.md` describes each layer.

// Why an operation stopped: kinds, exit statuses, hints.
pub mod error;
// The eleven kinds of record: their names and folders.
pub mod kind;
// ◦ Where bytes come from; paths inside a ledger, spans, lines and columns; invisible characters.
pub mod source;
// What is wrong, where, and what helps.
pub mod finding;
// Text to a tree with spans and findings; a reader that knows which keys have been read.
pub mod parse;
// A file for each kind of record: its struct, its field table, how to read it.
pub mod record;
// All records of a coalition at one time.
pub mod ledger;
// What others may not see: who is not listed, what replaces their names, and the search for what is withheld.
pub mod disclosure;
// Terms, digests, versions, and which signatures count.
pub mod agreement;
// What the commits of a repository say about signatures, terms and keys.
pub mod history;
// The content of a report before it is text or Markdown: headings, paragraphs, lists, tables.
pub mod document;
// The practices of good coalitions, and the facts about each: checks judge them, and reports show them.
pub mod practice;
// A file for each check, the registry, and the verdict.
pub mod check;
// ◦ Changes to records, tried on a copy of the ledger before `edit::apply` writes them.
pub mod edit;
// Import and export: spreadsheets, databases, scripts.
pub mod exchange;
// A file or folder for each report: from a ledger to plain data, and from there to a document.
pub mod report;
// Findings and documents as text, Markdown, JSON, annotations; escaping.
pub mod output;
// Markdown pages of a ledger.
pub mod render;
// Schemas and documentation pages, generated from field tables and registries.
pub mod reference;
// The files of a new ledger.
pub mod starter;
// ◦ A file for each command: its arguments and its `run`.
pub mod cli;
