//! Every integration test, in one binary.

#![allow(clippy::unwrap_used)] // clippy's own exception for tests misses the functions that they share

mod add;
mod architecture;
mod archive;
mod bad_archive;
mod bad_input;
mod config;
mod corrections;
mod demo_site;
mod determinism;
mod discover;
mod disk;
mod drift;
mod eight_weeks;
mod endless;
mod explain;
mod export;
mod extract;
mod extract_command;
mod faults;
mod fetch;
mod gate;
mod health;
mod history;
mod identity_replay;
mod import;
mod interruption;
mod joined;
mod judges;
mod newspaper;
mod noise;
mod odd_pages;
mod pipeline;
mod posts;
mod program;
mod publish;
mod repair;
mod reread;
mod responses;
mod revision_history;
mod robots;
mod rules;
mod site_memory;
mod small_site;
mod verify;
