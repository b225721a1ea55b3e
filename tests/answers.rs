//! Mistakes that people make in files, each with the one finding that answers it: where, what is wrong, what to do. A person who
//! has never seen TOML must be able to act on it at once.

use coalition::internal::check::{Context, Reported, judge};
use coalition::{Memory, Severity};

/// A ledger in which everything is well.
const SOUND: [(&str, &[u8]); 4] = [
    ("coalition.toml", b"name = \"Alder County Library Coalition\"\nfounded = 2025-01-15\n"),
    ("members/alder-friends.toml", b"name = \"Friends of the Alder Library\"\nclassification = \"friends-group\"\njoined = 2025-01-15\nrepresentative = \"ana-lopez\"\n"),
    ("advocates/ana-lopez.toml", b"name = \"Ana Lopez\"\nmember = \"alder-friends\"\n"),
    ("goals/evening-hours.toml", b"name = \"Evening hours\"\nlead = \"alder-friends\"\n"),
];

/// A mistake: what it is, the files that hold it, and the findings.
struct Mistake {
    name: &'static str,
    /// Files of the sound ledger that are gone.
    without: &'static [&'static str],
    files: &'static [(&'static str, &'static [u8])],
    /// `FILE:LINE [CHECK] MESSAGE -> HELP`, a line for each.
    expected: &'static str,
}

const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "amount $1,200",
        without: &[],
        files: &[("contributions/gift.toml", b"name = \"Gift\"\nkind = \"funding\"\ndate = 2026-06-01\nmember = \"alder-friends\"\namount = $1,200\n")],
        expected: "contributions/gift.toml:5 [invalid-toml] `amount` must be an amount of money; `$1,200` is not one -> write digits in quotes, without signs and commas: amount = \"1200\"",
    },
    Mistake {
        name: "amount \"$1,200\"",
        without: &[],
        files: &[("contributions/gift.toml", b"name = \"Gift\"\nkind = \"funding\"\ndate = 2026-06-01\nmember = \"alder-friends\"\namount = \"$1,200\"\n")],
        expected: "contributions/gift.toml:5 [invalid-value] `$1,200` is not an amount of money -> write digits and a decimal point, like \"250.00\": amount = \"1200\"",
    },
    Mistake {
        name: "amount 1200",
        without: &[],
        files: &[("contributions/gift.toml", b"name = \"Gift\"\nkind = \"funding\"\ndate = 2026-06-01\nmember = \"alder-friends\"\namount = 1200\n")],
        expected: "contributions/gift.toml:5 [wrong-type] `amount` must be text with an amount, not a number -> put it in quotes: amount = \"1200\"",
    },
    Mistake {
        name: "amount 1,200",
        without: &[],
        files: &[("contributions/gift.toml", b"name = \"Gift\"\nkind = \"funding\"\ndate = 2026-06-01\nmember = \"alder-friends\"\namount = 1,200\n")],
        expected: "contributions/gift.toml:5 [invalid-toml] `amount` must be an amount of money; `1,200` is not one -> write digits in quotes, without signs and commas: amount = \"1200\"",
    },
    Mistake {
        name: "amount 1200.50",
        without: &[],
        files: &[("contributions/gift.toml", b"name = \"Gift\"\nkind = \"funding\"\ndate = 2026-06-01\nmember = \"alder-friends\"\namount = 1200.50\n")],
        expected: "contributions/gift.toml:5 [wrong-type] `amount` must be text with an amount, not a decimal number -> put it in quotes: amount = \"1200.50\"",
    },
    Mistake {
        name: "amount 1200 USD",
        without: &[],
        files: &[("contributions/gift.toml", b"name = \"Gift\"\nkind = \"funding\"\ndate = 2026-06-01\nmember = \"alder-friends\"\namount = \"1200 USD\"\n")],
        expected: "contributions/gift.toml:5 [invalid-value] `1200 USD` is not an amount of money -> write digits and a decimal point, like \"250.00\": amount = \"1200\", and currency = \"USD\"",
    },
    Mistake {
        name: "March 3rd",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = March 3rd\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [invalid-toml] `joined` must be a date; `March 3rd` is not one -> write year, month and day, without quotes: joined = YYYY-03-03 (with the year in place of YYYY)",
    },
    Mistake {
        name: "\"March 3rd\"",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = \"March 3rd\"\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [wrong-type] `joined` must be a date, not text in quotes -> write year, month and day, without quotes: joined = YYYY-03-03 (with the year in place of YYYY)",
    },
    Mistake {
        name: "March 3, 2026",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = March 3, 2026\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [invalid-toml] `joined` must be a date; `March 3, 2026` is not one -> write year, month and day, without quotes: joined = 2026-03-03",
    },
    Mistake {
        name: "3/11/2026",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 3/11/2026\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [invalid-toml] `joined` must be a date; `3/11/2026` is not one -> write joined = 2026-03-11 if you mean March 11, 2026, or joined = 2026-11-03 if you mean November 3, 2026",
    },
    Mistake {
        name: "\"3/11/2026\"",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = \"3/11/2026\"\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [wrong-type] `joined` must be a date, not text in quotes -> write year, month and day, without quotes: joined = 2026-03-11 if you mean March 11, 2026, or joined = 2026-11-03 if you mean November 3, 2026",
    },
    Mistake {
        name: "3/25/2026",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 3/25/2026\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [invalid-toml] `joined` must be a date; `3/25/2026` is not one -> write year, month and day, without quotes: joined = 2026-03-25",
    },
    Mistake {
        name: "2026-3-3",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-3-3\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [invalid-toml] `joined` must be a date; `2026-3-3` is not one -> write year, month and day, without quotes: joined = 2026-03-03",
    },
    Mistake {
        name: "2026/03/03",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026/03/03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [invalid-toml] `joined` must be a date; `2026/03/03` is not one -> write year, month and day, without quotes: joined = 2026-03-03",
    },
    Mistake {
        name: "\"2026-03-03\"",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = \"2026-03-03\"\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [wrong-type] `joined` must be a date, not text in quotes -> remove the quotes: joined = 2026-03-03",
    },
    Mistake {
        name: "yesterday",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = yesterday\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [invalid-toml] `joined` must be a date; `yesterday` is not one -> write year, month and day, without quotes, like joined = 2026-03-01; if there is no date yet, delete the line",
    },
    Mistake {
        name: "2026-03",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [invalid-toml] `joined` must be a date; `2026-03` is not one -> write year, month and day, without quotes: joined = 2026-03-DD (with the day in place of DD)",
    },
    Mistake {
        name: "2026",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [wrong-type] `joined` must be a date, not a number -> write year, month and day, without quotes: joined = 2026-MM-DD (with the month and the day in place of MM-DD)",
    },
    Mistake {
        name: "lead_days one week",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n\n[process]\nlead_days = one week\n")],
        expected: "members/rotary.toml:7 [invalid-toml] `lead_days` must be a whole number; `one week` is not one -> write the number alone: lead_days = 7",
    },
    Mistake {
        name: "lead_days \"21 days\"",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n\n[process]\nlead_days = \"21 days\"\n")],
        expected: "members/rotary.toml:7 [wrong-type] `lead_days` must be a whole number, not text in quotes -> write the number alone, without quotes: lead_days = 21",
    },
    Mistake {
        name: "lead_days \"21\"",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n\n[process]\nlead_days = \"21\"\n")],
        expected: "members/rotary.toml:7 [wrong-type] `lead_days` must be a whole number, not text in quotes -> remove the quotes: lead_days = 21",
    },
    Mistake {
        name: "lead_days 21 days",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n\n[process]\nlead_days = 21 days\n")],
        expected: "members/rotary.toml:7 [invalid-toml] `lead_days` must be a whole number; `21 days` is not one -> write the number alone: lead_days = 21",
    },
    Mistake {
        name: "lead_days twenty",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n\n[process]\nlead_days = \"a while\"\n")],
        expected: "members/rotary.toml:7 [wrong-type] `lead_days` must be a whole number, not text in quotes -> for example: lead_days = 21",
    },
    Mistake {
        name: "interests (a,b)",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\ninterests = (\"evening-hours\", \"reading\")\n")],
        expected: "members/rotary.toml:5 [invalid-toml] `interests` is a list: its entries must be in square brackets, each in straight quotes -> write interests = [\"evening-hours\", \"reading\"]",
    },
    Mistake {
        name: "interests a,b quoted",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\ninterests = \"evening-hours\", \"reading\"\n")],
        expected: "members/rotary.toml:5 [invalid-toml] `interests` is a list: its entries must be in square brackets, each in straight quotes -> write interests = [\"evening-hours\", \"reading\"]",
    },
    Mistake {
        name: "interests one string",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\ninterests = \"evening-hours, reading\"\n")],
        expected: "members/rotary.toml:5 [wrong-type] `interests` must be a list -> put each entry in its own quotes, in brackets: interests = [\"evening-hours\", \"reading\"]",
    },
    Mistake {
        name: "interests unquoted list",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\ninterests = [evening-hours, reading]\n")],
        expected: "members/rotary.toml:5 [invalid-toml] `interests` is a list: its entries must be in square brackets, each in straight quotes -> write interests = [\"evening-hours\", \"reading\"]",
    },
    Mistake {
        name: "interests unquoted",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\ninterests = evening-hours, reading\n")],
        expected: "members/rotary.toml:5 [invalid-toml] `interests` is a list: its entries must be in square brackets, each in straight quotes -> write interests = [\"evening-hours\", \"reading\"]",
    },
    Mistake {
        name: "interests single",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\ninterests = \"reading\"\n")],
        expected: "members/rotary.toml:5 [wrong-type] `interests` must be a list -> put it in brackets: interests = [\"reading\"]",
    },
    Mistake {
        name: "interests missing comma",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\ninterests = [\"evening-hours\" \"reading\"]\n")],
        expected: "members/rotary.toml:5 [invalid-toml] `interests` is a list: its entries must be in square brackets, each in straight quotes -> write interests = [\"evening-hours\", \"reading\"]",
    },
    Mistake {
        name: "interests spaces",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\ninterests = [\"Evening hours\", \"reading\"]\n")],
        expected: "members/rotary.toml:5 [invalid-value] `Evening hours` is not a plain word of a-z, 0-9 and hyphens -> write \"evening-hours\"",
    },
    Mistake {
        name: "interests unclosed",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\ninterests = [\"evening-hours\", \"reading\"\nnotes = \"x\"\n")],
        expected: "members/rotary.toml:5 [invalid-toml] the `[` that opens here is never closed -> put a `]` after the last value",
    },
    Mistake {
        name: "nbsp in key",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined\xc2\xa0= 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [invalid-toml] this line has an invisible character after `joined`: U+00A0 (no-break space) -> delete it, and type a plain space",
    },
    Mistake {
        name: "nbsp before value",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined =\xc2\xa02026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [invalid-toml] this line has an invisible character after `=`: U+00A0 (no-break space) -> delete it, and type a plain space",
    },
    Mistake {
        name: "nbsp in id",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\xc2\xa0\"\n")],
        expected: "members/rotary.toml:4 [unresolved-reference] `representative` has an invisible character in its id: U+00A0 (no-break space) -> write the id alone: \"ana-lopez\"",
    },
    Mistake {
        name: "zwsp",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana\xe2\x80\x8b-lopez\"\n")],
        expected: "members/rotary.toml:4 [unresolved-reference] `representative` has an invisible character in its id: U+200B (zero-width space) -> write the id alone: \"ana-lopez\"",
    },
    Mistake {
        name: "person in members",
        without: &[],
        files: &[("members/june-abbott.toml", b"name = \"June Abbott\"\nmember = \"alder-friends\"\nrole = \"chair\"\n\n[[contact_details]]\ntype = \"email\"\nvalue = \"june@example.org\"\n")],
        expected: "members/june-abbott.toml:1 [unknown-folder] this file is in members/, but has fields of a person -> move it to advocates/june-abbott.toml",
    },
    Mistake {
        name: "org in advocates",
        without: &[],
        files: &[("advocates/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "advocates/rotary.toml:1 [unknown-folder] this file is in advocates/, but has fields of a member (an organization) -> move it to members/rotary.toml",
    },
    Mistake {
        name: "official among goals",
        without: &[],
        files: &[("goals/mayor.toml", b"name = \"Mayor Vance\"\noffice = \"Mayor\"\nstance = \"undecided\"\n")],
        expected: "goals/mayor.toml:1 [unknown-folder] this file is in goals/, but has fields of an official -> move it to officials/mayor.toml",
    },
    Mistake {
        name: "meeting among goals",
        without: &[],
        files: &[("goals/june.toml", b"name = \"June\"\ndate = 2026-06-01\nchair = \"ana-lopez\"\ncommittee = \"steering\"\n")],
        expected: "goals/june.toml:1 [unknown-folder] this file is in goals/, but has fields of a meeting -> move it to meetings/june.toml",
    },
    Mistake {
        name: "two people",
        without: &[],
        files: &[("advocates/all.toml", b"name = \"June Abbott\"\nmember = \"alder-friends\"\n\nname = \"Bo Reed\"\nmember = \"alder-friends\"\n")],
        expected: "advocates/all.toml:4 [invalid-toml] a second record begins here, and a file holds only one -> move the lines from here on to a separate file, such as advocates/bo-reed.toml",
    },
    Mistake {
        name: "two people headings",
        without: &[],
        files: &[("advocates/all.toml", b"[june]\nname = \"June Abbott\"\n\n[bo]\nname = \"Bo Reed\"\n")],
        expected: "advocates/all.toml:1 [unknown-field] this file holds 2 records under headings, and a file holds only one -> put each in its own file, without its heading: advocates/june-abbott.toml, advocates/bo-reed.toml",
    },
    Mistake {
        name: "two people blocks",
        without: &[],
        files: &[("advocates/all.toml", b"[[person]]\nname = \"June Abbott\"\n\n[[person]]\nname = \"Bo Reed\"\n")],
        expected: "advocates/all.toml:1 [unknown-field] this file holds 2 records under headings, and a file holds only one -> put each in its own file, without its heading: advocates/bo-reed.toml, advocates/june-abbott.toml",
    },
    Mistake {
        name: "two people after entries",
        without: &[],
        files: &[("advocates/all.toml", b"name = \"June Abbott\"\nmember = \"alder-friends\"\n\n[[contact_details]]\ntype = \"email\"\nvalue = \"june@example.org\"\n\nname = \"Bo Reed\"\nmember = \"alder-friends\"\n")],
        expected: "advocates/all.toml:8 [invalid-toml] a second record begins here, and a file holds only one -> move the lines from here on to a separate file, such as advocates/bo-reed.toml",
    },
    Mistake {
        name: "June Abbott.toml",
        without: &[],
        files: &[("advocates/June Abbott.toml", b"name = \"June Abbott\"\nmember = \"alder-friends\"\n"), ("goals/g.toml", b"name = \"G\"\nlead = \"alder-friends\"\nnotes=\"x\"\n"), ("meetings/x.toml", b"name = \"X\"\ndate = 2026-06-01\nchair = \"june-abbott\"\n")],
        expected: "advocates/June Abbott.toml:1 [invalid-id] the file name `June Abbott.toml` is not a valid id; use a-z, 0-9 and single hyphens -> rename it to june-abbott.toml",
    },
    Mistake {
        name: "==",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined == 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [invalid-toml] there is an extra sign after the `=` -> write a single `=` between name and value: joined = 2026-03-03",
    },
    Mistake {
        name: "comma at end",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03,\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [invalid-toml] a line does not end with a comma -> remove the comma: joined = 2026-03-03",
    },
    Mistake {
        name: "comma after string",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\",\n")],
        expected: "members/rotary.toml:4 [invalid-toml] a line does not end with a comma -> remove the comma: representative = \"ana-lopez\"",
    },
    Mistake {
        name: "semicolon",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\";\n")],
        expected: "members/rotary.toml:4 [invalid-toml] a line does not end with a semicolon -> remove the semicolon: representative = \"ana-lopez\"",
    },
    Mistake {
        name: "backup representative",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\nbackup representative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:5 [invalid-toml] the name of a field cannot have spaces: `backup representative` -> write backup_representative = \"ana-lopez\"",
    },
    Mistake {
        name: "Backup-Representative",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\nBackup-Representative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:5 [unknown-field] a member has no field `Backup-Representative` -> write `backup_representative`: names of fields are in lowercase letters, with `_` between words",
    },
    Mistake {
        name: "backup-representative",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\nbackup-representative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:5 [unknown-field] a member has no field `backup-representative` -> write `backup_representative`: names of fields are in lowercase letters, with `_` between words",
    },
    Mistake {
        name: "Backup Representative:",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\nBackup Representative: \"ana-lopez\"\n")],
        expected: "members/rotary.toml:5 [invalid-toml] the name of a field cannot have spaces: `Backup Representative` -> write backup_representative = \"ana-lopez\"",
    },
    Mistake {
        name: "email field",
        without: &[],
        files: &[("advocates/june-abbott.toml", b"name = \"June Abbott\"\nmember = \"alder-friends\"\nemail = \"june@example.org\"\n")],
        expected: "advocates/june-abbott.toml:3 [unknown-field] a person has no field `email` -> write it under its own heading, below the other fields: [[contact_details]], then type = \"email\" and value = \"june@example.org\", each on a line",
    },
    Mistake {
        name: "phone field",
        without: &[],
        files: &[("advocates/june-abbott.toml", b"name = \"June Abbott\"\nmember = \"alder-friends\"\nphone = \"555 0142\"\n")],
        expected: "advocates/june-abbott.toml:3 [unknown-field] a person has no field `phone` -> write it under its own heading, below the other fields: [[contact_details]], then type = \"phone\" and value = \"555 0142\", each on a line",
    },
    Mistake {
        name: "single quote",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\nnotes = 'The officer's choice'\n")],
        expected: "members/rotary.toml:5 [invalid-toml] an apostrophe ends this text, because the text is in single quotes -> use double quotes: notes = \"The officer's choice\"",
    },
    Mistake {
        name: "dq inside",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\nnotes = \"The \"friends\" group\"\n")],
        expected: "members/rotary.toml:5 [invalid-toml] a quote inside the text ends it too early -> write a backslash before each quote inside the text: notes = \"The \\\"friends\\\" group\"",
    },
    Mistake {
        name: "backslash",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\nnotes = \"C:\\Users\\x\"\n")],
        expected: "members/rotary.toml:5 [invalid-toml] a backslash in a text starts a special character, and this one is unknown -> write `\\\\` for a plain backslash, or put the text in single quotes",
    },
    Mistake {
        name: "18:30 quoted",
        without: &[],
        files: &[("meetings/june.toml", b"name = \"June meeting\"\ndate = 2026-06-01\nstart_time = \"18:30\"\n")],
        expected: "meetings/june.toml:3 [wrong-type] `start_time` must be a time of day, not text in quotes -> write hours, minutes and seconds, without quotes: start_time = 18:30:00",
    },
    Mistake {
        name: "6:30pm",
        without: &[],
        files: &[("meetings/june.toml", b"name = \"June meeting\"\ndate = 2026-06-01\nstart_time = 6:30pm\n")],
        expected: "meetings/june.toml:3 [invalid-toml] `start_time` must be a time of day; `6:30pm` is not one -> write hours, minutes and seconds: start_time = 18:30:00",
    },
    Mistake {
        name: "6pm quoted",
        without: &[],
        files: &[("meetings/june.toml", b"name = \"June meeting\"\ndate = 2026-06-01\nstart_time = \"6pm\"\n")],
        expected: "meetings/june.toml:3 [wrong-type] `start_time` must be a time of day, not text in quotes -> write hours, minutes and seconds, without quotes: start_time = 18:00:00",
    },
    Mistake {
        name: "6:30 quoted",
        without: &[],
        files: &[("meetings/june.toml", b"name = \"June meeting\"\ndate = 2026-06-01\nstart_time = \"6:30\"\n")],
        expected: "meetings/june.toml:3 [wrong-type] `start_time` must be a time of day, not text in quotes -> write hours, minutes and seconds, without quotes: start_time = 18:30:00 if you mean 6:30 PM, or start_time = 06:30:00 if you mean 6:30 AM",
    },
    Mistake {
        name: "18.30",
        without: &[],
        files: &[("meetings/june.toml", b"name = \"June meeting\"\ndate = 2026-06-01\nstart_time = 18.30\n")],
        expected: "meetings/june.toml:3 [wrong-type] `start_time` must be a time of day, not a decimal number -> write hours, minutes and seconds, without quotes: start_time = 18:30:00",
    },
    Mistake {
        name: "json",
        without: &[],
        files: &[("members/rotary.toml", b"{\n  \"name\": \"Rotary Club\",\n  \"classification\": \"civic-group\"\n}\n")],
        expected: "members/rotary.toml:1 [invalid-toml] this is JSON, not TOML -> rename it to rotary.json, move it out of members/, and run `coalition import member FILE`; or write each line as name = \"value\"",
    },
    Mistake {
        name: "yaml",
        without: &[],
        files: &[("members/rotary.toml", b"name: Rotary Club\nclassification: civic-group\njoined: 2026-03-03\n")],
        expected: "members/rotary.toml:1 [invalid-toml] this is YAML, not TOML -> rename it to rotary.yaml, move it out of members/, and run `coalition import member FILE`; or write each line as name = \"value\"",
    },
    Mistake {
        name: "yaml ---",
        without: &[],
        files: &[("members/rotary.toml", b"---\nname: Rotary Club\nareas:\n  - north\n  - south\n")],
        expected: "members/rotary.toml:1 [invalid-toml] this is YAML, not TOML -> rename it to rotary.yaml, move it out of members/, and run `coalition import member FILE`; or write each line as name = \"value\"",
    },
    Mistake {
        name: "empty",
        without: &[],
        files: &[("members/rotary.toml", b"")],
        expected: "members/rotary.toml:1 [missing-field] this file is empty -> write the record, starting with name = \"…\", or delete the file; `coalition new member` asks for what it needs",
    },
    Mistake {
        name: "only comment",
        without: &[],
        files: &[("members/rotary.toml", b"# Rotary\n\n")],
        expected: "members/rotary.toml:1 [missing-field] this file has only comments -> write the record, starting with name = \"…\", or delete the file; `coalition new member` asks for what it needs",
    },
    Mistake {
        name: "word",
        without: &[],
        files: &[("members/rotary.toml", b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00\xdf\xa4\xd2lZ\x01word/document.xml")],
        expected: "members/rotary.toml:1 [unreadable-file] this file is a Word document, not plain text -> open it, copy its text into a plain text file saved as UTF-8, and delete this file",
    },
    Mistake {
        name: "doc",
        without: &[],
        files: &[("members/rotary.toml", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00")],
        expected: "members/rotary.toml:1 [unreadable-file] this file is an old Word or Excel document, not plain text -> open it, copy its text into a plain text file saved as UTF-8, and delete this file",
    },
    Mistake {
        name: "pdf",
        without: &[],
        files: &[("members/rotary.toml", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")],
        expected: "members/rotary.toml:2 [unreadable-file] this file is a PDF, not plain text -> open it, copy its text into a plain text file saved as UTF-8, and delete this file",
    },
    Mistake {
        name: "utf16",
        without: &[],
        files: &[("members/rotary.toml", b"\xff\xfen\x00a\x00m\x00e\x00 \x00=\x00 \x00\"\x00R\x00o\x00t\x00a\x00r\x00y\x00 \x00C\x00l\x00u\x00b\x00\"\x00\n\x00c\x00l\x00a\x00s\x00s\x00i\x00f\x00i\x00c\x00a\x00t\x00i\x00o\x00n\x00 \x00=\x00 \x00\"\x00c\x00i\x00v\x00i\x00c\x00-\x00g\x00r\x00o\x00u\x00p\x00\"\x00\n\x00j\x00o\x00i\x00n\x00e\x00d\x00 \x00=\x00 \x002\x000\x002\x006\x00-\x000\x003\x00-\x000\x003\x00\n\x00r\x00e\x00p\x00r\x00e\x00s\x00e\x00n\x00t\x00a\x00t\x00i\x00v\x00e\x00 \x00=\x00 \x00\"\x00a\x00n\x00a\x00-\x00l\x00o\x00p\x00e\x00z\x00\"\x00\n\x00")],
        expected: "members/rotary.toml:1 [unreadable-file] this file is text in UTF-16, not plain text -> save the file again, and choose UTF-8 as its encoding",
    },
    Mistake {
        name: "cp1252",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Caf\xe9 Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:1 [unreadable-file] this file is not UTF-8 text -> save the file again in UTF-8",
    },
    Mistake {
        name: "rtf",
        without: &[],
        files: &[("members/rotary.toml", b"{\\rtf1\\ansi\\ansicpg1252\n{\\fonttbl\\f0\\fswiss Helvetica;}\n\\f0 name = \"Rotary\"\\\n}\n")],
        expected: "members/rotary.toml:1 [invalid-toml] this is a rich text document (RTF), not plain text -> open it, choose to save it as plain text (UTF-8), and keep only the lines of the record",
    },
    Mistake {
        name: "html",
        without: &[],
        files: &[("members/rotary.toml", b"<!DOCTYPE html>\n<html><body>\n<p>name = \"Rotary\"</p>\n</body></html>\n")],
        expected: "members/rotary.toml:1 [invalid-toml] this is a web page (HTML), not a record -> copy the text of the record from the page into a plain text file; on a git host, use the Raw button",
    },
    Mistake {
        name: "csv",
        without: &[],
        files: &[("members/rotary.toml", b"name,classification,joined\nRotary Club,civic-group,2026-03-03\n")],
        expected: "members/rotary.toml:1 [invalid-toml] this is a table with commas (CSV), not TOML -> rename it to rotary.csv, move it out of members/, and run `coalition import member FILE`; or write each line as name = \"value\"",
    },
    Mistake {
        name: "vcard",
        without: &[],
        files: &[("advocates/june.toml", b"BEGIN:VCARD\nVERSION:3.0\nFN:June Abbott\nEND:VCARD\n")],
        expected: "advocates/june.toml:1 [invalid-toml] this is an address card (vCard), not TOML -> rename it to june.vcf, move it out of advocates/, and run `coalition import advocate FILE`; or write each line as name = \"value\"",
    },
    Mistake {
        name: "prose",
        without: &[],
        files: &[("members/rotary.toml", b"The Rotary Club joined us in March.\nTheir representative is Ana Lopez.\n")],
        expected: "members/rotary.toml:1 [invalid-toml] this is text, not a record: no line has the form field = value -> write the fields of the record, such as name = \"…\", and put the text into notes = \"\"\"…\"\"\"; or keep it in a file that ends in .md",
    },
    Mistake {
        name: "markdown",
        without: &[],
        files: &[("members/rotary.toml", b"# Rotary Club\n\n- joined in March\n- represented by Ana\n")],
        expected: "members/rotary.toml:1 [invalid-toml] this is text, not a record: no line has the form field = value -> write the fields of the record, such as name = \"…\", and put the text into notes = \"\"\"…\"\"\"; or keep it in a file that ends in .md",
    },
    Mistake {
        name: "txt",
        without: &[],
        files: &[("members/rotary.txt", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.txt:1 [unknown-folder] `members/rotary.txt` is not read, but has fields of a member (an organization) -> rename it to rotary.toml, or move it out of the ledger",
    },
    Mistake {
        name: "toml.txt",
        without: &[],
        files: &[("members/rotary.toml.txt", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml.txt:1 [invalid-id] the file name `rotary.toml.txt` must end in `.toml` -> rename it to rotary.toml",
    },
    Mistake {
        name: "no ending",
        without: &[],
        files: &[("members/rotary", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary:1 [unknown-folder] `members/rotary` is not read, but has fields of a member (an organization) -> rename it to rotary.toml, or move it out of the ledger",
    },
    Mistake {
        name: "md",
        without: &[],
        files: &[("members/rotary.md", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.md:1 [unknown-folder] `members/rotary.md` is not read, but has fields of a member (an organization) -> rename it to rotary.toml, or move it out of the ledger",
    },
    Mistake {
        name: "space end",
        without: &[],
        files: &[("members/rotary.toml ", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml :1 [unknown-folder] `members/rotary.toml ` is not read, but has fields of a member (an organization) -> rename it to rotary.toml, or move it out of the ledger",
    },
    Mistake {
        name: "people/",
        without: &[],
        files: &[("people/june-abbott.toml", b"name = \"June Abbott\"\nmember = \"alder-friends\"\n")],
        expected: "people/june-abbott.toml:1 [unknown-folder] `people/june-abbott.toml` is not read, but has fields of a person -> move it to advocates/june-abbott.toml, or out of the ledger",
    },
    Mistake {
        name: "organizations/",
        without: &[],
        files: &[("organizations/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "organizations/rotary.toml:1 [unknown-folder] `organizations/rotary.toml` is not read, but has fields of a member (an organization) -> move it to members/rotary.toml, or out of the ledger",
    },
    Mistake {
        name: "root",
        without: &[],
        files: &[("rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "rotary.toml:1 [unknown-folder] `rotary.toml` is not read, but has fields of a member (an organization) -> move it to members/rotary.toml, or out of the ledger",
    },
    Mistake {
        name: "root goal",
        without: &[],
        files: &[("evening.toml", b"name = \"Evening\"\nlead = \"alder-friends\"\ndue = 2026-12-01\n")],
        expected: "evening.toml:1 [unknown-folder] `evening.toml` is not read, but has fields of a goal -> move it to goals/evening.toml",
    },
    Mistake {
        name: "TOML",
        without: &[],
        files: &[("members/rotary.TOML", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.TOML:1 [invalid-id] the file name `rotary.TOML` must end in `.toml` -> rename it to rotary.toml",
    },
    Mistake {
        name: "goal txt",
        without: &[],
        files: &[("goals/open.txt", b"name = \"Open\"\nlead = \"alder-friends\"\n")],
        expected: "goals/open.txt:1 [unknown-folder] `goals/open.txt` is not read, but has fields of a goal -> rename it to goals/open.toml, or move it out of the ledger",
    },
    Mistake {
        name: "meeting md",
        without: &[],
        files: &[("meetings/june.md", b"name = \"June\"\ndate = 2026-06-01\n")],
        expected: "meetings/june.md:1 [unknown-folder] `meetings/june.md` is not read, but has fields of a meeting -> rename it to meetings/june.toml, or move it out of the ledger",
    },
    Mistake {
        name: "goal no ending",
        without: &[],
        files: &[("goals/open", b"name = \"Open\"\nlead = \"alder-friends\"\n")],
        expected: "goals/open:1 [unknown-folder] `goals/open` is not read, but has fields of a goal -> rename it to goals/open.toml, or move it out of the ledger",
    },
    Mistake {
        name: "toml.bak ref",
        without: &["goals/evening-hours.toml"],
        files: &[("goals/evening-hours.toml.bak", b"name = \"Evening hours\"\nlead = \"alder-friends\"\n"), ("campaigns/c.toml", b"name = \"C\"\ngoal = \"evening-hours\"\nlead = \"alder-friends\"\n")],
        expected: "campaigns/c.toml:2 [unresolved-reference] `goal` refers to the goal `evening-hours`, which has no record -> its record is in goals/evening-hours.toml.bak, which the program does not read: move it to goals/evening-hours.toml\ngoals/evening-hours.toml.bak:1 [unknown-folder] `goals/evening-hours.toml.bak` is not read, but has fields of a goal -> rename it to goals/evening-hours.toml, or move it out of the ledger",
    },
    Mistake {
        name: "renamed away",
        without: &["advocates/ana-lopez.toml"],
        files: &[("advocates/ana-lopez.txt", b"name = \"Ana Lopez\"\nmember = \"alder-friends\"\n")],
        expected: "advocates/ana-lopez.txt:1 [unknown-folder] `advocates/ana-lopez.txt` is not read, but has fields of a person -> rename it to ana-lopez.toml, or move it out of the ledger\nmembers/alder-friends.toml:4 [unresolved-reference] `representative` refers to the person `ana-lopez`, which has no record -> its record is in advocates/ana-lopez.txt, which the program does not read: move it to advocates/ana-lopez.toml",
    },
    Mistake {
        name: "True",
        without: &[],
        files: &[("advocates/june-abbott.toml", b"name = \"June Abbott\"\nmember = \"alder-friends\"\n[consent]\nrecorded = 2026-01-01\nlisted = True\n")],
        expected: "advocates/june-abbott.toml:5 [invalid-toml] `True` is not a value; yes is written `true` -> write listed = true",
    },
    Mistake {
        name: "yes",
        without: &[],
        files: &[("advocates/june-abbott.toml", b"name = \"June Abbott\"\nmember = \"alder-friends\"\n[consent]\nrecorded = 2026-01-01\nlisted = yes\n")],
        expected: "advocates/june-abbott.toml:5 [invalid-toml] `yes` is not a value; yes is written `true` -> write listed = true",
    },
    Mistake {
        name: "\"yes\"",
        without: &[],
        files: &[("advocates/june-abbott.toml", b"name = \"June Abbott\"\nmember = \"alder-friends\"\n[consent]\nrecorded = 2026-01-01\nlisted = \"yes\"\n")],
        expected: "advocates/june-abbott.toml:5 [wrong-type] `listed` must be true or false, not text in quotes -> write listed = true",
    },
    Mistake {
        name: "None",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = None\n")],
        expected: "members/rotary.toml:4 [invalid-toml] `None` is not a value -> delete the line: leave out `representative` until you know it",
    },
    Mistake {
        name: "null",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = null\n")],
        expected: "members/rotary.toml:4 [invalid-toml] `null` is not a value -> delete the line: leave out `representative` until you know it",
    },
    Mistake {
        name: "typo field",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoind = 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [unknown-field] a member has no field `joind` -> did you mean `joined`?",
    },
    Mistake {
        name: "typo id",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopes\"\n")],
        expected: "members/rotary.toml:4 [unresolved-reference] `representative` refers to the person `ana-lopes`, which has no record -> did you mean \"ana-lopez\" (Ana Lopez)?",
    },
    Mistake {
        name: "name for id",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"Ana Lopez\"\n")],
        expected: "members/rotary.toml:4 [unresolved-reference] `representative` refers to the person `Ana Lopez`, which has no record -> write the id, not the name: \"ana-lopez\"",
    },
    Mistake {
        name: "unquoted id",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = ana-lopez\n")],
        expected: "members/rotary.toml:4 [invalid-toml] the text `ana-lopez` is not in quotes -> put it in straight quotes: representative = \"ana-lopez\"",
    },
    Mistake {
        name: "unquoted name",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = Ana Lopez\n")],
        expected: "members/rotary.toml:4 [invalid-toml] the text `Ana Lopez` is not in quotes -> put it in straight quotes: representative = \"ana-lopez\" (the id is the name of the record's file without .toml)",
    },
    Mistake {
        name: "label",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"Civic group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:2 [invalid-value] `classification` cannot be \"Civic group\" -> write \"civic-group\"",
    },
    Mistake {
        name: "choice wrong",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"club\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:2 [invalid-value] `classification` cannot be \"club\" -> did you mean \"civic-group\"? It can be friends-group, library, library-system, trustee-board, school, university, nonprofit, foundation, business, labor-union, faith-group, civic-group, media, government, individual, other",
    },
    Mistake {
        name: "curly",
        without: &[],
        files: &[("members/rotary.toml", b"name = \xe2\x80\x9cRotary Club\xe2\x80\x9d\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:1 [invalid-toml] the text is in curly quotes -> use straight quotes: name = \"Rotary Club\"",
    },
    Mistake {
        name: "curly one",
        without: &[],
        files: &[("members/rotary.toml", b"name = \xe2\x80\x9cRotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:1 [invalid-toml] the text is in curly quotes -> use straight quotes: name = \"Rotary Club\"",
    },
    Mistake {
        name: "curly list",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\ninterests = [\xe2\x80\x9creading\xe2\x80\x9d, \xe2\x80\x9cevening-hours\xe2\x80\x9d]\n")],
        expected: "members/rotary.toml:5 [invalid-toml] `interests` is a list: its entries must be in square brackets, each in straight quotes -> write interests = [\"reading\", \"evening-hours\"]",
    },
    Mistake {
        name: "missing close quote",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:1 [invalid-toml] the text that opens here has no closing `\"` on this line -> put a `\"` after the text; put multi-line text between \"\"\"",
    },
    Mistake {
        name: "missing open quote",
        without: &[],
        files: &[("members/rotary.toml", b"name = Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:1 [invalid-toml] this text has a quote only at its end -> put a quote before the text too",
    },
    Mistake {
        name: "colon",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined: 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [invalid-toml] the name and the value are joined by `:` -> write `=` between the name of a field and its value",
    },
    Mistake {
        name: "no equals",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [invalid-toml] the `=` between the name and the value is missing -> write `=` between the name of a field and its value",
    },
    Mistake {
        name: "two heading",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n\n[[contacts]\ndate = 2026-03-01\n")],
        expected: "members/rotary.toml:6 [invalid-toml] this heading has no closing bracket -> write [[contacts]]",
    },
    Mistake {
        name: "heading single",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n\n[contacts]\ndate = 2026-03-01\n")],
        expected: "members/rotary.toml:6 [wrong-type] `contacts` must be a list -> double the brackets of the heading: [[contacts]]",
    },
    Mistake {
        name: "url",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\nurl = \"rotary.org\"\n")],
        expected: "members/rotary.toml:5 [invalid-value] `rotary.org` is not a web address -> write \"https://rotary.org\"",
    },
    Mistake {
        name: "url no quotes",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\nurl = https://rotary.org\n")],
        expected: "members/rotary.toml:5 [invalid-toml] the text `https://rotary.org` is not in quotes -> put it in straight quotes: url = \"https://rotary.org\"",
    },
    Mistake {
        name: "url www",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\nurl = www.rotary.org\n")],
        expected: "members/rotary.toml:5 [invalid-toml] the text `www.rotary.org` is not in quotes -> put it in straight quotes: url = \"https://www.rotary.org\"",
    },
    Mistake {
        name: "multi-line",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\nnotes = \"First line\nSecond line\"\n")],
        expected: "members/rotary.toml:5 [invalid-toml] this text runs over several lines, but has only one quote before and after it -> put three quotes before and after multi-line text: \"\"\"",
    },
    Mistake {
        name: "bullet",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n- interests: reading\n")],
        expected: "members/rotary.toml:5 [invalid-toml] a field does not start with a bullet -> write interests = [\"reading\"]",
    },
    Mistake {
        name: "comment //",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n// a note\nnotes = \"x\"\n")],
        expected: "members/rotary.toml:5 [invalid-toml] a comment starts with `#`, not with `//` -> write `#` in place of `//`",
    },
    Mistake {
        name: "comment after",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\" // rep\n")],
        expected: "members/rotary.toml:4 [invalid-toml] a comment starts with `#`, not with `//` -> write `#` in place of `//`",
    },
    Mistake {
        name: "field after heading",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\nrepresentative = \"ana-lopez\"\n\n[process]\nlead_days = 3\njoined = 2026-03-03\n")],
        expected: "members/rotary.toml:7 [unknown-field] a member's process has no field `joined`: it is under a heading -> move the line above the first heading; fields after a [heading] belong to it until the next heading",
    },
    Mistake {
        name: "Name capital",
        without: &[],
        files: &[("members/rotary.toml", b"Name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:1 [unknown-field] a member has no field `Name` -> write `name`: names of fields are in lowercase letters, with `_` between words",
    },
    Mistake {
        name: "Joined capital",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\nJoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [unknown-field] a member has no field `Joined` -> write `joined`: names of fields are in lowercase letters, with `_` between words",
    },
    Mistake {
        name: "date feb 30",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-02-30\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [invalid-value] `2026-02-30` is not a date that exists: the day must be between 01 and 28 -> write year, month and day like 2025-03-01, without quotes",
    },
    Mistake {
        name: "tabs smart",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined \xe2\x80\x93  2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [invalid-toml] the `=` between the name and the value is missing -> write joined = 2026-03-03",
    },
    Mistake {
        name: "phone unquoted",
        without: &[],
        files: &[("advocates/june-abbott.toml", b"name = \"June Abbott\"\nmember = \"alder-friends\"\n[[contact_details]]\ntype = \"phone\"\nvalue = +1 614-555-0142\n")],
        expected: "advocates/june-abbott.toml:5 [invalid-toml] the text `+1 614-555-0142` is not in quotes -> put it in straight quotes: value = \"+1 614-555-0142\"",
    },
    Mistake {
        name: "email unquoted",
        without: &[],
        files: &[("advocates/june-abbott.toml", b"name = \"June Abbott\"\nmember = \"alder-friends\"\n[[contact_details]]\ntype = \"email\"\nvalue = june@example.org\n")],
        expected: "advocates/june-abbott.toml:5 [invalid-toml] the text `june@example.org` is not in quotes -> put it in straight quotes: value = \"june@example.org\"",
    },
    Mistake {
        name: "blank value",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \n")],
        expected: "members/rotary.toml:4 [invalid-toml] `representative` has no value -> write a value after the `=`, or remove the line",
    },
    Mistake {
        name: "empty string",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"\"\n")],
        expected: "members/rotary.toml:4 [invalid-value] `representative` is empty -> write a value, or remove the line",
    },
    Mistake {
        name: "duplicate field",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\njoined = 2026-03-04\n")],
        expected: "members/rotary.toml:5 [invalid-toml] `joined` appears twice -> keep one of the two lines, and delete the other",
    },
    Mistake {
        name: "merge",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n<<<<<<< HEAD\nnotes = \"a\"\n=======\nnotes = \"b\"\n>>>>>>> x\n")],
        expected: "members/rotary.toml:5 [conflict-marker] a merge was left unfinished: “HEAD” and “x” both change `notes` here -> run `coalition resolve`, which merges what fits together; for the rest, keep the correct lines, and delete the lines that start with <<<<<<<, ||||||| (with what follows it), ======= and >>>>>>>",
    },
    Mistake {
        name: "hours 2 hours",
        without: &[],
        files: &[("contributions/gift.toml", b"name = \"Gift\"\nkind = \"funding\"\ndate = 2026-06-01\nmember = \"alder-friends\"\nhours = 2 hours\n")],
        expected: "contributions/gift.toml:5 [invalid-toml] `hours` must be a number; `2 hours` is not one -> write the number alone: hours = 2",
    },
    Mistake {
        name: "hours 90 minutes",
        without: &[],
        files: &[("contributions/gift.toml", b"name = \"Gift\"\nkind = \"funding\"\ndate = 2026-06-01\nmember = \"alder-friends\"\nhours = \"90 minutes\"\n")],
        expected: "contributions/gift.toml:5 [wrong-type] `hours` must be a number, not text in quotes -> write the number alone, without quotes: hours = 1.5",
    },
    Mistake {
        name: "one word list",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\nareas = North\n")],
        expected: "members/rotary.toml:5 [invalid-toml] `areas` is a list: its entries must be in square brackets, each in straight quotes -> write areas = [\"North\"]",
    },
    Mistake {
        name: "comma in a name",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\nareas = \"Alder, Ohio\"\n")],
        expected: "members/rotary.toml:5 [wrong-type] `areas` must be a list -> put each entry in its own quotes, in brackets: areas = [\"Alder\", \"Ohio\"], or areas = [\"Alder, Ohio\"] if it is one",
    },
    Mistake {
        name: "list for one value",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = [\"ana-lopez\"]\n")],
        expected: "members/rotary.toml:4 [wrong-type] `representative` must be text with an id, not a list -> this field holds one value, without brackets: representative = \"ana-lopez\"",
    },
    Mistake {
        name: "number for text",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\nother_names = [1906]\n")],
        expected: "members/rotary.toml:5 [wrong-type] `other_names` must be text, not a number -> put it in quotes: \"1906\"",
    },
    Mistake {
        name: "website",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\nwebsite = \"https://rotary.org\"\n")],
        expected: "members/rotary.toml:5 [unknown-field] a member has no field `website` -> this field is called `url` here",
    },
    Mistake {
        name: "member since",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\nmember_since = 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [unknown-field] a member has no field `member_since` -> this field is called `joined` here",
    },
    Mistake {
        name: "type",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\ntype = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:2 [unknown-field] a member has no field `type` -> this field is called `classification` here",
    },
    Mistake {
        name: "heading without a closing bracket",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n\n[process\nlead_days = 3\n")],
        expected: "members/rotary.toml:6 [invalid-toml] this heading has no closing bracket -> write [process]",
    },
    Mistake {
        name: "misspelled heading",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n\n[[contact]]\ndate = 2026-03-01\n")],
        expected: "members/rotary.toml:6 [unknown-field] a member has no field `contact` -> did you mean `contacts`?",
    },
    Mistake {
        name: "one heading over all",
        without: &[],
        files: &[("advocates/june.toml", b"[person]\nname = \"June Abbott\"\nmember = \"alder-friends\"\n")],
        expected: "advocates/june.toml:1 [unknown-field] the fields of the record are under a heading -> delete the heading: the fields of a record go above all headings",
    },
    Mistake {
        name: "code fence",
        without: &[],
        files: &[("members/rotary.toml", b"```toml\nname = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n```\n")],
        expected: "members/rotary.toml:1 [invalid-toml] this file starts with a ``` mark, as an example on a web page does -> delete the lines with ```, and keep what is between them",
    },
    Mistake {
        name: "arrow",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined => 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [invalid-toml] there is an extra sign after the `=` -> write a single `=` between name and value: joined = 2026-03-03",
    },
    Mistake {
        name: "name is",
        without: &[],
        files: &[("members/rotary.toml", b"name is Rotary Club\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:1 [invalid-toml] the `=` between the name and the value is missing -> write name = \"Rotary Club\"",
    },
    Mistake {
        name: "yaml line in a record",
        without: &[],
        files: &[("members/rotary.toml", b"name: Rotary Club\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:1 [invalid-toml] the name and the value are joined by `:` -> write name = \"Rotary Club\"",
    },
    Mistake {
        name: "two fields on a line",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03 representative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [invalid-toml] two fields are on one line -> write each on its own line: representative = \"ana-lopez\" on the next line",
    },
    Mistake {
        name: "two fields with a comma",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\", joined = 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:2 [invalid-toml] two fields are on one line -> write each on its own line: joined = 2026-03-03 on the next line",
    },
    Mistake {
        name: "id in the file",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\nid = \"rotary\"\n")],
        expected: "members/rotary.toml:5 [unknown-field] a member has no field `id` -> delete the line: the id of a record is the name of its file, without .toml",
    },
    Mistake {
        name: "path for id",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"advocates/ana-lopez.toml\"\n")],
        expected: "members/rotary.toml:4 [unresolved-reference] `representative` refers to the person `advocates/ana-lopez.toml`, which has no record -> write the id alone: \"ana-lopez\"",
    },
    Mistake {
        name: "id with a capital and a space",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"Ana_Lopez\"\n")],
        expected: "members/rotary.toml:4 [unresolved-reference] `representative` refers to the person `Ana_Lopez`, which has no record -> write the id alone: \"ana-lopez\"",
    },
    Mistake {
        name: "person for an organization",
        without: &[],
        files: &[("goals/open.toml", b"name = \"Open\"\nlead = \"ana-lopez\"\n")],
        expected: "goals/open.toml:2 [unresolved-reference] `lead` refers to the member `ana-lopez`, which has no record -> \"ana-lopez\" is a person, and this field names a member: write the id of one, such as \"alder-friends\", to which that person belongs",
    },
    Mistake {
        name: "colon and equals",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined := 2026-03-03\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [invalid-toml] the name and the value are joined by `:` -> write joined = 2026-03-03",
    },
    Mistake {
        name: "days with a point",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\nrepresentative = \"ana-lopez\"\n\n[process]\nlead_days = 21.0\n")],
        expected: "members/rotary.toml:7 [wrong-type] `lead_days` must be a whole number, not a decimal number -> write the number alone, without quotes: lead_days = 21",
    },
    Mistake {
        name: "record two headings deep",
        without: &[],
        files: &[("members/rotary.toml", b"[members.rotary]\nname = \"Rotary Club\"\nclassification = \"civic-group\"\n")],
        expected: "members/rotary.toml:1 [unknown-field] the fields of the record are under a heading -> delete the heading: the fields of a record go above all headings",
    },
    Mistake {
        name: "date with a time",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03T10:00:00\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [wrong-type] `joined` must be a date, not a date with a time -> keep only the day: joined = 2026-03-03",
    },
    Mistake {
        name: "date with dashes",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026\xe2\x80\x9303\xe2\x80\x9303\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [invalid-toml] `joined` must be a date; `2026–03–03` is not one -> write year, month and day, without quotes: joined = 2026-03-03",
    },
    Mistake {
        name: "day first",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = \"25.03.2026\"\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [wrong-type] `joined` must be a date, not text in quotes -> write year, month and day, without quotes: joined = 2026-03-25",
    },
    Mistake {
        name: "comma for a point",
        without: &[],
        files: &[("contributions/gift.toml", b"name = \"Gift\"\nkind = \"funding\"\ndate = 2026-06-01\nmember = \"alder-friends\"\namount = \"250,50\"\n")],
        expected: "contributions/gift.toml:5 [invalid-value] `250,50` is not an amount of money -> write digits and a decimal point: amount = \"250.50\", or amount = \"25050\"",
    },
    Mistake {
        name: "date with a comment",
        without: &[],
        files: &[("members/rotary.toml", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03 (at the meeting)\nrepresentative = \"ana-lopez\"\n")],
        expected: "members/rotary.toml:3 [invalid-toml] there is extra text after the date -> keep only the day: 2026-03-03; a comment starts with `#`",
    },
    Mistake {
        name: "several fields on one line",
        without: &[],
        files: &[("advocates/ida-brandt.toml", b"name = \"Ida Brandt\" member = \"alder-friends\" role = \"volunteer\"\n")],
        expected: "advocates/ida-brandt.toml:1 [invalid-toml] several fields are on one line -> write each on its own line",
    },
    Mistake {
        name: "two slugs in one text",
        without: &[],
        files: &[("goals/evening-hours.toml", b"name = \"Evening hours\"\nlead = \"alder-friends\"\nserves = [\"evening-hours, book-sales\"]\n")],
        expected: "goals/evening-hours.toml:3 [invalid-value] `evening-hours, book-sales` is not a plain word of a-z, 0-9 and hyphens -> write each entry in its own quotes: \"evening-hours\", \"book-sales\"",
    },
    Mistake {
        name: "cut off in a text",
        without: &[],
        files: &[("advocates/ana-lopez.toml", b"name = \"Ana Lopez\"\nmember = \"alder-friends\"\n\n[[contact_details]]\ntype = \"phone\"\nvalue = \"+1 614-555-")],
        expected: "advocates/ana-lopez.toml:6 [invalid-toml] the file ends in the middle of this text -> if lines are missing below it, get them back: `git restore FILE` brings back the last committed version; otherwise put a `\"` after the text",
    },
    Mistake {
        name: "backticks",
        without: &[],
        files: &[("advocates/ana-lopez.toml", b"name = `Ana Lopez`\nmember = \"alder-friends\"\n")],
        expected: "advocates/ana-lopez.toml:1 [invalid-toml] the text is in backticks -> use straight quotes: name = \"Ana Lopez\"",
    },
    Mistake {
        name: "two ids for one",
        without: &["advocates/ana-lopez.toml"],
        files: &[("advocates/ana-lopez.toml", b"name = \"Ana Lopez\"\nmember = \"alder-friends\"\n"), ("members/alder-friends.toml", b"name = \"Friends of the Alder Library\"\nclassification = \"friends-group\"\njoined = 2025-01-15\nrepresentative = \"ana-lopez\" and \"tom-okafor\"\n")],
        expected: "members/alder-friends.toml:4 [invalid-toml] `representative` holds one person, and this line names 2 -> keep one: representative = \"ana-lopez\"; the second goes in `backup_representative`",
    },
    Mistake {
        name: "a diff",
        without: &[],
        files: &[("advocates/ana-lopez.toml", b"name = \"Ana Lopez\"\nmember = \"alder-friends\"\n+role = \"staff\"\n")],
        expected: "advocates/ana-lopez.toml:3 [invalid-toml] this line begins with `+`, as in a comparison of two versions (diff) -> delete the `+` at the start of each line",
    },
    Mistake {
        name: "a quoted mail",
        without: &[],
        files: &[("advocates/ana-lopez.toml", b"name = \"Ana Lopez\"\nmember = \"alder-friends\"\n> [[contact_details]]\n> type = \"email\"\n")],
        expected: "advocates/ana-lopez.toml:3 [invalid-toml] this line begins with `>`, as in a quoted email -> delete the `>` at the start of each line\nadvocates/ana-lopez.toml:3 [missing-field] a contact detail needs `value` -> add a line: value = \"friends@example.org\"\nadvocates/ana-lopez.toml:4 [invalid-toml] this line begins with `>`, as in a quoted email -> delete the `>` at the start of each line",
    },
    Mistake {
        name: "the header of a mail",
        without: &[],
        files: &[("advocates/ana-lopez.toml", b"Subject: my entry\nname = \"Ana Lopez\"\nmember = \"alder-friends\"\n")],
        expected: "advocates/ana-lopez.toml:1 [invalid-toml] this line is from the header of an email -> delete the lines of the email, and keep those of the record",
    },
    Mistake {
        name: "a field of a table above it",
        without: &[],
        files: &[("members/alder-friends.toml", b"name = \"Friends of the Alder Library\"\nclassification = \"friends-group\"\njoined = 2025-01-15\nrepresentative = \"ana-lopez\"\nlead_days = 21\n")],
        expected: "members/alder-friends.toml:5 [unknown-field] a member has no field `lead_days` -> move the line below the heading [process]",
    },
    Mistake {
        name: "milestones of a meeting",
        without: &[],
        files: &[("meetings/december.toml", b"name = \"December\"\ndate = 2026-12-01\n\n[[milestones]]\nname = \"Order flyers\"\n")],
        expected: "meetings/december.toml:4 [unknown-field] a meeting has no field `milestones` -> a meeting has `actions`: write [[actions]], with what = \"Ask the sheriff about parking\", owner = \"tom-okafor\", due = 2026-03-31",
    },
    Mistake {
        name: "hours with a fraction",
        without: &[],
        files: &[("contributions/gift.toml", b"name = \"Gift\"\nkind = \"volunteers\"\ndate = 2026-06-01\nmember = \"alder-friends\"\nhours = 6 1/2 hrs\n")],
        expected: "contributions/gift.toml:5 [invalid-toml] `hours` must be a number; `6 1/2 hrs` is not one -> write the number alone: hours = 6.5",
    },
    Mistake {
        name: "a heading with spaces",
        without: &[],
        files: &[("advocates/ana-lopez.toml", b"name = \"Ana Lopez\"\nmember = \"alder-friends\"\n\n[[Contact Details]]\ntype = \"phone\"\nvalue = \"+1 614-555-0142\"\n")],
        expected: "advocates/ana-lopez.toml:4 [invalid-toml] the name of a heading cannot have spaces: `Contact Details` -> write [[contact_details]]",
    },
    Mistake {
        name: "a second entry in single brackets",
        without: &[],
        files: &[("advocates/ana-lopez.toml", b"name = \"Ana Lopez\"\nmember = \"alder-friends\"\n\n[[contacts]]\ndate = 2026-10-01\nby = \"ana-lopez\"\n\n[contacts]\ndate = 2026-11-01\nby = \"ana-lopez\"\n")],
        expected: "advocates/ana-lopez.toml:8 [invalid-toml] each entry of `contacts` goes under a heading with double brackets -> write [[contacts]]",
    },
    Mistake {
        name: "a link of Markdown",
        without: &[],
        files: &[("advocates/ana-lopez.toml", b"name = \"Ana Lopez\"\nmember = \"alder-friends\"\n\n[[contact_details]]\ntype = \"email\"\nvalue = [ana@example.org](mailto:ana@example.org)\n")],
        expected: "advocates/ana-lopez.toml:6 [invalid-toml] this is a link in Markdown format -> write the address alone: value = \"ana@example.org\"",
    },
    Mistake {
        name: "two addresses in one",
        without: &[],
        files: &[("advocates/ana-lopez.toml", b"name = \"Ana Lopez\"\nmember = \"alder-friends\"\n\n[[contact_details]]\ntype = \"email\"\nvalue = \"ana@example.org; lopez@example.org\"\n")],
        expected: "advocates/ana-lopez.toml:6 [invalid-value] `ana@example.org; lopez@example.org` is not an email address -> write one address here, value = \"ana@example.org\", and each other one under its own [[contact_details]] heading",
    },
    Mistake {
        name: "an address as a phone",
        without: &[],
        files: &[("advocates/ana-lopez.toml", b"name = \"Ana Lopez\"\nmember = \"alder-friends\"\n\n[[contact_details]]\ntype = \"phone\"\nvalue = \"ana@example.org\"\n")],
        expected: "advocates/ana-lopez.toml:6 [invalid-value] `ana@example.org` is an email address, not a phone number -> write type = \"email\" above it",
    },
    Mistake {
        name: "TBD as an id",
        without: &[],
        files: &[("meetings/december.toml", b"name = \"December\"\ndate = 2026-12-01\nchair = \"TBD\"\n")],
        expected: "meetings/december.toml:3 [unresolved-reference] `chair` refers to the person `TBD`, which has no record -> write the id of one person; until there is one to name, leave the field out",
    },
    Mistake {
        name: "everyone as an id",
        without: &[],
        files: &[("meetings/december.toml", b"name = \"December\"\ndate = 2026-12-01\nchair = \"everyone\"\n")],
        expected: "meetings/december.toml:3 [unresolved-reference] `chair` refers to the person `everyone`, which has no record -> write the id of one person; until there is one to name, leave the field out",
    },
    Mistake {
        name: "a first name as an id",
        without: &[],
        files: &[("meetings/december.toml", b"name = \"December\"\ndate = 2026-12-01\nchair = \"Ana\"\n")],
        expected: "meetings/december.toml:3 [unresolved-reference] `chair` refers to the person `Ana`, which has no record -> did you mean \"ana-lopez\" (Ana Lopez)?",
    },
    Mistake {
        name: "ongoing",
        without: &[],
        files: &[("committees/steering.toml", b"name = \"Steering\"\nstart_date = 2026-01-01\nend_date = ongoing\n")],
        expected: "committees/steering.toml:3 [invalid-toml] `end_date` must be a date; `ongoing` is not one -> write year, month and day, without quotes, like end_date = 2026-03-01; if there is no date yet, delete the line",
    },
    Mistake {
        name: "\"ongoing\"",
        without: &[],
        files: &[("committees/steering.toml", b"name = \"Steering\"\nstart_date = 2026-01-01\nend_date = \"ongoing\"\n")],
        expected: "committees/steering.toml:3 [wrong-type] `end_date` must be a date, not text in quotes -> for example: end_date = 2026-12-31; if there is no date yet, delete the line",
    },
    Mistake {
        name: "a range of times",
        without: &[],
        files: &[("meetings/december.toml", "name = \"December\"\ndate = 2026-12-01\nstart_time = 6:30–8:00 pm\n".as_bytes())],
        expected: "meetings/december.toml:3 [invalid-toml] `start_time` holds one time of day, and this is a range -> write two lines: start_time = 18:30:00 and end_time = 20:00:00",
    },
    Mistake {
        name: "a range of days",
        without: &[],
        files: &[("committees/steering.toml", b"name = \"Steering\"\nstart_date = 2025-01-01 to 2026-12-31\n")],
        expected: "committees/steering.toml:2 [invalid-toml] `start_date` holds one date, and this is a range -> write two lines: start_date = 2025-01-01 and end_date = 2026-12-31",
    },
    Mistake {
        name: "a list with bullets",
        without: &[],
        files: &[("advocates/ana-lopez.toml", b"name = \"Ana Lopez\"\nmember = \"alder-friends\"\nlanguages =\n- English\n- Spanish\n")],
        expected: "advocates/ana-lopez.toml:3 [invalid-toml] the list `languages` is written with a bullet for each entry -> write the entries in square brackets: languages = [\"English\", \"Spanish\"]",
    },
    Mistake {
        name: "a row with tabs",
        without: &[],
        files: &[("advocates/ana-lopez.toml", b"name = \"Ana Lopez\"\nmember = \"alder-friends\"\nIda Brandt\tvolunteer\t614-555-0142\n")],
        expected: "advocates/ana-lopez.toml:3 [invalid-toml] this line is a row of a table, not a field -> write each of its values as a field on its own line, such as name = \"…\"; `coalition import KIND FILE` reads a whole table",
    },
    Mistake {
        name: "agenda as text",
        without: &[],
        files: &[("meetings/december.toml", b"name = \"December\"\ndate = 2026-12-01\nagenda = [\"Sunday hours\"]\n")],
        expected: "meetings/december.toml:3 [wrong-type] `agenda` must be a table of fields -> write its fields under a heading: [[agenda]], with each field on its own line, such as item = \"Evening hours\", lead = \"tom-okafor\", minutes = 20",
    },
    Mistake {
        name: "no one has to sign",
        without: &[],
        files: &[("agreements/charter.toml", b"name = \"Charter\"\ntext = \"We meet.\"\nrequired_of = \"no one\"\n")],
        expected: "agreements/charter.toml:1 [unsigned-agreement] Friends of the Alder Library has not signed “Charter” (due 2025-02-14) -> sign with `coalition sign charter --member alder-friends`, or add to signatures/charter/alder-friends.toml: [[signatures]] with by = \"ana-lopez\", date, version = 1, terms = \"sha256:c63aceb0a0cc4abfe750d49ecd4cce8c4043edcd308ed0790c4831b4edc51e08\"\nagreements/charter.toml:3 [invalid-value] `required_of` cannot be \"no one\" -> write required_of = \"nobody\"",
    },
    Mistake {
        name: "zero bytes",
        without: &[],
        files: &[("goals/evening-hours.toml", b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")],
        expected: "goals/evening-hours.toml:1 [invalid-toml] this file has only zero bytes, and no text -> it was damaged when it was saved; `git restore goals/evening-hours.toml` brings back the last committed version",
    },
];

/// A mistake and the facts that its one finding states: where it is, and words that its message and help have.
struct Fact {
    name: &'static str,
    /// A file with the mistake.
    file: (&'static str, &'static [u8]),
    /// `LINE [CHECK]`.
    place: &'static str,
    says: &'static [&'static str],
}

const FACTS: &[Fact] = &[
    Fact {
        name: "a text that is closed below a heading",
        file: ("members/alder-friends.toml", b"name = \"Friends\"\nclassification = \"friends-group\"\njoined = 2025-01-15\nnotes = \"\"\"\nGood people.\n\n[[contacts]]\ndate = 2026-11-01\n\"\"\"\n"),
        place: "7 [invalid-toml]",
        says: &["inside the text that opens on line 4", "delete the \"\"\" on line 9"],
    },
    Fact {
        name: "a text that is never closed",
        file: ("members/alder-friends.toml", b"name = \"Friends\"\nclassification = \"friends-group\"\njoined = 2025-01-15\nnotes = \"\"\"\nGood people.\n\n[[contacts]]\ndate = 2026-11-01\n"),
        place: "7 [invalid-toml]",
        says: &["inside the text that opens on line 4", "on a line of its own above this one"],
    },
    Fact {
        name: "a text that takes in fields",
        file: ("members/alder-friends.toml", b"name = \"Friends\"\nclassification = \"friends-group\"\nnotes = \"\"\"\nGood people.\njoined = 2025-01-15\n\"\"\"\n"),
        place: "5 [invalid-toml]",
        says: &["not read as part of the record", "put a space before it"],
    },
    Fact {
        name: "lines that end as on an old Mac",
        file: ("goals/evening-hours.toml", b"name = \"Evening hours\"\rlead = \"alder-friends\"\r"),
        place: "1 [invalid-toml]",
        says: &["old Mac", "coalition check --fix"],
    },
    Fact {
        name: "UTF-16 without a mark",
        file: ("goals/evening-hours.toml", b"n\0a\0m\0e\0 \0=\0 \0\"\0E\0\"\0\n\0"),
        place: "1 [unreadable-file]",
        says: &["UTF-16", "choose UTF-8"],
    },
    Fact {
        name: "a wide sign",
        file: ("goals/evening-hours.toml", "name \u{ff1d} \"Evening hours\"\n".as_bytes()),
        place: "1 [invalid-toml]",
        says: &["only looks like `=`", "name = \"Evening hours\""],
    },
    Fact {
        name: "a Cyrillic letter in a field",
        file: ("goals/evening-hours.toml", "name = \"Evening hours\"\nl\u{435}ad = \"alder-friends\"\n".as_bytes()),
        place: "2 [invalid-toml]",
        says: &["a Cyrillic letter that only looks like `e`", "lead = \"alder-friends\""],
    },
    Fact {
        name: "wide brackets",
        file: ("goals/evening-hours.toml", "name = \"Evening hours\"\n\u{ff3b}measure\u{ff3d}\nunit = \"hours\"\n".as_bytes()),
        place: "2 [invalid-toml]",
        says: &["only looks like `[`", "[measure]"],
    },
    Fact {
        name: "quotes of a web page",
        file: ("goals/evening-hours.toml", b"name = &quot;Evening hours&quot;\n"),
        place: "1 [invalid-toml]",
        says: &["how a web page writes a quote", "name = \"Evening hours\""],
    },
    Fact {
        name: "two single quotes",
        file: ("goals/evening-hours.toml", b"name = ''Evening hours''\n"),
        place: "1 [invalid-toml]",
        says: &["two single quotes", "name = \"Evening hours\""],
    },
    Fact {
        name: "a phone like a date",
        file: ("advocates/ana-lopez.toml", b"name = \"Ana Lopez\"\nmember = \"alder-friends\"\nphone = 614-555-0134\n"),
        place: "3 [invalid-toml]",
        says: &["a type of contact details", "[[contact_details]]", "type = \"phone\" and value = \"614-555-0134\""],
    },
    Fact {
        name: "an email without quotes",
        file: ("advocates/ana-lopez.toml", b"name = \"Ana Lopez\"\nmember = \"alder-friends\"\nemail = ana@example.org\n"),
        place: "3 [invalid-toml]",
        says: &["type = \"email\" and value = \"ana@example.org\""],
    },
    Fact {
        name: "a phone under its heading",
        file: ("advocates/ana-lopez.toml", b"name = \"Ana Lopez\"\nmember = \"alder-friends\"\n[[contact_details]]\nphone = \"555-0134\"\n"),
        place: "4 [unknown-field]",
        says: &["write type = \"phone\" and value = \"555-0134\""],
    },
    Fact {
        name: "one table for a list",
        file: ("advocates/ana-lopez.toml", b"name = \"Ana Lopez\"\nmember = \"alder-friends\"\ncontact_details = { type = \"email\", value = \"a@example.org\" }\n"),
        place: "3 [wrong-type]",
        says: &["contact_details = [{ type"],
    },
    Fact {
        name: "a list without the table it is in",
        file: ("goals/evening-hours.toml", b"name = \"Evening hours\"\n\n[[reading]]\ndate = 2026-11-01\nvalue = 2\n"),
        place: "3 [unknown-field]",
        says: &["[[measure.readings]]"],
    },
    Fact {
        name: "votes are no notes",
        file: ("decisions/sunday.toml", b"name = \"Sunday\"\ntext = \"We ask.\"\n\n[[votes]]\nmember = \"alder-friends\"\noption = \"agree\"\n"),
        place: "4 [unknown-field]",
        says: &["`positions`"],
    },
    Fact {
        name: "a heading with a colon",
        file: ("members/alder-friends.toml", b"name = \"Friends\"\nclassification = \"friends-group\"\njoined = 2025-01-15\n\nContacts:\ndate = 2026-11-01\n"),
        place: "5 [invalid-toml]",
        says: &["a heading is in square brackets", "[[contacts]]"],
    },
    Fact {
        name: "numbers of lines",
        file: ("goals/evening-hours.toml", b"1 name = \"Evening hours\"\n"),
        place: "1 [invalid-toml]",
        says: &["begins with a number", "delete the number"],
    },
    Fact {
        name: "a name in bold",
        file: ("goals/evening-hours.toml", b"**name** = \"Evening hours\"\n"),
        place: "1 [invalid-toml]",
        says: &["no Markdown marks around it", "name = \"Evening hours\""],
    },
    Fact {
        name: "a value on the next line",
        file: ("goals/evening-hours.toml", b"name = \"Evening hours\"\nlead =\n\"alder-friends\"\n"),
        place: "2 [invalid-toml]",
        says: &["on the next line", "lead = \"alder-friends\""],
    },
    Fact {
        name: "a name on two lines",
        file: ("goals/evening-hours.toml", b"name = \"Evening\nhours\"\n"),
        place: "1 [invalid-toml]",
        says: &["broken into several lines", "\"Evening hours\""],
    },
    Fact {
        name: "minutes without quotes",
        file: ("meetings/june.toml", b"name = \"June\"\ndate = 2026-06-01\nminutes = We met.\nAll agreed.\n"),
        place: "3 [invalid-toml]",
        says: &["runs over several lines", "three quotes before and after"],
    },
    Fact {
        name: "a line of dashes",
        file: ("goals/evening-hours.toml", b"name = \"Evening hours\"\n---\n"),
        place: "2 [invalid-toml]",
        says: &["delete the line"],
    },
    Fact {
        name: "letters for digits in a date",
        file: ("goals/evening-hours.toml", b"name = \"Evening hours\"\nproposed = 2O26-01-10\n"),
        place: "2 [invalid-toml]",
        says: &["proposed = 2026-01-10", "digits in place of letters"],
    },
    Fact {
        name: "a day as a spreadsheet counts it",
        file: ("goals/evening-hours.toml", b"name = \"Evening hours\"\nproposed = 46032\n"),
        place: "2 [wrong-type]",
        says: &["proposed = 2026-01-10", "spreadsheet"],
    },
    Fact {
        name: "the wrong day of the week",
        file: ("meetings/november.toml", b"name = \"November\"\ndate = \"Monday, November 3, 2026\"\n"),
        place: "2 [wrong-type]",
        says: &["date = 2026-11-03", "that is a Tuesday"],
    },
    Fact {
        name: "about so many",
        file: ("campaigns/letters.toml", b"name = \"Letters\"\ngoal = \"evening-hours\"\nreach = ~1200\n"),
        place: "3 [invalid-toml]",
        says: &["reach = 1200"],
    },
    Fact {
        name: "a vote in other words",
        file: ("decisions/sunday.toml", b"name = \"Sunday\"\ntext = \"We ask.\"\n\n[[positions]]\nmember = \"alder-friends\"\noption = \"YES\"\n"),
        place: "6 [invalid-value]",
        says: &["did you mean \"agree\"?"],
    },
    Fact {
        name: "a chair outside of the seats",
        file: ("committees/steering.toml", b"name = \"Steering\"\npurpose = \"Plan.\"\nchair = \"ana-lopez\"\n"),
        place: "3 [unknown-field]",
        says: &["[[seats]]", "role = \"chair\""],
    },
    Fact {
        name: "a limit outside of the policy",
        file: ("coalition.toml", b"name = \"Alder County Library Coalition\"\nfounded = 2025-01-15\ncontact_days = 60\n"),
        place: "3 [unknown-field]",
        says: &["below the heading [policy]"],
    },
    Fact {
        name: "a copy of a file manager",
        file: ("goals/Copy of evening-hours.toml", b"name = \"Evening hours at last\"\n"),
        place: "1 [invalid-id]",
        says: &["a copy of goals/evening-hours.toml", "compare the two", "delete this file"],
    },
    Fact {
        name: "a copy whose name is an id",
        file: ("goals/evening-hours-copy.toml", b"name = \"Evening hours\"\n"),
        place: "1 [invalid-id]",
        says: &["a copy of goals/evening-hours.toml"],
    },
    Fact {
        name: "what a merge left",
        file: ("goals/evening-hours.toml.orig", b"name = \"Evening hours, once\"\n"),
        place: "1 [unknown-folder]",
        says: &["copy of goals/evening-hours.toml", "delete the copy"],
    },
    Fact {
        name: "a record in the page of a folder",
        file: ("members/README.md", b"# Members\n\nname = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\n"),
        place: "1 [unknown-folder]",
        says: &["has fields of a member", "rotary-club.toml"],
    },
    Fact {
        name: "a record in a page at the root",
        file: ("rotary.md", b"name = \"Rotary Club\"\nclassification = \"civic-group\"\njoined = 2026-03-03\n"),
        place: "1 [unknown-folder]",
        says: &["has fields of a member", "members/rotary.toml"],
    },
    Fact {
        name: "words about a member",
        file: ("members/rotary.txt", b"Rotary Club, joined in March\n"),
        place: "1 [unknown-folder]",
        says: &["is not read", "coalition new member"],
    },
    Fact {
        name: "words about a person with a record",
        file: ("advocates/ana-lopez.txt", b"Ana has moved\n"),
        place: "1 [unknown-folder]",
        says: &["is not read", "advocates/ana-lopez.toml"],
    },
    Fact {
        name: "a PDF about a member",
        file: ("members/rotary.pdf", b"%PDF-1.4\n"),
        place: "1 [unknown-folder]",
        says: &["a PDF", "coalition new member"],
    },
    Fact {
        name: "an amount with a point for thousands",
        file: ("contributions/gift.toml", b"name = \"Gift\"\nkind = \"funding\"\ndate = 2026-06-01\nmember = \"alder-friends\"\namount = \"1.200\"\n"),
        place: "5 [implausible-value]",
        says: &["amount = \"1200\" if the point separates thousands", "otherwise amount = \"1.20\""],
    },
    Fact {
        name: "a reading with a point for thousands",
        file: ("goals/evening-hours.toml", b"name = \"Evening hours\"\n\n[measure]\nunit = \"visits\"\n\n[[measure.readings]]\ndate = 2026-11-01\nvalue = 1.500\n"),
        place: "8 [implausible-value]",
        says: &["value = 1500", "otherwise value = 1.5"],
    },
    Fact {
        name: "a phone number that a spreadsheet shortened",
        file: ("advocates/ana-lopez.toml", b"name = \"Ana Lopez\"\nmember = \"alder-friends\"\n[[contact_details]]\ntype = \"phone\"\nvalue = \"6.14556E+09\"\n"),
        place: "5 [implausible-value]",
        says: &["its last digits are lost", "write the whole number again"],
    },
    Fact {
        name: "a ZIP code without its zero",
        file: ("advocates/ana-lopez.toml", b"name = \"Ana Lopez\"\nmember = \"alder-friends\"\n[[contact_details]]\ntype = \"address\"\nvalue = \"12 Elm St, Springfield, MA 1103\"\n"),
        place: "5 [implausible-value]",
        says: &["four digits", "write the 0 again"],
    },
    Fact {
        name: "the year 25",
        file: ("members/alder-friends.toml", b"name = \"Friends of the Alder Library\"\nclassification = \"friends-group\"\njoined = 0025-01-15\nrepresentative = \"ana-lopez\"\n"),
        place: "3 [implausible-value]",
        says: &["in the year 25", "correct the year"],
    },
    Fact {
        name: "another year than the file name",
        file: ("meetings/2026-12-01-december.toml", b"name = \"December\"\ndate = 2027-12-01\n"),
        place: "2 [implausible-value]",
        says: &["the name of the file says 2026-12-01", "coalition rename"],
    },
    Fact {
        name: "a record behind hash marks",
        file: ("goals/doors.toml", b"# name = \"Doors\"\n# lead = \"alder-friends\"\n"),
        place: "1 [missing-field]",
        says: &["has only comments", "delete the `#` at the start of each line"],
    },
    Fact {
        name: "an entry behind hash marks",
        file: ("goals/evening-hours.toml", b"name = \"Evening hours\"\n\n# [[milestones]]\n# name = \"Petition\"\n"),
        place: "3 [invalid-toml]",
        says: &["`milestones` begins here in a comment", "delete the `#`"],
    },
    Fact {
        name: "letters of another encoding",
        file: ("goals/evening-hours.toml", "name = \"Caf\u{c3}\u{a9} evenings\"\n".as_bytes()),
        place: "1 [implausible-value]",
        says: &["wrong encoding", "UTF-8"],
    },
];

/// What these files lead to beside the sound ledger: the findings of these severities, as `FILE:LINE [CHECK] MESSAGE -> HELP`.
fn said(without: &[&str], files: &[(&str, &[u8])], may: impl Fn(&Reported) -> bool) -> Vec<String> {
    let mut source = Memory::default();
    for (path, bytes) in SOUND.iter().filter(|(path, _)| !without.contains(path)).chain(files) {
        source.put(path, bytes);
    }
    let ledger = coalition::load(&source).unwrap();
    let verdict = judge(&Context::new(&ledger, "2026-11-22".parse().unwrap())).without_echoes();
    let line = |reported: &Reported| {
        let finding = &reported.finding;
        let (path, line) = (&finding.path, reported.start.line);
        format!("{path}:{line} [{}] {} -> {}", finding.check, finding.message, finding.help)
    };
    verdict.reported.iter().filter(|reported| may(reported)).map(line).collect()
}

/// The errors of a ledger with these files, as a line for each.
fn errors(mistake: &Mistake) -> String {
    said(mistake.without, mistake.files, |reported| reported.severity == Severity::Error).join("\n")
}

#[test]
fn every_mistake_states_its_fact_and_nothing_misleads() {
    // What a practice asks for is no answer to a slip.
    const OF_FORM: [&str; 5] =
        ["invalid-toml", "implausible-value", "unknown-folder", "unreadable-file", "likely-duplicate"];
    for fact in FACTS {
        let of_form = |reported: &Reported| {
            let check = reported.finding.check.as_str();
            reported.severity == Severity::Error || (reported.severity == Severity::Warning && OF_FORM.contains(&check))
        };
        let found = said(&[], &[fact.file], of_form);
        let [line] = found.as_slice() else { panic!("{}: {found:#?}", fact.name) };
        assert!(line.starts_with(&format!("{}:{}", fact.file.0, fact.place)), "{}: {line}", fact.name);
        for words in fact.says {
            assert!(line.contains(words), "{}: {words:?} is not in {line}", fact.name);
        }
    }
}

#[test]
fn every_mistake_is_answered_rightly_and_once() {
    let wrong: Vec<String> = MISTAKES
        .iter()
        .map(|mistake| (mistake, errors(mistake)))
        .filter(|(mistake, found)| found != mistake.expected)
        .map(|(mistake, found)| format!("@@{}\t{found:?}", mistake.name))
        .collect();
    assert!(wrong.is_empty(), "{} answers changed:\n{}", wrong.len(), wrong.join("\n"));
    assert!(MISTAKES.len() >= 75);
}
