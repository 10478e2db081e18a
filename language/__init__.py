"""From what a buyer writes to what it means."""
