"use strict";
// Searches and sorts the tables that ask for it, and unfolds what is folded for paper.
for (const table of document.querySelectorAll("table[data-search]")) {
  const body = table.tBodies[0], rows = [...body.rows], found = document.createElement("output");
  const words = rows.map((row) => {
    const own = row.cloneNode(true);
    own.querySelectorAll(".others").forEach((each) => each.remove());
    return own.textContent.toLowerCase();
  });
  const search = document.createElement("input"), label = document.createElement("label");
  search.type = "search";
  label.append(table.dataset.search, " ", search);
  const bar = document.createElement("div");
  bar.className = "search";
  bar.append(label, " ", found);
  table.before(bar);
  search.addEventListener("input", () => {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    rows.forEach((row, at) => {
      row.hidden = !wanted.every((each) => words[at].includes(each));
      count += !row.hidden;
    });
    found.textContent = wanted.length ? count + " " + table.dataset.found : "";
  });
  const valueOf = (row, at) => {
    const cell = row.cells[at];
    if (cell.dataset.v !== undefined) return Number(cell.dataset.v);
    return cell.classList.contains("number") ? undefined : cell.textContent.trim().toLowerCase();
  };
  const compare = (one, other) =>
    typeof one === "number" ? one - other : one.localeCompare(other, document.documentElement.lang);
  [...table.tHead.rows[0].cells].forEach((heading, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.title = table.dataset.sort;
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const down = heading.getAttribute("aria-sort") === "ascending";
      for (const each of table.tHead.rows[0].cells) each.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      const keyed = rows.map((row) => [valueOf(row, at), row]);
      // What is empty or unknown stands last, whichever way.
      const known = keyed.filter(([key]) => key !== undefined && key !== "");
      const empty = keyed.filter(([key]) => key === undefined || key === "");
      known.sort(([one], [other]) => (down ? compare(other, one) : compare(one, other)));
      body.append(...[...known, ...empty].map(([, row]) => row));
    });
  });
}
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details:not([open])")];
  for (const each of folded) each.open = true;
});
addEventListener("afterprint", () => {
  for (const each of folded) each.open = false;
});
