// Seeded random numbers: the same seed gives the same day.

/** sfc32: numbers from 0 (included) to 1 (not). https://pracrand.sourceforge.net/ */
export function seeded(seed) {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = 0xb7e15162;
  let d = seed | 0;
  const next = () => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let warmUp = 0; warmUp < 16; warmUp += 1) {
    next();
  }
  return next;
}

/** Draws an index with the probability of its weight, in constant time (Vose's alias method). */
export function weighted(weights, random) {
  const { length } = weights;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const share = Float64Array.from(weights, (weight) => (weight * length) / total);
  const alias = new Int32Array(length);
  const small = [];
  const large = [];
  share.forEach((value, index) => {
    (value < 1 ? small : large).push(index);
  });
  while (small.length > 0 && large.length > 0) {
    const less = small.pop();
    const more = large.pop();
    alias[less] = more;
    share[more] -= 1 - share[less];
    (share[more] < 1 ? small : large).push(more);
  }
  // The rest are 1, except for rounding errors.
  for (const index of [...small, ...large]) {
    share[index] = 1;
  }
  return () => {
    const at = random() * length;
    const index = at | 0;
    return at - index < share[index] ? index : alias[index];
  };
}

/** Draws from a log-normal distribution, with a table of its quantiles. */
export function logNormal(median, sigma, random) {
  const size = 4096;
  const table = Float64Array.from(
    { length: size },
    (_, index) => median * Math.exp(sigma * quantile((index + 0.5) / size)),
  );
  const draw = () => table[(random() * size) | 0];
  draw.mean = table.reduce((sum, value) => sum + value, 0) / size;
  return draw;
}

/** The quantile of the standard normal distribution (Acklam's approximation, to nine digits). */
function quantile(p) {
  const a = [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
    2.506628277459239,
  ];
  const b = [
    -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972,
    -13.28068155288572,
  ];
  const c = [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
    4.374664141464968, 2.938163982698783,
  ];
  const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];
  const tail = (q) =>
    (((((c[0] * q + c[1]) * q + c[2]) * q + c[3]) * q + c[4]) * q + c[5]) /
    ((((d[0] * q + d[1]) * q + d[2]) * q + d[3]) * q + 1);
  if (p < 0.02425) {
    return tail(Math.sqrt(-2 * Math.log(p)));
  }
  if (p > 1 - 0.02425) {
    return -tail(Math.sqrt(-2 * Math.log(1 - p)));
  }
  const q = p - 0.5;
  const r = q * q;
  return (
    ((((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * q) /
    (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1)
  );
}
