
// The table: which rows and columns are shown, and in which order.

const table = document.querySelector(".cruxmap-matrix table");
const bodies = all("tbody", table).map((body) => ({ body, rows: all("tr", body).filter((row) => row.querySelector("td")) }));
const rows = bodies.flatMap((part) => part.rows);
const heads = all("thead th", table);
const controls = byId("controls");
const find = byId("find");
const stance = byId("stance");
const order = byId("order");
const stances = all("option", stance).map((option) => option.value);
const columnBoxes = all('input[name="column"]', controls);
let direction = "ascending";

const wordOf = (cell) => cell.querySelector(".word")?.textContent || "";
const plainly = (text) => text.toLowerCase().replace(/\s+/g, " ").trim();
const nameOf = (row) => plainly(row.querySelector("th").textContent);
const entryOf = (row) => row.querySelector(".entry-name").hash;
const shownColumns = () => columnBoxes.filter((box) => box.checked).map((box) => Number(box.value));

function filter() {
  const wanted = plainly(find.value);
  const columns = shownColumns();
  const kept = new Set();
  for (const row of rows) {
    const cells = columns.map((column) => row.cells[column]);
    for (const cell of row.cells) cell.classList.remove("hit");
    const named = nameOf(row).includes(wanted);
    // Both conditions hold of one cell, unless the name of the row already says what is looked for.
    const hits = cells.filter((cell) => wordOf(cell) && (!stance.value || wordOf(cell) === stance.value)
      && (named || plainly(cell.textContent).includes(wanted)));
    row.hidden = !hits.length && !(named && !stance.value);
    if (!row.hidden) kept.add(entryOf(row));
    if (stance.value || (wanted && !named)) for (const cell of hits) cell.classList.add("hit");
  }
  for (const part of bodies) part.body.hidden = part.rows.every((row) => row.hidden);
  for (const row of [...rows, table.tHead.rows[0]]) {
    for (const box of columnBoxes) row.cells[Number(box.value)].hidden = !box.checked;
  }
  for (const group of all("th.group", table)) group.colSpan = columns.length + 1;
  for (const box of columnBoxes) box.disabled = box.checked && columns.length === 1;
  const total = new Set(rows.map(entryOf)).size;
  byId("count").textContent = kept.size === total ? `All ${total} rows shown` : `${kept.size} of ${total} rows shown`;
  byId("clear").hidden = !wanted && !stance.value && columns.length === columnBoxes.length;
}

function compareKeys(one, other) {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one).localeCompare(String(other), "en", { numeric: true });
}

function keyOf(row, column) {
  if (column === 0) return nameOf(row);
  const cell = row.cells[column];
  const strength = cell.querySelector(".strength");
  if (strength) return Number(strength.textContent);
  return wordOf(cell) ? stances.indexOf(wordOf(cell)) : Infinity;
}

function sort(column) {
  const sign = direction === "ascending" ? 1 : -1;
  for (const part of bodies) {
    const sorted = column === null ? part.rows
      : [...part.rows].sort((one, other) => sign * compareKeys(keyOf(one, column), keyOf(other, column)));
    part.body.append(...sorted);
  }
  heads.forEach((head, place) => {
    if (place === column) head.setAttribute("aria-sort", direction);
    else head.removeAttribute("aria-sort");
  });
  order.value = column === null ? "" : String(column);
}

// On narrow screens the heads are there for screen readers only, and a list of orders replaces the buttons.
const narrow = matchMedia("(max-width: 46em)");

heads.forEach((head, column) => {
  const button = make("button", "", "sorter");
  button.type = "button";
  const place = () => {
    if (narrow.matches) head.replaceChildren(...(button.isConnected ? button : head).childNodes);
    else if (!button.isConnected) {
      button.append(...head.childNodes);
      head.append(button);
    }
  };
  place();
  narrow.addEventListener("change", place);
  button.addEventListener("click", () => {
    const again = head.getAttribute("aria-sort") === "ascending";
    direction = again ? "descending" : "ascending";
    sort(column);
  });
});

order.addEventListener("change", () => {
  direction = "ascending";
  sort(order.value === "" ? null : Number(order.value));
});
controls.addEventListener("input", filter);
controls.addEventListener("submit", (event) => event.preventDefault());
controls.addEventListener("reset", () => setTimeout(() => {
  filter();
  direction = "ascending";
  sort(null);
  find.focus();
}));
filter();
