import json
import os
import urllib.error
import urllib.request

request = urllib.request.Request(
    f"{os.environ['ARRAYDROP_HOST']}/api/v2/array-data-upload-form/",
    method="POST",
    headers={
        "Authorization": f"Api-Key {os.environ['ARRAYDROP_API_KEY']}",
        "Content-Type": "application/json",
    },
    data=json.dumps({
        "metadata": {"your_reference": "order-1234"},
        "redirect_on_success": "https://partner.example/thanks",
        "redirect_on_failure": "https://partner.example/dna-file",
        "expires_in": 600,
    }).encode(),
)
try:
    with urllib.request.urlopen(request, timeout=30) as answer:
        link = json.load(answer)
except urllib.error.HTTPError as refusal:
    # {"expires_in": ["Ensure this value is …"]}: one list of messages for each field
    raise SystemExit(refusal.read().decode())
print(link["sample_id"], link["url"])
