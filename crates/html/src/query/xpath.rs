//! XPath 1.0 over the tree that is parsed already, with an end to what an expression may cost.
//!
//! The evaluator calls itself for each bracket and operator, so an expression is measured before it is parsed. It cannot
//! be told to stop, so the tree that it walks counts its steps, and unwinds out of it when they are used up.

#[cfg(test)]
mod tests;
mod tree;

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};

use xpath_eval::{
    EvaluationContext, Expr, FilterExpr, FunctionCall, LocationPath, PathExpr, PrimaryExpr, QName, Value,
    evaluate, parse,
};

use self::tree::At;
pub(super) use self::tree::Tree;

use super::{MOST_MATCHES, Match, Refused};
use crate::effort::Exhausted;

/// Steps through the tree that all expressions may take on one page.
pub(super) const FUEL_OF_PAGE: u64 = 20_000_000;
/// Those that one expression may take. An ordinary one takes some ten thousand.
const FUEL: u64 = 2_000_000;
/// The longest expression, in bytes.
const LONGEST: usize = 8192;
/// How deep brackets may nest, and how many operators there may be: the evaluator calls itself for each.
const DEEPEST: usize = 32;
const MOST_OPERATORS: usize = 400;

/// The functions of XPath 1.0 and how many arguments each takes, at least and at most (section 4).
const FUNCTIONS: &[(&str, usize, usize)] = &[
    ("last", 0, 0),
    ("position", 0, 0),
    ("count", 1, 1),
    ("id", 1, 1),
    ("local-name", 0, 1),
    ("namespace-uri", 0, 1),
    ("name", 0, 1),
    ("string", 0, 1),
    ("concat", 2, usize::MAX),
    ("starts-with", 2, 2),
    ("contains", 2, 2),
    ("substring-before", 2, 2),
    ("substring-after", 2, 2),
    ("substring", 2, 3),
    ("string-length", 0, 1),
    ("normalize-space", 0, 1),
    ("translate", 3, 3),
    ("boolean", 1, 1),
    ("not", 1, 1),
    ("true", 0, 0),
    ("false", 0, 0),
    ("lang", 1, 1),
    ("number", 0, 1),
    ("sum", 1, 1),
    ("floor", 1, 1),
    ("ceiling", 1, 1),
    ("round", 1, 1),
];

/// Why a text is no XPath expression that can be run.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// It breaks the grammar.
    #[error("{message} (at character {})", at + 1)]
    Syntax {
        /// What is wrong.
        message: String,
        /// Where, in bytes from its beginning.
        at: usize,
    },
    /// It is longer, or has more operators, than anyone writes.
    #[error("it is too long")]
    TooLong,
    /// Its brackets nest deeper than anyone writes.
    #[error("it is nested too deep")]
    TooDeep,
    /// It calls a function that the core library does not have.
    #[error("there is no function `{0}` in XPath 1.0")]
    Function(String),
    /// It calls a function with another number of arguments than it takes.
    #[error("the function `{0}` takes another number of arguments")]
    Arguments(String),
    /// It uses a variable.
    #[error("it uses the variable `${0}`, and there are none")]
    Variable(String),
}

/// A parsed expression.
pub(super) struct XPath(Expr);

impl XPath {
    pub(super) fn parse(text: &str) -> Result<XPath, Fault> {
        measure(text)?;
        let syntax =
            |error: xpath_eval::ParseError| Fault::Syntax { message: error.message, at: error.position };
        let expression = parse(text).map_err(syntax)?;
        check(&expression)?;
        Ok(XPath(expression))
    }

    /// What it selects on `tree`, with `fuel` of the page's.
    pub(super) fn select(&self, tree: &Tree<'_>, fuel: &Cell<u64>) -> Result<Vec<Match>, Refused> {
        let given = fuel.get().min(FUEL);
        tree.refuel(given);
        let root = tree.root();
        // The tree is only read, and its counters are set anew each time.
        let value =
            panic::catch_unwind(AssertUnwindSafe(|| evaluate(&self.0, &EvaluationContext::new(root))));
        fuel.set(fuel.get() - (given - tree.left()));
        match value
            .map_err(|reason| stopped(&*reason))?
            .map_err(|error| Refused::Failed(error.to_string()))?
        {
            Value::NodeSet(nodes) => {
                Ok(nodes.into_iter().take(MOST_MATCHES + 1).filter_map(At::as_match).collect())
            }
            Value::String(text) if text.trim().is_empty() => Ok(Vec::new()),
            Value::Boolean(false) => Ok(Vec::new()),
            other => Ok(vec![Match::Value(other.to_xpath_string())]),
        }
    }
}

fn stopped(reason: &(dyn Any + Send)) -> Refused {
    if reason.is::<Exhausted>() {
        return Refused::TooLong;
    }
    Refused::Failed("internal error in the expression".to_owned())
}

/// Looks at how large an expression is, before the parser calls itself for each of its parts.
fn measure(text: &str) -> Result<(), Fault> {
    let (mut depth, mut operators, mut quote, mut before) = (0_usize, 0, None, ' ');
    for c in text.chars() {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[') => {
                depth += 1;
                operators += 1;
            }
            (None, ')' | ']') => depth = depth.saturating_sub(1),
            (None, '|' | '+' | '*' | '=' | '<' | '>') => operators += 1,
            (None, '-') if !before.is_alphanumeric() => operators += 1,
            (None, ' ') if before != ' ' => operators += 1,
            _ => {}
        }
        if depth > DEEPEST {
            return Err(Fault::TooDeep);
        }
        before = c;
    }
    if text.len() > LONGEST || operators > MOST_OPERATORS { Err(Fault::TooLong) } else { Ok(()) }
}

/// Whether every function and variable in `expression` exists. [`measure`] has seen to its depth.
fn check(expression: &Expr) -> Result<(), Fault> {
    match expression {
        Expr::Or(one, two)
        | Expr::And(one, two)
        | Expr::Equality(one, _, two)
        | Expr::Relational(one, _, two)
        | Expr::Additive(one, _, two)
        | Expr::Multiplicative(one, _, two)
        | Expr::Union(one, two) => check(one).and_then(|()| check(two)),
        Expr::Negate(inner) => check(inner),
        Expr::Path(PathExpr::Location(path)) => check_path(path),
        Expr::Path(PathExpr::Filter(filter)) => check_filter(filter),
        Expr::Path(PathExpr::FilterLocation(filter, path)) => {
            check_filter(filter).and_then(|()| check_path(path))
        }
    }
}

fn check_path(path: &LocationPath) -> Result<(), Fault> {
    path.steps.iter().flat_map(|step| &step.predicates).try_for_each(check)
}

fn check_filter(filter: &FilterExpr) -> Result<(), Fault> {
    match &filter.primary {
        PrimaryExpr::Variable(name) => return Err(Fault::Variable(written(name))),
        PrimaryExpr::Parenthesized(inner) => check(inner)?,
        PrimaryExpr::Function(call) => check_call(call)?,
        PrimaryExpr::Literal(_) | PrimaryExpr::Number(_) => {}
    }
    filter.predicates.iter().try_for_each(check)
}

fn check_call(call: &FunctionCall) -> Result<(), Fault> {
    let name = written(&call.name);
    let Some((_, least, most)) = FUNCTIONS.iter().find(|(known, _, _)| *known == name) else {
        return Err(Fault::Function(name));
    };
    if !(*least..=*most).contains(&call.args.len()) {
        return Err(Fault::Arguments(name));
    }
    call.args.iter().try_for_each(check)
}

fn written(name: &QName) -> String {
    match &name.prefix {
        Some(prefix) => format!("{prefix}:{}", name.local),
        None => name.local.clone(),
    }
}
