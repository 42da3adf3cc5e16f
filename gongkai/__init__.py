"""The command line of gongkai; it stands above indexer, search and web and joins them."""
