"""A partner's backend with FastAPI: mints links, receives webhooks, serves the page of ../plain-html.

Copy clients/python/arraydrop.py beside this file, then:

    pip install -r requirements.txt
    uvicorn main:app --port 4000
"""

import logging
import os
import uuid
from pathlib import Path

from arraydrop import Arraydrop, WebhookError, verify_webhook
from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse

arraydrop = Arraydrop(os.environ.get("ARRAYDROP_HOST", "http://localhost:3000"), os.environ["ARRAYDROP_API_KEY"])
secret = os.environ.get("ARRAYDROP_WEBHOOK_SECRET", "")
page = Path(__file__).parent.parent / "plain-html" / "index.html"

# Yours to keep in a database: which order a sample belongs to, and what became of it.
orders = {}
# A delivery may come twice: its id says so.
handled = set()

# uvicorn shows its own log alone.
logging.basicConfig(level=logging.INFO)
app = FastAPI()


@app.get("/")
def show_page():
    return FileResponse(page)


# Not async: the client blocks, so FastAPI runs this in a thread.
@app.post("/upload-links", status_code=201)
def mint_link():
    # Who may ask for a link, and for which order, is for your own sign-in to say.
    order = str(uuid.uuid4())
    link = arraydrop.mint(idempotency_key=order, metadata={"order": order})
    orders[link["sample_id"]] = {"order": order, "status": "consumer awaiting data"}
    # Whoever has the URL can use it: it goes to this person's browser and nowhere else, least of all to a log.
    return {"url": link["url"]}


@app.post("/webhooks")
async def receive_webhook(request: Request):
    # The bytes as they came: what was parsed and written again has another signature.
    body = await request.body()
    try:
        events = verify_webhook(secret, request.headers, body)
    except WebhookError:
        return Response(status_code=401)
    for event in events:
        if event["event_id"] in handled:
            continue
        handled.add(event["event_id"])
        for sample in event["payload"]["samples"]:
            known = orders.get(sample["id"])
            status = sample["last_status"]["status"]
            if known:
                known["status"] = status
            if status == "succeeded":
                # Fetch deliverables in a job of yours: the answer is due within 15 seconds.
                logging.info("order %s: results are ready", known and known["order"])
    return Response(status_code=204)
