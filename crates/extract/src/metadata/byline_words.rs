//! The words around names in bylines, of many languages: sorted lists in lower case, to which a language is added by
//! adding its words.

/// Phrases after which the names of authors come, wherever they stand.
#[rustfmt::skip]
pub(super) const PHRASES: &[&str] = &[
    "a cura di", "article by", "articolo di", "aufgezeichnet von", "bài của", "created by", "ein artikel von",
    "elaborado por", "entretien réalisé par", "entrevista de", "entrevista por", "escrit per", "escrito por",
    "geschreven door", "geschrieben von", "gönderen", "interview by", "interview von", "intervista di", "napsal",
    "napsala", "opgetekend door", "postado por", "postat de", "postato da", "posted by", "posté par",
    "propos recueillis par", "protokolliert von", "pubblicato da", "publicado por", "publicat de", "published by",
    "publié par", "recueilli par", "redactado por", "redactat de", "redatto da", "reportage von", "reported by",
    "reporting by", "review by", "reviewed by", "rozmawiał", "rozmawiała", "rédigé par", "scris de", "scritto da",
    "servizio di", "shkruar nga", "skrevet af", "skrevet av", "skriven av", "story by", "submitted by", "testo di",
    "text by", "text von", "texte de", "texto de", "texto por", "un article de", "una nota de", "verfasst von",
    "words by", "written by", "écrit par", "από την", "από τον", "γράφει η", "γράφει ο", "γράφουν οι",
];

/// What links to all that somebody wrote say before the name: no byline, though a name follows.
#[rustfmt::skip]
pub(super) const ARCHIVES: &[&str] = &[
    "all articles by", "all posts by", "all stories by", "alle artikel von", "alle beiträge von",
    "alle berichten door", "alle berichten van", "alles van", "alles von", "mais posts de", "more by",
    "mostra tutti gli articoli di", "see all posts by", "stories by", "todas as postagens de",
    "todas las entradas de", "todos los artículos de", "todos os posts de", "toon alle berichten van",
    "tous les articles de", "tous les articles par", "tutti gli articoli di", "ver todas las entradas de",
    "ver todos los artículos de", "ver todos os posts de", "view all posts by", "vis alle indlæg af",
    "vis alle innlegg av", "visa alla inlägg av", "voir tous les articles de", "zobacz wszystkie wpisy",
    "все записи автора", "все статьи автора",
];

/// Single words after which names come.
#[rustfmt::skip]
pub(super) const PREPOSITIONS: &[&str] = &[
    "af", "av", "by", "de", "di", "door", "fra", "från", "nga", "od", "oleh", "opr.", "oprac.", "par", "per", "por",
    "przez", "red.", "tarafından", "van", "von", "írta", "της", "του", "των", "беседовал", "беседовала", "від",
    "записал", "записала", "от", "пише", "подготовил", "подготовила", "підготував", "підготувала", "מאת", "إعداد",
    "از", "بقلم", "تحریر", "توسط", "كتب", "كتبت", "نوشته", "โดย", "作者", "撰文",
];

/// Those of them that names begin with, too.
pub(super) const PARTICLES: &[&str] =
    &["af", "av", "de", "di", "fra", "nga", "od", "oleh", "per", "van", "von"];

/// Phrases that make a line a byline wherever it stands.
#[rustfmt::skip]
pub(super) const WRITTEN: &[&str] = &[
    "article by", "author:", "escrito por", "geschreven door", "geschrieben von", "posted by", "propos recueillis par",
    "redactado por", "rédigé par", "scris de", "scritto da", "skrevet af", "skrevet av", "skriven av", "verfasst von",
    "words by", "written by", "écrit par", "γράφει η", "γράφει ο", "автор:",
];

/// What stands behind a name.
pub(super) const SUFFIXES: &[&str] = &[
    " tarafından",
    " yazdı",
    " írása",
    " द्वारा",
    " 기자",
    " 記者",
    " 记者",
    " 특파원",
    "氏",
    "記者",
    "记者",
];

/// Words that call what was written or who wrote it: names come behind a sign.
#[rustfmt::skip]
pub(super) const LABELS: &[&str] = &[
    "analyse", "aufzeichnung", "auteur", "auteure", "auteurs", "author", "authors", "autor", "autora", "autore",
    "autoren", "autores", "autori", "autorin", "autorka", "autorzy", "beitrag", "bericht", "by", "byline", "bài",
    "cuvinte", "de", "di", "door", "ecrit", "editor", "escribe", "firma", "forfatter", "författare", "giả",
    "haber", "interview", "kirjoittaja", "kirjoittajat", "napsal", "notował", "notowała", "oprac", "opracowanie",
    "par", "penulis", "piše", "pišu", "por", "redacción", "redactor", "redakcja", "redaktion", "report", "reportage", "reportagem",
    "reporter", "rozmawiał", "rozmawiała", "rédaction", "skribent", "story", "szerző", "szöveg", "tekst", "tekstas",
    "teksti", "testi", "testo", "text", "texte", "textes", "texto", "textos", "toimittaja", "tác", "tác giả",
    "verfasser", "verfasserin", "von", "words", "writer", "written", "yazan", "yazar", "yazarlar", "yazı", "írta",
    "íráta", "επιμέλεια", "κείμενα", "κείμενο", "ρεπορτάζ", "συγγραφέας", "συντάκτης", "συντάκτρια", "автор",
    "автори", "авторы", "аўтар", "материал", "пише", "подготовил", "подготовила", "текст", "тексты", "טקסט", "כתב",
    "כתבה", "מאת", "إعداد", "الكاتب", "بقلم", "تحرير", "تحریر", "تقرير", "كاتب", "كتب", "كتبت", "مؤلف", "مصنف",
    "نوشته", "نویسنده", "گزارش", "प्रस्तुति", "रिपोर्ट", "लेखक", "लेखकः", "लेखन", "लेखिका", "संवाददाता", "প্রতিবেদক",
    "লেখক", "எழுத்தாளர்", "ข่าว", "ผู้เขียน", "เขียน", "เรื่อง", "โดย", "ライター", "作者", "來源", "取材", "取材・文", "執筆", "投稿者",
    "採訪", "撰文", "撰稿", "整理", "文", "文字", "文責", "本报讯", "本报记者", "来源", "構成", "特约记者", "筆者", "編輯", "編集", "编辑", "聞き手", "著者",
    "見習記者", "見習记者", "記者", "记者", "責任編輯", "责任编辑", "责编", "采写", "采访", "글", "글쓴이", "기자", "작성자", "취재",
];

/// Words that call pictures or sound: whose names come behind them wrote nothing.
#[rustfmt::skip]
pub(super) const PICTURES: &[&str] = &[
    "bild", "bilder", "bildquelle", "camera", "crédit", "foto", "foto's", "fotograaf", "fotograf", "fotografi",
    "fotografia", "fotografie", "fotografo", "fotografía", "fotos", "fotoğraf", "fotoğraflar", "fotó", "fotógrafo",
    "fotók", "gambar", "grafik", "graphic", "graphics", "illustration", "illustrations", "image", "images", "kuva",
    "kuvat", "photo", "photograph", "photographer", "photographie", "photographies", "photographs", "photography",
    "photos", "picture", "pictures", "valokuvat", "video", "videos", "vidéo", "zdjęcia", "zdjęcie", "φωτογραφία",
    "φωτογραφίες", "фото", "צילום", "تصوير", "صور", "عکس", "फोटो", "ภาพ", "ảnh", "写真", "图", "图片", "圖", "圖片", "摄",
    "摄影", "撮影", "攝影", "사진",
];

/// What a person is to a paper: no part of a name.
#[rustfmt::skip]
pub(super) const ROLES: &[&str] = &[
    "colaborador", "colaboradora", "columnista", "correspondant", "correspondante", "correspondent", "correspondente",
    "correspondents", "corresponsal", "corrispondente", "dopisovatel", "editor", "enviada", "enviado", "envoyé",
    "envoyée", "gastautor", "gastautorin", "giornalista", "inviata", "inviato", "jornalista", "journalist",
    "journaliste", "journalisten", "korespondent", "korespondenta", "korespondentka", "korrespondent",
    "korrespondenten", "korrespondentin", "medarbejder", "medewerker", "muhabir", "muhabiri", "periodista",
    "redacteur", "redactor", "redactora", "redactrice", "redakteur", "redakteurin", "redaktor", "redaktorka",
    "redaktör", "redaktør", "reporter", "reporterin", "reporterka", "reportern", "reporters", "repórter",
    "toimittaja", "verslaggeefster", "verslaggever", "verslaggevers", "writer", "yazarı", "ανταποκριτής",
    "δημοσιογράφος", "συντάκτης", "журналист", "журналистка", "кореспондент", "корреспондент", "корреспондента",
    "обозреватель", "редактор", "собкор", "כתבנו", "מערכת", "कोरेस्पोंडेंट", "संवाददाता", "特派员", "特派員", "編集委員", "記者",
    "論説委員", "记者", "通讯员", "기자", "특파원",
];

/// Words that stand among the roles, and the offices that people write for.
#[rustfmt::skip]
pub(super) const BESIDE_ROLES: &[&str] = &[
    "and", "assistant", "associate", "au", "ausland", "bureau", "chefredaktion", "chief", "cultura", "da", "dal",
    "dalla", "de", "del", "della", "deputy", "der", "desk", "di", "do", "du", "editorial", "en", "especial", "et",
    "foreign", "guest", "in", "la", "lead", "local", "mi", "mijn", "nasz", "nasza", "naszego", "national", "news",
    "newsroom", "nossa", "nosso", "nostra", "nostro", "notre", "nuestra", "nuestro", "of", "onze", "our", "political",
    "politics", "redacción", "redactie", "redakcja", "redaktion", "redazione", "redação", "rédaction", "senior",
    "special", "speciale", "sports", "spécial", "spéciale", "spéciaux", "staff", "the", "und", "unser", "unsere",
    "unserem", "unserer", "unsern", "van", "vom", "von", "vores", "vår", "y", "your", "наш", "нашего", "специально",
    "специальный", "本報", "本报",
];

/// Words behind a name that make it that of a firm, so that a sign for "and" belongs to it.
#[rustfmt::skip]
pub(super) const FIRMS: &[&str] = &[
    "associates", "bros", "co", "company", "corp", "daughters", "fils", "gmbh", "group", "inc", "kg", "llc", "llp",
    "ltd", "partners", "sohn", "sons", "söhne", "zonen",
];
