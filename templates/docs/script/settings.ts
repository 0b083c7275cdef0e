import { element } from "./dom.js";
import { changeLanguage, current, type Language, t } from "./messages.js";

/** Reads a setting of the reader; `null` where storage is not available. */
function read(name: string): string | null {
  try {
    return localStorage.getItem(`docs.${name}`);
  } catch {
    return null;
  }
}

function write(name: string, value: string): void {
  try {
    localStorage.setItem(`docs.${name}`, value);
  } catch {
    // The setting then lasts until the page is left.
  }
}

const themes = ["", "light", "dark"] as const;
const themeLabels = { "": "Theme: automatic", light: "Theme: light", dark: "Theme: dark" };
const themeSigns = { "": "◐", light: "☀", dark: "☾" };

type Theme = (typeof themes)[number];

/** Applies the stored theme. Runs before the page is painted. */
export function applyTheme(theme: string | null = read("theme")): void {
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

/** Adds the switches for theme and language to the header, and applies the stored language. */
export function mountSettings(): void {
  const theme = element("button", { class: "button theme", type: "button" });
  const language = element("button", { class: "button language", type: "button" });
  const label = () => {
    const chosen = (document.documentElement.dataset.theme ?? "") as Theme;
    theme.textContent = themeSigns[chosen];
    theme.ariaLabel = theme.title = t(themeLabels[chosen]);
    const other = current() === "en" ? "zh" : "en";
    language.textContent = other === "zh" ? "中文" : "English";
    language.lang = other;
  };
  const choose = async (chosen: Language) => {
    await changeLanguage(chosen);
    label();
  };
  theme.onclick = () => {
    const index = themes.indexOf((document.documentElement.dataset.theme ?? "") as Theme);
    const next = themes[(index + 1) % themes.length] ?? "";
    write("theme", next);
    applyTheme(next);
    label();
  };
  language.onclick = () => {
    const other = current() === "en" ? "zh" : "en";
    write("language", other);
    void choose(other);
  };
  document.querySelector(".bar")?.append(element("div", { class: "settings" }, language, theme));
  label();
  const stored = read("language");
  const wanted = stored === "en" || stored === "zh" ? stored : current();
  // What scripts add is in English until the messages are loaded.
  if (wanted !== "en" || current() !== "en") void choose(wanted);
}
