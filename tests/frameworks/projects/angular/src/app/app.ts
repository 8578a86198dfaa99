import { Component, type OnInit } from "@angular/core";
import { buildMessage, init, isSendError, send, validate } from "messenger-send";
import { exercise } from "../exercise";

declare global {
  function tellTest(result: unknown): void;
}

@Component({ selector: "app-root", template: "<p>messenger-send</p>" })
export class App implements OnInit {
  ngOnInit() {
    const query = new URLSearchParams(location.search);
    exercise(
      { buildMessage, init, isSendError, send, validate },
      query.get("graph")!,
      query.get("token")!,
    ).then(tellTest, (error) => tellTest({ error: String(error?.stack ?? error) }));
  }
}
