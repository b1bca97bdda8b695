"""What is exchanged and owed: accounts, journal, claims, agreements, the exchanges, reconciliation."""
