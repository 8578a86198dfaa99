// Names for people, made from the wire's own: "image_url" is "Image URL", "QuickReply" is "Quick reply".
const UPPER = { url: "URL", id: "ID", mid: "Message ID", cta: "CTA", ios: "iOS" };

export function humanName(name) {
  const words = String(name)
    .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
    .split(/[_\s]+/)
    .map((word) => UPPER[word] ?? word.toLowerCase());
  const text = words.join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
