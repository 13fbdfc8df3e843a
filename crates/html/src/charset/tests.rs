use super::*;

fn check(bytes: &[u8], content_type: Option<&str>, text: &str) -> Option<Warning> {
    let decoded = decode(bytes, content_type).unwrap();
    assert_eq!(decoded.text, text);
    decoded.warning
}

fn latin2(declaration: &str) -> Vec<u8> {
    encoding_rs::ISO_8859_2.encode(&format!("{declaration}<p>Příliš žluťoučký kůň úpěl</p>")).0.into_owned()
}

#[test]
fn the_byte_order_mark_beats_every_declaration() {
    assert_eq!(check(b"\xef\xbb\xbf<p>\xc3\xa9", Some("text/html; charset=iso-8859-1"), "<p>é"), None);
    assert_eq!(check(b"\xff\xfe<\0p\0>\0", Some("text/html; charset=utf-8"), "<p>"), None);
}

#[test]
fn the_header_beats_the_page() {
    let page = latin2("<meta charset=koi8-r>");
    let text = "<meta charset=koi8-r><p>Příliš žluťoučký kůň úpěl</p>";
    assert_eq!(check(&page, Some("text/html; Charset=\"ISO-8859-2\""), text), None);
}

#[test]
fn the_page_says_it_in_a_meta() {
    for declaration in [
        "<meta charset=iso-8859-2>",
        "<META CHARSET = 'ISO-8859-2' />",
        "<!-- <meta charset=koi8-r> --><meta http-equiv=Content-Type content=\"text/html; charset=iso-8859-2\">",
        "<meta content='text/html;charset=iso-8859-2' http-equiv='content-type'>",
        "<meta name=x content='charset=koi8-r'><meta charset=\"latin2\">",
        "<?xml version=\"1.0\" encoding=\"ISO-8859-2\"?>",
    ] {
        let text = format!("{declaration}<p>Příliš žluťoučký kůň úpěl</p>");
        assert_eq!(check(&latin2(declaration), Some("text/html"), &text), None, "{declaration}");
    }
}

#[test]
fn utf8_that_is_called_latin1_is_utf8_all_the_same() {
    let warning = check("<p>Ärger".as_bytes(), Some("text/html; charset=ISO-8859-1"), "<p>Ärger");
    assert_eq!(warning.unwrap().to_string(), "declared as windows-1252 and read as UTF-8");
}

#[test]
fn latin2_that_is_called_utf8_is_found_out() {
    let page = latin2("<meta charset=utf-8>").repeat(4);
    let decoded = decode(&page, None).unwrap();
    assert!(decoded.text.contains("žluťoučký"), "{}", decoded.text);
    assert!(matches!(decoded.warning, Some(Warning::Contradicted { .. })));
}

#[test]
fn one_bad_byte_does_not_turn_a_utf8_page_into_another() {
    let mut page = "<p>Žluťoučký kůň".to_owned().into_bytes();
    page.push(0xff);
    assert_eq!(check(&page, None, "<p>Žluťoučký kůň\u{fffd}"), Some(Warning::Guessed(UTF_8)));
}

#[test]
fn without_a_declaration_the_bytes_decide() {
    assert_eq!(check("<p>жук".as_bytes(), None, "<p>жук"), None);
    let text = "<p>Съешь же ещё этих мягких французских булок да выпей чаю";
    let cyrillic = encoding_rs::WINDOWS_1251.encode(text).0;
    assert!(matches!(check(&cyrillic, None, text), Some(Warning::Guessed(_))));
    let japanese = encoding_rs::SHIFT_JIS.encode("これは日本語の記事です。").0;
    check(&japanese, None, "これは日本語の記事です。");
}

#[test]
fn utf16_without_a_mark_is_seen() {
    let bytes: Vec<u8> = "<html><p>Hi there".encode_utf16().flat_map(u16::to_be_bytes).collect();
    check(&bytes, None, "<html><p>Hi there");
}

#[test]
fn what_is_no_text_is_refused_by_its_kind() {
    let zip = b"PK\x03\x04\x14\x00\x06\x00\x08\x00";
    for (bytes, binary) in [
        (&b"%PDF-1.7 %\xe2\xe3"[..], Binary::Pdf),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Binary::Image),
        (b"RIFF\x10\0\0\0WEBPVP8 ", Binary::Image),
        (b"\0\0\0\x20ftypisom\0\0", Binary::Media),
        (zip, Binary::Packed),
        (b"abc\0\0\0\0\0\0\0\0xyz", Binary::Unknown),
    ] {
        assert_eq!(decode(bytes, Some("text/html")), Err(binary));
    }
}

#[test]
fn a_stray_zero_byte_is_still_a_page() {
    let page = format!("<p>{}\0</p>", "word ".repeat(50));
    assert!(decode(page.as_bytes(), None).is_ok());
    assert!(decode(b"ID3 tags explained", None).is_ok());
}

#[test]
fn koi8_that_is_called_windows_1251_is_found_out() {
    let text = "<p>Паром стоит у берега, и никто не знает, пойдёт ли он зимой. Совет решит об этом во вторник вечером, \
                а до тех пор лодочник красит борта и чинит верёвки.</p>";
    let koi8 = encoding_rs::KOI8_R.encode(text).0;
    let warning = check(&koi8, Some("text/html; charset=windows-1251"), text);
    assert!(matches!(warning, Some(Warning::Contradicted { .. })));
    // A text in capitals is one in the charset that it names.
    let text = text.to_uppercase();
    let cp1251 = encoding_rs::WINDOWS_1251.encode(&text).0;
    assert_eq!(check(&cp1251, Some("text/html; charset=windows-1251"), &text), None);
    let cp1251 = encoding_rs::WINDOWS_1251.encode("<p>Паром стоит у берега</p>").0;
    assert_eq!(check(&cp1251, Some("text/html; charset=windows-1251"), "<p>Паром стоит у берега</p>"), None);
}
