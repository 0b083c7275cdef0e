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


def flat_parameters(parameters):
    """Flat names and values, in the order of the parameters."""
    flat = []
    flatten(parameters, "", flat)
    return flat


def covered(flat, public_key, security_token=None):
    """What a signature covers, in its order."""
    flat = flat + [("PublicKey", public_key)]
    if security_token is not None:
        flat.append(("SecurityToken", security_token))
    # Bytes of a name sort as its code points do not in every encoding; UTF-8 is the gateway's.
    return sorted(flat, key=lambda pair: pair[0].encode("utf-8"))


def string_to_sign(pairs):
    """Without the private key at its end."""
    return "".join(name + value for name, value in pairs)


def signature(pairs, private_key):
    return hashlib.sha1((string_to_sign(pairs) + private_key).encode("utf-8")).hexdigest()


def encoded(pairs):
    """Percent-encoded pairs of a query or a form."""
    return ["=".join(quote(part, safe="!~*'()") for part in pair) for pair in pairs]


def sign(case):
    pairs = covered(flat_parameters(case["parameters"]), case["publicKey"], case.get("securityToken"))
    return pairs + [("Signature", signature(pairs, case["privateKey"]))]


def main():
    # The runtime's query is handed over in base64 beside each case, so that it is decoded here by another's rules.
    for line in sys.stdin.buffer:
        case = json.loads(line.decode("utf-8"))
        signed = sign(case)
        query = base64.b64decode(case["query"]).decode("ascii")
        decoded = sorted(parse_qsl(query, keep_blank_values=True, strict_parsing=True, max_num_fields=None))
        response = {
            "signed": signed,
            "sameAfterDecoding": decoded == sorted(signed),
            "sameEncoding": sorted(query.split("&")) == sorted(encoded(signed)),
        }
        sys.stdout.write(json.dumps(response) + "\n")


if __name__ == "__main__":
    main()
