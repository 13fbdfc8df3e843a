//! The phrases of noise, in lower case with straight apostrophes.

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
    "more from this section", "don't miss", "must read", "must-read", "in case you missed it", "also watch",
    "watch also", "watch", "watch now", "watch more", "also see", "trending", "trending now",
    "editor's picks", "editors' picks", "editor's choice", "up next", "what to read next", "read this next",
    "read our latest", "further reading on", "from our partners", "sponsored stories", "promoted stories",
    "most read", "most popular", "popular now", "latest stories", "top stories", "explore more",
    "keep reading", "continue reading", "next article", "previous article", "next post", "previous post",
    "next story", "background", "read the full story", "learn more",
    // German
    "lesen sie auch", "lesen sie mehr", "lesen sie hier", "lesen sie dazu", "lesen sie weiter", "lies auch",
    "lest auch", "auch interessant", "das könnte sie auch interessieren", "das könnte sie interessieren",
    "das könnte dich auch interessieren", "das könnte dich interessieren", "mehr zum thema", "mehr dazu",
    "mehr lesen", "zum thema", "siehe auch", "passend dazu", "weiterlesen", "weitere artikel",
    "empfohlene artikel", "meistgelesen", "ähnliche artikel", "verwandte artikel", "verwandte themen",
    "lesetipp", "lesetipps", "mehr aus dem ressort", "sehen sie auch",
    // French
    "à lire aussi", "a lire aussi", "lire aussi", "à lire également", "a lire également", "lire également",
    "à voir aussi", "voir aussi", "à lire", "sur le même sujet", "sur le même thème",
    "dans la même rubrique", "pour aller plus loin", "articles liés", "articles connexes",
    "articles similaires", "nos articles", "lire la suite", "à découvrir", "à ne pas manquer",
    "vous aimerez aussi", "vous pourriez aussi aimer", "lire plus", "plus d'informations",
    // Spanish, Catalan, Galician
    "lee también", "lea también", "leer también", "lee además", "lea además", "lee más", "leer más",
    "lea más", "también te puede interesar", "te puede interesar", "también le puede interesar",
    "le puede interesar", "te podría interesar", "quizás te interese", "quizá te interese", "vea también",
    "ver también", "ve también", "mira también", "mire también", "no te pierdas", "no se pierda",
    "noticias relacionadas", "noticia relacionada", "nota relacionada", "notas relacionadas",
    "artículos relacionados", "artículo relacionado", "relacionado", "relacionados", "te recomendamos",
    "le recomendamos", "recomendados", "recomendamos", "más información", "sigue leyendo", "seguir leyendo",
    "lo más leído", "contenido relacionado", "llegeix també", "també et pot interessar", "le tamén",
    // Portuguese
    "leia também", "leia mais", "leia ainda", "veja também", "veja mais", "saiba mais", "confira também",
    "notícias relacionadas", "relacionada", "relacionadas", "recomendado para você", "você pode gostar",
    "você também pode gostar", "continue lendo", "artigos relacionados", "mais lidas", "ler também",
    "ler mais", "assista também",
    // Italian
    "leggi anche", "leggi pure", "leggi di più", "potrebbe interessarti", "potrebbe interessarti anche",
    "ti potrebbe interessare", "ti potrebbe interessare anche", "potrebbero interessarti", "guarda anche",
    "vedi anche", "per approfondire", "articoli correlati", "approfondisci", "notizie correlate",
    "da leggere", "continua a leggere",
    // Dutch, Afrikaans
    "lees ook", "lees meer", "lees verder", "lees hier", "bekijk ook", "kijk ook", "gerelateerd",
    "gerelateerde artikelen", "ook interessant", "meer over dit onderwerp", "aanbevolen",
    // Russian, Ukrainian, Belarusian, Bulgarian
    "читайте также", "читать также", "читать далее", "читайте далее", "читайте еще", "смотрите также",
    "по теме", "материалы по теме", "еще по теме", "подробнее", "читайте подробнее",
    "вам может быть интересно", "вам также может быть интересно", "рекомендуем", "рекомендуем прочитать",
    "похожие материалы", "другие новости", "новости по теме", "читайте в разделе", "читайте також",
    "також читайте", "дивіться також", "до теми", "за темою", "читати далі", "читайте больш",
    "чытайце таксама", "вижте още", "прочетете още", "четете още", "още по темата", "вижте също",
    // Polish, Czech, Slovak
    "czytaj także", "czytaj też", "czytaj również", "czytaj więcej", "czytaj dalej", "przeczytaj także",
    "przeczytaj też", "przeczytaj również", "zobacz także", "zobacz też", "zobacz również", "zobacz więcej",
    "sprawdź też", "sprawdź także", "polecamy", "polecane", "powiązane artykuły", "powiązane",
    "warto przeczytać", "čtěte také", "čtěte též", "čtěte více", "přečtěte si také", "přečtěte si",
    "mohlo by vás zajímat", "související články", "související", "viz také", "čítajte aj",
    "prečítajte si aj", "mohlo by vás zaujímať", "súvisiace články",
    // Serbian, Croatian, Bosnian, Slovene
    "pročitajte i", "pročitaj i", "pročitajte još", "čitajte i", "čitaj još", "vezane vijesti",
    "povezane vesti", "povezani članci", "pogledajte i", "preberite tudi", "preberite še", "прочитајте и",
    "прочитајте још",
    // Hungarian, Romanian, Albanian
    "olvassa el ezt is", "olvasd el ezt is", "kapcsolódó cikk", "kapcsolódó cikkek", "kapcsolódó",
    "ez is érdekelheti", "ez is érdekelhet", "citește și", "citeşte şi", "citiți și", "citeste si",
    "vezi și", "articole similare", "te-ar putea interesa", "lexo edhe", "lexoni edhe",
    // Turkish, Azerbaijani
    "ilgili haber", "ilgili haberler", "ilginizi çekebilir", "bunlar da ilginizi çekebilir",
    "bunu da okuyun", "ayrıca okuyun", "ayrıca bakınız", "devamını oku", "okumadan geçme",
    "həmçinin oxuyun",
    // Swedish, Norwegian, Danish, Finnish, Icelandic
    "läs också", "läs även", "läs mer", "läs vidare", "se också", "se även", "relaterade artiklar",
    "les også", "se også", "les mer", "les saken", "relaterte saker", "læs også", "læs mere",
    "relaterede artikler", "lue myös", "lue lisää", "katso myös", "aiheesta lisää", "lesa meira",
    "sjá einnig",
    // Baltic
    "loe ka", "loe lisaks", "loe veel", "lasi arī", "lasi vēl", "lasiet arī", "taip pat skaitykite",
    "skaitykite taip pat", "susiję straipsniai",
    // Greek
    "διαβάστε επίσης", "διαβάστε ακόμα", "διαβάστε ακόμη", "διαβάστε περισσότερα", "δείτε επίσης",
    "δείτε ακόμα", "σχετικά άρθρα", "σχετικό άρθρο",
    // Arabic, Persian, Urdu, Hebrew
    "اقرأ أيضا", "اقرأ أيضاً", "اقرأ أيضًا", "إقرأ أيضا", "إقرأ أيضاً", "اقرأ ايضا", "اقرأ المزيد",
    "اقرأ كذلك", "مواضيع ذات صلة", "أخبار ذات صلة", "موضوعات ذات صلة", "شاهد أيضا", "شاهد أيضاً", "قد يهمك",
    "قد يهمك أيضا", "بیشتر بخوانید", "همچنین بخوانید", "مطالب مرتبط", "اخبار مرتبط", "یہ بھی پڑھیں",
    "مزید پڑھیں", "קראו גם", "קרא גם", "קראו עוד", "ראו גם", "כתבות נוספות", "עוד בנושא",
    "אולי יעניין אותך",
    // South Asia
    "यह भी पढ़ें", "ये भी पढ़ें", "इसे भी पढ़ें", "और पढ़ें", "संबंधित खबरें", "हेही वाचा", "हे ही वाचा",
    "আরও পড়ুন", "আরো পড়ুন", "இதையும் படிங்க", "இதையும் படியுங்கள்", "ఇది కూడా చదవండి", "ఇవి కూడా చదవండి",
    "આ પણ વાંચો", "ਇਹ ਵੀ ਪੜ੍ਹੋ", "ഇതും വായിക്കുക",
    // South-East Asia, East Africa
    "baca juga", "baca lainnya", "baca selengkapnya", "lihat juga", "simak juga", "baca lagi",
    "artikel terkait", "berita terkait", "xem thêm", "đọc thêm", "tin liên quan", "bài liên quan",
    "có thể bạn quan tâm", "อ่านเพิ่มเติม", "อ่านข่าวเพิ่มเติม", "ข่าวที่เกี่ยวข้อง", "เรื่องที่เกี่ยวข้อง",
    "อ่านต่อ", "soma pia", "soma zaidi", "basahin din", "basahin",
    // Japanese, Chinese, Korean
    "関連記事", "関連ニュース", "関連リンク", "あわせて読みたい", "合わせて読みたい", "おすすめ記事", "こちらもおすすめ", "続きを読む", "次のページ", "人気記事",
    "相关阅读", "延伸阅读", "相关新闻", "相关文章", "推荐阅读", "更多新闻", "阅读更多", "猜你喜欢", "热门推荐", "相關新聞", "相關文章", "相關閱讀", "延伸閱讀",
    "推薦閱讀", "看更多", "更多文章", "你可能也想看", "你可能會喜歡", "你可能喜歡", "관련기사", "관련 기사", "관련뉴스", "함께 보면 좋은 기사", "추천 기사",
    "더 읽기", "이어서 읽기",
];

/// Those of them that open honest sentences and headings too.
pub(super) const WEAK: &[&str] = &[
    "related", "related topics", "related content", "related links", "recommended", "see also", "watch",
    "watch now", "trending", "trending now", "up next", "learn more", "explore more", "keep reading",
    "continue reading", "further reading on", "most read", "most popular", "popular now", "top stories",
    "latest stories", "more news", "more stories", "must read", "must-read", "don't miss", "zum thema",
    "siehe auch", "à lire", "à découvrir", "voir aussi", "ver también", "relacionado", "relacionados",
    "recomendamos", "más información", "saiba mais", "relacionada", "relacionadas", "vedi anche",
    "per approfondire", "approfondisci", "da leggere", "gerelateerd", "aanbevolen", "по теме", "подробнее",
    "рекомендуем", "до теми", "за темою", "polecamy", "polecane", "powiązane", "související", "viz také",
    "kapcsolódó", "ayrıca bakınız", "se också", "se även", "se også", "katso myös", "aiheesta lisää",
];

/// Networks and programs to share by.
pub(super) const NETWORKS: &[&str] = &[
    "facebook", "fb", "twitter", "whatsapp", "telegram", "linkedin", "pinterest", "reddit", "instagram",
    "youtube", "messenger", "viber", "vk", "vkontakte", "weibo", "wechat", "flipboard", "tumblr", "pocket",
    "mastodon", "bluesky", "threads", "tiktok", "xing", "skype", "snapchat", "odnoklassniki", "line",
    "hatena", "kakaotalk", "google", "google+", "digg", "stumbleupon", "evernote", "sms", "rss", "gmail",
    "фейсбук", "твиттер", "телеграм",
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
    "kopieren", "partager", "sur", "par", "imprimer", "envoyer", "copier", "lien", "compartir", "en", "por",
    "imprimir", "copiar", "enlace", "compartilhar", "compartilhe", "no", "condividi", "su", "stampa",
    "delen", "op", "afdrukken", "поделиться", "udostępnij", "sdílet", "dela", "del", "jaa", "paylaş",
    "bagikan", "مشاركة", "שתף", "シェア", "ツイート", "分享", "공유",
];

/// Whole lines.
pub(super) const EXACT: &[(&str, Noise)] = &[
    ("advertisement", Noise::Advertisement), ("advertisements", Noise::Advertisement),
    ("advertising", Noise::Advertisement), ("advert", Noise::Advertisement), ("ad", Noise::Advertisement),
    ("ads", Noise::Advertisement), ("sponsored", Noise::Advertisement),
    ("sponsored content", Noise::Advertisement), ("promoted", Noise::Advertisement),
    ("story continues below", Noise::Advertisement),
    ("story continues below advertisement", Noise::Advertisement),
    ("article continues below", Noise::Advertisement),
    ("article continues below advertisement", Noise::Advertisement),
    ("article continues after ad", Noise::Advertisement), ("continue reading below", Noise::Advertisement),
    ("scroll to continue", Noise::Advertisement), ("skip advertisement", Noise::Advertisement),
    ("report this ad", Noise::Advertisement), ("remove ads", Noise::Advertisement),
    ("anzeige", Noise::Advertisement), ("werbung", Noise::Advertisement),
    ("advertorial", Noise::Advertisement), ("publicité", Noise::Advertisement),
    ("la suite après la publicité", Noise::Advertisement), ("publicidad", Noise::Advertisement),
    ("publicidade", Noise::Advertisement), ("continua após a publicidade", Noise::Advertisement),
    ("pubblicità", Noise::Advertisement), ("publicitat", Noise::Advertisement),
    ("реклама", Noise::Advertisement), ("reklama", Noise::Advertisement), ("reklam", Noise::Advertisement),
    ("reklaam", Noise::Advertisement), ("hirdetés", Noise::Advertisement), ("annons", Noise::Advertisement),
    ("annonse", Noise::Advertisement), ("annonce", Noise::Advertisement), ("mainos", Noise::Advertisement),
    ("advertentie", Noise::Advertisement), ("διαφήμιση", Noise::Advertisement),
    ("إعلان", Noise::Advertisement), ("פרסומת", Noise::Advertisement), ("विज्ञापन", Noise::Advertisement),
    ("iklan", Noise::Advertisement), ("quảng cáo", Noise::Advertisement), ("広告", Noise::Advertisement),
    ("广告", Noise::Advertisement), ("廣告", Noise::Advertisement), ("광고", Noise::Advertisement),
    ("share", Noise::Share), ("share this", Noise::Share), ("share this article", Noise::Share),
    ("share this story", Noise::Share), ("share this post", Noise::Share), ("share article", Noise::Share),
    ("share post", Noise::Share), ("share via", Noise::Share), ("share:", Noise::Share),
    ("tweet", Noise::Share), ("tweet this", Noise::Share), ("copy link", Noise::Share),
    ("link copied", Noise::Share), ("copied", Noise::Share), ("email this article", Noise::Share),
    ("send to a friend", Noise::Share), ("teilen", Noise::Share), ("artikel teilen", Noise::Share),
    ("partager", Noise::Share), ("partager cet article", Noise::Share), ("compartir", Noise::Share),
    ("compartilhar", Noise::Share), ("compartilhe", Noise::Share), ("condividi", Noise::Share),
    ("delen", Noise::Share), ("поделиться", Noise::Share), ("поширити", Noise::Share),
    ("udostępnij", Noise::Share), ("sdílet", Noise::Share), ("dela", Noise::Share),
    ("dela artikeln", Noise::Share), ("jaa", Noise::Share), ("paylaş", Noise::Share),
    ("bagikan", Noise::Share), ("مشاركة", Noise::Share), ("シェアする", Noise::Share), ("分享", Noise::Share),
    ("공유하기", Noise::Share), ("print", Noise::Prompt), ("print this article", Noise::Prompt),
    ("printer friendly version", Noise::Prompt), ("printer-friendly version", Noise::Prompt),
    ("e-mail this story to a friend", Noise::Share), ("email this story to a friend", Noise::Share),
    ("e-mail this to a friend", Noise::Share), ("send to a friend", Noise::Share),
    ("send this to a friend", Noise::Share), ("email to a friend", Noise::Share),
    ("print this page", Noise::Prompt), ("print article", Noise::Prompt),
    ("listen to this article", Noise::Prompt), ("listen to article", Noise::Prompt),
    ("save this story", Noise::Prompt), ("save article", Noise::Prompt), ("comments", Noise::Prompt),
    ("comment", Noise::Prompt), ("no comments", Noise::Prompt), ("no comments yet", Noise::Prompt),
    ("leave a comment", Noise::Prompt), ("leave a reply", Noise::Prompt),
    ("leave a reply cancel reply", Noise::Prompt), ("post a comment", Noise::Prompt),
    ("add a comment", Noise::Prompt), ("join the conversation", Noise::Prompt),
    ("view comments", Noise::Prompt), ("show comments", Noise::Prompt), ("back to top", Noise::Prompt),
    ("click to enlarge", Noise::Prompt), ("click here to read more", Noise::Prompt),
    ("subscribe", Noise::Prompt), ("subscribe now", Noise::Prompt), ("sign up", Noise::Prompt),
    ("follow", Noise::Prompt), ("follow us", Noise::Prompt), ("newsletter", Noise::Prompt),
    ("kommentare", Noise::Prompt), ("kommentieren", Noise::Prompt), ("drucken", Noise::Prompt),
    ("commentaires", Noise::Prompt), ("laisser un commentaire", Noise::Prompt), ("imprimer", Noise::Prompt),
    ("comentarios", Noise::Prompt), ("imprimir", Noise::Prompt), ("comentários", Noise::Prompt),
    ("commenti", Noise::Prompt), ("stampa", Noise::Prompt), ("reacties", Noise::Prompt),
    ("комментарии", Noise::Prompt), ("коментарі", Noise::Prompt), ("komentarze", Noise::Prompt),
    ("komentáře", Noise::Prompt), ("コメント", Noise::Prompt), ("评论", Noise::Prompt), ("댓글", Noise::Prompt),
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
    "okuma süresi", "yorum",
];

/// Units that stand with them and count nothing by themselves.
pub(super) const UNITS: &[&str] = &[
    "minutes", "minute", "mins", "min", "minuten", "minutos", "minuti", "мин", "минут", "dakika", "k", "m", "about",
    "ca", "approx", "of", "and",
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
    "seuraa meitä", "abone olun", "bizi takip edin", "ikuti kami di", "ikuti saluran", "theo dõi chúng tôi",
    "تابعونا على", "تابعنا على", "اشترك في", "הירשמו לניוזלטר", "עקבו אחרינו",
];

/// Labels of lists of tags.
pub(super) const TAGS: &[&str] = &[
    "tags", "tag", "topics", "filed under", "keywords", "categories", "category", "posted in", "tagged",
    "tagged with", "more about", "schlagwörter", "schlagworte", "themen", "stichwörter", "mots-clés",
    "mots clés", "étiquettes", "etiquetas", "temas", "palavras-chave", "argomenti", "trefwoorden", "теги",
    "темы", "tagi", "štítky", "ämnen", "etiketler", "الوسوم", "תגיות", "タグ", "标签", "標籤", "태그",
];
