//! What the tests and benches of this repository use beyond the library: field tables, the registries of checks and reports, generated
//! files, fixtures.

/// Checks and fixtures.
pub mod check {
    pub use crate::check::{
        ALL, Context, Gate, Group, MARK, Reported, Setting, Verdict, base_ledger, discreet, find, judge,
    };
}

/// The content of reports.
pub mod document {
    pub use crate::document::{Block, Document, Inline, Line};
}

/// Import and export.
pub mod exchange {
    pub use crate::exchange::cell::restore;
    pub use crate::exchange::date_format::DateFormat;
    pub use crate::exchange::incoming::Incoming;
    pub use crate::exchange::jsonl;
    pub use crate::exchange::package::{self, PackageFile};
}

/// Merges of three versions of a record.
pub mod merge {
    pub use crate::merge::{ConflictStyle, LineMerge, Marking, Outcome, Versions, merge};
}

/// Records and their field tables.
pub mod record {
    pub use crate::record::common::Common;
    pub use crate::record::field::{Field, Shape};
    pub use crate::record::table::RecordTable;
    pub use crate::record::value::Digest;
    pub use crate::record::{fields_of, fields_of_root, table_of};
}

/// Generated files.
pub mod reference {
    pub use crate::reference::schema::{SchemaSubject, schema};
    pub use crate::reference::{all, example};
}

/// Reports.
pub mod report {
    pub use crate::report::{ALL, Report, ReportRequest, ReportRun, find};
}

/// Findings in the formats of others.
pub mod output {
    pub use crate::output::{
        findings_github, findings_gitlab, findings_json, findings_junit, findings_sarif, findings_text,
    };
}
