"""Runs contract cases (`generated/contract/`) as a client of another language would, without a line of the runtime's.

Reads one JSON object a line: {"cases": the content of a file of cases, "retCodes": [{"code", "name", "retry"}]}. Writes one a
line: the problems as strings, none if every case is correct.
"""

import base64
import json
import re
import sys
from urllib.parse import urlsplit

import sign


def requests_of(settings, case):
    """Builds the request of a case by each method, and what leads to its signature."""
    flat = sign.flat_parameters({"Action": settings["action"], **case["params"]})
    names = case.get("base64", [])
    flat = [(name, in_base64(value) if name in names else value) for name, value in flat]
    keys = settings["credentials"]
    pairs = sign.covered(flat, keys["publicKey"], case.get("securityToken"))
    signature = sign.signature(pairs, keys["privateKey"])
    query = sorted(sign.encoded([*pairs, ("Signature", signature)]))
    form = {"content-type": "application/x-www-form-urlencoded"}
    return {
        "flat": pairs,
        "stringToSign": sign.string_to_sign(pairs),
        "signature": signature,
        "GET": {"url": settings["baseUrl"], "headers": {}, "query": query, "form": []},
        "POST": {"url": settings["baseUrl"], "headers": form, "query": [], "form": query},
    }


def in_base64(text):
    return base64.b64encode(text.encode("utf-8")).decode("ascii")


def request_problems(settings, case):
    built = requests_of(settings, case)
    pairs = list(case["flat"].items())
    problems = [] if pairs == built["flat"] else [f"flat is {built['flat']}"]
    for name in ("stringToSign", "signature"):
        if case[name] != built[name]:
            problems.append(f"{name} is {built[name]}")
    for request in case["http"]:
        method = request["method"]
        if method not in ("GET", "POST"):
            problems.append(f"no client sends {method}")
        elif parts_of(request) != built[method]:
            problems.append(f"{method} is {built[method]}")
    return problems


def parts_of(request):
    url = urlsplit(request["url"])
    query = sorted(url.query.split("&")) if url.query else []
    body = request.get("body", "")
    return {
        "url": url._replace(query="").geturl(),
        "headers": request.get("headers", {}),
        "query": query,
        "form": sorted(body.split("&")) if body else [],
    }


def outcome_of(settings, case, ret_codes):
    """What a client makes of a response: {"value"} or {"error"}."""
    status, headers = case["status"], case["headers"]
    body = parsed(case["body"].encode("utf-8"))
    ret_code = integer(body.get("RetCode")) if isinstance(body, dict) else None
    error = {}
    request_id = headers.get(settings["requestIdHeader"].lower())
    if request_id is not None:
        error["requestId"] = request_id
    if "retry-after" in headers:
        error["retryAfter"] = int(headers["retry-after"]) * 1000
    safe = settings["retrySafe"]
    if ret_code is not None and ret_code != 0:
        known = next((one for one in ret_codes if one["code"] == ret_code), {"name": "", "retry": "never"})
        error.update(kind="RetCodeError", retCode=ret_code, codeName=known["name"])
        error["serverMessage"] = body.get("Message") or ""
        error["retryable"] = known["retry"] in ("always", "throttle") or (known["retry"] == "idempotent" and safe)
        return {"error": error}
    if ret_code == 0 and status < 300:
        return {"value": {**body, "RetCode": 0}}
    error["status"] = status
    if status >= 400:
        error.update(kind="HttpError", retryable=status == 429 or (status >= 500 and safe))
    else:
        error.update(kind="InvalidResponseError", retryable=safe and "location" not in headers)
    return {"error": error}


def parsed(body):
    def refuse(constant):
        raise ValueError(f"{constant} is not JSON")

    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=refuse)
    except ValueError:
        return None


def integer(value):
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]+", value):
        return int(value)
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return int(value) if is_number and value == int(value) else None


def same(a, b):
    """Equality of JSON, in which 1 is 1.0 and is not true."""
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    return isinstance(a, bool) == isinstance(b, bool) and a == b


def response_problems(settings, case, ret_codes):
    outcome = outcome_of(settings, case, ret_codes)
    expected = {name: case[name] for name in ("value", "error") if name in case}
    return [] if same(outcome, expected) else [f"the outcome is {json.dumps(outcome)}"]


def problems_of(settings, ret_codes):
    problems = []
    for case in settings["requests"]:
        problems += [f"{case['id']}: {problem}" for problem in request_problems(settings, case)]
    for case in settings["responses"]:
        problems += [f"{case['id']}: {problem}" for problem in response_problems(settings, case, ret_codes)]
    return problems


def main():
    for line in sys.stdin.buffer:
        given = json.loads(line.decode("utf-8"))
        print(json.dumps(problems_of(json.loads(given["cases"]), given["retCodes"])))


if __name__ == "__main__":
    main()
