//! The commonest noise of news in the languages that are read most, and sentences that only look like it.

use super::{Noise, check};

/// A language, and in it: a promotion, a share button, a count of comments, an offer of a newsletter, a reading time, the
/// label of an advertisement, and when the page was changed.
#[rustfmt::skip]
const LANGUAGES: &[(&str, [&str; 7])] = &[
    ("en", ["Read also: Floods reach the capital", "Share on Facebook", "12 comments", "Subscribe to our newsletter", "5 min read", "Advertisement", "Updated: 5 May 2024, 14:20"]),
    ("de", ["Lesen Sie auch: Flut erreicht die Hauptstadt", "Auf Facebook teilen", "12 Kommentare", "Melden Sie sich für unseren Newsletter an", "Lesezeit: 5 Minuten", "Anzeige", "Aktualisiert am 05.05.2024, 14:20 Uhr"]),
    ("fr", ["À lire aussi : La crue atteint la capitale", "Partager sur Facebook", "12 commentaires", "Inscrivez-vous à notre newsletter", "Temps de lecture : 5 min", "Publicité", "Publié le 5 mai 2024 à 14:20"]),
    ("es", ["Lea también: La crecida llega a la capital", "Compartir en Facebook", "12 comentarios", "Suscríbete a nuestra newsletter", "Tiempo de lectura: 5 minutos", "Publicidad", "Actualizado el 05/05/2024 14:20"]),
    ("pt", ["Leia também: A cheia chega à capital", "Compartilhar no Facebook", "12 comentários", "Assine nossa newsletter", "Tempo de leitura: 5 minutos", "Publicidade", "Atualizado em 05/05/2024 14:20"]),
    ("it", ["Leggi anche: La piena arriva nella capitale", "Condividi su Facebook", "12 commenti", "Iscriviti alla nostra newsletter", "Tempo di lettura: 5 minuti", "Pubblicità", "Aggiornato il 05/05/2024 14:20"]),
    ("nl", ["Lees ook: Het water bereikt de hoofdstad", "Deel op Facebook", "12 reacties", "Meld je aan voor onze nieuwsbrief", "Leestijd: 5 minuten", "Advertentie", "Bijgewerkt op 05-05-2024 14:20"]),
    ("sv", ["Läs också: Vattnet når huvudstaden", "Dela på Facebook", "12 kommentarer", "Prenumerera på vårt nyhetsbrev", "Lästid: 5 minuter", "Annons", "Uppdaterad 2024-05-05 14:20"]),
    ("no", ["Les også: Vannet når hovedstaden", "Del på Facebook", "12 kommentarer", "Meld deg på nyhetsbrevet vårt", "Lesetid: 5 minutter", "Annonse", "Oppdatert 05.05.2024 14:20"]),
    ("da", ["Læs også: Vandet når hovedstaden", "Del på Facebook", "12 kommentarer", "Tilmeld dig vores nyhedsbrev", "Læsetid: 5 minutter", "Annonce", "Opdateret 05.05.2024 14:20"]),
    ("fi", ["Lue myös: Tulva saavuttaa pääkaupungin", "Jaa Facebookissa", "12 kommenttia", "Tilaa uutiskirjeemme", "Lukuaika: 5 min", "Mainos", "Päivitetty 5.5.2024 14:20"]),
    ("hu", ["Olvassa el ezt is: Az árvíz eléri a fővárost", "Megosztom Facebook", "12 hozzászólás", "Iratkozzon fel hírlevelünkre", "Olvasási idő: 5 perc", "Hirdetés", "Frissítve: 2024. 05. 05. 14:20"]),
    ("ro", ["Citește și: Inundația ajunge în capitală", "Distribuie pe Facebook", "12 comentarii", "Abonează-te la newsletter", "Timp de citire: 5 minute", "Publicitate", "Actualizat la 05.05.2024 14:20"]),
    ("pl", ["Czytaj także: Powódź dociera do stolicy", "Udostępnij na Facebooku", "12 komentarzy", "Zapisz się na newsletter", "Czas czytania: 5 min", "Reklama", "Aktualizacja: 05.05.2024 14:20"]),
    ("cs", ["Čtěte také: Povodeň dorazila do hlavního města", "Sdílet na Facebooku", "12 komentářů", "Přihlaste se k odběru novinek", "Doba čtení: 5 min", "Inzerce", "Aktualizováno 5. 5. 2024 14:20"]),
    ("sk", ["Čítajte aj: Povodeň dorazila do hlavného mesta", "Zdieľať na Facebook", "12 komentárov", "Prihláste sa na odber noviniek", "Čas čítania: 5 min", "Reklama", "Aktualizované: 5. 5. 2024 14:20"]),
    ("hr", ["Pročitajte i: Poplava stigla do glavnog grada", "Podijeli na Facebook", "12 komentara", "Prijavite se na newsletter", "Vrijeme čitanja: 5 min", "Oglasi", "Objavljeno: 05.05.2024. 14:20"]),
    ("bg", ["Прочетете още: Наводнението стигна столицата", "Сподели в Facebook", "12 коментара", "Абонирайте се за нашия бюлетин", "Време за четене: 5 мин", "Реклама", "Публикувано: 05.05.2024 14:20"]),
    ("ru", ["Читайте также: Паводок дошёл до столицы", "Поделиться ВКонтакте", "12 комментариев", "Подпишитесь на нашу рассылку", "Время чтения: 5 минут", "Реклама", "Обновлено: 05.05.2024 14:20"]),
    ("uk", ["Читайте також: Повінь дійшла до столиці", "Поділитися в Facebook", "12 коментарів", "Підпишіться на нашу розсилку", "Час читання: 5 хвилин", "Реклама", "Оновлено: 05.05.2024 14:20"]),
    ("el", ["Διαβάστε επίσης: Η πλημμύρα έφτασε στην πρωτεύουσα", "Κοινοποίηση στο Facebook", "12 σχόλια", "Εγγραφείτε στο newsletter μας", "Χρόνος ανάγνωσης: 5 λεπτά", "Διαφήμιση", "Τελευταία ενημέρωση: 05/05/2024 14:20"]),
    ("tr", ["Bunu da okuyun: Sel başkente ulaştı", "Facebook'ta paylaş", "12 yorum", "Bültenimize abone olun", "Okuma süresi: 5 dakika", "Reklam", "Güncelleme: 05.05.2024 14:20"]),
    ("ar", ["اقرأ أيضا: السيول تصل إلى العاصمة", "شارك على فيسبوك", "12 تعليق", "اشترك في نشرتنا البريدية", "وقت القراءة: 5 دقائق", "إعلان", "آخر تحديث: 05/05/2024 14:20"]),
    ("fa", ["بیشتر بخوانید: سیل به پایتخت رسید", "اشتراک گذاری در تلگرام", "12 نظر", "عضویت در خبرنامه", "زمان مطالعه: 5 دقیقه", "تبلیغات", "تاریخ انتشار: 1403/02/16 14:20"]),
    ("ur", ["یہ بھی پڑھیں: سیلاب دارالحکومت پہنچ گیا", "شیئر کریں", "12 تبصرے", "ہمارے نیوز لیٹر کو سبسکرائب کریں", "5 منٹ میں پڑھیں", "اشتہار", ""]),
    ("he", ["קראו גם: השיטפון הגיע לבירה", "שתפו בפייסבוק", "12 תגובות", "הירשמו לניוזלטר שלנו", "זמן קריאה: 5 דקות", "פרסומת", "עודכן: 05.05.2024 14:20"]),
    ("hi", ["यह भी पढ़ें: बाढ़ राजधानी तक पहुँची", "फेसबुक पर शेयर करें", "12 टिप्पणियाँ", "हमारे न्यूजलेटर की सदस्यता लें", "5 मिनट में पढ़ें", "विज्ञापन", "अंतिम अपडेट: 05 मई 2024 14:20"]),
    ("bn", ["আরও পড়ুন: বন্যা রাজধানীতে পৌঁছেছে", "শেয়ার করুন", "12 মন্তব্য", "আমাদের নিউজলেটার সাবস্ক্রাইব করুন", "5 মিনিটে পড়ুন", "বিজ্ঞাপন", "প্রকাশ: 05 মে 2024 14:20"]),
    ("mr", ["हेही वाचा: पूर राजधानीत पोहोचला", "शेअर करा", "", "आमच्या न्यूजलेटरची सदस्यता घ्या", "5 मिनिटे वाचा", "जाहिरात", ""]),
    ("ta", ["இதையும் படிங்க: வெள்ளம் தலைநகரை அடைந்தது", "பகிர்", "12 கருத்துகள்", "எங்கள் செய்திமடலுக்கு குழுசேரவும்", "5 நிமிட வாசிப்பு", "விளம்பரம்", ""]),
    ("te", ["ఇవి కూడా చదవండి: వరద రాజధానికి చేరింది", "షేర్ చేయండి", "", "మా న్యూస్‌లెటర్ కోసం నమోదు చేసుకోండి", "5 నిమిషాల్లో చదవండి", "ప్రకటన", ""]),
    ("id", ["Baca juga: Banjir mencapai ibu kota", "Bagikan ke Facebook", "12 komentar", "Berlangganan newsletter kami", "Waktu baca: 5 menit", "Iklan", "Diperbarui 05/05/2024 14:20"]),
    ("vi", ["Xem thêm: Lũ đến thủ đô", "Chia sẻ lên Facebook", "12 bình luận", "Đăng ký nhận bản tin của chúng tôi", "Thời gian đọc: 5 phút", "Quảng cáo", "Cập nhật: 05/05/2024 14:20"]),
    ("th", ["อ่านเพิ่มเติม: น้ำท่วมถึงเมืองหลวง", "แชร์", "12 ความคิดเห็น", "สมัครรับข่าวสารของเรา", "ใช้เวลาอ่าน 5 นาที", "โฆษณา", "อัปเดต: 05/05/2024 14:20"]),
    ("zh", ["延伸阅读：洪水到达首都", "分享到微信", "12条评论", "订阅我们的新闻简报", "阅读时间：5分钟", "广告", "更新时间：2024年5月5日 14:20"]),
    ("zh-TW", ["延伸閱讀：洪水抵達首都", "分享到 Facebook", "12 則留言", "訂閱電子報", "閱讀時間：5分鐘", "廣告", "更新時間：2024/05/05 14:20"]),
    ("ja", ["関連記事：洪水、首都に達する", "Facebookでシェア", "コメント12件", "ニュースレターに登録する", "読了時間：5分", "広告", "更新日：2024年5月5日 14:20"]),
    ("ko", ["관련기사: 홍수, 수도에 도달", "페이스북 공유", "댓글 12개", "뉴스레터 구독하기", "읽는 시간 5분", "광고", "입력 2024.05.05 14:20"]),
    ("sw", ["Soma pia: Mafuriko yafika mji mkuu", "Shiriki", "", "Jiandikishe kwa jarida letu", "Dakika za kusoma: 5", "Tangazo", ""]),
];

#[test]
fn the_noise_of_news_is_known_in_the_languages_that_are_read_most() {
    const KINDS: [Noise; 7] = [
        Noise::Promotion,
        Noise::Share,
        Noise::Counter,
        Noise::Prompt,
        Noise::Counter,
        Noise::Advertisement,
        Noise::Timestamp,
    ];
    let mut wrong = Vec::new();
    for (language, lines) in LANGUAGES {
        for (line, kind) in lines.iter().zip(KINDS).filter(|(line, _)| !line.is_empty()) {
            let got = super::of_line(line);
            if got != Some(kind) {
                wrong.push(format!("{language}: {line}: {got:?} is not {kind:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Sentences and headings of articles that begin as noise does, by language.
#[rustfmt::skip]
const HONEST: &[&str] = &[
    "Share prices fell 3% on Monday.", "Share your bread with him, the old woman said, and he will stay.",
    "“We use cookies as bait,” the zoologist said, “and they accept them gladly.”",
    "We use cookies to lure the mice out of the wall.", "Read also the small print, lawyers advise.",
    "Subscribe to a view like this and you will be lonely, he said.", "Advertisement spending rose by a tenth.",
    "Comments by the minister were met with silence.", "Published in 1912, the book sold three copies.",
    "Updated rules for kites came into force in 2019.", "On the line", "Five minutes to read a life", "12 people had comments to make.",
    "The printer friendly to all was Mr Hale.", "Pocket the difference",
    "Teilen will gelernt sein, sagt die Erzieherin.", "Anzeige erstattete am Montag auch der Nachbar.", "Lesen Sie auch manchmal Gedichte?",
    "Kommentare von Fachleuten gab es kaum.", "Werbung für den Frieden ist billig.", "Drucken lernte er in Mainz.",
    "Aktualisierte Karten liegen im Rathaus aus.", "Folgen Sie dem Fluss bis zur Mühle.",
    "Partager le pain reste un geste simple.", "Publicité mensongère : le boulanger condamné", "Lire aussi vite qu'elle, personne n'y arrive.",
    "À lire entre les lignes, le message est clair.", "Commentaires et rumeurs ont suivi.", "Imprimer de la monnaie ne suffit pas, dit-elle.",
    "Compartir el agua fue la única salida.", "Publicidad engañosa: multan a la panadería", "Lea también entre líneas, pidió la maestra.",
    "Comentarios como ese no ayudan, dijo.", "Imprimir un libro cuesta ya el doble.",
    "Leia também devagar, pediu a professora.", "Compartilhar a água foi a única saída.", "Publicidade enganosa dá multa à padaria",
    "Leggi anche più severe non bastano, dice il sindaco.", "Condividi il pane e avrai un amico, diceva.", "Stampa e radio tacquero.",
    "Lees ook eens een gedicht, zei hij.", "Delen is het halve leven.", "Реклама двигатель торговли, говорил он.", "Читайте также вслух, советует учительница.",
    "Комментарии министра вызвали смех.", "Поделиться хлебом он не успел.", "Udostępnij komuś miejsce, prosiła matka.", "Czytaj także między wierszami, radził.",
    "Reklama dźwignią handlu, mawiał dziadek.", "Paylaş ki çoğalsın, derdi dedem.", "Reklam harcamaları yüzde on arttı.", "Yorum yapmak kolaydır, dedi bakan.",
    "إعلان الهدنة جاء متأخرا يوما كاملا.", "شارك في المسيرة آلاف الناس.", "תגובות הציבור היו מעורבות.", "विज्ञापन पर खर्च दस प्रतिशत बढ़ा।",
    "Iklan rokok dilarang sejak tahun lalu.", "Baca juga wajah orang, kata ibunya.", "Quảng cáo thuốc lá bị cấm từ năm ngoái.",
    "広告費は前年より一割増えた。", "関連記事を書いた記者は何も語らなかった。", "コメントを求められた市長は笑った。", "广告支出增长了一成。", "评论员认为这并不意外。", "광고비는 지난해보다 늘었다.",
    // Datelines and agencies within a sentence.
    "BERLIN (dpa) – Der Fluss ist über die Ufer getreten.", "GUATEMALA CITY, Guatemala: Washington is redoubling efforts.", "PARIS, 5 mai (Reuters) - La Seine monte.",
    "MADRID, 5 May. (EUROPA PRESS) - El río baja.", "МОСКВА, 5 мая — РИА Новости. Река вышла из берегов.", "新华社北京5月5日电 河水漫过堤岸。", "(서울=연합뉴스) 강이 범람했다.", "القاهرة (رويترز) - فاض النهر.",
];

#[test]
fn sentences_that_begin_like_noise_are_text() {
    for line in HONEST {
        check(line, None);
    }
}

#[test]
fn requests_for_consent_and_payment_are_noise() {
    for line in [
        "We use cookies to improve your experience on this website.",
        "Wir verwenden Cookies, um Ihr Erlebnis auf dieser Webseite zu verbessern.",
        "Ce site utilise des cookies pour mesurer son audience.",
        "Utilizamos cookies para mejorar su experiencia de navegación.",
        "Utilizamos cookies para melhorar a sua experiência no site.",
        "Questo sito utilizza cookie per migliorare l'esperienza.",
        "Deze website gebruikt cookies voor een betere ervaring.",
        "Ta strona używa plików cookie. Polityka prywatności",
        "Мы используем файлы cookie, чтобы сайт работал лучше.",
        "当サイトではCookieを使用して体験を向上させています。",
        "本网站使用Cookie以改善您的体验。",
        "Already a subscriber? Log in",
        "To continue reading, subscribe today",
        "Cet article est réservé aux abonnés",
        "Contenido exclusivo para suscriptores",
        "この記事は会員限定です",
    ] {
        let got = super::of_line(line);
        assert!(matches!(got, Some(Noise::Prompt | Noise::Consent)), "{line}: {got:?}");
    }
}

#[test]
fn an_agency_is_known_by_a_line_of_its_own() {
    let agencies = super::agencies;
    assert_eq!(agencies("(AFP)"), Some("afp".to_owned()));
    assert_eq!(agencies("Source: Reuters/AFP"), Some("reuters afp".to_owned()));
    assert_eq!(agencies("Quelle: dpa"), Some("dpa".to_owned()));
    assert_eq!(agencies("来源：新华社"), Some("新华社".to_owned()));
    assert_eq!(agencies("Reuters said so."), None);
    assert_eq!(agencies("By our own correspondent"), None);
}
