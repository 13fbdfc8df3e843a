//! The order of the stages. It alone knows all of them, and it prints nothing: what happens is told to an observer.
