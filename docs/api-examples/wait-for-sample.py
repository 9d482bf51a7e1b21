import os
import time
import requests

UNDER_WAY = ["consumer awaiting data", "scheduled", "running"]

while True:
    answer = requests.get(
        f"{os.environ['ARRAYDROP_HOST']}/api/v2/samples/{os.environ['SAMPLE_ID']}",
        headers={"Authorization": f"Api-Key {os.environ['ARRAYDROP_API_KEY']}"},
        timeout=30,
    )
    answer.raise_for_status()
    sample = answer.json()
    if sample["last_status"]["status"] not in UNDER_WAY:
        break
    time.sleep(5)
print(sample["last_status"]["status"], sample["failed_qc"] or "")
