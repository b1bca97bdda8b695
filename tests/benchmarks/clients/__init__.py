"""One module a candidate: each runs as a process of its own, in the environment that holds its packages."""
