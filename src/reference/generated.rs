//! The generated files of the repository.

use super::schema::{self, SchemaSubject};
use super::{check_pages, practices_page, records_page, templates_page};
use crate::check;

/// A file of the repository that is generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// Its path from the root of the repository, with forward slashes.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// All generated files, by path.
pub fn all() -> Vec<Generated> {
    let mut files: Vec<Generated> = SchemaSubject::all().map(schema_file).collect();
    files.push(page("docs/records.md", "src/record and src/reference/records_intro.md", records_page::page()));
    files.push(page("docs/practices.md", "src/practice and src/check", practices_page::page()));
    files.push(page("docs/templates.md", "src/render and src/reference/templates_intro.md", templates_page::page()));
    files.push(page("docs/checks/README.md", "src/check", check_pages::index(check::ALL)));
    for check in check::ALL {
        files.push(page(&format!("docs/checks/{}.md", check.name), "src/check", check_pages::page(check)));
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn schema_file(subject: SchemaSubject) -> Generated {
    Generated { path: format!("schema/{}", subject.file_name()), text: format!("{:#}\n", schema::schema(subject)) }
}

fn page(path: &str, origin: &str, text: String) -> Generated {
    let text =
        format!("<!-- Generated from {origin}. Change it there; `BLESS=1 cargo test` writes this copy. -->\n\n{text}");
    Generated { path: path.to_owned(), text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_files_have_distinct_paths_and_end_with_one_newline() {
        let files = all();
        for pair in files.windows(2) {
            assert!(pair[0].path < pair[1].path);
        }
        for file in files {
            assert!(file.text.ends_with('\n') && !file.text.ends_with("\n\n"), "{}", file.path);
        }
    }
}
