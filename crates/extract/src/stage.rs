//! The parts of the work, so that a benchmark can tell what each costs and the training what follows from its trees. No
//! clock is read here.

/// A part of reading an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Bytes to text.
    Decode,
    /// Text to tree.
    Parse,
    /// Tree to blocks of text.
    Blocks,
    /// Everything but the body.
    Metadata,
    /// What the page declares, its landmarks, and the verdict of the rules.
    Rules,
    /// What the learned judge sees of each block.
    Features,
    /// What it says of them.
    Trees,
    /// The choice between the judges, and what is taken out of it.
    Choice,
    /// The clean document.
    Render,
    /// Its HTML and its text.
    Serialise,
    /// Whether it is an article.
    Gate,
}

impl Stage {
    /// All, in the order in which a page goes through them.
    pub const ALL: [Stage; 11] = [
        Stage::Decode,
        Stage::Parse,
        Stage::Blocks,
        Stage::Metadata,
        Stage::Rules,
        Stage::Features,
        Stage::Trees,
        Stage::Choice,
        Stage::Render,
        Stage::Serialise,
        Stage::Gate,
    ];
}

/// Is told of each stage when a part of its work is done.
pub(crate) type Watch<'a> = &'a dyn Fn(Stage);

/// How the work is looked at from outside.
#[derive(Clone, Copy)]
pub(crate) struct Probe<'a> {
    pub(crate) watch: Watch<'a>,
    /// How likely each block is the article's, where that is known beforehand, as in the training.
    pub(crate) likely: Option<&'a [f32]>,
}

impl Probe<'_> {
    /// Nobody looks.
    pub(crate) const NONE: Probe<'static> = Probe { watch: &|_| (), likely: None };
}
