"""Arraydrop's partner API from a Python backend: one file, no dependencies, Python 3.9 or newer.

    from arraydrop import Arraydrop, verify_webhook

    arraydrop = Arraydrop("https://upload.example.org", os.environ["ARRAYDROP_API_KEY"])
    link = arraydrop.mint(metadata={"order": 1234})      # keep link["sample_id"], send the person to link["url"]
    sample = arraydrop.wait(link["sample_id"])
    for file in sample["files"]:
        arraydrop.download(file, "results/" + file["file_type"])
"""

import base64
import email.utils
import hashlib
import hmac
import http.client
import json
import os
import re
import socket
import ssl
import time
import urllib.error
import urllib.request
from urllib.parse import quote, urljoin, urlsplit

__version__ = "0.2.0"
__all__ = ["Arraydrop", "ArraydropError", "WebhookError", "verify_webhook"]

_TRIES_MAX = 4
# Of a proxy that reaches no service, as during an upgrade.
_GATEWAYS = (502, 504)
_AWAY = (0, 503, *_GATEWAYS)
# Between tries without an answer.
_SILENCE_SECONDS = (1, 2, 5)
_RETRY_SECONDS_MAX = 60
_POLL_SECONDS = (1, 2, 5, 10, 30)
_DOWNLOAD_TRIES_MAX = 8
_CHUNK_BYTES = 1 << 20
_TIMEOUT_SECONDS = 60
# Nothing more comes of a sample with one of these.
_ENDED = {"succeeded", "failed qc", "failed", "canceled", "consumer session expired"}


class ArraydropError(Exception):
    """A refusal of the service, an answer that is not the service's, such as the page of a proxy that wants a login, or
    no answer at all.

    `body` is {"detail": …} or {"field": ["…"]}. `status` is that of HTTP, 0 without an answer; `__cause__` then has the
    error of the network. `retry_after`: seconds after which the service wants to be asked again, or None.
    """

    def __init__(self, status, body, headers):
        role = ""
        if headers.get("Role-Needed"):
            role = f" Role needed: {headers['Role-Needed']}. This key has: {headers['Role-Held']}."
        words = _words_of(status, body, headers)
        super().__init__(f"{status}: {words}{role}" if status else words)
        self.status = status
        self.body = body
        self.request_id = headers.get("Request-Id")
        self.retry_after = _seconds_of(headers.get("Retry-After"), headers.get("Date"))

    def _worth_waiting(self):
        """Seconds to wait before the same request; None when that would not help, or takes too long."""
        asked = self.retry_after if self.status in (409, 429, 503) else None
        return asked if asked is not None and asked <= _RETRY_SECONDS_MAX else None


class WebhookError(Exception):
    """A webhook that did not come from the service, or not now."""


class Arraydrop:
    """Calls one service with one API key. Keep the key on your server."""

    def __init__(self, host, api_key):
        if not api_key:
            raise ValueError("api_key is missing")
        # Such as a line end of the file it was read from: http.client would say so with the whole key.
        if not re.fullmatch(r"[\x21-\x7e]+", api_key):
            raise ValueError("api_key has characters that no key has, such as a blank or the end of a line")
        self._host = host
        self._api_key = api_key

    def mint(self, idempotency_key=None, **fields):
        """A link for one person and one file; the same link again for the same idempotency_key, for 24 hours."""
        headers = {"Idempotency-Key": idempotency_key} if idempotency_key else {}
        return self.request("POST", "/api/v2/array-data-upload-form/", fields, headers)

    def get(self, sample_id):
        return self.request("GET", f"/api/v2/samples/{_segment(sample_id)}")

    def wait(self, sample_id, seconds=3600):
        """The sample once it has ended, however; TimeoutError when that takes longer.

        A service that is away meanwhile, such as for an upgrade, is asked again until then; its error is raised at the end.
        """
        until = time.monotonic() + seconds
        look = 0
        while True:
            gap = _POLL_SECONDS[min(look, len(_POLL_SECONDS) - 1)]
            try:
                sample = self.get(sample_id)
                status = sample["last_status"]["status"]
                if status in _ENDED:
                    return sample
                late = TimeoutError(f"The sample is still {status}.")
            except ArraydropError as error:
                # Nobody has answered yet: rather a wrong host than a service that is away meanwhile.
                if error.status not in _AWAY or (look == 0 and error.status == 0):
                    raise
                late = error
                gap = max(gap, error.retry_after or 0)
            left = until - time.monotonic()
            if left <= 0:
                raise late
            time.sleep(min(gap, left))
            look += 1

    def download(self, file, to):
        """Fetch a deliverable: resumes what an earlier call began, waits when it is asked to (429, 503), and checks the
        SHA-256 before the file gets its name.

        The URL works for an hour: get the sample again after that.
        """
        os.makedirs(os.path.dirname(to) or ".", exist_ok=True)
        part = f"{to}.part"
        resumes = _size_of(part) > 0
        # Of an empty file there is nothing to fetch.
        open(part, "ab").close()
        attempt = 1
        while _size_of(part) < file["size"]:
            had = _size_of(part)
            try:
                self._fetch_rest(file["download_url"], part, had)
                if _size_of(part) <= had:
                    raise EOFError("The connection ended before anything came.")
            except ArraydropError as refusal:
                seconds = 0.5 if refusal.status in _GATEWAYS else refusal._worth_waiting()
                if seconds is None or attempt >= _DOWNLOAD_TRIES_MAX:
                    raise
                time.sleep(seconds)
            except _SILENCE as error:
                if _size_of(part) <= had and attempt >= _DOWNLOAD_TRIES_MAX:
                    raise _unanswered(file["download_url"], error) from error
                time.sleep(0.5)
            attempt += 1
        digest = hashlib.sha256()
        with open(part, "rb") as body:
            while chunk := body.read(_CHUNK_BYTES):
                digest.update(chunk)
        if digest.hexdigest() != file["checksum_sha256"]:
            os.remove(part)
            # What an earlier call began was not of this file: the sample may have been analysed again since.
            if resumes:
                return self.download(file, to)
            raise ValueError(f"{file['file_type']}: the SHA-256 of what came is not that of the file.")
        os.replace(part, to)

    def _fetch_rest(self, url, part, had):
        headers = {"Range": f"bytes={had}-"} if had else {}
        with _open(urllib.request.Request(url, headers=headers)) as answer:
            # A whole file instead of the rest: begin again.
            with open(part, "ab" if answer.status == 206 else "wb") as out:
                while chunk := answer.read1(_CHUNK_BYTES):
                    out.write(chunk)

    def request(self, method, path, body=None, headers=None):
        """Any path of the API. Waits when the service asks to (409, 429, 503), a few times, and asks again without an answer
        where that changes nothing: a GET, or with an Idempotency-Key.

        An answer that is not JSON is an error, unless it is CSV or plain text, as that of an export is: that comes as str.
        """
        data = None if body is None else json.dumps(body).encode()
        sent = {"Authorization": f"Api-Key {self._api_key}", **(headers or {})}
        if data is not None:
            sent["Content-Type"] = "application/json"
        # Whatever host the path names, such as that of `meta.next`, only the service gets the key.
        named = urlsplit(urljoin(self._host, path))
        host = urlsplit(self._host)
        url = f"{host.scheme}://{host.netloc}/{named.path.lstrip('/')}" + (f"?{named.query}" if named.query else "")
        repeatable = method == "GET" or "Idempotency-Key" in sent
        attempt = 1
        while True:
            asked = urllib.request.Request(url, data=data, headers=sent, method=method)
            try:
                with _open(asked) as answer:
                    return _read(answer)
            except ArraydropError as refusal:
                seconds = refusal._worth_waiting()
                if seconds is None or attempt == _TRIES_MAX:
                    raise
            except _SILENCE as error:
                if not repeatable or attempt == _TRIES_MAX:
                    raise _unanswered(self._host, error) from error
                seconds = _SILENCE_SECONDS[attempt - 1]
            time.sleep(seconds)
            attempt += 1


def verify_webhook(secret, headers, body, seconds=300, now=None):
    """The events of a delivery. `body` is the body as bytes, exactly as received.

    Raises WebhookError unless it was signed with this secret in the last `seconds`.
    """
    given = {name.lower(): value for name, value in headers.items()}
    event, sent = given.get("webhook-id", ""), given.get("webhook-timestamp", "")
    if not event or not sent.isdigit():
        raise WebhookError("The headers of a webhook are missing.")
    if not secret:
        raise ValueError("secret is missing")
    key = base64.b64decode(secret[len("whsec_"):] if secret.startswith("whsec_") else secret)
    if not key:
        raise ValueError("secret is missing")
    expected = base64.b64encode(hmac.new(key, f"{event}.{sent}.".encode() + body, hashlib.sha256).digest())
    signatures = given.get("webhook-signature", "").split(" ")
    if not any(hmac.compare_digest(signature.encode(), b"v1," + expected) for signature in signatures):
        raise WebhookError("The signature does not match this secret and body.")
    if abs((time.time() if now is None else now) - int(sent)) > seconds:
        raise WebhookError("The delivery is too old.")
    return json.loads(body)


def _segment(text):
    # Any of these would be the address of something else, such as the list.
    if text in ("", ".", ".."):
        raise ValueError(f"Not an id: {text!r}")
    return quote(text, safe="")


def _read(answer):
    kind = answer.headers.get_content_type() if answer.headers.get("Content-Type") else "no media type"
    data = answer.read()
    if not data and answer.status == 204:
        return None
    try:
        if kind in ("text/csv", "text/plain"):
            return data.decode()
        value = json.loads(data) if kind.endswith("json") else None
    except ValueError:
        value = None
    if isinstance(value, (dict, list)):
        return value
    words = f"This is not an answer of the service ({kind}): check the host, and whether a proxy wants a login."
    raise ArraydropError(answer.status, {"detail": words}, answer.headers)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """The service never redirects: whatever does must not get the key, nor make a GET of a POST."""

    def redirect_request(self, *_):
        return None


_opener = urllib.request.build_opener(_NoRedirects)


def _open(request):
    try:
        return _opener.open(request, timeout=_TIMEOUT_SECONDS)
    except urllib.error.HTTPError as error:
        text = error.read()
        try:
            body = json.loads(text)
        except ValueError:
            body = text.decode(errors="replace")
        raise ArraydropError(error.code, body, error.headers) from None


# What urllib throws when there is no answer, or not all of one. A disk that is full is neither.
_SILENCE = (
    urllib.error.URLError,
    ConnectionError,
    socket.timeout,
    ssl.SSLError,
    EOFError,
    http.client.HTTPException,
)


def _unanswered(url, error):
    origin = urlsplit(url)
    words = f"{origin.scheme}://{origin.netloc} does not answer: {getattr(error, 'reason', None) or error!r}"
    return ArraydropError(0, {"detail": words}, {})


def _words_of(status, body, headers):
    if isinstance(body, dict) and "detail" in body:
        return body["detail"]
    if isinstance(body, (dict, list)):
        return json.dumps(body)
    to = urlsplit(headers.get("Location") or "")
    if 300 <= status < 400 and to.netloc:
        return f"It redirects to {to.scheme}://{to.netloc}: check the host."
    return "The answer is not JSON."


def _seconds_of(retry_after, date):
    """`Retry-After` in seconds: written so, or as a date, which is read by the clock of whoever wrote it."""
    if retry_after is None or retry_after.isdigit():
        return None if retry_after is None else int(retry_after)
    try:
        at = email.utils.parsedate_to_datetime(retry_after).timestamp()
    except (TypeError, ValueError):
        return None
    try:
        now = email.utils.parsedate_to_datetime(date).timestamp()
    except (TypeError, ValueError, AttributeError):
        now = time.time()
    return max(0, at - now)


def _size_of(file):
    try:
        return os.path.getsize(file)
    except OSError:
        return 0
