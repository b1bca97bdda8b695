"""How days and numbers are written, by language, where it differs from Django's own."""
