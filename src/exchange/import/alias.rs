//! What registers call the fields of records. Headings are compared without regard to case, blanks and punctuation, so each
//! is said once, in its longest form.

use crate::kind::Kind;

/// A field, or one of the words below, and what registers call it, the likeliest first.
type Aliases = &'static [(&'static str, &'static [&'static str])];

/// The first and the last name of a person, where a register keeps them apart.
pub const GIVEN_NAME: &str = "given name";
/// See [`GIVEN_NAME`].
pub const FAMILY_NAME: &str = "family name";

const EVERY: Aliases = &[
    (
        "other_names",
        &["other name", "also known as", "aka", "former name", "former names", "short name", "acronym", "abbreviation"],
    ),
    ("notes", &["note", "remark", "remarks", "comment", "comments"]),
    ("tags", &["tag", "label", "labels", "keyword", "keywords"]),
];

/// Ways to reach someone, by the word of their type.
const CONTACT: Aliases = &[
    ("email", &["e-mail", "e-mail address", "email addresses", "mail", "contact email", "public email"]),
    ("phone", &["telephone", "tel", "phone number", "telephone number", "work phone", "office phone", "contact phone"]),
    ("mobile", &["mobile phone", "cell", "cell phone", "cellphone"]),
    ("fax", &["fax number", "telefax"]),
    ("address", &["postal address", "mailing address", "street address", "office address"]),
    ("social", &["social media", "twitter", "facebook", "instagram", "mastodon", "bluesky"]),
];

const WEB: &[&str] =
    &["website", "web site", "homepage", "home page", "web page", "web", "web address", "site", "www", "website url"];

const PERSON: Aliases = &[
    ("name", &["full name", "name.official_full", "name.full", "person", "person name", "display name"]),
    (GIVEN_NAME, &["first name", "name.first", "first", "forename"]),
    (FAMILY_NAME, &["last name", "name.last", "last", "surname"]),
];

const MEMBER: Aliases = &[
    (
        "name",
        &[
            "organization",
            "organisation",
            "organization name",
            "organisation name",
            "org name",
            "org",
            "member name",
            "member",
            "company",
            "company name",
            "institution",
            "institution name",
            "library name",
            "library",
            "group name",
            "group",
            "agency name",
            "agency",
            "title",
        ],
    ),
    (
        "classification",
        &[
            "type",
            "kind",
            "category",
            "class",
            "organization type",
            "organisation type",
            "org type",
            "type of organization",
        ],
    ),
    (
        "areas",
        &["area", "area served", "areas served", "service area", "city", "town", "municipality", "place", "county"],
    ),
    ("identified", &["identified on", "date identified"]),
    ("invited", &["invited on", "date invited", "asked on"]),
    ("joined", &["joined on", "date joined", "join date", "member since", "membership date", "membership start"]),
    ("declined", &["declined on", "date declined"]),
    ("left", &["left on", "date left", "membership end"]),
    ("representative", &["rep", "representative name"]),
    ("backup_representative", &["backup", "deputy", "deputy representative", "alternate"]),
    ("interests", &["interest", "self interest", "self interests"]),
    ("url", WEB),
];

const ADVOCATE: Aliases = &[
    ("name", &["advocate", "contact name", "contact person", "volunteer"]),
    (
        "member",
        &["organization", "organisation", "org", "org name", "organization name", "organisation name", "on behalf of"],
    ),
    ("role", &["part", "type"]),
    ("title", &["job title", "position", "office"]),
    ("start_date", &["start", "started", "started on", "since"]),
    ("end_date", &["end", "ended", "ended on", "until"]),
    ("languages", &["language"]),
    ("skills", &["skill"]),
    ("contact_owner", &["owner", "contact kept by"]),
];

const OFFICIAL: Aliases = &[
    ("name", &["official", "official name", "legislator", "representative", "councillor", "councilmember", "member"]),
    ("office", &["title", "position", "role", "office held"]),
    ("jurisdiction", &["body", "chamber", "government", "state", "city", "county"]),
    ("district", &["ward", "seat", "constituency", "precinct", "division"]),
    ("party", &["political party", "party affiliation"]),
    ("start_date", &["term start", "term began", "start", "took office", "in office since"]),
    ("end_date", &["term end", "term ends", "term expires", "end", "until"]),
    ("owner", &["advocate", "contact owner", "contact kept by"]),
    ("stance", &["position on libraries", "support"]),
];

const GOAL: Aliases =
    &[("name", &["goal", "title"]), ("due", &["deadline", "due date"]), ("community_need", &["need"])];
const AGREEMENT: Aliases =
    &[("name", &["agreement", "title"]), ("kind", &["type"]), ("expires", &["expiry", "valid until"])];
const MEETING: Aliases = &[
    ("name", &["meeting", "title", "subject"]),
    ("date", &["day", "meeting date"]),
    ("start_time", &["start", "time", "begins"]),
    ("end_time", &["end", "ends"]),
    ("location", &["place", "venue", "where"]),
    ("url", &["link", "video link"]),
];
const DECISION: Aliases = &[
    ("name", &["decision", "title"]),
    ("text", &["motion", "resolution", "wording"]),
    ("decided", &["decided on", "date decided", "date"]),
    ("closes", &["closes on", "deadline", "due"]),
];
const CONTRIBUTION: Aliases = &[
    ("name", &["contribution", "description", "what", "title"]),
    ("member", &["organization", "organisation", "org", "from", "donor", "given by"]),
    ("advocate", &["person", "volunteer"]),
    ("kind", &["type", "category"]),
    ("date", &["day", "given on", "received", "received on"]),
    ("amount", &["value", "sum"]),
    ("hours", &["time"]),
];
const COMMITTEE: Aliases = &[("name", &["committee", "title"]), ("purpose", &["charge", "description"])];
const CAMPAIGN: Aliases =
    &[("name", &["campaign", "title"]), ("opens", &["start", "start date"]), ("closes", &["end", "end date"])];
const REQUEST: Aliases = &[
    ("name", &["request", "title"]),
    ("member", &["organization", "organisation", "org", "asked by"]),
    ("date", &["day", "asked on"]),
    ("need", &["what", "description"]),
    ("due", &["deadline", "needed by"]),
];

/// What registers call the fields of a kind and the ways to reach one, all of them in one list.
pub fn aliases(kind: Kind) -> Vec<(&'static str, &'static [&'static str])> {
    let own: Vec<Aliases> = match kind {
        Kind::Member => vec![MEMBER, CONTACT],
        Kind::Advocate => vec![PERSON, ADVOCATE, CONTACT],
        Kind::Official => vec![PERSON, OFFICIAL, CONTACT],
        Kind::Goal => vec![GOAL],
        Kind::Agreement => vec![AGREEMENT],
        Kind::Meeting => vec![MEETING],
        Kind::Decision => vec![DECISION],
        Kind::Contribution => vec![CONTRIBUTION],
        Kind::Committee => vec![COMMITTEE],
        Kind::Campaign => vec![CAMPAIGN],
        Kind::Request => vec![REQUEST],
    };
    let web = matches!(kind, Kind::Advocate | Kind::Official).then_some(("url", WEB));
    own.into_iter().chain([EVERY]).flatten().copied().chain(web).collect()
}

/// A heading as it is compared.
pub fn plain(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
