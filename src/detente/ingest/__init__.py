"""From documents to evidence: reads, finds what is claimed and by whom, and proposes; a person decides."""
