// Places in a page without Python: texts such as three_blobs:K3:s18:full:h4, read with the words that Python has.

const HEAD = /^\w+:K\d+:s\d+:[a-z]+(:[^:\s]+)*$/;
const isPlace = (text) => HEAD.test(text);

// What a place says; `own` is true where the reader's own points or means stand in it. An error says what is wrong.
function readPlace(text, { words, plain }) {
  const given = text.trim();
  if (!isPlace(given)) throw new Error(`a place looks like three_blobs:K3:s18:full:h4, not like '${given}'`);
  const [data, K, seed, covariance, ...rest] = given.split(":");
  const values = { ...plain, data, K: Number(K.slice(1)), seed: Number(seed.slice(1)), covariance };
  const found = { values, index: 1, hidden: [], own: false };
  for (const part of rest) {
    const [name, listed] = part.split("=");
    if (part in words) values[words[part][0]] = words[part][1];
    else if (/^h\d+$/.test(part)) found.index = Number(part.slice(1));
    else if (name === "hide" && listed) found.hidden = listed.replaceAll("_", " ").split(",");
    else if ((name === "points" || name === "means") && listed) found.own = true;
    else throw new Error(`'${part}' is no part of a place`);
  }
  return found;
}

// The place of a stored picture, with the speed and the hidden controls of now.
function placeHere(text, { words }, speed, hidden) {
  if (!text) return text;
  const says = (part, name) => words[part]?.[0] === name;
  const parts = text.split(":").filter((part) => !says(part, "speed") && !part.startsWith("hide="));
  const said = Object.keys(words).filter((word) => says(word, "speed") && words[word][1] === speed);
  const hide = hidden.length ? [`hide=${hidden.join(",").replaceAll(" ", "_")}`] : [];
  return [...parts.slice(0, -1), ...said, ...hide, parts.at(-1)].join(":");
}

export default { isPlace, readPlace, placeHere };
