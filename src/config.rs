//! Reads `config/` into one resolved value in which nothing means "default", or into every error it holds at once.
