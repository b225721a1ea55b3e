//! `coalition` reads a coalition's records from a directory of TOML files, checks them, reports on them and renders them.
//!
//! This file is the map of the house. The rooms are declared in the order in which data flows, and **a room uses only
//! rooms above it**. Disk, clock, environment and terminal are touched only in [`source::disk`], [`edit::apply`] and in [`cli`];
//! everything else is plain data in, plain data out. `docs/architecture.md` walks through the rooms.

// Why an operation stopped: kinds, exit statuses, hints.
pub mod error;
// The eleven kinds of record: what they are called and where they live.
pub mod kind;
// ◦ Where bytes come from; paths inside a ledger, spans, lines and columns; characters that are not seen.
pub mod source;
// What is wrong, where, and what helps.
pub mod finding;
// Text to a tree with spans and findings; the reader that remembers which keys were asked for.
pub mod parse;
// One file per kind of record: its struct, its field table, how it is read.
pub mod record;
// All records of a coalition at one time.
pub mod ledger;
// Whom others may not hear of, what stands for them, and whether a text that is to leave tells of anything withheld.
pub mod disclosure;
// Terms, digests, versions, and which signatures count.
pub mod agreement;
// What the commits of a repository say about signatures, terms and keys.
pub mod history;
// What a report says, before it is text or Markdown: headings, paragraphs, lists, tables.
pub mod document;
// The practices of good coalitions, and what a ledger shows of each: facts that checks judge and reports tell.
pub mod practice;
// One file per check, and the registry.
pub mod check;
// ◦ Changes of records as text, proven before they are written; `edit::apply` writes.
pub mod edit;
// Import and export: registers, spreadsheets, databases, scripts.
pub mod exchange;
// One file per report: from a ledger to plain data, and from there to a document.
pub mod report;
// Findings and documents as text, Markdown, JSON, annotations; escaping.
pub mod output;
// Markdown pages of a ledger.
pub mod render;
// Schemas and documentation pages, generated from field tables and registries.
pub mod reference;
// The files of a new ledger.
pub mod starter;
// ◦ One file per command: its arguments and its run.
pub mod cli;
