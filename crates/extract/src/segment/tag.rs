//! The elements that matter for cutting a page into blocks, and what each does to a run of text.

use html5ever::{LocalName, local_name};

/// What an element does to the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Ends the run of text before it, and its end ends the run in it.
    Block,
    /// Is part of the run.
    Inline,
    /// Neither it nor its content is text of the page.
    Dropped,
}

macro_rules! tags {
    ($($variant:ident $name:tt $role:ident,)*) => {
        /// An element's name, where it matters.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub(crate) enum Tag {
            /// Any other.
            Other,
            $(#[allow(missing_docs)] $variant,)*
        }

        impl Tag {
            /// The tag called `name`.
            pub(crate) fn of(name: &LocalName) -> Tag {
                match *name {
                    $(local_name!($name) => Tag::$variant,)*
                    _ => Tag::Other,
                }
            }

            /// What it does to the text around it.
            pub(crate) fn role(self) -> Role {
                match self {
                    Tag::Other => Role::Inline,
                    $(Tag::$variant => Role::$role,)*
                }
            }
        }
    };
}

// The order is part of the trained model: add new ones at the end.
tags! {
    P "p" Block,
    Div "div" Block,
    Li "li" Block,
    Td "td" Block,
    Th "th" Block,
    H1 "h1" Block,
    H2 "h2" Block,
    H3 "h3" Block,
    H4 "h4" Block,
    H5 "h5" Block,
    H6 "h6" Block,
    Pre "pre" Block,
    Blockquote "blockquote" Block,
    Figcaption "figcaption" Block,
    Dt "dt" Block,
    Dd "dd" Block,
    Section "section" Block,
    Article "article" Block,
    Span "span" Inline,
    A "a" Inline,
    Summary "summary" Block,
    Button "button" Inline,
    Label "label" Inline,
    Time "time" Inline,
    Header "header" Block,
    Footer "footer" Block,
    Nav "nav" Block,
    Aside "aside" Block,
    Main "main" Block,
    Form "form" Block,
    Address "address" Block,
    Strong "strong" Inline,
    Em "em" Inline,
    Code "code" Inline,
    Body "body" Block,
    Caption "caption" Block,
    Figure "figure" Block,
    Center "center" Block,
    B "b" Inline,
    I "i" Inline,
    Br "br" Inline,
    Ul "ul" Block,
    Ol "ol" Block,
    Dl "dl" Block,
    Table "table" Block,
    Tr "tr" Block,
    Tbody "tbody" Block,
    Thead "thead" Block,
    Tfoot "tfoot" Block,
    Details "details" Block,
    Dialog "dialog" Block,
    Fieldset "fieldset" Block,
    Legend "legend" Block,
    Hgroup "hgroup" Block,
    Hr "hr" Block,
    Html "html" Block,
    Menu "menu" Block,
    Search "search" Block,
    Noscript "noscript" Dropped,
    Script "script" Dropped,
    Style "style" Dropped,
    Template "template" Dropped,
    Svg "svg" Dropped,
    Iframe "iframe" Dropped,
    Object "object" Dropped,
    Canvas "canvas" Dropped,
    Select "select" Dropped,
    Option "option" Dropped,
    Textarea "textarea" Dropped,
    Head "head" Dropped,
    Title "title" Dropped,
    Audio "audio" Dropped,
    Video "video" Dropped,
    Map "map" Dropped,
    Datalist "datalist" Dropped,
    Annotation "annotation" Dropped,
    AnnotationXml "annotation-xml" Dropped,
    Noframes "noframes" Dropped,
}

impl Tag {
    /// Whether it is a heading.
    pub(crate) fn is_heading(self) -> bool {
        matches!(self, Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6)
    }
}
