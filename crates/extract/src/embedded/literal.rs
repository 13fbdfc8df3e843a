//! Reads values as scripts write them down: JSON, and what else JavaScript allows for a literal, such as keys without
//! quotes, names that stand for values, and dates. It does not recurse, and reads within bounds.

mod strings;

pub(super) use self::strings::string;
use super::graph::{At, Graph, Node};

/// The deepest nesting that is read.
const MOST_DEPTH: usize = 500;

/// Why a value was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is no literal.
    Broken,
    /// It is nested too deep, or too much of it.
    TooLarge,
}

/// A value that was read.
pub(super) struct Literal {
    pub(super) root: At,
    /// Where the text goes on behind it.
    pub(super) end: usize,
    /// Names that stand for values, and where they stand.
    pub(super) names: Vec<(String, At)>,
}

/// Reads the value that begins at `start` of `text`, into `graph`. A list may end as arguments do, with a round bracket.
pub(super) fn read(text: &str, start: usize, graph: &mut Graph) -> Result<Literal, Unread> {
    let known = graph.len();
    let mut reader = Reader { text, at: start, graph, open: Vec::new(), names: Vec::new() };
    match reader.value() {
        Ok(root) => Ok(Literal { root, end: reader.at, names: reader.names }),
        Err(unread) => {
            graph.forget(known);
            Err(unread)
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    graph: &'a mut Graph,
    open: Vec<Open>,
    names: Vec<(String, At)>,
}

/// A list or an object that is being read; an object with the key whose value comes next.
enum Open {
    List(Vec<At>),
    Object(Vec<(String, At)>, Option<String>),
}

impl Reader<'_> {
    fn value(&mut self) -> Result<At, Unread> {
        loop {
            self.space();
            let byte = self.peek().ok_or(Unread::Broken)?;
            let done = match (self.open.last_mut(), byte) {
                (Some(_), b',') => {
                    self.at += 1;
                    continue;
                }
                (Some(Open::List(_)), b']' | b')') | (Some(Open::Object(_, None)), b'}') => {
                    self.at += 1;
                    self.close()?
                }
                (Some(Open::Object(_, key @ None)), _) => {
                    *key = Some(String::new());
                    let name = self.key()?;
                    if let Some(Open::Object(_, key)) = self.open.last_mut() {
                        *key = Some(name);
                    }
                    continue;
                }
                (_, b'{' | b'[') => {
                    self.at += 1;
                    if self.open.len() >= MOST_DEPTH {
                        return Err(Unread::TooLarge);
                    }
                    let is_list = byte == b'[';
                    let open = if is_list { Open::List(Vec::new()) } else { Open::Object(Vec::new(), None) };
                    self.open.push(open);
                    continue;
                }
                _ => self.scalar(byte)?,
            };
            match self.open.last_mut() {
                None => return Ok(done),
                Some(Open::List(items)) => items.push(done),
                Some(Open::Object(fields, key)) => fields.push((key.take().ok_or(Unread::Broken)?, done)),
            }
        }
    }

    fn close(&mut self) -> Result<At, Unread> {
        match self.open.pop() {
            Some(Open::List(items)) => self.add(Node::List(items)),
            Some(Open::Object(fields, _)) => self.add(Node::Object(fields)),
            None => Err(Unread::Broken),
        }
    }

    fn add(&mut self, node: Node) -> Result<At, Unread> {
        self.graph.add(node).ok_or(Unread::TooLarge)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Passes over white space and comments.
    fn space(&mut self) {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start().len();
            let rest = self.rest();
            let end = match rest.as_bytes() {
                [b'/', b'*', ..] => rest.find("*/").map(|end| end + 2),
                [b'/', b'/', ..] => rest.find('\n'),
                _ => return,
            };
            self.at += end.unwrap_or(rest.len());
        }
    }

    fn key(&mut self) -> Result<String, Unread> {
        let key = match self.peek() {
            Some(quote @ (b'"' | b'\'')) => {
                self.at += 1;
                self.string(quote)?
            }
            _ => Some(self.name()).filter(|name| !name.is_empty()).ok_or(Unread::Broken)?.to_owned(),
        };
        self.space();
        if self.peek() != Some(b':') {
            return Err(Unread::Broken);
        }
        self.at += 1;
        Ok(key)
    }

    /// Letters, digits, `_`, `$`, and what numbers are written with.
    fn name(&mut self) -> &str {
        let start = self.at;
        let is_of_name =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'.' | b'+' | b'-');
        while self.peek().is_some_and(is_of_name) {
            self.at += 1;
        }
        &self.text[start..self.at]
    }

    fn scalar(&mut self, byte: u8) -> Result<At, Unread> {
        match byte {
            b'"' | b'\'' | b'`' => {
                self.at += 1;
                let text = self.string(byte)?;
                self.add(Node::Text(text))
            }
            b'!' => {
                self.at += 1;
                let negated = self.name() == "0";
                self.add(Node::Bare(negated.to_string()))
            }
            b'0'..=b'9' | b'-' | b'.' => {
                let number = self.name().to_owned();
                self.add(Node::Bare(number))
            }
            _ => self.named(),
        }
    }

    /// A word: a truth value, nothing, a constructor with its first argument, or a name.
    fn named(&mut self) -> Result<At, Unread> {
        let name = self.name().to_owned();
        match name.as_str() {
            "" | "function" | "return" | "class" | "async" => Err(Unread::Broken),
            "true" | "false" => self.add(Node::Bare(name)),
            "null" | "undefined" | "NaN" | "Infinity" => self.add(Node::Nothing),
            "void" => {
                self.space();
                self.name();
                self.add(Node::Nothing)
            }
            "new" => {
                self.space();
                self.name();
                self.argument()
            }
            _ if self.peek() == Some(b'(') => self.argument(),
            _ => {
                let at = self.add(Node::Nothing)?;
                self.names.push((name, at));
                Ok(at)
            }
        }
    }

    /// The text in brackets, if there is one and nothing else.
    fn argument(&mut self) -> Result<At, Unread> {
        if self.peek() != Some(b'(') {
            return Err(Unread::Broken);
        }
        self.at += 1;
        self.space();
        let node = match self.peek() {
            Some(quote @ (b'"' | b'\'')) => {
                self.at += 1;
                Node::Text(self.string(quote)?)
            }
            _ => match self.name() {
                "" => Node::Nothing,
                number => Node::Bare(number.to_owned()),
            },
        };
        self.space();
        if self.peek() != Some(b')') {
            return Err(Unread::Broken);
        }
        self.at += 1;
        self.add(node)
    }

    /// The text up to `quote`, whose opening was taken.
    fn string(&mut self, quote: u8) -> Result<String, Unread> {
        let (string, end) = string(self.text, self.at, quote).ok_or(Unread::Broken)?;
        self.at = end;
        Ok(string)
    }
}

#[cfg(test)]
mod tests;
