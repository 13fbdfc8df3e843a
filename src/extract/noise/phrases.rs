//! The phrases of noise, in lower case with straight apostrophes. Each is a table; a better one is a longer one.

use super::Noise;

/// Labels of promotions of other articles.
pub(super) const PROMOTIONS: &[&str] = &[
    // English
    "read also", "also read", "read more", "read next", "see also", "related", "related article",
    "related articles", "related story", "related stories", "related news", "related content",
    "related posts", "related post", "related reading", "related coverage", "related links",
    "related topics", "related video", "related videos", "recommended", "recommended for you",
    "recommended stories", "recommended reading", "recommended articles", "suggested reading",
    "you may also like", "you might also like", "you may like", "you might like", "more on this story",
    "more on this topic", "more on this", "more like this", "more stories", "more news",
    "more from this section", "don't miss", "must read", "must-read", "in case you missed it",
    "also watch", "watch also", "watch", "watch now", "watch more", "also see", "trending", "trending now",
    "editor's picks", "editors' picks", "editor's choice", "up next", "what to read next",
    "read this next", "read our latest", "further reading on", "from our partners", "sponsored stories",
    "promoted stories", "most read", "most popular", "popular now", "latest stories", "top stories",
    "explore more", "keep reading", "continue reading", "next article", "previous article", "next post",
    "previous post", "next story", "background", "read the full story", "read this",
    "read our full", "read here", "more from", "you may also be interested in",
    "you might also be interested in", "editor's pick", "next up", "further reading", "dive deeper",
    "go deeper", "listen", "listen now", "icymi", "see related", "check out", "opinion",
    // German
    "lesen sie auch", "lesen sie mehr", "lesen sie hier", "lesen sie dazu", "lesen sie weiter",
    "lies auch", "lest auch", "auch interessant", "das könnte sie auch interessieren",
    "das könnte sie interessieren", "das könnte dich auch interessieren", "das könnte dich interessieren",
    "mehr zum thema", "mehr dazu", "mehr lesen", "zum thema", "siehe auch", "passend dazu", "weiterlesen",
    "weitere artikel", "empfohlene artikel", "meistgelesen", "ähnliche artikel", "verwandte artikel",
    "verwandte themen", "lesetipp", "lesetipps", "mehr aus dem ressort", "sehen sie auch",
    "lesen sie außerdem", "hier geht es zum",
    // French
    "à lire aussi", "a lire aussi", "lire aussi", "à lire également", "a lire également", "lire également",
    "à voir aussi", "voir aussi", "à lire", "sur le même sujet", "sur le même thème",
    "dans la même rubrique", "pour aller plus loin", "articles liés", "articles connexes",
    "articles similaires", "nos articles", "lire la suite", "à découvrir", "à ne pas manquer",
    "vous aimerez aussi", "vous pourriez aussi aimer", "lire plus", "plus d'informations", "a lire",
    "lisez aussi", "notre dossier", "à découvrir aussi", "en savoir plus",
    // Spanish, Catalan, Galician
    "lee también", "lea también", "leer también", "lee además", "lea además", "lee más", "leer más",
    "lea más", "también te puede interesar", "te puede interesar", "también le puede interesar",
    "le puede interesar", "te podría interesar", "quizás te interese", "quizá te interese", "vea también",
    "ver también", "ve también", "mira también", "mire también", "no te pierdas", "no se pierda",
    "noticias relacionadas", "noticia relacionada", "nota relacionada", "notas relacionadas",
    "artículos relacionados", "artículo relacionado", "relacionado", "relacionados", "te recomendamos",
    "le recomendamos", "recomendados", "recomendamos", "más información", "sigue leyendo",
    "seguir leyendo", "lo más leído", "contenido relacionado", "llegeix també", "també et pot interessar",
    "le tamén", "lea tambien", "lee tambien", "también lea", "también puede interesarte",
    "puede interesarte", "podría interesarte", "relacionadas",
    // Portuguese
    "leia também", "leia mais", "leia ainda", "veja também", "veja mais", "saiba mais", "confira também",
    "notícias relacionadas", "relacionada", "recomendado para você", "você pode gostar",
    "você também pode gostar", "continue lendo", "artigos relacionados", "mais lidas", "ler também",
    "ler mais", "assista também", "leia tambem", "veja ainda", "leia a seguir",
    // Italian, Romanian
    "leggi anche", "leggi pure", "leggi di più", "potrebbe interessarti", "potrebbe interessarti anche",
    "ti potrebbe interessare", "ti potrebbe interessare anche", "potrebbero interessarti", "guarda anche",
    "vedi anche", "per approfondire", "articoli correlati", "approfondisci", "notizie correlate",
    "da leggere", "continua a leggere", "leggi tutto", "citește și", "citeşte şi", "citeste si", "vezi și",
    "citiți și", "mai mult",
    // Dutch, Afrikaans
    "lees ook", "lees meer", "lees verder", "lees hier", "bekijk ook", "kijk ook", "gerelateerd",
    "gerelateerde artikelen", "ook interessant", "meer over dit onderwerp", "aanbevolen", "zie ook",
    "meer lezen",
    // Swedish, Norwegian, Danish, Finnish, Icelandic, Baltic, Hungarian
    "läs också", "läs även", "läs mer", "läs vidare", "se också", "se även", "relaterade artiklar",
    "les også", "se også", "les mer", "les saken", "relaterte saker", "læs også", "læs mere",
    "relaterede artikler", "lue myös", "lue lisää", "katso myös", "aiheesta lisää", "lesa meira",
    "sjá einnig", "loe ka", "loe lisaks", "loe veel", "lasi arī", "lasi vēl", "lasiet arī",
    "taip pat skaitykite", "skaitykite taip pat", "susiję straipsniai", "olvassa el ezt is",
    "olvasd el ezt is", "kapcsolódó cikk", "kapcsolódó cikkek", "kapcsolódó", "ez is érdekelheti",
    "ez is érdekelhet", "articole similare", "te-ar putea interesa", "lexo edhe", "lexoni edhe",
    "les mere", "lesa einnig", "lasa ka", "ezt is olvassa el", "lasīt vēl",
    // Slavic
    "читайте также", "читать также", "читать далее", "читайте далее", "читайте еще", "смотрите также",
    "по теме", "материалы по теме", "еще по теме", "подробнее", "читайте подробнее",
    "вам может быть интересно", "вам также может быть интересно", "рекомендуем", "рекомендуем прочитать",
    "похожие материалы", "другие новости", "новости по теме", "читайте в разделе", "читайте також",
    "також читайте", "дивіться також", "до теми", "за темою", "читати далі", "читайте больш",
    "чытайце таксама", "вижте още", "прочетете още", "четете още", "още по темата", "вижте също",
    "czytaj także", "czytaj też", "czytaj również", "czytaj więcej", "czytaj dalej", "przeczytaj także",
    "przeczytaj też", "przeczytaj również", "zobacz także", "zobacz też", "zobacz również",
    "zobacz więcej", "sprawdź też", "sprawdź także", "polecamy", "polecane", "powiązane artykuły",
    "powiązane", "warto przeczytać", "čtěte také", "čtěte též", "čtěte více", "přečtěte si také",
    "přečtěte si", "mohlo by vás zajímat", "související články", "související", "viz také", "čítajte aj",
    "prečítajte si aj", "mohlo by vás zaujímať", "súvisiace články", "pročitajte i", "pročitaj i",
    "pročitajte još", "čitajte i", "čitaj još", "vezane vijesti", "povezane vesti", "povezani članci",
    "pogledajte i", "preberite tudi", "preberite še", "прочитајте и", "прочитајте још", "čtěte i",
    "prečítajte si", "pročitaj još", "pročitajte više", "beri še", "см. также", "читайте ще",
    // Greek, Turkish, Azerbaijani, Albanian
    "διαβάστε επίσης", "διαβάστε ακόμα", "διαβάστε ακόμη", "διαβάστε περισσότερα", "δείτε επίσης",
    "δείτε ακόμα", "σχετικά άρθρα", "σχετικό άρθρο", "ilgili haber", "ilgili haberler",
    "ilginizi çekebilir", "bunlar da ilginizi çekebilir", "bunu da okuyun", "ayrıca okuyun",
    "ayrıca bakınız", "devamını oku", "okumadan geçme", "həmçinin oxuyun", "δείτε ακόμη", "bunu da oku",
    "okumak için",
    // Arabic, Persian, Urdu, Hebrew
    "اقرأ أيضا", "اقرأ أيضاً", "اقرأ أيضًا", "إقرأ أيضا", "إقرأ أيضاً", "اقرأ ايضا", "اقرأ المزيد",
    "اقرأ كذلك", "مواضيع ذات صلة", "أخبار ذات صلة", "موضوعات ذات صلة", "شاهد أيضا", "شاهد أيضاً",
    "قد يهمك", "قد يهمك أيضا", "بیشتر بخوانید", "همچنین بخوانید", "مطالب مرتبط", "اخبار مرتبط",
    "یہ بھی پڑھیں", "مزید پڑھیں", "קראו גם", "קרא גם", "קראו עוד", "ראו גם", "כתבות נוספות", "עוד בנושא",
    "אולי יעניין אותך", "بخوانید",
    // South Asia
    "यह भी पढ़ें", "ये भी पढ़ें", "इसे भी पढ़ें", "और पढ़ें", "संबंधित खबरें", "हेही वाचा", "हे ही वाचा",
    "আরও পড়ুন", "আরো পড়ুন", "இதையும் படிங்க", "இதையும் படியுங்கள்", "ఇది కూడా చదవండి", "ఇవి కూడా చదవండి",
    "આ પણ વાંચો", "ਇਹ ਵੀ ਪੜ੍ਹੋ", "ഇതും വായിക്കുക", "आगे पढ़ें", "आणखी वाचा", "மேலும் படிக்க", "ಇದನ್ನೂ ಓದಿ",
    // South-East Asia, East Africa
    "baca juga", "baca lainnya", "baca selengkapnya", "lihat juga", "simak juga", "baca lagi",
    "artikel terkait", "berita terkait", "xem thêm", "đọc thêm", "tin liên quan", "bài liên quan",
    "có thể bạn quan tâm", "อ่านเพิ่มเติม", "อ่านข่าวเพิ่มเติม", "ข่าวที่เกี่ยวข้อง",
    "เรื่องที่เกี่ยวข้อง", "อ่านต่อ", "soma pia", "soma zaidi", "basahin din", "basahin",
    "baca lebih lanjut", "pilihan editor",
    // Japanese, Chinese, Korean
    "関連記事", "関連ニュース", "関連リンク", "あわせて読みたい", "合わせて読みたい", "おすすめ記事", "こちらもおすすめ", "続きを読む", "次のページ", "人気記事",
    "相关阅读", "延伸阅读", "相关新闻", "相关文章", "推荐阅读", "更多新闻", "阅读更多", "猜你喜欢", "热门推荐", "相關新聞", "相關文章", "相關閱讀", "延伸閱讀",
    "推薦閱讀", "看更多", "更多文章", "你可能也想看", "你可能會喜歡", "你可能喜歡", "관련기사", "관련 기사", "관련뉴스", "함께 보면 좋은 기사", "추천 기사",
    "더 읽기", "이어서 읽기", "関連", "こちらも", "もっと読む", "相关报道", "相關報導", "更多新聞", "관련 뉴스", "더 보기", "อ่านข่าว",
];

/// Those of them that open honest sentences and headings too.
pub(super) const WEAK: &[&str] = &[
    "related", "related topics", "related content", "related links", "recommended", "see also", "watch",
    "watch now", "trending", "trending now", "up next", "explore more", "keep reading",
    "continue reading", "further reading on", "most read", "most popular", "popular now", "top stories",
    "latest stories", "more news", "more stories", "must read", "must-read", "don't miss", "zum thema",
    "siehe auch", "à lire", "à découvrir", "voir aussi", "ver también", "relacionado", "relacionados",
    "recomendamos", "más información", "saiba mais", "relacionada", "relacionadas", "vedi anche",
    "per approfondire", "approfondisci", "da leggere", "gerelateerd", "aanbevolen", "по теме", "подробнее",
    "рекомендуем", "до теми", "за темою", "polecamy", "polecane", "powiązane", "související", "viz také",
    "kapcsolódó", "ayrıca bakınız", "se också", "se även", "se også", "katso myös", "aiheesta lisää",
    "read this", "read our full", "read here", "more from", "editor's pick", "next up",
    "further reading", "dive deeper", "go deeper", "listen", "listen now", "check out",
    "opinion", "hier geht es zum", "a lire", "notre dossier", "en savoir plus", "mai mult", "zie ook",
    "meer lezen", "см. также", "okumak için", "بخوانید", "関連", "こちらも", "更多新聞", "더 보기",
];

/// Networks and programs to share by.
pub(super) const NETWORKS: &[&str] = &[
    "facebook", "fb", "twitter", "whatsapp", "telegram", "linkedin", "pinterest", "reddit", "instagram",
    "youtube", "messenger", "viber", "vk", "vkontakte", "weibo", "wechat", "flipboard", "tumblr", "pocket",
    "mastodon", "bluesky", "threads", "tiktok", "xing", "skype", "snapchat", "odnoklassniki", "line",
    "hatena", "kakaotalk", "google", "google+", "digg", "stumbleupon", "evernote", "sms", "rss", "gmail",
    "фейсбук", "твиттер", "телеграм", "ok", "discord",
];

/// Words on buttons that do something with an article.
pub(super) const BUTTONS: &[&str] = &[
    "share", "tweet", "email", "e-mail", "mail", "print", "copy", "pin", "save", "teilen", "drucken",
    "merken", "partager", "imprimer", "envoyer", "compartir", "imprimir", "compartilhar", "condividi",
    "stampa", "delen",
];

/// Words that stand with them.
pub(super) const SHARE_WORDS: &[&str] = &[
    "share", "shares", "sharing", "tweet", "email", "e-mail", "mail", "print", "copy", "link", "url", "x",
    "on", "via", "by", "to", "with", "this", "article", "story", "post", "page", "pin", "it", "save",
    "send", "click", "opens", "in", "new", "window", "the", "a", "icon", "logo", "and", "follow", "us",
    "like", "plus", "comments", "comment", "bookmark", "teilen", "auf", "per", "bei", "drucken", "merken",
    "kopieren", "partager", "sur", "par", "imprimer", "envoyer", "copier", "lien", "compartir", "en",
    "por", "imprimir", "copiar", "enlace", "compartilhar", "compartilhe", "no", "condividi", "su",
    "stampa", "delen", "op", "afdrukken", "поделиться", "udostępnij", "sdílet", "dela", "del", "jaa",
    "paylaş", "bagikan", "مشاركة", "שתף", "シェア", "ツイート", "分享", "공유", "e", "news",
];

/// Whole lines, by what they are.
pub(super) const EXACT: &[(Noise, &[&str])] = &[
    (Noise::Advertisement, &[
        "advertisement", "advertisements", "advertising", "advert", "ad", "ads", "sponsored",
        "sponsored content", "promoted", "story continues below", "story continues below advertisement",
        "article continues below", "article continues below advertisement", "article continues after ad",
        "continue reading below", "scroll to continue", "skip advertisement", "report this ad", "remove ads",
        "anzeige", "werbung", "advertorial", "publicité", "la suite après la publicité", "publicidad",
        "publicidade", "continua após a publicidade", "pubblicità", "publicitat", "реклама", "reklama",
        "reklam", "reklaam", "hirdetés", "annons", "annonse", "annonce", "mainos", "advertentie", "διαφήμιση",
        "إعلان", "פרסומת", "विज्ञापन", "iklan", "quảng cáo", "広告", "广告", "廣告", "광고", "advertisment",
        "promoted content", "paid content", "publicite", "anuncio", "annuncio", "reclame", "reklame",
        "scroll to continue with content", "advertisement - scroll to continue", "اعلان", "تبلیغات", "โฆษณา",
        "publicitate", "reclamă",
    ]),
    (Noise::Share, &[
        "share", "share this", "share this article", "share this story", "share this post", "share article",
        "share post", "share via", "tweet", "tweet this", "copy link", "link copied", "copied",
        "email this article", "send to a friend", "teilen", "artikel teilen", "partager",
        "partager cet article", "compartir", "compartilhar", "compartilhe", "condividi", "delen", "поделиться",
        "поширити", "udostępnij", "sdílet", "dela", "dela artikeln", "jaa", "paylaş", "bagikan", "مشاركة",
        "シェアする", "分享", "공유하기", "e-mail this story to a friend", "email this story to a friend",
        "e-mail this to a friend", "send this to a friend", "email to a friend",
    ]),
    (Noise::Prompt, &[
        "print", "print this article", "printer friendly version", "printer-friendly version",
        "print this page", "print article", "listen to this article", "listen to article", "save this story",
        "save article", "comments", "comment", "no comments", "no comments yet", "leave a comment",
        "leave a reply", "leave a reply cancel reply", "post a comment", "add a comment",
        "join the conversation", "view comments", "show comments", "back to top", "click to enlarge",
        "click here to read more", "subscribe", "subscribe now", "sign up", "follow", "follow us",
        "newsletter", "kommentare", "kommentieren", "drucken", "commentaires", "laisser un commentaire",
        "imprimer", "comentarios", "imprimir", "comentários", "commenti", "stampa", "reacties", "комментарии",
        "коментарі", "komentarze", "komentáře", "コメント", "评论", "댓글",
    ]),
    (Noise::Label, &[
        "read more about", "learn more", "find out more", "see more", "show more", "view more", "load more", "loading", "more", "close", "menu", "save",
        "email", "copy", "sign in", "log in", "reply", "previous", "next", "home", "search", "video", "photo",
        "photos", "gallery", "play", "play video", "pause", "mute", "view gallery", "tags", "topics", "top",
        "contents", "table of contents", "in this article", "on this page", "merken", "mehr", "schließen",
        "ilan", "oglas",
    ]),
];

/// What a counter counts, and the words about it.
pub(super) const COUNTED: &[&str] = &[
    "min read", "mins read", "minute read", "minutes read", "minutes to read", "minute to read",
    "min to read", "reading time", "read time", "estimated reading time", "views", "view", "comments",
    "comment", "shares", "share", "likes", "like", "reads", "votes", "reactions", "times read", "lesezeit",
    "min lesezeit", "minuten lesezeit", "lesedauer", "kommentare", "temps de lecture", "min de lecture",
    "minutes de lecture", "commentaires", "commentaire", "vues", "tiempo de lectura", "minutos de lectura",
    "min de lectura", "comentarios", "comentario", "vistas", "tempo de leitura", "min de leitura",
    "comentários", "tempo di lettura", "minuti di lettura", "commenti", "leestijd", "reacties",
    "время чтения", "комментариев", "просмотров", "czas czytania", "komentarzy", "lästid", "lesetid",
    "okuma süresi", "yorum", "replies", "reply", "次阅读", "分钟阅读", "min read time", "number of comments",
];

/// Units that stand with them and count nothing by themselves.
pub(super) const UNITS: &[&str] = &[
    "minutes", "minute", "mins", "min", "minuten", "minutos", "minuti", "мин", "минут", "dakika", "k", "m",
    "about", "ca", "approx", "of", "and", "分钟",
];

/// Beginnings of offers to subscribe, follow and comment.
pub(super) const PROMPTS: &[&str] = &[
    "sign up for our", "sign up to our", "sign up for the", "sign up here", "sign up now",
    "sign up to receive", "subscribe to our", "subscribe to the newsletter", "subscribe to get",
    "subscribe for free", "subscribe now to", "get our newsletter", "get the newsletter", "get our free",
    "get the latest news delivered", "get the best of", "join our newsletter", "join our whatsapp",
    "join our telegram", "join our mailing list", "join our channel", "follow us on", "follow us at",
    "follow our", "like us on", "find us on", "connect with us", "stay connected",
    "stay up to date with our", "download our app", "download the app", "get the app",
    "click here to subscribe", "click here to sign up", "click to share on", "click to print",
    "click to email", "enter your email", "your email address will not be published",
    "you must be logged in to", "log in to comment", "log in to leave a comment", "please log in to",
    "by signing up, you agree", "by signing up you agree", "by subscribing, you agree",
    "by clicking subscribe", "thanks for signing up", "thank you for subscribing", "never miss a story",
    "already a subscriber", "already have an account", "support our journalism", "this site uses akismet",
    "we use cookies", "this website uses cookies", "accept all cookies", "please enable javascript",
    "your browser does not support", "have a story tip", "have a tip for us", "abonnieren sie unseren",
    "abonnieren sie den", "melden sie sich für unseren newsletter", "newsletter abonnieren",
    "folgen sie uns auf", "folge uns auf", "jetzt anmelden", "abonnez-vous à",
    "inscrivez-vous à notre newsletter", "inscrivez-vous à la newsletter", "suivez-nous sur",
    "suscríbete a nuestr", "suscríbase a nuestr", "síguenos en", "síganos en", "inscreva-se n",
    "assine nossa newsletter", "siga-nos n", "siga o canal", "iscriviti alla newsletter",
    "iscriviti al canale", "seguici su", "schrijf je in voor", "meld je aan voor", "volg ons op",
    "подпишитесь на", "подписывайтесь на", "следите за нами", "підписуйтесь на", "підпишіться на",
    "zapisz się na newsletter", "zapisz się do newslettera", "obserwuj nas", "přihlaste se k odběru",
    "sledujte nás na", "prenumerera på", "följ oss på", "følg oss på", "følg os på", "tilaa uutiskirje",
    "seuraa meitä", "abone olun", "bizi takip edin", "ikuti kami di", "ikuti saluran",
    "theo dõi chúng tôi", "تابعونا على", "تابعنا على", "اشترك في", "הירשמו לניוזלטר", "עקבו אחרינו",
];

/// Beginnings of such offers that open honest sentences too.
pub(super) const LOOSE_PROMPTS: &[&str] = &[
    "sign up for", "sign up to", "subscribe to the", "subscribe for", "subscribe today", "get the latest",
    "get breaking news", "get email alerts", "get more news", "join our mailing", "follow me on",
    "share on", "share to", "share with", "click to share", "click here to", "click here for",
    "tap here to", "view all comments", "read comments", "log in to", "sign in to", "create an account",
    "this article is for subscribers", "skip to", "jump to", "scroll to", "filed in",
    "support independent journalism", "this article continues", "content continues below", "print this",
    "email this", "all rights reserved", "copyright ©", "by clicking", "abonnieren sie",
    "jetzt abonnieren", "folgen sie uns", "folge uns", "diesen artikel", "teilen sie", "zur startseite",
    "kommentar schreiben", "kommentare lesen", "inscrivez-vous", "abonnez-vous", "suivez-nous", "partagez",
    "ajouter un commentaire", "recevez", "suscríbete", "suscríbase", "síguenos", "síganos", "comparte",
    "deja un comentario", "recibe en tu", "únete a nuestro", "inscreva-se", "assine", "siga-nos", "siga o",
    "entre no nosso", "iscriviti", "seguici", "abonneer", "meld je aan", "volg ons", "deel dit",
    "prenumerera", "följ oss", "abonner", "følg oss", "tilaa", "zapisz się", "подписывайтесь",
    "подпишитесь", "следите за", "підписуйтесь", "підпишіться", "поділитися", "odebírejte", "sledujte nás",
    "abone ol", "ikuti kami", "ikuti", "berlangganan", "dapatkan update", "theo dõi", "ακολουθήστε",
    "تابعوا", "تابعنا", "اشترك", "हमें फॉलो करें", "シェア", "フォロー", "分享到", "关注我们", "구독", "ติดตาม",
];

/// Labels of lists of tags.
pub(super) const TAGS: &[&str] = &[
    "tags", "tag", "topics", "filed under", "keywords", "categories", "category", "posted in", "tagged",
    "tagged with", "more about", "schlagwörter", "schlagworte", "themen", "stichwörter", "mots-clés",
    "mots clés", "étiquettes", "etiquetas", "temas", "palavras-chave", "argomenti", "trefwoorden", "теги",
    "темы", "tagi", "štítky", "ämnen", "etiketler", "الوسوم", "תגיות", "タグ", "标签", "標籤", "태그",
];
