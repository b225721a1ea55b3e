//! The templates of the pages, built in or a coalition's own, and the filters that they may use. Whatever a template
//! prints is escaped, unless a filter has made it whole Markdown.

use super::error::RenderError;
use super::site::INDEX;
use super::{keep, markdown};
use crate::document::words::{format_date, list};
use crate::output::markdown_escape::escape;
use chrono::NaiveDate;
use std::io::Write;
use tera::{Context, Kwargs, State, Tera, TeraResult, Value};

/// The template of a member's page.
pub(super) const MEMBER: &str = "member.md";
/// The template of a goal's page.
pub(super) const GOAL: &str = "goal.md";
/// The template of an agreement's page.
pub(super) const AGREEMENT: &str = "agreement.md";

const BUILT_IN: [(&str, &str); 5] = [
    (AGREEMENT, include_str!("templates/agreement.md")),
    ("further.md", include_str!("templates/further.md")),
    (GOAL, include_str!("templates/goal.md")),
    (INDEX, include_str!("templates/index.md")),
    (MEMBER, include_str!("templates/member.md")),
];

/// The names of the built-in templates, in the order of the alphabet.
pub(crate) fn template_names() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|(name, _)| *name)
}

/// A built-in template, to start one's own from.
pub(crate) fn built_in_template(name: &str) -> Option<&'static str> {
    BUILT_IN.iter().find(|(built_in, _)| *built_in == name).map(|(_, text)| *text)
}

/// Templates that are ready to be filled in.
#[derive(Debug)]
pub(crate) struct Templates(Tera);

impl Templates {
    #[cfg(test)]
    /// The built-in templates.
    ///
    /// # Errors
    /// Never, as a test proves.
    pub(crate) fn built_in() -> Result<Templates, RenderError> {
        Templates::with_own([])
    }

    /// The built-in templates, with a coalition's own beside them. One of the same name takes the place of the built-in.
    ///
    /// # Errors
    /// Which template is wrong, where, and what is wrong with it.
    pub(crate) fn with_own<'a>(custom: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Templates, RenderError> {
        let mut tera = Tera::new();
        tera.set_escape_fn(write_escaped);
        // Every name ends like this: there is no template whose text leaves unescaped.
        tera.autoescape_on([""]);
        tera.register_filter("day", day_filter);
        tera.register_filter("stamp", stamp_filter);
        tera.register_filter("link", link_filter);
        tera.register_filter("links", links_filter);
        tera.register_filter("prose", prose_filter);
        tera.register_filter("verbatim", verbatim_filter);
        let templates = BUILT_IN.into_iter().chain(custom);
        tera.add_raw_templates(templates).map_err(|error| RenderError::of("", &error))?;
        Ok(Templates(tera))
    }

    /// The text of a page.
    pub(super) fn fill_in(&self, name: &str, context: &Context) -> Result<String, RenderError> {
        self.0.render(name, context).map_err(|error| RenderError::of(name, &error))
    }
}

fn write_escaped(text: &str, output: &mut dyn Write) -> std::io::Result<()> {
    output.write_all(escape(text).as_bytes())
}

/// `{{ goal.due | day }}`: a date in words.
fn day_filter(date: &str, _: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let parsed: NaiveDate = date.parse().map_err(|_| tera::Error::message(format!("`{date}` is not a date")))?;
    Ok(format_date(parsed))
}

/// `{{ today | day | stamp }}`: the day of the rendering. A page that differs from the one before only in its stamp stays
/// as it is.
fn stamp_filter(text: &str, _: Kwargs, _: &State<'_>) -> Value {
    Value::safe_string(&keep::stamp(&escape(text)))
}

/// `{{ "to the index" | link(to=home) }}`: a link, or where there is nowhere to go only the text.
fn link_filter(text: &str, arguments: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let target: Value = arguments.must_get("to")?;
    Ok(Value::safe_string(&link(text, &target)))
}

/// `{{ goal.supporters | links }}`: names with the way to their pages, as in a sentence.
fn links_filter(named: &[Value], _: Kwargs, _: &State<'_>) -> Value {
    let part = |value: &Value, key: &str| value.get_from_path(key).cloned().unwrap_or_else(Value::none);
    let links: Vec<_> =
        named.iter().map(|one| link(part(one, "name").as_str().unwrap_or_default(), &part(one, "page"))).collect();
    Value::safe_string(&list(&links))
}

fn link(text: &str, target: &Value) -> String {
    target.as_str().map_or_else(|| escape(text), |target| markdown::link(text, target))
}

/// `{{ goal.community_need | prose(lead="> ") }}`: text with its paragraphs, each line after `lead`.
fn prose_filter(text: &str, arguments: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let lead = arguments.get::<&str>("lead")?.unwrap_or_default();
    Ok(Value::safe_string(&markdown::paragraphs(text, lead)))
}

/// `{{ agreement.words | verbatim }}`: text to the letter, in a fence.
fn verbatim_filter(text: &str, _: Kwargs, _: &State<'_>) -> Value {
    Value::safe_string(&markdown::verbatim(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str) -> Result<String, RenderError> {
        let mut context = Context::new();
        context.insert("hostile", "<b>*x*</b>\n\n# y");
        context.insert("date", "2026-11-03");
        context.insert("target", "https://example.org/a b");
        context.insert("nowhere", &None::<String>);
        Templates::with_own([("own.txt", template)])?.fill_in("own.txt", &context)
    }

    #[test]
    fn the_built_in_templates_are_sound() {
        Templates::built_in().unwrap();
        assert!(template_names().all(|name| built_in_template(name).is_some()));
        assert!(template_names().is_sorted());
        assert_eq!(built_in_template("nothing.md"), None);
    }

    #[test]
    fn a_template_of_any_name_escapes_what_it_prints() {
        assert_eq!(filled("{{ hostile }}").unwrap(), "&lt;b&gt;\\*x\\*&lt;/b&gt; \\# y");
        assert_eq!(filled("{{ hostile | upper }}").unwrap(), "&lt;B&gt;\\*X\\*&lt;/B&gt; \\# Y");
        assert_eq!(filled("{{ hostile | prose }}").unwrap(), "&lt;b&gt;\\*x\\*&lt;/b&gt;\n\n\\# y");
    }

    #[test]
    fn filters_make_whole_markdown() {
        assert_eq!(filled("{{ date | day }}").unwrap(), "November 3, 2026");
        assert_eq!(
            filled("{{ hostile | link(to=target) }}").unwrap(),
            "[&lt;b&gt;\\*x\\*&lt;/b&gt; \\# y](https://example.org/a%20b)"
        );
        assert_eq!(filled("{{ \"a*\" | link(to=nowhere) }}").unwrap(), "a\\*");
        assert_eq!(filled("{{ hostile | verbatim }}").unwrap(), "```text\n<b>*x*</b>\n\n# y\n```");
    }

    #[test]
    fn an_own_template_takes_the_place_of_the_built_in() {
        let templates = Templates::with_own([("further.md", "ours")]).unwrap();
        assert_eq!(templates.fill_in("further.md", &Context::new()).unwrap(), "ours");
    }

    #[test]
    fn a_bad_template_is_told_with_its_place() {
        let error = Templates::with_own([("goal.md", "fine\n{% if %}")]).unwrap_err();
        assert_eq!((error.template.as_str(), error.line), ("goal.md", Some(2)));
        let error = filled("one\ntwo {{ nothing }}").unwrap_err();
        assert_eq!((error.template.as_str(), error.line), ("own.txt", Some(2)));
        let error = filled("\n\n{{ hostile | day }}").unwrap_err();
        assert_eq!(error.line, Some(3));
        assert!(error.to_string().starts_with("template own.txt, line 3, column "), "{error}");
        let error = Templates::with_own([("a.md", "{% extends \"b.md\" %}")]).unwrap_err();
        assert_eq!(error.template, "a.md");
    }
}
