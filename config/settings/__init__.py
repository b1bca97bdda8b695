"""Settings: `base` reads the environment and serves everywhere; `test` changes what tests need."""
