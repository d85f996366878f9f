// A model that plans the day with a weather service and a calendar. It asks before it changes the calendar.
import { Runcrate } from "@hawser/inference/runcrate";
import { planTheDay } from "./weather-and-calendar/plan-the-day.ts";

const summary = await planTheDay(new Runcrate(), {
  line: (text) => console.log(`  ${text}`),
  write: (text) => process.stdout.write(text),
  approve(call) {
    console.log(`May it? ${call.name} ${call.arguments}: yes`);
    return true;
  },
});
console.log(`\n${summary}`);
