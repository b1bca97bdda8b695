"""Paper: what is printed from the books."""
