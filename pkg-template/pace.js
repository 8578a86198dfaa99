// How fast a Page may send at the moment: the rates of its lanes, the usage headers, and pauses that Graph asks for. What they
// mean is the core's to say; see src/send/pacing.rs and src/send/consequence.rs.

/**
 * Messages a second.
 * https://developers.facebook.com/documentation/business-messaging/messenger-platform/overview/rate-limiting
 * Instagram's 100: https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
const RATES = { messenger: 300, instagram: 100, media: 10 };
/** What a refusal means for the other messages, as `consequence` of the core tells it. */
const PAUSE = 1;
const SUSPECT = 2;
const STOP = 3;
/** So many refusals in a row that may be about the Page are about the Page. */
const SUSPECTS = 20;
/** So many troubles of Graph's own in a row are no matter of one message. */
const TROUBLES = 5;
const MS_PER_MINUTE = 60_000;
/** A usage of another product, advertising for example, says nothing about messages. */
const PRODUCTS = ["messenger", "instagram", "pages", undefined];

export function openPace(core, { isInstagram, perSecond }) {
  const text = { perSecond: perSecond ?? RATES[isInstagram ? "instagram" : "messenger"], share: 1, ready: [], underWay: 0 };
  // A rate that the caller gives is for all messages together. Graph fetches a video before it answers: those must not take all places.
  const media = perSecond === undefined ? { perSecond: RATES.media, share: 0.5, ready: [], underWay: 0 } : text;
  let usedPercent = 0;
  let pausedUntil = 0;
  let isProbing = false;
  let suspects = 0;
  let troubles = 0;

  const pause = (ms) => {
    if (ms > 0) {
      pausedUntil = Math.max(pausedUntil, performance.now() + ms);
    }
  };

  return {
    lanes: [...new Set([media, text])],

    /** The lane that a request belongs to. */
    laneOf(request) {
      return ["audio", "video"].includes(request.message?.attachment?.type) ? media : text;
    },

    /** How long everything has to wait; 0 or less is not at all. While it is found out whether a pause was long enough, one goes at a time. */
    waitMs: () => pausedUntil - performance.now(),
    isProbing: () => isProbing,

    /** Asks to send so many: how many may go now, or, below zero, how long to wait. */
    pass(lane, wanted) {
      lane.state ??= core.openLane();
      return core.passLane(lane.state, performance.now(), lane.perSecond, usedPercent, wanted);
    },

    /** The answer came to messages that went together. */
    answered(lane, sentAt, messages) {
      core.answeredLane(lane.state, sentAt, performance.now(), messages);
    },

    /**
     * Learns from what became of an attempt.
     * @returns {boolean} whether nothing more is to be sent
     */
    learn({ receipt, error, delayMs = 0 }, sentAt) {
      const { usage, kind, code, subcode, retryAfterMs = 0 } = receipt ?? error;
      const figures = [usage?.app, usage?.page, ...(usage?.business ?? []).filter(({ type }) => PRODUCTS.includes(type))];
      if (usage !== undefined) {
        usedPercent = Math.max(0, ...figures.flatMap((one) => [one?.callCount, one?.totalTime, one?.totalCputime]).map((percent) => percent ?? 0));
        pause(Math.max(0, ...figures.map((one) => one?.minutesToRegainAccess ?? 0)) * MS_PER_MINUTE);
      }
      const consequence = core.consequence(code ?? NaN, subcode ?? NaN);
      suspects = consequence === SUSPECT ? suspects + 1 : 0;
      troubles = kind === "transient" ? troubles + 1 : 0;
      if (consequence === PAUSE) {
        isProbing = true;
        pause(Math.max(delayMs, retryAfterMs));
      } else if (sentAt >= pausedUntil) {
        // What left before the pause tells nothing about what is behind it.
        isProbing = false;
      }
      if (troubles >= TROUBLES) {
        pause(delayMs);
      }
      return consequence === STOP || suspects >= SUSPECTS;
    },
  };
}
