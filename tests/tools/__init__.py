"""Tools of developers: they make what the repository keeps, and are not part of the product."""
