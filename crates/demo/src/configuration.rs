//! The configuration with which tearsheet makes feeds from the newspaper.

use url::Url;

/// The source files for the newspaper at `site`: names within `config/sources/` and contents.
#[must_use]
pub fn source_files(site: &Url) -> Vec<(&'static str, String)> {
    vec![
        (
            "courier-world.toml",
            format!(
                "# A listing of two pages without a feed. Its articles are found without selectors.\n\
                 url = \"{site}world/\"\nkind = \"listing\"\ntitle = \"The Courier: World\"\ntags = [\"world\"]\n"
            ),
        ),
        (
            "courier-business.toml",
            format!(
                "# A page that announces a feed, which carries no more than the first words of each article.\n\
                 url = \"{site}business/\"\ntitle = \"The Courier: Business\"\nlanguage = \"en\"\n"
            ),
        ),
        (
            "courier-science.toml",
            format!(
                "# The section's page is empty without JavaScript, but there is a sitemap.\n\
                 url = \"{site}science/sitemap.xml\"\nkind = \"sitemap\"\ntitle = \"The Courier: Science\"\n\n\
                 [feed]\nlevel = \"excerpt\"\n"
            ),
        ),
    ]
}

/// The `config/tearsheet.toml` that goes with them; `published` is where the output will be reachable.
#[must_use]
pub fn settings_file(published: &Url) -> String {
    format!(
        "# The configuration of `tearsheet demo`.\n\n\
         [site]\ntitle = \"The Courier, on tearsheets\"\nbase_url = \"{published}\"\n\n\
         [fetch]\n# The newspaper runs on this machine, which is a private place, and it can be hurried.\n\
         allow_private = true\ndelay = \"0s\"\n\n\
         [[feed]]\nid = \"all\"\ntitle = \"The Courier: everything\"\nsources = [\"courier-*\"]\n"
    )
}
