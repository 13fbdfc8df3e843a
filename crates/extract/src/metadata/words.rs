//! Words that stand around names and are none, of many languages.

use std::collections::HashSet;
use std::sync::LazyLock;

/// A set of words.
pub(super) type Words = LazyLock<HashSet<&'static str>>;

/// Names that name nobody.
pub(super) static NOBODY: Words = LazyLock::new(|| set(NOBODY_LIST));
#[rustfmt::skip]
const NOBODY_LIST: &str = "\
    admin|administrator|author|authors|editor|editors|guest|guest author|guest contributor|anonymous|\
    unknown|staff|staff writer|staff reporter|contributor|contributors|contributing writer|webmaster|\
    root|user|none|null|undefined|n/a|na|by|and|facebook|twitter|instagram|linkedin|youtube|email|share|\
    follow|print|reporter|correspondent|journalist|freelance|senior reporter|senior writer|\
    senior editor|news editor|managing editor|editor in chief|editor-in-chief|deputy editor|\
    associate editor|redakteur|redakteurin|redaktion|autor|autorin|rédaction|journaliste|redacción|\
    redazione|redaktor|редакция|автор|opinion columnist|columnist|writer|freelance writer|super user|\
    test|wordpress|about the author|more|home|contact|view profile|view all posts|see all|bio|profile|\
    read more|subscribe|comments|see more|show more|written by|posted by|ph|no author|default|system|\
    false|true|political correspondent|chief correspondent|business reporter|sports writer|\
    sports reporter|health reporter|producer|photographer|contributing editor|executive editor|\
    news reporter|著者一覧|記者一覧|編集部|全部|더보기";

/// Letters behind a name.
pub(super) static CREDENTIALS: Words = LazyLock::new(|| set(CREDENTIALS_LIST));
#[rustfmt::skip]
const CREDENTIALS_LIST: &str = "\
    phd|md|jr|sr|ii|iii|iv|esq|mba|ma|ba|msc|bsc|ms|rd|rn|cfa|cpa|ldn|mph|rdn|dds|facp|do|fand|dphil|jd|\
    llm|lcsw|lmft|dvm|cscs|cpt|cdces|psyd|edd|mfa|np|pa|pt|dpt|bs|cfp|ea|pmp|mshs|med|msn|bcps|pharmd|\
    ccc|slp|iocdf|fnp|aprn|lpc|cns|ifncp|inhc";

/// Words that stand in bylines and in no name.
pub(super) static NOISE: Words = LazyLock::new(|| set(NOISE_LIST));
#[rustfmt::skip]
const NOISE_LIST: &str = "\
    editor|reporter|correspondent|writer|author|posted|published|updated|min|read|share|comments|\
    comment|follow|subscribe|newsletter|january|february|july|september|october|\
    november|december|feb|apr|jun|jul|aug|sep|sept|oct|nov|dec|uhr|about|more|view|all|posts|\
    photo|photos|image|getty|images|director|manager|contributor|analyst|founder|ceo|producer|columnist|\
    your|our|this|how|what|why|bio|articles|redakteur|redakteurin|journaliste|senior|specialist|copy|\
    link|facebook|twitter|\
    expert|grader|architect|consultant|attorney|strategy|head|chief|president|dietitian|coach|advisor|officer|\
    strategist|marketer|nutritionist|columnists|reviewed|reviewer|jump|minutes|mins|sign|log|menu|home|skip|\
    categories|category|tags|related|popular|latest|news|blog|article|opinion|last|written|editorial|redaktor|\
    journalist|contact|us|get|listen|watch|continue|next|previous|table|contents|introduction|summary";

fn set(list: &'static str) -> HashSet<&'static str> {
    list.split('|').map(str::trim).collect()
}
