//! What the walk does where an element ends.

use super::Walk;

/// What to do when an element ends.
#[derive(Clone, Copy, Debug)]
pub(super) enum Closing {
    Nothing,
    Boundary,
    Space,
    Leaf,
    Heading,
    Inline,
    Container(usize),
    Table,
    DataTable(usize),
    Frame,
    FramedItem(Option<usize>),
    Caption(usize),
    DropCap,
    VerseLine,
    Title,
}

impl Walk<'_> {
    pub(super) fn close(&mut self, closing: Closing) {
        match closing {
            Closing::Nothing => {}
            Closing::Boundary => self.builder.boundary(),
            Closing::Space => self.builder.space(),
            Closing::Leaf => self.builder.close_leaf(),
            Closing::Heading => {
                self.flat -= 1;
                self.builder.close_leaf();
            }
            Closing::Inline => self.builder.close_inline(),
            Closing::Container(depth) => self.builder.leave(depth),
            Closing::Table => {
                self.tables.pop();
                self.builder.boundary();
            }
            Closing::DataTable(depth) => {
                self.tables.pop();
                self.builder.leave(depth);
            }
            Closing::Frame => self.frames -= 1,
            Closing::FramedItem(depth) => {
                self.frames -= 1;
                match depth {
                    Some(depth) => self.builder.leave(depth),
                    None => self.builder.boundary(),
                }
            }
            Closing::Caption(depth) => {
                self.captions -= 1;
                self.builder.leave(depth);
            }
            Closing::VerseLine => self.builder.verse_line(),
            Closing::Title => {
                self.builder.close_inline();
                self.builder.close_leaf();
            }
            Closing::DropCap => {
                self.flat -= 1;
                self.builder.glue();
            }
        }
    }
}
