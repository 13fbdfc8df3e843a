//! Date formats of PHP, as FreshRSS and RSS-Bridge have them.

/// A date format of PHP in the letters of strftime; none if it has a letter without a counterpart.
pub(super) fn php_date(format: &str) -> Option<String> {
    let mut out = String::new();
    let mut letters = format.chars();
    while let Some(c) = letters.next() {
        let token = match c {
            'd' | 'j' => "%d",
            'm' | 'n' => "%m",
            'Y' => "%Y",
            'y' => "%y",
            'H' | 'G' => "%H",
            'h' | 'g' => "%I",
            'i' => "%M",
            's' => "%S",
            'A' | 'a' => "%p",
            'D' => "%a",
            'l' => "%A",
            'M' => "%b",
            'F' => "%B",
            'O' | 'P' => "%z",
            'c' => "%+",
            '%' => "%%",
            '\\' => {
                out.push(letters.next()?);
                continue;
            }
            c if c.is_ascii_alphabetic() => return None,
            c => {
                out.push(c);
                continue;
            }
        };
        out.push_str(token);
    }
    Some(out)
}
