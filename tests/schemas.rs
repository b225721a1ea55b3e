//! The published schemas, proven by an independent validator: they are schemas, every example fits them, and what is
//! broken does not.

use coalition::Kind;
use coalition::internal::reference::{SchemaSubject, schema};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

/// A file as an editor hands it to a validator: dates and times are strings.
fn as_json(text: &str) -> Value {
    fn table(table: &DeTable<'_>) -> Value {
        let entries = table.iter().map(|(key, value)| (key.get_ref().to_string(), value_of(value.get_ref())));
        Value::Object(entries.collect::<Map<_, _>>())
    }
    fn value_of(value: &DeValue<'_>) -> Value {
        match value {
            DeValue::String(text) => json!(text),
            DeValue::Integer(number) => json!(i64::from_str_radix(number.as_str(), number.radix()).unwrap()),
            DeValue::Float(number) => json!(number.as_str().parse::<f64>().unwrap()),
            DeValue::Boolean(truth) => json!(truth),
            DeValue::Datetime(datetime) => json!(datetime.to_string()),
            DeValue::Array(items) => items.iter().map(|item| value_of(item.get_ref())).collect(),
            DeValue::Table(inner) => table(inner),
        }
    }
    table(DeTable::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}")).get_ref())
}

fn validator(subject: SchemaSubject) -> jsonschema::Validator {
    jsonschema::options().should_validate_formats(true).build(&schema(subject)).unwrap()
}

/// Where in the schema a file fails.
fn failures(subject: SchemaSubject, text: &str) -> Vec<String> {
    validator(subject).iter_errors(&as_json(text)).map(|error| error.schema_path().to_string()).collect()
}

/// The TOML files below a folder.
fn toml_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(toml_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    files
}

/// The example files with their subjects.
fn examples() -> Vec<(PathBuf, SchemaSubject)> {
    let mut examples = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    for ledger in fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        for file in toml_files(&ledger) {
            let folder = file.strip_prefix(&ledger).unwrap().iter().next().unwrap().to_string_lossy().into_owned();
            let subject = SchemaSubject::of_folder(&folder);
            examples.push((file, subject));
        }
    }
    examples
}

#[test]
fn every_schema_is_a_schema() {
    for subject in SchemaSubject::all() {
        let schema = schema(subject);
        let faults: Vec<_> = jsonschema::draft202012::meta::validate(&schema).err().into_iter().collect();
        assert!(faults.is_empty(), "{subject:?}: {faults:?}");
        assert_eq!(schema["$schema"], json!("https://json-schema.org/draft/2020-12/schema"));
    }
}

#[test]
fn every_example_fits_its_schema() {
    let examples = examples();
    assert!(examples.len() > 100);
    for (file, subject) in examples {
        let text = fs::read_to_string(&file).unwrap();
        assert_eq!(failures(subject, &text), Vec::<String>::new(), "{}", file.display());
    }
}

#[test]
fn every_example_names_the_schema_of_its_kind() {
    for (file, subject) in examples() {
        let text = fs::read_to_string(&file).unwrap();
        let named = text.lines().next().and_then(|line| line.strip_prefix("#:schema "));
        let named = named.unwrap_or_else(|| panic!("{} names no schema", file.display()));
        let place = fs::canonicalize(file.parent().unwrap().join(named)).unwrap();
        let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema").join(subject.file_name());
        assert_eq!(place, fs::canonicalize(expected).unwrap(), "{}", file.display());
    }
}

#[test]
fn the_examples_in_the_field_tables_fit_too() {
    use coalition::internal::reference::example;
    assert_eq!(failures(SchemaSubject::Coalition, &example::coalition().text), Vec::<String>::new());
    for kind in Kind::ALL {
        let text = example::record(kind).text;
        assert_eq!(failures(SchemaSubject::Kind(kind), &text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(failures(SchemaSubject::Signatures, &example::signatures().text), Vec::<String>::new());
    let common = format!("classification = \"library\"\n{}", example::common_fields());
    assert_eq!(failures(SchemaSubject::Kind(Kind::Member), &common), Vec::<String>::new());
}

/// A file with one mistake, and where in the schema it fails.
struct Broken {
    subject: &'static str,
    text: &'static str,
    at: &'static str,
}

const fn broken(subject: &'static str, text: &'static str, at: &'static str) -> Broken {
    Broken { subject, text, at }
}

const BROKEN: &[Broken] = &[
    // Keys: unknown, missing, and of the wrong sort.
    broken("coalition", "name = 'A'\nslogan = 'B'", "/additionalProperties"),
    broken("coalition", "mission = 'B'", "/required"),
    broken("coalition", "name = 5", "/properties/name/type"),
    broken("coalition", "name = ' '", "/properties/name/pattern"),
    broken("coalition", "name = \"A\\nB\"", "/properties/name/pattern"),
    broken("coalition", "name = ['A']", "/properties/name/type"),
    broken("member", "name = 'A'", "/required"),
    broken("member", "name = 'A'\nclassification = 'library'\ncolor = 'red'", "/additionalProperties"),
    broken(
        "member",
        "name = 'A'\nclassification = 'library'\n[process]\nlead = 3",
        "/$defs/Process/additionalProperties",
    ),
    broken("member", "name = 'A'\nclassification = 'library'\n[[contacts]]\nby = 'b'", "/$defs/Contact/required"),
    broken(
        "member",
        "name = 'A'\nclassification = 'library'\n[contacts]\ndate = 2026-01-01",
        "/properties/contacts/type",
    ),
    broken("member", "name = 'A'\nclassification = 'library'\n[[process]]\nlead_days = 3", "/$defs/Process/type"),
    broken("member", "name = 'A'\nclassification = 'library'\n[[links]]\nnote = 'n'", "/$defs/Link/required"),
    broken("member", "name = 'A'\nclassification = 'library'\nextra = 'x'", "/properties/extra/type"),
    // Words of a fixed set.
    broken("member", "name = 'A'\nclassification = 'club'", "/properties/classification/enum"),
    broken("member", "name = 'A'\nclassification = 'Library'", "/properties/classification/enum"),
    broken("advocate", "name = 'A'\nrole = 'boss'", "/properties/role/enum"),
    broken(
        "committee",
        "name = 'A'\n[[watch]]\nadvocate = 'a'\ndays = ['someday']\nfrom = 08:00:00\nto = 09:00:00",
        "/$defs/Watch/properties/days/items/enum",
    ),
    broken("decision", "name = 'A'\ntext = 'T'\nresult = 'passed'", "/properties/result/enum"),
    broken(
        "goal",
        "name = 'A'\n[[positions]]\nmember = 'a'\noption = 'agree'",
        "/$defs/GoalPosition/properties/option/enum",
    ),
    broken("campaign", "name = 'A'\naudience = 'press'", "/properties/audience/type"),
    // Ids and plain words.
    broken("advocate", "name = 'A'\nmember = 'Friends of the Library'", "/properties/member/pattern"),
    broken("advocate", "name = 'A'\nmember = 'friends.toml'", "/properties/member/pattern"),
    broken(
        "member",
        "name = 'A'\nclassification = 'library'\nrepresentative = ''",
        "/properties/representative/pattern",
    ),
    broken(
        "member",
        "name = 'A'\nclassification = 'library'\nsector = 'Higher Education'",
        "/properties/sector/pattern",
    ),
    broken("goal", "name = 'A'\nserves = ['evening--hours']", "/properties/serves/items/pattern"),
    broken("goal", "name = 'A'\nproposed_by = 'millbrook-friends'", "/properties/proposed_by/type"),
    // Dates and times.
    broken("member", "name = 'A'\nclassification = 'library'\njoined = 'last spring'", "/properties/joined/format"),
    broken("member", "name = 'A'\nclassification = 'library'\njoined = '2026-13-01'", "/properties/joined/format"),
    broken("member", "name = 'A'\nclassification = 'library'\njoined = 2026", "/properties/joined/type"),
    broken("meeting", "name = 'A'\ndate = 2026-03-10T18:30:00", "/properties/date/format"),
    broken("meeting", "name = 'A'\ndate = 2026-03-10\nstart_time = 2026-03-10", "/properties/start_time/pattern"),
    broken("meeting", "name = 'A'\ndate = 2026-03-10\nstart_time = 'half past six'", "/properties/start_time/pattern"),
    // Numbers.
    broken("coalition", "name = 'A'\n[policy]\nmax_share = 40", "/$defs/Policy/properties/max_share/maximum"),
    broken("coalition", "name = 'A'\n[policy]\nquorum = -0.5", "/$defs/Policy/properties/quorum/minimum"),
    broken(
        "coalition",
        "name = 'A'\n[policy]\nbudget_months = [0]",
        "/$defs/Policy/properties/budget_months/items/minimum",
    ),
    broken(
        "coalition",
        "name = 'A'\n[policy]\nbudget_months = [13]",
        "/$defs/Policy/properties/budget_months/items/maximum",
    ),
    broken("coalition", "name = 'A'\n[policy]\ncontact_days = '90'", "/$defs/Policy/properties/contact_days/type"),
    broken("coalition", "name = 'A'\n[policy]\ncontact_days = 7.5", "/$defs/Policy/properties/contact_days/type"),
    broken("coalition", "name = 'A'\n[policy]\ncontact_days = -1", "/$defs/Policy/properties/contact_days/minimum"),
    broken("coalition", "name = 'A'\n[policy]\npatience = 3", "/$defs/Policy/additionalProperties"),
    broken(
        "contribution",
        "name = 'A'\nkind = 'funding'\ndate = 2026-01-01\namount = 250.0",
        "/properties/amount/type",
    ),
    broken(
        "contribution",
        "name = 'A'\nkind = 'funding'\ndate = 2026-01-01\namount = '$250'",
        "/properties/amount/pattern",
    ),
    broken(
        "contribution",
        "name = 'A'\nkind = 'funding'\ndate = 2026-01-01\ncurrency = 'dollars'",
        "/properties/currency/pattern",
    ),
    broken(
        "contribution",
        "name = 'A'\nkind = 'funding'\ndate = 2026-01-01\nin_kind = 'yes'",
        "/properties/in_kind/type",
    ),
    broken("contribution", "name = 'A'\nkind = 'funding'\ndate = 2026-01-01\nhours = 'six'", "/properties/hours/type"),
    // Addresses, paths and digests.
    broken("coalition", "name = 'A'\nurl = 'ftp://example.org'", "/properties/url/pattern"),
    broken("coalition", "name = 'A'\nurl = 'javascript:alert(1)'", "/properties/url/pattern"),
    broken("agreement", "name = 'A'\ntext_file = '/etc/charter.md'", "/properties/text_file/pattern"),
    broken(
        "agreement",
        "name = 'A'\ntext = 'T'\n[[signatures]]\nmember = 'a'\nby = 'b'\ndate = 2026-01-01\nterms = 'abc'",
        "/$defs/Signature/properties/terms/pattern",
    ),
    broken(
        "agreement",
        "name = 'A'\ntext = 'T'\n[[signatures]]\nby = 'b'\ndate = 2026-01-01\nterms = 'sha256:914ddb03d028b821b560593748f642763c081a5d4ceeba8c1e430f72d07ce4c9'",
        "/$defs/Signature/required",
    ),
    // A part of a record: its place says the member, and it has no name.
    broken("signatures", "[[signatures]]\nby = 'b'\ndate = 2026-01-01", "/$defs/Signature/required"),
    broken("signatures", "name = 'A'", "/additionalProperties"),
    broken("signatures", "[signatures]\nby = 'b'", "/properties/signatures/type"),
    // What takes several forms.
    broken("agreement", "name = 'A'\ntext = 'T'\nrequired_of = 'everybody'", "/properties/required_of/oneOf"),
    broken(
        "agreement",
        "name = 'A'\ntext = 'T'\nrequired_of = { kind = ['library'] }",
        "/properties/required_of/oneOf",
    ),
    broken("decision", "name = 'A'\ntext = 'T'\neligible = 'friends'", "/properties/eligible/oneOf"),
    // Severities.
    broken(
        "coalition",
        "name = 'A'\n[checks]\na-check-to-come = 'fatal'",
        "/properties/checks/additionalProperties/enum",
    ),
    broken("coalition", "name = 'A'\n[checks]\n'Stale Goal' = 'off'", "/properties/checks/propertyNames/pattern"),
];

#[test]
fn what_is_broken_does_not_fit_and_is_told_where() {
    for Broken { subject, text, at } in BROKEN {
        let subject = subject.parse::<SchemaSubject>().unwrap();
        assert_eq!(failures(subject, text), [*at], "{subject:?}\n{text}");
    }
}
