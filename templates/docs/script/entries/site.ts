import { mountCopyButtons } from "../copy.js";
import { mountFilter, mountReading } from "../reading.js";
import { mountSearchLoader } from "../search-loader.js";
import { applyTheme, mountSettings } from "../settings.js";

/** The script of every page. Pages are complete without it. */
document.documentElement.classList.add("js");
applyTheme();
addEventListener("DOMContentLoaded", () => {
  mountSettings();
  mountCopyButtons();
  mountSearchLoader();
  mountFilter();
  mountReading();
});
