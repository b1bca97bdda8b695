"""What Trama costs, measured beside its peers: `./trama bench`; docs/benchmarks.md holds the last figures."""
