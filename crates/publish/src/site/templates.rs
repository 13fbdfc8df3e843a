//! From values to the bytes of a page.

use serde::Serialize;

use crate::publish::Settings;
use crate::publish::characters::legal;

/// The page that template `name` makes of `values`.
pub(super) fn render(settings: &Settings, name: &str, values: impl Serialize) -> Vec<u8> {
    legal(&settings.theme.render(name, values)).into_owned().into_bytes()
}
