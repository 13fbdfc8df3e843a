//! The numbers that the index keeps of each source and WARC file are those of its rows.

use rusqlite::Connection;
use tearsheet::archive;

use super::fixture::{Page, Shelf, at};

/// Rows that are counted, and the tallies beside them.
const TALLIES: [(&str, &str); 4] = [
    (
        "SELECT s.name, count(*) FROM finding f JOIN source s ON s.id = f.source GROUP BY s.name ORDER BY s.name",
        "SELECT name, articles FROM source WHERE articles > 0 ORDER BY name",
    ),
    (
        "SELECT s.name, sum(a.revision) FROM article a JOIN source s ON s.id = a.source GROUP BY s.name ORDER BY s.name",
        "SELECT name, revisions FROM source WHERE revisions > 0 ORDER BY name",
    ),
    (
        "SELECT s.name, sum(v.bytes) FROM volume v JOIN source s ON s.id = v.source GROUP BY s.name ORDER BY s.name",
        "SELECT name, bytes FROM source WHERE bytes > 0 ORDER BY name",
    ),
    (
        "SELECT segment || ' ' || kind AS at, sum(bytes) FROM volume GROUP BY at ORDER BY at",
        "SELECT segment || ' ' || kind AS at, bytes FROM segment_volume ORDER BY at",
    ),
];

fn rows(index: &Connection, query: &str) -> Vec<(String, i64)> {
    let mut query = index.prepare(query).unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

fn check(shelf: &Shelf, what: &str) {
    let index = Connection::open(shelf.settings().path.join("index.sqlite")).unwrap();
    for (counted, tally) in TALLIES {
        let counted = rows(&index, counted);
        assert!(!counted.is_empty());
        assert_eq!(rows(&index, tally), counted, "{what}: {tally}");
    }
}

#[test]
fn tallies_are_those_of_the_rows() {
    let shelf = Shelf::new();
    let page = Page::new("https://a.example/1").text("The ferry was late on Monday.");
    shelf.run(|archive| page.keep(archive));
    shelf.run(|archive| Page::new("https://b.example/2").keep(archive));
    check(&shelf, "new articles");
    shelf.run(|archive| {
        page.clone().later(1).text("The ferry was not late, and 31 people waited.").keep(archive)
    });
    check(&shelf, "a revision");
    archive::rebuild(&shelf.settings(), at(3), &mut |_, _| ()).unwrap();
    check(&shelf, "an index made again");
}
