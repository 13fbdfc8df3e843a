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
