use super::*;
use crate::agreement::CellState;
use crate::check::base_ledger;
use crate::ledger::{Ledger, load};
use crate::output::document_text::text;
use crate::source::disk::Disk;

fn sheets_on(ledger: &Ledger, today: &str) -> Vec<SignatureSheet> {
    sheets(&ReportRequest::new(ledger, today.parse().unwrap()))
}

fn page(ledger: &Ledger, today: &str) -> String {
    text(&run(&ReportRequest::new(ledger, today.parse().unwrap())).document)
}

#[test]
fn totals_and_open_cells_of_every_agreement() {
    let ledger = load(&Disk::new("examples/riverton")).unwrap();
    let sheets = sheets_on(&ledger, "2026-11-22");
    let totals: Vec<_> =
        sheets.iter().map(|sheet| (sheet.agreement.id.as_str(), sheet.counting, sheet.required)).collect();
    assert_eq!(totals, [("charter", 12, 13), ("shared-space-memorandum", 6, 7), ("student-card-data", 3, 3)]);
    let open: Vec<_> =
        sheets.iter().flat_map(SignatureSheet::open_cells).map(|cell| (&*cell.member.id, cell.state)).collect();
    assert_eq!(open, [("ferry-street-merchants", CellState::Missing), ("riverton-interfaith", CellState::Stale)]);
}

#[test]
fn what_is_missing_comes_first_and_says_what_to_do() {
    let ledger = load(&Disk::new("examples/riverton")).unwrap();
    let page = page(&ledger, "2026-11-22");
    let charter = "\
Charter of the Riverton Library Coalition, version 2
----------------------------------------------------
12 of 13 required signatures are in place.
- Ferry Street Merchants Association has not signed.
  Yusuf Demir can sign. The deadline was June 4, 2026 (171 days ago).

Signed ";
    assert!(page.contains(charter), "{page}");
}

#[test]
fn an_agreement_does_not_exist_before_it_is_written() {
    let ledger = load(&Disk::new("examples/riverton")).unwrap();
    let ids = |today| sheets_on(&ledger, today).into_iter().map(|sheet| sheet.agreement.id).collect::<Vec<_>>();
    assert_eq!(ids("2024-10-07"), [""; 0]);
    assert_eq!(ids("2024-10-08"), ["charter"]);
    assert_eq!(sheets_on(&ledger, "2024-10-08")[0].version, 1);
    assert_eq!(ids("2025-10-07").len(), 3);
}

#[test]
fn each_fault_is_told_in_plain_words() {
    let mut files = base_ledger();
    let words = "sha256:".to_owned() + &"0".repeat(64);
    let signature = |member: &str, by: &str, more: &str| {
        format!("[[signatures]]\nmember = \"{member}\"\nby = \"{by}\"\ndate = 2026-02-01\nterms = \"{words}\"\n{more}")
    };
    let agreement = format!(
        "name = \"Code\"\ntext = \"Be kind.\"\neffective = 2026-03-01\n{}{}",
        signature("alder-friends", "ana-lopez", ""),
        signature("birch-library", "ben-okoro", "withdrawn = 2026-04-01\nwithdrawn_because = \"new board\"\n"),
    );
    files.put("agreements/code.toml", agreement.as_bytes());
    let ledger = load(&files).unwrap();
    let sheets = sheets_on(&ledger, "2026-06-15");
    let code = sheets.iter().find(|sheet| sheet.agreement.id == "code").unwrap();
    let problems: Vec<_> = code.open_cells().filter_map(|cell| cell.problem.as_deref()).collect();
    assert_eq!(
        problems,
        ["withdrew its signature on April 1, 2026 (new board)", "signed an earlier text on February 1, 2026"]
    );
}

#[test]
fn an_expired_agreement_says_so_and_asks_nobody() {
    let ledger = load(&Disk::new("examples/riverton")).unwrap();
    let sheets = sheets_on(&ledger, "2027-01-01");
    let data = sheets.iter().find(|sheet| sheet.agreement.id == "student-card-data").unwrap();
    assert!(data.expired && data.open_cells().count() == 0 && data.counting == 0);
    assert!(page(&ledger, "2027-01-01").contains("It expired on December 31, 2026 (yesterday)."));
}

#[test]
fn a_ledger_without_agreements_says_so() {
    let mut files = base_ledger();
    files.remove("agreements/charter.toml");
    let ledger = load(&files).unwrap();
    assert!(page(&ledger, "2026-06-15").contains("There is no agreement in this ledger yet."));
}

#[test]
fn programs_get_cells_with_digest_and_version() {
    let ledger = load(&Disk::new("examples/riverton")).unwrap();
    let data = run(&ReportRequest::new(&ledger, "2026-11-22".parse().unwrap())).data;
    let charter = &data["agreements"][0];
    assert_eq!(charter["digest"], "sha256:8e659198c36bf65e4d352e754d11188daf4a3f0d53c487787558eb7bbfa3506a");
    let cell = &charter["cells"][0];
    let found = [&cell["member"]["id"], &cell["state"], &cell["by"]["id"], &cell["date"]];
    assert_eq!(found, ["alder-county-library-system", "signed", "teodor-vasilescu", "2026-03-26"]);
    assert_eq!((&cell["required"], &cell["version"]), (&true.into(), &2.into()));
}

#[test]
fn a_folder_that_nobody_reads_leaves_a_doubt() {
    let mut files = base_ledger();
    let read = |files: &crate::source::memory::Memory| load(files).unwrap();
    let matrix = |ledger: &Ledger| {
        let request = ReportRequest::new(ledger, "2026-06-15".parse().unwrap());
        crate::report::matrix::Matrix::new(&request, None, Default::default())
    };
    let ledger = read(&files);
    assert!(matrix(&ledger).is_complete() && !page(&ledger, "2026-06-15").contains("Files with mistakes"));

    files.put("Members/cedar-school.toml", b"name = \"Cedar School\"\nclassification = \"school\"\n");
    let ledger = read(&files);
    let matrix = matrix(&ledger);
    assert!(!matrix.is_complete());
    assert_eq!(matrix.data()["unread"], serde_json::json!(["Members/cedar-school.toml"]));
    let message = text(&matrix.document(&ledger));
    assert!(
        message.contains("are in place, as far as the ledger was read.\n")
            && message.contains("- Members/cedar-school.toml\n"),
        "{message}"
    );
    assert!(page(&ledger, "2026-06-15").contains("- Members/cedar-school.toml\n"));
}

#[test]
fn who_lacks_something_comes_first_in_the_matrix() {
    let ledger = load(&Disk::new("examples/riverton")).unwrap();
    let request = ReportRequest::new(&ledger, "2026-11-22".parse().unwrap());
    let data = crate::report::matrix::Matrix::new(&request, None, Default::default()).data();
    let ids: Vec<_> = data["members"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 13);
    assert_eq!(ids[..3], ["ferry-street-merchants", "riverton-interfaith", "alder-county-library-system"]);
}

#[test]
fn for_one_member_its_own_cells_are_told() {
    let ledger = load(&Disk::new("examples/riverton")).unwrap();
    let whole = ReportRequest::new(&ledger, "2026-11-22".parse().unwrap());
    let data = |id| run(&ReportRequest { member: ledger.members.find(id), ..whole }).data;
    let schools = data("riverton-schools");
    let sheets = schools["agreements"].as_array().unwrap();
    assert!(sheets.iter().any(|sheet| sheet["agreement"]["id"] == "student-card-data"));
    for sheet in sheets {
        let cells = sheet["cells"].as_array().unwrap();
        assert!(cells.len() == 1 && cells[0]["member"]["id"] == "riverton-schools");
    }
    assert_eq!(sheets[0]["required"], 13, "totals stay those of the whole coalition");
    assert_eq!(schools["for"]["id"], "riverton-schools");
}

#[test]
fn what_has_no_words_can_be_signed_by_nobody() {
    let mut files = crate::check::base_ledger();
    files.put("agreements/pledge.toml", b"name = \"Pledge\"\nrequired_of = \"members\"\n");
    let ledger = crate::ledger::load(&files).unwrap();
    let request = ReportRequest::new(&ledger, "2026-06-15".parse().unwrap());
    let answer = REPORT.every(&request).remove(0);
    let page = crate::output::document_text::text(&answer.document);
    assert!(page.contains("It has no text yet, so no one can sign it."), "{page}");
    assert!(!page.contains("Pledge") || !page.contains("has not signed"), "{page}");
}
