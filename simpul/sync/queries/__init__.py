"""Questions about phones and what they sent."""
