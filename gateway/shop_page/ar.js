// The made-up shop's words in Arabic. What is ordered is called as the seller called it.

export default {
  title: "طلباتك - السوق التجريبي",
  skip: "انتقل إلى طلباتك",
  brand: "السوق التجريبي",
  who: "تم تسجيل الدخول باسم",
  buyer: "مشترٍ تجريبي",
  made_up: "هذا متجر غير حقيقي، وهو موجود في بيئة التطوير فقط. كل طلب في حالة مختلفة، ليمكن تجربة كل قاعدة من قواعد حماية المشتري.",
  orders: "طلباتك",
  try_it: "جرّب:",
  another_buyer: "مشترٍ آخر",
  no_orders: "لا يمكن عرض طلباتك الآن. يُرجى إعادة تحميل الصفحة.",

  help: "احصل على مساعدة بشأن هذا الطلب",
  ordered: "الطلب {number}، {day}",
  due: "التسليم حتى {day}",
  outside: "دُفع للبائع مباشرةً، خارج السوق",
  late: "{state}، وقد تأخر",

  not_shipped: "لم يُشحن بعد",
  no_valid_tracking: "لا يوجد رقم تتبع صالح",
  in_transit: "في الطريق",
  delivered: "تم التسليم",
  delivered_on: "تم التسليم في {day}",
  delivered_elsewhere: "سُلّم إلى عنوان آخر",
  returned: "أُعيد إلى المرسل",
  lost: "فقدته شركة الشحن",
  confiscated: "صادرته الجمارك",
  no_news: "لا أخبار",
};
