// Comforts only: every page works without this file.

// A button beside each citation copies it.
for (const cite of document.querySelectorAll(".citation cite")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "复制引文";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(cite.textContent);
    button.textContent = "已复制";
    setTimeout(() => { button.textContent = "复制引文"; }, 1500);
  });
  cite.after(" ", button);
}

// "/" goes to the search box.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    document.getElementById("q").select();
  }
});
