//! Directives that are no selectors: what is done in any case, what differs, and what there is nothing of here.

/// What becomes of a directive whose value changes nothing in a selector.
pub(super) enum Setting {
    /// It asks for what is done in any case.
    AsHere,
    /// It asks for something else.
    Differs(&'static str),
    Unsupported(&'static str),
}

pub(super) fn setting(name: &str, value: &str) -> Setting {
    let off = matches!(value.to_ascii_lowercase().as_str(), "no" | "false" | "0");
    match (name, off) {
        ("tidy" | "parser" | "convert_double_br_tags", _)
        | ("prune" | "insert_detected_image" | "autodetect_next_page" | "footnotes" | "skip_json_ld", true)
        | ("autodetect_on_failure", false)
        | ("requires_login", true) => Setting::AsHere,
        ("prune", false) => Setting::Differs("only what is not article text is removed from the body"),
        ("insert_detected_image", false) => {
            Setting::Differs("the lead image is kept beside the body, not in it")
        }
        ("footnotes", false) => Setting::Differs("footnotes stay in place"),
        ("skip_json_ld", false) => Setting::Differs("fields without a selector still read JSON-LD"),
        ("autodetect_on_failure", true) => {
            Setting::Differs("where no selector matches, the heuristics are heard, and the run says so")
        }
        ("strip_comments", _) => Setting::Differs("readers' comments are always left out"),
        ("autodetect_next_page", false) => {
            Setting::Unsupported("a next page is not guessed: give its link a selector in next_page")
        }
        (
            "requires_login"
            | "login_uri"
            | "login_username_field"
            | "login_password_field"
            | "login_extra_fields",
            _,
        ) => Setting::Unsupported("tearsheet does not log in: put the cookie of your session into [headers]"),
        ("not_logged_in_xpath", _) => {
            Setting::Unsupported("tearsheet does not log in; a page that asks to is held back")
        }
        ("native_ad_clue", _) => Setting::Unsupported("advertisements are not detected by a rule"),
        ("move_into", _) => Setting::Unsupported("nothing is moved: select both places in body"),
        _ => Setting::Unsupported("tearsheet has no equivalent"),
    }
}
