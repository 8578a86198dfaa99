// The steps of messenger-send/testing. They are plain JSON, so they can also be posted to
// /__graph/script.
export * from "../../pkg-template/testing/steps.js";
