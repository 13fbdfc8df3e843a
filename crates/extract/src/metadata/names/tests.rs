use super::*;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(people(text), expected, "{text}");
}

#[test]
fn lists_are_cut_apart() {
    check("By Ann Lee, Bo Ek and Cy Fox", &["Ann Lee", "Bo Ek", "Cy Fox"]);
    check("Ann Lee; Bo Ek", &["Ann Lee", "Bo Ek"]);
    check("Von Anna Groß und Jörg Maß", &["Anna Groß", "Jörg Maß"]);
    check("牛镛、岳弘彬", &["牛镛", "岳弘彬"]);
    check("作者：王小明", &["王小明"]);
    check("Автор: Иван Петров", &["Иван Петров"]);
}

#[test]
fn a_name_stays_whole() {
    check("Lee, Ann", &["Lee, Ann"]);
    check("Ann Lee (Example Weekly)", &["Ann Lee"]);
    check("Ann Lee, MS, RD", &["Ann Lee, MS, RD"]);
    check("The Associated Press", &["The Associated Press"]);
    check("O&#39;Neil, Ann", &["O'Neil, Ann"]);
}

#[test]
fn what_is_no_name_is_left_out() {
    check("ann@example.org", &[]);
    check("https://example.org/ann", &[]);
    check("@annlee", &[]);
    check("admin", &[]);
    check("© 2024 Example Media", &[]);
    check("Ann Lee, Staff Writer", &["Ann Lee"]);
    check(&"x".repeat(100_000), &[]);
}

#[test]
fn names_are_found_among_the_other_words_of_a_byline() {
    assert_eq!(
        in_byline(&["By ", "Ann Lee", " and ", "Bo Ek", " | May 8, 2024"], Trust::Text),
        ["Ann Lee", "Bo Ek"]
    );
    assert_eq!(in_byline(&["By Ann Lee for Example Weekly"], Trust::Text), ["Ann Lee"]);
    assert_eq!(in_byline(&["Ann Lee", "Chief Architect"], Trust::Text), ["Ann Lee"]);
    assert_eq!(in_byline(&["Posted by ", "AnnLee"], Trust::Text), ["AnnLee"]);
    assert_eq!(in_byline(&["May 8, 2024 10:00"], Trust::Text), Vec::<String>::new());
}

#[test]
fn what_introduces_a_name_is_taken_off_in_many_languages() {
    let lines = [
        "Von unserer Korrespondentin Ilse Marrow",
        "Text: Ilse Marrow, Fotos: Tom Quill",
        "Recueilli par Ilse Marrow",
        "De notre correspondante Ilse Marrow",
        "Ilse Marrow, envoyée spéciale",
        "Por nuestra corresponsal Ilse Marrow",
        "Ilse Marrow, da redação",
        "dal nostro inviato Ilse Marrow",
        "DI ILSE MARROW",
        "di Ilse Marrow",
        "Door onze redacteur Ilse Marrow",
        "oprac. Ilse Marrow",
        "Skrevet av Ilse Marrow",
        "Af Ilse Marrow",
        "Teksti: Ilse Marrow",
        "Írta: Ilse Marrow",
        "Scris de Ilse Marrow",
        "Piše: Ilse Marrow",
        "Penulis: Ilse Marrow",
        "Yazan: Ilse Marrow",
        "Tác giả: Ilse Marrow",
        "Story and photos by Ilse Marrow",
        "Ein Kommentar von Ilse Marrow",
        "View all posts by Ilse Marrow",
        "By Ilse Marrow, PhD",
        "Ilse Marrow avec AFP",
        "By Ilse Marrow | Photo: Tom Quill",
    ];
    for line in lines {
        assert_eq!(in_byline(&[line], Trust::Text), ["Ilse Marrow"], "{line}");
    }
}

#[test]
fn bylines_in_scripts_without_capitals_are_read() {
    let lines = [
        ("本报记者 林小河 通讯员 王磨坊", "林小河"),
        ("文／林小河　摄影／王磨坊", "林小河"),
        ("取材・文＝川野花子", "川野花子"),
        ("川野花子（記者）", "川野花子"),
        ("【川野花子】", "川野花子"),
        ("글·사진=김나루", "김나루"),
        ("김나루 특파원", "김나루"),
        ("लेखिका: मीरा नाविक", "मीरा नाविक"),
        ("מאת דוד נהרי", "דוד נהרי"),
        ("كتبت سلمى النهري", "سلمى النهري"),
        ("Της Μαρίας Οστού", "Μαρίας Οστού"),
        ("Наш корреспондент Марина Речная", "Марина Речная"),
    ];
    for (line, name) in lines {
        assert_eq!(in_byline(&[line], Trust::Text), [name], "{line}");
    }
}

#[test]
fn a_name_that_begins_with_a_particle_is_whole() {
    for name in [
        "di Stefano",
        "Van den Berg",
        "da Silva",
        "De la Cruz",
        "von der Heide",
        "Di Marco Rossi",
        "Per Hansen",
    ] {
        check(name, &[name]);
    }
    for name in [
        "Alfredo di Stefano",
        "Jan Van den Berg",
        "Ana Costa e Silva",
        "Oleh Petrenko",
        "Robert (Bob) Marrow",
    ] {
        assert_eq!(in_byline(&[name], Trust::Text), [name]);
        check(name, &[name]);
    }
    check("Stone & Sons Ltd", &["Stone & Sons Ltd"]);
}

#[test]
fn who_made_the_pictures_is_no_author() {
    for line in ["Foto: Tom Quill", "Photo by Tom Quill", "写真＝川野花子", "Photograph: Tom Quill"] {
        assert_eq!(in_byline(&[line], Trust::Text), Vec::<String>::new(), "{line}");
        check(line, &[]);
    }
}
