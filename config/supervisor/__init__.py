"""Starts and keeps alive the parts of one installation."""
