// Suggestions below the search box: a combobox with a listbox (WAI-ARIA 1.2). The box works without it.

// Milliseconds without a key before asking.
const WAIT = 120;
const NAMES = { label: "名称", project: "项目", account: "科目", department: "部门", table: "表" };

const box = document.getElementById("q");
const form = box.form;
const list = document.createElement("ul");
// What a screen reader hears.
const told = document.createElement("p");
let timer = 0;
// The request under way.
let asking = null;
// Whether an input method is at work on the text.
let composing = false;
let chosen = -1;
// What stood in the box before an arrow key took a suggestion.
let typed = box.value;
// The text that the suggestions complete.
let completed = "";

list.id = "suggestions";
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", "可能要找的");
list.hidden = true;
told.className = "hidden";
told.setAttribute("role", "status");
form.append(list, told);
box.setAttribute("role", "combobox");
box.setAttribute("aria-autocomplete", "list");
box.setAttribute("aria-controls", list.id);
box.setAttribute("aria-expanded", "false");

function stop() {
  clearTimeout(timer);
  asking?.abort();
  asking = null;
}

function close() {
  stop();
  list.hidden = true;
  chosen = -1;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

function later() {
  stop();
  typed = box.value;
  timer = setTimeout(ask, WAIT);
}

async function ask() {
  stop();
  const caret = Array.from(box.value.slice(0, box.selectionStart)).length;
  if (!caret || composing) return close();
  const request = asking = new AbortController();
  const asked = new URLSearchParams({ q: box.value, at: caret });
  try {
    const answer = await fetch(`${form.dataset.suggest}?${asked}`, { signal: request.signal });
    if (!answer.ok) return close();
    const found = await answer.json();
    if (request !== asking || document.activeElement !== box) return;
    completed = box.value;
    show(found.suggestions);
  } catch (error) {
    if (error.name !== "AbortError") close();
  }
}

function show(suggestions) {
  if (!suggestions.length) {
    told.textContent = "";
    return close();
  }
  list.replaceChildren(...suggestions.map(option));
  list.hidden = false;
  chosen = -1;
  box.setAttribute("aria-expanded", "true");
  box.removeAttribute("aria-activedescendant");
  told.textContent = `${suggestions.length} 个建议，用上下键选择`;
}

function option(suggestion, number) {
  const item = document.createElement("li");
  item.id = `suggestion-${number}`;
  item.dataset.query = suggestion.query;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  const label = document.createElement("span");
  label.textContent = suggestion.label;
  const kind = document.createElement("span");
  kind.className = "kind";
  kind.textContent = `${NAMES[suggestion.kind]} ${suggestion.count.toLocaleString("zh-CN")}`;
  item.append(label, " ", kind);
  return item;
}

// Mark the suggestion `number` and put its query into the box; -1 brings back what was typed.
function choose(number) {
  stop();
  list.children[chosen]?.setAttribute("aria-selected", "false");
  chosen = number;
  const item = list.children[number];
  box.value = item ? item.dataset.query : typed;
  if (!item) return box.removeAttribute("aria-activedescendant");
  item.setAttribute("aria-selected", "true");
  item.scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", item.id);
}

box.addEventListener("compositionstart", () => { composing = true; close(); });
box.addEventListener("compositionend", () => { composing = false; later(); });
box.addEventListener("input", (event) => { if (!composing && !event.isComposing) later(); });
box.addEventListener("blur", close);
form.addEventListener("submit", close);

box.addEventListener("keydown", (event) => {
  // Keys of an input method (keyCode 229 in browsers that do not say isComposing) are its own.
  if (composing || event.isComposing || event.keyCode === 229) return;
  const open = !list.hidden;
  const count = list.children.length;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const outdated = open && chosen < 0 && box.value !== completed;
    if (!open || outdated) {
      if (box.value && (outdated || event.key === "ArrowDown")) { event.preventDefault(); ask(); }
      return;
    }
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    choose((chosen + 1 + step + count + 1) % (count + 1) - 1);
  } else if (event.key === "Escape" && open) {
    event.preventDefault();
    choose(-1);
    close();
  }
});

// Before the box loses the focus, which closes the list.
list.addEventListener("mousedown", (event) => event.preventDefault());
list.addEventListener("click", (event) => {
  const item = event.target.closest("[role=option]");
  if (!item) return;
  box.value = item.dataset.query;
  form.requestSubmit();
});
