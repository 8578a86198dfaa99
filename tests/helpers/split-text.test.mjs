// `splitText`: nothing is lost, each part is within the limit, and the cuts are where a reader
// would make them. Each test runs twice: with Intl.Segmenter, and without it, as in an engine
// that lacks it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { splitText } from "../../pkg-template/split-text/split-text.js";

const { Segmenter } = Intl;
const GRAPHEMES = new Segmenter(undefined, { granularity: "grapheme" });
const UTF8 = new TextEncoder();

const FAMILY = "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}";
const SAMPLES = {
  english: [
    "The shop opens at nine. ",
    "Dr. Grey said: \u201cCome in!\u201d ",
    "It costs 3.50 euros (a fair price). ",
    "word ",
    "Why? ",
    "\n",
    "\n\n",
  ],
  emoji: [
    FAMILY,
    "\u{1f1e9}\u{1f1ea}",
    "\u{1f1eb}\u{1f1f7}",
    "\u{1f44d}\u{1f3fd}",
    "\u2764\ufe0f",
    "1\ufe0f\u20e3",
    "\u{1f600}",
    "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
    " ",
  ],
  marks: ["e\u0301", "n\u0303\u0323", "a", "Z\u0351\u036b\u0343\u036a", " ", "o\u0308. "],
  devanagari: ["क्षत्रिय ", "नमस्ते", "दुनिया। ", "हिन्दी ", "स्त्री", "ज्ञ"],
  thai: ["ภาษาไทย", "เป็นภาษา", "น้ำ", "ที่มีระดับ", "เสียง ", "กำลัง"],
  chinese: ["我们今天去公园散步", "，天气很好。", "「你好！」", "请看", "React", "𠮷野家"],
  japanese: ["東京タワー", "へ行きました。", "ちょっと", "待って、", "ﾊﾟﾋﾟ"],
  arabic: ["مرحبا بالعالم ", "كَيْفَ حالُك؟ ", "السلام عليكم. ", "\u0600\u0661 "],
  hangul: ["안녕하세요 ", "\u1112\u1161\u11ab\u1100\u1173\u11af", "세계. "],
  code: [
    "```js\nconst a = 1;\n\nreturn a;\n```\n",
    "Text before. ",
    "\n\n",
    "  indented\n",
    "# Heading\n\n",
    "- item\n",
    "Note:\n",
  ],
  lines: ["one\r\n", "\r\n", "two\r", "three\n", "\u2028", "\u2029", "four\u00a0km ", "\t"],
  broken: ["\ud83d", "\ude00", "a", "\ud83d\ude00", "\u0301", "\u200d", " ", "\0"],
};

/** Mulberry32: the same texts in every run. */
function randomFrom(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

function randomText(random, pieces, count) {
  return Array.from({ length: count }, () => pieces[random(pieces.length)]).join("");
}

const lengthOf = {
  messenger: (text) => text.length,
  instagram: (text) => UTF8.encode(text).length,
};

/** The invariants for every text and every limit. */
function assertSound(
  text,
  { platform = "messenger", limit = platform === "messenger" ? 2000 : 999 } = {},
) {
  const parts = splitText(text, { platform, limit });
  const shown = JSON.stringify({
    text: text.slice(0, 300),
    platform,
    limit,
    parts: parts.slice(0, 20),
  });
  assert.equal(parts.join(""), text, shown);
  for (const part of parts) {
    assert.notEqual(part, "", shown);
    const onePoint = Array.from(part).length === 1;
    assert.ok(
      lengthOf[platform](part) <= limit || onePoint,
      `${JSON.stringify(part)} is too long: ${shown}`,
    );
  }
  const graphemes = GRAPHEMES.segment(text);
  let at = 0;
  for (const part of parts.slice(0, -1)) {
    at += part.length;
    assert.ok(
      !(/[\ud800-\udbff]/.test(text.charAt(at - 1)) && /[\udc00-\udfff]/.test(text.charAt(at))),
      `cut within a pair at ${at}: ${shown}`,
    );
    const { index, segment } = graphemes.containing(at);
    assert.ok(
      index === at || lengthOf[platform](segment) > limit,
      `cut within ${JSON.stringify(segment)} at ${at}: ${shown}`,
    );
  }
  return parts;
}

for (const mode of ["with Intl.Segmenter", "without Intl.Segmenter"]) {
  const withSegmenter = mode === "with Intl.Segmenter";

  /** A test that runs in this mode and restores it afterwards. */
  function it(name, body) {
    test(name, () => {
      if (!withSegmenter) {
        delete Intl.Segmenter;
      }
      try {
        body();
      } finally {
        Object.defineProperty(Intl, "Segmenter", {
          value: Segmenter,
          writable: true,
          configurable: true,
        });
      }
    });
  }

  describe(mode, () => {
    for (const [name, pieces] of Object.entries(SAMPLES)) {
      it(`is sound for random texts: ${name}`, () => {
        const random = randomFrom(name.length * 7919);
        for (const platform of ["messenger", "instagram"]) {
          for (let round = 0; round < 150; round += 1) {
            assertSound(randomText(random, pieces, 1 + random(40)), {
              platform,
              limit: 1 + random(60),
            });
          }
          assertSound(randomText(random, pieces, 2000), { platform });
        }
      });
    }

    it("is sound for random mixtures of everything", () => {
      const random = randomFrom(42);
      const pieces = Object.values(SAMPLES).flat();
      for (let round = 0; round < 600; round += 1) {
        const platform = round % 2 === 0 ? "messenger" : "instagram";
        assertSound(randomText(random, pieces, 1 + random(80)), {
          platform,
          limit: 1 + random(120),
        });
      }
    });

    it("creates no part of white space only if the white space is shorter than a part", () => {
      const random = randomFrom(7);
      const pieces = [
        "word",
        "a",
        "long-winded",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "\u3000",
        "。",
        "   \n   ",
      ];
      for (let round = 0; round < 1500; round += 1) {
        const text = `${randomText(random, pieces, random(60))}end${" ".repeat(random(12))}`;
        const limit = 40 + random(30);
        if (/\s{30}/.test(text)) {
          continue;
        }
        for (const platform of ["messenger", "instagram"]) {
          const blank = assertSound(text, { platform, limit }).filter((part) => part.trim() === "");
          assert.deepEqual(blank, [], JSON.stringify({ text, limit, platform }));
        }
      }
    });

    it("does not change a text that fits", () => {
      assert.deepEqual(splitText(""), []);
      assert.deepEqual(splitText("hello"), ["hello"]);
      assert.deepEqual(splitText(" \n"), [" \n"]);
      assert.deepEqual(splitText("x".repeat(2000)), ["x".repeat(2000)]);
      assert.deepEqual(splitText("é".repeat(499), { platform: "instagram" }), ["é".repeat(499)]);
    });

    it("stays within the limits, and below the disputed one", () => {
      const lengths = (text, platform) => splitText(text, { platform }).map(lengthOf[platform]);
      assert.deepEqual(lengths("x".repeat(2001), "messenger"), [2000, 1]);
      assert.deepEqual(lengths("x".repeat(1000), "instagram"), [999, 1]);
      assert.deepEqual(lengths("é".repeat(500), "instagram"), [998, 2]);
      assert.deepEqual(lengths("\u{1f600}".repeat(1001), "messenger"), [2000, 2]);
      assert.deepEqual(lengths("\u{1f600}".repeat(250), "instagram"), [996, 4]);
    });

    it("cuts at the highest boundary of the second half", () => {
      const a = "aaaa bbbb.";
      assert.deepEqual(splitText(`${a}\n\n${a}\n${a} ${a}`, { limit: 21 }), [
        `${a}\n\n`,
        `${a}\n`,
        `${a} ${a}`,
      ]);
      assert.deepEqual(splitText(`${a}\n${a} ${a}`, { limit: 21 }), [`${a}\n`, `${a} ${a}`]);
      assert.deepEqual(splitText("Aaa bbb ccc. Ddd eee fff ggg hhh.", { limit: 22 }), [
        "Aaa bbb ccc. ",
        "Ddd eee fff ggg hhh.",
      ]);
      assert.deepEqual(splitText("aaa bbb ccc ddd", { limit: 9 }), ["aaa bbb ", "ccc ddd"]);
      assert.deepEqual(splitText("aaaabbbbcc", { limit: 4 }), ["aaaa", "bbbb", "cc"]);
    });

    it("does not leave a tiny part for the sake of a higher boundary", () => {
      const words = "word ".repeat(19);
      assert.deepEqual(splitText(`Hi.\n\n${words}end`, { limit: 80 }), [
        `Hi.\n\n${"word ".repeat(15)}`,
        "word word word word end",
      ]);
    });

    it("recognizes full stops that do not end a sentence", () => {
      assert.deepEqual(
        splitText("Please come in now. Ask for Dr. Grey at the desk.", { limit: 34 }),
        ["Please come in now. ", "Ask for Dr. Grey at the desk."],
      );
      assert.deepEqual(
        splitText("The price is fine. It is 3.50 at the most today.", { limit: 31 }),
        ["The price is fine. ", "It is 3.50 at the most today."],
      );
    });

    it("finds sentences that end right where the part is full", () => {
      assert.deepEqual(splitText("Aaa bb. Ccc dd. Eee ff gg.", { limit: 15 }), [
        "Aaa bb. Ccc dd.",
        " Eee ff gg.",
      ]);
    });

    it("finds sentences of other scripts", () => {
      assert.deepEqual(splitText("我们去公园散步。天气很好！明天也去。", { limit: 14 }), [
        "我们去公园散步。天气很好！",
        "明天也去。",
      ]);
      assert.deepEqual(splitText("नमस्ते दुनिया। यह दूसरा वाक्य है और लंबा है।", { limit: 26 }), [
        "नमस्ते दुनिया। ",
        "यह दूसरा वाक्य है और लंबा ",
        "है।",
      ]);
      assert.deepEqual(splitText("كيف حالك اليوم؟ نحن بخير جدا", { limit: 24 }), [
        "كيف حالك اليوم؟ ",
        "نحن بخير جدا",
      ]);
    });

    it("starts no part with a Chinese comma, and ends none with an opening bracket", () => {
      const random = randomFrom(99);
      for (let round = 0; round < 200; round += 1) {
        const text = randomText(
          random,
          ["我们今天去公园", "，", "天气很好", "「", "」", "、", "明天"],
          30,
        ).replace(/[，「」、]{2,}/g, "，");
        for (const part of splitText(text, { limit: 30 }).slice(1)) {
          assert.doesNotMatch(part, /^[，、」]/, text);
        }
        for (const part of splitText(text, { limit: 30 }).slice(0, -1)) {
          assert.doesNotMatch(part, /「$/, text);
        }
      }
    });

    it("does not cut a URL that fits into a part", () => {
      const random = randomFrom(2026);
      const words = ["see ", "and then ", "go to ", "Look! ", "it is here: "];
      for (let round = 0; round < 400; round += 1) {
        const path = randomText(
          random,
          ["/path", "/a.b", "?q=1", "&x=%20", "#top", "-", "_~", "/2026", "?", "!y", ".html"],
          1 + random(14),
        );
        const url = `https://example.org${path}`;
        const text = `${randomText(random, words, random(8))}${url} ${randomText(random, words, 1 + random(8))}end`;
        const limit = url.length + random(30);
        for (const platform of ["messenger", "instagram"]) {
          assert.ok(
            assertSound(text, { platform, limit }).some((part) => part.includes(url)),
            JSON.stringify({ text, limit }),
          );
        }
      }
    });

    it("keeps a URL together in a text without spaces", () => {
      const url = "https://example.org/a/very/long/path?with=query";
      const parts = splitText(`请看${url}。然后告诉我们您的想法，谢谢您的帮助。`, {
        limit: url.length + 1,
      });
      assert.ok(
        parts.some((part) => part.includes(url)),
        JSON.stringify(parts),
      );
      const unicode = "https://example.org/公园/散步/天气";
      const more = splitText(`我们今天去公园散步${unicode} 谢谢`, { limit: unicode.length + 2 });
      assert.ok(
        more.some((part) => part.includes(unicode)),
        JSON.stringify(more),
      );
    });

    it("fills the parts with a token that is too long for one", () => {
      const token = "x1y2".repeat(30);
      assert.deepEqual(
        splitText(`Key: ${token}`, { limit: 50 }).map((part) => part.length),
        [50, 50, 25],
      );
    });

    it("cuts outside a code block rather than within it", () => {
      const code = "```js\nlet a;\n\nlet b;\n```\n";
      const before = "This is how it is done here.\n\n";
      assert.deepEqual(splitText(`${before}${code}Then go on.`, { limit: 45 }), [
        before,
        `${code}Then go on.`,
      ]);
      const lines = `\`\`\`\n${"let abc;\n".repeat(9)}\n${"let abc;\n".repeat(9)}\`\`\`\n`;
      const parts = splitText(lines, { limit: 100 });
      assert.ok(
        parts.length > 1 && parts.every((part) => part.endsWith("\n")),
        JSON.stringify(parts),
      );
    });

    it("keeps an indentation with its line", () => {
      assert.deepEqual(
        splitText("- one two three four five\n  - six seven eight nine\n", { limit: 40 }),
        ["- one two three four five\n", "  - six seven eight nine\n"],
      );
    });

    it("keeps a heading, and the introduction of a list, with what follows", () => {
      const text = "Some words that come first.\n\n## Title\n\nMore words that follow it here.";
      assert.deepEqual(splitText(text, { limit: 45 }), [
        "Some words that come first.\n\n",
        "## Title\n\nMore words that follow it here.",
      ]);
      assert.deepEqual(
        splitText("We have a plan now.\nThe steps:\n- first one\n- second one", { limit: 38 }),
        ["We have a plan now.\n", "The steps:\n- first one\n- second one"],
      );
    });

    it("never cuts between CR and LF", () => {
      for (let limit = 2; limit < 12; limit += 1) {
        for (const text of [
          "a\r\nb\r\nc\r\n\r\nd",
          "\r\n\r\n\r\n\r\n",
          "aaaa bbb\r\nccc",
          "x\r\n".repeat(20),
          `x${"\r\n".repeat(20)}y`,
        ]) {
          const parts = assertSound(text, { limit });
          assert.ok(
            !parts.some((part, index) => part.endsWith("\r") && parts[index + 1]?.startsWith("\n")),
            JSON.stringify(parts),
          );
        }
      }
    });

    it("does not cut at a non-breaking space", () => {
      assert.deepEqual(splitText("It is about 100\u00a0km away", { limit: 17 }), [
        "It is about ",
        "100\u00a0km away",
      ]);
    });

    it("puts white space at the end of a part, or at the start of the next if it does not fit", () => {
      assert.deepEqual(splitText("aaaa   bbbb", { limit: 8 }), ["aaaa   ", "bbbb"]);
      assert.deepEqual(splitText("aaaaaa   bb", { limit: 8 }), ["aaaaaa  ", " bb"]);
    });

    it("creates parts with visible text despite long white space, if possible", () => {
      assert.deepEqual(splitText(`${"x".repeat(10)}\n`, { limit: 10 }), ["xxxxxxxxx", "x\n"]);
      assert.deepEqual(splitText(`ab${" ".repeat(16)}c`, { limit: 10 }), [
        "ab        ",
        "        c",
      ]);
      assert.deepEqual(splitText(`abc${" ".repeat(9)}`, { limit: 10 }), ["ab", "c         "]);
      assert.deepEqual(splitText(`abc${" ".repeat(18)}d`, { limit: 10 }), [
        "ab",
        "c         ",
        "         d",
      ]);
      // Too much for any way.
      assert.deepEqual(
        splitText(" ".repeat(25), { limit: 10 }).map((part) => part.length),
        [10, 10, 5],
      );
      assertSound(`a${" ".repeat(50)}b`, { limit: 10 });
    });

    it("cuts a grapheme that is longer than the limit at code points", () => {
      assert.ok(assertSound(FAMILY, { limit: 7 }).length > 1);
      assert.deepEqual(splitText("\u{1f1e9}\u{1f1ea}", { limit: 2 }), ["\u{1f1e9}", "\u{1f1ea}"]);
      assert.deepEqual(
        assertSound(`e${"\u0301".repeat(30)}`, { limit: 10 }).map((part) => part.length),
        [10, 10, 10, 1],
      );
      // Less than a code point cannot be sent.
      assert.deepEqual(splitText("\u{1f600}a", { limit: 1 }), ["\u{1f600}", "a"]);
      assert.deepEqual(splitText("\u{1f600}é", { platform: "instagram", limit: 1 }), [
        "\u{1f600}",
        "é",
      ]);
    });

    it("keeps lone surrogates", () => {
      assert.deepEqual(splitText("\ud83d".repeat(4), { limit: 2 }), [
        "\ud83d\ud83d",
        "\ud83d\ud83d",
      ]);
      assert.deepEqual(splitText("\ude00\ud83d", { platform: "instagram", limit: 3 }), [
        "\ude00",
        "\ud83d",
      ]);
    });

    it("takes a megabyte in well under a second", () => {
      const texts = [
        "The quick brown fox jumps over the lazy dog. ",
        "word ",
        "x",
        "我们今天去公园散步",
        "，、",
        "ภาษาไทยเป็นภาษา",
        FAMILY,
        " ",
        "\n",
        "a:\n",
        "```\n",
        "Dr. A. 1. ",
        " \u0301",
        "https://example.org/公",
        "\u{1f1e9}\u{1f1ea}",
      ];
      for (const piece of texts) {
        for (const platform of ["messenger", "instagram"]) {
          const text = piece.repeat(Math.ceil(1e6 / piece.length));
          const before = performance.now();
          const parts = splitText(text, { platform });
          const took = performance.now() - before;
          assert.ok(parts.length >= 500);
          // Measured: 0.01 to 0.25 s. What is not linear takes minutes.
          assert.ok(
            took < 2500,
            `${JSON.stringify(piece)} took ${Math.round(took)} ms on ${platform}`,
          );
        }
      }
    });
  });
}

test("cuts Thai and Chinese between words, where the engine knows them", () => {
  const locale = "th";
  const text = "ภาษาไทยเป็นภาษาที่มีระดับเสียงของคำแน่นอน";
  const words = new Set(
    Array.from(new Segmenter(locale, { granularity: "word" }).segment(text), ({ index }) => index),
  );
  let at = 0;
  const parts = splitText(text, { limit: 16, locale });
  assert.ok(parts.length > 2);
  for (const part of parts) {
    assert.ok(words.has(at), `${at} is no start of a word`);
    at += part.length;
  }
  assert.deepEqual(splitText("今天我们去公园散步", { limit: 6, locale: "zh" }), [
    "今天我们去",
    "公园散步",
  ]);
});

describe("invalid input", () => {
  test("is checked, whether it matters or not", () => {
    for (const text of [undefined, null, 1, {}, ["a"], Symbol("a")]) {
      assert.throws(() => splitText(text), {
        name: "TypeError",
        message: "splitText: the text must be a string.",
      });
    }
    for (const options of [null, 1, "instagram"]) {
      assert.throws(() => splitText("a", options), TypeError);
    }
    for (const limit of ["10", null, 10n, {}]) {
      assert.throws(() => splitText("a", { limit }), {
        name: "TypeError",
        message: "splitText: limit must be a number.",
      });
    }
    for (const limit of [0, -1, 1.5, NaN, Infinity, 2 ** 53]) {
      assert.throws(() => splitText("a", { limit }), {
        name: "RangeError",
        message: "splitText: limit must be a whole number, at least 1.",
      });
    }
    for (const platform of ["whatsapp", "", null, "toString"]) {
      assert.throws(() => splitText("a", { platform }), RangeError);
    }
    assert.throws(() => splitText("a", { locale: 1 }), TypeError);
    assert.throws(() => splitText("a", { locale: "no language" }), RangeError);
  });

  test("may be undefined", () => {
    const options = { platform: undefined, limit: undefined, locale: undefined };
    assert.deepEqual(
      splitText("x".repeat(2001), options).map((part) => part.length),
      [2000, 1],
    );
    assert.deepEqual(splitText("abc", undefined), ["abc"]);
  });
});
