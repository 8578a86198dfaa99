// The assumptions of the simulation. `node simulation/run.mjs --help` lists those that are also options.

/** The load of a day. There are no published figures: these are assumptions, and the report repeats them. */
export const LOAD = {
  messages: 100_000_000,
  pages: 10_000,
  seed: 1,
  /** The share of the Page of rank r is proportional to 1 / r ** skew: with 1, the largest of 10,000 Pages has a tenth of all messages. */
  skew: 1,
  /** The share of campaign messages, which are posted in bulk. The others answer people, one by one. */
  campaignShare: 0.3,
  /** The rate at which a caller posts a campaign, in messages a second. */
  campaignRate: 1_000,
  campaignPost: 1_000,
  /** The share of audio and video, for which Meta's limit is lower. */
  mediaShare: 0.02,
  /** The weights of the hours for the day's answers, in the largest market's time. */
  hours: [
    1.2, 0.7, 0.5, 0.4, 0.4, 0.7, 1.6, 3.0, 4.3, 5.2, 5.8, 6.2, 6.4, 6.0, 5.6, 5.5, 5.7, 6.1, 6.7,
    7.3, 7.4, 6.2, 4.3, 2.8,
  ],
  /** The weights of the hours for the start of campaigns; within an hour at :00, :15, :30 or :45, and some seconds. */
  campaignHours: [0, 0, 0, 0, 0, 0, 0, 1, 3, 6, 8, 5, 4, 3, 3, 4, 5, 7, 8, 6, 2, 0, 0, 0],
  campaignSpreadS: 60,
  daySeconds: 86_400,
};

/** Meta. The limits are documented for each Page. The response time is an assumption: 220 ms in half of all cases, a second in one of a hundred. */
export const META = {
  textPerSecond: 300,
  mediaPerSecond: 10,
  latencyMedianS: 0.22,
  latencySigma: 0.65,
};

/**
 * The billed operations of this Worker. When you change the Worker, update them. The numbers of rows are those that workerd's `rowsWritten`
 * and `rowsRead` counted for its statements.
 */
export const SENDER = {
  queues: 1,
  /** Whether answers have a separate queue, so that they do not wait behind campaigns. */
  separateCampaigns: false,
  /** The share of Meta's limit that a Page's pace uses. */
  paceShare: 0.95,
  /** A message that would wait longer than this for the rate returns to the queue until its turn, at most for `longestRetryS`. */
  holdS: 5,
  longestRetryS: 900,
  /** How long the queue waits for a batch to fill. */
  batchTimeoutS: 1,
  /** The connections to Meta that one object may have open at a time. `Infinity` if each delivery has its own six: the documented limit
   * applies to a request. */
  connectionsPerObject: Number.POSITIVE_INFINITY,
  /** The echoes in one webhook: nearly every one arrives in a separate request. */
  echoesPerWebhook: 1,
  echoDelayS: 1,
  /** How long an object is awake for a call that sends nothing. */
  shortCallS: 0.003,
  /** Accepting messages sets an alarm, in case the queue does not accept them: at most one in this time. */
  alarmEveryS: 10,

  rowsWritten: {
    /** Writes the row and its entry in the index of open messages. */
    accept: 2,
    /** Changes to `sending` and to the outcome. Leaving the index of open messages is not counted. */
    send: 2,
    /** Changes to `delivered`. */
    settle: 1,
    forget: 1,
    /** Adds the range of messages to the outbox and removes it. */
    post: 2,
    /** The Page's figures: a row and its key. Written whenever the Page becomes idle. */
    save: 2,
    /** `setAlarm`, for the alarm itself and for the one after it. */
    alarm: 2,
  },
  rowsRead: { message: 15 },
  /** Write, read and delete; a retry is one more read. */
  queueOperations: { message: 3, retry: 1 },
  /** One data point for the outcomes of a call of the object. */
  dataPoints: { call: 1 },
  /** A settled message without its text, as SQLite stores it. */
  storedBytes: 350,
  retentionDays: 7,

  /**
   * CPU of the package in workerd, in ms for a message of 1 KB, as measured by `node bench/edge.mjs` in the repository, rounded up. `post` is the
   * validation of a posted message, `webhook` verifying a signature and reading an echo. The rest of the Worker is not included. Code in an
   * object, such as sending, is billed by duration.
   */
  cpuMs: { post: 0.01, webhook: 0.03 },
};
