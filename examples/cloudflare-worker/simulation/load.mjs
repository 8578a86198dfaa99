// Distributes the messages of a day over Pages and seconds, in whole numbers.

/** The number of messages of each Page in the day: whole numbers with the exact sum, the largest Page first. */
export function volumes({ messages, pages, skew }) {
  const weights = Float64Array.from({ length: pages }, (_, rank) => 1 / (rank + 1) ** skew);
  return shares(messages, weights);
}

/** Splits a whole number in proportion to weights, into whole numbers with the same sum. */
export function shares(total, weights) {
  const sum = weights.reduce((sofar, weight) => sofar + weight, 0);
  const result = new Float64Array(weights.length);
  let passed = 0;
  let given = 0;
  weights.forEach((weight, index) => {
    passed += weight;
    const due = index === weights.length - 1 ? total : Math.round((passed / sum) * total);
    result[index] = due - given;
    given = due;
  });
  return result;
}

/** Smooths the steps between hours: the mean over an hour around each second. */
export function smoothed(values) {
  const { length } = values;
  const span = Math.max(1, Math.floor(length / 24));
  let sum = 0;
  for (let offset = -Math.floor(span / 2); offset < Math.ceil(span / 2); offset += 1) {
    sum += values[(offset + length) % length];
  }
  return values.map((_, index) => {
    const mean = sum / span;
    sum += values[(index + Math.ceil(span / 2)) % length];
    sum -= values[(index - Math.floor(span / 2) + length) % length];
    return mean;
  });
}
