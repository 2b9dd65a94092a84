// Slides that do not fit on the screen are parted, between their paragraphs, pictures and list entries.

const ROOM = 664; // pixels of a slide's contents

const bottomOf = (node, section) => node.getBoundingClientRect().bottom - section.getBoundingClientRect().top;

// Move what lies below the screen's end into a slide of its own, and that in turn.
function part(section) {
  const over = [...section.children].find((child) => child.tagName !== "ASIDE" && bottomOf(child, section) > ROOM);
  if (!over) return;
  const cut = withHeading(over === section.firstElementChild ? cutWithin(over, section) : over);
  if (!cut) return; // one thing larger than the screen: it scrolls
  const next = section.cloneNode(false);
  const rest = shellAround(cut, section);
  next.append(...rest);
  section.after(next);
  part(next);
}

// A heading stays with what follows it.
function withHeading(cut) {
  const before = cut?.previousElementSibling;
  return before?.matches("h1, h2, h3") && before.previousElementSibling ? before : cut;
}

// Of something too tall, the first of its own parts that does not fit; none where that is the first one.
function cutWithin(node, section) {
  if (node.matches("pre")) return cutLines(node, section);
  if (!node.matches(".words, .fragment, .picture, .code, .output, .highlight, ul, ol")) return null;
  const child = [...node.children].find((one) => bottomOf(one, section) > ROOM);
  if (!child) return null;
  if (child !== node.firstElementChild) return child;
  return cutWithin(child, section);
}

// Of code, a box of the lines that do not fit; none where that is the first one.
function cutLines(pre, section) {
  const range = document.createRange();
  range.selectNodeContents(pre);
  const texts = document.createTreeWalker(pre, NodeFilter.SHOW_TEXT);
  let last = null; // the end of a line that fits
  for (let text = texts.nextNode(); text; text = texts.nextNode())
    for (let at = text.data.indexOf("\n"); at >= 0; at = text.data.indexOf("\n", at + 1)) {
      range.setEnd(text, at);
      if (bottomOf(range, section) > ROOM - 10) return last && boxOfRest(pre, range, ...last);
      last = [text, at + 1];
    }
  return last && boxOfRest(pre, range, ...last);
}

function boxOfRest(pre, range, text, at) {
  range.setStart(text, at);
  range.setEndAfter(pre.lastChild);
  const box = pre.cloneNode(false);
  box.append(range.extractContents());
  pre.after(box);
  return box;
}

// All from `cut` on, inside copies of the elements that hold it.
function shellAround(cut, section) {
  const following = (node) => {
    const found = [];
    for (let one = node.nextSibling; one; one = one.nextSibling) found.push(one);
    return found;
  };
  let moved = [cut, ...following(cut)];
  for (let holder = cut.parentElement; holder !== section; holder = holder.parentElement) {
    const copy = holder.cloneNode(false);
    copy.removeAttribute("id");
    if (copy.tagName === "OL") copy.start = holder.start + [...holder.children].indexOf(moved[0]);
    const later = following(holder);
    copy.append(...moved);
    moved = [copy, ...later];
  }
  return moved;
}

const isEmpty = (section) =>
  [...section.children].every(
    (child) => child.tagName === "ASIDE" || !(child.textContent.trim() || child.querySelector("img, canvas")),
  );

// A slide on which nothing is left; its notes are those of the one before.
function drop(section) {
  const stack = section.parentElement;
  (section.previousElementSibling ?? stack.previousElementSibling)?.append(...section.querySelectorAll("aside"));
  section.remove();
  if (stack.tagName === "SECTION" && !stack.children.length) stack.remove();
}

function leaves() {
  return [...document.querySelectorAll(".slides section")].filter((one) => !one.querySelector("section"));
}

// Once the picture of a film is there, it has its height.
function drawn(stage) {
  return new Promise((resolve) => {
    const look = () => (stage.dataset.shown === undefined ? requestAnimationFrame(look) : resolve());
    look();
  });
}

async function present(seconds) {
  await globalThis.gmmStarted;
  await Promise.all([...document.querySelectorAll(".gmm-stage")].map(drawn));
  await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
  document.querySelectorAll("details.of-picture").forEach((code) => code.remove());
  leaves().filter(isEmpty).forEach(drop);
  leaves().forEach(part);
  document.querySelector(".slides").classList.remove("gmm-measured");
  Reveal.initialize({
    ...{ width: 1280, height: 720, margin: 0, center: false, hash: true, slideNumber: "c/t" },
    ...{ transition: "none", plugins: [RevealNotes], totalTime: seconds, keyboardCondition: notInAStage },
  });
}

const notInAStage = () => !document.activeElement?.closest(".gmm-stage");

export default { present };
