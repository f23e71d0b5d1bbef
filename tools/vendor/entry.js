// What the page may use, as window.vendor. Add a name here only when the page needs it.

import { h } from "preact";
import htm from "htm";

export { h, render, Fragment, createContext } from "preact";
export {
  useState,
  useEffect,
  useLayoutEffect,
  useRef,
  useMemo,
  useCallback,
  useId,
  useContext,
} from "preact/hooks";

// Importing this also teaches preact to read signals; the bundler keeps that side effect.
export {
  signal,
  computed,
  effect,
  batch,
  untracked,
  useSignal,
  useComputed,
  useSignalEffect,
} from "@preact/signals";

export const html = htm.bind(h);

export { scaleLinear, scaleBand, scaleOrdinal } from "d3-scale";
export { line, area, curveLinear, curveMonotoneX, curveStepAfter } from "d3-shape";
export { bisector, bisectCenter, extent, ticks, max } from "d3-array";
export { sankey, sankeyLinkHorizontal, sankeyJustify } from "d3-sankey";
export { feature, mesh } from "topojson-client";
export { geoPath } from "d3-geo";
