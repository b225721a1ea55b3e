//! What a page holds besides what its template makes of the ledger: text that people keep between `<!-- keep NAME -->` and
//! `<!-- /keep -->`, each on a line of its own, and the stamp of the day. Inside a fence such lines are the words of an
//! agreement, and mean nothing. HTML has no fences, and files that are no pages have neither blocks nor marks.

use super::fence::Fences;

const OPEN: &str = "<!-- keep ";
const CLOSE: &str = "<!-- /keep -->";
/// What is before the day on which a page was made.
pub(super) const STAMP: &str = "<!-- stamp -->";
/// What is after it.
pub(super) const STAMP_END: &str = "<!-- /stamp -->";

/// How the marks in a file are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marks {
    /// On lines outside of fences.
    Markdown,
    /// On any line.
    Html,
    /// Nowhere; the day is in the stamps of a calendar.
    Calendar,
    /// Nowhere.
    Nowhere,
}

impl Marks {
    fn of(path: &str) -> Marks {
        match path.rsplit_once('.').map(|(_, ending)| ending) {
            Some("md") => Marks::Markdown,
            Some("html") => Marks::Html,
            Some("ics") => Marks::Calendar,
            _ => Marks::Nowhere,
        }
    }
}

/// The text as the stamp of a page.
pub(super) fn stamp(text: &str) -> String {
    format!("{STAMP}{text}{STAMP_END}")
}

/// Text that people keep on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KeptBlocks {
    /// The name of the block.
    pub name: String,
    /// The lines between its marks.
    pub text: String,
}

/// A block that is opened and never closed, so that no one knows where its text ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NeverClosed {
    /// The name of the block.
    pub name: String,
}

/// A page taken apart: lines that are made, with the blocks between them.
enum PagePart<'a> {
    Made(&'a str),
    Block { open: &'a str, name: &'a str, kept: Vec<&'a str>, close: &'a str },
}

/// The blocks of a page that hold any text.
pub(super) fn find_kept_blocks(path: &str, page: &str) -> Result<Vec<KeptBlocks>, NeverClosed> {
    let block = |piece| match piece {
        PagePart::Block { name, kept, .. } if kept.iter().any(|line| !line.trim().is_empty()) => {
            Some(KeptBlocks { name: name.to_owned(), text: kept.concat() })
        }
        _ => None,
    };
    Ok(pieces(Marks::of(path), page)?.into_iter().filter_map(block).collect())
}

/// A new page with the text that was kept on the old one. A block whose name the new page does not have is added at its
/// end; in HTML, at the end of what is the page's own.
pub(super) fn carry(path: &str, mut kept: Vec<KeptBlocks>, new: &str) -> Result<String, NeverClosed> {
    let mut page = String::with_capacity(new.len());
    for piece in pieces(Marks::of(path), new)? {
        match piece {
            PagePart::Made(line) => page.push_str(line),
            PagePart::Block { open, name, kept: content, close } => {
                page.push_str(open);
                match kept.iter().position(|kept| kept.name == name) {
                    Some(at) => page.push_str(&kept.remove(at).text),
                    None => page.extend(content),
                }
                page.push_str(close);
            }
        }
    }
    let blocks = kept.into_iter().map(|KeptBlocks { name, text }| format!("\n{OPEN}{name} -->\n{text}{CLOSE}\n"));
    let end = page.rfind("</main>").filter(|_| Marks::of(path) == Marks::Html).unwrap_or(page.len());
    page.insert_str(end, &blocks.collect::<String>());
    Ok(page)
}

/// What a page says beyond what people keep on it and the day of its stamp, whatever its line ends.
pub(super) fn strip_kept_blocks(path: &str, page: &str) -> Result<String, NeverClosed> {
    let marks = Marks::of(path);
    let page = page.replace("\r\n", "\n");
    let mut made = String::with_capacity(page.len());
    for piece in pieces(marks, &page)? {
        match piece {
            PagePart::Made(line) => made.push_str(line),
            PagePart::Block { open, close, .. } => made.extend([open, close]),
        }
    }
    Ok(without_stamps(marks, &made))
}

/// The page without what is between the marks of a stamp, outside of fences.
fn without_stamps(marks: Marks, page: &str) -> String {
    if marks == Marks::Calendar {
        return page.split_inclusive('\n').filter(|line| !line.starts_with("DTSTAMP:")).collect();
    }
    let mut bare = String::with_capacity(page.len());
    let mut fences = Fences::default();
    for line in page.split_inclusive('\n') {
        let is_text = marks == Marks::Nowhere || (marks == Marks::Markdown && fences.take(line));
        let stamped = line.split_once(STAMP).filter(|_| !is_text);
        match stamped.and_then(|(before, after)| Some((before, after.split_once(STAMP_END)?.1))) {
            Some((before, after)) => bare.extend([before, after]),
            None => bare.push_str(line),
        }
    }
    bare
}

fn pieces(marks: Marks, page: &str) -> Result<Vec<PagePart<'_>>, NeverClosed> {
    let mut pieces = Vec::new();
    let mut fences = Fences::default();
    let mut lines = page.split_inclusive('\n');
    while let Some(line) = lines.next() {
        let is_text = match marks {
            Marks::Markdown => fences.take(line),
            Marks::Html => false,
            Marks::Calendar | Marks::Nowhere => true,
        };
        let Some(name) = opened_block(line).filter(|_| !is_text) else {
            pieces.push(PagePart::Made(line));
            continue;
        };
        let mut kept = Vec::new();
        let close = loop {
            match lines.next() {
                Some(line) if line.trim() == CLOSE => break line,
                Some(line) => kept.push(line),
                None => return Err(NeverClosed { name: name.to_owned() }),
            }
        };
        pieces.push(PagePart::Block { open: line, name, kept, close });
    }
    Ok(pieces)
}

/// The name of the block that a line opens.
fn opened_block(line: &str) -> Option<&str> {
    line.trim().strip_prefix(OPEN)?.strip_suffix("-->").map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "page.md";

    const OLD: &str =
        "# Old\n<!-- keep a -->\nours\n\nstill ours\n<!-- /keep -->\nmade\n<!-- keep b -->\nb\n<!-- /keep -->\n";

    fn carried(old: &str, new: &str) -> String {
        carry(PAGE, find_kept_blocks(PAGE, old).unwrap(), new).unwrap()
    }

    #[test]
    fn kept_text_moves_to_the_block_of_its_name() {
        let new = "# New\n<!-- keep b -->\ndefault\n<!-- /keep -->\nmade\n<!-- keep a -->\n<!-- /keep -->\n";
        let page = carried(OLD, new);
        let expected =
            "# New\n<!-- keep b -->\nb\n<!-- /keep -->\nmade\n<!-- keep a -->\nours\n\nstill ours\n<!-- /keep -->\n";
        assert_eq!(page, expected);
    }

    #[test]
    fn a_block_that_the_new_page_lacks_is_added_at_its_end() {
        let page = carried(OLD, "# New\n<!-- keep a -->\n<!-- /keep -->\n");
        assert!(page.ends_with("<!-- /keep -->\n\n<!-- keep b -->\nb\n<!-- /keep -->\n"), "{page}");
        assert_eq!(find_kept_blocks(PAGE, &page).unwrap(), find_kept_blocks(PAGE, OLD).unwrap());
        assert_eq!(carried(&page, "# Newer\n").matches("still ours").count(), 1);
    }

    #[test]
    fn blocks_of_one_name_are_all_kept() {
        let twice = "<!-- keep a -->\none\n<!-- /keep -->\n<!-- keep a -->\ntwo\n<!-- /keep -->\n";
        let page = carried(twice, "<!-- keep a -->\n<!-- /keep -->\n");
        assert!(page.contains("one\n") && page.contains("two\n"));
    }

    #[test]
    fn marks_inside_a_fence_are_words() {
        let fenced = "````text\n```\n<!-- keep a -->\nwords\n<!-- /keep -->\n~~~\n````\n";
        assert_eq!(find_kept_blocks(PAGE, fenced).unwrap(), []);
        assert_eq!(carry(PAGE, find_kept_blocks(PAGE, OLD).unwrap(), fenced).unwrap().matches("words\n").count(), 1);
        let after = format!("{fenced}{OLD}");
        assert_eq!(find_kept_blocks(PAGE, &after).unwrap(), find_kept_blocks(PAGE, OLD).unwrap());
    }

    #[test]
    fn an_open_fence_in_kept_text_does_not_swallow_the_end() {
        let page = "<!-- keep a -->\n```\n<!-- /keep -->\n<!-- keep b -->\nb\n<!-- /keep -->\n";
        assert_eq!(find_kept_blocks(PAGE, page).unwrap().len(), 2);
    }

    #[test]
    fn a_block_that_is_never_closed_is_told() {
        assert_eq!(find_kept_blocks(PAGE, "<!-- keep a -->\nours\n"), Err(NeverClosed { name: "a".to_owned() }));
    }

    #[test]
    fn what_is_made_is_all_but_kept_text_stamps_and_line_ends() {
        let page = |day: &str, text: &str| format!("On {}.\n<!-- keep a -->\n{text}<!-- /keep -->\n", stamp(day));
        let one = strip_kept_blocks(PAGE, &page("May 1, 2026", "")).unwrap();
        assert_eq!(one, strip_kept_blocks(PAGE, &page("May 2, 2026", "ours\n").replace('\n', "\r\n")).unwrap());
        assert_eq!(one, "On .\n<!-- keep a -->\n<!-- /keep -->\n");
        assert_ne!(one, strip_kept_blocks(PAGE, &page("May 1, 2026", "").replace("On", "By")).unwrap());
        let fenced = |words: &str| strip_kept_blocks(PAGE, &format!("```text\n{}\n```\n", stamp(words))).unwrap();
        assert_ne!(fenced("signed words"), fenced("other words"));
    }

    #[test]
    fn html_has_no_fences_and_other_files_have_no_marks() {
        let page = "<html>\n<main>\n```\n<!-- keep a -->\nours\n<!-- /keep -->\n</main>\n</html>\n";
        let kept = || find_kept_blocks("page.html", page).unwrap();
        assert_eq!(kept().len(), 1);
        let new = carry("page.html", kept(), "<html>\n<main>\n</main>\n</html>\n").unwrap();
        assert_eq!(new, "<html>\n<main>\n\n<!-- keep a -->\nours\n<!-- /keep -->\n</main>\n</html>\n");
        for path in ["calendar.ics", "search-index.js"] {
            assert_eq!(find_kept_blocks(path, "<!-- keep a -->\n").unwrap(), []);
        }
    }

    #[test]
    fn a_calendar_of_another_day_is_the_same() {
        let feed = |day: &str| format!("BEGIN:VEVENT\r\nDTSTAMP:{day}T000000Z\r\nSUMMARY:Meeting\r\n");
        let stripped = |day| strip_kept_blocks("calendar.ics", &feed(day)).unwrap();
        assert_eq!(stripped("20261122"), stripped("20261123"));
        assert!(stripped("20261122").contains("SUMMARY:Meeting"));
    }
}
