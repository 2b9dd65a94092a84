// Predictions of the next half-step.

function predictor(model, parent) {
  const row = element("div", parent, { className: "gmm-predict" });
  element("span", row, { textContent: "Predict the log-likelihood" });
  let [told, right] = [0, 0];
  const judge = (sign) => {
    const index = model.get("index");
    const [now, next] = model.get("scores").slice(index, index + 2);
    if (next === undefined) return "This is the end.";
    const gain = next - now;
    const shown = Math.abs(gain).toFixed(2);
    const small = shown === "0.00";
    const hit = Math.sign(gain) === sign || (sign === 0 && small);
    told += 1;
    right += hit ? 1 : 0;
    model.set("index", index + 1);
    model.save_changes();
    const size = small ? "less than 0.01" : shown;
    const outcome = gain === 0 ? "it stays" : `${gain > 0 ? "up" : "down"} by ${size}`;
    return `${hit ? "Right" : "No"}, ${outcome}. ${right} of ${told}.`;
  };
  for (const [name, sign] of Object.entries({ up: 1, same: 0, down: -1 })) {
    const button = element("button", row, { type: "button", textContent: name });
    button.dataset.name = `predict ${name}`;
    button.addEventListener("click", () => (verdict.textContent = judge(sign)));
  }
  const verdict = element("span", row, { className: "gmm-verdict" });
  verdict.setAttribute("aria-live", "polite");
}

export default { predictor };
