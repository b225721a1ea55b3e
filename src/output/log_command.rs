//! What CI services take for a command where it is in a log: of GitHub and of Forgejo's runner (`::name::` at the start
//! of a line, `##[name]` anywhere), of Azure Pipelines and TeamCity (`##vso[`, `##teamcity[`), and of GitLab
//! (`section_start:`).

/// The bytes before which a backslash keeps a text from being a command, in order.
pub(super) fn breaks(text: &str) -> Vec<usize> {
    let mut breaks = Vec::new();
    let mut is_line_start = true;
    for (at, letter) in text.char_indices() {
        let rest = text.get(at..).unwrap_or_default();
        match letter {
            '\n' | '\r' => is_line_start = true,
            _ if letter.is_whitespace() => {}
            ':' => {
                if is_line_start && rest.starts_with("::") {
                    breaks.push(at);
                }
                is_line_start = false;
            }
            '#' => {
                let name =
                    rest.strip_prefix("##").map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()));
                if name.is_some_and(|rest| rest.starts_with('[')) {
                    breaks.push(at + 1);
                }
                is_line_start = false;
            }
            's' | 'S' => {
                let begins = |word: &str| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
                if begins("section_start:") || begins("section_end:") {
                    breaks.push(at + "section".len());
                }
                is_line_start = false;
            }
            _ => is_line_start = false,
        }
    }
    breaks
}

/// The text with a backslash in everything that a CI service would take for a command.
pub(crate) fn without_commands(text: &str) -> String {
    let mut inert = String::with_capacity(text.len() + 8);
    let mut done = 0;
    for at in breaks(text) {
        inert.push_str(text.get(done..at).unwrap_or_default());
        inert.push('\\');
        done = at;
    }
    inert.push_str(text.get(done..).unwrap_or_default());
    inert
}

#[cfg(test)]
mod tests {
    use super::without_commands;

    #[test]
    fn no_line_is_a_command() {
        for (text, inert) in [
            ("::add-mask::x\n", "\\::add-mask::x\n"),
            ("a\n  \t ::set-env name=X::y", "a\n  \t \\::set-env name=X::y"),
            ("a\r::stop-commands::z", "a\r\\::stop-commands::z"),
            ("\u{a0}::error::x", "\u{a0}\\::error::x"),
            ("- ##[error]x", "- #\\#[error]x"),
            ("###[group]", "##\\#[group]"),
            ("##vso[task.setvariable]", "#\\#vso[task.setvariable]"),
            ("##teamcity[x]", "#\\#teamcity[x]"),
            ("a section_start:1:b section_END:1:b", "a section\\_start:1:b section\\_END:1:b"),
        ] {
            assert_eq!(without_commands(text), inert);
            assert_eq!(without_commands(inert), inert, "once is enough");
        }
    }

    #[test]
    fn plain_text_stays() {
        for text in ["std::io", "a :: b", "# [x] ## x [y]", "C# ##", "section_starts", "at 12:30::", ""] {
            assert_eq!(without_commands(text), text);
        }
    }
}
