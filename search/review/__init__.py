"""What checking came to, for readers: contradictions of a document, and between documents."""
