import os
import requests

answer = requests.post(
    f"{os.environ['ARRAYDROP_HOST']}/api/v2/array-data-upload-form/",
    headers={"Authorization": f"Api-Key {os.environ['ARRAYDROP_API_KEY']}"},
    json={
        "metadata": {"your_reference": "order-1234"},
        "redirect_on_success": "https://partner.example/thanks",
        "redirect_on_failure": "https://partner.example/dna-file",
        "expires_in": 600,
    },
    timeout=30,
)
if answer.status_code == 400:
    # {"expires_in": ["Ensure this value is …"]}: one list of messages for each field
    raise SystemExit(answer.json())
answer.raise_for_status()
link = answer.json()
print(link["sample_id"], link["url"])
