// What a test may script: the steps of messenger-send/testing. They are plain JSON, so they can be posted to /__graph/script as well.
export * from "../../pkg-template/testing/steps.js";
