//! Mutated bytes for everything that reads bytes of strangers: it comes back, whatever they are. `PROPTEST_CASES=100000` tries
//! more. What took long is kept in `target/fuzz/`, to be looked at.

pub(crate) mod entries;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::sample::Index;

use entries::{ENTRIES, Entry};

/// Bytes that an input may grow to.
const MOST: usize = 64 * 1024;
/// What took longer is looked at; nothing is asserted of it.
const LONG: Duration = Duration::from_secs(2);

/// One change to an input.
#[derive(Clone, Debug)]
enum Mutation {
    Flip(Index, u8),
    Insert(Index, Vec<u8>),
    Remove(Index, usize),
    Repeat(Index, usize, usize),
    /// A part of another input of the corpus.
    Splice(Index, Index, Index, usize),
    /// Something that means something to a parser.
    Word(Index, Index),
}

const WORDS: &[&str] = &[
    "<",
    ">",
    "</",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&#x",
    "&amp;",
    "\"",
    "'",
    "\\",
    "\0",
    "\r\n",
    "\u{feff}",
    "\u{202e}",
    "{",
    "}",
    "[",
    "]",
    "<script>",
    "</script>",
    "<svg>",
    "<math>",
    "<template>",
    "<table>",
    "<p>",
    "<body a=b>",
    "<html c=d>",
    "<title>",
    "<style>",
    "<a href=x>",
    "<item>",
    "<entry>",
    "<link/>",
    "<loc>",
    "<url>",
    "<pubDate>",
    "9999-12-31",
    "-1",
    "99999999999999999999",
    "1e308",
    "NaN",
    "::",
    "//",
    "*",
    "$",
    "user-agent: *",
    "disallow: /",
    "crawl-delay: ",
    "%",
    "%7E",
    "(",
    ")",
    "|",
    "not(",
    "position()",
    "last()",
    "#",
    "=",
    "\"\"\"",
    "'''",
    "[[feed]]",
    "WARC/1.1\r\n",
    "Content-Length: ",
    "\r\n\r\n",
    "body: ",
    "find_string: ",
    "<outline",
    "yesterday",
    "Februar",
    "٣",
    "۱۴۰۳",
    "令和",
    "\u{301}",
];

fn mutation() -> impl Strategy<Value = Mutation> {
    let at = any::<Index>;
    prop_oneof![
        1 => (at(), any::<u8>()).prop_map(|(at, byte)| Mutation::Flip(at, byte)),
        1 => (at(), prop::collection::vec(any::<u8>(), 1..8)).prop_map(|(at, bytes)| Mutation::Insert(at, bytes)),
        1 => (at(), 1..64_usize).prop_map(|(at, length)| Mutation::Remove(at, length)),
        1 => (at(), 1..64_usize, 2..400_usize).prop_map(|(at, length, times)| Mutation::Repeat(at, length, times)),
        1 => (at(), at(), at(), 1..256_usize).prop_map(|(at, of, from, length)| Mutation::Splice(at, of, from, length)),
        3 => (at(), at()).prop_map(|(at, word)| Mutation::Word(at, word)),
    ]
}

/// `input` with one change.
fn changed(mut input: Vec<u8>, mutation: &Mutation, corpus: &[Vec<u8>]) -> Vec<u8> {
    let place = |at: &Index, input: &[u8]| at.index(input.len() + 1);
    let part =
        |input: &[u8], from: usize, length: usize| input[from..input.len().min(from + length)].to_vec();
    let (at, new) = match mutation {
        Mutation::Flip(at, byte) => {
            let at = place(at, &input);
            if let Some(changed) = input.get_mut(at) {
                *changed ^= byte;
            }
            return input;
        }
        Mutation::Remove(at, length) => {
            let at = place(at, &input);
            let end = input.len().min(at + length);
            input.drain(at..end);
            return input;
        }
        Mutation::Insert(at, bytes) => (place(at, &input), bytes.clone()),
        Mutation::Repeat(at, length, times) => {
            let at = place(at, &input);
            (at, part(&input, at, *length).repeat(*times))
        }
        Mutation::Splice(at, of, from, length) => {
            let other = of.get(corpus);
            (place(at, &input), part(other, place(from, other), *length))
        }
        Mutation::Word(at, word) => (place(at, &input), word.get(WORDS).as_bytes().to_vec()),
    };
    if input.len() + new.len() <= MOST {
        input.splice(at..at, new);
    }
    input
}

fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
    let mut paths: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let inputs: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
    assert!(!inputs.is_empty(), "{} has no inputs", folder.display());
    inputs
}

fn check(name: &str) {
    let &(_, entry): &Entry = ENTRIES.iter().find(|(known, _)| *known == name).unwrap();
    let corpus = corpus(name);
    corpus.iter().for_each(|input| entry(input));
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(48);
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let mutations = prop::collection::vec(mutation(), 1..12);
    proptest!(config, |(seed in any::<Index>(), mutations in mutations)| {
        let input = mutations.iter().fold(seed.get(&corpus).clone(), |input, one| changed(input, one, &corpus));
        let begun = Instant::now();
        entry(&input);
        if begun.elapsed() > LONG {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fuzz");
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(format!("long-{name}-{}", input.len())), &input).unwrap();
        }
    });
}

macro_rules! entries {
    ($($test:ident: $name:literal,)*) => {
        $(#[test]
        fn $test() {
            check($name);
        })*

        #[test]
        fn every_entry_is_tried() {
            let tried = [$($name),*];
            assert_eq!(tried.to_vec(), ENTRIES.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        }
    };
}

entries! {
    any_page_is_read: "page",
    any_feed_is_read: "feed",
    any_sitemap_is_read: "sitemap",
    any_listing_is_read: "listing",
    any_robots_txt_is_read: "robots",
    any_charset_is_read: "charset",
    any_date_is_read: "date",
    any_rule_is_read: "rule",
    any_expression_is_read: "xpath",
    any_warc_is_read: "warc",
    any_import_is_read: "import",
    any_configuration_is_read: "config",
}
