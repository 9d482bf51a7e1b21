import json
import os
import time
import urllib.request

UNDER_WAY = ["consumer awaiting data", "scheduled", "running"]
request = urllib.request.Request(
    f"{os.environ['ARRAYDROP_HOST']}/api/v2/samples/{os.environ['SAMPLE_ID']}",
    headers={"Authorization": f"Api-Key {os.environ['ARRAYDROP_API_KEY']}"},
)

while True:
    with urllib.request.urlopen(request, timeout=30) as answer:
        sample = json.load(answer)
    if sample["last_status"]["status"] not in UNDER_WAY:
        break
    time.sleep(5)
print(sample["last_status"]["status"], *(sample["failed_qc"] or []))
