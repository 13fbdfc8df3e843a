//! Words that tell a text from what is around it: who speaks to whom, what is asked, what is warned of.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{Row, share};
use crate::segment::measure::{Word, words_of};

/// Classes of words, in several languages where they are known.
// The order is part of the trained model: add new ones at the end.
const CLASSES: &[(&str, &str)] = &[
    ("you", "you your yours yourself sie ihr ihre ihnen vous votre vos usted su você seu tu te du din je"),
    (
        "we",
        "we our ours us wir uns unser unsere nous notre nos nuestro nuestra nosotros nosso nossa vi vår ons onze",
    ),
    ("me", "i me my mine im ive ich mein mir mich je mon ma moi yo mi me eu meu"),
    (
        "function",
        "the of and a to in that is was for it with as on by at from his he be this had not are but or which der die das \
         und ist nicht ein eine den von zu mit sich auf für dem le la les et des un une est que dans pour pas sur qui el \
         los las del y en por con para una se no o os da do em não um il che di per non della het een van dat op te zijn \
         och att det som på av er til ikke w nie na że i z się jest в и не на что с по это как",
    ),
    (
        "legal",
        "cookie cookies privacy policy policies terms conditions rights reserved copyright trademark trademarks \
         disclaimer liability liable warranty consent gdpr legal affiliate commission advertiser advertisers \
         partners purposes guarantee guarantees professional advice informational accuracy datenschutz impressum \
         agb nutzungsbedingungen confidentialité mentions légales privacidad condiciones política privacidade termos \
         конфиденциальности cookiepolicy licensed unauthorized prohibited solicitation fdic sec member finra",
    ),
    (
        "call",
        "subscribe subscription subscriber newsletter sign signup login log register account email inbox free trial \
         download click buy shop order cart book contact call join follow share tweet facebook twitter instagram \
         linkedin whatsapp telegram youtube podcast app donate support get started learn more read discover try demo \
         quote abonnieren anmelden kostenlos registrieren folgen teilen abonner inscrivez gratuit partager suivez \
         suscríbete suscribirse gratis regístrate compartir assine cadastre iscriviti abbonati подписаться подпишитесь",
    ),
    (
        "talk",
        "comment comments reply replies says said posted post posts thread ago likes like votes vote upvote quote \
         edited member joined views anonymous guest report flag moderator kommentar kommentare antworten \
         commentaire commentaires répondre comentario comentarios responder комментарии ответить",
    ),
    (
        "date",
        "january february march april may june july august september october november december jan feb mar apr jun \
         jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday updated published \
         min mins minutes hours days weeks am pm est edt gmt utc januar februar märz mai juni juli oktober dezember \
         janvier février mars avril juin juillet août septembre octobre novembre décembre enero febrero marzo abril \
         mayo junio julio agosto septiembre octubre noviembre diciembre",
    ),
    (
        "person",
        "author writer editor reporter journalist correspondent contributor written by bio biography founder \
         freelance staff credit photo photograph photographer image images source getty reuters ap afp courtesy \
         autor redakteur redaktion foto bild quelle auteur rédaction photographe fuente redacción fonte reportagem",
    ),
    (
        "other",
        "related recommended trending popular latest more next previous also similar articles stories posts news \
         topics tags categories category archive editor picks most read see all view ähnliche mehr weitere themen \
         articles similaires autres voir plus relacionados relacionadas más otros leia mais veja также ещё",
    ),
];

static CLASS_OF: LazyLock<FxHashMap<Word, usize>> = LazyLock::new(|| {
    let mut class_of = FxHashMap::default();
    for (class, (_, words)) in CLASSES.iter().enumerate() {
        for word in words_of(words) {
            class_of.entry(word).or_insert(class);
        }
    }
    class_of
});

/// Adds what shares of `words` are in each class, as features of `kind`.
pub(super) fn add(kind: &str, words: &[Word], row: &mut Row) {
    let mut counts = [0u32; CLASSES.len()];
    for class in words.iter().filter_map(|word| CLASS_OF.get(word)) {
        counts[*class] += 1;
    }
    for ((name, _), count) in CLASSES.iter().zip(counts) {
        row.add_of(kind, name, share(count, words.len() as f32));
    }
}
