//! Gradient-boosted trees as the training packs them. Which features they look at is defined in [`super::features`].
//!
//! The file is little-endian: `TST1`; the number of features (u16) and a fingerprint of their names (u64); the number
//! of trees (u16); then of each tree the number of its leaves (u8), its nodes (feature u16, threshold f32, left and
//! right i8: a node of the tree, or the complement of a leaf), one fewer than leaves, and its leaves (f32).

/// The first bytes of a packed forest.
const MAGIC: &[u8; 4] = b"TST1";

/// Trees whose leaves add up to the logit of a probability.
#[derive(Clone, Debug, Default)]
pub(super) struct Forest {
    /// How many features a row has.
    features: usize,
    nodes: Vec<Node>,
    leaves: Vec<f32>,
    roots: Vec<Root>,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    threshold: f32,
    feature: u16,
    left: i8,
    right: i8,
}

/// Where a tree begins.
#[derive(Clone, Copy, Debug)]
struct Root {
    node: u32,
    leaf: u32,
}

/// Trees after which a row is looked at again, and the logit beneath which the rest would not lift it: they would take
/// it about as far again.
const CHECKED_AFTER: usize = 40;
const HOPELESS: f32 = -2.8;

impl Forest {
    /// Unpacks `bytes`; none if they are no forest.
    pub(super) fn unpack(bytes: &[u8]) -> Option<Forest> {
        let mut bytes = Reader(bytes.strip_prefix(MAGIC)?);
        let features = usize::from(u16::from_le_bytes(bytes.take()?));
        let _fingerprint: [u8; 8] = bytes.take()?;
        let trees = u16::from_le_bytes(bytes.take()?);
        let mut forest = Forest { features, ..Forest::default() };
        for _ in 0..trees {
            forest.unpack_tree(&mut bytes)?;
        }
        bytes.0.is_empty().then_some(forest)
    }

    fn unpack_tree(&mut self, bytes: &mut Reader<'_>) -> Option<()> {
        let [leaves] = bytes.take()?;
        let (node, leaf) = (u32::try_from(self.nodes.len()).ok()?, u32::try_from(self.leaves.len()).ok()?);
        self.roots.push(Root { node, leaf });
        for _ in 1..leaves {
            let feature = u16::from_le_bytes(bytes.take()?);
            let threshold = f32::from_le_bytes(bytes.take()?);
            let [left] = bytes.take()?.map(u8::cast_signed);
            let [right] = bytes.take()?.map(u8::cast_signed);
            self.nodes.push(Node { threshold, feature, left, right });
        }
        for _ in 0..leaves {
            self.leaves.push(f32::from_le_bytes(bytes.take()?));
        }
        Some(())
    }

    /// The probability that `row` belongs to the article. A row that has no chance after the first trees is not taken
    /// through the rest.
    pub(super) fn probability(&self, row: &[f32]) -> f32 {
        debug_assert_eq!(row.len(), self.features, "the model was trained on other features");
        let (first, rest) = self.roots.split_at(CHECKED_AFTER.min(self.roots.len()));
        let logit = self.sum(first, row);
        let logit = if logit < HOPELESS { 2.0 * logit } else { logit + self.sum(rest, row) };
        1.0 / (1.0 + (-logit).exp())
    }

    /// What all trees say of `row`.
    #[cfg(test)]
    pub(super) fn logit(&self, row: &[f32]) -> f32 {
        self.sum(&self.roots, row)
    }

    fn sum(&self, roots: &[Root], row: &[f32]) -> f32 {
        roots.iter().map(|root| self.leaf(*root, row)).sum()
    }

    fn leaf(&self, root: Root, row: &[f32]) -> f32 {
        let nodes = &self.nodes[root.node as usize..];
        let mut at = 0i8;
        while let Ok(place) = usize::try_from(at) {
            let node = &nodes[place];
            at = if row[usize::from(node.feature)] <= node.threshold { node.left } else { node.right };
        }
        self.leaves[root.leaf as usize + usize::from((!at).unsigned_abs())]
    }
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }
}

/// The number of features that packed `bytes` were trained on, and the fingerprint of their names.
#[cfg(test)]
pub(super) fn trained_on(bytes: &[u8]) -> (u16, u64) {
    let mut bytes = Reader(bytes.strip_prefix(MAGIC).unwrap());
    (u16::from_le_bytes(bytes.take().unwrap()), u64::from_le_bytes(bytes.take().unwrap()))
}
