//! `coalition.toml`: the coalition itself, its policy, its checks and its pages.

use super::common::Common;
use super::field::{Field, Shape};
use super::policy::Policy;
use super::privacy::is_in_doubt;
use super::private_place::data_of;
use super::table::{RecordTable, read_table, table};
use super::value::{At, Currency, FilePath, List, Opt, Prose, TimeZone, Url, Value, choices};
use crate::finding::Level;
use crate::parse::suggest::nearest;
use crate::parse::{Reader, TableReader, TomlDocument, TomlItem, span_of};
use crate::source::Span;
use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use std::ops::Deref;
use toml::de::DeValue;

/// The version of the format that this program reads.
pub(crate) const FORMAT: u32 = 1;

table! {
    /// The coalition itself: the file `coalition.toml` at the root of the ledger.
    ///
    /// Limits that are not set here have the default that `coalition explain` shows.
    pub struct Coalition as "a coalition" {
        /// The purpose of the coalition, in a sentence or two.
        mission: Opt<Prose> = "\"A library within reach of everyone in Riverton County.\"",
        /// The one message that all members repeat.
        message: Opt<String> = "\"Libraries open doors.\"",
        /// The people the coalition serves.
        community: Opt<Prose> = "\"The 84,000 people of Riverton County\"",
        /// The date the coalition was founded.
        founded: Opt<NaiveDate> = "2024-10-15",
        /// The coalition's web page.
        url: Opt<Url> = "\"https://riverton.example.org\"",
        /// The currency of amounts. Default: `USD`.
        currency: Opt<Currency> = "\"USD\"",
        /// The version of the ledger's format, which is 1.
        format: Opt<u32> = "1",
        /// Settings for times.
        locale: Opt<Locale> = "[locale]\ntime_zone = \"America/New_York\"",
        /// Limits of the checks, where they differ from the defaults.
        [duty] policy: Opt<Policy> = "[policy]\ncontact_days = 60",
        /// Checks whose severity differs from the default: `error`, `warning`, `note` or `off`.
        checks: Opt<CheckSettings> = "[checks]\nlikely-duplicate = \"off\"",
        /// Settings for pages and exports.
        [privacy] render: Opt<Render> = "[render]\noutput = \"docs\"",
    }
    also known_format;
}

fn known_format(coalition: &Coalition, reader: &mut Reader<'_>) {
    if let Some(format) = coalition.format.as_ref().filter(|format| format.value != FORMAT) {
        let message = format!("this ledger has format {}, but this program reads format {FORMAT}", format.value);
        reader.invalid(format.span, message, "use a newer version of `coalition`, or write format = 1");
    }
}

choices! {
    /// A type of page.
    pub enum PageSort {
        Index = "index": "the index",
        Members = "members": "a page for each member",
        Goals = "goals": "a page for each goal",
        Agreements = "agreements": "a page for each agreement",
        Decisions = "decisions": "a page for each decision",
        Meetings = "meetings": "a page for each meeting",
        Committees = "committees": "a page for each committee",
        Campaigns = "campaigns": "a page for each campaign that has opened",
        Calendar = "calendar": "the calendar",
        Thanks = "thanks": "the page of thanks",
    }
}

choices! {
    /// Whether exports include what a coalition keeps under `[extra]`.
    pub enum Extra {
        Private = "private": "they stay in the ledger",
        Public = "public": "they are included in exports",
    }
}

table! {
    /// Settings for times.
    pub struct Locale as "the locale" {
        /// The time zone of meetings, by its name in the IANA Time Zone Database. With it, calendars of people elsewhere show
        /// the meetings at the right hour.
        time_zone: Opt<TimeZone> = "\"America/New_York\"",
    }
}

table! {
    /// Settings for pages and exports.
    pub struct Render as "the rendering" {
        /// The folder for the pages. Default: `docs`.
        output: Opt<FilePath> = "\"docs\"",
        /// The pages to write: `index`, `members`, `goals`, `agreements`, `decisions`, `meetings`, `committees`, `campaigns`,
        /// `calendar`, `thanks`. Default: all.
        include: List<PageSort> = "[\"index\", \"members\"]",
        /// The address at which a file of the ledger is changed on the git host. Each page links to the file it is made
        /// from. The file's path takes the place of `{path}`, or is added at the end.
        edit_url: Opt<Url> = "\"https://github.com/riverton/ledger/edit/main/\"",
        /// The folder with your own templates. Default: `templates`.
        templates: Opt<FilePath> = "\"templates\"",
        /// Whether Markdown pages begin with YAML front matter, for site generators. No generator runs what a record says:
        /// template tags in it are taken apart.
        front_matter: Opt<bool> = "true",
        /// Whether exports include the fields that records have under `[extra]`: `public` or `private`. Default:
        /// `private`.
        [privacy] extra: Opt<Extra> = "\"public\"",
    }
}

/// Levels by check, in the order of the file. Whether the names exist is for the checks to say.
#[derive(Debug, Clone, Default)]
pub struct CheckSettings(pub Vec<(At<String>, At<Level>)>);

impl Serialize for CheckSettings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, level)| (&name.value, level.value)))
    }
}

impl Value for CheckSettings {
    fn shape() -> Shape {
        Shape::CheckSettings
    }

    fn read(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<CheckSettings> {
        let DeValue::Table(table) = item.get_ref() else {
            reader.wrong_type(item, "a table");
            return None;
        };
        let mut settings = Vec::new();
        for (key, value) in table {
            if reader.is_broken(value) {
                continue;
            }
            let Some(word) = value.get_ref().as_str() else {
                let message = format!("`{}` needs a severity in quotes", key.get_ref());
                let help = format!("write {} = \"warning\", or error, note, off", key.get_ref());
                reader.report(crate::finding::name::WRONG_TYPE, span_of(value), message, help);
                continue;
            };
            match word.parse::<Level>() {
                Ok(level) => settings.push((
                    At { value: key.get_ref().to_string(), span: span_of(key) },
                    At { value: level, span: span_of(value) },
                )),
                Err(_) => {
                    let near = nearest(word, Level::ALL.into_iter().map(Level::as_str));
                    let help = match near {
                        Some(near) => format!("did you mean \"{near}\"?"),
                        None => "write \"error\", \"warning\", \"note\" or \"off\"".to_owned(),
                    };
                    reader.invalid(span_of(value), format!("\"{word}\" is not a severity"), help);
                }
            }
        }
        settings.sort_by_key(|(name, _)| name.span);
        Some(CheckSettings(settings))
    }
}

/// What `coalition.toml` says. It dereferences to the coalition's own fields.
#[derive(Debug, Clone, Default)]
pub struct Root {
    /// What every record may carry.
    pub common: Common,
    /// What the coalition carries.
    pub coalition: Coalition,
}

impl Root {
    /// Reads the root file. What is wrong becomes findings of the reader.
    pub fn read(document: &TomlDocument<'_>, reader: &mut Reader<'_>) -> Root {
        reader.know_own_fields(Common::DEF.fields.iter().chain(Coalition::DEF.fields).map(Field::face));
        let mut table = TableReader::new(&document.table, Span::START, Coalition::DEF.noun);
        let common = read_table(&mut table, reader);
        let mut coalition: Coalition = read_table(&mut table, reader);
        table.finish(reader);
        let is_closed = || is_in_doubt(&[Common::DEF, Coalition::DEF], &data_of(&document.table));
        if reader.has_syntax_errors() || (!reader.findings.is_empty() && is_closed()) {
            coalition.mark_flawed();
        }
        Root { common, coalition }
    }

    /// All fields as JSON, in the order of the field tables; without the private ones, if those are not for the reader.
    pub fn to_json(&self, private: bool) -> serde_json::Map<String, serde_json::Value> {
        let mut fields = serde_json::Map::new();
        for part in [serde_json::to_value(&self.common), serde_json::to_value(&self.coalition)] {
            if let Ok(serde_json::Value::Object(part)) = part {
                fields.extend(part);
            }
        }
        let is_private = |name: &str| Common::DEF.field(name).is_some_and(|field| field.flags.private);
        let keeps_extra = private || self.publishes_extra();
        fields.retain(|name, _| (private || !is_private(name)) && (keeps_extra || name != "extra"));
        fields
    }

    /// The coalition's name.
    pub fn name(&self) -> &str {
        self.common.name.as_ref().map_or("The coalition", |name| name.value.as_str())
    }

    /// Whether others may have what records hold under `[extra]`.
    pub fn publishes_extra(&self) -> bool {
        let render = self.coalition.render.as_ref().filter(|render| !render.flawed && !self.coalition.flawed);
        let extra = render.and_then(|render| render.extra.as_ref());
        extra.is_some_and(|extra| extra.value == Extra::Public)
    }

    /// The time zone of meetings, if it is known.
    pub fn time_zone(&self) -> Option<&TimeZone> {
        self.coalition.locale.as_ref()?.time_zone.as_ref().map(|zone| &zone.value)
    }

    /// The currency of amounts that name none.
    pub fn currency(&self) -> &str {
        self.coalition.currency.as_ref().map_or("USD", |currency| currency.as_str())
    }
}

impl Deref for Root {
    type Target = Coalition;

    fn deref(&self) -> &Coalition {
        &self.coalition
    }
}
