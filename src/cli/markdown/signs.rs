//! Characters that mean something in Markdown, and how they are written where they should not.

/// Text in which nothing means anything to Markdown. White space becomes single spaces.
pub(super) fn escaped(text: &str, in_table: bool) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut last = None;
    for c in text.chars() {
        let c = if c.is_ascii_whitespace() { ' ' } else { c };
        if c == ' ' && last == Some(' ') {
            continue;
        }
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~') || (in_table && c == '|') {
            out.push('\\');
        }
        out.push(c);
        last = Some(c);
    }
    out
}

/// A line that does not begin like a heading, a list or a rule.
pub(super) fn begun(line: &str) -> String {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let behind = &line[digits..];
    if digits > 0 && behind.starts_with(['.', ')']) {
        return format!("{}\\{behind}", &line[..digits]);
    }
    if line.starts_with(['#', '+', '-', '=', '|', ':']) { format!("\\{line}") } else { line.to_owned() }
}

/// A link's address, which may hold brackets.
pub(super) fn address(url: &str) -> String {
    if url.contains(['(', ')', ' ', '<', '>']) {
        format!("<{}>", url.replace('<', "%3C").replace('>', "%3E"))
    } else {
        url.to_owned()
    }
}

/// A listing between fences longer than any within.
pub(super) fn fenced(code: &str, language: &str) -> String {
    let fence = "`".repeat(longest_run(code).max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}", code.trim_end_matches('\n'))
}

/// Code within a line.
pub(super) fn ticked(code: &str) -> String {
    let code = code.replace('\n', " ");
    if code.trim().is_empty() {
        return code;
    }
    let ticks = "`".repeat(longest_run(&code) + 1);
    let gap = if code.starts_with(['`', ' ']) || code.ends_with(['`', ' ']) { " " } else { "" };
    format!("{ticks}{gap}{code}{gap}{ticks}")
}

fn longest_run(code: &str) -> usize {
    code.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}
