import { mountSearch } from "../search-dialog.js";

/** The script of the search, which a page loads when its reader asks for it. */
mountSearch();
