//! An article of the newspaper: the truth about it, and how its text file is read.
//!
//! A file has lines `key: value`, an empty line, then blocks that are separated by empty lines: a paragraph; lines that
//! begin with `- `, a list; lines that begin with `| `, a table; `[figure FILE] caption`. `*…*` is emphasis. A line
//! that begins with `~ ` after a paragraph is what replaces it once the article is corrected.

use chrono::{DateTime, FixedOffset};

/// A section of the newspaper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// A listing without a feed.
    World,
    /// A page that announces a feed.
    Business,
    /// A sitemap.
    Science,
}

impl Section {
    /// Its name in URLs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Section::World => "world",
            Section::Business => "business",
            Section::Science => "science",
        }
    }
}

/// A part of an article's body. Texts may hold `*…*` for emphasis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(String),
    /// An unordered list.
    List(Vec<String>),
    /// A table, its head first.
    Table(Vec<Vec<String>>),
    /// A picture and what is said beneath it.
    Figure {
        /// The picture's file name under `/images/`.
        file: String,
        /// The caption.
        caption: String,
    },
}

/// The look of an article's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Template {
    /// A blog engine's: HTML5, JSON-LD, promotions and comments.
    Harbour,
    /// One of twenty-five years ago: tables, `<br><br>`, windows-1252, no metadata.
    Gazette,
    /// A business site's: Open Graph, microdata, advertising between the paragraphs.
    Ledger,
    /// A JavaScript framework's: nothing but `div` and generated class names.
    Lab,
}

/// What an article will say once it is corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Correction {
    pub(super) at: DateTime<FixedOffset>,
    block: usize,
    paragraph: String,
}

/// An article of the newspaper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Its name within its section.
    pub slug: String,
    /// Where it stands.
    pub section: Section,
    /// Path and query of its URL, without tracking parameters.
    pub path: String,
    /// Its headline.
    pub title: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// When it was published. Its page may show no more than the day.
    pub published: DateTime<FixedOffset>,
    /// When it was corrected.
    pub modified: Option<DateTime<FixedOffset>>,
    /// The language of its text, as a BCP 47 tag.
    pub language: String,
    /// A summary.
    pub summary: String,
    /// Its topics.
    pub tags: Vec<String>,
    /// Its body.
    pub blocks: Vec<Block>,
    pub(super) template: Template,
    pub(super) held: bool,
    pub(super) correction: Option<Correction>,
}

impl Article {
    /// Its paragraphs as plain text, without lists, tables and captions.
    #[must_use]
    pub fn paragraphs(&self) -> Vec<String> {
        let paragraph = |block: &Block| match block {
            Block::Paragraph(text) => Some(text.replace('*', "")),
            _ => None,
        };
        self.blocks.iter().filter_map(paragraph).collect()
    }

    /// When its page last changed.
    pub(super) fn changed(&self) -> DateTime<FixedOffset> {
        self.modified.unwrap_or(self.published)
    }

    pub(super) fn correct(&mut self) {
        if let Some(correction) = self.correction.take() {
            self.blocks[correction.block] = Block::Paragraph(correction.paragraph);
            self.modified = Some(correction.at);
        }
    }

    /// Reads an article's file; `number` is unique among all articles.
    pub(super) fn read(section: Section, slug: &str, number: usize, file: &str) -> Article {
        let (head, body) = file.split_once("\n\n").expect("an article has a head and a body");
        let value = |key: &str| {
            head.lines().filter_map(|line| line.split_once(": ")).find(|(k, _)| *k == key).map(|(_, v)| v)
        };
        let text = |key| value(key).unwrap_or_default().to_owned();
        let list = |key, separator| {
            let all = value(key).unwrap_or_default().split(separator).map(str::trim);
            all.filter(|one| !one.is_empty()).map(str::to_owned).collect()
        };
        let date = |key| {
            let date = value(key).map(DateTime::parse_from_rfc3339).transpose();
            date.expect("an article's dates are RFC 3339")
        };
        let published: DateTime<FixedOffset> = date("date").expect("an article has a date");
        let template = match value("template") {
            Some("gazette") => Template::Gazette,
            Some("ledger") => Template::Ledger,
            Some("lab") => Template::Lab,
            _ => Template::Harbour,
        };
        let (blocks, correction) = read_body(body, date("corrected"));
        Article {
            slug: slug.to_owned(),
            section,
            path: path(section, template, slug, number, published),
            title: text("title"),
            authors: list("authors", ';'),
            published,
            modified: None,
            language: value("language").unwrap_or("en").to_owned(),
            summary: text("summary"),
            tags: list("tags", ','),
            blocks,
            template,
            held: value("held").is_some(),
            correction,
        }
    }
}

fn path(
    section: Section,
    template: Template,
    slug: &str,
    number: usize,
    published: DateTime<FixedOffset>,
) -> String {
    match template {
        Template::Gazette => format!("/story.php?id={}", 1040 + number),
        Template::Harbour => format!("/{}/{}/{slug}", section.name(), published.format("%Y/%m")),
        Template::Ledger => format!("/{}/{slug}-{}.html", section.name(), 4700 + number),
        Template::Lab => format!("/{}/{slug}/", section.name()),
    }
}

fn read_body(body: &str, corrected: Option<DateTime<FixedOffset>>) -> (Vec<Block>, Option<Correction>) {
    let mut blocks = Vec::new();
    let mut correction = None;
    for block in body.trim().split("\n\n") {
        let (block, replacement) = match block.split_once("\n~ ") {
            Some((block, replacement)) => (block, Some(replacement)),
            None => (block, None),
        };
        if let (Some(paragraph), Some(at)) = (replacement, corrected) {
            correction = Some(Correction { at, block: blocks.len(), paragraph: paragraph.to_owned() });
        }
        blocks.push(read_block(block));
    }
    (blocks, correction)
}

fn read_block(block: &str) -> Block {
    if block.starts_with("- ") {
        return Block::List(block.lines().map(|line| line.trim_start_matches("- ").to_owned()).collect());
    }
    if block.starts_with("| ") {
        let row = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
        return Block::Table(block.lines().map(row).collect());
    }
    match block.strip_prefix("[figure ").and_then(|figure| figure.split_once("] ")) {
        Some((file, caption)) => Block::Figure { file: file.to_owned(), caption: caption.to_owned() },
        None => Block::Paragraph(block.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_block_is_read() {
        let file = "title: A title: with a colon\nauthors: A; B C\ndate: 2025-05-01T10:00:00+02:00\n\
                    corrected: 2025-05-02T10:00:00+02:00\n\nOne *two*.\n\n- a\n- b\n\n| x | y |\n| 1 | 2 |\n\n\
                    [figure f.svg] What it shows.\n\nWrong.\n~ Right.\n";
        let mut article = Article::read(Section::World, "slug", 3, file);
        assert_eq!(article.title, "A title: with a colon");
        assert_eq!(article.authors, ["A", "B C"]);
        assert_eq!(article.path, "/world/2025/05/slug");
        assert_eq!(article.blocks.len(), 5);
        assert_eq!(article.blocks[1], Block::List(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(article.paragraphs(), ["One two.", "Wrong."]);
        article.correct();
        assert_eq!(article.paragraphs(), ["One two.", "Right."]);
        assert_eq!(article.modified.unwrap().to_rfc3339(), "2025-05-02T10:00:00+02:00");
    }
}
