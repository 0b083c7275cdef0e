import { pythonString } from "../../../../scripts/emit/escape.js";
import { type SampleWriter, wireParameters } from "./sample.js";

/** A Python 3 program that makes a call with the standard library. It sends a form, which keeps keys out of URLs. */
export const pythonSample: SampleWriter = (data, { baseUrl, environmentPrefix: prefix }, parameters) => {
  const { result } = data.client;
  const pairs = [...wireParameters(data, parameters)];
  const shown = result === "" ? "response" : `response.get(${pythonString(result)})`;
  return `import hashlib
import json
import os
import sys
import urllib.parse
import urllib.request

base_url = os.environ.get("${prefix}_BASE_URL", ${pythonString(baseUrl)})
private_key = os.environ["${prefix}_PRIVATE_KEY"]
params = {
${pairs.map(([name, value]) => `    ${pythonString(name)}: ${pythonString(value)},\n`).join("")}    "PublicKey": os.environ["${prefix}_PUBLIC_KEY"],
}

# SHA-1 of all parameters, sorted by name, and the private key.
pairs = "".join(name + params[name] for name in sorted(params))
digest = hashlib.sha1((pairs + private_key).encode())
params["Signature"] = digest.hexdigest()

form = urllib.parse.urlencode(params).encode()
with urllib.request.urlopen(base_url, form) as body:
    response = json.load(body)
if str(response["RetCode"]) != "0":
    sys.exit(f"RetCode {response['RetCode']}: {response.get('Message')}")
print(json.dumps(${shown}, indent=2, ensure_ascii=False))
`;
};
