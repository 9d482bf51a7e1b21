# WEBHOOK_ID, WEBHOOK_TIMESTAMP and SIGNATURE are the headers webhook-id, webhook-timestamp and webhook-signature.
import base64
import hashlib
import hmac
import os
import time
from pathlib import Path

body = Path(os.environ["BODY_FILE"]).read_bytes()
sent = os.environ["WEBHOOK_TIMESTAMP"]
if abs(time.time() - int(sent)) > 300:
    raise SystemExit("too old")
key = base64.b64decode(os.environ["SECRET"])
if not key:
    raise SystemExit("SECRET is missing")
signed = f"{os.environ['WEBHOOK_ID']}.{sent}.".encode() + body
expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
if not any(hmac.compare_digest(expected, given) for given in os.environ["SIGNATURE"].split(" ")):
    raise SystemExit("not genuine")
print("genuine")
