// The order list of the made-up shop, and the few lines that any shop needs for the widget.

const chat = document.querySelector("buyer-protection-chat");
const address = new URL(location.href).searchParams;
const buyer = address.get("buyer") ?? "";
const locale = known(address.get("locale")) ?? "en";
const language = new Intl.Locale(locale).language;

// What a shop writes: how its server mints a token for whoever is signed in.
chat.getToken = async ({ order }) => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const query = new URLSearchParams({ order, buyer, zone });
  const answer = await fetch(`/shop/token?${query}`);
  if (!answer.ok) throw new Error("no token");
  return (await answer.json()).token;
};

// Any attribute can be tried from the address: /?locale=ar&open=
for (const name of ["locale", "dir", "open", "heading", "theme"]) {
  if (address.has(name)) chat.setAttribute(name, address.get(name));
}

// The shop's own words: one file a language, English where it has none.
const SPOKEN = ["en", "ar"].includes(language) ? language : "en";
const { default: words } = await import(`./${SPOKEN}.js`);
const say = (name, values = {}) => words[name].replace(/\{(\w+)\}/g, (_, place) => values[place]);
document.documentElement.lang = SPOKEN;
document.documentElement.dir = SPOKEN === "ar" ? "rtl" : "ltr";
document.documentElement.dataset.spoken = SPOKEN;
document.title = say("title");
for (const each of document.querySelectorAll("[data-say]")) each.textContent = say(each.dataset.say);
if (SPOKEN !== "en") document.getElementById("another").search += `&locale=${locale}`;

/** How each state of an order is to be taken. */
const MOODS = {
  not_shipped: "wait",
  no_valid_tracking: "bad",
  in_transit: "wait",
  delivered: "good",
  delivered_elsewhere: "bad",
  returned: "bad",
  lost: "bad",
  confiscated: "bad",
};

/** A locale as browsers write it; undefined for what is none. */
function known(given) {
  try {
    return given ? Intl.getCanonicalLocales(given)[0] : undefined;
  } catch {
    return undefined;
  }
}

function line(kind, text, className = "") {
  const made = document.createElement(kind);
  made.textContent = text;
  made.className = className;
  return made;
}

function day(iso) {
  const options = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return new Date(`${iso}T00:00:00Z`).toLocaleDateString(SPOKEN === "en" ? "en-GB" : locale, options);
}

function stateOf(order, today) {
  if (order.carrier_status === "delivered" && order.delivered_on) return [say("delivered_on", { day: day(order.delivered_on) }), "good"];
  const mood = MOODS[order.carrier_status] ?? "wait";
  const state = say(order.carrier_status in MOODS ? order.carrier_status : "no_news");
  const late = mood === "wait" && order.delivery_due_on && order.delivery_due_on < today;
  return late ? [say("late", { state }), "bad"] : [state, mood];
}

function drawn(order, today) {
  const card = line("li", "", "order");
  const names = order.items.map((item) => (item.quantity > 1 ? `${item.quantity} × ${item.name}` : item.name));
  const [state, mood] = stateOf(order, today);
  const title = line("h2", names.join(", "));
  // The seller's words, in whatever language they are.
  title.dir = "auto";
  title.lang = "en";
  title.id = `order-${order.order_id}`;
  const help = line("button", say("help"));
  help.type = "button";
  help.setAttribute("aria-describedby", title.id);
  help.addEventListener("click", () => {
    chat.setAttribute("order", order.order_id);
    chat.show();
  });
  card.append(title, line("p", state, `state ${mood}`), line("p", say("ordered", { number: order.order_id, day: day(order.ordered_on) })));
  if (order.delivery_due_on) card.append(line("p", say("due", { day: day(order.delivery_due_on) })));
  if (order.paid_through_escrow === false) card.append(line("p", say("outside")));
  card.append(help);
  return card;
}

try {
  const answer = await fetch(`/shop/orders?${new URLSearchParams({ buyer })}`);
  if (!answer.ok) throw new Error("no orders");
  const told = await answer.json();
  document.getElementById("buyer").textContent = told.buyer;
  document.getElementById("orders").append(...told.orders.map((order) => drawn(order, told.today)));
} catch {
  document.getElementById("trouble").textContent = say("no_orders");
}
