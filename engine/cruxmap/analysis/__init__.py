"""Pure analyses: data in, frozen results out; nothing here knows files, commands or screens."""
