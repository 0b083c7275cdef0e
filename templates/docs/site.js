// Built from templates/docs/script by `npm run build:site`. Do not edit.
"use strict";(()=>{document.documentElement.classList.add("js");})();
