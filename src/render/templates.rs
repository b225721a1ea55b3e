//! The templates of the pages, built in or a coalition's own, and the filters that they may use. Whatever a template
//! prints is escaped, unless a filter has made it whole Markdown.

use super::context::{View as _, ViewInfo};
use super::error::RenderError;
use super::frame::{LayoutView, SearchView};
use super::view::{
    AgreementView, CalendarView, CampaignView, CommitteeView, DecisionView, GoalView, HomeView, ListView, MeetingView,
    MemberView, ThanksView,
};
use super::{keep, markdown, typeset};
use crate::document::words::{format_date, list};
use crate::output::markdown_escape::escape;
use crate::output::visible;
use chrono::NaiveDate;
use pulldown_cmark_escape::escape_html;
use std::io::Write;
use tera::{Context, Kwargs, State, Tera, TeraResult, Value};

/// A built-in template.
pub(crate) struct Template {
    /// Its name.
    pub name: &'static str,
    /// What it makes, in a few words.
    pub about: &'static str,
    /// Its text.
    pub text: &'static str,
    #[cfg_attr(not(feature = "internal"), allow(dead_code, reason = "templates.md is a generated file"))]
    /// What is known of the fields it can print beside those of every page; nothing for a part of other templates.
    pub view: Option<fn() -> ViewInfo>,
}

/// The built-in templates, in the order of the alphabet. The view of a page is known in its template by the template's name without its
/// ending.
pub(crate) const BUILT_IN: [Template; 16] = [
    page("agreement.md", "the page of an agreement", include_str!("templates/agreement.md"), AgreementView::info),
    page("calendar.md", "the calendar", include_str!("templates/calendar.md"), CalendarView::info),
    page("campaign.md", "the page of a campaign", include_str!("templates/campaign.md"), CampaignView::info),
    page("committee.md", "the page of a committee", include_str!("templates/committee.md"), CommitteeView::info),
    page("decision.md", "the page of a decision", include_str!("templates/decision.md"), DecisionView::info),
    part("further.md", "links and sources, a part of other pages", include_str!("templates/further.md")),
    page("goal.md", "the page of a goal", include_str!("templates/goal.md"), GoalView::info),
    page("index.md", "the home page", include_str!("templates/index.md"), HomeView::info),
    page("layout.html", "what is around every HTML page", include_str!("templates/layout.html"), LayoutView::info),
    page("layout.md", "what is around every Markdown page", include_str!("templates/layout.md"), LayoutView::info),
    page("list.md", "a page that lists others", include_str!("templates/list.md"), ListView::info),
    page("meeting.md", "the page of a meeting", include_str!("templates/meeting.md"), MeetingView::info),
    page("member.md", "the page of a member", include_str!("templates/member.md"), MemberView::info),
    part("positions.md", "positions with their reasons, a part of other pages", include_str!("templates/positions.md")),
    page(
        "search.md",
        "the page with the search of an HTML site",
        include_str!("templates/search.md"),
        SearchView::info,
    ),
    page("thanks.md", "the page of thanks", include_str!("templates/thanks.md"), ThanksView::info),
];

const fn page(name: &'static str, about: &'static str, text: &'static str, view: fn() -> ViewInfo) -> Template {
    Template { name, about, text, view: Some(view) }
}

const fn part(name: &'static str, about: &'static str, text: &'static str) -> Template {
    Template { name, about, text, view: None }
}

impl Template {
    /// The built-in template of this name.
    pub(crate) fn find(name: &str) -> Option<&'static Template> {
        BUILT_IN.iter().find(|template| template.name == name)
    }

    #[cfg_attr(not(feature = "internal"), allow(dead_code, reason = "templates.md is a generated file"))]
    /// The name under which it knows what is on its page.
    pub(crate) fn stem(&self) -> &'static str {
        self.name.rsplit_once('.').map_or(self.name, |(stem, _)| stem)
    }
}

#[cfg(feature = "internal")]
/// What every page knows beside its own view.
pub(crate) fn frame_info() -> ViewInfo {
    super::frame::FrameView::info()
}

/// Templates that are ready to be filled in.
#[derive(Debug)]
pub(crate) struct Templates {
    /// Those whose names end in `.md`, and any others: what they print is escaped for Markdown.
    markdown: Tera,
    /// Those whose names end in `.html`.
    html: Tera,
}

/// Whether a template of this name makes HTML.
fn makes_html(name: &str) -> bool {
    name.ends_with(".html")
}

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
        let all: Vec<(&str, &str)> =
            BUILT_IN.iter().map(|template| (template.name, template.text)).chain(custom).collect();
        let of_form = |is_html: bool| all.iter().copied().filter(move |(name, _)| makes_html(name) == is_html);
        let ready = |mut tera: Tera, is_html: bool| {
            // Every name ends like this: there is no template whose text leaves unescaped.
            tera.autoescape_on([""]);
            tera.register_filter("day", day_filter);
            tera.register_filter("lower_first", lower_first_filter);
            tera.add_raw_templates(of_form(is_html)).map_err(|error| RenderError::of("", &error))?;
            Ok(tera)
        };
        let mut markdown = Tera::new();
        markdown.set_escape_fn(write_escaped);
        markdown.register_filter("stamp", stamp_filter);
        markdown.register_filter("link", link_filter);
        markdown.register_filter("links", links_filter);
        markdown.register_filter("prose", prose_filter);
        markdown.register_filter("typeset", typeset_filter);
        markdown.register_filter("verbatim", verbatim_filter);
        let mut html = Tera::new();
        html.set_escape_fn(write_html);
        Ok(Templates { markdown: ready(markdown, false)?, html: ready(html, true)? })
    }

    /// The text of a page.
    pub(super) fn fill_in(&self, name: &str, context: &Context) -> Result<String, RenderError> {
        let tera = if makes_html(name) { &self.html } else { &self.markdown };
        tera.render(name, context).map_err(|error| RenderError::of(name, &error))
    }
}

fn write_html(text: &str, output: &mut dyn Write) -> std::io::Result<()> {
    let mut escaped = String::with_capacity(text.len());
    // Writing to a string does not fail.
    let _ = escape_html(&mut escaped, &visible(text));
    output.write_all(escaped.as_bytes())
}

fn write_escaped(text: &str, output: &mut dyn Write) -> std::io::Result<()> {
    output.write_all(escape(text).as_bytes())
}

/// `{{ goal.due | day }}`: a date in words.
pub(crate) fn day_filter(date: &str, _: Kwargs, _: &State<'_>) -> TeraResult<String> {
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

/// `{{ agreement.words | typeset }}`: a text that people wrote as Markdown, with its headings, lists and emphasis and nothing else.
fn typeset_filter(text: &str, _: Kwargs, _: &State<'_>) -> Value {
    Value::safe_string(&typeset::typeset(text))
}

/// `{{ line.status | lower_first }}`: words that go on in a sentence.
fn lower_first_filter(text: &str, _: Kwargs, _: &State<'_>) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
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
        assert!(BUILT_IN.iter().map(|template| template.name).is_sorted());
        assert!(Template::find("nothing.md").is_none());
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
