"""What made a finished project late, and when it could have been known: frames in, results out."""
