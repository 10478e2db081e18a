// The made-up shop's words in English.

export default {
  title: "Your orders - Made-up Market",
  skip: "Skip to your orders",
  brand: "Made-up Market",
  who: "Signed in as",
  buyer: "a made-up buyer",
  made_up: "This shop is made up, and it is here in development only. Each order is in another state, so that each rule of Buyer Protection can be tried.",
  orders: "Your orders",
  try_it: "Try it:",
  another_buyer: "another buyer",
  no_orders: "Your orders cannot be shown now. Please reload the page.",

  help: "Get help with this order",
  ordered: "Order {number}, {day}",
  due: "Delivery until {day}",
  outside: "Paid to the seller, outside the marketplace",
  late: "{state}, and late",

  not_shipped: "Not shipped yet",
  no_valid_tracking: "No valid tracking number",
  in_transit: "On its way",
  delivered: "Delivered",
  delivered_on: "Delivered on {day}",
  delivered_elsewhere: "Delivered to another address",
  returned: "Returned to the sender",
  lost: "Lost by the carrier",
  confiscated: "Taken by customs",
  no_news: "No news",
};
