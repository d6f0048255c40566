// Draws a tree of [tag, attributes, children] below one element. Text becomes text nodes only and tags and attributes are
// those listed here: whatever a notice prints can be read, and never run.
const TAGS = new Set(["a", "b", "br", "button", "caption", "del", "details", "div", "h2", "h3", "h4", "hr", "img", "ins", "li", "mark", "ol", "p", "small", "span", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul"]);
const DRAWN = new Set(["svg", "g", "rect", "line", "path", "text", "circle", "title"]);
const ATTRIBUTES = new Set(["class", "title", "id", "role", "aria-label", "open", "colspan", "rowspan", "scope", "alt", "viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "d", "text-anchor", "tabindex", "lang"]);

function build(node, choose, drawn) {
  if (typeof node === "string") return document.createTextNode(node);
  const [tag, attributes, children] = node;
  const svg = drawn || tag === "svg";
  if (!(svg ? DRAWN : TAGS).has(tag)) return document.createTextNode("");
  const element = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (ATTRIBUTES.has(name)) element.setAttribute(name, String(value));
    else if (name.startsWith("--")) element.style.setProperty(name, String(value));
    else if (name === "src" && String(value).startsWith("data:image/png;base64,")) element.src = value;
    else if (name === "go") follow(element, String(value), choose);
    else if (name === "to") element.onclick = () => reveal(element.getRootNode(), String(value));
    else if (name === "print") element.onclick = () => window.print();
  }
  for (const child of children) element.append(build(child, choose, svg));
  return element;
}

function follow(element, target, choose) {
  if (element.tagName === "A") element.setAttribute("href", "./" + target.replace(/^asking/, "").replace(/^[^a-z?]+/, ""));
  element.classList.add("go");
  if (element.tagName !== "A" && element.tagName !== "BUTTON") element.setAttribute("tabindex", "0");
  element.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.button > 0) return;
    event.preventDefault();
    choose(target);
  };
  element.onkeydown = (event) => { if (event.key === "Enter") choose(target); };
}

function reveal(root, id) {
  const found = root.getElementById ? root.getElementById(id) : root.querySelector("#" + CSS.escape(id));
  if (found) found.scrollIntoView({ block: "center" });
}

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  let host = parentElement.querySelector(".tree");
  if (!host) {
    host = document.createElement("div");
    host.className = "tree";
    parentElement.append(host);
  }
  const drawn = new TextDecoder().decode(data);
  if (host.drawn === drawn) return;
  host.drawn = drawn;
  const { nodes, focus } = JSON.parse(drawn);
  host.replaceChildren(...nodes.map((node) => build(node, (value) => setTriggerValue("chosen", value), false)));
  if (focus) requestAnimationFrame(() => setTimeout(() => reveal(host.getRootNode(), focus), 60));
}
