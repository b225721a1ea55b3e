//! Finds the fenced blocks of a page, by the rules of CommonMark. Their contents are verbatim text from records.

/// Follows a page line by line, and knows whether it is inside a fence.
#[derive(Debug, Default)]
pub(super) struct Fences<'a> {
    open: Option<&'a str>,
}

impl<'a> Fences<'a> {
    /// Takes the next line. Whether it belongs to a fenced block, its first and last line too.
    pub(super) fn take(&mut self, line: &'a str) -> bool {
        let was_open = self.open.is_some();
        match (self.open, run_of(line)) {
            (None, run) => self.open = run,
            (Some(open), Some(run)) if run.starts_with(open) && line.trim() == run => self.open = None,
            _ => {}
        }
        was_open || self.open.is_some()
    }
}

/// The run of backticks or tildes with which a line begins, if it can open or close a fence.
fn run_of(line: &str) -> Option<&str> {
    let text = line.trim_start_matches(' ');
    let mark = text.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let length = text.len() - text.trim_start_matches(mark).len();
    let (run, info) = text.split_at_checked(length)?;
    let is_code_span = mark == '`' && info.contains('`');
    (length >= 3 && line.len() - text.len() <= 3 && !is_code_span).then_some(run)
}

/// The page with at most one empty line in a row, none at its ends, and no spaces at the end of lines, except in fences.
/// A template may thus leave out what is not there and need not count lines. The two spaces that break a line of a quotation stay.
pub(super) fn tidy(page: &str) -> String {
    let mut tidy = String::with_capacity(page.len());
    let mut fences = Fences::default();
    let mut gap = false;
    for line in page.lines() {
        let fenced = fences.take(line);
        let line = if fenced || is_broken_line(line) { line } else { line.trim_end() };
        if line.is_empty() && !fenced {
            gap = !tidy.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            tidy.push('\n');
        }
        tidy.push_str(line);
        tidy.push('\n');
    }
    tidy
}

/// Whether a line of a quotation ends with the two spaces that break it there.
fn is_broken_line(line: &str) -> bool {
    let words = line.trim_end_matches(' ');
    words.starts_with("> ") && line.len() == words.len() + 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_ends_at_a_run_of_its_kind_and_length() {
        let inside = |page: &'static str| {
            let mut fences = Fences::default();
            page.lines().map(|line| fences.take(line)).collect::<Vec<_>>()
        };
        assert_eq!(inside("a\n```\n`` `\n```\nb"), [false, true, true, true, false]);
        assert_eq!(inside("````text\n```\n~~~~\n``` x\n`````\nb"), [true, true, true, true, true, false]);
        assert_eq!(inside("``` a`b\nb\n    ```\nc\n~~~ a`b\nd"), [false, false, false, false, true, true]);
    }

    #[test]
    fn empty_lines_are_counted_outside_of_fences_only() {
        assert_eq!(tidy("\n\n# A  \n\n \n\nb\n```\n\n\nc  \n```\n\n\n"), "# A\n\nb\n```\n\n\nc  \n```\n");
        assert_eq!(tidy(" \n"), "");
    }
}
