// Which of the stored combinations of values is shown where the one that is wanted is not there.

// `grid` holds the stored values of some controls; a combination is named by its places in it, as 2-0-1.
function combinations(grid, combined) {
  const names = Object.keys(grid);
  const stored = combined.map((name) => name.split("-").map(Number));
  const nearest = (name, value) => {
    if (typeof value !== "number") return grid[name].includes(value) ? value : undefined;
    return grid[name].reduce((one, other) => (Math.abs(other - value) < Math.abs(one - value) ? other : one));
  };
  // The next stored value, for a button that would otherwise stand still; after the last comes the first.
  const onward = (name, now, value) =>
    value > now
      ? (grid[name].find((one) => one > now) ?? grid[name][0])
      : (grid[name].findLast((one) => one < now) ?? grid[name].at(-1));
  const nameOf = (values) => names.map((name) => grid[name].indexOf(values[name])).join("-");
  // The stored combination that differs least from the values: first in what was just `changed`, then in how many.
  const closest = (values, changed) => {
    if (combined.includes(nameOf(values))) return values;
    const wanted = names.map((name) => grid[name].indexOf(values[name]));
    const cost = (places) => {
      const off = places.map((place, i) => Math.abs(place - wanted[i]));
      const differ = names.filter((name, i) => off[i]);
      const lost = differ.filter((name) => changed.includes(name)).length;
      return [lost, differ.length, off.reduce((sum, one) => sum + one, 0)];
    };
    const less = (one, other) => {
      const i = one.findIndex((part, at) => part !== other[at]);
      return i >= 0 && one[i] < other[i];
    };
    const best = stored.reduce((one, other) => (less(cost(other), cost(one)) ? other : one));
    return { ...values, ...Object.fromEntries(names.map((name, i) => [name, grid[name][best[i]]])) };
  };
  return { names, nearest, onward, nameOf, closest };
}

export default { combinations };
