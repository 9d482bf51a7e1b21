import hashlib
import os
import requests
from urllib.parse import urlsplit

answer = requests.get(
    f"{os.environ['ARRAYDROP_HOST']}/api/v2/samples/{os.environ['SAMPLE_ID']}",
    headers={"Authorization": f"Api-Key {os.environ['ARRAYDROP_API_KEY']}"},
    timeout=30,
)
answer.raise_for_status()
for file in answer.json()["files"]:
    name = os.path.basename(urlsplit(file["download_url"]).path)
    digest = hashlib.sha256()
    with requests.get(file["download_url"], stream=True, timeout=30) as body, open(name, "wb") as out:
        body.raise_for_status()
        for chunk in body.iter_content(1 << 20):
            out.write(chunk)
            digest.update(chunk)
    if digest.hexdigest() != file["checksum_sha256"]:
        raise SystemExit(f"{name} is not what it should be")
    print(file["file_type"], name)
