// What the page may use, as window.vendor. Add a name here only when the page needs it.

import { h } from "preact";
import htm from "htm";

export { render } from "preact";
export { useState, useEffect, useLayoutEffect, useRef, useMemo, useId } from "preact/hooks";

// Importing this also teaches preact to read signals; the bundler keeps that side effect.
export { signal, computed, effect, batch, useSignal, useSignalEffect } from "@preact/signals";

export const html = htm.bind(h);
