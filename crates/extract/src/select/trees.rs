//! Gradient-boosted trees as the training packs them. Which features they look at is defined in [`super::features`].
//!
//! The file is little-endian: `TST1`; the number of features (u16) and a fingerprint of their names (u64); the number
//! of trees (u16); then of each tree the number of its leaves (u8, at most 32), its nodes (feature u16, threshold f32,
//! left and right i8: a node of the tree, or the complement of a leaf), one fewer than leaves, and its leaves (f32).

/// The first bytes of a packed forest.
const MAGIC: &[u8; 4] = b"TST1";

/// Trees whose leaves add up to the logit of a probability.
#[derive(Clone, Debug, Default)]
pub(super) struct Forest {
    /// How many features a row has.
    features: usize,
    /// The nodes of all trees, each tree's after those of the one before.
    nodes: Vec<Node>,
    trees: Vec<Tree>,
}

/// A tree, which is not descended: each of its nodes strikes out the leaves that a row cannot come to, and the first
/// leaf that is left is the row's. Those are more nodes than a descent passes, but none has to wait for another.
#[derive(Clone, Debug)]
struct Tree {
    /// Where its nodes are in [`Forest::nodes`].
    nodes: std::ops::Range<usize>,
    /// What its leaves add, from left to right.
    leaves: [f32; MOST_LEAVES],
}

/// A node, with a bit for each leaf.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// Rows whose value is at most this go left; the others cannot come to the leaves there.
    threshold: f32,
    /// All leaves but those beneath its left child.
    others: u32,
    feature: u16,
}

/// As many leaves as a tree may have, and features as a row may have: so many are at hand for each, and no place among
/// them has to be checked.
const MOST_LEAVES: usize = u32::BITS as usize;
const MOST_FEATURES: usize = 512;

/// Trees after which a row is looked at again, and the logit beneath which the rest would not lift it: they would take
/// it about as far again.
const CHECKED_AFTER: usize = 60;
const HOPELESS: f32 = -2.8;
/// Rows that are taken through a tree side by side: the processor compares several at once.
const LANES: usize = 16;

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

    /// Puts a tree's leaves from left to right, and notes of each node which of them are beneath its left child.
    fn lay_out(&mut self, packed: &[(u16, f32, [i8; 2])], values: &[f32]) -> Option<()> {
        let start = self.nodes.len();
        let mut leaves = [0.0; MOST_LEAVES];
        let mut placed = 0;
        let mut waiting = vec![Step::Enter(if packed.is_empty() { !0 } else { 0 })];
        while let Some(step) = waiting.pop() {
            match step {
                Step::Enter(reference) => match usize::try_from(reference) {
                    Ok(place) => {
                        let (feature, threshold, [left, right]) = *packed.get(place)?;
                        let node = self.nodes.len();
                        self.nodes.push(Node { threshold, others: !0, feature });
                        if node - start >= packed.len() || usize::from(feature) >= self.features {
                            return None;
                        }
                        let between = Step::Leave { node, first: placed };
                        waiting.extend([Step::Enter(right), between, Step::Enter(left)]);
                    }
                    Err(_) => {
                        *leaves.get_mut(placed)? = *values.get(usize::from((!reference).unsigned_abs()))?;
                        placed += 1;
                    }
                },
                Step::Leave { node, first } => {
                    let beneath = (1_u64 << placed) - (1_u64 << first);
                    self.nodes[node].others = !u32::try_from(beneath).ok()?;
                }
            }
        }
        self.trees.push(Tree { nodes: start..self.nodes.len(), leaves });
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
        let (first, rest) = self.trees.split_at(CHECKED_AFTER.min(self.trees.len()));
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
        self.add_up(&self.trees, &[row], &[0], &mut logits);
        logits[0]
    }

    /// Adds to `logits` what `trees` say of those of `rows` that are at `places`.
    fn add_up(&self, trees: &[Tree], rows: &[&[f32]], places: &[usize], logits: &mut [f32]) {
        let mut columns = [[0.0; LANES]; MOST_FEATURES];
        for places in places.chunks(LANES) {
            // Lanes that are left over come to some leaf, and nobody asks to which.
            for (lane, place) in places.iter().enumerate() {
                for (column, value) in columns.iter_mut().zip(rows[*place]) {
                    column[lane] = *value;
                }
            }
            let mut sums = [0.0; LANES];
            for tree in trees {
                let left = left_open(&self.nodes[tree.nodes.clone()], &columns);
                for (sum, left) in sums.iter_mut().zip(left) {
                    *sum += tree.leaves[left.trailing_zeros() as usize % MOST_LEAVES];
                }
            }
            for (at, sum) in places.iter().zip(sums) {
                logits[*at] += sum;
            }
        }
    }
}

/// A step of a walk over a packed tree.
enum Step {
    /// To a node, or to the complement of a leaf.
    Enter(i8),
    /// From the left child of `node`, whose leaves begin with the `first`.
    Leave { node: usize, first: usize },
}

/// The leaves that no node of a tree strikes out, a bit each, for each row.
fn left_open(nodes: &[Node], columns: &[[f32; LANES]; MOST_FEATURES]) -> [u32; LANES] {
    let mut open = [!0; LANES];
    for node in nodes {
        let column = &columns[usize::from(node.feature) % MOST_FEATURES];
        for (open, value) in open.iter_mut().zip(column) {
            // All bits if the row goes left. A branch could only be guessed.
            let all = 0_u32.wrapping_sub(u32::from(*value <= node.threshold));
            *open &= node.others | all;
        }
    }
    open
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
