//! What stands among an article's own lines on news pages, in every form in which it comes, through the whole extraction.

use tearsheet::extract::{self, Page, Settings};
use tearsheet::model::Article;
use url::Url;

const OWN: [&str; 6] = [
    "The river had been rising for three days before anyone in the village thought of moving the boats, and by then the lower meadow was gone.",
    "People carried what they could to the school on the hill, where the teacher had lit the stove and put the kettle on.",
    "“We use cookies as bait,” the zoologist told them, “because badgers like them, and they accept them from anybody.”",
    "Nobody was hurt, the mayor said on Sunday, but two sheds, a boat and most of the potato harvest were lost.",
    "The water fell as quickly as it had come, and on Tuesday the road to the station was open again for the first time.",
    "What remains is mud, a line on the wall of the church, and a long argument about the dam that was never built.",
];

/// Labels of promotions, by language.
const LABELS: &[&str] = &[
    "READ ALSO",
    "Lesen Sie auch",
    "À lire aussi",
    "También te puede interesar",
    "Leia também",
    "Leggi anche",
    "Lees ook",
    "Läs också",
    "Les også",
    "Læs også",
    "Lue myös",
    "Czytaj także",
    "Čtěte také",
    "Olvassa el ezt is",
    "Citește și",
    "Прочетете още",
    "Читайте также",
    "Читайте також",
    "Διαβάστε επίσης",
    "İlgili haber",
    "اقرأ أيضا",
    "بیشتر بخوانید",
    "קראו גם",
    "यह भी पढ़ें",
    "আরও পড়ুন",
    "இதையும் படிங்க",
    "Baca juga",
    "Xem thêm",
    "อ่านเพิ่มเติม",
    "関連記事",
    "延伸阅读",
    "관련기사",
];

fn extracted(inner: &str) -> Article {
    let html = format!(
        "<!doctype html><html lang=en><head><title>Flood in the valley | The Courier</title>\
         <meta property=og:type content=article><meta property=og:title content='Flood in the valley'></head>\
         <body><nav><a href=/>Home</a> <a href=/world>World</a></nav><main><article><h1>Flood in the valley</h1>\
         {inner}</article></main><footer><p>© 2024 The Courier</p></footer></body></html>"
    );
    let url = Url::parse("https://courier.example/flood").unwrap();
    let page = Page { url: &url, content_type: None, bytes: html.as_bytes(), captured_at: None, hints: None };
    extract::article(&page, &Settings::default()).unwrap()
}

/// The article with `stray` in its middle.
fn with(stray: &str) -> Article {
    let paragraph = |text: &&str| format!("<p>{text}</p>");
    let (before, after): (String, String) =
        (OWN[..3].iter().map(paragraph).collect(), OWN[3..].iter().map(paragraph).collect());
    extracted(&format!("{before}{stray}{after}"))
}

fn goes(stray: &str) -> Option<String> {
    let text = with(stray).text;
    (text != OWN.join("\n\n")).then(|| format!("{stray}\n    {text}"))
}

#[track_caller]
fn all_go(strays: impl Iterator<Item = String>) {
    let wrong: Vec<String> = strays.filter_map(|stray| goes(&stray)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn promotions_go_in_every_form_and_language() {
    let forms = |label: &&str| {
        let title = "Ferry line gets a second boat";
        [
            format!("<p>{label}: {title}</p>"),
            format!("<p><a href=/x>{label}: {title}</a></p>"),
            format!("<p><strong>{label}:</strong> <a href=/x>{title}</a></p>"),
            format!("<p><b>{label} | {title}</b></p>"),
            format!("<h3><a href=/x>{label}: {title}</a></h3>"),
            format!(
                "<h3>{label}</h3><ul><li><a href=/x>{title}</a></li><li><a href=/y>Ice factory turns eighty</a></li></ul>"
            ),
            format!("<ul><li>{label}: <a href=/x>{title}</a></li></ul>"),
            format!("<div><span>{label}</span> <a href=/x>{title}</a></div>"),
        ]
    };
    all_go(LABELS.iter().flat_map(forms));
}

#[test]
fn bars_prompts_counters_and_stamps_go() {
    let strays = [
        "<div><span>icon-facebook icon-twitter icon-whatsapp</span></div>",
        "<ul><li><a href=/f>Facebook</a></li><li><a href=/t>Twitter</a></li><li><a href=/w>WhatsApp</a></li></ul>",
        "<p><a href=/f>Auf Facebook teilen</a></p>",
        "<p>Facebookでシェア</p>",
        "<p>We use cookies to give you the best experience on our website.</p>",
        "<p>Wir verwenden Cookies, um Ihr Erlebnis auf dieser Webseite zu verbessern. <a href=/c>Einstellungen</a></p>",
        "<p>To continue reading, subscribe today.</p>",
        "<p>Contenido exclusivo para suscriptores</p>",
        "<p>Updated: 5 May 2024, 14:20</p>",
        "<p>Обновлено: 05.05.2024 14:20</p>",
        "<p>Temps de lecture : 4 minutes</p>",
        "<p>1,204 views</p>",
        "<p>조회수 1,204</p>",
        "<p>12 Kommentare</p>",
        "<p><a href=/p>Print</a> | <a href=/m>E-mail this story to a friend</a></p>",
        "<p>Tags: <a href=/t/1>flood</a>, <a href=/t/2>valley</a></p>",
        "<p>Ključne riječi: <a href=/t/1>poplava</a>, <a href=/t/2>dolina</a></p>",
        "<p>Advertisement</p>",
        "<div>La suite après cette publicité</div>",
        "<p>広告</p>",
        "<p>Meld je aan voor onze nieuwsbrief en mis niets.</p>",
    ];
    all_go(strays.iter().map(ToString::to_string));
}

#[test]
fn headings_and_sentences_that_look_like_noise_stay() {
    for own in [
        "<h2>Read also: how Latin died out</h2>",
        "<h2>Share prices and the flood</h2>",
        "<h2>Comments by the council</h2>",
        "<p>Share prices of the three dam builders fell by nine per cent on the day after, and rose again on the next.</p>",
        "<p>Advertisement spending in the valley fell to nothing, since the only paper was printed in the lower town.</p>",
        "<p>Lesen Sie auch manchmal alte Karten? Auf ihnen ist die Wiese noch ein See, sagte der Vermesser am Montag.</p>",
        "<p>Reklama dźwignią handlu, mawiał dziadek, który w całym życiu niczego nie sprzedał i niczego nie kupił.</p>",
    ] {
        let text = with(own).text;
        let said = own.split(['<', '>']).nth(2).unwrap();
        assert!(text.contains(said), "{said}: {text}");
        assert!(OWN.iter().all(|own| text.contains(own)), "{own}");
    }
}

#[test]
fn datelines_stay_and_an_agency_is_named_once() {
    let own = |first: &str, last: &str| {
        let paragraphs: String = OWN.iter().map(|text| format!("<p>{text}</p>")).collect();
        extracted(&format!("{first}{paragraphs}{last}")).text
    };
    let dateline = "GUATEMALA CITY, Guatemala (AFP) – The lake behind the city rose as well, by the breadth of a hand, and nobody knew why.";
    assert!(own(&format!("<p>{dateline}</p>"), "").starts_with(dateline));
    let text = own(
        "<p>(AFP)</p><p>The lake behind the city rose as well, by the breadth of a hand, and nobody knew why.</p>",
        "<p>AFP</p>",
    );
    assert!(text.matches("AFP").count() < 2, "{text}");
}
