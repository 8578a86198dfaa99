// The walk over the JSON Schema that the forms are made of: with the package's own schema, and with one that is not of messages at all.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { createSchema, matches, offered } from "../../www/model/schema.js";

const schema = createSchema(
  JSON.parse(await readFile(new URL("../../pkg/schema.json", import.meta.url), "utf8")),
);
const request = (value = {}) => schema.shapeOf(schema.root, value);
const at = (node, value, name) => schema.shapeOf(node, value).properties[name];

describe("the package's schema", () => {
  it("knows which contents take each other's place", () => {
    assert.deepEqual(request().groups, [["message", "sender_action"]]);
    assert.ok(schema.shapeOf(request().properties.message, {}).groups[0].includes("text"));
    assert.ok(schema.shapeOf(request().properties.recipient, {}).groups[0].includes("user_ref"));
  });

  it("follows the member that tells the kinds apart", () => {
    const attachment = at(request().properties.message, {}, "attachment");
    assert.deepEqual(schema.blank(attachment), { type: "image", payload: { url: "" } });
    const template = schema.rechosen(attachment, schema.blank(attachment), "type", "template");
    assert.deepEqual(template, {
      type: "template",
      payload: {
        template_type: "button",
        text: "",
        buttons: [{ type: "web_url", title: "", url: "" }],
      },
    });
    const payload = at(attachment, template, "payload");
    assert.deepEqual(schema.rechosen(payload, template.payload, "template_type", "generic"), {
      template_type: "generic",
      elements: [{ title: "" }],
    });
    assert.deepEqual(schema.rechosen(attachment, template, "type", "like_heart"), {
      type: "like_heart",
    });
  });

  it("fills in something for every template, and only what is needed", () => {
    const node = at(
      at(request().properties.message, {}, "attachment"),
      { type: "template" },
      "payload",
    );
    const types = offered(schema.resolve(schema.shapeOf(node, {}).properties.template_type));
    assert.ok(types.length >= 13, types.join());
    for (const type of types) {
      const value = schema.rechosen(node, { template_type: "" }, "template_type", type);
      const { required } = schema.shapeOf(node, value);
      assert.deepEqual(
        required.filter((name) => !Object.hasOwn(value, name)),
        [],
        type,
      );
    }
  });

  it("takes away what another choice does not need", () => {
    const replies = at(request().properties.message, {}, "quick_replies");
    const reply = schema.shapeOf(replies, []).items;
    assert.deepEqual(schema.blank(reply), { content_type: "text", title: "", payload: "" });
    assert.deepEqual(
      schema.rechosen(
        reply,
        { content_type: "text", title: "a", payload: "b" },
        "content_type",
        "user_email",
      ),
      {
        content_type: "user_email",
      },
    );
  });
});

describe("any schema", () => {
  it("reads branches that a constant tells apart", () => {
    const shapes = createSchema({
      oneOf: [
        {
          properties: { kind: { const: "circle" }, radius: { type: "number" } },
          required: ["kind", "radius"],
        },
        {
          properties: { kind: { const: "square" }, side: { type: "number" } },
          required: ["kind", "side"],
        },
      ],
    });
    const square = shapes.shapeOf(shapes.root, { kind: "square" });
    assert.deepEqual(Object.keys(square.properties).sort(), ["kind", "side"]);
    assert.deepEqual(offered(shapes.resolve(square.properties.kind)).sort(), ["circle", "square"]);
    assert.deepEqual(shapes.rechosen(shapes.root, { kind: "square", side: 2 }, "kind", "circle"), {
      kind: "circle",
      radius: "",
    });
  });

  it("reads alternatives that their type tells apart", () => {
    const shapes = createSchema({
      $ref: "#/$defs/List",
      $defs: {
        Item: { title: "Item", type: "object", properties: { a: { type: "string" } } },
        List: {
          anyOf: [
            { type: "array", minItems: 1, items: { $ref: "#/$defs/Item" } },
            { $ref: "#/$defs/Item" },
          ],
        },
      },
    });
    const list = shapes.shapeOf(shapes.root, [{ a: "x" }]);
    assert.deepEqual([list.kind, shapes.resolve(list.items).title], ["array", "Item"]);
    assert.deepEqual(
      [shapes.shapeOf(shapes.root).kind, shapes.blank(shapes.root)],
      ["array", [{}]],
    );
    assert.deepEqual(Object.keys(shapes.shapeOf(shapes.root, { a: "x" }).properties), ["a"]);
  });

  it("holds no condition about a member that is missing or empty", () => {
    const condition = { properties: { a: { const: "x" } } };
    assert.equal(matches({}, condition), false);
    assert.equal(matches({ a: "x" }, condition), true);
    assert.equal(matches({ a: "" }, { properties: { a: { const: "" } } }), false);
    assert.equal(
      matches({ a: "Xy" }, { properties: { a: { pattern: "^[xX]" } }, not: { required: ["b"] } }),
      true,
    );
  });

  it("takes any value, of whatever type", () => {
    for (const value of [
      null,
      5,
      "text",
      [],
      [null],
      { message: 5 },
      { message: { attachment: [] } },
    ]) {
      assert.equal(request(value).kind, "object");
    }
  });
});
