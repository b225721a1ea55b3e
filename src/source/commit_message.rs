//! What a commit says in words: who wrote it, its first line, and the lines at its end that name others.

/// The words of a commit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CommitMessage {
    /// Who wrote the change.
    pub author: String,
    /// The first line.
    pub subject: String,
    /// The lines at the end of the form `Signed-off-by: Ana Lopez <ana@example.org>`: the word and the value of each.
    pub trailers: Vec<(String, String)>,
}

impl CommitMessage {
    /// Reads the message of a commit.
    pub(crate) fn parse(author: &str, message: &str) -> CommitMessage {
        let message = message.replace("\r\n", "\n");
        let mut paragraphs = message.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
        let first = paragraphs.next().unwrap_or_default();
        let subject = first.lines().map(str::trim).collect::<Vec<_>>().join(" ");
        let trailers = paragraphs.last().and_then(trailers).unwrap_or_default();
        CommitMessage { author: author.trim().to_owned(), subject, trailers }
    }
}

/// The trailers of a paragraph, if it has nothing else. An indented line goes on with the one above it.
fn trailers(paragraph: &str) -> Option<Vec<(String, String)>> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in paragraph.lines() {
        if let Some((_, value)) = found.last_mut().filter(|_| line.starts_with([' ', '\t'])) {
            value.push(' ');
            value.push_str(line.trim());
            continue;
        }
        let (word, value) = line.split_once(':')?;
        let is_word = !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        found.push((is_word.then(|| word.to_owned())?, value.trim().to_owned()));
    }
    Some(found)
}

/// A person without the address behind the name: `Ana Lopez <ana@example.org>` is `Ana Lopez`.
pub(crate) fn without_address(person: &str) -> &str {
    match person.split_once('<') {
        Some((name, _)) if !name.trim().is_empty() => name.trim(),
        Some(_) => "(no name)",
        None => person.trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trailers_of(message: &str) -> Vec<(String, String)> {
        CommitMessage::parse("Ana", message).trailers
    }

    #[test]
    fn the_last_paragraph_names_others_if_it_does_nothing_else() {
        let message = "Log the call\nwith Ben\n\nIt was short.\n\nCo-authored-by: Ben Z <ben@example.org>\nReviewed-by: Cam\n  \
                       of Cedar School\n";
        let parsed = CommitMessage::parse(" Ana Z ", message);
        assert_eq!((parsed.author.as_str(), parsed.subject.as_str()), ("Ana Z", "Log the call with Ben"));
        let pair = |word: &str, value: &str| (word.to_owned(), value.to_owned());
        let both = [pair("Co-authored-by", "Ben Z <ben@example.org>"), pair("Reviewed-by", "Cam of Cedar School")];
        assert_eq!(parsed.trailers, both);
        assert_eq!(trailers_of("Subject: not a trailer"), []);
        assert_eq!(trailers_of("x\n\nHe said: no\nand left"), []);
        assert_eq!(trailers_of("x\r\n\r\nSigned-off-by: A\r\n"), [pair("Signed-off-by", "A")]);
        assert_eq!(CommitMessage::parse("", "").subject, "");
    }

    #[test]
    fn an_address_is_left_out() {
        assert_eq!(without_address("Ana Lopez <ana@example.org>"), "Ana Lopez");
        assert_eq!(without_address("<ana@example.org>"), "(no name)");
        assert_eq!(without_address("Cedar School"), "Cedar School");
    }
}
