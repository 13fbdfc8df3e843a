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
    /// The nodes of all trees, each tree's after those of the one before; a node's children stand side by side. So many
    /// stand behind them that [`MOST_NODES`] follow every root.
    nodes: Vec<Node>,
    /// What each node adds if it is a leaf.
    values: Vec<f32>,
    /// Where each tree begins.
    roots: Vec<usize>,
}

/// A node. A leaf leads to itself, so that rows which reach theirs early can wait for the others.
#[derive(Clone, Copy, Debug)]
struct Node {
    threshold: f32,
    feature: u16,
    /// The child for values up to the threshold, counted from the root; the other child is the next node.
    left: u8,
}

/// As many nodes as a tree may have, and features as a row may have: so many are at hand for each, and no place among
/// them has to be checked.
const MOST_NODES: usize = 1 << u8::BITS;
const MOST_FEATURES: usize = 512;

/// Trees after which a row is looked at again, and the logit beneath which the rest would not lift it: they would take
/// it about as far again.
const CHECKED_AFTER: usize = 60;
const HOPELESS: f32 = -2.8;
/// Rows that are taken through a tree side by side: the processor works on one while it waits for another.
const LANES: usize = 8;

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
        let end = forest.nodes.len() + MOST_NODES;
        forest.nodes.resize(end, Node { threshold: f32::INFINITY, feature: 0, left: 0 });
        forest.values.resize(end, 0.0);
        (bytes.0.is_empty() && features <= MOST_FEATURES).then_some(forest)
    }

    fn unpack_tree(&mut self, bytes: &mut Reader<'_>) -> Option<()> {
        let [leaves] = bytes.take()?;
        let mut packed = Vec::new();
        for _ in 1..leaves {
            let feature = u16::from_le_bytes(bytes.take()?);
            let threshold = f32::from_le_bytes(bytes.take()?);
            let [left] = bytes.take()?.map(u8::cast_signed);
            let [right] = bytes.take()?.map(u8::cast_signed);
            packed.push((feature, threshold, [left, right]));
        }
        let values: Vec<f32> =
            (0..leaves).map(|_| bytes.take().map(f32::from_le_bytes)).collect::<Option<_>>()?;
        self.lay_out(&packed, &values)
    }

    /// Puts a tree's nodes level by level.
    fn lay_out(&mut self, packed: &[(u16, f32, [i8; 2])], values: &[f32]) -> Option<()> {
        self.roots.push(self.nodes.len());
        let mut waiting = std::collections::VecDeque::from([if packed.is_empty() { !0 } else { 0 }]);
        let (mut placed, mut at) = (1_usize, 0_usize);
        while let Some(reference) = waiting.pop_front() {
            let (node, value) = match usize::try_from(reference) {
                Ok(place) => {
                    let (feature, threshold, children) = *packed.get(place)?;
                    waiting.extend(children);
                    placed += 2;
                    (Node { threshold, feature, left: u8::try_from(placed - 2).ok()? }, 0.0)
                }
                Err(_) => {
                    let leaf = usize::from((!reference).unsigned_abs());
                    let itself = u8::try_from(at).ok()?;
                    (Node { threshold: f32::INFINITY, feature: 0, left: itself }, *values.get(leaf)?)
                }
            };
            self.nodes.push(node);
            self.values.push(value);
            at += 1;
            if at > 2 * packed.len() + 1 || usize::from(node.feature) >= self.features {
                return None;
            }
        }
        Some(())
    }

    /// How many features a row has.
    pub(super) fn features(&self) -> usize {
        self.features
    }

    /// Adds to `probabilities`, for each of `rows`, how likely it is that it belongs to the article. Rows that have no
    /// chance after the first trees are not taken through the rest.
    pub(super) fn probabilities(&self, rows: &[f32], probabilities: &mut Vec<f32>) {
        debug_assert_eq!(rows.len() % self.features, 0, "the model was trained on other features");
        let rows: Vec<&[f32]> = rows.chunks_exact(self.features).collect();
        let (first, rest) = self.roots.split_at(CHECKED_AFTER.min(self.roots.len()));
        let mut logits = vec![0.0; rows.len()];
        let mut places: Vec<usize> = (0..rows.len()).collect();
        self.add_up(first, &rows, &places, &mut logits);
        places.retain(|at| logits[*at] >= HOPELESS);
        for logit in logits.iter_mut().filter(|logit| **logit < HOPELESS) {
            *logit *= 2.0;
        }
        self.add_up(rest, &rows, &places, &mut logits);
        probabilities.extend(logits.iter().map(|logit| 1.0 / (1.0 + (-logit).exp())));
    }

    /// What all trees say of `row`.
    pub(super) fn logit(&self, row: &[f32]) -> f32 {
        let mut logits = [0.0];
        self.add_up(&self.roots, &[row], &[0], &mut logits);
        logits[0]
    }

    /// Adds to `logits` what the trees at `roots` say of those of `rows` that are at `places`.
    fn add_up(&self, roots: &[usize], rows: &[&[f32]], places: &[usize], logits: &mut [f32]) {
        let mut lanes = [[0.0; MOST_FEATURES]; LANES];
        for places in places.chunks(LANES) {
            // Lanes that are left over go a way of their own, and nobody asks where.
            for (lane, place) in lanes.iter_mut().zip(places) {
                lane[..self.features].copy_from_slice(rows[*place]);
            }
            let mut sums = [0.0; LANES];
            for root in roots {
                let (Some(nodes), Some(values)) =
                    (self.nodes[*root..].first_chunk(), self.values[*root..].first_chunk::<MOST_NODES>())
                else {
                    continue;
                };
                let leaves = descend(nodes, &lanes);
                for (sum, leaf) in sums.iter_mut().zip(leaves) {
                    *sum += values[usize::from(leaf)];
                }
            }
            for (at, sum) in places.iter().zip(sums) {
                logits[*at] += sum;
            }
        }
    }
}

/// The leaves of the tree at the beginning of `nodes` to which rows lead.
fn descend(nodes: &[Node; MOST_NODES], rows: &[[f32; MOST_FEATURES]; LANES]) -> [u8; LANES] {
    let mut at = [0; LANES];
    loop {
        let mut moved = 0;
        for (at, row) in at.iter_mut().zip(rows) {
            let node = &nodes[usize::from(*at)];
            let goes_left = row[usize::from(node.feature) % MOST_FEATURES] <= node.threshold;
            let next = node.left.wrapping_add(u8::from(!goes_left));
            moved |= next ^ *at;
            *at = next;
        }
        if moved == 0 {
            return at;
        }
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
