"""Who: people, organizations, affiliations, councils and their mandates."""
