import type { Frame } from "../frame-parser.ts";
import type { ReportQuirk } from "../quirk.ts";

/**
 * Whether the frame only keeps the connection open: a comment that was put into the data (Q3), or no data at all (Q4).
 */
export function isKeepAlive(frame: Frame, report: ReportQuirk): boolean {
  const { data } = frame;
  if (data.charCodeAt(0) === 0x3a) {
    report("Q3", "", "A keep-alive came as data");
    return true;
  }
  if (data.trim() !== "") return false;
  report("Q4", "", "An event came without data");
  return true;
}

/** What else only keeps the connection open in a chat: an empty JSON string, an event named `ping` (Q4). */
export function isChatKeepAlive(frame: Frame, report: ReportQuirk): boolean {
  if (isKeepAlive(frame, report)) return true;
  if (frame.event !== "ping" && frame.data !== '""') return false;
  report("Q4", "", "An event came that is only a keep-alive");
  return true;
}
