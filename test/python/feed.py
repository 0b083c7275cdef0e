"""Reads Atom feeds, each a JSON string on a line of the input, and writes what a reader shows of each as JSON."""

import json
import sys
import xml.etree.ElementTree as tree

ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"

for line in sys.stdin:
    feed = tree.fromstring(json.loads(line).encode())
    entries = [
        {
            "id": entry.findtext(ATOM + "id"),
            "title": entry.findtext(ATOM + "title"),
            "updated": entry.findtext(ATOM + "updated"),
            "link": entry.find(ATOM + "link").get("href"),
            "text": [
                " ".join("".join(element.itertext()).split())
                for element in entry.find(ATOM + "content").iter()
                if element.tag in [XHTML + "h3", XHTML + "li", XHTML + "p"]
            ],
            "links": [element.get("href") for element in entry.iter(XHTML + "a")],
        }
        for entry in feed.iter(ATOM + "entry")
    ]
    links = [element.get("href") for element in feed.findall(ATOM + "link")]
    print(json.dumps({"id": feed.findtext(ATOM + "id"), "title": feed.findtext(ATOM + "title"), "links": links, "entries": entries}))
