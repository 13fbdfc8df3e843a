//! HTML as a tree of bounded size, queried with CSS and XPath, and the charset that a page is in.

pub mod charset;
mod query;
mod tree;

pub use query::{CssFault, Fault, Ground, Match, Query, QueryError, Refused};
pub use tree::{
    MATHML, Scripting, allows_attribute, allows_element, cleaned_html, parse_html, parse_html_with,
};
