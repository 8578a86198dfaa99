// The enforced rate: a maximum number of calls for a Page in any period of one second.
// Source: https://developers.facebook.com/documentation/business-messaging/messenger-platform/overview/rate-limiting

const SPAN_MS = 1000;

export class RateLimit {
  #limits;
  #now;
  #times = new Map();

  /**
   * @param {number | { text?: number, media?: number } | undefined} perSecond audio and video have
   * a separate limit
   * @param {() => number} now milliseconds
   */
  constructor(perSecond, now) {
    this.#now = now;
    this.#limits = typeof perSecond === "number" ? { text: perSecond } : (perSecond ?? {});
    for (const limit of Object.values(this.#limits)) {
      if (!(limit > 0)) {
        throw new TypeError(
          "perSecond must be a number above 0, or { text, media } with such numbers",
        );
      }
    }
  }

  reset() {
    this.#times.clear();
  }

  admit({ page, params }) {
    const type = params.message?.attachment?.type;
    const kind =
      this.#limits.media !== undefined && (type === "audio" || type === "video") ? "media" : "text";
    const limit = this.#limits[kind] ?? Infinity;
    const key = `${kind} ${page}`;
    const now = this.#now();
    const recent = (this.#times.get(key) ?? []).filter((time) => time > now - SPAN_MS);
    const admitted = recent.length < limit;
    if (admitted && limit !== Infinity) {
      recent.push(now);
    }
    this.#times.set(key, recent);
    return admitted;
  }
}
