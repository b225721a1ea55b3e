//! Writes a ledger of any size, always the same for the same numbers: to measure the program, and to try it on a coalition
//! that is larger than one's own.
//!
//! `cargo run --release --example generate -- --members 1000 DIR`

use anyhow::{Context, Result, bail};
use chrono::{Days, NaiveDate};
use clap::Parser;
use coalition::Disk;
use coalition::load;
use coalition::{digest, terms};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Write a ledger of any size
#[derive(Debug, Parser)]
struct Arguments {
    /// How many member organizations; about ten records are written for each
    #[arg(long, default_value_t = 100)]
    members: u32,
    /// How many decisions; without it, one for every two members
    #[arg(long)]
    decisions: Option<u32>,
    /// How many members state a position on each decision
    #[arg(long, default_value_t = 20)]
    positions: u32,
    /// The folder, which must not exist yet
    folder: PathBuf,
}

/// The day as of which the ledger is meant to be read.
const TODAY: &str = "2026-06-15";

const CLASSIFICATIONS: [&str; 6] = ["friends-group", "library", "trustee-board", "school", "labor-union", "nonprofit"];
const SECTORS: [&str; 5] = ["libraries", "education", "labor", "business", "neighborhoods"];
const ROLES: [&str; 4] = ["friend", "staff", "trustee", "volunteer"];
const INTERESTS: [&str; 7] = ["evening-hours", "early-reading", "jobs", "rooms", "archives", "homework", "funding"];
const GIFTS: [&str; 5] = ["volunteers", "meeting-space", "funding", "copying", "publicity"];

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    if arguments.folder.exists() {
        bail!("{} is there already; name a folder that does not exist yet", arguments.folder.display());
    }
    let writer = Writer { folder: &arguments.folder, today: TODAY.parse()? };
    let members = arguments.members;
    writer.write("coalition.toml", &root())?;
    for at in 0..members {
        writer.member(at)?;
        writer.advocates(at, members)?;
        writer.gifts(at)?;
        writer.others(at, members)?;
    }
    let decisions = arguments.decisions.unwrap_or(members / 2);
    for at in 0..decisions {
        writer.decision(at, members, arguments.positions.min(members))?;
    }
    writer.charter(members)
}

struct Writer<'a> {
    folder: &'a Path,
    today: NaiveDate,
}

/// A number that looks random and is not (Knuth's multiplicative hash).
fn spread(at: u32, salt: u32, below: u32) -> u32 {
    (at.wrapping_add(salt.wrapping_mul(97)).wrapping_mul(2_654_435_761) >> 7) % below.max(1)
}

fn of<'a>(words: &[&'a str], at: u32) -> &'a str {
    words.get(at as usize % words.len()).copied().unwrap_or_default()
}

fn root() -> String {
    "name = \"Generated Coalition\"\nfounded = 2020-01-15\nmessage = \"Open when people are free.\"\n\n\
     [policy]\nbudget_months = [4, 5, 6]\nrequired_sectors = [\"libraries\", \"labor\"]\n"
        .to_owned()
}

impl Writer<'_> {
    fn write(&self, path: &str, text: &str) -> Result<()> {
        let path = self.folder.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        }
        fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))
    }

    fn ago(&self, days: u32) -> NaiveDate {
        self.today.checked_sub_days(Days::new(days.into())).unwrap_or(self.today)
    }

    fn member(&self, at: u32) -> Result<()> {
        let (joined, lead_days) = (self.ago(200 + spread(at, 1, 1800)), 7 + spread(at, 2, 28));
        let text = format!(
            "name = \"Member {at} of the Coalition\"\nclassification = \"{}\"\nsector = \"{}\"\njoined = {joined}\n\
             representative = \"person-{at}-0\"\nbackup_representative = \"person-{at}-1\"\ninterests = [\"{}\", \"{}\"]\n\n\
             [process]\napprover = \"the board\"\nlead_days = {lead_days}\n\n[[contacts]]\ndate = {}\nchannel = \"phone\"\n",
            of(&CLASSIFICATIONS, at),
            of(&SECTORS, at / 2),
            of(&INTERESTS, at),
            of(&INTERESTS, at / 3 + 1),
            self.ago(spread(at, 3, 120)),
        );
        self.write(&format!("members/member-{at}.toml"), &text)
    }

    fn advocates(&self, at: u32, members: u32) -> Result<()> {
        for person in 0..3 {
            let mut text = format!(
                "name = \"Person {person} of Member {at}\"\nmember = \"member-{at}\"\nrole = \"{}\"\n\
                 contact_owner = \"person-{}-0\"\n\n[consent]\nlisted = true\n",
                of(&ROLES, at + person),
                spread(at, 4, members),
            );
            for contact in 0..4 {
                let date = self.ago(contact * 60 + spread(at * 3 + person, 5, 70));
                let by = spread(at, 6, members);
                let _ = write!(text, "\n[[contacts]]\ndate = {date}\nby = \"person-{by}-0\"\nchannel = \"email\"\n");
            }
            self.write(&format!("advocates/person-{at}-{person}.toml"), &text)?;
        }
        Ok(())
    }

    fn gifts(&self, at: u32) -> Result<()> {
        for gift in 0..2 {
            let days = spread(at * 2 + gift, 7, 500);
            let thanks = format!("\n[[acknowledgements]]\ndate = {}\nwhere = \"newsletter\"\n", self.ago(days / 2));
            let text = format!(
                "name = \"Gift {gift} of Member {at}\"\nmember = \"member-{at}\"\nkind = \"{}\"\ndate = {}\nhours = {}\n{}",
                of(&GIFTS, at + gift),
                self.ago(days),
                1 + spread(at, 8, 40),
                if spread(at, 9, 4) > 0 { &thanks } else { "" },
            );
            self.write(&format!("contributions/{}/gift-{at}-{gift}.toml", 2024 + at % 3), &text)?;
        }
        Ok(())
    }

    /// The kinds of which there are fewer than members.
    fn others(&self, at: u32, members: u32) -> Result<()> {
        let member = |salt| spread(at, salt, members);
        if at.is_multiple_of(4) {
            let mut text = format!(
                "name = \"Goal {at}\"\nproposed = {0}\nadopted = {0}\ncommunity_need = \"Shift workers find closed doors.\"\n\
                 serves = [\"{1}\"]\nproposed_by = [\"member-{2}\"]\ndeveloped_by = [\"member-{2}\", \"member-{3}\"]\n\
                 message = \"Open doors, number {at}.\"\n\n[measure]\nunit = \"hours\"\nbaseline = 0\ntarget = 40\n",
                self.ago(100 + spread(at, 10, 400)),
                of(&INTERESTS, at / 4),
                member(11),
                member(12),
            );
            for reading in 0..5 {
                let date = self.ago(reading * 40 + spread(at, 13, 30));
                let _ = write!(text, "\n[[measure.readings]]\ndate = {date}\nvalue = {}\n", 40 - reading * 7);
            }
            for position in 0..5 {
                let date = self.ago(90);
                let member = spread(at * 5 + position, 14, members);
                let _ = write!(
                    text,
                    "\n[[positions]]\nmember = \"member-{member}\"\noption = \"support\"\ndate = {date}\n"
                );
            }
            self.write(&format!("goals/goal-{at}.toml"), &text)?;
        }
        if at.is_multiple_of(10) {
            let mut text =
                format!("name = \"Meeting {at}\"\ndate = {}\nnotice_sent = {}\n", self.ago(at), self.ago(at + 14));
            let _ = writeln!(text, "minutes_published = {}", self.ago(at.saturating_sub(7)));
            for person in 0..30.min(members) {
                let _ = write!(text, "\n[[attendance]]\nadvocate = \"person-{}-0\"\n", (at + person) % members);
            }
            let _ = write!(
                text,
                "\n[[actions]]\nwhat = \"Call {at}\"\nowner = \"person-{}-1\"\ndue = {}\n",
                at,
                self.ago(1)
            );
            self.write(&format!("meetings/meeting-{at}.toml"), &text)?;
            let text = format!(
                "name = \"Official {at}\"\noffice = \"Commissioner\"\nstance = \"supportive\"\nowner = \"person-{at}-0\"\n\
                 \n[[contacts]]\ndate = {}\nby = \"person-{at}-0\"\n",
                self.ago(spread(at, 15, 200)),
            );
            self.write(&format!("officials/official-{at}.toml"), &text)?;
            let text = format!(
                "name = \"Request {at}\"\nmember = \"member-{at}\"\ndate = {}\nneed = \"Six people on Saturday.\"\n\
                 \n[[responses]]\nmember = \"member-{}\"\ndate = {}\nanswer = \"yes\"\n",
                self.ago(spread(at, 16, 300) + 5),
                (at + 1) % members,
                self.ago(spread(at, 16, 300)),
            );
            self.write(&format!("requests/request-{at}.toml"), &text)?;
        }
        if at.is_multiple_of(50) {
            let mut text = format!(
                "name = \"Committee {at}\"\npurpose = \"Prepares what is decided.\"\nemergency = {}\n",
                at == 0
            );
            for (seat, role) in ["chair", "deputy", "secretary", "member"].into_iter().enumerate() {
                let person = (at + u32::try_from(seat)?) % members;
                let _ = write!(
                    text,
                    "\n[[seats]]\nrole = \"{role}\"\nadvocate = \"person-{person}-0\"\nstart_date = 2026-01-01\n\
                     end_date = 2027-12-31\n"
                );
            }
            self.write(&format!("committees/committee-{at}.toml"), &text)?;
            let text = format!(
                "name = \"Campaign {at}\"\ngoal = \"goal-{}\"\naudience = [\"supporters\"]\nopens = {}\ncloses = {}\n\
                 outcome = \"Heard.\"\n",
                at / 4 * 4,
                self.ago(300),
                self.ago(200),
            );
            self.write(&format!("campaigns/campaign-{at}.toml"), &text)?;
        }
        Ok(())
    }

    fn decision(&self, at: u32, members: u32, positions: u32) -> Result<()> {
        let days = 10 + spread(at, 17, 600);
        let mut text = format!(
            "name = \"Decision {at}\"\ntext = \"That the coalition do what is written here.\"\nproposed = {}\ncloses = {1}\n\
             decided = {1}\nmethod = \"majority\"\nresult = \"adopted\"\nquorum = 0\nproposed_by = [\"member-{2}\"]\n",
            self.ago(days + 40),
            self.ago(days),
            spread(at, 18, members),
        );
        let first = spread(at, 19, members);
        for position in 0..positions {
            let option = if position % 9 == 8 { "object" } else { "agree" };
            let _ = write!(
                text,
                "\n[[positions]]\nmember = \"member-{}\"\noption = \"{option}\"\ndate = {}\n",
                (first + position) % members,
                self.ago(days + 1),
            );
            if option == "object" {
                text.push_str("reason = \"Too soon.\"\naccommodation = \"A year of trial.\"\n");
            }
        }
        self.write(&format!("decisions/decision-{at}.toml"), &text)
    }

    /// The charter, which every member has signed as it is.
    fn charter(&self, members: u32) -> Result<()> {
        let head = "name = \"Charter\"\nkind = \"charter\"\ntext = \"We meet monthly and speak with one voice.\"\n\
                    effective = 2020-02-01\nrights = [\"one vote each\"]\nresponsibilities = [\"come to the meetings\"]\n";
        self.write("agreements/charter.toml", head)?;
        let ledger = load(&Disk::new(self.folder)).context("the new ledger cannot be read")?;
        let charter = ledger.agreements.find("charter").context("the charter is missing")?;
        let digest = digest(&terms(&ledger, charter));
        let mut text = head.to_owned();
        for at in 0..members {
            let _ = write!(
                text,
                "\n[[signatures]]\nmember = \"member-{at}\"\nby = \"person-{at}-0\"\ndate = 2026-01-20\nterms = \"{digest}\"\n"
            );
        }
        self.write("agreements/charter.toml", &text)
    }
}
