
// Argument maps: the drawing moves into the dialog, where it can be moved, zoomed and searched.

const mapDialog = byId("map");
const canvas = byId("canvas");
const choice = byId("map-choice");
const mapFind = byId("map-find");
const homes = new Map(all("details.map").map((home) => [home.id.slice("map-".length), home]));
let shown = null;
let view = { x: 0, y: 0, scale: 1 };
let found = [];
let current = -1;

for (const [name, home] of homes) choice.append(new Option(home.dataset.title, name));
if (!homes.size) byId("open-map").hidden = true;

function place() {
  const width = canvas.clientWidth / view.scale;
  const height = canvas.clientHeight / view.scale;
  // Some of the drawing always stays in sight.
  view.x = Math.min(Math.max(view.x, 80 - width), shown.width - 80);
  view.y = Math.min(Math.max(view.y, 80 - height), shown.height - 80);
  shown.svg.setAttribute("viewBox", `${view.x} ${view.y} ${width} ${height}`);
}

function zoom(factor, at = { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 }) {
  const scale = Math.min(Math.max(view.scale * factor, 0.05), 6);
  view.x += at.x / view.scale - at.x / scale;
  view.y += at.y / view.scale - at.y / scale;
  view.scale = scale;
  place();
}

function start() {
  view = { x: 0, y: 0, scale: Math.min(1, Math.max(0.6, canvas.clientWidth / shown.width)) };
  place();
}

function whole() {
  const scale = Math.min(canvas.clientWidth / shown.width, canvas.clientHeight / shown.height);
  view = { scale, x: (shown.width - canvas.clientWidth / scale) / 2, y: 0 };
  place();
}

function putBack() {
  if (!shown) return;
  shown.svg.setAttribute("viewBox", `0 0 ${shown.width} ${shown.height}`);
  for (const node of all(".match, .current", shown.svg)) node.classList.remove("match", "current");
  shown.svg.classList.remove("searched");
  shown.home.append(shown.svg);
  shown = null;
}

function showMap(name) {
  putBack();
  const home = homes.get(name).querySelector(".drawing");
  const svg = home.querySelector("svg");
  shown = { svg, home, width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
  choice.value = name;
  canvas.replaceChildren(svg);
  openDialog(mapDialog, mapDialog.open ? choice : canvas);
  start();
  search();
}

function centre(node) {
  const box = node.getBBox();
  const matrix = node.getCTM();
  const onScreen = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2).matrixTransform(matrix);
  view.x += (onScreen.x - canvas.clientWidth / 2) / view.scale;
  view.y += (onScreen.y - canvas.clientHeight / 2) / view.scale;
  place();
}

function search() {
  const wanted = plainly(mapFind.value);
  found = [];
  current = -1;
  for (const node of all("[data-node]", shown.svg)) {
    const isMatch = wanted !== "" && plainly(`${node.dataset.node} ${node.querySelector("title").textContent}`).includes(wanted);
    node.classList.toggle("match", isMatch);
    node.classList.remove("current");
    if (isMatch) found.push(node);
  }
  shown.svg.classList.toggle("searched", wanted !== "");
  byId("map-count").textContent = wanted === "" ? "" : found.length ? `${found.length} found` : "nothing found";
}

function nextMatch() {
  if (!found.length) return;
  if (current >= 0) found[current].classList.remove("current");
  current = (current + 1) % found.length;
  found[current].classList.add("current");
  const name = all(".name", found[current]).map((line) => line.textContent).join(" ");
  byId("map-count").textContent = `${current + 1} of ${found.length}: ${name}`;
  view.scale = Math.max(view.scale, 0.9);
  place();
  centre(found[current]);
}

const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const zooms = { "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: start };

canvas.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in moves) {
    view.x += moves[event.key][0] * 80 / view.scale;
    view.y += moves[event.key][1] * 80 / view.scale;
    place();
  } else if (event.key in zooms) zooms[event.key]();
  else return;
  event.preventDefault();
});

canvas.addEventListener("wheel", (event) => {
  event.preventDefault();
  const frame = canvas.getBoundingClientRect();
  if (event.ctrlKey) {
    zoom(Math.exp(-event.deltaY / 300), { x: event.clientX - frame.left, y: event.clientY - frame.top });
  } else {
    view.x += event.deltaX / view.scale;
    view.y += event.deltaY / view.scale;
    place();
  }
}, { passive: false });

const fingers = new Map();
let travelled = 0;
canvas.addEventListener("pointerdown", (event) => {
  fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  travelled = 0;
});
canvas.addEventListener("pointermove", (event) => {
  const before = fingers.get(event.pointerId);
  if (!before) return;
  const now = { x: event.clientX, y: event.clientY };
  const other = [...fingers].filter(([id]) => id !== event.pointerId).map(([, point]) => point)[0];
  travelled += Math.hypot(now.x - before.x, now.y - before.y);
  // A pointer is captured only once it moves, so that a click still reaches the box below it.
  if (travelled > 4) canvas.setPointerCapture(event.pointerId);
  view.x -= (now.x - before.x) / view.scale / fingers.size;
  view.y -= (now.y - before.y) / view.scale / fingers.size;
  fingers.set(event.pointerId, now);
  if (other) {
    const frame = canvas.getBoundingClientRect();
    const middle = { x: (now.x + other.x) / 2 - frame.left, y: (now.y + other.y) / 2 - frame.top };
    zoom(Math.hypot(now.x - other.x, now.y - other.y) / Math.hypot(before.x - other.x, before.y - other.y), middle);
  } else place();
});
for (const end of ["pointerup", "pointercancel"]) {
  canvas.addEventListener(end, (event) => fingers.delete(event.pointerId));
}

const anchorsOf = (node) => [`argument-${node}`, `hinge-${node}`, `cell-${node.replace("/", "-")}`];
canvas.addEventListener("click", (event) => {
  if (travelled > 4) {
    event.preventDefault();
    return;
  }
  const link = event.target.closest("a");
  if (link) {
    event.preventDefault();
    const target = byId(link.getAttribute("href").slice(1));
    if (target) centre(target);
    return;
  }
  const node = event.target.closest("[data-node]");
  const anchor = node && anchorsOf(node.dataset.node).find((name) => cardOf(name));
  if (anchor) show(anchor);
});

const buttons = { in: () => zoom(1.25), out: () => zoom(0.8), reset: start, all: whole };
for (const button of all("[data-zoom]")) button.addEventListener("click", buttons[button.dataset.zoom]);
choice.addEventListener("change", () => showMap(choice.value));
mapFind.addEventListener("input", search);
byId("map-tools").addEventListener("submit", (event) => {
  event.preventDefault();
  nextMatch();
});
mapDialog.addEventListener("close", putBack);
addEventListener("resize", () => shown && place());
byId("open-map").addEventListener("click", () => showMap(choice.value));

// On the page a button stands for each drawing.
for (const [name, home] of homes) {
  const button = make("button", "Explore the argument map", "to-map");
  button.type = "button";
  button.append(make("span", `: ${home.dataset.title}`, "unseen"));
  button.addEventListener("click", () => showMap(name));
  home.before(button);
  home.hidden = true;
}
