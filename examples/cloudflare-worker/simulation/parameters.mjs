// What the simulation assumes. Change it here; `node simulation/run.mjs --help` lists what can be changed from outside.

/** The load of a day. Nobody publishes such figures: these are assumptions, and the report repeats them. */
export const LOAD = {
  messages: 100_000_000,
  pages: 10_000,
  seed: 1,
  /** The Page of rank r has a share in proportion to 1 / r ** skew: with 1, the largest of 10,000 Pages has a tenth of all messages. */
  skew: 1,
  /** Messages of a campaign are posted all at once; the others answer people, one by one. */
  campaignShare: 0.3,
  /** How fast a caller posts a campaign, in messages a second. */
  campaignRate: 1_000,
  campaignPost: 1_000,
  /** Audio and video, for which Meta's limit is lower. */
  mediaShare: 0.02,
  /** How many of the day's answers fall into each hour, in the largest market's time. */
  hours: [
    1.2, 0.7, 0.5, 0.4, 0.4, 0.7, 1.6, 3.0, 4.3, 5.2, 5.8, 6.2, 6.4, 6.0, 5.6, 5.5, 5.7, 6.1, 6.7,
    7.3, 7.4, 6.2, 4.3, 2.8,
  ],
  /** When campaigns start: weights of the hours; within an hour at :00, :15, :30 or :45, and some seconds. */
  campaignHours: [0, 0, 0, 0, 0, 0, 0, 1, 3, 6, 8, 5, 4, 3, 3, 4, 5, 7, 8, 6, 2, 0, 0, 0],
  campaignSpreadS: 60,
  daySeconds: 86_400,
};

/** Meta. The limits are documented for each Page; how long an answer takes is an assumption: half take 220 ms, one in a hundred a second. */
export const META = {
  textPerSecond: 300,
  mediaPerSecond: 10,
  latencyMedianS: 0.22,
  latencySigma: 0.65,
};

/**
 * The Worker of this example, as the bill sees it. Whoever changes the Worker changes these; rows are what workerd's `rowsWritten` and
 * `rowsRead` counted for its statements.
 */
export const SENDER = {
  queues: 1,
  /** Whether answers have a queue of their own, so that no campaign stands before them. */
  separateCampaigns: false,
  /** The share of Meta's limit that a Page's pace uses. */
  paceShare: 0.95,
  /** A message that would wait longer than this for its place goes back to the queue, until its place comes, but for `longestRetryS` at most. */
  holdS: 5,
  longestRetryS: 900,
  /** How long the queue waits for a batch to fill. */
  batchTimeoutS: 1,
  /** Connections that one object may have open to Meta at a time. `Infinity` where each delivery has six of its own: the documented limit is one
   * of a request. */
  connectionsPerObject: Number.POSITIVE_INFINITY,
  /** Of echoes: nearly every one comes in a request of its own. */
  echoesPerWebhook: 1,
  echoDelayS: 1,
  /** How long an object is awake for a call that sends nothing. */
  shortCallS: 0.003,
  /** What is accepted sets an alarm, for the case that the queue does not take it: at most one in this time. */
  alarmEveryS: 10,

  rowsWritten: {
    /** The row and its entry in the index of open messages. */
    accept: 2,
    /** To `sending`; to the outcome. Leaving the index of open messages counts as nothing. */
    send: 2,
    /** To `delivered`. */
    settle: 1,
    forget: 1,
    /** The range that goes on the queue, once in and once out. */
    post: 2,
    /** The Page's figures: a row and its key. Written whenever nothing is being sent any more. */
    save: 2,
    /** `setAlarm`, for the alarm itself and for the one after it. */
    alarm: 2,
  },
  rowsRead: { message: 15 },
  /** Write, read and delete; a retry is one more read. */
  queueOperations: { message: 3, retry: 1 },
  /** One point for what a call of the object has brought to an end. */
  dataPoints: { call: 1 },
  /** A settled message without its text, as SQLite stores it. */
  storedBytes: 350,
  retentionDays: 7,

  /**
   * CPU of the package in workerd, ms a message of 1 KB, as `node bench/edge.mjs` in the repository measures it, rounded up. `post` is the check of
   * a posted message, `webhook` that of a signature and the reading of an echo. What the Worker does around them comes on top. What runs in an
   * object, as the sending does, is paid for by its duration.
   */
  cpuMs: { post: 0.01, webhook: 0.03 },
};
