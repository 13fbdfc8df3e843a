//! Lists of names, cut apart.

use super::words::CREDENTIALS;

/// Cuts a list of names apart. "Last, First" and letters behind a name stay with it.
pub(super) fn split(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = vec![String::new()];
    for word in text.split(' ') {
        let lower = word.to_lowercase();
        let joins = matches!(
            lower.as_str(),
            "and"
                | "und"
                | "et"
                | "y"
                | "&"
                | "og"
                | "och"
                | "|"
                | "en"
                | "ve"
                | "и"
                | "та"
                | "•"
                | "·"
                | "/"
                | "with"
                | "mit"
        );
        if joins && parts.last().is_some_and(|part| !part.is_empty()) {
            parts.push(String::new());
            continue;
        }
        let mut rest = word;
        while let Some(at) = rest.find([';', '、', '،', '，']) {
            push(&mut parts, &rest[..at]);
            parts.push(String::new());
            rest = rest[at..].trim_start_matches([';', '、', '،', '，']);
        }
        push(&mut parts, rest);
    }
    parts.iter().flat_map(|part| split_commas(part)).filter(|part| !part.is_empty()).collect()
}

fn push(parts: &mut [String], word: &str) {
    if let Some(part) = parts.last_mut().filter(|_| !word.is_empty()) {
        if !part.is_empty() {
            part.push(' ');
        }
        part.push_str(word);
    }
}

fn split_commas(text: &str) -> Vec<String> {
    let pieces: Vec<&str> = text.split(',').map(str::trim).filter(|piece| !piece.is_empty()).collect();
    if let [last, first] = pieces.as_slice()
        && !last.contains(' ')
        && first.split(' ').count() <= 2
        && text.contains(", ")
    {
        return vec![text.trim().to_owned()];
    }
    let mut names: Vec<String> = Vec::new();
    for piece in pieces {
        let credential = CREDENTIALS.contains(&piece.to_lowercase().replace(['.', '-'], "").as_str());
        match names.last_mut().filter(|_| credential) {
            Some(name) => {
                name.push_str(", ");
                name.push_str(piece);
            }
            None => names.push(piece.to_owned()),
        }
    }
    names
}
