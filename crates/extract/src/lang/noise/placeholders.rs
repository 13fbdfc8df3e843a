//! Marks at which a page's scripts put advertising and the like.

/// Whether a block is but a mark at which a page's scripts put something else: `$$ARTICLE_AD$$`, `[[ad-1]]`.
pub(crate) fn is_placeholder(text: &str) -> bool {
    let is_sign = |c: char| matches!(c, '$' | '%' | '#' | '@' | '[' | ']' | '{' | '}' | '|');
    let name = text.trim_matches(is_sign);
    let signs = text.len() - name.len();
    signs >= 4
        && !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_told_from_a_word_between_signs() {
        for mark in ["$$ARTICLE_AD$$", "[[ad-1]]", "{{slot}}", "%%MPU%%"] {
            assert!(is_placeholder(mark), "{mark}");
        }
        for text in ["#harbour", "[sic]", "$$ two words $$", "Möwe", "$$$$", "100%"] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
