"""What an overview stands on."""
