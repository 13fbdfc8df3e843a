//! tearsheet turns any website into feeds that can be trusted, from an archive that its owner keeps.
//!
//! The flow is discover → fetch → extract → archive → publish. The stages are siblings that never import one
//! another: they speak in [`model`] values, and [`pipeline`] alone knows their order. [`cli`] alone prints.

pub mod cli;
pub mod config;
pub mod pipeline;

pub use tearsheet_archive as archive;
pub use tearsheet_dates as dates;
pub use tearsheet_demo as demo;
pub use tearsheet_discover as discover;
pub use tearsheet_extract as extract;
pub use tearsheet_fetch as fetch;
pub use tearsheet_html as html;
pub use tearsheet_model as model;
pub use tearsheet_pictures as pictures;
pub use tearsheet_publish as publish;
pub use tearsheet_warc as warc;
