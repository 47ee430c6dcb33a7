
// The panel: one card of the document, opened from a cell, a name, a mark or a box of a map.

const panel = byId("panel");
const panelBody = byId("panel-body");
const trail = [];

function cardOf(anchor) {
  const place = byId(anchor);
  return place ? place.closest(".card") : null;
}

// The copy has no ids of its own, so that every id of the page stays the only one.
function copyOf(card) {
  const copy = card.cloneNode(true);
  for (const drawing of all("details.map", copy)) drawing.remove();
  for (const element of [copy, ...all("[id], [aria-labelledby]", copy)]) {
    if (element.id) element.dataset.anchor = element.id;
    element.removeAttribute("id");
    element.removeAttribute("aria-labelledby");
  }
  return copy;
}

function fill(anchor) {
  const card = cardOf(anchor);
  const copy = copyOf(card);
  const isCell = card.matches(".cell-card");
  if (!card.matches(".entry-card")) for (const part of all("details", copy)) part.open = true;
  panelBody.replaceChildren(copy);
  panelBody.scrollTop = 0;
  byId("panel-title").textContent = card.dataset.title;
  byId("panel-back").hidden = trail.length < 2;
  for (const id of ["panel-before", "panel-after"]) byId(id).hidden = !isCell;
  byId("panel-map").hidden = !card.dataset.entry || !byId(`map-${card.dataset.entry}`);
  const named = all("[data-anchor]", panelBody).find((element) => element.dataset.anchor === anchor);
  if (named && named !== copy) {
    for (let part = named.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    named.classList.add("named");
    named.scrollIntoView({ block: "center" });
  }
}

function show(anchor) {
  const card = cardOf(anchor);
  if (!card) return false;
  if (!panel.open) trail.length = 0;
  trail.push(anchor);
  fill(anchor);
  openDialog(panel);
  return true;
}

function step(by) {
  const here = cardOf(trail[trail.length - 1]);
  const order = [...new Set(rows.filter((row) => !row.hidden).map((row) => entryOf(row).replace("#entry-", "")))];
  const start = order.indexOf(here.dataset.entry);
  for (let place = start + by; place >= 0 && place < order.length; place += by) {
    const next = `cell-${order[place]}-${here.dataset.criterion}`;
    if (byId(next)) {
      trail[trail.length - 1] = next;
      fill(next);
      return;
    }
  }
}

byId("panel-back").addEventListener("click", () => {
  trail.pop();
  fill(trail[trail.length - 1]);
  byId("panel-title").focus();
});
byId("panel-before").addEventListener("click", () => step(-1));
byId("panel-after").addEventListener("click", () => step(1));
byId("panel-map").addEventListener("click", () => {
  const card = cardOf(trail[trail.length - 1]);
  const opener = openers.get(panel);
  panel.close();
  showMap(card.dataset.entry);
  openers.set(byId("map"), opener);
});

for (const link of all(".cruxmap-matrix a")) link.setAttribute("aria-haspopup", "dialog");

// Paper shows the arguments that are unfolded.
const unfold = make("button", "Unfold all arguments", "unfold");
unfold.type = "button";
unfold.setAttribute("aria-pressed", "false");
unfold.addEventListener("click", () => {
  const isOpen = unfold.getAttribute("aria-pressed") !== "true";
  unfold.setAttribute("aria-pressed", String(isOpen));
  for (const part of all(".notes details:not(.map), .statements details")) part.open = isOpen;
});
document.querySelector("#entries h2").after(unfold);

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest('a[href^="#"]:not(.skip)');
  if (link && !link.closest("svg")) {
    if (show(decodeURIComponent(link.hash.slice(1)))) event.preventDefault();
    return;
  }
  const cell = event.target.closest(".cruxmap-matrix td");
  if (cell && String(getSelection()) === "") {
    const own = cell.querySelector("a.stance");
    if (own) own.focus({ preventScroll: true });
    if (own) show(own.hash.slice(1));
  }
});
