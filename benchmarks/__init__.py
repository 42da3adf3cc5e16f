"""Generated disclosures, measurements of relevance and speed; not part of the installed package."""
