//! The directives of such rules, and how a line has one.

/// Every directive that is known, for telling what a misspelt one was meant to be.
pub(super) const DIRECTIVES: &[&str] = &[
    "title",
    "body",
    "author",
    "date",
    "strip",
    "strip_id_or_class",
    "strip_image_src",
    "strip_attr",
    "strip_comments",
    "tidy",
    "prune",
    "parser",
    "test_url",
    "test_contains",
    "replace_string",
    "find_string",
    "http_header",
    "next_page_link",
    "single_page_link",
    "single_page_link_in_feed",
    "if_page_contains",
    "wrap_in",
    "dissolve",
    "move_into",
    "native_ad_clue",
    "insert_detected_image",
    "convert_double_br_tags",
    "autodetect_on_failure",
    "autodetect_next_page",
    "skip_json_ld",
    "skip_id_or_class",
    "src_lazy_load_attr",
    "footnotes",
    "requires_login",
    "not_logged_in_xpath",
    "login_uri",
    "login_username_field",
    "login_password_field",
    "login_extra_fields",
];

/// Whether a text is such a rule.
pub(in crate::config::import) fn looks_like_one(text: &str) -> bool {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (mut known, mut all) = (0, 0);
    for line in lines.take(50) {
        all += 1;
        known += usize::from(directive(line).is_some_and(|(name, _, _)| DIRECTIVES.contains(&name)));
    }
    known * 2 > all
}

/// Cuts `name(argument): value` apart; the argument may have colons in it.
pub(super) fn directive(line: &str) -> Option<(&str, Option<&str>, &str)> {
    let end = line.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(line.len());
    let (name, rest) = line.split_at(end);
    if let Some(inner) = rest.strip_prefix('(')
        && let Some(close) = inner.find("):").or_else(|| inner.find(") :"))
    {
        let value = inner[close + 1..].trim_start().strip_prefix(':').unwrap_or_default();
        return (!name.is_empty()).then_some((name, Some(&inner[..close]), value.trim()));
    }
    let value = rest.trim_start().strip_prefix(':')?;
    (!name.is_empty()).then_some((name, None, value.trim()))
}
