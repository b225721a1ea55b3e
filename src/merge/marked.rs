//! A file with conflict markers, taken apart into the versions that the markers show.

/// What a marked file says, side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MarkedFile {
    /// The file with our side of each conflict.
    pub ours: Vec<u8>,
    /// What both sides started from, where the markers show it.
    pub base: Option<Vec<u8>>,
    /// The file with their side.
    pub theirs: Vec<u8>,
    /// What follows the first marker of each side: the names of the sides.
    pub labels: (String, String),
}

/// In what part of a conflict a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Outside,
    Ours,
    Base,
    Theirs,
}

/// The start of the comment that a merge puts in our side; it goes when the file is merged again.
pub(crate) const NOTE: &str = "# ";

/// Takes a marked file apart; `None` if it has no conflict, or one that does not end.
pub(crate) fn take_apart(bytes: &[u8]) -> Option<MarkedFile> {
    let mut part = Part::Outside;
    let mut file =
        MarkedFile { ours: Vec::new(), base: None, theirs: Vec::new(), labels: (String::new(), String::new()) };
    let mut base = Vec::new();
    let (mut conflicts, mut with_base) = (0, 0);
    let mut size = 0;
    let mut is_first_line = false;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let marker = marker_of(line);
        let was_first_line = std::mem::take(&mut is_first_line);
        match (part, marker) {
            (Part::Outside, Some((b'<', length, label))) => {
                part = Part::Ours;
                size = length;
                conflicts += 1;
                is_first_line = true;
                if file.labels.0.is_empty() {
                    file.labels.0 = label;
                }
            }
            (Part::Ours, Some((b'|', length, _))) if length == size => {
                part = Part::Base;
                with_base += 1;
            }
            (Part::Ours | Part::Base, Some((b'=', length, label))) if length == size && label.is_empty() => {
                part = Part::Theirs;
            }
            (Part::Theirs, Some((b'>', length, label))) if length == size => {
                part = Part::Outside;
                if file.labels.1.is_empty() {
                    file.labels.1 = label;
                }
            }
            (Part::Outside, _) => {
                file.ours.extend_from_slice(line);
                base.extend_from_slice(line);
                file.theirs.extend_from_slice(line);
            }
            (Part::Ours, _) if was_first_line && is_note(line) => {}
            (Part::Ours, _) => file.ours.extend_from_slice(line),
            (Part::Base, _) => base.extend_from_slice(line),
            (Part::Theirs, _) => file.theirs.extend_from_slice(line),
        }
    }
    if part != Part::Outside || conflicts == 0 {
        return None;
    }
    file.base = (with_base == conflicts).then_some(base);
    Some(file)
}

/// Whether a line is the comment of a merge that says what collides.
fn is_note(line: &[u8]) -> bool {
    let Ok(line) = std::str::from_utf8(line) else { return false };
    let line = line.trim_end();
    line.starts_with("# Both sides ")
        || (line.starts_with(NOTE) && line.contains(" removes ") && line.ends_with(" changes it."))
}

/// A conflict marker: its letter, its length and its label.
fn marker_of(line: &[u8]) -> Option<(u8, usize, String)> {
    const SHORTEST: usize = 7;
    let first = *line.first().filter(|first| b"<|=>".contains(first))?;
    let length = line.iter().take_while(|byte| **byte == first).count();
    let rest = line.get(length..)?;
    let is_marker = length >= SHORTEST
        && (rest.is_empty() || rest.starts_with(b" ") || rest.starts_with(b"\n") || rest.starts_with(b"\r"));
    is_marker.then(|| (first, length, String::from_utf8_lossy(rest).trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marked_file_is_taken_apart() {
        let text = b"a\n<<<<<<< HEAD\n# Both sides change `x`, in different ways.\nb\n||||||| base\nc\n=======\nd\n>>>>>>> other\ne\n";
        let file = take_apart(text).unwrap();
        assert_eq!((file.ours, file.theirs), (b"a\nb\ne\n".to_vec(), b"a\nd\ne\n".to_vec()));
        assert_eq!((file.base, file.labels), (Some(b"a\nc\ne\n".to_vec()), ("HEAD".to_owned(), "other".to_owned())));
        let plain = take_apart(b"<<<<<<< HEAD\nb\n=======\nd\n>>>>>>> other\n").unwrap();
        assert_eq!(plain.base, None);
        assert_eq!(take_apart(b"<<<<<<< HEAD\nb\n=======\n"), None);
        assert_eq!(take_apart(b"a\n=======\n"), None);
    }
}
