//! The network of members in the formats of programs that draw such maps: Kumu, GraphML and DOT. Text from records becomes no
//! markup in any of them.

use super::visible;
use pulldown_cmark_escape::escape_html;
use serde_json::{Value, json};

/// A member in a map.
struct Element<'d> {
    id: &'d str,
    name: String,
    sector: String,
    classification: String,
}

/// A tie in a map.
struct Connection<'d> {
    from: &'d str,
    to: &'d str,
    strength: u64,
}

fn text(value: &Value) -> String {
    visible(value.as_str().unwrap_or_default())
}

fn elements(data: &Value) -> impl Iterator<Item = Element<'_>> {
    data["members"].as_array().into_iter().flatten().map(|member| Element {
        id: member["member"]["id"].as_str().unwrap_or_default(),
        name: text(&member["member"]["name"]),
        sector: text(&member["sector"]),
        classification: text(&member["classification"]),
    })
}

fn connections(data: &Value) -> impl Iterator<Item = Connection<'_>> {
    data["ties"].as_array().into_iter().flatten().map(|tie| Connection {
        from: tie["members"][0]["id"].as_str().unwrap_or_default(),
        to: tie["members"][1]["id"].as_str().unwrap_or_default(),
        strength: tie["strength"].as_u64().unwrap_or_default(),
    })
}

/// The network as a blueprint of Kumu: <https://docs.kumu.io/guides/import/blueprints>.
pub(crate) fn kumu(data: &Value) -> String {
    let elements: Vec<Value> = elements(data)
        .map(|one| json!({"id": one.id, "label": one.name, "type": one.classification, "sector": one.sector}))
        .collect();
    let connections: Vec<Value> = connections(data)
        .map(|one| json!({"from": one.from, "to": one.to, "direction": "mutual", "strength": one.strength}))
        .collect();
    let blueprint = json!({"elements": elements, "connections": connections});
    format!("{blueprint:#}\n")
}

/// The network as GraphML: <http://graphml.graphdrawing.org/>.
pub(crate) fn graphml(data: &Value) -> String {
    let mut page = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    for (name, of, kind) in [
        ("name", "node", "string"),
        ("sector", "node", "string"),
        ("classification", "node", "string"),
        ("weight", "edge", "int"),
    ] {
        page.push_str(&format!("<key id=\"{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>\n"));
    }
    page.push_str("<graph id=\"network\" edgedefault=\"undirected\">\n");
    for one in elements(data) {
        page.push_str(&format!("<node id=\"{}\">", xml(one.id)));
        let values = [("name", &one.name), ("sector", &one.sector), ("classification", &one.classification)];
        for (key, value) in values.into_iter().filter(|(_, value)| !value.is_empty()) {
            page.push_str(&format!("<data key=\"{key}\">{}</data>", xml(value)));
        }
        page.push_str("</node>\n");
    }
    for one in connections(data) {
        let (from, to, weight) = (xml(one.from), xml(one.to), one.strength);
        page.push_str(&format!(
            "<edge source=\"{from}\" target=\"{to}\"><data key=\"weight\">{weight}</data></edge>\n"
        ));
    }
    page.push_str("</graph>\n</graphml>\n");
    page
}

/// The network in the language of Graphviz: <https://graphviz.org/doc/info/lang.html>.
pub(crate) fn dot(data: &Value) -> String {
    let mut page = String::from("graph network {\n");
    for one in elements(data) {
        page.push_str(&format!("  {} [label={}];\n", quoted(one.id), quoted(&one.name)));
    }
    for one in connections(data) {
        page.push_str(&format!("  {} -- {} [weight={}];\n", quoted(one.from), quoted(one.to), one.strength));
    }
    page.push_str("}\n");
    page
}

/// The columns of the ties as a table.
pub(crate) const TIE_COLUMNS: [&str; 4] = ["from", "to", "strength", "shared"];

/// The ties as rows of a table; what is shared is listed as `2 goal, 1 committee`.
pub(crate) fn tie_rows(data: &Value) -> Vec<Vec<String>> {
    let shared = |tie: &Value| {
        let parts = tie["shared"].as_array().into_iter().flatten();
        let parts = parts.map(|part| format!("{} {}", part["count"], part["kind"].as_str().unwrap_or_default()));
        parts.collect::<Vec<_>>().join(", ")
    };
    let ties = data["ties"].as_array().into_iter().flatten().zip(connections(data));
    let row = |(tie, one): (&Value, Connection<'_>)| {
        vec![one.from.to_owned(), one.to.to_owned(), one.strength.to_string(), shared(tie)]
    };
    ties.map(row).collect()
}

/// Text in an element or in a quoted attribute, with nothing that XML cannot hold.
fn xml(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    let held = words.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    // Writing to a string cannot fail.
    let _ = escape_html(&mut escaped, &held);
    escaped
}

/// A quoted string; a backslash would begin an escape in a label.
fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(name: &str) -> Value {
        json!({
            "members": [
                {"member": {"id": "mill", "name": name}, "sector": "business", "classification": null},
                {"member": {"id": "grange", "name": "Grange"}, "sector": null, "classification": "civic-group"},
            ],
            "ties": [{"members": [{"id": "grange"}, {"id": "mill"}], "strength": 3}],
        })
    }

    #[test]
    fn each_format_names_every_member_and_every_tie() {
        let data = data("Mill & Co.");
        let map: Value = serde_json::from_str(&kumu(&data)).unwrap();
        assert_eq!(map["elements"][0]["label"], "Mill & Co.");
        assert_eq!(
            map["connections"][0],
            json!({"from": "grange", "to": "mill", "direction": "mutual", "strength": 3})
        );
        assert!(graphml(&data).contains(
            "<node id=\"mill\"><data key=\"name\">Mill &amp; Co.</data><data key=\"sector\">business</data></node>"
        ));
        assert!(
            graphml(&data).contains("<edge source=\"grange\" target=\"mill\"><data key=\"weight\">3</data></edge>")
        );
        assert!(dot(&data).contains("\"grange\" -- \"mill\" [weight=3];"));
    }

    #[test]
    fn a_name_becomes_no_markup() {
        let count = |page: &str, mark: char| page.matches(mark).count();
        let harmless = data("Mill");
        for name in ["</data><script>", "\"]; evil [", "\\", "a\u{1b}\u{202e}\u{ffff}b", "\\\"];"] {
            let hostile = data(name);
            assert_eq!(count(&graphml(&hostile), '<'), count(&graphml(&harmless), '<'), "{name}");
            let unescaped = dot(&hostile).replace("\\\\", "").replace("\\\"", "");
            assert_eq!(count(&unescaped, '"'), count(&dot(&harmless), '"'), "{name}");
            assert!(!graphml(&hostile).contains(['\u{1b}', '\u{202e}', '\u{ffff}']), "{name}");
        }
    }
}
