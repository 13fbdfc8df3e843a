//! Which of the names that a page gives are those of people, and not of the site or an account.

use super::Found;
use crate::choice::Choice;

/// Sources that name people well enough to be believed against one that names the site or an account.
const NAMES_PEOPLE: &[&str] = &["byline", "rel=author", "text", "hint", "twitter:data1"];

/// Beside a person, the site itself is no author.
pub(super) fn without_site(found: &Found<'_, '_>, names: Vec<String>) -> Vec<String> {
    let person = names.iter().any(|name| (name.contains(' ') || !name.is_ascii()) && !found.is_site(name));
    if names.len() < 2 || !person {
        return names;
    }
    // What has many words is what somebody is, not who.
    let first = names[0].clone();
    names
        .into_iter()
        .filter(|name| !found.is_site(name) && (*name == first || name.split(' ').count() <= 6))
        .collect()
}

/// Where the best source names but the site or an account, one that names a person comes first.
pub(super) fn prefer_people(found: &Found<'_, '_>, choice: &mut Choice<Vec<String>>) {
    let nobody = |name: &String| found.is_site(name) || is_account(name);
    let Some(first) = choice.values().first() else { return };
    let (from, winner) = (first.from, &first.value);
    let said_to_be_a_person = from == "json-ld author"
        && !winner.iter().any(|name| found.is_named(name))
        && found
            .article
            .is_some_and(|article| article.items("author").iter().any(|author| author.is("Person")))
        && !winner.iter().all(|name| is_account(name));
    if from == "rule" || said_to_be_a_person || !winner.iter().all(nobody) {
        return;
    }
    let account = winner.iter().all(|name| is_account(name));
    let better = choice.values().iter().position(|said| {
        let (from, names) = (said.from, &said.value);
        let full = |name: &String| !nobody(name) && (name.contains(' ') || !name.is_ascii());
        let believed =
            NAMES_PEOPLE.contains(&from) || !account && !from.starts_with("json-ld") && from != "author box";
        believed && names.iter().all(full)
    });
    if let Some(at) = better {
        choice.prefer(at);
    }
}

/// Whether a name is that of an account, not of a person: `ann.lee`, `annlee7`, `AnnL`.
fn is_account(name: &str) -> bool {
    name.is_ascii()
        && !name.contains(' ')
        && name.chars().any(|c| c.is_ascii_lowercase())
        && (!name.starts_with(|c: char| c.is_ascii_uppercase())
            || name
                .chars()
                .skip(1)
                .any(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '.' || c == '_'))
}
