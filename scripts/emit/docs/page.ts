import type { Brand, GeneratedFile } from "../../model/api-model.js";
import { Html } from "../markup.js";
import type { Templates } from "../templates.js";

/** A page of the reference, as HTML and as Markdown with the same content. */
export interface Page {
  /** Path in the reference without extension: `umem/DescribeUMemBackupURL`. */
  readonly path: string;
  readonly title: string;
  /** One sentence for search engines; can be empty. */
  readonly description: string;
  /** Name of the templates of the content, `templates/docs/<template>.html.hbs` and `.md.hbs`. */
  readonly template: string;
  /** What the templates of the content print. */
  readonly view: object;
  /** Name of its script besides the one of every page; `undefined` if it has none. */
  readonly script?: "action" | "errors" | "signing";
  /** List of pages beside the content; `undefined` if there is none. */
  readonly navigation?: Html;
  /** Whether its head links to the feed of releases. */
  readonly hasFeed?: boolean;
  /** Whether the URL of the site's root is absolute, for a page that is shown at any URL. */
  readonly isAnywhere?: boolean;
}

/** Prints a page and its Markdown twin. */
export function emitPage(brand: Brand, page: Page, templates: Templates): GeneratedFile[] {
  const { path, template, view, navigation } = page;
  const root = page.isAnywhere ? brand.docs.basePath : "../".repeat(path.split("/").length - 1);
  const content = { ...view, root };
  const layout = {
    ...shell(brand),
    title: page.title,
    isHome: path === "index",
    // The titles of these pages are messages of the interface.
    isShared: !path.includes("/"),
    description: page.description,
    root,
    markdown: `${root}${path}.md`,
    script: page.script ?? "",
    hasFeed: page.hasFeed ?? false,
    canonical: brand.docs.url === "" || page.isAnywhere ? "" : urlOf(brand.docs.url, path),
    content: Html.trusted(templates.render(`docs/${template}.html.hbs`, content)),
    navigation: navigation ?? null,
  };
  return [
    { path: `docs/${path}.html`, content: templates.render("docs/layout.html.hbs", layout) },
    { path: `docs/${path}.md`, content: templates.render(`docs/${template}.md.hbs`, content) },
  ];
}

/** What every page shows around its content. */
function shell({ name, docs }: Brand) {
  const { language, consoleUrl, links, logo, endpoint } = docs;
  const connect = endpoint === "" ? "'self'" : `'self' ${new URL(endpoint).origin}`;
  return {
    brand: name,
    language,
    consoleUrl,
    links,
    hasLogo: logo !== "",
    policy:
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
      `connect-src ${connect}; form-action 'none'; base-uri 'none'`,
  };
}

/** URL that a page is published at. An index is published as its folder. */
export function urlOf(siteUrl: string, path: string): string {
  return path === "index" || path.endsWith("/index")
    ? siteUrl + path.slice(0, -"index".length)
    : `${siteUrl}${path}.html`;
}
