//! The files that a feed attaches to an article, such as the recording of a podcast's episode.

use super::values::WebUrl;
use crate::model::{Enclosure, Entry};

/// A file that readers download and play.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AttachedFile {
    pub(super) url: WebUrl,
    pub(super) media_type: String,
    /// In bytes, where it is stated.
    pub(super) length: Option<u64>,
}

/// Media types by the endings of files' names.
#[rustfmt::skip]
const TYPES: &[(&str, &str)] = &[
    ("aac", "audio/aac"), ("avi", "video/x-msvideo"), ("epub", "application/epub+zip"), ("flac", "audio/flac"),
    ("m4a", "audio/mp4"), ("m4b", "audio/mp4"), ("m4v", "video/mp4"), ("mov", "video/quicktime"),
    ("mp3", "audio/mpeg"), ("mp4", "video/mp4"), ("oga", "audio/ogg"), ("ogg", "audio/ogg"), ("ogv", "video/ogg"),
    ("opus", "audio/ogg"), ("pdf", "application/pdf"), ("torrent", "application/x-bittorrent"),
    ("wav", "audio/wav"), ("webm", "video/webm"), ("zip", "application/zip"),
];

/// What is attached to the article, each file once: recordings and films first. Pictures that the article
/// shows are left out.
pub(super) fn of(entry: &Entry) -> Vec<AttachedFile> {
    let mut files: Vec<AttachedFile> = Vec::new();
    for enclosure in &entry.enclosures {
        let Some(url) = WebUrl::of(&enclosure.url) else { continue };
        let file = AttachedFile { media_type: media_type(enclosure), length: enclosure.length, url };
        let is_shown = file.media_type.starts_with("image/") && shows(entry, enclosure);
        if !is_shown && files.iter().all(|known| known.url != file.url) {
            files.push(file);
        }
    }
    files.sort_by_key(|file| !plays(file));
    files
}

/// Whether a file is a recording or a film.
pub(super) fn plays(file: &AttachedFile) -> bool {
    file.media_type.starts_with("audio/") || file.media_type.starts_with("video/")
}

fn shows(entry: &Entry, picture: &Enclosure) -> bool {
    let article = &entry.article;
    article.image.as_ref().is_some_and(|image| image.url == picture.url)
        || article.html.contains(&super::characters::escaped(picture.url.as_str()))
}

/// The type as stated, if it is one, else what the name of the file says.
fn media_type(enclosure: &Enclosure) -> String {
    let stated = enclosure.media_type.as_deref().map(str::trim).filter(|stated| is_media_type(stated));
    if let Some(stated) = stated {
        return stated.to_ascii_lowercase();
    }
    let ending = enclosure.url.path().rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let known = ending.and_then(|ending| TYPES.iter().find(|(name, _)| *name == ending));
    known.map_or("application/octet-stream", |(_, media_type)| media_type).to_owned()
}

/// RFC 6838, section 4.2.
fn is_media_type(text: &str) -> bool {
    let name = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte))
    };
    text.split_once('/').is_some_and(|(kind, subtype)| name(kind) && name(subtype))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_what_is_stated_or_what_the_name_says() {
        let of = |url: &str, stated: Option<&str>| {
            let stated = stated.map(str::to_owned);
            media_type(&Enclosure { url: url.parse().unwrap(), media_type: stated, length: None })
        };
        assert_eq!(of("https://a.example/1.MP3?x=1", None), "audio/mpeg");
        assert_eq!(of("https://a.example/1.mp3", Some("Audio/X-M4A ")), "audio/x-m4a");
        assert_eq!(of("https://a.example/1.ogg", Some("mp3")), "audio/ogg");
        assert_eq!(of("https://a.example/play/1", Some("a/b/c")), "application/octet-stream");
    }
}
