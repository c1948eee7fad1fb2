"""Rules on scored ballots, and questions answered yes or no."""
