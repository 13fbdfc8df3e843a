use super::*;

/// What is read, written again as JSON.
fn shown(graph: &Graph, at: At) -> String {
    let listed = |parts: Vec<String>| parts.join(",");
    match graph.node(at) {
        Node::Nothing | Node::Alias(_) => "null".to_owned(),
        Node::Text(text) => format!("{text:?}"),
        Node::Bare(word) => word.clone(),
        Node::List(items) => format!("[{}]", listed(items.iter().map(|at| shown(graph, *at)).collect())),
        Node::Object(fields) => {
            let fields = fields.iter().map(|(key, at)| format!("{key}:{}", shown(graph, *at)));
            format!("{{{}}}", listed(fields.collect()))
        }
    }
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let mut graph = Graph::default();
    let literal = read(text, 0, &mut graph).unwrap();
    assert_eq!(shown(&graph, literal.root), expected, "{text}");
}

#[test]
fn json_and_what_scripts_write_is_read() {
    check(r#"{"a": [1, -2.5e3, true, null], "b": {}}"#, "{a:[1,-2.5e3,true,null],b:{}}");
    check("{a: 'it\\'s', b: !0, c: void 0, /* d */ e: `f`,}", r#"{a:"it's",b:true,c:null,e:"f"}"#);
    check(r#"["\u00e9\ud83d\ude00\x41\n", new Date("2024-05-08")]"#, r#"["é😀A\n","2024-05-08"]"#);
    check(r#"["lone \ud83d half"]"#, "[\"lone \u{fffd} half\"]");
}

#[test]
fn names_are_told_and_the_rest_of_the_script_is_left() {
    let mut graph = Graph::default();
    let text = "{title: a, b: b}; start()";
    let literal = read(text, 0, &mut graph).unwrap();
    assert_eq!(literal.names.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(&text[literal.end..], "; start()");
}

#[test]
fn what_is_no_literal_or_beyond_bounds_is_not_read() {
    let read = |text: &str| read(text, 0, &mut Graph::default()).err();
    for broken in
        ["", "{", "[1", "{a}", "{\"a\": }", "[function () {}]", "\"open", "{\"a\" 1}", "[\"\\u12\"]"]
    {
        assert_eq!(read(broken), Some(Unread::Broken), "{broken}");
    }
    assert_eq!(read(&"[".repeat(10_000)), Some(Unread::TooLarge));
    assert_eq!(read(&format!("[{}]", "0,".repeat(1 << 20))), Some(Unread::TooLarge));
}
