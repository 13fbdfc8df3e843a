//! Lines of pages, and what noise they are.

mod languages;

use super::*;
use crate::{dom, segment};

fn block(html: &str) -> Option<Noise> {
    let scripting = dom::Scripting::Enabled;
    of_page(&segment::segment(&dom::parse(html, scripting), scripting))[0]
}

fn check(line: &str, expected: Option<Noise>) {
    assert_eq!(of_line(line), expected, "{line}");
}

#[test]
fn promotions_are_known_in_many_languages() {
    for line in [
        "READ ALSO: Israel Delegation to Go to Mediators to Discuss ‘Hamas Proposal’",
        "Read also | Floods reach the capital",
        "Lesen Sie auch: Der Streit um die Rente",
        "À lire aussi : La grève continue",
        "Lire aussi – Un été sans pluie",
        "Читайте также: Что известно о выборах",
        "Читайте також: Що відомо про вибори",
        "También te puede interesar: La reforma",
        "Leia também: O que muda",
        "Leggi anche > Il governo",
        "Lees ook: De stikstofcrisis",
        "Czytaj także: Wybory",
        "Čtěte také: Volby",
        "Läs också: Valet",
        "Les også: Valget",
        "Lue myös: Vaalit",
        "Διαβάστε επίσης: Οι εκλογές",
        "اقرأ أيضا: الانتخابات",
        "קראו גם: הבחירות",
        "यह भी पढ़ें: चुनाव",
        "Baca juga: Pemilu",
        "Xem thêm: Bầu cử",
        "関連記事：選挙",
        "延伸阅读：选举",
        "관련기사: 선거",
        "İlgili haber: Seçim",
    ] {
        check(line, Some(Noise::Promotion));
    }
}

#[test]
fn a_label_alone_announces_promotions() {
    for line in
        ["READ ALSO", "You may also like", "Related articles:", "Mehr zum Thema", "関連記事", "Voir aussi"]
    {
        check(line, Some(Noise::PromotionLabel));
    }
}

#[test]
fn share_buttons_and_their_icons_are_noise() {
    check("icon-facebook icon-twitter icon-whatsapp", Some(Noise::Share));
    check("Facebook Twitter WhatsApp", Some(Noise::Share));
    check("Share on Facebook", Some(Noise::Share));
    check("Share | Tweet | Email", Some(Noise::Share));
}

#[test]
fn what_may_be_a_promotion_says_so() {
    check("Related: The flood in pictures", Some(Noise::MaybePromotion));
    assert!(is_set_off_promotion("Read also The flood in pictures"));
    assert!(!is_set_off_promotion("Watch the flood in pictures"));
}

#[test]
fn labels_counters_and_prompts_are_noise() {
    check("Advertisement", Some(Noise::Advertisement));
    check("– Anzeige –", Some(Noise::Advertisement));
    check("3 min read", Some(Noise::Counter));
    check("Lesezeit: 4 Minuten", Some(Noise::Counter));
    check("1,204 views • 12 comments", Some(Noise::Counter));
    check("Published 12 minutes ago · 84 views · 3 comments", Some(Noise::Counter));
    check("Tides | 12 boats | 3 piers", None);
    check("Sign up for our newsletter and never miss a story", Some(Noise::Prompt));
    check("Leave a comment", Some(Noise::Prompt));
    check("Follow the Courier on Google News to receive the latest updates.", Some(Noise::Prompt));
    check("Folgen Sie dem Boten auf WhatsApp", Some(Noise::Prompt));
    check("Подписывайтесь на «Вестник» в Телеграм", Some(Noise::Prompt));
    check("Tags: migration, Guatemala", Some(Noise::Tags));
}

#[test]
fn an_article_s_own_lines_are_none() {
    for line in [
        "Read the report and weep, the minister said.",
        "Related costs rose by a third.",
        "Follow the money: how Facebook pays for news",
        "Follow the telegram from the post office to the bridge.",
        "Facebook and Twitter removed the posts.",
        "Facebook",
        "Print is not dead.",
        "He said that 12 people had shared it.",
        "Three minutes later the goal fell.",
        "More than 3,000 people took part.",
        "Watch for ice on the roads, the police warned.",
        "Twitter, Facebook: what the ruling means",
        "GUATEMALA CITY, Guatemala: Washington is redoubling efforts.",
        "Email is dead",
        "Tags: they are everywhere, and yet nobody reads them any longer.",
        "Share prices fell 3%",
        "10M+",
        "4 min",
        "Mehr als 3000 Menschen kamen.",
    ] {
        check(line, None);
    }
}

#[test]
fn a_block_is_a_promotion_if_what_follows_the_label_is_a_link() {
    assert_eq!(
        block("<p>Read more <a href=x>How it began, and how it ended</a></p>"),
        Some(Noise::Promotion)
    );
    assert_eq!(block("<p>Okumak için: <a href=x>başka</a>"), Some(Noise::Promotion));
    assert_eq!(block("<p>Read more books, she told them, and they did what she had said.</p>"), None);
    assert_eq!(block("<p>Related work has been done in the north, he said.</p>"), None);
}

#[test]
fn labels_and_loose_prompts_are_noise_as_blocks_and_no_cell_is() {
    assert_eq!(block("<div>Load more</div>"), Some(Noise::Label));
    assert_eq!(block("<p>Sign up for the news every morning.</p>"), Some(Noise::Prompt));
    assert_eq!(block("<p>Share prices fell by 5 percent on Monday.</p>"), None);
    assert_eq!(block("<table><tr><td>Print</td></tr></table>"), None);
}
