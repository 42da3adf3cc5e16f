// Comforts only: every page works without this file.

// A button beside each citation copies it.
for (const text of document.querySelectorAll(".citation cite, .copied")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  const name = text.matches("cite") ? "复制引文" : "复制";
  button.type = "button";
  button.className = "copy";
  button.textContent = name;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.textContent);
    button.textContent = "已复制";
    setTimeout(() => { button.textContent = name; }, 1500);
  });
  text.after(" ", button);
}

// "/" goes to the search box.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    document.getElementById("q").select();
  }
});
