use super::*;
use crate::parse_html;

fn selected(page: &str, expression: &str) -> Result<Vec<String>, Refused> {
    let document = parse_html(page);
    let matches = XPath::parse(expression).unwrap().select(&Tree::of(&document), &Cell::new(FUEL_OF_PAGE))?;
    let text = |found: Match| match found {
        Match::Node(id) => {
            let within = document.tree.get(id).unwrap().descendants();
            within.filter_map(|node| node.value().as_text().map(|text| text.to_string())).collect()
        }
        Match::Attribute(_, _, value) | Match::Value(value) => value,
    };
    Ok(matches.into_iter().map(text).collect())
}

#[test]
fn expressions_select_as_everybody_writes_them_for_html() {
    let page = "<!doctype html><title>One | Site</title><div id=a class='x y'><p>1<p lang=EN>2</div>\
                <div class=x><a href='/next'>Next</a> end<svg><Path d=z /></svg></div><!-- note -->";
    let check = |expression: &str, expected: &[&str]| {
        assert_eq!(selected(page, expression).unwrap(), expected, "{expression}");
    };
    check("//div[@id='a']/p", &["1", "2"]);
    check("//DIV[contains(concat(' ', normalize-space(@class), ' '), ' y ')]/p[2]", &["2"]);
    check("(//p)[last()]", &["2"]);
    check("//a[contains(text(), 'Next')]/@href", &["/next"]);
    check("substring-before(//title, ' | ')", &["One"]);
    check("//div[@class='x']/text()", &[" end"]);
    check("//p[following-sibling::p] | //title", &["One | Site", "1"]);
    check("//div[not(@id)]/preceding-sibling::div/@class", &["x y"]);
    check("id('a')/p[1]", &["1"]);
    check("//path/@d", &["z"]);
    check("//comment()", &[" note "]);
    check("count(//p) > 5", &[]);
    check("string(//nothing)", &[]);
    check("/html/body/div[2]/a", &["Next"]);
}

#[test]
fn an_expression_that_would_never_end_is_stopped() {
    let page = format!("<p>{}", "<b>x</b><i>y</i>".repeat(30_000));
    for expression in [
        "//*[. = //*]",
        "//b[following::i[preceding::b]]",
        "//b[. = //i]",
        "//b[count(preceding::*) > count(following::*)]",
        "//node()[//node()[//node()[//node() = 'z']]]",
    ] {
        assert!(matches!(selected(&page, expression), Err(Refused::TooLong)), "{expression}");
    }
}

#[test]
fn an_attribute_is_told_from_its_element() {
    let document = parse_html("<p id=x>1");
    let tree = Tree::of(&document);
    let select = |text: &str| XPath::parse(text).unwrap().select(&tree, &Cell::new(FUEL_OF_PAGE)).unwrap();
    let [Match::Attribute(owner, name, value)] = &select("//p/@id")[..] else { panic!() };
    assert_eq!((name.as_str(), value.as_str()), ("id", "x"));
    assert_eq!(select("//p"), [Match::Node(*owner)]);
}
