//! Groups of words in class names and ids that tell what an element is for. Sites agree on them across languages,
//! since they come from the same few templates and libraries.

/// A set of groups, a bit each, by their place in [`GROUPS`].
pub(crate) type Groups = u64;

macro_rules! groups {
    ($($constant:ident $name:literal [$($word:literal)*],)*) => {
        /// Name and words of each group. A `^` at an end of a word stands for the end of a name or a character
        /// that is no letter and no digit.
        // The order is part of the trained model: add new ones at the end.
        pub(crate) const GROUPS: &[(&str, &[&str])] = &[$(($name, &[$($word),*]),)*];

        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Place { $($constant,)* }

        $(#[allow(dead_code)] pub(crate) const $constant: Groups = 1 << (Place::$constant as u64);)*
    };
}

groups! {
    COMMENT "comment" ["comment" "disqus" "respond" "reply" "replies" "discuss"],
    SHARE "share" ["share" "sharing" "social" "follow" "facebook" "twitter" "addtoany" "whatsapp"],
    RELATED "related" ["related" "recommend" "recirc" "more-from" "more-stories" "more-posts" "more-articles"
        "you-may" "youmay" "also-like" "read-more" "readmore" "read-next" "readnext" "next-up" "up-next" "upnext"
        "suggest" "similar" "trending" "popular" "latest" "most-read" "mostread" "outbrain" "taboola" "promoted"
        "upsell" "read-also" "readalso" "see-also" "seealso" "lire-aussi" "leia-tambem" "lea-tambien" "onward"],
    NAV "nav" ["nav" "menu" "breadcrumb" "crumb" "skip" "jump"],
    FOOTER "footer" ["foot" "colophon"],
    HEADER "header" ["head^" "header^" "masthead" "topbar" "top-bar"],
    SIDEBAR "sidebar" ["sidebar" "side-bar" "aside" "rail" "sidecol" "widget" "secondary"],
    AD "ad" ["^ad^" "^ads^" "advert" "sponsor" "promo" "banner" "adslot" "^dfp" "^gpt" "affiliate" "commerce"],
    NEWSLETTER "newsletter" ["newsletter" "subscri" "sign-up" "signup" "optin" "opt-in" "mailchimp" "hubspot"
        "hs-form" "email" "paywall" "regwall"],
    AUTHOR "author" ["author" "byline" "^bio^" "contributor" "writer" "profile" "avatar"],
    DATE "date" ["date" "time^" "timestamp" "publish" "posted"],
    META "meta" ["meta" "info" "detail^" "details^" "kicker" "eyebrow" "^dek"],
    TAG "tag" ["^tag^" "^tags^" "taglist" "tagcloud" "categor" "topic" "keyword" "label" "hashtag"],
    ENTRY "entry" ["entry" "post-body" "post-content" "post-text" "postbody" "postcontent" "post_body"
        "post_content" "article-body" "article-content" "article-text" "article-copy" "articlebody"
        "articlecontent" "articletext" "article__body" "article__content" "article_body" "article_content"
        "story-body" "story-content" "storybody" "story__body" "story_body" "body-content" "body-copy" "body-text"
        "rich-text" "richtext" "^prose^" "markdown" "wysiwyg" "page-content" "main-content" "text-content"
        "blog-content" "blog-body" "blog-post" "single-content" "content-body" "content__body"
        "field-name-body" "field--name-body"],
    CONTENT "content" ["content"],
    ARTICLE "article" ["article" "story" "post^" "blog" "hentry"],
    MAIN "main" ["^main" "primary"],
    BODY "body" ["body" "text" "copy" "paragraph"],
    COOKIE "cookie" ["cookie" "consent" "gdpr" "onetrust" "privacy" "disclaimer" "legal" "terms"],
    MODAL "modal" ["modal" "popup" "pop-up" "overlay" "lightbox" "dialog" "drawer" "offcanvas" "tooltip"
        "dropdown" "toast"],
    CAPTION "caption" ["caption" "credit" "figure" "image" "photo" "^img" "media" "picture"],
    TITLE "title" ["title" "headline" "heading" "^h1^" "^h2^" "^h3^" "^h4^"],
    SUMMARY "summary" ["summary" "excerpt" "teaser" "lede" "intro" "standfirst" "^deck" "subtitle" "abstract"
        "highlights" "takeaway" "tl-dr" "tldr"],
    CARD "card" ["card" "tile" "item" "thumb" "grid" "carousel" "slide" "swiper" "slick" "gallery"],
    PRODUCT "product" ["product" "price" "cart" "shop" "^buy" "woocommerce" "^sku" "variant" "checkout" "wishlist"
        "add-to"],
    REVIEW "review" ["review" "rating" "^star" "testimonial" "feedback"],
    LIST "list" ["list" "feed" "archive" "loop" "stream" "result^" "results^" "directory"],
    PAGE "page" ["paginat" "pager" "page-numbers" "prev" "next"],
    SEARCH "search" ["search" "filter" "sort" "facet" "refine"],
    LOGIN "login" ["login" "log-in" "account" "register" "^auth^" "user"],
    CONTENTS "contents" ["^toc^" "table-of-contents" "tableofcontents" "contents-list" "outline" "anchor"
        "on-this-page"],
    HIDDEN "hidden" ["hidden" "sr-only" "screen-reader" "screenreader" "visually" "invisible" "d-none" "collapse"
        "print-only" "noprint" "no-print"],
    COPYRIGHT "copyright" ["copyright" "license" "credits"],
    FAQ "faq" ["faq" "accordion" "toggle" "expand" "question" "answer"],
    TAB "tab" ["^tab^" "^tabs^" "tab-panel" "tab-content" "tab-pane" "tabpanel"],
    QUOTE "quote" ["quote" "callout" "note^" "alert" "notice" "admonition" "infobox" "^tip^" "message"],
    REFERENCE "reference" ["footnote" "reference" "citation" "source" "biblio" "reflist"],
    HERO "hero" ["hero" "jumbotron" "splash"],
    CTA "cta" ["cta" "button" "^btn" "call-to" "action" "download" "contact" "donat"],
    FORUM "forum" ["forum" "thread" "post-message" "post-row" "bbcode" "^bbp" "phpbb" "signature" "member" "vote"
        "karma" "cooked"],
    DOCS "docs" ["^doc^" "^docs^" "documentation" "sphinx" "docusaurus" "theme-doc" "highlight" "^code"
        "sourcecode" "rst-content" "gitbook" "md-content"],
    LANGUAGE "language" ["lang" "locale" "translat" "country" "region"],
    LAYOUT "layout" ["wp-block" "elementor" "et_pb" "^vc_" "sqs-" "wix" "row^" "col-" "column" "container"
        "wrapper" "section"],
}
