import hashlib
import json
import os
import urllib.request
from urllib.parse import urlsplit

request = urllib.request.Request(
    f"{os.environ['ARRAYDROP_HOST']}/api/v2/samples/{os.environ['SAMPLE_ID']}",
    headers={"Authorization": f"Api-Key {os.environ['ARRAYDROP_API_KEY']}"},
)
with urllib.request.urlopen(request, timeout=30) as answer:
    sample = json.load(answer)
for file in sample["files"]:
    name = os.path.basename(urlsplit(file["download_url"]).path)
    digest = hashlib.sha256()
    with urllib.request.urlopen(file["download_url"], timeout=30) as body, open(name, "wb") as out:
        while chunk := body.read(1 << 20):
            out.write(chunk)
            digest.update(chunk)
    if digest.hexdigest() != file["checksum_sha256"]:
        raise SystemExit(f"{name} is not what it should be")
    print(file["file_type"], name)
