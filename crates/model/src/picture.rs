//! Pictures: what is known of one without its bytes, and which of them an article shows.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

use super::{Article, Image};

/// The format of a picture's bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PictureKind {
    /// JPEG (ITU T.81).
    Jpeg,
    /// PNG, also in its animated form.
    Png,
    /// WebP, also in its animated form.
    WebP,
    /// GIF.
    Gif,
    /// AVIF: shown as it is, without being decoded.
    Avif,
    /// SVG.
    Svg,
}

impl PictureKind {
    /// The media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            PictureKind::Jpeg => "image/jpeg",
            PictureKind::Png => "image/png",
            PictureKind::WebP => "image/webp",
            PictureKind::Gif => "image/gif",
            PictureKind::Avif => "image/avif",
            PictureKind::Svg => "image/svg+xml",
        }
    }

    /// How the name of such a file ends, without its dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            PictureKind::Jpeg => "jpg",
            PictureKind::Png => "png",
            PictureKind::WebP => "webp",
            PictureKind::Gif => "gif",
            PictureKind::Avif => "avif",
            PictureKind::Svg => "svg",
        }
    }
}

impl fmt::Display for PictureKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.extension())
    }
}

/// What a picture looks like, as far as it decides how smaller files are made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PictureLook {
    /// Many colours and nothing to see through: smaller files are JPEG.
    Photo,
    /// Few colours, or something to see through: smaller files are PNG.
    Drawing,
    /// It moves, or is not decoded: there is one file, of the picture as it is.
    Whole,
}

/// A picture that can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The format of its bytes.
    pub kind: PictureKind,
    /// What it looks like.
    pub look: PictureLook,
    /// Its width in pixels as it is shown, never 0.
    pub width: u32,
    /// Its height in pixels as it is shown, never 0.
    pub height: u32,
}

impl Article {
    /// The lead image, unless the body shows the same picture, be it in another size.
    #[must_use]
    pub fn lead_image(&self) -> Option<&Image> {
        self.image.as_ref().filter(|image| {
            let stem = picture_stem(&image.url);
            stem.is_empty() || !self.html.contains(stem)
        })
    }
}

/// What the addresses of one picture's sizes share: its file's name without size and extension, or its whole path where
/// that name says too little.
fn picture_stem(url: &Url) -> &str {
    let path = url.path();
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = match stem.rsplit_once('-') {
        Some((rest, size)) if is_size(size) => rest,
        _ => stem,
    };
    if stem.len() >= 8 { stem } else { path }
}

/// `300x200`
fn is_size(text: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('x').is_some_and(|(width, height)| number(width) && number(height))
}

/// Parameters with which a server is asked for a size of a picture.
const SIZES: &[&str] = &["w", "h", "width", "height", "q", "quality", "dpr", "resize", "size", "fit", "auto"];

/// What is the same in the addresses of one picture's sizes: all but the fragment, and but the parameters that ask for
/// a size, where the path is that of a picture's file. Two addresses with one key are one picture, and it is asked for once.
#[must_use]
pub fn picture_key(url: &Url) -> String {
    const FILES: &[&str] = &[".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"];
    let mut key = url.clone();
    key.set_fragment(None);
    let path = url.path().to_ascii_lowercase();
    if url.query().is_some() && FILES.iter().any(|end| path.ends_with(end)) {
        let asks_size = |part: &str| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let is_number = value
                .bytes()
                .all(|byte| byte.is_ascii_digit() || matches!(byte, b'x' | b',' | b'.' | b'%' | b'C'));
            SIZES.contains(&name) && (is_number || matches!(name, "fit" | "auto"))
        };
        let kept: Vec<&str> =
            url.query().unwrap_or_default().split('&').filter(|part| !asks_size(part)).collect();
        let kept = kept.join("&");
        key.set_query((!kept.is_empty()).then_some(kept.as_str()));
    }
    key.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_one_picture_have_one_key() {
        let key = |url: &str| picture_key(&Url::parse(url).unwrap());
        for (url, expected) in [
            ("https://a.example/p.jpg?w=300", "https://a.example/p.jpg"),
            ("https://a.example/p.jpg?width=300&v=2&auto=webp#x", "https://a.example/p.jpg?v=2"),
            ("https://a.example/p.JPG?resize=300%2C200", "https://a.example/p.JPG"),
            ("https://a.example/p.jpg?w=week12", "https://a.example/p.jpg?w=week12"),
            ("https://a.example/image?w=300", "https://a.example/image?w=300"),
            ("https://a.example/p.jpg?id=7", "https://a.example/p.jpg?id=7"),
        ] {
            assert_eq!(key(url), expected);
        }
    }
}
