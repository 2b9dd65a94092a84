// A table or formula that is wider than the page scrolls in its own box, which keys reach by Tab.

function reachWhatScrolls() {
  const reach = () => {
    for (const box of document.querySelectorAll("table, .equation"))
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
  };
  addEventListener("resize", reach);
  document.addEventListener("toggle", reach, true); // what a fold shows is laid out only then
  reach();
}

export default { reachWhatScrolls };
