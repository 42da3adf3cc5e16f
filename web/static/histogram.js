// Dragging over the bars of the histogram narrows to all of them. Each bar alone is a plain link.

const drawing = document.querySelector(".histogram");
const form = document.querySelector(".range");
const bars = [...drawing.querySelectorAll("a")];
let first = -1;
let last = -1;

function under(event) {
  const box = drawing.getBoundingClientRect();
  const place = Math.floor((event.clientX - box.left) / box.width * bars.length);
  return Math.min(bars.length - 1, Math.max(0, place));
}

function show() {
  const [low, high] = [Math.min(first, last), Math.max(first, last)];
  bars.forEach((bar, number) => bar.classList.toggle("held", number >= low && number <= high));
}

drawing.addEventListener("dragstart", (event) => event.preventDefault());

drawing.addEventListener("pointerdown", (event) => {
  if (event.button === 0) first = last = under(event);
});

addEventListener("pointermove", (event) => {
  if (first < 0 || under(event) === last) return;
  last = under(event);
  show();
});

addEventListener("pointercancel", () => { first = last = -1; show(); });

addEventListener("pointerup", () => {
  const [low, high] = [Math.min(first, last), Math.max(first, last)];
  first = last = -1;
  if (low === high) return;
  // The upper end of a bar belongs to the next one.
  const asked = { q: form.elements.q.value, min: bars[low].dataset.low, below: bars[high].dataset.high };
  location.assign(`${form.action}?${new URLSearchParams(asked)}`);
});
