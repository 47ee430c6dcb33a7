"""Terminal user interface of cruxmap: screens over the public functions of the engine."""
