//! Comments below a text, which are not the author's: on a page where they could not be told from the article, they grow
//! with every visit.

/// Headings of comments, without their number.
#[rustfmt::skip]
const HEADINGS: &[&str] = &[
    "comments", "comment", "responses", "replies", "discussion", "kommentare", "kommentar", "commentaires", "commentaire",
    "comentarios", "comentario", "comentários", "comentário", "commenti", "commento", "reacties", "reactie",
    "kommentarer", "kommentit", "komentarze", "komentáře", "комментарии", "коментарі", "yorumlar", "σχόλια", "تعليقات",
    "תגובות", "コメント", "评论", "評論", "댓글",
];
/// A block of more words that names an address says something else too.
const ADVERT_WORDS: usize = 40;

/// The blocks of `text` without the comments behind it, and without what stands at its very end only to name an address.
pub(super) fn without(text: &str) -> Vec<&str> {
    let mut blocks: Vec<&str> = text.split("\n\n").collect();
    let words =
        |blocks: &[&str]| -> usize { blocks.iter().map(|block| block.split_whitespace().count()).sum() };
    let all = words(&blocks);
    let heads = blocks.iter().rposition(|block| is_heading(block));
    // A counter above the text is no heading of what is below it.
    if let Some(at) = heads.filter(|at| words(&blocks[..*at]) * 2 > all) {
        blocks.truncate(at);
    }
    while blocks.len() > 1 && blocks.last().is_some_and(|block| is_advert(block)) {
        blocks.pop();
    }
    blocks
}

fn is_heading(block: &str) -> bool {
    let words = block.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    matches!(&words[..], [word] if HEADINGS.contains(&word.as_str()))
}

fn is_advert(block: &str) -> bool {
    let names_address = block.contains("http://") || block.contains("https://") || block.contains("www.");
    names_address && block.split_whitespace().count() <= ADVERT_WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_end_a_text_and_a_counter_above_it_does_not() {
        let text = "The first block of some length.\n\nThe second block of some length.";
        let commented = format!("{text}\n\n3 Comments\n\nBob\n\nNice.\n\nReply");
        assert_eq!(without(&commented).join("\n\n"), text);
        let counted = format!("3 comments\n\n{text}");
        assert_eq!(without(&counted).join("\n\n"), counted);
    }
}
