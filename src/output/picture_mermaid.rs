//! Pictures as Mermaid, which git hosts draw within a page of Markdown. Colors are those of the host's theme, so that they suit
//! light and dark pages. Text from records becomes no markup.

use super::visible;
use crate::document::{Chart, Drawing, Graph, Picture, Series, words};
use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

/// The most characters of a diagram: git hosts refuse more than 5,000.
const MOST_CHARACTERS: usize = 4_500;

/// The most edges of a graph: git hosts refuse more than 500, and readers lose them long before.
const MOST_EDGES: usize = 150;

/// How many edges are drawn for each node: the layout of a host finds no good place for more.
const EDGES: usize = 2;

/// The most letters of what stands beside an axis.
const AXIS: usize = 36;

/// Where a diagram is named and described.
const NAMES: &str = "%names";

/// The most values of a line.
const MOST_VALUES: i64 = 80;

/// A picture for a page of Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Diagram {
    /// The lines of a diagram.
    Code(String),
    /// The lines of a diagram that shows only so many of the edges, the strongest ones.
    Strongest(String, usize),
    /// There is one, but hosts would refuse to draw it.
    TooLarge,
    /// There is no diagram of the sort.
    Unknown,
}

/// The diagram of a picture.
pub(super) fn diagram(picture: &Picture) -> Diagram {
    let code = match picture.drawing() {
        Drawing::Series(series) => self::series(series),
        Drawing::Graph(graph) => Some(self::graph(graph)),
        // A table says all that a grid does.
        Drawing::Grid(_) => None,
    };
    let Some(code) = code else { return Diagram::Unknown };
    let names = format!("accTitle: {}\naccDescr: {}", plain(picture.title()), plain(picture.description()));
    match (bounded(code.replacen(NAMES, &names, 1)), picture.drawing()) {
        (Diagram::Code(code), Drawing::Graph(graph)) if drawn(graph) < graph.edges().len() => {
            Diagram::Strongest(code, drawn(graph))
        }
        (diagram, _) => diagram,
    }
}

/// How many of its edges a graph shows.
fn drawn(graph: &Graph) -> usize {
    graph.edges().len().min(graph.nodes().len() * EDGES).min(MOST_EDGES)
}

/// The bars of a chart; a line across them is their mark.
pub(super) fn bars(chart: &Chart) -> Diagram {
    let bars = chart.bars();
    if bars.len() < 2 {
        return Diagram::Unknown;
    }
    let (whole, unit) = chart.whole();
    let figure = |share: Decimal| (share * whole).round_dp(1).normalize().to_string();
    let labels: Vec<String> = bars.iter().map(|bar| quoted(bar.label())).collect();
    let values: Vec<String> = bars.iter().map(|bar| figure(bar.share())).collect();
    let mark = chart.mark_share().map(|mark| format!("line [{}]\n", vec![figure(mark); bars.len()].join(", ")));
    bounded(format!(
        "{}xychart-beta horizontal\nx-axis [{}]\ny-axis {} 0 --> {whole}\nbar [{}]\n{}",
        look(60 + 40 * bars.len()),
        labels.join(", "),
        quoted(unit),
        values.join(", "),
        mark.unwrap_or_default()
    ))
}

/// The height of a plot, and two colors that are seen on light and on dark pages: those of some themes are not.
fn look(height: usize) -> String {
    format!(
        "---\nconfig:\n  xyChart:\n    height: {height}\n  themeVariables:\n    xyChart:\n      plotColorPalette: \"#2e9870, #b8732a\"\n---\n"
    )
}

fn bounded(code: String) -> Diagram {
    if code.chars().count() > MOST_CHARACTERS { Diagram::TooLarge } else { Diagram::Code(code) }
}

/// Both lines over a true time axis: from the first measurement to the last one, in days or weeks.
fn series(series: &Series) -> Option<String> {
    let (first, last) = (series.points().first()?.0, series.points().last()?.0);
    let days = (last - first).num_days();
    let step = [1, 7, 28, 91, 364].into_iter().find(|step| days / step <= MOST_VALUES)?;
    let unit = match step {
        1 => "Days",
        7 => "Weeks",
        28 => "Spans of 4 weeks",
        91 => "Spans of 13 weeks",
        _ => "Spans of 52 weeks",
    };
    // The last value is that of the last day, even where the last step is shorter.
    let count = (days + step - 1) / step;
    let day =
        |at: i64| -> Option<NaiveDate> { first.checked_add_days(Days::new((at * step).min(days).unsigned_abs())) };
    let values = |value: &dyn Fn(NaiveDate) -> Option<Decimal>| -> Option<String> {
        let values: Option<Vec<String>> =
            (0..=count).map(|at| Some(value(day(at)?)?.round_dp(2).normalize().to_string())).collect();
        Some(values?.join(", "))
    };
    let measured = values(&|day| series.value(day))?;
    let target = series.way().and_then(|_| values(&|day| series.expected(day)));
    let target = target.or_else(|| values(&|_| series.target()));
    let target = target.map(|target| format!("line [{target}]\n")).unwrap_or_default();
    let unit_of_values = if series.unit().is_empty() { "Measured" } else { series.unit() };
    Some(format!(
        "{}xychart-beta\n{NAMES}\nx-axis {} 0 --> {count}\ny-axis {}\nline [{measured}]\n{target}",
        look(300),
        quoted(&format!("{unit} since {}", words::format_date(first))),
        quoted(&shortened(unit_of_values))
    ))
}

/// Words that fit beside an axis.
fn shortened(words: &str) -> String {
    if words.chars().count() <= AXIS {
        return words.to_owned();
    }
    format!("{}…", words.chars().take(AXIS - 1).collect::<String>().trim_end())
}

/// Nodes within their groups, and the edges; those with more weight are thicker.
fn graph(graph: &Graph) -> String {
    let mut code = format!("flowchart LR\n{NAMES}\n");
    for (group, name) in graph.groups() {
        code.push_str(&format!("subgraph g{group}[{}]\n", quoted(name)));
        for (place, node) in graph.nodes().iter().enumerate().filter(|(_, node)| node.group == group) {
            code.push_str(&format!("n{place}[{}]\n", quoted(&node.name)));
        }
        code.push_str("end\n");
    }
    let strongest = graph.strongest();
    for edge in graph.edges().iter().take(drawn(graph)) {
        let [from, to] = edge.ends;
        let is_strong = edge.weight * 5 > strongest * 3;
        code.push_str(&format!("n{from} {} n{to}\n", if is_strong { "===" } else { "---" }));
    }
    code
}

/// Text within quotes: all but letters, digits and harmless signs as the codes of Mermaid.
fn quoted(text: &str) -> String {
    format!("\"{}\"", plain(text))
}

/// The same without quotes, on one line.
fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in visible(text).chars() {
        match letter {
            ' ' | ',' | '.' | '-' | '\u{2013}' | '\u{2019}' | '\u{201c}' | '\u{201d}' => escaped.push(letter),
            _ if letter.is_alphanumeric() => escaped.push(letter),
            _ if letter.is_whitespace() => escaped.push(' '),
            _ => escaped.push_str(&format!("#{};", u32::from(letter))),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Edge, Node, Side, Table};

    fn graph(name: &str, nodes: usize) -> Picture {
        let node = |at: usize| Node { name: format!("{name}{at}"), group: at % 2, weight: 1 };
        let edges = (1..nodes).map(|at| Edge { ends: [at - 1, at], weight: at }).collect();
        let graph = Graph::new(vec![name.to_owned(), "b".to_owned()], (0..nodes).map(node).collect(), edges, nodes);
        Picture::new(name, name, graph, Table::new([("", Side::Left)]))
    }

    fn series(unit: &str) -> Picture {
        let day = |text: &str| text.parse().unwrap();
        let points = [(day("2026-01-01"), 1.into()), (day("2026-01-03"), 3.into())];
        let series = Series::new(unit, points, day("2026-02-03"));
        let series = series.along((day("2026-01-01"), 1.into()), (day("2026-01-11"), 11.into()));
        Picture::new(unit, unit, series, Table::new([("", Side::Left)]))
    }

    fn code(diagram: Diagram) -> String {
        match diagram {
            Diagram::Code(code) | Diagram::Strongest(code, _) => code,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_series_has_both_lines_on_the_same_days() {
        let code = code(diagram(&series("hours")));
        assert!(
            code.contains(
                "x-axis \"Days since January 1, 2026\" 0 --> 2\ny-axis \"hours\"\nline [1, 2, 3]\nline [1, 2, 3]\n"
            ),
            "{code}"
        );
    }

    #[test]
    fn a_graph_has_its_nodes_in_groups() {
        let code = code(diagram(&graph("n", 3)));
        let nodes = "flowchart LR\naccTitle: n\naccDescr: n\nsubgraph g0[\"n\"]\nn0[\"n0\"]\nn1[\"n2\"]\nend\nsubgraph g1[\"b\"]\nn2[\"n1\"]\nend\n";
        assert_eq!(code, format!("{nodes}n2 === n1\nn0 --- n2\n"));
    }

    #[test]
    fn words_of_records_are_no_markup_in_a_diagram() {
        let shape = |text: &str| {
            let mut chart = Chart::new();
            for _ in 0..2 {
                chart.bar(text, Decimal::ONE, text);
            }
            let codes = [diagram(&graph(text, 3)), diagram(&series(text)), bars(&chart)].map(code);
            codes.map(|code| {
                // What is quoted has no quote in it; what names a diagram goes to the end of its line.
                let lines = code.lines().map(|line| line.split("accTitle: ").next().unwrap());
                let lines = lines.map(|line| line.split("accDescr: ").next().unwrap());
                lines.map(|line| line.split('"').step_by(2).collect::<Vec<_>>().join("\"")).collect::<Vec<_>>()
            })
        };
        let harmless = shape("x");
        for text in [
            "%%{init: {\"theme\": \"dark\"}}%%",
            "\"];click A href \"javascript:alert(1)\"",
            "a\nend\nb --> c",
            "end",
            "`**bold**`",
            "```\n# Heading",
            "#quot;]",
            "<script>alert(1)</script>",
            "{{ site.url }}{% raw %}",
            "style x fill:#fff;",
            "a\u{1b}\u{202e}b",
        ] {
            assert_eq!(shape(text), harmless, "{text}");
            let code = code(diagram(&graph(text, 3)));
            let signs = ["%%", "```", "{{", "{%", "<", "\u{1b}", "\u{202e}"];
            assert!(signs.iter().all(|sign| !code.contains(sign)), "{code}");
        }
    }

    #[test]
    fn what_git_hosts_refuse_is_not_drawn() {
        assert_eq!(diagram(&graph(&"long ".repeat(40), 60)), Diagram::TooLarge);
        let Diagram::Code(code) = diagram(&graph("n", 60)) else { panic!() };
        assert!(
            code.len() < MOST_CHARACTERS && code.matches(" --- ").count() + code.matches(" === ").count() < MOST_EDGES
        );
        let mut chart = Chart::new();
        chart.bar("one", Decimal::ONE, "1");
        assert_eq!(bars(&chart), Diagram::Unknown);
    }
}
