"""What an entry may say: plain frozen classes, and the one place that validates data against them."""
