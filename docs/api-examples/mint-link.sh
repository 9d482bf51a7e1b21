curl --fail-with-body -sS "$ARRAYDROP_HOST/api/v2/array-data-upload-form/" \
  -H "Authorization: Api-Key $ARRAYDROP_API_KEY" \
  -H 'Content-Type: application/json' \
  -d '{
    "metadata": {"your_reference": "order-1234"},
    "redirect_on_success": "https://partner.example/thanks",
    "redirect_on_failure": "https://partner.example/dna-file",
    "expires_in": 600
  }'
