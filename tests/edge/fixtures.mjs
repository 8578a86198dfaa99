// Pages as `GET /pages` answers them.

const MINUTE_MS = 60_000;
/** Where the clocks of the tests stand. */
export const NOW = Date.UTC(2026, 10, 28, 10, 0, 0);

const iso = (time) => new Date(time).toISOString();

/** An hour of outcomes; `level` is about how many messages a minute. */
export function hour(level, failures = {}) {
  return Array.from({ length: 60 }, (_, index) => {
    const wave = 0.75 + 0.25 * Math.sin(index / 7) + 0.08 * Math.sin(index * 2.3);
    const sent = Math.round(level * wave);
    return {
      minute: iso(NOW - (60 - index) * MINUTE_MS),
      sent,
      delivered: index === 59 ? Math.round(sent * 0.6) : Math.round(sent * 0.98),
      refused: 0,
      unknown: 0,
      dead: 0,
      ...failures[index],
    };
  });
}

/** A Page at rest, with some members of its own. */
export function page(id, members = {}) {
  return {
    id,
    backlog: 0,
    sending: 0,
    rate: { limit_per_second: 300, last_second: 0, last_minute: 0 },
    pause: null,
    totals: {
      queued: 0,
      sending: 0,
      sent: 0,
      delivered: 0,
      refused: 0,
      unknown: 0,
      probably_not_delivered: 0,
      dead: 0,
    },
    minutes: [],
    last_errors: [],
    ...members,
  };
}

export const failure = (members = {}) => ({
  time: iso(NOW - 95_000),
  id: "msg_01JDQX8T2M7K",
  status: "refused",
  kind: "window",
  code: 10,
  hint: "The 24-hour window is closed: the person has not written for more than a day. Use an approved utility template, or wait for a message.",
  fbtrace_id: "AXv9sQ4oYb2LrT0kPzW7dEe",
  ...members,
});

/** A busy Worker: one Page at its limit, one paused, one whose token is dead, and some at rest. */
export function busy() {
  const totals = (queued, sending, sent, delivered, refused, unknown, probably, dead) => ({
    queued,
    sending,
    sent,
    delivered,
    refused,
    unknown,
    probably_not_delivered: probably,
    dead,
  });
  return [
    page("104215889910231", {
      backlog: 18_420,
      sending: 73,
      rate: { limit_per_second: 300, last_second: 294, last_minute: 17_640 },
      totals: totals(18_420, 73, 12_804, 941_207, 310, 12, 3, 8),
      minutes: hour(17_600, { 22: { refused: 240 }, 23: { refused: 70, unknown: 12, dead: 8 } }),
      last_errors: [failure({ id: "msg_01JDQXA1", time: iso(NOW - 20_000) })],
    }),
    page("110044772200199", {
      backlog: 2_310,
      rate: { limit_per_second: 300, last_second: 0, last_minute: 4_100 },
      pause: { until: iso(NOW + 125_000), reason: "rate_limit", code: 613 },
      totals: totals(2_310, 0, 410, 88_120, 41, 0, 0, 0),
      minutes: hour(4_200, { 58: { sent: 900, refused: 41 }, 59: { sent: 0, delivered: 220 } }),
      last_errors: [
        failure({
          id: "msg_01JDQXB7",
          kind: "rate_limit",
          code: 613,
          status: "refused",
          hint: "The Page sends faster than Meta allows. The Page is paused; nothing has to be done.",
        }),
      ],
    }),
    page("100233118802745", {
      backlog: 96,
      pause: { until: iso(NOW + 1_500_000), reason: "auth", code: 190 },
      totals: totals(96, 0, 0, 20_410, 0, 1, 0, 0),
      minutes: hour(310, {}),
      last_errors: [
        failure({
          id: "msg_01JDQXC3",
          time: iso(NOW - 300_000),
          kind: "auth",
          code: 190,
          hint: "The access token has expired or was revoked: put a new one into the Worker's secrets.",
        }),
      ],
    }),
    page("107700165522318", {
      sending: 2,
      rate: { limit_per_second: 300, last_second: 4, last_minute: 212 },
      totals: totals(0, 2, 118, 30_412, 6, 0, 0, 0),
      minutes: hour(220),
    }),
    page("101950338800417", { totals: totals(0, 0, 0, 1_204, 0, 0, 0, 0), minutes: hour(12) }),
  ];
}
