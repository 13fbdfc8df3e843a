//! Everything that the newspaper has to print.

use super::article::{Article, Section};

/// Every article: its section, its name, its file.
const FILES: &[(Section, &str, &str)] = &[
    (Section::World, "border-market", include_str!("articles/world/border-market.txt")),
    (Section::World, "ferry-link", include_str!("articles/world/ferry-link.txt")),
    (Section::World, "kelsund-dam", include_str!("articles/world/kelsund-dam.txt")),
    (Section::World, "grain-pact", include_str!("articles/world/grain-pact.txt")),
    (Section::World, "harbour-library", include_str!("articles/world/harbour-library.txt")),
    (Section::World, "lighthouse-keepers", include_str!("articles/world/lighthouse-keepers.txt")),
    (Section::World, "bridge-inspectors", include_str!("articles/world/bridge-inspectors.txt")),
    (Section::World, "night-train", include_str!("articles/world/night-train.txt")),
    (Section::World, "salt-strike", include_str!("articles/world/salt-strike.txt")),
    (Section::World, "mountain-school", include_str!("articles/world/mountain-school.txt")),
    (Section::World, "caldera-fire", include_str!("articles/world/caldera-fire.txt")),
    (Section::Business, "brewery", include_str!("articles/business/brewery.txt")),
    (Section::Business, "cannery", include_str!("articles/business/cannery.txt")),
    (Section::Business, "tram-results", include_str!("articles/business/tram-results.txt")),
    (Section::Business, "bakery-chain", include_str!("articles/business/bakery-chain.txt")),
    (Section::Business, "shipyard-order", include_str!("articles/business/shipyard-order.txt")),
    (Section::Business, "wool-prices", include_str!("articles/business/wool-prices.txt")),
    (Section::Business, "coop-bank", include_str!("articles/business/coop-bank.txt")),
    (Section::Business, "grand-hotel", include_str!("articles/business/grand-hotel.txt")),
    (Section::Science, "moss-clock", include_str!("articles/science/moss-clock.txt")),
    (Section::Science, "eel-journey", include_str!("articles/science/eel-journey.txt")),
    (Section::Science, "bog-carbon", include_str!("articles/science/bog-carbon.txt")),
    (Section::Science, "school-comet", include_str!("articles/science/school-comet.txt")),
    (Section::Science, "seegras", include_str!("articles/science/seegras.txt")),
    (Section::Science, "sleeping-bees", include_str!("articles/science/sleeping-bees.txt")),
    (Section::Science, "flood-model", include_str!("articles/science/flood-model.txt")),
    (Section::Science, "old-bones", include_str!("articles/science/old-bones.txt")),
];

/// All articles, those that are held back for later included.
pub(super) fn articles() -> Vec<Article> {
    let read = |(number, (section, slug, file)): (usize, &(Section, &str, &str))| {
        Article::read(*section, slug, number, file)
    };
    FILES.iter().enumerate().map(read).collect()
}
