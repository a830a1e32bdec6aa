#!/bin/bash
# Run once by the postgres image, when its volume is empty: Temporal's own login, which owns its two databases and no more.
set -euo pipefail
psql --set ON_ERROR_STOP=1 --set password="$TEMPORAL_DATABASE_PASSWORD" --username postgres <<'SQL'
CREATE ROLE temporal LOGIN PASSWORD :'password';
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
SQL
