# `npx arraydrop samples download` also checks the SHA-256, and resumes where it stopped.
curl --fail-with-body -sS "$ARRAYDROP_HOST/api/v2/samples/$SAMPLE_ID" \
  -H "Authorization: Api-Key $ARRAYDROP_API_KEY" |
  grep -o '"download_url":"[^"]*"' | cut -d '"' -f 4 |
  while read -r url; do
    curl --fail -sS --remote-name "$url" || exit 1
  done
