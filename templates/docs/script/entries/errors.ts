import { mountExplain } from "../explain.js";

/** The script of the errors page. */
addEventListener("DOMContentLoaded", mountExplain);
