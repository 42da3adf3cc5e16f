"""Turns files into disclosures and hands them to a writer."""
