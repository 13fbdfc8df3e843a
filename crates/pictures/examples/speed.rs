//! How fast pictures are checked and made smaller, and how much memory that takes:
//! `cargo run --release -p tearsheet-pictures --example speed`

#![allow(clippy::print_stdout)] // that is what it is for

use std::fs;
use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};
use tearsheet_pictures::{check, render, renditions, thumbnail};

/// Pictures of each size.
const COUNT: u32 = 40;

fn main() {
    for (width, height) in [(1600, 1000), (1200, 800), (6000, 4000)] {
        let photo = photo(width, height);
        let (begun, mut bytes) = (cpu_seconds(), 0);
        for _ in 0..COUNT {
            let picture = check(&photo).expect("it is a photo");
            for file in renditions(&picture).iter().chain([&thumbnail(&picture)]) {
                bytes += render(&photo, &picture, file).expect("it can be decoded").len();
            }
        }
        let seconds = cpu_seconds() - begun;
        println!(
            "{width} × {height}: {:.1} pictures a CPU second, {} KB in, {} KB out, {} MB at most",
            f64::from(COUNT) / seconds,
            photo.len() / 1000,
            bytes / COUNT as usize / 1000,
            most_memory() / 1000
        );
    }
}

/// A photo of slow waves with some noise, as JPEG.
fn photo(width: u32, height: u32) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| {
        let wave = |a: u32, b: u32| {
            let at = f64::from(x) / f64::from(a) + f64::from(y) / f64::from(b);
            let noise = f64::from((x * 31 + y * 17 + x * y) % 13);
            (at.sin() * 100.0 + 120.0 + noise) as u8
        };
        Rgb([wave(90, 130), wave(70, 210), wave(160, 60)])
    });
    let mut out = Cursor::new(Vec::new());
    image.write_to(&mut out, ImageFormat::Jpeg).expect("it can be written");
    out.into_inner()
}

/// What this thread has used (Linux alone).
fn cpu_seconds() -> f64 {
    let told = fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    told.split_whitespace().next().and_then(|nanos| nanos.parse::<f64>().ok()).unwrap_or_default() / 1e9
}

/// The most kilobytes that this process had in memory.
fn most_memory() -> u64 {
    let told = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
