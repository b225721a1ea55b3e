//! A line `field = value` whose value is not TOML, explained by what the field holds: `amount = $1,200`, `interests = "a", "b"`,
//! `joined = March 3rd`, `'The officer's choice'`.

use super::super::expected::{ExpectedValue, Form, Meaning, in_quotes, is_nothing, is_quote, split_entries};
use super::super::reader::{contact_help, contact_type};
use super::super::recovery::Repair;
use super::{Error, SyntaxFault, shorten};
use crate::finding::name;
use crate::source::{Span, Unseen, describe_unseen, is_odd_space};
use toml::de::DeTable;

/// A line `field = value`.
struct Assigned<'a> {
    /// The field's name.
    key: &'a str,
    /// The value without a comment.
    value: &'a str,
    /// Where the value is.
    place: Span,
}

impl Error<'_> {
    /// A character between the parts of a line that readers cannot see.
    pub(super) fn unseen_fault(&self) -> Option<SyntaxFault> {
        let line = self.line_text();
        let mut quote = None;
        let mut found: Vec<(usize, char)> = Vec::new();
        for (at, letter) in line.char_indices() {
            match (quote, letter) {
                (None, '#') => break,
                (None, '"' | '\'') => quote = Some(letter),
                (Some(open), letter) if letter == open => quote = None,
                (None, letter) if is_odd_space(letter) || Unseen::of(letter).is_some() => found.push((at, letter)),
                _ => {}
            }
        }
        let (first, letter) = *found.first()?;
        let at = self.line.start + first;
        // A mark at the start of the file is the editor's.
        if at == 0 && letter == '\u{feff}' {
            return None;
        }
        let span = |(at, letter): &(usize, char)| {
            let start = self.line.start + at;
            Span::from(start..start + letter.len_utf8())
        };
        let place = self.neighbor(line, first, letter);
        let message = format!("this line has an invisible character{place}: {}", describe_unseen(letter));
        let with = |letter: char| if letter.is_whitespace() { " " } else { "" };
        let is_space = letter.is_whitespace();
        let help = if is_space { "delete it, and type a plain space" } else { "delete it" };
        let edits = found.iter().map(|one| (span(one), with(one.1).to_owned())).collect();
        let mut fault = SyntaxFault::new(span(&(first, letter)), message, help).with_fix(edits, true);
        for (at, letter) in &found {
            let start = self.line.start + at;
            let range = start..start + letter.len_utf8();
            fault = fault.with_repair(Repair { with: " ".repeat(range.len()), range });
        }
        Some(fault)
    }

    /// Where on its line an invisible character is, in words.
    fn neighbor(&self, line: &str, at: usize, letter: char) -> String {
        let before = line.get(..at).unwrap_or_default().trim();
        let after = line.get(at + letter.len_utf8()..).unwrap_or_default().trim();
        let word = |text: Option<&str>| text.map(shorten).filter(|word| !word.is_empty());
        match (word(before.split_whitespace().last()), word(after.split_whitespace().next())) {
            (Some(word), _) => format!(" after `{word}`"),
            (None, Some(word)) => format!(" before `{word}`"),
            (None, None) => String::new(),
        }
    }

    /// The line as a field with a value, if it is one, and no part of a value of several lines.
    fn assigned(&self) -> Option<Assigned<'_>> {
        let line = self.line_text();
        let (before, behind) = line.split_once('=')?;
        let key = before.trim();
        let is_key =
            !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
        let line_span = Span::from(self.line.clone());
        let is_inside = self.values.iter().any(|(span, value)| {
            (value.is_str() || value.is_array()) && span.start < line_span.start && line_span.end <= span.end
        });
        if !is_key || is_inside || (self.at.start as usize) < self.line.start + before.len() {
            return None;
        }
        let value = without_comment(behind);
        let start = self.line.start + before.len() + 1 + (value.len() - value.trim_start().len());
        let value = value.trim();
        Some(Assigned { key, value, place: Span::from(start..start + value.len()) })
    }

    /// The fault of a value that its field, or its form, explains better than the parser.
    pub(super) fn value_fault(&self) -> Option<SyntaxFault> {
        let assigned = self.assigned()?;
        let Assigned { key, value, .. } = assigned;
        if value.is_empty() || value.starts_with("\"\"\"") || value.starts_with("'''") {
            return None;
        }
        if let Some(fault) = self.extra_equals_fault(&assigned) {
            return Some(fault);
        }
        let expected = self.expected(key);
        if let Some(fault) = self.contact_fault(&assigned).filter(|_| expected.is_none()) {
            return Some(fault);
        }
        if value.ends_with([',', ';']) && is_value(value.trim_end_matches([',', ';', ' '])) {
            return Some(self.extra_mark_fault(&assigned));
        }
        if let Some(fault) = self.comment_fault(&assigned).or_else(|| self.several_fields_fault(&assigned)) {
            return Some(fault);
        }
        if is_value(value) {
            return None;
        }
        if let Some(fault) = self.markdown_link_fault(&assigned, expected.as_ref()) {
            return Some(fault);
        }
        if is_nothing(value) {
            let message = format!("`{value}` is not a value");
            let help = format!("delete the line: leave out `{key}` until you know it");
            return Some(self.of_value(&assigned, message, help));
        }
        let is_truth = expected.as_ref().is_none_or(|expected| expected.form == Form::Truth) && is_truth_word(value);
        if is_truth {
            return None;
        }
        if let Some(expected) = expected {
            return self.expected_fault(&assigned, &expected);
        }
        if let Some(fault) = self.date_fault(&assigned) {
            return Some(fault);
        }
        self.curly_fault(&assigned)
            .or_else(|| self.quoted_fault(&assigned))
            .or_else(|| self.plain_list_fault(&assigned))
    }

    /// A way to reach someone where there is no such field: `phone = 555-0134`.
    fn contact_fault(&self, assigned: &Assigned<'_>) -> Option<SyntaxFault> {
        let Assigned { key, value, .. } = assigned;
        contact_type(key)?;
        (self.find_field)(&[], "contact_details")?;
        let is_under = self.expected("type").is_some_and(|field| matches!(field.form, Form::Choice(_)));
        let message = format!("`{key}` is not the name of a field: it is a type of contact details");
        let help = contact_help(key, value, is_under);
        let range = self.line.clone();
        let fault = SyntaxFault::new(self.whole_line(), message, help);
        Some(fault.with_repair(Repair { with: " ".repeat(range.len()), range }))
    }

    /// A fault of the value of a line.
    fn of_value(&self, assigned: &Assigned<'_>, message: impl Into<String>, help: impl Into<String>) -> SyntaxFault {
        SyntaxFault::new(assigned.place, message, help).spoiling(self.whole_line())
    }

    /// A second `=` after the first.
    fn extra_equals_fault(&self, assigned: &Assigned<'_>) -> Option<SyntaxFault> {
        let rest = assigned.value.trim_start_matches(['=', '>', ':']);
        let extra = assigned.value.len() - rest.len();
        if extra == 0 {
            return None;
        }
        let start = assigned.place.start as usize;
        let range = start..start + extra;
        let help = format!("write a single `=` between name and value: {} = {}", assigned.key, rest.trim());
        let fault = SyntaxFault::new(Span::from(range.clone()), "there is an extra sign after the `=`", help);
        let gap = if rest.starts_with(' ') { extra + 1 } else { extra };
        Some(fault.with_repair(Repair { with: " ".repeat(range.len()), range }).with_fix(
            vec![(Span::from(start..start + gap.min(assigned.value.len())), pad(self, start))],
            is_value(rest.trim()),
        ))
    }

    /// A comma or a semicolon after the value.
    fn extra_mark_fault(&self, assigned: &Assigned<'_>) -> SyntaxFault {
        let bare = assigned.value.trim_end_matches([',', ';', ' ']);
        let mark = assigned.value.get(bare.len()..).unwrap_or_default().trim();
        let what = if mark.starts_with(',') { "comma" } else { "semicolon" };
        let start = assigned.place.start as usize + bare.len();
        let range = start..assigned.place.end as usize;
        let message = format!("a line does not end with a {what}");
        let help = format!("remove the {what}: {} = {}", assigned.key, shorten(bare));
        SyntaxFault::new(Span::from(range.clone()), message, help)
            .with_repair(Repair { with: " ".repeat(range.len()), range: range.clone() })
            .with_fix(vec![(Span::from(range), String::new())], true)
    }

    /// A comment after the value that starts as in other languages.
    fn comment_fault(&self, assigned: &Assigned<'_>) -> Option<SyntaxFault> {
        let (at, mark) = ["//", "--", "/*", "<!--", ";"].iter().find_map(|mark| {
            let at = assigned.value.find(&format!(" {mark}"))?;
            is_value(assigned.value.get(..at)?.trim()).then_some((at + 1, *mark))
        })?;
        let start = assigned.place.start as usize + at;
        let range = start..assigned.place.end as usize;
        let message = format!("a comment starts with `#`, not with `{mark}`");
        let help = format!("write `#` in place of `{mark}`");
        let is_certain = matches!(mark, "//" | ";");
        Some(
            SyntaxFault::new(Span::from(start..start + mark.len()), message, help)
                .with_repair(Repair { with: " ".repeat(range.len()), range })
                .with_fix(vec![(Span::from(start..start + mark.len()), "#".to_owned())], is_certain),
        )
    }

    /// Several fields on one line: `name = "A" joined = 2026-03-03`.
    fn several_fields_fault(&self, assigned: &Assigned<'_>) -> Option<SyntaxFault> {
        let newline = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        let mut edits = Vec::new();
        let mut start = assigned.place.start as usize;
        let mut rest = assigned.value;
        let mut second = None;
        while let Some(equals) = find_outside_quotes(rest, '=') {
            let (before, behind) = (rest.get(..equals)?.trim_end(), rest.get(equals + 1..)?);
            let begin = before.rfind([' ', ',', ';', '"', '\'', ']']).map_or(0, |at| at + 1);
            let (value, key) = before.split_at_checked(begin)?;
            let value = value.trim_end_matches([' ', ',', ';']);
            if key.is_empty() || !is_value(value.trim()) {
                return None;
            }
            self.expected(key)?;
            second.get_or_insert((key, behind));
            edits.push((Span::from(start + value.len()..start + begin), newline.to_owned()));
            start += equals + 1;
            rest = behind;
        }
        let (second, behind) = second.filter(|_| is_value(rest.trim()))?;
        let (message, help) = match edits.len() {
            1 => (
                "two fields are on one line",
                format!("write each on its own line: {second} = {} on the next line", shorten(behind.trim())),
            ),
            _ => ("several fields are on one line", "write each on its own line".to_owned()),
        };
        Some(self.of_value(assigned, message, help).with_fix(edits, true))
    }

    /// Several ids for a field that holds one: `representative = "rosa" and "tom"`.
    fn several_ids_fault(&self, assigned: &Assigned<'_>, expected: &ExpectedValue) -> Option<SyntaxFault> {
        let Form::Reference(noun) = &expected.form else { return None };
        let entries = split_entries(assigned.value);
        if expected.many || entries.len() < 2 || assigned.value.chars().filter(|c| is_quote(*c)).count() < 3 {
            return None;
        }
        let first = entries.first()?;
        let second = other_of(assigned.key)
            .filter(|other| self.expected(other).is_some())
            .map_or_else(String::new, |other| format!("; the second goes in `{other}`"));
        let noun = if *noun == "advocate" { "person" } else { noun };
        let message = format!("`{}` holds one {noun}, and this line names {}", assigned.key, entries.len());
        let help = format!("keep one: {} = \"{first}\"{second}", assigned.key);
        Some(self.of_value(assigned, message, help))
    }

    /// A link as Markdown writes it: `[rosa@example.org](mailto:rosa@example.org)`.
    fn markdown_link_fault(&self, assigned: &Assigned<'_>, expected: Option<&ExpectedValue>) -> Option<SyntaxFault> {
        let meant = in_quotes(unlinked(assigned.value, expected.is_some_and(|expected| expected.form == Form::Url))?);
        let help = format!("write the address alone: {} = {meant}", assigned.key);
        let fault = self.of_value(assigned, "this is a link in Markdown format", help);
        Some(fault.with_fix(vec![(assigned.place, meant)], true))
    }

    /// From one day or time to another, in a field that holds the first of them: `start_time = 6:30-8 pm`.
    fn range_fault(&self, assigned: &Assigned<'_>, expected: &ExpectedValue) -> Option<SyntaxFault> {
        let other = match (&expected.form, assigned.key) {
            (Form::Time, "start_time") => "end_time",
            (Form::Date, "start_date") => "end_date",
            (Form::Date, "joined") => "left",
            _ => return None,
        };
        let other = self.expected(other)?;
        let (from, to) = ends_of_range(assigned.value)?;
        let of = |expected: &ExpectedValue, written: &str| match expected.meaning(written, self.text) {
            Meaning::Certain(meant) => Some(meant),
            _ => None,
        };
        // In `6:30-8 pm`, the half of the day is that of both.
        let half = to.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.'));
        let of_both = format!("{from}{half}");
        let begins_with_half = from.contains(|c: char| c.is_ascii_alphabetic());
        let first =
            if expected.form == Form::Time && !begins_with_half { of(expected, &of_both) } else { of(expected, from) };
        let (first, second) = (first?, of(&other, to)?);
        let message = format!(
            "`{}` holds one {}, and this is a range",
            assigned.key,
            expected.form.noun().trim_start_matches("a ")
        );
        let help = format!("write two lines: {} = {first} and {} = {second}", assigned.key, other.name);
        Some(self.of_value(assigned, message, help))
    }

    /// A text without quotes that goes on below.
    fn unquoted_lines_fault(&self, assigned: &Assigned<'_>) -> Option<SyntaxFault> {
        let Assigned { key, value, place } = assigned;
        let rest = self.text.get(self.line.end + 1..)?;
        let goes_on =
            |line: &&str| !line.trim().is_empty() && !line.contains('=') && !line.trim_start().starts_with(['[', '#']);
        let lines: usize = rest.split_inclusive('\n').take_while(goes_on).map(str::len).sum();
        if lines == 0 || value.contains(is_quote) {
            return None;
        }
        let end = self.line.end + 1 + rest.get(..lines)?.trim_end().len();
        let start = place.start as usize;
        let help = format!("put three quotes before and after the text: {key} = \"\"\"{}", shorten(value));
        let message = "this text runs over several lines but is not in quotes";
        let mut fault = self.of_value(assigned, message, help);
        for at in [start, end] {
            fault = fault.with_repair(Repair { range: at..at, with: "\"\"\"".to_owned() });
        }
        fault.ends_at = Some(end);
        Some(fault.with_fix([start, end].map(|at| (Span::from(at..at), "\"\"\"".to_owned())).to_vec(), true))
    }

    /// A value that is not TOML, where it is known what the field holds.
    fn expected_fault(&self, assigned: &Assigned<'_>, expected: &ExpectedValue) -> Option<SyntaxFault> {
        let Assigned { key, value, .. } = assigned;
        if expected.form == Form::Table || expected.form == Form::Other {
            return self.curly_fault(assigned).or_else(|| self.quoted_fault(assigned));
        }
        if expected.many {
            return self.list_fault(assigned, expected);
        }
        if let Some(fault) = self.several_ids_fault(assigned, expected).or_else(|| self.range_fault(assigned, expected))
        {
            return Some(fault);
        }
        if let Some(fault) = self.unquoted_lines_fault(assigned).filter(|_| expected.form == Form::Prose) {
            return Some(fault);
        }
        // Curly quotes and quotes inside a text are said as what they are.
        if let Some(fault) = self.curly_fault(assigned).or_else(|| self.quoted_fault(assigned)) {
            return Some(fault);
        }
        if value.contains(['"', '\'']) {
            return None;
        }
        let is_text = expected.form.is_quoted() && expected.form != Form::Amount;
        let message = if is_text {
            format!("the text `{}` is not in quotes", shorten(value))
        } else {
            format!("`{key}` must be {}; `{}` is not one", expected.form.noun(), shorten(value))
        };
        let how = match expected.form {
            Form::Date => "write year, month and day, without quotes",
            Form::Time => "write hours, minutes and seconds",
            Form::Amount => "write digits in quotes, without signs and commas",
            Form::Whole | Form::Number | Form::Share => "write the number alone",
            Form::Truth => "write true or false, in lowercase letters and without quotes",
            _ => "put it in straight quotes",
        };
        let line = |value: &str| format!("{key} = {value}");
        let (help, fix) = match expected.meaning(value, self.text) {
            Meaning::Certain(meant) => (format!("{how}: {}", line(&meant)), Some(meant)),
            Meaning::Checked(meant, caveat) => (format!("{how}: {} ({caveat})", line(&meant)), None),
            Meaning::Either(readings) => {
                let readings: Vec<String> =
                    readings.iter().map(|(value, words)| format!("{} if you mean {words}", line(value))).collect();
                (format!("write {}", readings.join(", or ")), None)
            }
            Meaning::Unknown if matches!(expected.form, Form::Choice(_)) => {
                let Form::Choice(words) = &expected.form else { return None };
                let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                (format!("write one of the allowed values in quotes: {}", words.join(", ")), None)
            }
            Meaning::Unknown => return self.unknown_meaning_fault(assigned, expected, how),
        };
        let fault = self.of_value(assigned, message, help);
        Some(match fix {
            Some(meant) => fault.with_fix(vec![(assigned.place, meant)], true),
            None => fault,
        })
    }

    /// A date in another form, of a field that is not known.
    fn date_fault(&self, assigned: &Assigned<'_>) -> Option<SyntaxFault> {
        let Assigned { key, value, .. } = assigned;
        let date = ExpectedValue { name: "", form: Form::Date, many: false };
        let is_meant =
            value.starts_with(|c: char| c.is_ascii_alphanumeric()) && value.contains(|c: char| c.is_ascii_digit());
        let written = match date.meaning(value, "").clone() {
            Meaning::Certain(meant) => format!("{key} = {meant}"),
            Meaning::Either(readings) => {
                let readings: Vec<String> =
                    readings.iter().map(|(value, words)| format!("{key} = {value} if you mean {words}")).collect();
                readings.join(", or ")
            }
            _ => return None,
        };
        let message = format!("`{}` is not a date in the form YYYY-MM-DD", shorten(value));
        let help = format!("write year, month and day, without quotes: {written}");
        is_meant.then(|| self.of_value(assigned, message, help))
    }

    /// A value that does not say what its field holds.
    fn unknown_meaning_fault(
        &self,
        assigned: &Assigned<'_>,
        expected: &ExpectedValue,
        how: &str,
    ) -> Option<SyntaxFault> {
        let Assigned { key, value, .. } = assigned;
        // What comes after a value is said as such.
        let word = value.split_whitespace().next().unwrap_or_default();
        if word.len() < value.len() && is_value(word) {
            return None;
        }
        // A date that the calendar lacks is said as such.
        if expected.form == Form::Date && self.message.starts_with("invalid date") && value.matches('-').count() == 2 {
            return None;
        }
        let example = match expected.form {
            Form::Date => "2026-03-01",
            Form::Time => "18:30:00",
            Form::Amount => "\"250.00\"",
            Form::Whole => "21",
            Form::Number => "7.5",
            Form::Share => "0.5",
            Form::Truth => "true",
            _ => return None,
        };
        let message = format!("`{key}` must be {}; `{}` is not one", expected.form.noun(), shorten(value));
        let later = if expected.form == Form::Date { "; if there is no date yet, delete the line" } else { "" };
        let mut fault = self.of_value(assigned, message, format!("{how}, like {key} = {example}{later}"));
        fault.check = name::INVALID_TOML;
        Some(fault)
    }

    /// A list that is written in another way.
    fn list_fault(&self, assigned: &Assigned<'_>, expected: &ExpectedValue) -> Option<SyntaxFault> {
        let Assigned { key, value, .. } = assigned;
        // A list that goes on below has its own message.
        if value.starts_with('[') && !value.ends_with(']') {
            return None;
        }
        let list = format!("[{}]", expected.entries(value)?.join(", "));
        let is_right = is_value(&list);
        let message = format!("`{key}` is a list: its entries must be in square brackets, each in straight quotes");
        let help = format!("write {key} = {list}");
        let fault = self.of_value(assigned, message, help);
        Some(if is_right { fault.with_fix(vec![(assigned.place, list)], true) } else { fault })
    }

    /// Values with commas between them, of a field that is not known.
    fn plain_list_fault(&self, assigned: &Assigned<'_>) -> Option<SyntaxFault> {
        let Assigned { key, value, .. } = assigned;
        let inner = value.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(value);
        let list = format!("[{inner}]");
        if !inner.contains(',')
            || value.starts_with('[')
            || !is_value(&list)
            || value.starts_with(|c: char| c.is_ascii_digit())
        {
            return None;
        }
        let help = format!("put them in square brackets: {key} = {list}");
        Some(
            self.of_value(assigned, "several values must be in a list", help)
                .with_fix(vec![(assigned.place, list)], true),
        )
    }

    /// A text in curly quotes, on one side or both, also in a list.
    fn curly_fault(&self, assigned: &Assigned<'_>) -> Option<SyntaxFault> {
        let Assigned { key, value, .. } = assigned;
        let is_curly = |c: char| is_quote(c) && !matches!(c, '"' | '\'');
        let bare = value.trim_start_matches(['[', ' ']);
        if !bare.starts_with(is_curly) && !value.trim_end_matches([']', ' ', ',']).ends_with(is_curly) {
            return None;
        }
        let is_list = value.starts_with('[');
        let mut edits = Vec::new();
        let mut straight = String::new();
        let inner_start = value.len() - value.trim_start_matches(is_quote).len();
        let inner_end = value.trim_end_matches(is_quote).len();
        for (at, letter) in value.char_indices() {
            // Curly quotes inside a text may stay, and so does an apostrophe.
            let is_outer =
                if is_list { is_outer_quote(value, at, letter) } else { at < inner_start || at >= inner_end };
            if is_outer && is_quote(letter) {
                let start = assigned.place.start as usize + at;
                straight.push('"');
                if letter != '"' {
                    edits.push((Span::from(start..start + letter.len_utf8()), "\"".to_owned()));
                }
            } else {
                straight.push(letter);
            }
        }
        let is_right = is_value(&straight);
        let help = format!("use straight quotes: {key} = {}", shorten(&straight));
        let what = if value.contains('`') { "the text is in backticks" } else { "the text is in curly quotes" };
        let fault = self.of_value(assigned, what, help);
        Some(if is_right { fault.with_fix(edits, true) } else { fault })
    }

    /// Quotes inside a text in the same quotes, or an apostrophe in single quotes.
    fn quoted_fault(&self, assigned: &Assigned<'_>) -> Option<SyntaxFault> {
        let Assigned { key, value, .. } = assigned;
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let inner = value.strip_prefix(quote)?.strip_suffix(quote)?;
        if !inner.contains(quote) || inner.contains(&format!("{quote},")) {
            return None;
        }
        // Two single quotes look like one double quote.
        if let Some(inner) =
            inner.strip_prefix('\'').and_then(|inner| inner.strip_suffix('\'')).filter(|_| quote == '\'')
        {
            let meant = in_quotes(inner);
            let message = "the text is between two single quotes on each side";
            let help = format!("use one double quote on each side: {key} = {meant}");
            let is_plain = !inner.contains('\'');
            return Some(self.of_value(assigned, message, help).with_fix(vec![(assigned.place, meant)], is_plain));
        }
        let meant = in_quotes(inner);
        if quote == '\'' {
            let message = "an apostrophe ends this text, because the text is in single quotes";
            let help = format!("use double quotes: {key} = {meant}");
            let is_certain = !has_words_between(inner, quote);
            return Some(self.of_value(assigned, message, help).with_fix(vec![(assigned.place, meant)], is_certain));
        }
        if inner.contains('\\') {
            return None;
        }
        let message = "a quote inside the text ends it too early";
        let help = format!("write a backslash before each quote inside the text: {key} = {meant}");
        // Two texts side by side may be a list.
        let is_certain = are_around_words(inner);
        Some(self.of_value(assigned, message, help).with_fix(vec![(assigned.place, meant)], is_certain))
    }
}

/// The space that a value needs before it, if there is none.
fn pad(error: &Error<'_>, start: usize) -> String {
    let before = error.text.get(..start).unwrap_or_default();
    if before.ends_with(' ') { String::new() } else { " ".to_owned() }
}

/// Whether a quote is at the edge of an entry of a list.
fn is_outer_quote(value: &str, at: usize, letter: char) -> bool {
    let before = value.get(..at).unwrap_or_default().trim_end();
    let after = value.get(at + letter.len_utf8()..).unwrap_or_default().trim_start();
    before.ends_with(['[', ',']) || after.starts_with([']', ','])
}

/// Whether the quotes inside a text open and close words of it, as in `the "friends" of`.
fn are_around_words(inner: &str) -> bool {
    let letters: Vec<char> = inner.chars().collect();
    let mut is_open = false;
    for (at, _) in letters.iter().enumerate().filter(|(_, letter)| **letter == '"') {
        let before = at.checked_sub(1).and_then(|before| letters.get(before));
        let after = letters.get(at + 1);
        let is_edge = |beside: Option<&char>| beside.is_none_or(|beside| !beside.is_alphanumeric());
        let fits = if is_open {
            before.is_some_and(|before| *before != ' ') && is_edge(after)
        } else {
            is_edge(before) && after.is_some_and(|after| after.is_alphanumeric())
        };
        if !fits {
            return false;
        }
        is_open = !is_open;
    }
    !is_open
}

/// Whether a quote inside a text begins a word, so that it is no apostrophe.
fn has_words_between(inner: &str, quote: char) -> bool {
    let mut before = ' ';
    let mut letters = inner.chars().peekable();
    while let Some(letter) = letters.next() {
        let begins = letter == quote && before == ' ' && letters.peek().is_some_and(|after| after.is_alphanumeric());
        if begins {
            return true;
        }
        before = letter;
    }
    false
}

/// Where a sign first stands outside of double quotes.
fn find_outside_quotes(text: &str, sign: char) -> Option<usize> {
    let mut is_quoted = false;
    text.char_indices().find_map(|(at, letter)| {
        is_quoted ^= letter == '"';
        (letter == sign && !is_quoted).then_some(at)
    })
}

/// The field for a second person, where a field holds one.
fn other_of(key: &str) -> Option<&'static str> {
    match key {
        "representative" => Some("backup_representative"),
        _ => None,
    }
}

/// The two ends of a range: `6:30-8:00 pm`, `March 1 to March 3, 2026`.
fn ends_of_range(written: &str) -> Option<(&str, &str)> {
    let written = written.trim_matches(is_quote);
    let long =
        ["–", "—", " to ", " until ", " till ", " bis ", " a ", " - "].iter().find_map(|mark| written.split_once(mark));
    let (from, to) = long.or_else(|| written.split_once('-'))?;
    let (from, to) = (from.trim(), to.trim());
    (!from.is_empty() && !to.is_empty()).then_some((from, to))
}

/// The address that a link of Markdown leads to.
pub(in crate::parse) fn unlinked(written: &str, is_url: bool) -> Option<&str> {
    let (text, address) = written.trim().strip_prefix('[')?.strip_suffix(')')?.split_once("](")?;
    let address = address.trim_start_matches("mailto:").trim_start_matches("tel:");
    Some(if is_url { address } else { text }).filter(|meant| !meant.is_empty() && !meant.contains(['[', ']', '(', ')']))
}

/// Whether a word means yes or no.
fn is_truth_word(value: &str) -> bool {
    matches!(value.to_lowercase().as_str(), "yes" | "no" | "true" | "false" | "on" | "off")
}

/// Whether a text is a value in TOML.
pub(super) fn is_value(text: &str) -> bool {
    !text.contains('\n') && DeTable::parse(&format!("x = {text}\n")).is_ok()
}

/// What comes before a comment; a `#` in quotes does not begin one.
fn without_comment(text: &str) -> &str {
    let mut quote = None;
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (None, '#') => return text.get(..at).unwrap_or(text),
            (None, '"') => quote = Some('"'),
            (Some(open), letter) if letter == open => quote = None,
            _ => {}
        }
    }
    // A quote that is never closed holds no comment.
    match quote {
        Some(_) => text.split('#').next().unwrap_or(text),
        None => text,
    }
}
