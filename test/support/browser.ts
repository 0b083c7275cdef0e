export { startChromium } from "../../scripts/bench/chromium.js";
