//! Schemas and documentation pages, generated from the field tables and the registry of checks, so that they always
//! agree with the code. Nothing is written here: a test compares the copies in the repository with `all`, and
//! `BLESS=1 cargo test` updates them.

pub(crate) mod check_pages;
#[cfg_attr(not(feature = "internal"), allow(dead_code, reason = "whole examples are for generated files"))]
pub mod example;
#[cfg(feature = "internal")]
mod generated;
#[cfg_attr(not(feature = "internal"), allow(dead_code, reason = "the whole page is a generated file"))]
pub(crate) mod practices_page;
#[cfg(feature = "internal")]
pub(crate) mod records_page;
pub(crate) mod schema;
#[cfg(feature = "internal")]
pub(crate) mod templates_page;
#[cfg_attr(not(feature = "internal"), allow(dead_code, reason = "records.md is a generated file"))]
mod words;

#[cfg(feature = "internal")]
pub use generated::all;
