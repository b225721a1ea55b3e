//! The answers to choose from: which of them the typed words leave, and which one is marked.

use super::Answer;
use deunicode::deunicode;

/// A list of answers, narrowed by what is typed.
#[derive(Debug)]
pub(super) struct Menu {
    answers: Vec<Answer>,
    /// The answers that match, the best first.
    matching: Vec<usize>,
    /// The place of the marked one among them.
    marked: usize,
}

impl Menu {
    /// A menu of all answers, the first of them marked.
    pub(super) fn new(answers: Vec<Answer>) -> Menu {
        let matching = (0..answers.len()).collect();
        Menu { answers, matching, marked: 0 }
    }

    /// Leaves the answers that match all words of a text: first those that begin with it, then those with a word that does, then those
    /// that have it anywhere. The best is marked.
    pub(super) fn narrow(&mut self, text: &str) {
        let wanted = plain(text.trim());
        let rank = |at: usize| rank(&plain(&self.answers.get(at)?.label), &wanted).map(|rank| (rank, at));
        let mut ranked: Vec<(usize, usize)> = (0..self.answers.len()).filter_map(rank).collect();
        ranked.sort_unstable();
        self.matching = ranked.into_iter().map(|(_, at)| at).collect();
        self.marked = 0;
    }

    /// Marks another answer: so many further down, or up; behind the last comes the first.
    pub(super) fn step(&mut self, by: isize) {
        let count = isize::try_from(self.matching.len()).unwrap_or(isize::MAX);
        if count > 0 {
            let marked = isize::try_from(self.marked).unwrap_or_default();
            let to = if by.abs() == 1 { (marked + by).rem_euclid(count) } else { (marked + by).clamp(0, count - 1) };
            self.marked = to.unsigned_abs();
        }
    }

    /// The marked answer; `None` if none matches.
    pub(super) fn marked(&self) -> Option<&Answer> {
        self.answers.get(*self.matching.get(self.marked)?)
    }

    /// At most so many answers around the marked one, each with whether it is that one.
    pub(super) fn page(&self, rows: usize) -> Vec<(&Answer, bool)> {
        let last_start = self.matching.len().saturating_sub(rows);
        let start = self.marked.saturating_sub(rows / 2).min(last_start);
        let shown = self.matching.iter().enumerate().skip(start).take(rows);
        shown.filter_map(|(place, at)| Some((self.answers.get(*at)?, place == self.marked))).collect()
    }

    /// How many answers match.
    pub(super) fn count(&self) -> usize {
        self.matching.len()
    }
}

/// Letters without accents and case.
fn plain(text: &str) -> String {
    deunicode(text).to_lowercase()
}

/// How well a label fits what is wanted, from 0; `None` if it does not.
fn rank(label: &str, wanted: &str) -> Option<usize> {
    if label.starts_with(wanted) {
        return Some(0);
    }
    let of_word = |word: &str| {
        let is_start = |(at, _): (usize, &str)| !label[..at].ends_with(char::is_alphanumeric);
        if label.match_indices(word).any(is_start) { Some(1) } else { label.contains(word).then_some(2) }
    };
    wanted.split_whitespace().map(of_word).try_fold(0, |worst, rank| Some(worst.max(rank?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn menu(labels: &[&str]) -> Menu {
        Menu::new(labels.iter().map(|label| Answer { label: (*label).to_owned(), value: String::new() }).collect())
    }

    fn shown(menu: &Menu) -> Vec<&str> {
        menu.page(9).into_iter().map(|(answer, _)| answer.label.as_str()).collect()
    }

    #[test]
    fn beginnings_of_words_come_before_the_middle_of_words() {
        let mut menu = menu(&["Calibration (lab)", "Labor union", "Public library", "Library system"]);
        menu.narrow("lib");
        assert_eq!(shown(&menu), ["Library system", "Public library", "Calibration (lab)"]);
        menu.narrow("  LAB");
        assert_eq!(shown(&menu), ["Labor union", "Calibration (lab)"]);
        menu.narrow("un lab");
        assert_eq!(shown(&menu), ["Labor union"]);
    }

    #[test]
    fn accents_and_case_do_not_matter() {
        let mut menu = menu(&["Ana Mej\u{ed}a", "Ben"]);
        menu.narrow("mejia");
        assert_eq!(shown(&menu), ["Ana Mej\u{ed}a"]);
    }

    #[test]
    fn what_matches_nothing_marks_nothing() {
        let mut menu = menu(&["a", "b"]);
        menu.narrow("zzz");
        menu.step(1);
        assert!(menu.marked().is_none() && menu.count() == 0);
        menu.narrow("");
        assert_eq!(menu.marked().map(|answer| answer.label.as_str()), Some("a"));
    }

    #[test]
    fn behind_the_last_answer_comes_the_first() {
        let mut menu = menu(&["a", "b", "c"]);
        menu.step(-1);
        assert_eq!(menu.marked().map(|answer| answer.label.as_str()), Some("c"));
        menu.step(1);
        menu.step(10);
        let marked: Vec<bool> = menu.page(2).into_iter().map(|(_, is_marked)| is_marked).collect();
        assert_eq!(marked, [false, true]);
    }
}
