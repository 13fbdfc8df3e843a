//! Lists of articles, as they look once they are cleaned like an article: blocks that are links to other pages of the
//! site, with a few words on each.

use std::collections::BTreeSet;

use url::Url;

/// Links of a list, at least.
const FEW: usize = 4;
/// Links of a list that is nothing else.
const MANY: usize = 5;
/// Of this number of blocks, one is the link of a teaser; the others are its date, its author and a few words.
const BLOCKS: usize = 4;
const FEWER_BLOCKS: usize = 3;
/// Characters of a title that is worth a link.
const TITLE: usize = 6;
/// Parts of a link's block in a hundred that are the link.
const LINK: usize = 90;

/// The blocks of a body that are links to other pages of its site.
#[derive(Debug, Default)]
pub(super) struct Teasers {
    blocks: usize,
    /// The pages.
    targets: BTreeSet<String>,
}

impl Teasers {
    /// Those of `html`, as it was sanitised, on the page at `url`.
    pub(super) fn of(html: &str, url: &Url) -> Teasers {
        let mut teasers = Teasers::default();
        let mut block = TeaserBlock::default();
        let mut is_linked = false;
        for piece in html.split('<') {
            let (tag, text) = piece.split_once('>').unwrap_or(("", piece));
            let name = tag.split([' ', '/']).find(|name| !name.is_empty()).unwrap_or_default();
            if is_block(name) {
                teasers.end(&std::mem::take(&mut block), url);
            } else if name == "a" {
                is_linked = !tag.starts_with('/');
                block.target = href(tag).map(str::to_owned).or(block.target);
            }
            // A date beside a title is no text.
            let characters = text.chars().filter(|c| c.is_alphabetic()).count();
            block.characters += characters;
            block.linked += if is_linked { characters } else { 0 };
        }
        teasers.end(&block, url);
        teasers
    }

    fn end(&mut self, block: &TeaserBlock, url: &Url) {
        self.blocks += usize::from(block.characters > 0);
        let is_link = block.characters >= TITLE && block.linked * 100 >= block.characters * LINK;
        let target = block.target.as_deref().filter(|_| is_link).and_then(|target| Url::parse(target).ok());
        if let Some(target) = target.filter(|to| to.host() == url.host() && to.path() != url.path()) {
            self.targets.insert(target.path().to_owned());
        }
    }

    /// Whether the body has a list of articles.
    pub(super) fn is_list(&self) -> bool {
        self.targets.len() >= FEW && self.targets.len() * BLOCKS >= self.blocks
    }

    /// Whether it is nothing else, as pages of months and tags are.
    pub(super) fn is_only(&self) -> bool {
        self.targets.len() >= MANY && self.targets.len() * 5 >= self.blocks * 4
    }

    /// Whether it is hardly anything else.
    pub(super) fn is_all(&self) -> bool {
        self.targets.len() >= MANY && self.targets.len() * FEWER_BLOCKS >= self.blocks
    }
}

#[derive(Default)]
struct TeaserBlock {
    characters: usize,
    linked: usize,
    target: Option<String>,
}

fn href(tag: &str) -> Option<&str> {
    tag.split_once("href=\"")?.1.split('"').next()
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "li"
            | "ul"
            | "ol"
            | "dl"
            | "dt"
            | "dd"
            | "td"
            | "th"
            | "tr"
            | "blockquote"
            | "pre"
            | "figure"
            | "figcaption"
            | "div"
            | "section"
            | "br"
    )
}
