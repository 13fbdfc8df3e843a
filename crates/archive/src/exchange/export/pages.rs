//! The list of pages: a line for each revision that was made of a capture in the same file, with its text, which replay
//! searches.

use serde::Serialize;

use super::groups::Member;
use crate::model::ArticleId;
use crate::record::{ARTICLE, Conversion, Format, format};
use crate::warc::RecordType;

/// What the list begins with.
pub(super) const HEAD: &str =
    "{\"format\": \"json-pages-1.0\", \"id\": \"pages\", \"title\": \"All articles\", \"hasText\": true}\n";

#[derive(Serialize)]
struct Page<'a> {
    id: String,
    url: &'a str,
    ts: &'a str,
    title: &'a str,
    text: &'a str,
}

/// The line of `group`, if it is an article with its capture.
pub(super) fn line(group: &[Member]) -> Option<String> {
    let is = |kind: RecordType| move |member: &&Member| member.head.kind() == kind;
    let response = group.iter().find(is(RecordType::Response))?;
    let conversion = group.iter().find(is(RecordType::Conversion))?;
    if format(conversion.head.content_type(), ARTICLE) != Format::Ours {
        return None;
    }
    let Conversion { about, article, .. } = serde_json::from_slice::<Conversion>(&conversion.block).ok()?;
    let page = Page {
        id: id(&about.id, about.revision),
        url: response.head.get("WARC-Target-URI")?,
        ts: response.head.get("WARC-Date")?,
        title: &article.title,
        text: &article.text,
    };
    Some(serde_json::to_string(&page).expect("plain values serialise"))
}

fn id(article: &ArticleId, revision: u32) -> String {
    if revision == 1 { article.to_string() } else { format!("{article}-{revision}") }
}
