/**
 * Whether a string is one that the vendor's generator of examples made: eight random letters, such as `WfTAPwME`. Eight
 * letters that consist of words and acronyms, such as `DataDisk` and `CloudSSD`, are not random.
 */
export function isRandomString(text: string): boolean {
  if (!/^[A-Za-z]{8}$/.test(text)) return false;
  const parts = text.match(new RegExp(`${short}|[A-Z]+(?![a-z])|[A-Z]?[a-z]+`, "g")) ?? [];
  return parts.join("") !== text || !parts.every((part) => isShort.test(part) || isReadable(part));
}

/** Parts of a name that are not readable, or too short to be distinguished from random letters. */
const short = "CPU|DB|EIP|GPU|IP|NIC|OS|PC|SSD|URL|VPC|My";
const isShort = new RegExp(`^(?:${short})$`);

/** Whether a word of at least three letters consists of syllables. Capitals are a word only if all eight letters are. */
function isReadable(word: string): boolean {
  return /^(?:[A-Z]?[a-z]{2,}|[A-Z]{8})$/.test(word) && syllables.test(word);
}

const beginning =
  "(?:[bcdfghjklmnpqrstvwyz]|[bcdfgkpst][lr]|[cpstgw]h|s[cklmnpqtw]|str|spr|scr|qu|kn|wr|tw)?";
const end = "(?:[bcdfgklmnprstxw]|ck|[lnr][cdgkmst]|mp|nd|ng|[cfpsx]t|s[hkps]|th|ch|ss|ll|ff|tt|wn|gh|ght)?";
const syllables = new RegExp(`^(?:${beginning}[aeiouy]{1,2}${end})+e?s?$`, "i");
