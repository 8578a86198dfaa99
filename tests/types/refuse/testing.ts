// What a test of a user, or a webhook's handler, must not write.
import { fakeGraph, sendError, steps } from "messenger-send/testing";
import { readEvents, verifySignature } from "messenger-send/webhook";

// @ts-expect-error a code is needed
steps.error({});
// @ts-expect-error no such option
fakeGraph({ tokens: "x" });
// @ts-expect-error no such kind
sendError({ kind: "windows" });
// @ts-expect-error not every event has one
readEvents("")[0]?.quickReplyPayload;
// @ts-expect-error the body must be as it came
void verifySignature({ object: "page" }, "", "secret");
