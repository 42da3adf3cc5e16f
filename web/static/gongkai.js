// Comforts only: every page works without this file.

// A button beside each citation copies it, those of an answer in the form that was chosen last.
const FORMS = { plain: "一行文字", gbt7714: "GB/T 7714", bibtex: "BibTeX", csl: "CSL-JSON", markdown: "Markdown" };
const KEPT = "gongkai.citation";
const canCopy = Boolean(navigator.clipboard && window.ClipboardItem);

function chosenForm() {
  const kept = localStorage.getItem(KEPT);
  return kept in FORMS ? kept : "plain";
}

async function written(text) {
  const form = chosenForm();
  if (!text.dataset.forms || form === "plain") return text.textContent;
  const answer = await fetch(text.dataset.forms);
  const citation = (await answer.json())[form];
  return form === "csl" ? JSON.stringify([citation], null, 2) : citation;
}

for (const text of document.querySelectorAll(".citation cite, .copied")) {
  if (!canCopy) break;
  const button = document.createElement("button");
  const name = text.matches("cite") ? "复制引文" : "复制";
  button.type = "button";
  button.className = "copy";
  button.textContent = name;
  button.addEventListener("click", async () => {
    // The promise goes in as it is: some browsers let nothing be copied after waiting.
    const copied = written(text).then((line) => new Blob([line], { type: "text/plain" }));
    try {
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": copied })]);
      button.textContent = "已复制";
    } catch {
      button.textContent = "没有复制成";
    }
    setTimeout(() => { button.textContent = name; }, 1500);
  });
  text.after(" ", button);
}

const orders = document.querySelector(".answer .total");
if (canCopy && orders && document.querySelector(".citation cite[data-forms]")) {
  const label = document.createElement("label");
  const select = document.createElement("select");
  for (const [form, name] of Object.entries(FORMS)) select.add(new Option(name, form, false, form === chosenForm()));
  select.addEventListener("change", () => localStorage.setItem(KEPT, select.value));
  label.className = "form-choice";
  label.append("引文格式 ", select);
  orders.append(label);
}

// A piece of the query is edited in the box; its place counts characters, not UTF-16 units.
for (const piece of document.querySelectorAll(".chip .piece")) {
  piece.addEventListener("click", (event) => {
    event.preventDefault();
    const box = document.getElementById("q");
    const units = (count) => Array.from(box.defaultValue).slice(0, count).join("").length;
    box.value = box.defaultValue;
    box.focus();
    box.setSelectionRange(units(piece.dataset.start), units(piece.dataset.end));
  });
}

// Where the picture of a page or a table is wider than its frame, the cited figure comes into view.
for (const frame of document.querySelectorAll(".scan > a, .disclosure .scroll")) {
  const cited = frame.querySelector(".figure") ?? frame.querySelector("rect");
  if (!cited || frame.scrollWidth <= frame.clientWidth) continue;
  const box = cited.getBoundingClientRect();
  const view = frame.getBoundingClientRect();
  if (box.left >= view.left && box.right <= view.right) continue;
  frame.scrollLeft += box.left + box.width / 2 - view.left - frame.clientWidth / 2;
}

// The relations that a figure meets come in where they are asked for.
for (const mark of document.querySelectorAll("details[data-agreed]")) {
  mark.addEventListener("toggle", async () => {
    const link = mark.querySelector("p:last-child");
    try {
      const answer = await fetch(mark.dataset.agreed);
      const told = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("section.pass ul");
      if (answer.ok && told) link.replaceWith(told);
    } catch {
      // The link stays.
    }
  }, { once: true });
}

// "/" goes to the search box.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    document.getElementById("q").select();
  }
});
