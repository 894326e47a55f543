"""Words and rows: what pages and commands show, made of frames alone."""
