//! The examples at the end of each command's help. A test runs them in `examples/riverton`.

use clap::Command;

/// Each command with its examples, without the program's name.
const EXAMPLES: &[(&str, &[&str])] = &[
    ("init", &["init save-our-library --name \"Save Our Library\" --ci none"]),
    ("guide", &["guide"]),
    (
        "new",
        &[
            "new organization \"PTA\" classification=school joined=today",
            "new person \"Ana Ruiz\" member=local-417 email=ana@417.example",
        ],
    ),
    ("import", &["import organizations members.csv --dry-run"]),
    ("log", &["log contact \"Henry Osei\" --by \"Noor Haidari\" --channel phone"]),
    ("log contact", &["log contact \"Henry Osei\" --by \"Noor Haidari\" --channel phone"]),
    ("log contribution", &["log contribution volunteers \"Phone bank\" --member local-417 --hours 12"]),
    ("log attendance", &["log attendance 2026-11-03-regular \"Henry Osei\" \"Noor Haidari\""]),
    ("log position", &["log position sunday-hours --member local-417 --option support"]),
    ("log reading", &["log reading sunday-hours 14 --date yesterday"]),
    ("log drill", &["log drill emergency"]),
    ("log agenda", &["log agenda 2026-12-01-regular \"Sunday opening\" --minutes 20"]),
    ("log action", &["log action november \"Order pens\" --owner henry-osei --due \"next friday\""]),
    ("log milestone", &["log milestone sunday-hours \"Petition with 500 names\" --due 2027-01-15"]),
    ("log thanks", &["log thanks navigator-grant-draft --where newsletter"]),
    ("log response", &["log response levee-road-crossing --member local-417 --answer yes"]),
    ("log ask", &["log ask \"Estelle Marchand\" \"Speak at the card drive\""]),
    ("log watch", &["log watch emergency \"Henry Osei\" --days sat,sun --from 8am --to 8pm"]),
    ("add", &["add emergency seats role=deputy advocate=\"Henry Osei\""]),
    ("done", &["done \"Order 300 card drive flyers\" --date yesterday"]),
    ("set", &["set \"Henry Osei\" phone=555-0144", "set sunday-hours due=2027-06-30"]),
    ("edit", &["edit henry-osei"]),
    ("rename", &["rename advocates/henry-osei henry-osei-jr"]),
    ("remove", &["remove contribution/navigator-grant-draft --dry-run"]),
    ("fmt", &["fmt --check"]),
    ("list", &["list people riverton", "list actions open owner:\"Henry Osei\" --sort due"]),
    ("show", &["show \"Henry Osei\""]),
    ("diff", &["diff", "diff friends-riverton"]),
    ("history", &["history friends-riverton"]),
    ("report", &["report", "report contacts", "report --output brief.html"]),
    ("stats", &["stats", "stats --over-time --format csv"]),
    ("check", &["check", "check --only overdue-action", "check --fix --dry-run"]),
    ("explain", &["explain late-minutes"]),
    ("verify", &["verify charter"]),
    ("terms", &["terms charter"]),
    ("sign", &["sign charter --member \"Ferry Street Merchants Association\""]),
    ("withdraw", &["withdraw charter --member local-417 --because \"Its members voted to leave\""]),
    ("amend", &["amend charter --summary \"Adds a quorum\" --text new-charter.md"]),
    ("statement", &["statement charter local-417"]),
    ("render", &["render", "render --format html --output site"]),
    ("templates", &["templates", "templates --eject goal.md"]),
    ("mail", &["mail signatures", "mail actions --to ../drafts"]),
    ("export", &["export --to data", "export --to all.db --format sqlite"]),
    ("recover", &["recover"]),
    ("resolve", &["resolve"]),
    ("git-setup", &["git-setup"]),
    ("schema", &["schema member"]),
    ("completions", &["completions bash"]),
    ("man", &["man manual"]),
];

/// The commands with their examples in their help.
pub(super) fn with_examples(mut command: Command) -> Command {
    for (path, examples) in EXAMPLES {
        let lines: String = examples.iter().map(|example| format!("\n  coalition {example}")).collect();
        let heading = if examples.len() == 1 { "Example:" } else { "Examples:" };
        let help = format!("{heading}{lines}");
        let names: Vec<&str> = path.split(' ').collect();
        command = at(command, &names, &|found| found.after_help(help.clone()));
    }
    command
}

/// The words of a command's first example.
pub(super) fn words_of(command: &str) -> Option<Vec<String>> {
    let (_, examples) = EXAMPLES.iter().find(|(path, _)| *path == command)?;
    // The words stand between spaces, or in quotes.
    let parts = examples.first()?.split('"').enumerate();
    Some(
        parts
            .flat_map(|(nth, part)| match nth % 2 {
                0 => part.split_whitespace().map(str::to_owned).collect(),
                _ => vec![part.to_owned()],
            })
            .collect(),
    )
}

/// Changes the command that these names lead to.
fn at(command: Command, names: &[&str], change: &dyn Fn(Command) -> Command) -> Command {
    match names.split_first() {
        None => change(command),
        Some((first, rest)) => command.mut_subcommand(first, |inner| at(inner, rest, change)),
    }
}
