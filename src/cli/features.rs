//! `tearsheet features`: what the body's learned judge sees, for its training.

use serde_json::{Value, json};

use super::pages::Input;
use crate::extract::{Page, observe};

pub(super) fn answer(input: &Input<'_>) -> Value {
    let Input { id, url, content_type, bytes, .. } = *input;
    let page = Page { url, content_type, bytes, captured_at: None, hints: None };
    let observed = observe(&page);
    let bytes: Vec<u8> = observed.features.iter().flat_map(|value| value.to_le_bytes()).collect();
    json!({
        "id": id,
        "url": url,
        "blocks": observed.blocks,
        "ruled": observed.ruled,
        "names": observed.names,
        "features": data_encoding::BASE64.encode(&bytes),
    })
}
