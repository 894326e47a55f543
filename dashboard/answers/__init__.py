"""What Golive knows, for pages and commands alike: who looks, at which file, as known on which day."""
