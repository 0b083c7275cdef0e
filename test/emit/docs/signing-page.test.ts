import { describe, expect, test } from "vitest";
import { signingView } from "../../../scripts/emit/docs/signing-page.js";
import { templates } from "../../support/docs-templates.js";
import { api } from "../../support/seed-action.js";

const view = signingView(api.brand, templates);
const html = templates.render("docs/signing.html.hbs", view);
const markdown = templates.render("docs/signing.md.hbs", view);

describe.each([
  ["HTML", html],
  ["Markdown", markdown],
])("the page about signing as %s", (_, page) => {
  test("contains each step of the published example", () => {
    const example =
      "ActionDescribeUHostInstanceLimit10PublicKeyucloudsomeone@example.com1296235120854146120Regioncn-bj2";
    const plain = page
      .replaceAll(/<\/?[bi]>/g, "")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">");
    expect(plain).toContain(`${example}<private key>`);
    expect(plain).toContain("cba5cf5ec4d4233d206b1b54951e3787350a642f");
    expect(plain).toMatch(
      /Limit=10&(amp;)?PublicKey=ucloudsomeone%40example\.com\d+&(amp;)?Signature=cba5cf5e/,
    );
  });

  test("shows how each kind of value is written", () => {
    for (const pair of [
      "Name=0.0000001",
      "Name=42",
      "Name=true",
      "Name.1=b",
      "Name.Size=20",
      "Name.1.Size=40",
    ])
      expect(page).toContain(pair);
    expect(page).toMatch(/not sent/);
  });

  test("has the published vectors, and a section for each mistake", () => {
    expect(view.vectors.length).toBeGreaterThan(5);
    for (const { signature } of view.vectors) expect(page).toContain(signature);
    for (const { fix } of view.mistakes) expect(page).toContain(fix.slice(0, 20));
  });
});

test("the sections that the calculator links to exist", () => {
  for (const section of ["encoding", "order", "count", "indices", "key"])
    expect(html).toContain(`id="mistake-${section}"`);
});
