"""Writers of cruxmap: knowledge bases in, bytes of other formats out."""
