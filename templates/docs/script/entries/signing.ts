import { mountCalculator } from "../calculator/calculator.js";

/** The script of the page about signing. */
addEventListener("DOMContentLoaded", mountCalculator);
