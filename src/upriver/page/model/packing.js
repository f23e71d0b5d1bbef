/** Text made small for a link: deflated without a header, in base64 of letters that an address may hold. */
import { bytes } from "./data.js";

const RAW = "deflate-raw";
const STEP = 0x8000;

/** A text, packed. */
export async function pack(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream(RAW));
  const all = new Uint8Array(await new Response(stream).arrayBuffer());
  let binary = "";
  for (let i = 0; i < all.length; i += STEP) binary += String.fromCharCode(...all.subarray(i, i + STEP));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The text of what was packed; an error if it is no such thing, or longer than `most` bytes. */
export async function unpack(packed, most) {
  if (!/^[A-Za-z0-9_-]+$/.test(packed)) throw new Error("no packed text");
  const zipped = bytes(packed.replaceAll("-", "+").replaceAll("_", "/"));
  const reader = new Blob([zipped]).stream().pipeThrough(new DecompressionStream(RAW)).getReader();
  const parts = [];
  let size = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value);
    size += next.value.length;
    if (size > most) {
      await reader.cancel();
      throw new Error("too long");
    }
  }
  return new TextDecoder("utf-8", { fatal: true }).decode(await new Blob(parts).arrayBuffer());
}
