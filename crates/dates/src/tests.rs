use chrono::{DateTime, Utc};

use super::*;

fn now() -> DateTime<Utc> {
    "2024-05-10T12:00:00Z".parse().unwrap()
}

fn read(language: &str, text: &str) -> String {
    let context = DateContext { language: Some(language), now: Some(now()), ..DateContext::default() };
    parse_date(text, &context).map_or_else(|| "none".to_owned(), |moment| moment.to_string())
}

fn check(language: &str, text: &str, expected: &str) {
    check_all(&[(language, text, expected)]);
}

/// Compares a whole table at once, so that every wrong line is seen.
#[track_caller]
fn check_all(table: &[(&str, &str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .map(|(language, text, expected)| (language, text, expected, read(language, text)))
        .filter(|(_, _, expected, got)| got != *expected)
        .map(|(language, text, expected, got)| format!("{language}: `{text}` is {got}, not {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn machine_formats_and_their_broken_variants() {
    check_all(
        &[
            ("2024-05-08", "2024-05-08"),
            ("2024-05-08T10:00:00Z", "2024-05-08T10:00:00+00:00"),
            ("2024-05-08T10:00:00.123+02:00", "2024-05-08T10:00:00+02:00"),
            ("2024-05-08T10:00:00-0500", "2024-05-08T10:00:00-05:00"),
            ("2024-05-08T10:00:00-05:00", "2024-05-08T10:00:00-05:00"),
            ("2024-05-08 10:00:00-05:00", "2024-05-08T10:00:00-05:00"),
            ("2024-05-08T10:00+02", "2024-05-08T10:00:00+02:00"),
            ("2024-5-8 9:05", "2024-05-08T09:05:00"),
            ("2024-05-08 10:00:00 +0000 UTC", "2024-05-08T10:00:00+00:00"),
            ("20240508T100000Z", "2024-05-08T10:00:00+00:00"),
            ("20240508", "2024-05-08"),
            ("20240508103000", "2024-05-08T10:30:00"),
            ("1715162400", "2024-05-08T10:00:00+00:00"),
            ("1715162400000", "2024-05-08T10:00:00+00:00"),
            ("/Date(1715162400000)/", "2024-05-08T10:00:00+00:00"),
            ("Wed, 08 May 2024 10:00:00 +0200", "2024-05-08T10:00:00+02:00"),
            ("Wed, 8 May 2024 10:00:00 GMT", "2024-05-08T10:00:00+00:00"),
            ("Wed, 8 May 24 10:00:00 GMT", "2024-05-08T10:00:00+00:00"),
            ("Wed May 08 2024 10:00:00 GMT+0200 (CEST)", "2024-05-08T10:00:00+02:00"),
            ("Wed May  8 10:00:00 EDT 2024", "2024-05-08T10:00:00-04:00"),
            ("2024/05/08", "2024-05-08"),
            ("08-May-24", "2024-05-08"),
            ("2024-05-08T24:00:00", "2024-05-09T00:00:00"),
            ("Wed, 08 May 2024 24:00:00 GMT", "2024-05-09T00:00:00+00:00"),
            ("Wed, 08 May 2024 10:00:00 UT", "2024-05-08T10:00:00+00:00"),
            ("Wed, 08 May 2024 10:00:00 CST", "2024-05-08T10:00:00-05:00"),
            ("2024-W19-3", "2024-05-08"),
            ("Wed, 08 May 2024 10:00:00 Europe/Berlin", "2024-05-08T10:00:00+02:00"),
            ("2024-05-08 10:00 America/New_York", "2024-05-08T10:00:00-04:00"),
            ("2024-05-08 10:00 News/Sport", "2024-05-08T10:00:00"),
            ("Ke, 08 Tou 2024 10:00:00 +0000", "2024-05-08T10:00:00+00:00"),
            ("Published: May 8, 2024 | Updated: May 9, 2024", "2024-05-08"),
        ]
        .map(|(text, expected)| ("en", text, expected)),
    );
}

#[test]
fn impossible_dates_are_none() {
    check_all(
        &[
            "0000-00-00",
            "31/02/2024",
            "2024-13-45",
            "0001-01-01T00:00:00",
            "May 2024",
            "2024",
            "",
            "v1.2.2024.5",
            "-",
            "32 May 2024",
            "May 99, 2024",
            "10.0.20.24",
        ]
        .map(|text| ("en", text, "none")),
    );
}

#[test]
fn numeric_orders_follow_language_and_region() {
    check("en-US", "05/08/2024", "2024-05-08");
    check("en", "5/8/2023", "2023-05-08");
    check("en", "05/08/2023", "2023-08-05");
    check("en", "Mon, 05/08/2023 - 17:57", "2023-05-08T17:57:00");
    check("en-US", "Sat, 05/08/2023", "2023-08-05");
    check("ja", "24/3/7 14:05", "2024-03-07T14:05:00");
    check("en-GB", "05/04/2024", "2024-04-05");
    check("fr", "05/04/2024", "2024-04-05");
    check("de", "5.4.2024", "2024-04-05");
    check("en", "25/04/2024", "2024-04-25");
    check("ko", "24.04.05", "2024-04-05");
    check("de", "05.04.24", "2024-04-05");
    check("hu", "2024. 04. 05.", "2024-04-05");
    // 5 September would lie in the future.
    check("fr", "05/09/2024", "2024-05-09");
}

#[test]
fn times_and_zones() {
    check_all(
        &[
            ("May 8, 2024 at 3:30 PM", "2024-05-08T15:30:00"),
            ("May 8, 2024 12:05 a.m. EDT", "2024-05-08T00:05:00-04:00"),
            ("May 8, 2024 3pm ET", "2024-05-08T15:00:00-04:00"),
            ("10:30 GMT, 8 May 2024", "2024-05-08T10:30:00+00:00"),
            ("8 May 2024, 10:00 - 20 comments", "2024-05-08T10:00:00"),
            ("8 May 2024 10:00 (UTC+3)", "2024-05-08T10:00:00+03:00"),
            ("8 May 2024 20 comments", "2024-05-08"),
        ]
        .map(|(text, expected)| ("en", text, expected)),
    );
    check("de", "8. Mai 2024 um 14.30 Uhr", "2024-05-08T14:30:00");
    check("fr", "Publié le 8 mai 2024 à 14h30", "2024-05-08T14:30:00");
    check("ko", "2024년 5월 8일 오후 3:30", "2024-05-08T15:30:00");
    check("ja", "2024年5月8日 10時30分", "2024-05-08T10:30:00");
}

#[test]
fn a_zone_setting_fills_what_a_text_leaves_open() {
    let context = DateContext { timezone: Some(chrono_tz::Europe::Berlin), ..DateContext::default() };
    assert_eq!(parse_date("8.5.2024 10:00", &context).unwrap().to_string(), "2024-05-08T10:00:00+02:00");
    assert_eq!(parse_date("8.5.2024", &context).unwrap().to_string(), "2024-05-08");
}

/// 8 May 2024 in each language.
const WRITTEN: &[(&str, &str)] = &[
    ("en", "May 8th, 2024"),
    ("en", "8th of May 2024"),
    ("en", "Wednesday 8May2024"),
    ("de", "Mittwoch, 8. Mai 2024"),
    ("fr", "mercredi 8 mai 2024"),
    ("es", "8 de mayo de 2024"),
    ("es", "mayo 8, 2024"),
    ("pt", "8 de maio de 2024"),
    ("it", "8 maggio 2024"),
    ("nl", "8 mei 2024"),
    ("pl", "8 maja 2024 r."),
    ("cs", "8. května 2024"),
    ("sk", "8. mája 2024"),
    ("sl", "8. maj 2024"),
    ("hr", "8. svibnja 2024."),
    ("sr", "8. мај 2024."),
    ("bg", "8 май 2024 г."),
    ("ru", "8 мая 2024 г."),
    ("uk", "8 травня 2024 року"),
    ("be", "8 мая 2024"),
    ("ro", "8 mai 2024"),
    ("hu", "2024. május 8."),
    ("el", "8 Μαΐου 2024"),
    ("sq", "8 maj 2024"),
    ("tr", "8 Mayıs 2024 Çarşamba"),
    ("az", "8 may 2024"),
    ("kk", "2024 ж. 8 мамыр"),
    ("lt", "2024 m. gegužės 8 d."),
    ("lv", "2024. gada 8. maijs"),
    ("et", "8. mai 2024"),
    ("fi", "8. toukokuuta 2024"),
    ("sv", "8 maj 2024"),
    ("da", "8. maj 2024"),
    ("no", "8. mai 2024"),
    ("is", "8. maí 2024"),
    ("ga", "8 Bealtaine 2024"),
    ("cy", "8 Mai 2024"),
    ("ca", "8 de maig de 2024"),
    ("eu", "2024ko maiatzaren 8a"),
    ("gl", "8 de maio de 2024"),
    ("he", "8 במאי 2024"),
    ("ar", "8 مايو 2024"),
    ("ar", "٨ أيار ٢٠٢٤"),
    ("fa", "۱۹ اردیبهشت ۱۴۰۳"),
    ("fa", "۱۴۰۳/۰۲/۱۹"),
    ("ur", "8 مئی 2024"),
    ("hi", "8 मई 2024"),
    ("bn", "৮ মে ২০২৪"),
    ("ta", "8 மே 2024"),
    ("te", "8 మే 2024"),
    ("ml", "8 മേയ് 2024"),
    ("kn", "8 ಮೇ 2024"),
    ("gu", "8 મે 2024"),
    ("pa", "8 ਮਈ 2024"),
    ("mr", "8 मे 2024"),
    ("ne", "8 मे 2024"),
    ("si", "2024 මැයි 8"),
    ("th", "8 พฤษภาคม 2567"),
    ("th", "8 พ.ค. 2567"),
    ("th", "วันพุธที่ 8 พฤษภาคม พ.ศ. 2567"),
    ("lo", "8 ພຶດສະພາ 2024"),
    ("my", "၈ မေ ၂၀၂၄"),
    ("km", "8 ឧសភា 2024"),
    ("vi", "8 tháng 5, 2024"),
    ("vi", "ngày 8 tháng 5 năm 2024"),
    ("id", "8 Mei 2024"),
    ("ms", "8 Mei 2024"),
    ("fil", "Mayo 8, 2024"),
    ("sw", "8 Mei 2024"),
    ("af", "8 Mei 2024"),
    ("am", "8 ሜይ 2024"),
    ("ka", "8 მაისი, 2024"),
    ("hy", "8 մայիսի, 2024"),
    ("zh", "2024年5月8日"),
    ("zh", "二〇二四年五月八日"),
    ("zh-TW", "民國113年5月8日"),
    ("ja", "令和6年5月8日"),
    ("ja", "2024年5月8日（水）"),
    ("ko", "2024년 5월 8일"),
    ("", "2024. 5. 8."),
];

#[test]
fn months_of_the_worlds_languages() {
    let table: Vec<_> = WRITTEN.iter().map(|(language, text)| (*language, *text, "2024-05-08")).collect();
    check_all(&table);
}

/// Wednesday, 8 May 2024, and ten past three in the afternoon, in each language.
const WITH_WEEKDAY: &[(&str, &str)] = &[
    ("en", "Wed, May 8, 2024, 15:10"),
    ("en-GB", "Wednesday 8 May 2024 15:10"),
    ("de", "Mittwoch, 8. Mai 2024, 15:10 Uhr"),
    ("fr", "Mercredi 8 mai 2024 à 15h10"),
    ("es", "Miércoles, 8 de mayo de 2024, 15:10"),
    ("pt", "quarta-feira, 8 de maio de 2024 às 15h10"),
    ("it", "mercoledì 8 maggio 2024, ore 15:10"),
    ("nl", "woensdag 8 mei 2024 om 15:10"),
    ("pl", "środa, 8 maja 2024, 15:10"),
    ("cs", "středa 8. května 2024, 15:10"),
    ("sk", "streda 8. mája 2024 15:10"),
    ("sl", "sreda, 8. maj 2024 ob 15:10"),
    ("hr", "srijeda, 8. svibnja 2024. u 15:10"),
    ("sr", "среда, 8. мај 2024. 15:10"),
    ("bg", "сряда, 8 май 2024, 15:10"),
    ("ru", "среда, 8 мая 2024, 15:10"),
    ("uk", "середа, 8 травня 2024, 15:10"),
    ("be", "серада, 8 мая 2024, 15:10"),
    ("ro", "miercuri, 8 mai 2024, 15:10"),
    ("hu", "2024. május 8., szerda 15:10"),
    ("el", "Τετάρτη, 8 Μαΐου 2024, 15:10"),
    ("sq", "e mërkurë, 8 maj 2024, 15:10"),
    ("tr", "8 Mayıs 2024 Çarşamba 15:10"),
    ("az", "8 may 2024, çərşənbə 15:10"),
    ("kk", "2024 ж. 8 мамыр, сәрсенбі 15:10"),
    ("lt", "2024 m. gegužės 8 d., trečiadienis 15:10"),
    ("lv", "trešdiena, 2024. gada 8. maijs 15:10"),
    ("et", "kolmapäev, 8. mai 2024 kell 15:10"),
    ("fi", "keskiviikko 8. toukokuuta 2024 klo 15.10"),
    ("sv", "onsdag 8 maj 2024 kl. 15.10"),
    ("da", "onsdag d. 8. maj 2024 kl. 15.10"),
    ("no", "onsdag 8. mai 2024 kl. 15:10"),
    ("is", "miðvikudagur, 8. maí 2024 kl. 15:10"),
    ("ga", "Dé Céadaoin 8 Bealtaine 2024 15:10"),
    ("cy", "Dydd Mercher 8 Mai 2024 15:10"),
    ("ca", "dimecres, 8 de maig de 2024 15:10"),
    ("gl", "mércores, 8 de maio de 2024 15:10"),
    ("he", "יום רביעי, 8 במאי 2024 15:10"),
    ("ar", "الأربعاء 8 مايو 2024 15:10"),
    ("fa", "چهارشنبه ۱۹ اردیبهشت ۱۴۰۳ ساعت ۱۵:۱۰"),
    ("ur", "بدھ 8 مئی 2024 15:10"),
    ("hi", "बुधवार, 8 मई 2024, 15:10"),
    ("bn", "বুধবার, ৮ মে ২০২৪, ১৫:১০"),
    ("ta", "புதன், 8 மே 2024, 15:10"),
    ("te", "బుధవారం, 8 మే 2024, 15:10"),
    ("ml", "2024 മേയ് 8, ബുധനാഴ്‌ച 15:10"),
    ("kn", "ಬುಧವಾರ, 8 ಮೇ 2024 15:10"),
    ("gu", "બુધવાર, 8 મે 2024 15:10"),
    ("mr", "बुधवार, 8 मे 2024 15:10"),
    ("ne", "बुधबार, 8 मे 2024 15:10"),
    ("th", "วันพุธที่ 8 พฤษภาคม 2567 เวลา 15:10 น."),
    ("vi", "Thứ tư, 8 tháng 5, 2024, 15:10"),
    ("vi", "8/5/2024, thứ tư 15:10"),
    ("id", "Rabu, 8 Mei 2024 15:10 WIB"),
    ("ms", "Rabu, 8 Mei 2024 15:10"),
    ("fil", "Miyerkules, Mayo 8, 2024 15:10"),
    ("sw", "Jumatano 8 Mei 2024 15:10"),
    ("af", "Woensdag, 8 Mei 2024 15:10"),
    ("am", "ረቡዕ 8 ሜይ 2024 15:10"),
    ("ka", "ოთხშაბათი, 8 მაისი, 2024 15:10"),
    ("hy", "չորեքշաբթի, 8 մայիսի, 2024 15:10"),
    ("zh", "2024年5月8日 星期三 15:10"),
    ("zh", "2024年5月8日（周三）下午3:10"),
    ("ja", "2024年5月8日(水) 15:10"),
    ("ja", "2024年5月8日 水曜日 午後3時10分"),
    ("ko", "2024년 5월 8일 수요일 오후 3:10"),
];

#[test]
fn weekdays_stand_before_behind_and_between_in_each_language() {
    let zone = |language: &str| if language == "id" { "+07:00" } else { "" };
    let expected: Vec<String> =
        WITH_WEEKDAY.iter().map(|(language, _)| format!("2024-05-08T15:10:00{}", zone(language))).collect();
    let table: Vec<_> = WITH_WEEKDAY
        .iter()
        .zip(&expected)
        .map(|((language, text), expected)| (*language, *text, expected.as_str()))
        .collect();
    check_all(&table);
}

#[test]
fn every_form_of_every_month_is_read_in_its_language() {
    let mut wrong = Vec::new();
    for (language, months) in names::MONTHS {
        for (number, forms) in (1..).zip(months.split(',')) {
            for form in forms.split_whitespace() {
                let text = format!("8 {} 2023", form.replace('_', " "));
                if read(language, &text) != format!("2023-{number:02}-08") {
                    wrong.push(format!("{language}: `{text}` is {}", read(language, &text)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn calendars_and_their_eras() {
    check_all(&[
        ("th", "8/5/2567", "2024-05-08"),
        ("fa", "19 اردیبهشت 1403", "2024-05-08"),
        ("fa", "۱۴۰۳-۰۲-۱۹", "2024-05-08"),
        ("ps", "۱۴۰۳/۲/۱۹", "2024-05-08"),
        ("ar", "٢٩ شوال ١٤٤٥ هـ", "2024-05-08"),
        ("ar", "الأربعاء 29 شوال 1445هـ", "2024-05-08"),
        ("ar", "1445/10/29", "2024-05-08"),
        ("ar", "29/10/1445", "2024-05-08"),
        ("ar", "1 ربيع الأول 1445", "2023-09-16"),
        ("ar", "10 ذو الحجة 1445", "2024-06-16"),
        ("ur", "29 شوال 1445", "2024-05-08"),
        ("tr", "29 Şevval 1445", "2024-05-08"),
        ("id", "29 Syawal 1445", "2024-05-08"),
        ("fa", "29 شوال 1445", "2024-05-08"),
        ("ar", "8 مايو 2024 الموافق 29 شوال 1445", "2024-05-08"),
        ("en", "29/10/1445", "none"),
        ("en", "25 October 1415", "none"),
        ("ar", "31 شوال 1445", "none"),
        ("ja", "平成31年4月30日", "2019-04-30"),
        ("ja", "令和元年5月1日", "2019-05-01"),
        ("ja", "昭和64年1月7日", "1989-01-07"),
        ("zh-TW", "中華民國113年5月8日", "2024-05-08"),
    ]);
}

#[test]
fn digits_of_other_scripts_are_read() {
    check_all(&[
        ("ar", "٠٨/٠٥/٢٠٢٤", "2024-05-08"),
        ("fa", "۲۰۲۴-۰۵-۰۸", "2024-05-08"),
        ("hi", "०८-०५-२०२४", "2024-05-08"),
        ("mr", "८ मे २०२४", "2024-05-08"),
        ("bn", "০৮/০৫/২০২৪", "2024-05-08"),
        ("th", "๘ พฤษภาคม ๒๕๖๗", "2024-05-08"),
        ("my", "၂၀၂၄-၀၅-၀၈", "2024-05-08"),
        ("km", "០៨/០៥/២០២៤", "2024-05-08"),
        ("lo", "໐໘/໐໕/໒໐໒໔", "2024-05-08"),
        ("gu", "૦૮/૦૫/૨૦૨૪", "2024-05-08"),
        ("pa", "੦੮/੦੫/੨੦੨੪", "2024-05-08"),
        ("ta", "௦௮/௦௫/௨௦௨௪", "2024-05-08"),
        ("te", "౦౮/౦౫/౨౦౨౪", "2024-05-08"),
        ("kn", "೦೮/೦೫/೨೦೨೪", "2024-05-08"),
        ("ml", "൦൮/൦൫/൨൦൨൪", "2024-05-08"),
        ("or", "୦୮/୦୫/୨୦୨୪", "2024-05-08"),
        ("ja", "２０２４/０５/０８", "2024-05-08"),
    ]);
}

#[test]
fn an_abbreviation_of_a_zone_that_is_a_word_of_the_text_is_none() {
    check("en", "8 May 2024 10:30 Eat well, live long", "2024-05-08T10:30:00");
    check("en", "8 May 2024 10:30 Art of the day", "2024-05-08T10:30:00");
    check("en", "8 May 2024 10:30 EAT", "2024-05-08T10:30:00+03:00");
    check("en", "8 May 2024 10:30 EAT | Nairobi", "2024-05-08T10:30:00+03:00");
    // China, Cuba and central America use it too.
    check("es", "8 May 2024 10:30 CST", "2024-05-08T10:30:00");
}

#[test]
fn spans_count_back_from_now() {
    check_all(&[
        ("en", "3 hours ago", "2024-05-10T09:00:00+00:00"),
        ("en", "an hour ago", "2024-05-10T11:00:00+00:00"),
        ("en", "5h ago", "2024-05-10T07:00:00+00:00"),
        ("en", "Yesterday at 10:30", "2024-05-09T10:30:00"),
        ("en", "2 days ago", "2024-05-08"),
        ("en", "2 months ago", "2024-03-10"),
        ("de", "vor 3 Stunden", "2024-05-10T09:00:00+00:00"),
        ("de", "gestern", "2024-05-09"),
        ("de", "Heute, 10:30 Uhr", "2024-05-10T10:30:00"),
        ("fr", "il y a 2 jours", "2024-05-08"),
        ("es", "hace 2 días", "2024-05-08"),
        ("pt", "há 2 dias", "2024-05-08"),
        ("ru", "2 дня назад", "2024-05-08"),
        ("pl", "2 dni temu", "2024-05-08"),
        ("tr", "2 gün önce", "2024-05-08"),
        ("zh", "3小时前", "2024-05-10T09:00:00+00:00"),
        ("ja", "2日前", "2024-05-08"),
        ("ko", "2일 전", "2024-05-08"),
        ("th", "2 วันที่ผ่านมา", "2024-05-08"),
        ("vi", "2 ngày trước", "2024-05-08"),
        ("ar", "قبل 3 ساعات", "2024-05-10T09:00:00+00:00"),
        ("ar", "منذ 3 ساعات", "2024-05-10T09:00:00+00:00"),
        ("ar", "أمس", "2024-05-09"),
        ("fa", "۳ ساعت پیش", "2024-05-10T09:00:00+00:00"),
        ("fa", "دیروز", "2024-05-09"),
        ("he", "לפני 3 שעות", "2024-05-10T09:00:00+00:00"),
        ("hi", "3 घंटे पहले", "2024-05-10T09:00:00+00:00"),
        ("bn", "৩ ঘন্টা আগে", "2024-05-10T09:00:00+00:00"),
        ("id", "3 jam yang lalu", "2024-05-10T09:00:00+00:00"),
        ("id", "kemarin", "2024-05-09"),
        ("it", "2 giorni fa", "2024-05-08"),
        ("it", "ieri", "2024-05-09"),
        ("nl", "2 dagen geleden", "2024-05-08"),
        ("sv", "för 2 dagar sedan", "2024-05-08"),
        ("da", "for 2 dage siden", "2024-05-08"),
        ("no", "for 2 dager siden", "2024-05-08"),
        ("fi", "2 päivää sitten", "2024-05-08"),
        ("cs", "před 2 dny", "2024-05-08"),
        ("hu", "2 napja", "2024-05-08"),
        ("ro", "acum 2 zile", "2024-05-08"),
        ("el", "πριν από 2 ημέρες", "2024-05-08"),
        ("el", "χθες", "2024-05-09"),
        ("uk", "2 дні тому", "2024-05-08"),
        ("bg", "преди 2 дни", "2024-05-08"),
        ("hr", "prije 2 dana", "2024-05-08"),
        ("fr", "hier à 10:30", "2024-05-09T10:30:00"),
        ("es", "ayer", "2024-05-09"),
        ("pt", "ontem às 10h30", "2024-05-09T10:30:00"),
        ("ru", "вчера в 10:30", "2024-05-09T10:30:00"),
        ("ja", "昨日", "2024-05-09"),
        ("zh", "昨天 10:30", "2024-05-09T10:30:00"),
        ("ko", "어제", "2024-05-09"),
        ("tr", "dün", "2024-05-09"),
        ("vi", "hôm qua", "2024-05-09"),
    ]);
}

#[test]
fn a_day_without_year_is_the_last_one() {
    check("en", "8 May", "2024-05-08");
    check("en", "Dec 24", "2023-12-24");
    check("zh", "5月8日", "2024-05-08");
    assert_eq!(parse_date("8 May", &DateContext::default()), None);
}

#[test]
fn a_date_is_found_in_longer_text() {
    let context = DateContext { language: Some("en"), ..DateContext::default() };
    let text = format!("{} It was reported on 8 May 2024 at 10:00 that all is well.", "Words. ".repeat(40));
    assert_eq!(find_date(&text, &context).unwrap().to_string(), "2024-05-08T10:00:00");
    assert_eq!(find_date("Call 02-05-2024-5599 or 3 people in May, 2024 times", &context), None);
}

#[test]
fn hostile_text_is_bounded() {
    let context = DateContext { now: Some(now()), ..DateContext::default() };
    for text in ["1/".repeat(100_000), "9".repeat(100_000), "May ".repeat(50_000), "\u{300}".repeat(100_000)]
    {
        assert_eq!(find_date(&text, &context), None);
        assert_eq!(parse_date(&text, &context), None);
    }
}

/// Pieces of which dates are made, for texts that nearly are dates.
fn nearly_a_date() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let piece = prop_oneof![
        "[0-9]{1,5}".boxed(),
        "[-./: ,+T年月日時'\"]".boxed(),
        prop::sample::select(vec![
            "May",
            "mai",
            "令和",
            "ago",
            "vor",
            "yesterday",
            "pm",
            "GMT",
            "พ.ค.",
            "二十",
            "Z",
            "İ"
        ])
        .prop_map(str::to_owned)
        .boxed(),
        any::<char>().prop_map(String::from).boxed(),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in nearly_a_date()) {
        let context = DateContext { language: Some("de-AT"), timezone: Some(chrono_tz::Europe::Vienna), now: Some(now()), order: Some(DayOrder::MonthFirst) };
        let _ = parse_date(&text, &context);
        let _ = find_date(&text, &DateContext::default());
    }

    #[test]
    fn what_a_moment_writes_is_read_as_the_same_moment(seconds in 700_000_000i64..4_000_000_000, hours in -12i32..=14) {
        let offset = chrono::FixedOffset::east_opt(hours * 3600).unwrap();
        let moment = Moment::zoned(DateTime::from_timestamp(seconds, 0).unwrap().with_timezone(&offset));
        let context = DateContext::default();
        proptest::prop_assert_eq!(parse_date(&moment.to_string(), &context), Some(moment));
        proptest::prop_assert_eq!(parse_date(&moment.to_utc().to_rfc2822(), &context).unwrap().to_utc(), moment.to_utc());
    }
}

#[test]
fn years_of_two_digits_are_years() {
    for text in [
        "08 May 24",
        "Wed 8 May 24",
        "8 May 24",
        "8. May 24",
        "8 May 24 | News",
        "8 May 24, by Ada",
        "8 May 24 by Ada",
        "May 8, 24",
        "May 8 24",
        "May 8, '24",
        "08-MAY-24",
        "8/V/2024",
        "8 V 2024",
    ] {
        check("pl", text, "2024-05-08");
    }
    check("en", "Wed, 08 May 24 10:00", "2024-05-08T10:00:00");
    check("en", "8 May 24 at 10:00", "2024-05-08T10:00:00");
    check("en", "6 XI 2023", "2023-11-06");
}

#[test]
fn other_numbers_after_a_day_are_no_years() {
    check("en", "8 May 10:30", "2024-05-08T10:30:00");
    check("en", "8 May 24 comments", "2024-05-08");
    check("en", "May 8, 24 comments", "2024-05-08");
    check("en", "May 2-8", "2024-05-02");
    check("de", "8. Mai 10.30 Uhr", "2024-05-08T10:30:00");
    // It would lie in the future.
    check("en", "8 May 41", "2024-05-08");
    check("en", "2 x 2000 m", "none");
}

#[test]
fn spans_of_several_units_are_added() {
    check_all(&[
        ("en", "2 weeks, 1 day ago", "2024-04-25"),
        ("en", "1 month and 2 days ago", "2024-04-08"),
        ("en", "1 year, 2 months ago", "2023-03-10"),
        ("en", "1 hour 20 minutes ago", "2024-05-10T10:40:00+00:00"),
        ("en", "1 day, 2 hours ago", "2024-05-09T10:00:00+00:00"),
        ("de", "vor 2 Wochen und 1 Tag", "2024-04-25"),
        ("fr", "il y a 1 mois et 2 jours", "2024-04-08"),
        ("es", "hace 1 semana y 2 días", "2024-05-01"),
        ("ru", "1 день 2 часа назад", "2024-05-09T10:00:00+00:00"),
        ("nl", "2 weken en 1 dag geleden", "2024-04-25"),
        ("en", "12 comments, 2 days ago", "2024-05-08"),
    ]);
}

#[test]
fn vietnamese_and_japanese_forms() {
    check_all(&[
        ("vi", "Thứ năm, 7/3/2024, 14:05 (GMT+7)", "2024-03-07T14:05:00+07:00"),
        ("en", "Thứ năm, 7/3/2024, 14:05 (GMT+7)", "2024-03-07T14:05:00+07:00"),
        ("vi", "Thứ Năm, ngày 07/03/2024 14:05", "2024-03-07T14:05:00"),
        ("vi", "7 Tháng Ba, 2024", "2024-03-07"),
        ("vi", "Tháng Ba 7, 2024", "2024-03-07"),
        ("vi", "7 tháng mười hai 2023", "2023-12-07"),
        ("vi", "07 Thg 3 2024", "2024-03-07"),
        ("ja", "24/3/7", "2024-03-07"),
        ("ja", "24年3月7日", "2024-03-07"),
        ("ja", "2024/3/7(木) 14:05", "2024-03-07T14:05:00"),
        ("ja", "2024年3月7日14時05分", "2024-03-07T14:05:00"),
        ("ja", "令和6年3月7日(木)", "2024-03-07"),
        ("ja", "R6.3.7", "2024-03-07"),
    ]);
}

#[test]
fn a_month_stays_a_month() {
    let month = |language: &str, text: &str| {
        let context = DateContext { language: Some(language), now: Some(now()), ..DateContext::default() };
        parse_month(text, &context).map(|month| month.to_string())
    };
    for (language, text) in [
        ("en", "November 2024"),
        ("en", "Nov. 2024"),
        ("en", "2024-11"),
        ("en", "2024/11"),
        ("en", "11/2024"),
        ("en", "2024-W46"),
        ("de", "November 2024"),
        ("es", "noviembre de 2024"),
        ("pl", "listopad 2024"),
        ("ru", "ноябрь 2024 г."),
        ("ja", "2024年11月"),
        ("ko", "2024년 11월"),
        ("hu", "2024. november"),
        ("vi", "tháng 11 năm 2024"),
    ] {
        assert_eq!(month(language, text).as_deref(), Some("2024-11"), "{text}");
    }
    for text in ["2024", "November", "8 November 2024", "November 2024 report", "2024-13", "2024-W44", ""] {
        assert_eq!(month("en", text), None, "{text}");
    }
}

#[test]
fn all_dates_of_a_text_are_found_with_the_words_beside_them() {
    let context = DateContext { language: Some("de"), now: Some(now()), ..DateContext::default() };
    let said = |text: &str| -> Vec<(String, String, String)> {
        let dates = find_dates(text, &context);
        dates.into_iter().map(|date| (date.before, date.moment.to_string(), date.after)).collect()
    };
    let own = |(before, at, after): (&str, &str, &str)| (before.to_owned(), at.to_owned(), after.to_owned());
    assert_eq!(
        said("Geändert: 20.11.2023, 09:50 Uhr | Erschienen: 05.03.2019 (Red.)"),
        [
            ("geandert:", "2023-11-20T09:50:00", "uhr | erschienen:"),
            ("uhr | erschienen:", "2019-03-05", "(red.)")
        ]
        .map(own)
    );
    assert_eq!(said("vor 2 Tagen"), [("vor", "2024-05-08", "")].map(own));
    assert_eq!(said("kein Tag"), []);
}
