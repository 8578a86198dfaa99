// The gallery: one ready message of each kind. All content is invented; each keeps the rules of its platform without an error.
import { ACTIONS } from "./actions.js";
import { INSTAGRAM } from "./instagram.js";
import { MEDIA } from "./media.js";
import { TEMPLATES } from "./templates.js";
import { TEXTS } from "./texts.js";

/** Groups of examples: { name, examples: { id, name, platform, request }[] }. */
export const GALLERY = [
  { name: "Text", examples: TEXTS },
  { name: "Templates", examples: TEMPLATES },
  { name: "Media", examples: MEDIA },
  { name: "Actions", examples: ACTIONS },
  { name: "Instagram", examples: INSTAGRAM },
];

export const EXAMPLES = GALLERY.flatMap((group) => group.examples);

// The message that a first visit finds: legal, and with something of everything that can be edited.
export const FIRST = EXAMPLES.find((example) => example.id === "quick-replies");
