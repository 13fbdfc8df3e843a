//! HTML as a tree of bounded size, selectors for it, the data in its scripts, and the character set of a page.
//!
//! A page can nest 200,000 elements or have ten million of them. [`parse_html`] parses as browsers do, but limits depth
//! and size while it parses, so that no page costs more than its bytes are worth. [`Query`] is a selector in CSS or XPath
//! 1.0; what it may select and how long it may take is limited too. [`PageData`] is the JSON in a page's scripts, read
//! once. [`charset`] turns bytes into text.
//!
//! ```
//! use tearsheet_html::{Ground, Query, parse_html};
//!
//! let page = parse_html("<article><h1>Low tide</h1><p>By <b>Ada</b></p></article>");
//! let ground = Ground::new(&page);
//! for selector in ["article h1", "//article/h1"] {
//!     let found = ground.select(&Query::parse(selector)?).expect("within the limits");
//!     assert_eq!(found.len(), 1);
//! }
//! # Ok::<(), tearsheet_html::QueryError>(())
//! ```

pub mod charset;
mod data;
pub mod effort;
mod pictures;
mod query;
mod tree;

pub use data::{PageData, Script, ScriptKind};
pub use pictures::{attribute_of, picture_sources, picture_tags, source_of};
pub use query::{CssFault, Fault, Ground, Match, Query, QueryError, Refused};
pub use tree::{
    MATHML, Scripting, allows_attribute, allows_element, cleaned_html, parse_html, parse_html_with,
};
