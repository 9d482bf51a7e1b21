"""The same as whole-visit.ts, with the Python client."""

import json
import os
import time

from arraydrop import Arraydrop, ArraydropError, WebhookError, verify_webhook

arraydrop = Arraydrop(os.environ["ARRAYDROP_HOST"], os.environ["ARRAYDROP_API_KEY"])
delivery = json.loads(os.environ["DELIVERY"])
secret, headers, body = delivery["secret"], delivery["headers"], delivery["body"].encode()


def refuses(secret, body, **options):
    try:
        verify_webhook(secret, headers, body, **options)
        return False
    except WebhookError:
        return True


if "SAMPLE_ID" not in os.environ:
    first = arraydrop.mint(metadata={"order": 7}, idempotency_key="order-py")
    again = arraydrop.mint(metadata={"order": 7}, idempotency_key="order-py")
    print(json.dumps({**first, "same": again["sample_id"] == first["sample_id"]}))
else:
    sample = arraydrop.wait(os.environ["SAMPLE_ID"], seconds=60)
    file = sample["files"][0]
    to = os.path.join(os.environ["FOLDER"], "results", "file")
    arraydrop.download(file, to)
    with open(to, "rb") as whole_file:
        whole = whole_file.read()
    os.remove(to)
    with open(f"{to}.part", "wb") as part:
        part.write(whole[:1000])
    arraydrop.download(file, to)
    with open(to, "rb") as resumed_file:
        resumed = resumed_file.read() == whole
    try:
        arraydrop.get("00000000-0000-0000-0000-000000000000")
        refused = None
    except ArraydropError as refusal:
        refused = refusal.status
    try:
        page = arraydrop.request("GET", "/docs")
    except ArraydropError as refusal:
        page = str(refusal)
    print(
        json.dumps(
            {
                "status": sample["last_status"]["status"],
                "resumed": resumed,
                "event": verify_webhook(secret, headers, body)[0]["event_type"],
                "forged": refuses(secret, body + b" ") and refuses("A" * 32, body),
                "old": refuses(secret, body, now=time.time() + 600),
                "refused": refused,
                "page": "not an answer of the service (text/html" in page,
            }
        )
    )
