// Reads flowcharts with the parser of Mermaid: a JSON list of texts in, a list of {title, nodes, edges} out.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import path from "node:path";

const folder = path.join(process.argv[2], "node_modules");
const load = (file) => import(pathToFileURL(path.join(folder, file)));
const { JSDOM } = createRequire(path.join(folder, "x.js"))("jsdom");
const page = new JSDOM("<!DOCTYPE html><body></body>");
globalThis.window = page.window;
for (const name of ["document", "Element", "HTMLElement", "Node", "DocumentFragment", "SVGElement"]) globalThis[name] = page.window[name];

let input = "";
for await (const chunk of process.stdin) input += chunk;
const mermaid = (await load("mermaid/dist/mermaid.core.mjs")).default;
mermaid.initialize({ startOnLoad: false, securityLevel: "strict", maxEdges: 10000, maxTextSize: 10000000 });
const found = [];
for (const text of JSON.parse(input)) {
  await mermaid.parse(text);
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const vertices = db.getVertices();
  const nodes = Object.fromEntries([...vertices.entries?.() ?? Object.entries(vertices)].map(([id, v]) => [id, v.text]));
  const edges = db.getEdges().map((e) => [e.start, e.end, e.text ?? "", e.stroke, e.type ?? ""]);
  found.push({ title: db.getAccTitle(), nodes, edges });
}
console.log(JSON.stringify(found));
