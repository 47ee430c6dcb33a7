#!/bin/sh
# Install the programs of others that read what we write, at fixed versions, once; needs npm.
# Tests find them in the same folder: $CRUXMAP_NPM, or cruxmap-npm in the folder of caches.
set -eu
folder=${CRUXMAP_NPM:-${XDG_CACHE_HOME:-$HOME/.cache}/cruxmap-npm}
mkdir -p "$folder"
npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix "$folder" \
    @argdown/cli@1.7.5 mermaid@11.4.1 jsdom@25.0.1 >/dev/null
echo "$folder"
