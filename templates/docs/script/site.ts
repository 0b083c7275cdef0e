/** The script of every page. Pages are complete without it. */
document.documentElement.classList.add("js");
