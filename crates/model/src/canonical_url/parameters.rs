//! What the parameters of a URL's query say: which page it is, or only who asks for it, from where, and in what dress.

/// Parameters that say how a reader came to a page and never which page it is.
const TRACKING: &[&str] = &[
    "__s",
    "__tn__",
    "__twitter_impression",
    "_bta_c",
    "_bta_tid",
    "_branch_match_id",
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "_ke",
    "_openstat",
    "amp_gsa",
    "amp_js_v",
    "at_campaign",
    "at_format",
    "at_link_id",
    "at_link_origin",
    "at_link_type",
    "at_medium",
    "at_ptr_name",
    "cmpid",
    "dclid",
    "dmcid",
    "efid",
    "epik",
    "fb_action_ids",
    "fb_action_types",
    "fb_ref",
    "fb_source",
    "fbclid",
    "gbraid",
    "gclid",
    "gclsrc",
    "guccounter",
    "guce_referrer",
    "guce_referrer_sig",
    "hsctatracking",
    "icid",
    "igsh",
    "igshid",
    "int_cmp",
    "ito",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "ml_subscriber",
    "ml_subscriber_hash",
    "msclkid",
    "ncid",
    "ocid",
    "oly_anon_id",
    "oly_enc_id",
    "rb_clickid",
    "ref_src",
    "ref_url",
    "s_cid",
    "sfnsn",
    "share_from",
    "smid",
    "smtyp",
    "soc_src",
    "soc_trk",
    "spm",
    "sr_share",
    "srsltid",
    "ttclid",
    "twclid",
    "tw_p",
    "usqp",
    "vero_conv",
    "vero_id",
    "wbraid",
    "wickedid",
    "wprov",
    "wt_mc",
    "wt_zmc",
    "wt.mc_id",
    "xtor",
    "yclid",
];
/// Prefixes of such parameters.
const TRACKING_PREFIXES: &[&str] =
    &["utm_", "ns_", "pk_", "mtm_", "matomo_", "piwik_", "hsa_", "at_custom", "itm_"];
/// Parameters that say so with some values, and may name a page with others.
const SOURCES: &[&str] = &["ref", "source", "src", "from", "via", "partner"];
/// Those values.
const SOURCE_VALUES: &[&str] = &[
    "rss",
    "feed",
    "atom",
    "newsletter",
    "email",
    "facebook",
    "fb",
    "twitter",
    "linkedin",
    "whatsapp",
    "share",
];

/// Parameters that carry a session.
const SESSIONS: &[&str] =
    &["phpsessid", "jsessionid", "sessionid", "session_id", "oscsid", "zenid", "cftoken"];
/// Parameters that carry one where their value is a digest of 32 hexadecimal digits.
const DIGEST_SESSIONS: &[&str] = &["sid", "s", "session"];

/// Parameters by which a page is shown differently, with the values that say so.
const VIEWS: &[(&str, &[&str])] = &[
    ("amp", &["", "1", "true", "yes"]),
    ("outputtype", &["amp"]),
    ("print", &["", "1", "true", "yes", "y"]),
    ("printable", &["", "1", "true", "yes"]),
    ("printerfriendly", &["", "1", "true", "yes"]),
    ("view", &["print", "amp", "mobile"]),
    ("m", &["0", "1"]),
    ("mobile", &["0", "1", "true", "false"]),
];

/// Whether `pair`, a parameter with its value, can be left out when the page is asked for.
pub(super) fn is_idle(pair: &str) -> bool {
    let (name, value) = parts(pair);
    let name = name.as_str();
    TRACKING.contains(&name)
        || TRACKING_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || SOURCES.contains(&name) && SOURCE_VALUES.contains(&value.as_str())
        || is_session(name, &value)
}

/// Whether `pair` asks for another view of the same page.
pub(super) fn is_view(pair: &str) -> bool {
    let (name, value) = parts(pair);
    VIEWS.iter().any(|(view, values)| *view == name && values.contains(&value.as_str()))
}

/// Whether `parameter`, which stands in a path behind a semicolon, carries a session.
pub(super) fn is_path_session(parameter: &str) -> bool {
    let (name, value) = parts(parameter);
    is_session(&name, &value)
}

fn is_session(name: &str, value: &str) -> bool {
    SESSIONS.contains(&name)
        || name.starts_with("aspsessionid")
        || DIGEST_SESSIONS.contains(&name)
            && value.len() == 32
            && value.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Name and value in lower case.
fn parts(pair: &str) -> (String, String) {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    (name.to_ascii_lowercase(), value.to_ascii_lowercase())
}
