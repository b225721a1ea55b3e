//! The contents of an export piece by piece, as a reader sees them, to be searched before the files are written.

use super::package::{ENDING, PackageFile};
use crate::disclosure::OutgoingPiece;
use serde_json::Value;

/// All cells, keys and texts of files.
pub(crate) fn pieces(files: &[PackageFile]) -> impl Iterator<Item = OutgoingPiece<'_>> {
    files.iter().flat_map(pieces_of)
}

fn pieces_of(file: &PackageFile) -> Vec<OutgoingPiece<'_>> {
    let name = file.name.as_str();
    let mut pieces = Vec::new();
    if name.ends_with(&format!(".{ENDING}")) {
        let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(file.bytes.as_slice());
        let mut rows = reader.records().map_while(Result::ok);
        let columns: Vec<String> = rows.next().iter().flat_map(|row| row.iter().map(str::to_owned)).collect();
        for row in rows {
            for (column, cell) in columns.iter().zip(row.iter()) {
                pieces.push(OutgoingPiece {
                    place: name.into(),
                    key: Some(column.clone().into()),
                    text: cell.to_owned().into(),
                });
                pieces.extend(nested_pieces(name, cell));
            }
        }
        pieces.extend(columns.into_iter().map(|column| OutgoingPiece::of_text(name, column)));
        return pieces;
    }
    // One value, or one object per line.
    let values = serde_json::Deserializer::from_slice(&file.bytes).into_iter::<Value>().map_while(Result::ok);
    for value in values {
        pieces.extend(owned_pieces(name, &value));
    }
    pieces
}

/// The pieces in a cell that contains a list or a table as JSON.
fn nested_pieces<'n>(name: &'n str, cell: &str) -> Vec<OutgoingPiece<'n>> {
    if !cell.starts_with(['[', '{']) {
        return Vec::new();
    }
    serde_json::from_str::<Value>(cell).map_or_else(|_| Vec::new(), |value| owned_pieces(name, &value))
}

fn owned_pieces<'n>(name: &'n str, value: &Value) -> Vec<OutgoingPiece<'n>> {
    let make_owned = |piece: OutgoingPiece<'_>| OutgoingPiece {
        place: name.into(),
        key: piece.key.map(|key| key.into_owned().into()),
        text: piece.text.into_owned().into(),
    };
    OutgoingPiece::of_data("", value).into_iter().map(make_owned).collect()
}
