//! The site's own words, by language.

use serde::Serialize;

/// Everything that a page says of itself in one language.
#[derive(Debug, Serialize)]
pub(super) struct Words {
    /// The language, as a BCP 47 tag.
    pub(super) language: &'static str,
    pub(super) skip: &'static str,
    pub(super) by: &'static str,
    pub(super) and: &'static str,
    pub(super) published: &'static str,
    pub(super) updated: &'static str,
    pub(super) first_seen: &'static str,
    pub(super) tags: &'static str,
    pub(super) original_at: &'static str,
    pub(super) newest: &'static str,
    pub(super) no_articles: &'static str,
    pub(super) feeds: &'static str,
    pub(super) feed: &'static str,
    pub(super) all_feeds: &'static str,
    pub(super) subscribe: &'static str,
    pub(super) subscribe_how: &'static str,
    pub(super) subscribe_local: &'static str,
    pub(super) articles_from: &'static str,
    pub(super) articles_merged: &'static str,
    pub(super) level_full: &'static str,
    pub(super) level_excerpt: &'static str,
    pub(super) level_link: &'static str,
    pub(super) rss_note: &'static str,
    pub(super) atom_note: &'static str,
    pub(super) json_note: &'static str,
    pub(super) opml: &'static str,
    pub(super) made_by: &'static str,
    /// Where day, month and year go in a date.
    #[serde(skip)]
    pub(super) date: &'static str,
    #[serde(skip)]
    pub(super) months: [&'static str; 12],
}

/// The words for a language tag: those of its primary language, else English.
pub(super) fn of(tag: &str) -> &'static Words {
    let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    LANGUAGES.iter().find(|words| words.language == primary).unwrap_or(&LANGUAGES[0])
}

const LANGUAGES: &[Words] = &[ENGLISH, GERMAN, FRENCH, SPANISH];

const ENGLISH: Words = Words {
    language: "en",
    skip: "Skip to the text",
    by: "By",
    and: "and",
    published: "Published",
    updated: "Updated",
    first_seen: "First seen here",
    tags: "Tags",
    original_at: "Read the original at",
    newest: "Newest articles",
    no_articles: "No article yet.",
    feeds: "Feeds",
    feed: "Feed",
    all_feeds: "All feeds",
    subscribe: "Subscribe",
    subscribe_how: "This page stands for a feed. Copy one of these addresses into your feed reader, and new articles come to you.",
    subscribe_local: "This site has no public address yet. Once it is on the web, its feeds are at these places below it.",
    articles_from: "Articles from",
    articles_merged: "Articles from several sources",
    level_full: "Each with its full text.",
    level_excerpt: "Each with a summary.",
    level_link: "Titles and links.",
    rss_note: "for every reader",
    atom_note: "for newer readers, the most exact",
    json_note: "for programs",
    opml: "All feeds as one OPML file",
    made_by: "Made by tearsheet from an archive that its owner keeps.",
    date: "{day} {month} {year}",
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
};

const GERMAN: Words = Words {
    language: "de",
    skip: "Zum Text",
    by: "Von",
    and: "und",
    published: "Veröffentlicht",
    updated: "Geändert",
    first_seen: "Hier zuerst gesehen",
    tags: "Schlagwörter",
    original_at: "Das Original lesen auf",
    newest: "Neueste Artikel",
    no_articles: "Noch kein Artikel.",
    feeds: "Feeds",
    feed: "Feed",
    all_feeds: "Alle Feeds",
    subscribe: "Abonnieren",
    subscribe_how: "Diese Seite steht für einen Feed. Eine dieser Adressen im Feedreader eintragen, und neue Artikel kommen von selbst.",
    subscribe_local: "Diese Seite hat noch keine öffentliche Adresse. Sobald sie im Netz steht, liegen ihre Feeds dort unter diesen Pfaden.",
    articles_from: "Artikel von",
    articles_merged: "Artikel aus mehreren Quellen",
    level_full: "Jeder mit vollem Text.",
    level_excerpt: "Jeder mit einer Zusammenfassung.",
    level_link: "Titel und Links.",
    rss_note: "für jeden Reader",
    atom_note: "für neuere Reader, am genauesten",
    json_note: "für Programme",
    opml: "Alle Feeds als eine OPML-Datei",
    made_by: "Von tearsheet aus einem Archiv gemacht, das seinem Besitzer gehört.",
    date: "{day}. {month} {year}",
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
};

const FRENCH: Words = Words {
    language: "fr",
    skip: "Aller au texte",
    by: "Par",
    and: "et",
    published: "Publié le",
    updated: "Mis à jour le",
    first_seen: "Vu ici pour la première fois le",
    tags: "Mots-clés",
    original_at: "Lire l’original sur",
    newest: "Derniers articles",
    no_articles: "Aucun article pour l’instant.",
    feeds: "Flux",
    feed: "Flux",
    all_feeds: "Tous les flux",
    subscribe: "S’abonner",
    subscribe_how: "Cette page présente un flux. Copiez l’une de ces adresses dans votre lecteur de flux : les nouveaux articles viendront à vous.",
    subscribe_local: "Ce site n’a pas encore d’adresse publique. Une fois en ligne, ses flux s’y trouveront à ces chemins.",
    articles_from: "Articles de",
    articles_merged: "Articles de plusieurs sources",
    level_full: "Chacun en texte intégral.",
    level_excerpt: "Chacun avec un résumé.",
    level_link: "Titres et liens.",
    rss_note: "pour tous les lecteurs",
    atom_note: "pour les lecteurs récents, le plus précis",
    json_note: "pour les programmes",
    opml: "Tous les flux en un fichier OPML",
    made_by: "Produit par tearsheet à partir d’une archive que garde son propriétaire.",
    date: "{day} {month} {year}",
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
};

const SPANISH: Words = Words {
    language: "es",
    skip: "Ir al texto",
    by: "Por",
    and: "y",
    published: "Publicado el",
    updated: "Actualizado el",
    first_seen: "Visto aquí por primera vez el",
    tags: "Etiquetas",
    original_at: "Leer el original en",
    newest: "Últimos artículos",
    no_articles: "Todavía no hay artículos.",
    feeds: "Canales",
    feed: "Canal",
    all_feeds: "Todos los canales",
    subscribe: "Suscribirse",
    subscribe_how: "Esta página presenta un canal. Copie una de estas direcciones en su lector de canales y recibirá los artículos nuevos.",
    subscribe_local: "Este sitio aún no tiene dirección pública. Cuando esté en la red, sus canales estarán en estas rutas.",
    articles_from: "Artículos de",
    articles_merged: "Artículos de varias fuentes",
    level_full: "Cada uno con su texto completo.",
    level_excerpt: "Cada uno con un resumen.",
    level_link: "Títulos y enlaces.",
    rss_note: "para cualquier lector",
    atom_note: "para los lectores recientes, el más exacto",
    json_note: "para programas",
    opml: "Todos los canales en un archivo OPML",
    made_by: "Hecho por tearsheet a partir de un archivo que conserva su dueño.",
    date: "{day} de {month} de {year}",
    months: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_by_its_primary_tag() {
        assert_eq!(of("de-AT").language, "de");
        assert_eq!(of("FR").language, "fr");
        assert_eq!(of("ja").language, "en");
    }
}
