"""Reading groups: a meeting as files in a shared folder, answers that stay sealed until all are in."""
