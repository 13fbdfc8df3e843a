//! Labelled pages: those that are no article, and more honest short ones that look like them.

use super::survey::is_hidden;
use super::*;
use crate::render::heads::Heads;
use crate::render::{self, RenderContext};

fn judged(title: &str, body: &str) -> Result<(), Rejection> {
    let html = format!("<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>");
    let document = Html::parse_document(&html);
    let url = url::Url::parse("https://a.example/1").unwrap();
    let kept = |id| {
        let node = document.tree.get(id).unwrap();
        let hides = |name: &str| is_hidden(name) || matches!(name, "form" | "nav" | "footer" | "header");
        !node.ancestors().any(|node| node.value().as_element().is_some_and(|element| hides(element.name())))
    };
    let context =
        RenderContext { url: &url, title: None, notes: &[], heads: &Heads::default(), watch: &|_| () };
    let body = render::article(&document, document.tree.root().id(), &kept, &context);
    judge(&document, &body, &[])
}

fn refused(title: &str, body: &str, expected: Rejection) {
    assert_eq!(judged(title, body), Err(expected), "{title}: {body}");
}

fn honest(title: &str, body: &str) {
    assert_eq!(judged(title, body), Ok(()), "{title}: {body}");
}

#[test]
fn challenges_are_refused() {
    let wait = "<h1>www.a.example</h1><p>Checking if the site connection is secure</p><p>www.a.example needs to review the security of your connection before proceeding.</p>";
    refused("Just a moment...", wait, Rejection::Challenge);
    refused(
        "Attention Required! | Shield",
        "<h1>Sorry, you have been blocked</h1><p>You are unable to access a.example</p>",
        Rejection::Challenge,
    );
    refused(
        "Access Denied",
        "<h1>Access Denied</h1><p>You don't have permission to access \"/news\" on this server.</p>",
        Rejection::Challenge,
    );
    refused(
        "a.example",
        "<div id=px-captcha></div><p>Please confirm you are not a robot.</p>",
        Rejection::Challenge,
    );
    refused(
        "403 Forbidden",
        "<center><h1>403 Forbidden</h1></center><hr><center>nginx</center>",
        Rejection::Challenge,
    );
    refused("Проверка", "<p>Подтвердите, что вы не робот, и продолжите чтение.</p>", Rejection::Challenge);
}

#[test]
fn walls_that_say_what_they_want_in_several_sentences_are_refused() {
    refused(
        "The Lantern",
        "<h1>Lantern</h1><p>It seems that JavaScript is turned off in your browser. Please turn it on and reload the page to read on. If you use an ad blocker, please put the Lantern on its list of exceptions.</p>",
        Rejection::NeedsScripts,
    );
    refused(
        "One moment",
        "<h1>Before you read</h1><p>We and our 312 partners use cookies and similar techniques to store information on your device.</p><p>You can change your choice at any time in the settings. More is in our privacy policy.</p>",
        Rejection::Consent,
    );
    refused(
        "Mit Werbung weiterlesen oder im Abo",
        "<h1>Guten Tag</h1><h2>Mit Werbung weiterlesen</h2><p>Lesen Sie unsere Seiten wie bisher mit Werbung und Tracking. Mehr steht in der Datenschutzerklärung.</p><h2>Abo</h2><p>Lesen Sie alle Seiten ohne Tracking und werbefrei für 3 Euro im Monat. Schon Abonnent? Hier anmelden.</p><p>Um unser Angebot zu bezahlen, arbeiten wir mit 95 Drittanbietern, die Daten auf Ihrem Gerät speichern.</p>",
        Rejection::Consent,
    );
}

#[test]
fn articles_about_browsers_and_cookies_pass() {
    honest(
        "How to turn off JavaScript",
        "<h1>How to turn off JavaScript</h1><p>Open the settings of the browser and look for the word content. A page that requires JavaScript will then show next to nothing, which is the point of the exercise.</p><p>My neighbour has lived so for nine years, and the only thing that she misses is the map of the bus company, for which she walks to the stop.</p>",
    );
    honest(
        "The cookie law, ten years on",
        "<h1>The cookie law, ten years on</h1><p>A court in the north has ruled that a site may not store anything on a device before its reader agrees. The paper that lost had asked its readers with one button.</p><p>It must now offer a second one of the same size, said the judge, and it must pay for the letters that the other side wrote.</p>",
    );
}

#[test]
fn consent_walls_are_refused() {
    refused(
        "The Courier",
        "<h1>We value your privacy</h1><p>We and our partners store and/or access information on a device, such as cookies, and process personal data.</p><button>Accept all</button><button>Reject all</button>",
        Rejection::Consent,
    );
    refused(
        "Der Bote",
        "<p>Wir und unsere Partner verarbeiten Daten, um Anzeigen zu messen. Ihre Einwilligung können Sie jederzeit widerrufen.</p><p>Alle akzeptieren</p>",
        Rejection::Consent,
    );
    refused(
        "Le Courrier",
        "<h1>Avant de continuer</h1><p>Nous utilisons des cookies et nos partenaires aussi. Tout accepter ou continuer sans accepter.</p>",
        Rejection::Consent,
    );
}

#[test]
fn login_pages_are_refused() {
    let form = "<form><input name=user><input type=password name=p><button>Log in</button></form>";
    refused("Log in | The Courier", form, Rejection::Login);
    refused(
        "Mitgliederbereich",
        &format!("<h1>Anmelden</h1><p>Bitte melden Sie sich an.</p>{form}"),
        Rejection::Login,
    );
    refused(
        "The Courier",
        "<h1>Sign in</h1><p>Forgot your password?</p><p>Don't have an account? Sign up</p>",
        Rejection::Login,
    );
}

#[test]
fn stubs_of_paid_articles_are_refused() {
    refused(
        "The budget, explained",
        "<h1>The budget, explained</h1><p>The minister rose at nine.</p><p>Subscribe to continue reading</p>",
        Rejection::Paywall,
    );
    refused(
        "Der Haushalt",
        "<p>Der Minister stand um neun auf.</p><div>Dieser Artikel ist exklusiv für Abonnenten.</div>",
        Rejection::Paywall,
    );
    refused(
        "Le budget",
        "<p>Le ministre s'est levé à neuf heures.</p><p>Article réservé aux abonnés. Il vous reste 85% de cet article à lire.</p>",
        Rejection::Paywall,
    );
    refused(
        "Budget",
        "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"isAccessibleForFree\": \"False\"}</script><p>The minister rose at nine and spoke of hard times.</p>",
        Rejection::Paywall,
    );
}

#[test]
fn missing_pages_with_status_200_are_refused() {
    refused(
        "Page not found – The Courier",
        "<h1>Oops!</h1><p>The page you are looking for may have been moved.</p>",
        Rejection::Missing,
    );
    refused("404", "<p>Nothing here.</p>", Rejection::Missing);
    refused(
        "Der Bote",
        "<h1>Seite nicht gefunden</h1><p>Versuchen Sie es mit der Suche oder gehen Sie zur Startseite zurück.</p>",
        Rejection::Missing,
    );
    refused(
        "El Correo",
        "<h1>Lo sentimos</h1><p>La página que buscas ya no está aquí.</p>",
        Rejection::Missing,
    );
    refused("The Courier", "<p>This article is no longer available.</p>", Rejection::Missing);
    refused(
        "新聞",
        "<h1>ページが見つかりませんでした</h1><p>お探しのページは移動または削除された可能性があります。</p>",
        Rejection::Missing,
    );
}

#[test]
fn sites_that_are_away_are_refused() {
    refused(
        "The Courier",
        "<h1>We'll be back soon</h1><p>Our site is undergoing scheduled maintenance.</p>",
        Rejection::Unavailable,
    );
    refused(
        "503 Service Unavailable",
        "<p>The server is temporarily unable to service your request.</p>",
        Rejection::Unavailable,
    );
    refused(
        "Welcome to nginx!",
        "<h1>Welcome to nginx!</h1><p>If you see this page, the web server is successfully installed and working.</p>",
        Rejection::Unavailable,
    );
    refused(
        "Error establishing a database connection",
        "<h1>Error establishing a database connection</h1>",
        Rejection::Unavailable,
    );
    refused("a.example", "<p>This domain is for sale. Make an offer.</p>", Rejection::Unavailable);
}

#[test]
fn what_says_nothing_is_refused() {
    refused(
        "App",
        "<noscript>no</noscript><p>You need to enable JavaScript to run this app.</p>",
        Rejection::NeedsScripts,
    );
    refused("The Courier", "<p>Loading</p>", Rejection::TooShort { words: 1 });
    refused("The Courier", "<div id=app></div>", Rejection::NoArticle);
    let links: String =
        (0..12).map(|at| format!("<li><a href=/{at}>Headline number {at} of the day</a>")).collect();
    refused("The Courier", &format!("<ul>{links}</ul>"), Rejection::OnlyLinks);
}

#[test]
fn a_shelf_of_a_shop_is_more_than_its_links() {
    let shelf = |price: &str| -> String {
        let things = ["Kettle", "Teapot", "Whisk", "Strainer", "Scales", "Grater"];
        let card = |thing: &&str| format!("<li><a href=/{thing}>{thing} of steel {price}</a>");
        things.iter().map(card).collect()
    };
    honest("Kitchen", &format!("<ul>{}</ul>", shelf("$ 19.90")));
    honest("Kitchen", &format!("<ul>{}</ul>", shelf("19,90 €")));
    refused("Kitchen", &format!("<ul>{}</ul>", shelf("made in 1990")), Rejection::OnlyLinks);
    let listed =
        |thing: &str| format!("<a href=/{thing}><p>{thing}</p><ul><li>of steel</li><li>heavy</li></ul></a>");
    let things = ["Kettle", "Teapot", "Whisk", "Strainer", "Scales", "Grater"];
    honest("Kitchen", &things.map(listed).concat());
    let beside = "<form>$<b>19</b>.90 Buy</form>";
    honest("Kitchen", &format!("<ul>{}</ul>{}", shelf(""), beside.repeat(6)));
    refused("Kitchen", &format!("<ul>{}</ul>{}", shelf(""), beside.repeat(2)), Rejection::OnlyLinks);
}

#[test]
fn short_news_passes() {
    honest(
        "Quake hits coast",
        "<p>A magnitude 5.1 earthquake struck off the coast on Tuesday, the survey said. No damage was reported.</p>",
    );
    honest("Ferry service resumes", "<h1>Ferry service resumes</h1><p>Ferries sail again from Monday.</p>");
    honest(
        "Stau auf der A9",
        "<p>Auf der A9 staut sich der Verkehr nach einem Unfall auf acht Kilometern.</p>",
    );
    honest("Décès du peintre", "<p>Le peintre est mort lundi à Lyon, à 91 ans, a annoncé sa famille.</p>");
    honest(
        "速報",
        "<p>気象庁によると、午後3時ごろ北海道で震度4の地震がありました。津波の心配はありません。</p>",
    );
    honest("זמן קצר", "<p>רעידת אדמה הורגשה הבוקר בצפון הארץ, לא דווח על נפגעים.</p>");
    honest("Gol", "<p>El delantero marcó en el minuto 90 y dio la victoria a su equipo.</p>");
    honest(
        "Photo of the day",
        "<figure><img src=/a.jpg><figcaption>A stork lands on the old mill at dawn.</figcaption></figure>",
    );
}

#[test]
fn articles_about_walls_and_errors_pass() {
    let filler = "<p>The ruling was long awaited by publishers, who say that the banners drive readers away, and by advocates, who say that they never worked.</p>";
    honest(
        "Court rules on cookie banners",
        &format!(
            "<p>Sites that say they use cookies must let readers refuse them as easily as accept them, the court said.</p>{filler}"
        ),
    );
    honest(
        "Page not found: how archives vanish",
        &format!(
            "<h1>Page not found: how archives vanish</h1><p>Links rot. A study of ten thousand found that a third no longer lead anywhere.</p>{filler}"
        ),
    );
    honest(
        "404 Media raises money",
        "<p>The news site 404 Media has raised money from its readers, it said on Monday, and will hire two reporters.</p>",
    );
    honest(
        "Access denied: inside the closed archive",
        "<p>For forty years the archive let nobody in. On Tuesday its doors opened to the first historians, who found it damp and in disorder.</p>",
    );
    honest(
        "'We'll be back': coach vows return",
        "<h1>'We'll be back': coach vows return</h1><p>“We'll be back,” the coach said after the defeat, and promised a new team by spring.</p>",
    );
    honest(
        "Airline login outage",
        "<p>Passengers could not log in to the airline's site on Friday. The company said that a certificate had expired.</p>",
    );
    honest(
        "Password tips",
        "<p>Use a long password, and never the same one twice, the agency advised on Thursday in its yearly report.</p>",
    );
    honest(
        "Forbidden",
        "<h1>Forbidden love</h1><p>The film opens on Friday. It tells of two families in a village that has had no priest for a decade, and of the letters that pass between them by way of a blind postman who reads none of them and knows them all by heart.</p>",
    );
}

#[test]
fn articles_about_outages_and_paywalls_pass() {
    honest(
        "Robots at work",
        "<p>Are robots taking over? Not in this warehouse, where each of them needs two people to look after it, its manager says.</p>",
    );
    honest(
        "Bridge closed for maintenance",
        "<p>The old bridge is closed for maintenance until Friday. Cars are led across the new one.</p>",
    );
    honest(
        "Tram line down",
        "<p>Tram line 4 is temporarily unavailable after a tree fell on the wires, the city said. Buses run instead.</p>",
    );
    honest(
        "Maintenance workers strike",
        "<p>Maintenance workers walked out on Monday over pay. Lifts in the hospital ran all the same.</p>",
    );
    honest(
        "Paper to end paywall",
        "<p>The paper will drop its paywall in May, its editor said. Subscribers will keep the crossword and the archive, and pay less.</p>",
    );
    honest(
        "Newspaper limits articles",
        "<p>Readers who do not subscribe may read five articles a month from now on, the paper said on Wednesday.</p>",
    );
    honest(
        "Javascript turns 30",
        "<p>JavaScript, the language of the web, turns thirty this week. It was written in ten days.</p>",
    );
}

#[test]
fn furniture_about_a_short_article_does_not_condemn_it() {
    let article = "<article><h1>Quake hits coast</h1><p>A magnitude 5.1 earthquake struck off the coast on Tuesday, the survey said. No damage was reported.</p></article>";
    let login = "<header><form><input type=password><button>Log in</button></form><h2>Log in</h2></header>";
    let banner = "<footer>We use cookies. Accept all. Reject all. Manage preferences.</footer>";
    let subscribe =
        "<footer>Already a subscriber? Log in. Subscribe now. This site is protected by a captcha.</footer>";
    for furniture in [login, banner, subscribe] {
        honest("Quake hits coast | The Courier", &format!("{furniture}{article}"));
        honest("Quake hits coast | The Courier", &format!("{article}{furniture}"));
    }
    let own = "<p>We use cookies to make this site better.</p>";
    honest("Quake hits coast | The Courier", &format!("{article}{own}"));
}

#[test]
fn the_beginning_of_a_paid_article_passes() {
    let beginning = "word ".repeat(90);
    honest("The budget, explained", &format!("<p>{beginning}</p><p>Subscribe to continue reading</p>"));
}

#[test]
fn documents_of_other_kinds_pass() {
    honest(
        "chmod",
        "<h1>chmod</h1><p>Changes the mode of a file.</p><pre>chmod u+x file</pre><p>See also <a href=/chown>chown</a>.</p>",
    );
    honest("Haiku", "<p>An old silent pond<br>a frog jumps into the pond<br>splash! Silence again</p>");
    honest(
        "Links of the week",
        "<p>What we read this week, and why.</p><ul><li><a href=/1>One</a> is about storks.<li><a href=/2>Two</a> is about mills.<li><a href=/3>Three</a> is not.<li><a href=/4>Four</a> is long.<li><a href=/5>Five</a> is short.</ul>",
    );
    honest(
        "Glossary",
        "<dl><dt>Byline</dt><dd>The line that names the author.</dd><dt>Lede</dt><dd>The first sentence.</dd></dl>",
    );
}
