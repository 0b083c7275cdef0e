"""Flattens, signs and encodes parameters as the gateway's documentation says, without a line of the runtime's.

Reads one JSON object a line: {"parameters", "publicKey", "privateKey", "securityToken"}; a number that JSON cannot hold is
{"$integer": "123"}. Writes one a line: the signed parameters as [[name, value]…] in the order of the signature, and the query.
"""

import base64
import hashlib
import json
import sys
from decimal import Decimal
from urllib.parse import parse_qsl, quote


def text_of(value):
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, float):
        # The shortest digits that read back as the same number, without an exponent.
        plain = format(Decimal(repr(value)), "f")
        if "." in plain:
            plain = plain.rstrip("0").rstrip(".")
        return "0" if plain in ("-0", "") else plain
    return str(value)


def flatten(value, name, flat):
    if value is None:
        return
    if isinstance(value, dict) and list(value) == ["$integer"]:
        flat.append((name, value["$integer"]))
    elif isinstance(value, dict):
        for key, item in value.items():
            flatten(item, f"{name}.{key}" if name else key, flat)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            flatten(item, f"{name}.{index}", flat)
    else:
        flat.append((name, text_of(value)))


def sign(case):
    flat = []
    flatten(case["parameters"], "", flat)
    flat.append(("PublicKey", case["publicKey"]))
    if case.get("securityToken") is not None:
        flat.append(("SecurityToken", case["securityToken"]))
    # Bytes of a name sort as its code points do not in every encoding; UTF-8 is the gateway's.
    flat.sort(key=lambda pair: pair[0].encode("utf-8"))
    run_together = "".join(name + value for name, value in flat) + case["privateKey"]
    signature = hashlib.sha1(run_together.encode("utf-8")).hexdigest()
    return flat + [("Signature", signature)]


def main():
    # The runtime's query is handed over in base64 beside each case, so that it is decoded here by another's rules.
    for line in sys.stdin.buffer:
        case = json.loads(line.decode("utf-8"))
        signed = sign(case)
        query = base64.b64decode(case["query"]).decode("ascii")
        decoded = sorted(parse_qsl(query, keep_blank_values=True, strict_parsing=True, max_num_fields=None))
        pairs = sorted("=".join(quote(part, safe="!~*'()") for part in pair) for pair in signed)
        response = {
            "signed": signed,
            "sameAfterDecoding": decoded == sorted(signed),
            "sameEncoding": sorted(query.split("&")) == pairs,
        }
        sys.stdout.write(json.dumps(response) + "\n")


main()
