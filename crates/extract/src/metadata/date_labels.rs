//! What the words beside a date say that it is: `Updated 20 November 2023 · First published 5 March 2019`.

use std::sync::LazyLock;

use tearsheet_dates::{DateContext, find_dates, normalise};

use crate::model::Moment;

/// The most bytes of words beside a date that speak of it.
const MOST: usize = 60;

/// What a date is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateRole {
    Published,
    Modified,
    /// Of something else: of a manuscript, a birth, a right, an event.
    Other,
}

/// What a text tells of dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ToldDates {
    /// The first that it says to be of publication.
    pub(super) published: Option<Moment>,
    pub(super) modified: Option<Moment>,
    /// The first of which it says nothing.
    pub(super) plain: Option<Moment>,
}

impl ToldDates {
    /// The date that is most likely that of publication. That of the last change is better than none.
    pub(super) fn best(&self) -> Option<Moment> {
        self.published.or(self.plain).or(self.modified)
    }
}

/// Reads all dates of a text by the words beside them.
pub(super) fn told(text: &str, dates: &DateContext<'_>) -> ToldDates {
    let found = find_dates(text, dates);
    // Labels stand behind the dates where none stands before the first and one behind the last.
    let is_behind = found.first().is_some_and(|date| role_before(&date.before).is_none())
        && found.last().is_some_and(|date| role_behind(&date.after).is_some());
    let mut told = ToldDates::default();
    for date in &found {
        let role = if is_behind { role_behind(&date.after) } else { role_before(&date.before) };
        let place = match role {
            Some(DateRole::Published) => &mut told.published,
            Some(DateRole::Modified) => &mut told.modified,
            None => &mut told.plain,
            Some(DateRole::Other) => continue,
        };
        place.get_or_insert(date.moment);
    }
    told
}

/// What the last label in the words before a date says.
fn role_before(words: &str) -> Option<DateRole> {
    let words = &words[words.ceil_char_boundary(words.len().saturating_sub(MOST))..];
    let labels = LABELS.iter().filter_map(|(label, role)| Some((at(words.rfind(label)?, label), *role)));
    labels.max_by_key(|(end, _)| *end).map(|(_, role)| role)
}

/// What the first label in the words behind a date says.
fn role_behind(words: &str) -> Option<DateRole> {
    let words = &words[..words.floor_char_boundary(MOST / 2)];
    let labels = LABELS.iter().filter_map(|(label, role)| Some((words.find(label)?, *role)));
    labels.min_by_key(|(at, _)| *at).map(|(_, role)| role)
}

fn at(start: usize, label: &str) -> usize {
    start + label.len()
}

/// What a short text beside a date says of it, if anything.
pub(super) fn role_of(label: &str) -> Option<DateRole> {
    role_before(&normalise(label))
}

static LABELS: LazyLock<Vec<(String, DateRole)>> = LazyLock::new(|| {
    let of = |words: &'static [&'static str], role| words.iter().map(move |word| (normalise(word), role));
    of(PUBLISHED, DateRole::Published)
        .chain(of(MODIFIED, DateRole::Modified))
        .chain(of(OTHER, DateRole::Other))
        .collect()
});

/// Words beside a date of publication.
#[rustfmt::skip]
const PUBLISHED: &[&str] = &[
    "published", "publication", "posted", "first online", "online since", "pubblicat", "publicado", "publicada", "publicación",
    "publié", "parution", "mis en ligne", "veröffentlicht", "erstveröffentlichung", "veröffentlichung", "erschienen",
    "online seit", "gepubliceerd", "geplaatst", "publicerad", "publisert", "udgivet", "offentliggjort", "julkaistu",
    "opublikowan", "data publikacji", "publikováno", "publikované", "vydáno", "publicat", "publicação", "objavljen",
    "közzétéve", "megjelent", "опубликован", "публикация", "опубліковано", "публикувано", "објављено", "δημοσι",
    "yayınlanma", "yayımlanma", "yayın tarihi", "diterbitkan", "đăng lúc", "ngày đăng", "xuất bản", "เผยแพร่", "प्रकाशित", "প্রকাশ",
    "نشر", "منتشر", "פורסם", "发布", "發布", "发表", "發表", "公開", "掲載", "配信", "投稿", "입력", "게시", "등록", "작성",
];
/// Words beside a date of the last change.
#[rustfmt::skip]
const MODIFIED: &[&str] = &[
    "updated", "update", "modified", "revised", "edited", "reviewed", "last change", "aktualisier", "geändert", "zuletzt",
    "überarbeitet", "mis à jour", "mise à jour", "modifié", "actualizad", "actualización", "modificad", "aggiornat",
    "aggiornamento", "modificat", "atualizad", "atualização", "bijgewerkt", "gewijzigd", "aangepast", "oppdatert", "endret",
    "opdateret", "ændret", "redigeret", "uppdaterad", "ändrad", "päivitetty", "muokattu", "zaktualizowan", "aktualizacja",
    "zmieniono", "aktualizov", "upraveno", "změněno", "обновлен", "обновил", "изменен", "оновлен", "змінен", "обновена",
    "güncelle", "diperbarui", "dikemaskini", "cập nhật", "更新", "修改", "修正", "改訂", "수정", "업데이트", "แก้ไข", "อัปเดต",
    "अपडेट", "হালনাগাদ", "تحديث", "به‌روز", "עודכן", "עדכון", "ενημερ", "actualizat", "frissítve", "módosítva", "ažuriran",
    "atnaujint", "uuendatud",
];
/// Words beside a date of something else.
#[rustfmt::skip]
const OTHER: &[&str] = &[
    "received", "accepted", "submitted", "eingereicht", "eingegangen", "angenommen", "reçu le", "accepté le", "recibido",
    "aceptado", "born", "died", "geboren", "gestorben", "né le", "née le", "nacido", "nacida", "nato il", "nata il",
    "©", "copyright", "all rights reserved", "joined", "member since", "mitglied seit", "registered", "deadline", "expires",
    "valid until", "gültig bis", "event date", "doors open", "archived from", "retrieved", "accessed", "abgerufen",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// What a text says of publication and of the last change.
    #[track_caller]
    fn check(text: &str, published: Option<&str>, modified: Option<&str>) {
        let told = told(text, &DateContext::default());
        let shown = |moment: Option<Moment>| moment.map(|moment| moment.date().to_string());
        let expected = (published.map(str::to_owned), modified.map(str::to_owned));
        assert_eq!((shown(told.published.or(told.plain)), shown(told.modified)), expected, "{text}");
    }

    #[test]
    fn one_text_tells_of_publication_and_change_in_many_languages() {
        for text in [
            "Updated 20 November 2023. First published 5 March 2019",
            "Published 5 March 2019, last updated 20 November 2023",
            "5 March 2019 (updated 20 November 2023)",
            "Last reviewed November 20, 2023 · Originally published March 5, 2019",
            "Aktualisiert: 20.11.2023, 09:50 Uhr | Erstveröffentlichung: 05.03.2019",
            "Mis à jour le 20 novembre 2023, publié le 5 mars 2019",
            "Publicado el 5 de marzo de 2019 | Actualizado el 20 de noviembre de 2023",
            "Ultimo aggiornamento: 20 novembre 2023 - Pubblicato il 5 marzo 2019",
            "Publicado em 05/03/2019 Atualizado em 20/11/2023",
            "Gepubliceerd op 5 maart 2019, bijgewerkt op 20 november 2023",
            "Opublikowano: 5 marca 2019, zaktualizowano: 20 listopada 2023",
            "Опубликовано 5 марта 2019, обновлено 20 ноября 2023",
            "Publicerad 5 mars 2019 Uppdaterad 20 november 2023",
            "Julkaistu 5.3.2019, päivitetty 20.11.2023",
            "Yayınlanma: 5 Mart 2019 - Güncelleme: 20 Kasım 2023",
            "公開日: 2019年3月5日 更新日: 2023年11月20日",
            "2019年3月5日 公開 2023年11月20日 更新",
            "发布于 2019-03-05 更新于 2023-11-20",
            "입력 2019.03.05 10:00 수정 2023.11.20 11:00",
        ] {
            check(text, Some("2019-03-05"), Some("2023-11-20"));
        }
    }

    #[test]
    fn a_date_of_something_else_is_neither() {
        check("Received 3 March 2018; Accepted 1 May 2018; Published 5 March 2019", Some("2019-03-05"), None);
        check("Born 3 March 1958", None, None);
        check("© 5 March 2019 The Courier", None, None);
        check("5 March 2019", Some("2019-03-05"), None);
    }
}
