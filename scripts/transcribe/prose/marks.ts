const gone = "(?:已?(?:废弃|弃用)|已下线|deprecated|obsolete)";
const start = new RegExp(`^[【[（(「]?\\s*${gone}`, "iu");
const end = new RegExp(`[【[（(「]\\s*${gone}[^】\\]）)」]*[】\\]）)」][\\s。.]*$`, "iu");
const own = new RegExp(
  `(?:本|该|此)(?:字段|参数|接口|API)?\\s*${gone}|this (?:field|parameter|action|interface|api) is ${gone}`,
  "iu",
);

/** Whether a description marks its own field or action as deprecated. */
export function isDeprecated(text: string): boolean {
  // In a list, a mark at the end may apply to the last value only.
  return (
    start.test(text) ||
    own.test(text) ||
    (end.test(text) && !/\n|枚举|可选值|有效值|取值|\bvalues?\b/i.test(text))
  );
}

export function mentionsDeprecation(text: string): boolean {
  return new RegExp(gone, "iu").test(text);
}

const encoded =
  /(?:使用|用|经过?|进行|以|需|转|做)\s*base64\s*(?:进行|方式)?\s*(?:编码|加密)|base64\s*(?:编码|加密|encoded|encoding)|encod(?:e|ed|ing) (?:it )?(?:in|with|as|by|using) base64/iu;

/** Whether a value is encoded in base64. */
export function isBase64(text: string): boolean {
  return (
    encoded.test(text) &&
    !/(?:无需|不需要?|不用|不要|未|非|not (?:be )?|without )\s*(?:使用|进行|经过|用|encoded? (?:in|with) )?\s*base64/iu.test(
      text,
    )
  );
}

export function mentionsBase64(text: string): boolean {
  return /base64/i.test(text);
}
