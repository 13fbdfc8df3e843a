//! What an article remembers of how it was read: of its values, and of the pages on which it stands.

use url::Url;

use super::{Explained, ExplainedPage, ExplainedText, Explanation, Value, detail};
use crate::model::{Article, Cut, Field, Moment, Provenance};

/// Characters of a value that are shown.
const MOST_VALUE: usize = 200;
/// Why a page that was read is not in the article.
const SAID_BEFORE: &str = "it says only what a page before it says";

/// What an article itself remembers of where its values came from, for when the page is no longer there.
#[must_use]
pub fn explain_article(article: &Article) -> Explanation {
    let fields = article.provenance.iter();
    let fields = fields.map(|(field, provenance)| remembered(article, *field, provenance)).collect();
    let mut cuts = article.cuts.iter().cloned();
    let mut first = cuts.next().unwrap_or_default();
    let url = article.url.as_url();
    Explanation {
        // The text may stand on another page than the one that the article is known by.
        url: first.url.take().unwrap_or_else(|| url.clone()),
        rejected: None,
        warnings: article.warnings.clone(),
        fields,
        text: text_of(first),
        goes_on: Vec::new(),
        pages: cuts.filter_map(remembered_page).collect(),
    }
}

impl Explanation {
    /// The explanation of the first page of `article`, which was joined of it and `further` ones.
    #[must_use]
    pub fn joined(mut self, article: &Article, further: Vec<Explanation>) -> Explanation {
        let told: Vec<&Url> = article.cuts.iter().filter_map(|cut| cut.url.as_ref()).collect();
        let page = |page: Explanation| ExplainedPage {
            left_out: page.rejected.or_else(|| (!told.contains(&&page.url)).then(|| SAID_BEFORE.to_owned())),
            url: page.url,
            text: page.text,
        };
        self.pages = further.into_iter().map(page).collect();
        self.goes_on.clear();
        self.warnings.clone_from(&article.warnings);
        if let Some(body) = self.fields.iter_mut().find(|explained| explained.field == Field::Body) {
            body.winner.value = shown(article, Field::Body);
        }
        self
    }

    /// Adds what `article` remembers of further pages that are no longer there.
    pub fn remember(&mut self, article: &Article) {
        let pages = article.cuts.iter().skip(1).cloned().filter_map(remembered_page);
        let lost = |page: &ExplainedPage| {
            self.url != page.url && self.pages.iter().all(|known| known.url != page.url)
        };
        let lost: Vec<ExplainedPage> = pages.filter(lost).collect();
        self.pages.extend(lost);
    }
}

fn remembered_page(mut cut: Cut) -> Option<ExplainedPage> {
    Some(ExplainedPage { url: cut.url.take()?, left_out: None, text: text_of(cut) })
}

fn text_of(cut: Cut) -> ExplainedText {
    let Cut { runs, more, rules, .. } = cut;
    ExplainedText { blocks: Vec::new(), runs, more, rules }
}

/// What an article remembers of one of its values.
pub(super) fn remembered(article: &Article, field: Field, provenance: &Provenance) -> Explained {
    let value = |at: usize, source: &str, value: String| Value {
        value,
        source: source.to_owned(),
        place: provenance.place(at).map(str::to_owned),
        doubted: provenance.doubted.contains(&at),
    };
    let beaten = (1..).zip(&provenance.beat);
    Explained {
        field,
        winner: value(0, &provenance.from, shown(article, field)),
        detail: match field {
            Field::Image => article.image.as_ref().and_then(detail),
            Field::Body => article.cuts.first().and_then(agreement),
            _ => None,
        },
        beaten: beaten.map(|(at, (source, beaten))| value(at, source, beaten.clone())).collect(),
    }
}

/// `confidence 93 %`
fn agreement(cut: &Cut) -> Option<String> {
    cut.agreement.map(|agreement| format!("confidence {agreement} %"))
}

/// What an article has for a field, as text.
fn shown(article: &Article, field: Field) -> String {
    let moment = |moment: Option<Moment>| moment.map(|moment| moment.to_string());
    let value = match field {
        Field::Url => Some(article.url.to_string()),
        Field::Title => Some(article.title.clone()),
        Field::Authors => Some(article.authors.join("; ")),
        Field::Published => moment(article.published),
        Field::Modified => moment(article.modified),
        Field::SiteName => article.site_name.clone(),
        Field::Language => article.language.clone(),
        Field::Description => article.description.clone(),
        Field::Image => article.image.as_ref().map(|image| image.url.to_string()),
        Field::Section => article.section.clone(),
        Field::Tags => Some(article.tags.join("; ")),
        Field::Access => article.access.map(|access| access.name().to_owned()),
        Field::License => article.license.as_ref().map(|license| license.url().to_string()),
        Field::Body => Some(format!("{} words", article.word_count)),
    };
    value.unwrap_or_default().chars().take(MOST_VALUE).collect()
}
