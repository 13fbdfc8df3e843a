//! The pictures that a clean document shows.

/// The values of `src` of the pictures in `html`, which is clean, in their order and without escapes.
pub fn picture_sources(html: &str) -> impl Iterator<Item = String> + '_ {
    picture_tags(html).filter_map(|(_, tag)| source_of(tag))
}

/// The tags of the pictures in `html`, which is clean, each with its place.
pub fn picture_tags(html: &str) -> impl Iterator<Item = (usize, &str)> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let at = from + html[from..].find('<')?;
            // Tags are walked one by one: an attribute may hold what looks like another.
            let end = at + tag_end(&html[at..])?;
            from = end;
            if html[at + 1..end].starts_with("img") && html[at + 4..end].starts_with([' ', '>']) {
                return Some((at, &html[at..end]));
            }
        }
    })
}

/// The value of `src` of a tag, without escapes.
#[must_use]
pub fn source_of(tag: &str) -> Option<String> {
    attribute_of(tag, "src").map(|value| {
        value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    })
}

/// The value of an attribute of a tag of a clean document, as it stands.
#[must_use]
pub fn attribute_of<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    while let Some((before, behind)) = rest.split_once("=\"") {
        let (value, after) = behind.split_once('"')?;
        if before.rsplit(' ').next() == Some(name) {
            return Some(value);
        }
        rest = after;
    }
    None
}

/// Where the tag ends with which `text` begins: an attribute may hold a `>`.
fn tag_end(text: &str) -> Option<usize> {
    let mut is_quoted = false;
    let end = text.bytes().position(|byte| {
        is_quoted ^= byte == b'"';
        byte == b'>' && !is_quoted
    });
    end.map(|end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_picture_of_a_clean_document_is_found() {
        let html = "<p>&lt;img src=\"x\"&gt;</p><img src=\"https://a.example/1?a=1&amp;b=2\" alt=\"a > b\"><img alt=\"src=&quot;y&quot;\">";
        assert_eq!(picture_sources(html).collect::<Vec<_>>(), ["https://a.example/1?a=1&b=2"]);
        assert_eq!(picture_tags(html).count(), 2);
    }
}
