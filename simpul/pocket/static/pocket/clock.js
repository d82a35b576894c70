// How far this phone's clock is from the node's, and how wrong that may be.
import { meta, setMeta } from "./store.js";

const DRIFT = 50 / 1_000_000;     // a cheap crystal loses some 4 seconds a day
const SUDDEN = 2000;              // milliseconds that a clock does not jump by itself
const ASLEEP = 12 * 3600 * 1000;  // a sleeping phone's counter stands still: less than this is sleep

let clock = null;  // {offset, error, wall: when measured, seen: latest wall time, jumped}
let start = null;  // {wall, counter}: the counter cannot be set, it goes on evenly

const counter = () => performance.now();

export async function loadClock() {
  if (clock) return; // what was measured since is newer than what is kept
  const kept = await meta("clock");
  clock ??= kept ?? { offset: null, error: null, wall: 0, seen: 0, jumped: 0 };
  start ??= { wall: Date.now(), counter: counter() };
}

// Looks whether somebody set the clock: against the counter of this page, and against the last time seen before.
export function watch() {
  if (!clock) return;
  const now = Date.now();
  const expected = start.wall + (counter() - start.counter);
  let jump = now - expected;
  if (jump > 0 && jump < ASLEEP) jump = 0;
  if (Math.abs(jump) > SUDDEN) {
    clock.jumped += Math.abs(Math.round(jump));
    start = { wall: now, counter: counter() };
  } else if (clock.seen - now > SUDDEN) {
    clock.jumped += clock.seen - now;
  }
  clock.seen = now;
}

export async function keepClock() {
  watch();
  if (clock) await setMeta("clock", clock);
}

// A measurement: `before` and `after` are this phone's times around the question, `now` the node's answer. One that is worse
// than what is known and agrees with it is passed over.
export async function measured(before, after, now) {
  const offset = Math.round(Date.parse(now) - (before + after) / 2);
  const error = Math.ceil((after - before) / 2);
  if (!clock || !Number.isFinite(offset)) return;
  const known = reading();
  if (known.clock_offset_ms !== null && known.clock_error_ms <= error
    && Math.abs(offset - known.clock_offset_ms) <= known.clock_error_ms + error) return;
  start = { wall: Date.now(), counter: counter() };
  clock = { offset, error, wall: start.wall, seen: start.wall, jumped: 0 };
  await setMeta("clock", clock);
}

// {clock_offset_ms, clock_error_ms} for an event of this moment
export function reading() {
  watch();
  if (!clock || clock.offset === null) return { clock_offset_ms: null, clock_error_ms: null };
  const drift = Math.max(0, Date.now() - clock.wall) * DRIFT;
  return { clock_offset_ms: clock.offset, clock_error_ms: Math.round(clock.error + drift + clock.jumped) };
}
