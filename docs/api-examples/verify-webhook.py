# SIGNATURE is the Gencove-Signature header, BODY_FILE the body exactly as received.
import hashlib
import hmac
import os
import time
from pathlib import Path

body = Path(os.environ["BODY_FILE"]).read_bytes()
fields = [field.strip().split("=", 1) for field in os.environ["SIGNATURE"].split(",")]
sent = dict(fields)["t"]
if abs(time.time() - int(sent)) > int(os.environ.get("MAX_AGE", "300")):
    raise SystemExit("too old")
key = os.environ["SECRET"].encode()
if not key:
    raise SystemExit("SECRET is missing")
expected = hmac.new(key, f"{sent}.".encode() + body, hashlib.sha512).hexdigest()
if not any(name == "v1" and hmac.compare_digest(value, expected) for name, value in fields):
    raise SystemExit("not genuine")
print("genuine")
