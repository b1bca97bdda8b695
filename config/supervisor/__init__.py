"""Starts the parts of one installation, keeps them alive, and leaves no process behind: plain Python, no Django."""
