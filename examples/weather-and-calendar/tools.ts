import { defineTool, ToolError } from "@hawser/tools";
import { z } from "zod";

/** What the sky does; a weather service would be asked in its place. */
const forecasts: Readonly<Record<string, { celsius: number; sky: string }>> = {
  Oslo: { celsius: 7, sky: "rain" },
  Paris: { celsius: 18, sky: "sun" },
};

const calendar = new Map([["09:00", "Call the harbour office"]]);

const getWeather = defineTool({
  name: "get_weather",
  description: "Tells the current weather of a city.",
  parameters: z.object({ city: z.string(), unit: z.enum(["celsius", "fahrenheit"]).default("celsius") }),
  execute({ city, unit }) {
    const forecast = forecasts[city];
    if (forecast === undefined)
      throw new ToolError(`There is no forecast for ${city}, only for Oslo and Paris.`);
    const { celsius, sky } = forecast;
    return { temperature: unit === "celsius" ? celsius : Math.round(celsius * 1.8 + 32), unit, sky };
  },
});

const readCalendar = defineTool({
  name: "read_calendar",
  description: "Lists today's appointments.",
  execute: () => Object.fromEntries(calendar),
});

const addAppointment = defineTool({
  name: "add_appointment",
  description: "Adds an appointment to today's calendar.",
  parameters: z.object({ time: z.string().regex(/^\d\d:\d\d$/), title: z.string() }),
  // Nothing is written into somebody's calendar without asking.
  needsApproval: true,
  execute({ time, title }) {
    if (calendar.has(time)) throw new ToolError(`At ${time} there is something else: ${calendar.get(time)}.`);
    calendar.set(time, title);
    return { added: `${time} ${title}` };
  },
});

export const tools = [readCalendar, addAppointment, getWeather];
