
// Two rows side by side, read from their cards.

const compareDialog = byId("compare");
const first = byId("first");
const second = byId("second");

function restsOn(entry) {
  return new Map(all(".rests-on a", byId(`entry-${entry}`)).map((link) => [link.hash, link.textContent]));
}

function side(entry, criterion) {
  const cell = make("td");
  const card = byId(`cell-${entry}-${criterion}`);
  if (!card) {
    cell.append(make("p", "not assessed", "quiet"));
    return cell;
  }
  for (const part of all(".verdict, .reason, .hinges", card)) cell.append(copyOf(part));
  const more = make("a", "All arguments");
  more.href = `#${card.id}`;
  more.setAttribute("aria-label", `All arguments: ${card.dataset.title}`);
  const line = make("p");
  line.append(more);
  cell.append(line);
  return cell;
}

function compareTable(one, other) {
  const table = make("table", "", "comparison");
  table.append(make("caption", "Criterion by criterion", "unseen"));
  const head = table.createTHead().insertRow();
  for (const text of ["Criterion", ...[one, other].map((name) => byId(`entry-${name}`).dataset.title)]) {
    const cell = make("th", text);
    cell.scope = "col";
    head.append(cell);
  }
  const body = table.createTBody();
  columnBoxes.forEach((box) => {
    const cell = rows.map((row) => row.cells[Number(box.value)].querySelector("a.stance")).find((link) => link);
    if (!cell) return;
    const criterion = byId(cell.hash.slice(1)).dataset.criterion;
    const row = body.insertRow();
    const name = make("th", box.parentElement.textContent.trim());
    name.scope = "row";
    const sides = [side(one, criterion), side(other, criterion)];
    sides.forEach((item, place) => { item.dataset.side = byId(`entry-${[one, other][place]}`).dataset.title; });
    const words = sides.map((item) => item.querySelector(".said")?.textContent);
    if (words[0] !== words[1]) name.append(make("span", "they differ", "differs"));
    row.append(name, ...sides);
  });
  return table;
}

function statementList(title, links) {
  const part = make("section");
  part.append(make("h3", `${title} (${links.length})`));
  if (!links.length) part.append(make("p", "nothing recorded", "quiet"));
  const list = make("ul");
  for (const [hash, text] of links) {
    const link = make("a", text);
    link.href = hash;
    const item = make("li");
    item.append(link);
    list.append(item);
  }
  if (links.length) part.append(list);
  return part;
}

function compareRows() {
  const [one, other] = [first.value, second.value];
  const found = byId("compare-body");
  if (one === other) {
    found.replaceChildren(make("p", "Choose two different rows."));
    return;
  }
  const [mine, theirs] = [restsOn(one), restsOn(other)];
  const names = [one, other].map((name) => byId(`entry-${name}`).dataset.title);
  const rests = make("div", "", "rests");
  rests.append(
    statementList(`Only ${names[0]} rests on`, [...mine].filter(([hash]) => !theirs.has(hash))),
    statementList("Both rest on", [...mine].filter(([hash]) => theirs.has(hash))),
    statementList(`Only ${names[1]} rests on`, [...theirs].filter(([hash]) => !mine.has(hash))),
  );
  found.replaceChildren(compareTable(one, other), rests);
  found.scrollTop = 0;
}

for (const choice of [first, second]) choice.addEventListener("change", compareRows);
second.selectedIndex = Math.min(1, second.options.length - 1);
if (second.options.length < 2) byId("open-compare").hidden = true;
byId("open-compare").addEventListener("click", () => {
  compareRows();
  openDialog(compareDialog, first);
});
