//! Exports of address books and contact lists, in the layouts that programs write, with data of our own: each comes in with one option
//! at most, and no email address or telephone number is lost.

use crate::ledger::Ledger;
use std::fs;
use std::path::Path;

/// One export: the name of its file, its text, the kind it is imported as, the one option if it needs one, and what must be in the
/// records.
struct Export {
    file: &'static str,
    kind: &'static str,
    option: &'static [&'static str],
    /// Texts that must be in the records: names, addresses and numbers.
    holds: &'static [&'static str],
}

const fn export(
    file: &'static str,
    kind: &'static str,
    option: &'static [&'static str],
    holds: &'static [&'static str],
) -> Export {
    Export { file, kind, option, holds }
}

const EXPORTS: &[Export] = &[
    export(
        "google-new.csv",
        "people",
        &[],
        &[
            "name = \"Dr. Ana María de la Cruz Jr.\"",
            "note = \"Work\"",
            "ana@example.org",
            "ana@home.example",
            "type = \"mobile\"",
            "+1 555-0101",
            "+1 555-0102",
            "tags = [\"board\", \"volunteers\"]",
            "title = \"Treasurer\"",
            "+1 555-0103",
            "12 Main St, Riverton, OH 44017",
            "Beach house",
        ],
    ),
    export(
        "google-old.csv",
        "people",
        &[],
        &[
            "name = \"Ben Okoro\"",
            "ben@example.org",
            "ben@home.example",
            "555-0110",
            "555-0111",
            "3 Elm St, Riverton, OH 44017",
            "Birch Library",
        ],
    ),
    export(
        "google-new.csv",
        "organizations",
        &["--set", "classification=other"],
        &["name = \"Birch Library\"", "ana@example.org", "+1 555-0101"],
    ),
    export(
        "outlook-classic.csv",
        "people",
        &["--encoding", "windows-1252"],
        &[
            "name = \"José Luis Peña\"",
            "title = \"Secretary\"",
            "jose@example.org",
            "jose2@example.org",
            "555-0120",
            "555-0121",
            "555-0122",
            "type = \"fax\"",
            "9 Oak Ave, Suite 2, Riverton, OH 44017",
        ],
    ),
    export(
        "outlook-web.csv",
        "people",
        &[],
        &["June Abbott", "june@example.org", "555-0130", "type = \"mobile\"", "555-0131"],
    ),
    export(
        "outlook-spanish.csv",
        "people",
        &[],
        &["Lucía Ortega Ruiz", "lucia@example.org", "+34 600 000 001", "Calle Mayor 5, Sevilla"],
    ),
    export(
        "outlook-german.csv",
        "people",
        &[],
        &["Jörg Weiß", "joerg@example.org", "0221 4710815", "0171 4710815", "Hauptstraße 3, Köln"],
    ),
    export(
        "outlook-french.csv",
        "people",
        &[],
        &["Zoé Lefèvre", "zoe@example.org", "01 23 45 67 89", "06 12 34 56 78"],
    ),
    export(
        "apple.vcf",
        "people",
        &[],
        &[
            "name = \"Ana Mejía\"",
            "ana@example.org",
            "ana@home.example",
            "+1 555 0140",
            "type = \"mobile\"",
            "1 Main St, Apt 4, Riverton, OH 44017",
            "Alder Friends",
        ],
    ),
    export("android-2.1.vcf", "people", &[], &["name = \"Łukasz Żak\"", "lukasz@example.org", "5550150", "5550151"]),
    export(
        "nextcloud-4.0.vcf",
        "people",
        &[],
        &["Priya Nair", "priya@example.org", "+1-555-0160", "tags = [\"board\", \"friends\"]"],
    ),
    export(
        "apple.vcf",
        "organizations",
        &["--set", "classification=other"],
        &["name = \"Alder Friends\"", "ana@example.org"],
    ),
    export(
        "thunderbird.csv",
        "people",
        &[],
        &[
            "Omar Haddad",
            "omar@example.org",
            "omar2@example.org",
            "555-0170",
            "555-0171",
            "555-0172",
            "5 Pine Rd, Riverton, OH 44017",
        ],
    ),
    export(
        "yahoo.csv",
        "people",
        &[],
        &["Nora Quinn", "nora@example.org", "nora2@example.org", "555-0180", "555-0181", "555-0182"],
    ),
    export(
        "linkedin.csv",
        "people",
        &[],
        &["Tess Vogel", "tess@example.org", "linkedin.com/in/tess", "title = \"Director\""],
    ),
    export(
        "mailchimp.csv",
        "people",
        &[],
        &[
            "Sam Reyes",
            "sam@example.org",
            "555-0190",
            "8 Lake Dr",
            "noname@example.org",
            "tags = [\"donor\", \"volunteer\"]",
        ],
    ),
    export(
        "nationbuilder.csv",
        "people",
        &[],
        &[
            "Ida Brandt",
            "ida@example.org",
            "ida2@example.org",
            "555-0200",
            "555-0201",
            "4 Hill St, Riverton, OH 44017",
            "tags = [\"member\", \"sunday-hours\"]",
        ],
    ),
    export("action-network.csv", "people", &[], &["Gus Meyer", "gus@example.org", "+15550210", "Riverton"]),
    export(
        "hubspot.csv",
        "people",
        &[],
        &["Rosa Delgado", "rosa@example.org", "555-0220", "555-0221", "title = \"Manager\""],
    ),
    export(
        "airtable.csv",
        "people",
        &["--with-organizations"],
        &["Kai Stone", "kai@example.org", "555-0230", "member = \"cedar-school\"", "name = \"Cedar School\""],
    ),
    export(
        "airtable-organizations.csv",
        "organizations",
        &["--value", "classification:Civic=civic-group"],
        &["name = \"Rotary of Riverton\"", "classification = \"civic-group\"", "rotary@example.org", "555-0235"],
    ),
    export(
        "salesforce.csv",
        "people",
        &[],
        &[
            "Dr. Vera Lind",
            "vera@example.org",
            "vera@home.example",
            "555-0240",
            "555-0241",
            "77 Bay St, Riverton, OH 44017",
        ],
    ),
    export(
        "civicrm.csv",
        "people",
        &[],
        &["Paul Ito", "paul@example.org", "555-0250", "6 Mill Ln, Riverton, OH 44017"],
    ),
    export("everyaction.csv", "people", &[], &["Mia Torres", "mia@example.org", "555-0260", "555-0261"]),
    export(
        "constant-contact.csv",
        "people",
        &[],
        &["Lee Chan", "lee@example.org", "555-0270", "555-0271", "2 Park Pl, Riverton, OH 44017"],
    ),
    export(
        "excel.xlsx",
        "organizations",
        &["--set", "classification=library"],
        &["name = \"Fern Library\"", "fern@example.org", "15550280", "joined = 2025-03-01"],
    ),
    export("excel-unicode.txt", "people", &[], &["Søren Ågård", "soren@example.org", "555-0290"]),
    export("french-sheet.csv", "people", &[], &["Élise Moreau", "elise@example.org", "06 00 00 00 01"]),
    export(
        "german-sheet.csv",
        "organizations",
        &["--value", "classification:Verein=civic-group"],
        &[
            "name = \"Bücherfreunde Köln\"",
            "kontakt@example.org",
            "0221 4710816",
            "joined = 2025-03-01",
            "areas = [\"Köln\"]",
        ],
    ),
    export(
        "spanish-sheet.csv",
        "organizations",
        &["--set", "classification=nonprofit"],
        &["name = \"Amigos de la Biblioteca\"", "amigos@example.org", "600 000 002", "joined = 2025-06-30"],
    ),
    export(
        "with-explanations.csv",
        "organizations",
        &["--set", "classification=other"],
        &["name = \"Gale Choir\"", "gale@example.org", "555-0300"],
    ),
    export("bars.txt", "people", &[], &["Hal Ives", "hal@example.org", "555-0310"]),
    export("semicolons.csv", "contributions", &[], &["amount = \"1234.50\"", "hours = 2.5"]),
    export("sign-in-sheet.csv", "people", &["--missing", "n/a"], &["Ivy Park", "ivy@example.org", "(555) 010-0320"]),
    export("petition.json", "people", &["--list", "signers"], &["Jon Fry", "jon@example.org", "555-0330"]),
    export("eventbrite.csv", "people", &[], &["Kim Dale", "kim@example.org", "555-0340"]),
    export(
        "city-council.csv",
        "officials",
        &[],
        &[
            "Ruth Vance",
            "ruth@city.example",
            "555-0350",
            "public = false",
            "555-0351",
            "office = \"Council member\"",
            "district = \"Ward 3\"",
        ],
    ),
    export("phone-tree.csv", "people", &[], &["Lou Cobb", "555-0360", "555-0361", "lou@example.org"]),
    export("substack.csv", "people", &["--map", "name=Email"], &["reader@example.org", "type = \"email\""]),
    export("dutch-names.csv", "people", &[], &["Jan van der Berg", "jan@example.org"]),
    export("two-columns.csv", "people", &[], &["Ana Mejía", "ana@example.org", "555-0370"]),
    export(
        "shopify.csv",
        "people",
        &[],
        &["Ada Lund", "value = \"+1 555-0401\"", "accepts_email_marketing = \"no\"", "organization = \"Elm Books\""],
    ),
    export(
        "google-people.json",
        "people",
        &[],
        &[
            "name = \"Cleo Diaz\"",
            "cleo@work.example",
            "type = \"mobile\"\nvalue = \"(555) 010-0402\"",
            "title = \"Director\"",
            "Oak Choir",
        ],
    ),
    export(
        "airtable-api.json",
        "people",
        &[],
        &["Dov Stern", "555-0403", "languages = [\"en\", \"es\"]", "id = \"recX3dPq0YtnW2kLm\""],
    ),
    export("json-api.json", "people", &[], &["Finn Moss", "555-0404"]),
    export(
        "nested.json",
        "people",
        &[],
        &[
            "Gia Berg",
            "type = \"mobile\"\nvalue = \"555-0405\"",
            "value = \"gia@work.example\"\nnote = \"Work\"",
            "5 Bay St, Riverton",
            "organization = \"Birch Club\"",
            "id = 1",
        ],
    ),
    export("documents.yaml", "people", &[], &["Hal Gray", "555-0406", "Ines Paz", "555-0407"]),
    export(
        "lines.jsonl",
        "people",
        &[],
        &["Jo Kerr", "type = \"mobile\"\nvalue = \"555-0408\"", "555-0409", "Cedar Press"],
    ),
    export(
        "outlook-italian.csv",
        "people",
        &[],
        &[
            "name = \"Chiara Ricci\"",
            "title = \"Tesoriera\"",
            "type = \"mobile\"\nvalue = \"333 555 0410\"",
            "value = \"011 555 0411\"\nnote = \"Home\"",
            "011 555 0412",
            "Via Roma 5, Torino, 10121",
            "Amici dei Libri",
        ],
    ),
    export(
        "dutch-sheet.csv",
        "people",
        &[],
        &[
            "Sanne de Vries",
            "type = \"mobile\"\nvalue = \"06 5550 0414\"",
            "020 555 0413",
            "notes = \"graag bellen\"",
            "Leeskring",
        ],
    ),
    export(
        "portuguese-sheet.csv",
        "people",
        &[],
        &["Inês Souza", "21 5555 0415", "type = \"mobile\"", "Amigos da Leitura"],
    ),
    export(
        "web-table.xls",
        "people",
        &[],
        &["Renée O'Hara", "555-0417", "7 Ash St, Riverton, OH", "organization = \"Ash & Sons\""],
    ),
    export("meetup.xls", "people", &[], &["Kit Vane", "555-0418"]),
    export("excel-2003.xml", "people", &[], &["Leo Ash", "555-0419"]),
    export("pipedrive.csv", "people", &[], &["Mia Holt", "555-0420", "organization = \"Vale Theater\""]),
    export("donorbox.csv", "people", &[], &["Nia Webb", "555-0421", "organization = \"Webb Bakery\""]),
    export(
        "zoho.csv",
        "people",
        &[],
        &["name = \"Otto Reyes\"", "555-0422", "555-0423", "email_opt_out = \"true\"", "8 Fir St, Riverton"],
    ),
    export("brevo.csv", "people", &[], &["Pia Frost", "15550424", "email_blocklisted = \"true\""]),
    export(
        "german-form.csv",
        "people",
        &[],
        &["Quirin Maier", "0221 4710425", "organization = \"Lesekreis Köln\"", "durfen_wir_sie_anrufen = \"Nein\""],
    ),
    export("google-form.csv", "people", &[], &["Rae Cole", "555-0426", "organization = \"Cole Farm\""]),
    export("survey.csv", "people", &[], &["Sol Hart", "555-0427", "organization = \"Hart Farm\""]),
    export("poll.csv", "people", &[], &["Tam Ngo", "555-0428"]),
    export(
        "wild-apricot.csv",
        "people",
        &["--with-organizations"],
        &["member = \"bell-studio\"", "555-0429", "555-0430"],
    ),
    export(
        "sign-up-sheet.csv",
        "people",
        &[],
        &["name = \"Val Stone\"", "name = \"Wyn Reed\"", "555-0431", "555-0432"],
    ),
    export("form-with-sign-in.csv", "people", &[], &["name = \"Xia Wu\"", "555-0433", "organization = \"Wu Bakery\""]),
    export("boards.csv", "people", &[], &["Yan Lee", "555-0434", "Zia Khan", "555-0435"]),
    export("salesforce-report.csv", "people", &[], &["Abe Dorn", "555-0436"]),
];

/// All records of a ledger as one text.
fn records(ledger: &Ledger) -> String {
    let mut text = String::new();
    for folder in ["advocates", "members", "officials", "contributions"] {
        let walk = walkdir::WalkDir::new(ledger.path().join(folder)).sort_by_file_name();
        for entry in walk.into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
            text += &fs::read_to_string(entry.path()).unwrap();
        }
    }
    text
}

fn fixture(name: &str) -> Vec<u8> {
    let place = crate::ledger::repository("tests/fixtures/imports").join(name);
    let bytes = fs::read(&place).unwrap_or_else(|error| panic!("{}: {error}", place.display()));
    // Git keeps texts as UTF-8; the file of older programs is made here.
    match name {
        "outlook-classic.csv" => {
            let text = String::from_utf8(bytes).unwrap();
            text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect()
        }
        "excel-unicode.txt" => {
            let text = String::from_utf8(bytes).unwrap();
            let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
            units.flat_map(u16::to_le_bytes).collect()
        }
        _ => bytes,
    }
}

/// The email addresses and telephone numbers in a text.
fn contacts(text: &str) -> Vec<String> {
    let words =
        text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '"' | '<' | '>' | ':' | '\'' | '/'));
    let trimmed = words.map(|word| word.trim_matches(['(', ')']));
    let mut found: Vec<String> =
        trimmed.filter(|word| word.contains('@') && word.contains('.')).map(str::to_lowercase).collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn exports_of_real_programs_come_in_whole() {
    let mut failures: Vec<String> = Vec::new();
    let mut lost: Vec<String> = Vec::new();
    for export in EXPORTS {
        let ledger = Ledger::empty();
        ledger.put("coalition.toml", "name = \"Alder County Library Coalition\"\n");
        ledger.put("members/heron.toml", "name = \"Heron Street Neighbors\"\nclassification = \"civic-group\"\n");
        let bytes = fixture(export.file);
        fs::write(ledger.path().join(export.file), &bytes).unwrap();
        let arguments = [&["import", export.kind, export.file, "--today", "2026-11-22"], export.option].concat();
        let answer = ledger.run(&arguments);
        let title = format!("{} as {}", export.file, export.kind);
        if answer.status != 0 {
            failures.push(format!("{title}: {}{}", answer.stdout, answer.stderr));
            continue;
        }
        let written = records(&ledger);
        for text in export.holds.iter().filter(|text| !written.contains(**text)) {
            failures.push(format!("{title}: no {text} in\n{written}{}{}", answer.stdout, answer.stderr));
        }
        if !export.file.ends_with(".xlsx") {
            let text = String::from_utf8_lossy(&bytes).replace('\0', "").replace("=\n", "");
            lost.extend(
                contacts(&text)
                    .into_iter()
                    .filter(|address| !written.to_lowercase().contains(address))
                    .map(|address| format!("{title}: {address}")),
            );
        }
        let again = ledger.run(&arguments);
        if !again.stdout.contains("Nothing is new") {
            failures.push(format!("{title}, again: {}{}", again.stdout, again.stderr));
        }
        assert_eq!(records(&ledger), written, "{title}");
    }
    assert!(EXPORTS.len() >= 38);
    assert_eq!(lost, Vec::<String>::new(), "addresses that were lost");
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), EXPORTS.len(), failures.join("\n\n"));
}

/// Whether a fixture is there only once, so that none is forgotten.
#[test]
fn every_fixture_is_tried() {
    let folder = crate::ledger::repository("tests/fixtures/imports");
    for entry in fs::read_dir(Path::new(&folder)).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(EXPORTS.iter().any(|export| export.file == name), "{name}");
    }
}
