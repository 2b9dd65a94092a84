"""What a page says to readers who do not see it, and what axe-core finds."""

RUN_AXE = """async (node) => {
  const { violations } = await axe.run(node, { resultTypes: ["violations"] });
  return violations.filter(({ impact }) => ["serious", "critical"].includes(impact)).flatMap(
    ({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}"""
WITHOUT_WORDS = """() => {
  const words = (one) => one.getAttribute(one.tagName === "IMG" ? "alt" : "aria-label") ?? "";
  const pictures = [...document.querySelectorAll("img, canvas")];
  return pictures.filter((one) => words(one).length < 20).map((one) => one.outerHTML.slice(0, 200));
}"""


def faults(page, axe, node):
    """What axe-core calls serious or critical in a part of a page, with its folds open."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe.read_text(encoding="utf-8"))
    node.evaluate("(node) => node.querySelectorAll('details').forEach((one) => (one.open = true))")
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")  # or a colour is on its way
    return node.evaluate(RUN_AXE)


def without_words(page):
    """The pictures of a page, still and live, that have no alternative text."""
    return page.evaluate(WITHOUT_WORDS)
