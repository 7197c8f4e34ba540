"""Questions about the trail and its chain."""
