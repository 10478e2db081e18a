// Words in the buyer's language: one file a language in words/, chosen by a locale such as "ar-EG".

const LANGUAGES = ["en", "ar"];
const RIGHT_TO_LEFT = ["ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

/** The words for a locale; English where its language is not spoken here. */
export async function wordsFor(locale) {
  const wanted = canonical(locale);
  const language = wanted.split("-")[0];
  const spoken = LANGUAGES.includes(language) ? language : "en";
  const { default: texts } = await import(`./words/${spoken}.js`);
  return new Words(texts, spoken === language ? wanted : spoken, spoken);
}

function canonical(locale) {
  try {
    return Intl.getCanonicalLocales(locale || "en")[0] ?? "en";
  } catch {
    return "en";
  }
}

export class Words {
  #texts;
  #plural;

  constructor(texts, locale, language) {
    this.#texts = texts;
    this.locale = locale;
    this.language = language;
    this.direction = RIGHT_TO_LEFT.includes(language) ? "rtl" : "ltr";
    // The assistant writes "30 November 2026"; plain English does too.
    this.dates = locale === "en" ? "en-GB" : locale;
    this.#plural = new Intl.PluralRules(locale);
  }

  /** Whether there are words under a name. */
  has(name) {
    return Object.hasOwn(this.#texts, name);
  }

  /** The words under a name, with `{places}` filled in; `{n}` also chooses the form for that many. */
  say(name, values = {}) {
    let text = this.#texts[name];
    if (typeof text === "object") text = text[this.#plural.select(values.n)] ?? text.other;
    return text.replace(/\{(\w+)\}/g, (_, place) => {
      const value = values[place];
      if (typeof value === "number") return this.number(value);
      // A name in letters of the other direction must not turn what stands around it.
      return this.direction === "rtl" ? `\u2068${value}\u2069` : String(value);
    });
  }

  number(value, options = {}) {
    return new Intl.NumberFormat(this.locale, options).format(value);
  }

  list(items) {
    return new Intl.ListFormat(this.locale).format(items);
  }

  percent(part) {
    return this.number(Math.floor(part * 100) / 100, { style: "percent" });
  }

  /** A size in bytes, as people say it. */
  size(bytes) {
    const [value, unit] = bytes < 1e6 ? [Math.max(1, bytes / 1e3), "kilobyte"] : [bytes / 1e6, "megabyte"];
    return this.number(value, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: value < 10 ? 1 : 0 });
  }

  /** A day such as "2024-03-11", with its weekday. */
  day(iso) {
    const options = { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
    return new Date(`${iso}T00:00:00Z`).toLocaleDateString(this.dates, options);
  }

  /** An instant, on the buyer's clock; with its day where that is not today. */
  time(instant) {
    const at = new Date(instant);
    const isToday = at.toDateString() === new Date().toDateString();
    const day = isToday ? {} : { day: "numeric", month: "short" };
    return at.toLocaleString(this.dates, { ...day, hour: "2-digit", minute: "2-digit" });
  }
}
