// The export page as a dialog over the answer; without this file the link leads to the page.

const link = document.querySelector(".export");

link?.addEventListener("click", async (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  try {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    open(document.importNode(page.getElementById("export"), true));
  } catch {
    location.assign(link.href);
  }
});

function open(content) {
  const dialog = document.createElement("dialog");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "close";
  close.textContent = "关闭";
  close.addEventListener("click", () => dialog.close());
  dialog.setAttribute("aria-labelledby", "export-title");
  dialog.append(close, content);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  dialog.showModal();
}
