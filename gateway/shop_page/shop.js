// The order list of the made-up shop, and the few lines that any shop needs for the widget.

const chat = document.querySelector("buyer-protection-chat");
const address = new URL(location.href).searchParams;
const buyer = address.get("buyer") ?? "";
const locale = address.get("locale");

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
if (locale) {
  document.documentElement.dir = new Intl.Locale(locale).language === "ar" ? "rtl" : "ltr";
}

const STATES = {
  not_shipped: ["Not shipped yet", "wait"],
  no_valid_tracking: ["No valid tracking number", "bad"],
  in_transit: ["On its way", "wait"],
  delivered: ["Delivered", "good"],
  delivered_elsewhere: ["Delivered to another address", "bad"],
  returned: ["Returned to the sender", "bad"],
  lost: ["Lost by the carrier", "bad"],
  confiscated: ["Taken by customs", "bad"],
};

function line(kind, text, className = "") {
  const made = document.createElement(kind);
  made.textContent = text;
  made.className = className;
  return made;
}

function day(iso) {
  const options = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return new Date(`${iso}T00:00:00Z`).toLocaleDateString("en-GB", options);
}

function stateOf(order, today) {
  if (order.carrier_status === "delivered" && order.delivered_on) return [`Delivered on ${day(order.delivered_on)}`, "good"];
  const known = STATES[order.carrier_status] ?? ["No news", "wait"];
  const late = known[1] === "wait" && order.delivery_due_on && order.delivery_due_on < today;
  return late ? [`${known[0]}, and late`, "bad"] : known;
}

function drawn(order, today) {
  const card = line("li", "", "order");
  const names = order.items.map((item) => (item.quantity > 1 ? `${item.quantity} × ${item.name}` : item.name));
  const [state, mood] = stateOf(order, today);
  const title = line("h2", names.join(", "));
  title.id = `order-${order.order_id}`;
  const help = line("button", "Get help with this order");
  help.type = "button";
  help.setAttribute("aria-describedby", title.id);
  help.addEventListener("click", () => {
    chat.setAttribute("order", order.order_id);
    chat.show();
  });
  card.append(title, line("p", state, `state ${mood}`), line("p", `Order ${order.order_id}, ${day(order.ordered_on)}`));
  if (order.delivery_due_on) card.append(line("p", `Delivery until ${day(order.delivery_due_on)}`));
  if (order.paid_through_escrow === false) card.append(line("p", "Paid to the seller, outside the marketplace"));
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
  document.getElementById("trouble").textContent = "Your orders cannot be shown now. Please reload the page.";
}
