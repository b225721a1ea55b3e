//! What stands between the delimiters of a CSV file, looked through before it is read: which delimiter it is, whether every
//! quote is closed, and whether a cell is too long for any record.

use super::{LONGEST, Unusable};

/// What may stand between cells, the likeliest first.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// The delimiter of which the first row has most outside quotes.
pub fn delimiter(text: &str) -> u8 {
    let mut counts = [0usize; DELIMITERS.len()];
    let mut quoted = false;
    for byte in text.trim_start_matches('\n').bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some(at) = DELIMITERS.iter().position(|delimiter| *delimiter == byte) {
                    counts[at] += 1;
                }
            }
        }
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    counts.iter().position(|count| *count == most).map_or(b',', |at| DELIMITERS[at])
}

/// Looks through the cells.
///
/// # Errors
/// The row in which a quote is opened and never closed, or a cell is too long.
pub fn look_through(text: &str, delimiter: u8) -> Result<(), Unusable> {
    let (mut row, mut opened, mut length) = (1usize, 1usize, 0usize);
    let (mut quoted, mut at_start) = (false, true);
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        if quoted {
            if byte != b'"' || bytes.next_if_eq(&b'"').is_some() {
                length += 1;
            } else {
                quoted = false;
            }
        } else if byte == b'"' && at_start {
            (quoted, opened, at_start) = (true, row, false);
        } else if byte == delimiter || byte == b'\n' {
            (length, at_start) = (0, true);
            row += usize::from(byte == b'\n');
        } else {
            (length, at_start) = (length + 1, false);
        }
        if length > LONGEST {
            let told = format!("row {row} has a cell with more than {LONGEST} bytes, which no record can hold");
            return Err(Unusable(told));
        }
    }
    if quoted {
        let told = format!(
            "row {opened} opens a quote (\") that is never closed, so the file may have been cut off; close it, or save the \
             file again"
        );
        return Err(Unusable(told));
    }
    Ok(())
}
