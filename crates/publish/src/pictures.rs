//! Pictures that the archive keeps, as pages and feeds show them: files of the output folder, named by what is in them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;

use serde::Serialize;
use tearsheet_html::{attribute_of, picture_tags, source_of};
use tearsheet_pictures::{Rendition, VERSION, renditions, thumbnail};
use url::Url;

use super::characters::escaped;
use crate::model::{Article, ArticleId, Digest, Picture, picture_key};

/// Where their files are, from the output folder.
const FOLDER: &str = "assets/pictures";
/// How wide a page shows a picture.
const SIZES: &str = "(max-width: 44rem) 100vw, 42rem";
/// A picture that begins so early in the text may be on the first screen.
const FIRST_SCREEN: usize = 600;

/// A picture whose files are in the output folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalPicture {
    /// The digest of its bytes in the archive.
    pub payload: Digest,
    /// What it is.
    pub picture: Picture,
}

impl LocalPicture {
    /// Its files with their paths, the widest first. The last is the thumbnail, if lists of articles show one.
    #[must_use]
    pub fn files(&self, is_in_lists: bool) -> Vec<(String, Rendition)> {
        let mut files = renditions(&self.picture);
        let small = thumbnail(&self.picture);
        if is_in_lists && !files.contains(&small) {
            files.push(small);
        }
        files.into_iter().map(|file| (self.path(&file), file)).collect()
    }

    fn path(&self, file: &Rendition) -> String {
        let mut name = String::new();
        for byte in &self.payload.as_bytes()[..12] {
            let _ = write!(name, "{byte:02x}");
        }
        let (folder, end) = (&name[..2], file.kind.extension());
        format!("{FOLDER}/{folder}/{name}-{VERSION}-{}.{end}", file.width)
    }
}

/// The pictures of one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocalPictures {
    /// Those that are here, by the keys of their addresses.
    pub kept: BTreeMap<String, LocalPicture>,
    /// The keys of those that its owner did not want to keep.
    pub let_go: HashSet<String>,
}

impl LocalPictures {
    fn at(&self, url: &Url) -> Option<&LocalPicture> {
        self.kept.get(&picture_key(url))
    }

    /// The picture of the article's thumbnail: its lead image, else the first that its text shows.
    #[must_use]
    pub fn first(&self, article: &Article) -> Option<&LocalPicture> {
        if self.kept.is_empty() {
            return None;
        }
        let of_lead = article.image.as_ref().and_then(|image| self.at(&image.url));
        of_lead.or_else(|| {
            let mut sources = picture_tags(&article.html).filter_map(|(_, tag)| source_of(tag));
            sources.find_map(|source| self.at(&Url::parse(&source).ok()?))
        })
    }
}

/// The pictures that stand for articles in lists.
pub type Thumbnails = HashMap<ArticleId, LocalPicture>;

/// A picture in a list.
#[derive(Serialize)]
pub(super) struct Thumbnail {
    /// From the output folder.
    path: String,
    width: u32,
    height: u32,
}

impl Thumbnail {
    /// None for a picture that is too small to be seen as one.
    pub(super) fn of(local: &LocalPicture) -> Option<Thumbnail> {
        const LEAST: u32 = 100;
        let file = thumbnail(&local.picture);
        let is_seen = file.width >= LEAST && file.height >= LEAST;
        is_seen.then(|| Thumbnail { path: local.path(&file), width: file.width, height: file.height })
    }
}

/// How a page shows a picture that is here.
#[derive(Serialize)]
pub(super) struct LocalImage {
    /// From the output folder.
    path: String,
    /// What `srcset` says; empty where there is one file.
    set: String,
    sizes: &'static str,
    width: u32,
    height: u32,
}

impl LocalImage {
    pub(super) fn of(local: &LocalPicture, root: &str) -> LocalImage {
        let files = local.files(false);
        let (path, file) = files[files.len() - 1].clone();
        let (width, height) =
            files.first().map_or((file.width, file.height), |(_, file)| (file.width, file.height));
        let set = if files.len() > 1 {
            let of = |(path, file): &(String, Rendition)| format!("{root}{path} {}w", file.width);
            files.iter().rev().map(of).collect::<Vec<_>>().join(", ")
        } else {
            String::new()
        };
        LocalImage { path, set, sizes: SIZES, width, height }
    }

    /// The picture at `url`, if it is here.
    pub(super) fn at(url: &Url, pictures: &LocalPictures, root: &str) -> Option<LocalImage> {
        pictures.at(url).map(|local| LocalImage::of(local, root))
    }

    /// Its tag, in place of one of a clean document. A page may have shown it smaller than it is.
    fn tag(&self, before: &str, root: &str, is_first: bool) -> String {
        let declared = attribute_of(before, "width").and_then(|width| width.parse::<u32>().ok());
        let width = declared.filter(|width| *width > 0 && *width < self.width).unwrap_or(self.width);
        let height = (u64::from(self.height) * u64::from(width) + u64::from(self.width) / 2)
            / u64::from(self.width).max(1);
        let mut tag = format!("<img src=\"{root}{}\"", self.path);
        if !self.set.is_empty() {
            let _ = write!(tag, " srcset=\"{}\" sizes=\"{}\"", self.set, self.sizes);
        }
        let alt = attribute_of(before, "alt").unwrap_or_default();
        let _ = write!(tag, " alt=\"{alt}\" width=\"{width}\" height=\"{}\"", height.max(1));
        tag.push_str(if is_first { " decoding=\"async\">" } else { " loading=\"lazy\" decoding=\"async\">" });
        tag
    }
}

/// `html`, which is clean, with the pictures that are here. Those below the first screen are loaded when they are near it.
pub(super) fn with_local(html: &str, pictures: &LocalPictures, root: &str, has_lead: bool) -> String {
    if pictures.kept.is_empty() {
        return html.to_owned();
    }
    let mut is_first = !has_lead;
    with_tags(html, |at, tag, url| {
        let local = LocalImage::at(url, pictures, root)?;
        let is_early = std::mem::take(&mut is_first) && at < FIRST_SCREEN;
        Some(local.tag(tag, root, is_early))
    })
}

/// The addresses of pictures that the article shows and its owner did not want to keep, each once.
pub(super) fn let_go(article: &Article, pictures: &LocalPictures) -> Vec<Url> {
    let mut found: Vec<Url> = Vec::new();
    if pictures.let_go.is_empty() {
        return found;
    }
    let lead = article.lead_image().map(|image| image.url.clone());
    let sources = picture_tags(&article.html).filter_map(|(_, tag)| source_of(tag));
    for url in lead.into_iter().chain(sources.filter_map(|source| Url::parse(&source).ok())) {
        if pictures.let_go.contains(&picture_key(&url)) && !found.contains(&url) {
            found.push(url);
        }
    }
    found
}

/// The article as a feed carries it whose pictures are below `base`.
#[must_use]
pub fn with_local_pictures(article: &Article, pictures: &LocalPictures, base: &Url) -> Article {
    let public = |local: &LocalPicture| {
        let (path, file) = local.files(false).swap_remove(0);
        base.join(&path).ok().map(|url| (url, file))
    };
    let html = with_tags(&article.html, |_, tag, url| {
        let (public, file) = public(pictures.at(url)?)?;
        let alt = attribute_of(tag, "alt").unwrap_or_default();
        let (src, width, height) = (escaped(public.as_str()), file.width, file.height);
        Some(format!("<img src=\"{src}\" alt=\"{alt}\" width=\"{width}\" height=\"{height}\">"))
    });
    let image = article.image.clone().map(|mut image| {
        if let Some((url, file)) = pictures.at(&image.url).and_then(public) {
            (image.url, image.width, image.height) = (url, Some(file.width), Some(file.height));
        }
        image
    });
    Article { html, image, ..article.clone() }
}

/// The article as a feed carries it that has no pictures.
#[must_use]
pub fn without_pictures(article: &Article) -> Article {
    let html = with_tags(&article.html, |_, _, _| Some(String::new()));
    let html = html.replace("<figure></figure>", "").replace("<p></p>", "");
    Article { html, image: None, ..article.clone() }
}

/// `html`, which is clean, with what `rewrite` makes of the tag of each picture: its place, the tag, its address.
fn with_tags(html: &str, mut rewrite: impl FnMut(usize, &str, &Url) -> Option<String>) -> String {
    let mut out = String::with_capacity(html.len());
    let mut from = 0;
    for (at, tag) in picture_tags(html) {
        let url = source_of(tag).and_then(|source| Url::parse(&source).ok());
        out.push_str(&html[from..at]);
        match url.and_then(|url| rewrite(at, tag, &url)) {
            Some(new) => out.push_str(&new),
            None => out.push_str(tag),
        }
        from = at + tag.len();
    }
    out.push_str(&html[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PictureKind, PictureLook};

    fn pictures(width: u32) -> LocalPictures {
        let picture = Picture { kind: PictureKind::Jpeg, look: PictureLook::Photo, width, height: width / 2 };
        let local = LocalPicture { payload: Digest::of(b"p"), picture };
        let kept = BTreeMap::from([("https://a.example/p.jpg".to_owned(), local)]);
        LocalPictures { kept, let_go: HashSet::new() }
    }

    #[test]
    fn a_page_shows_the_files_that_are_here_and_leaves_all_others_where_they_are() {
        let html = "<p>A</p><img src=\"https://a.example/p.jpg?w=9\" alt=\"&quot;P&quot;\" width=\"640\"><img src=\"https://b.example/q.jpg\" alt=\"\">";
        let shown = with_local(html, &pictures(2000), "../", false);
        let name = "assets/pictures/14/148de9c5a7a44d19e56cd9ae";
        assert_eq!(
            shown,
            format!(
                "<p>A</p><img src=\"../{name}-1-800.jpg\" srcset=\"../{name}-1-800.jpg 800w, ../{name}-1-1600.jpg 1600w\" sizes=\"{SIZES}\" alt=\"&quot;P&quot;\" width=\"640\" height=\"320\" decoding=\"async\"><img src=\"https://b.example/q.jpg\" alt=\"\">"
            )
        );
        assert!(!with_local(html, &pictures(300), "", true).contains("srcset"));
    }
}
