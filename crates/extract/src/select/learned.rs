//! The learned judge: a probability for each block that it belongs to the article, and the choice that follows. What
//! it was trained on, and how well it does on pages it has not seen, is in `training/MODEL_CARD.md`.

use std::sync::LazyLock;

use super::trees::Forest;
use crate::segment::Blocks;

const MODEL: &[u8] = include_bytes!("model.bin");
const LEANING_MODEL: &[u8] = include_bytes!("leaning.bin");

static FOREST: LazyLock<Forest> =
    LazyLock::new(|| Forest::unpack(MODEL).expect("the packed model of this build"));
static LEANING: LazyLock<Forest> =
    LazyLock::new(|| Forest::unpack(LEANING_MODEL).expect("the packed model of this build"));

/// Adds to `probabilities` how likely it is of each block, whose features are the `rows`, that it belongs to the article.
pub(super) fn judge(rows: &[f32], probabilities: &mut Vec<f32>) {
    FOREST.probabilities(rows, probabilities);
}

/// By how much more likely, as a logit, the blocks of a page are taken to belong to its text than the trees say of each,
/// given the features of some of its blocks, at whose end stand those of the page. The choice takes blocks to be
/// independent of one another: on pages of documentation or service, where they belong together, it would keep too few.
pub(super) fn leaning(rows: &[f32]) -> f32 {
    LEANING.logit(&rows[rows.len() - LEANING.features()..])
}

/// Makes `probabilities` more likely by `leaning`.
pub(super) fn lean(probabilities: &mut [f32], leaning: f32) {
    let odds = leaning.exp();
    for likely in probabilities {
        *likely = *likely * odds / (1.0 - *likely + *likely * odds);
    }
}

/// Blocks that were chosen, and how good the choice is expected to be.
#[derive(Clone, Debug)]
pub(super) struct ChosenBlocks {
    pub(super) kept: Vec<bool>,
    /// The expected F1 of their words, from 0 to 1.
    pub(super) expected: f32,
}

/// The blocks that belong to the article by `probabilities`: as many of the likeliest as make the expected F1 of their
/// words greatest.
pub(super) fn choose(page: &Blocks, probabilities: &[f32]) -> ChosenBlocks {
    let words = |at: usize| page.blocks[at].measure.runs as f32;
    let mut likeliest: Vec<usize> = (0..probabilities.len()).collect();
    likeliest.sort_by(|one, two| probabilities[*two].total_cmp(&probabilities[*one]));
    let expected: f32 = likeliest.iter().map(|at| probabilities[*at] * words(*at)).sum();
    let (mut hit, mut kept, mut best, mut least) = (0.0, 0.0, 0.0, f32::INFINITY);
    for at in likeliest {
        hit += probabilities[at] * words(at);
        kept += words(at);
        let f1 = 2.0 * hit / (kept + expected);
        if f1 > best {
            (best, least) = (f1, probabilities[at]);
        }
    }
    let kept = probabilities.iter().map(|probability| *probability >= least).collect();
    ChosenBlocks { kept, expected: best }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::Scripting;
    use crate::select::{find, trees};
    use crate::{dom, segment};

    fn page(html: &str) -> Blocks {
        segment::segment(&dom::parse(html, Scripting::Enabled), Scripting::Enabled)
    }

    #[test]
    fn the_choice_takes_what_is_likely_and_leaves_what_is_not() {
        let page = page("<p>a b c d e f g h<p>i j k l m n<p>o<p>q r s t u v w x y z");
        let sure = choose(&page, &[0.9, 0.8, 0.4, 0.02]);
        assert_eq!(sure.kept, [true, true, false, false]);
        let unsure = choose(&page, &[0.3, 0.25, 0.02, 0.01]);
        assert_eq!(unsure.kept[..2], [true, true]);
        assert!(unsure.expected < sure.expected && sure.expected < 1.0);
    }

    #[test]
    fn a_leaning_moves_what_is_doubtful_and_little_of_what_is_certain() {
        let mut likely = [0.0, 0.3, 0.5, 1.0];
        lean(&mut likely, 0.9);
        assert!(likely[1] > 0.5 && likely[2] > 0.7);
        assert_eq!([likely[0], likely[3]], [0.0, 1.0]);
    }

    #[test]
    fn the_models_were_trained_on_the_features_of_this_code() {
        let html = "<title>t</title><p>a b c</p>";
        let document = dom::parse(html, Scripting::Enabled);
        let url = url::Url::parse("https://example.org/").unwrap();
        let names = find(&document, &tearsheet_html::PageData::of(&document), &page(html), &url).names();
        check_names(MODEL, &names);
        check_names(LEANING_MODEL, &names[names.len() - LEANING.features()..]);
    }

    fn check_names(model: &[u8], names: &[String]) {
        // FNV-1a of the names, each ended by a line break.
        let bytes = names.iter().flat_map(|name| name.bytes().chain([b'\n']));
        let fingerprint = bytes.fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let count = u16::try_from(names.len()).unwrap();
        assert_eq!(trees::trained_on(model), (count, fingerprint), "train it again");
    }

    #[test]
    fn the_trees_give_the_answers_of_their_trainer() {
        check_answers(&FOREST, include_str!("answers.json"));
        check_answers(&LEANING, include_str!("leanings.json"));
    }

    fn check_answers(forest: &Forest, answers: &str) {
        let answers: serde_json::Value = serde_json::from_str(answers).unwrap();
        let answers = answers.as_array().unwrap();
        assert!(answers.len() > 20);
        for answer in answers {
            let row: Vec<f32> = serde_json::from_value(answer["row"].clone()).unwrap();
            let expected = answer["logit"].as_f64().unwrap();
            let logit = f64::from(forest.logit(&row));
            assert!((logit - expected).abs() < 1e-4, "{logit} for {expected}");
        }
    }
}
