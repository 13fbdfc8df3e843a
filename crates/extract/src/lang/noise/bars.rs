//! Bars of share buttons: every word on them names a network, a button or an icon.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::phrases::{BUTTONS, NETWORKS, PLAIN_NETWORKS, SHARE_WORDS};

const MAX_SHARE_WORDS: usize = 24;
/// How names of icons begin.
const ICONS: &[&str] = &["icon-", "icon_", "fa-", "icofont-", "ico-"];

/// What a word may be on a share bar.
#[derive(Clone, Copy, Default)]
struct ShareWord {
    is_network: bool,
    is_button: bool,
}

/// Whether every word names a network, a share button or an icon.
pub(super) fn is_share(plain: &str) -> bool {
    static WORDS: LazyLock<FxHashMap<&str, ShareWord>> = LazyLock::new(|| {
        let word = |word: &&'static str| {
            let is_network = NETWORKS.contains(word) && !PLAIN_NETWORKS.contains(word);
            (*word, ShareWord { is_network, is_button: BUTTONS.contains(word) })
        };
        NETWORKS.iter().chain(BUTTONS).chain(SHARE_WORDS).map(word).collect()
    });
    let is_sign =
        |c: char| c.is_whitespace() || matches!(c, ',' | '|' | '/' | '•' | '·' | ':' | '(' | ')' | '+' | '.');
    let (mut icons, mut networks, mut others, mut buttons) = (0, 0, 0, 0);
    for (count, word) in plain.split(is_sign).filter(|word| !word.is_empty()).enumerate() {
        if ICONS.iter().any(|prefix| word.starts_with(prefix)) {
            icons += 1;
            continue;
        }
        let Some(known) = WORDS.get(word).filter(|_| count <= MAX_SHARE_WORDS) else { return false };
        networks += usize::from(known.is_network);
        others += usize::from(!known.is_network);
        buttons += usize::from(known.is_button);
    }
    icons > 0 || networks > 1 || (networks == 1 && others > 0) || buttons > 1
}
