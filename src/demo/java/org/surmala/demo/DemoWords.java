package org.surmala.demo;

import java.util.List;

/** Titles, invented artists and lines of lyrics for the composed songs. */
final class DemoWords {
  static final List<String> ENGLISH_TITLES =
      List.of(
          "Paper Lanterns",
          "Slow Rain on Mill Road",
          "Neon Harbour",
          "Barefoot in September",
          "Pocket Full of Change",
          "Signal Fires",
          "Leave the Porch Light On",
          "Glass Elevator",
          "Wildflower Line",
          "Corner Store Sunday",
          "Static Hearts",
          "Winter Coat",
          "Satellite Summer",
          "River Road Raga",
          "Half Past Dancing",
          "Thunder in the Attic",
          "Letters I Kept",
          "Electric Morning",
          "Honey and Smoke",
          "The Long Way to Town");

  static final List<String> ENGLISH_ARTISTS =
      List.of(
          "The Tin Kites",
          "Marlow Finch",
          "Copper Avenue",
          "June Abernathy",
          "Lowlight Society",
          "Harbour Street Band",
          "Otis Vale");

  static final List<String> ENGLISH_LINES =
      List.of(
          "I walked the length of the empty pier",
          "You said the morning would find us here",
          "The radio hums in a stranger's key",
          "And every window looks back at me",
          "We counted trains till the tracks went cold",
          "There's a map in my coat that I never unfold",
          "The city is loud but the street is asleep",
          "I gave you a promise too heavy to keep",
          "Paint on my hands and the sun on the wall",
          "I heard your name at the end of the hall",
          "Dancing in kitchens with nobody home",
          "I left you a song on a broken phone",
          "The tide takes the letters we wrote in the sand",
          "A coin for the jukebox, a stamp on my hand",
          "The summer was longer than anyone said",
          "I still hear the rain that we left on the shed",
          "Oh, turn it up till the ceiling shakes",
          "I'll pay for the roses and your mistakes",
          "Headlights are rivers that run through the night",
          "We'll both be wrong if it ends up right",
          "The kettle is singing, the cat's at the door",
          "I don't keep the hours the way I did before",
          "Carry me over the hill and the wire",
          "There's still a little smoke in the oldest fire");

  static final List<String> BANGLA_TITLES =
      List.of(
          "শ্রাবণের চিঠি",
          "রাতের সেতার",
          "একতারার পথ",
          "উজান গাঙের নাও",
          "শহরের বৃষ্টি",
          "শিউলি ঝরা ভোর",
          "মেঘের ওপারে",
          "ধুলো মাখা মন",
          "ভাটির টান",
          "জানালার কাচে রোদ",
          "কাশফুলের দেশে",
          "নীরব দীপশিখা",
          "খেয়াঘাটের মাঝি",
          "নদী জানে সব",
          "তোমার নামে সন্ধ্যা",
          "বকুলতলার ছায়া",
          "চাঁদের সরোবর",
          "মাটির গান",
          "দূরের বাঁশি",
          "শেষ ট্রামের আলো");

  static final List<String> BANGLA_ARTISTS =
      List.of(
          "মেঘমল্লার দল",
          "অনামিকা সেনরায়",
          "নদীর বাঁক",
          "রঙন মাহমুদ",
          "শালবনের পাখি",
          "তিথি ও বন্ধুরা",
          "সুবল মাঝি");

  static final List<String> BANGLA_LINES =
      List.of(
          "নদীর জলে ভাসাই আমার ছোট্ট কাগজ নাও",
          "ওরে মেঘ তুই একটু থেমে আমার কথা নাও",
          "ভোরের আলো ঘাসের ডগায় শিশির হয়ে থাকে",
          "কে যেন আজ নাম ধরে ওই দূরের থেকে ডাকে",
          "পথের ধুলো মুছে দিল বিকেলবেলার জল",
          "মনের ভিতর বাজে কেন অচেনা সেই ঢল",
          "জোনাকিরা জ্বালায় বাতি বাঁশবাগানের ধারে",
          "আমার গানের সুর হারাল কোন সে নদীর পারে",
          "সন্ধ্যা নামে ধীরে ধীরে তুলসীতলার কাছে",
          "পুরোনো সব চিঠি আমার আজও তোলা আছে",
          "মাঝি তুমি বাইয়া চলো উজান গাঙের টানে",
          "কী কথা যে লিখল আকাশ কেবল মাটি জানে",
          "শিউলি ফুলের গন্ধে ভরে উঠোনখানি মোর",
          "আধেক ঘুমে আধেক জাগায় রাত্রি হল ভোর",
          "বটের ছায়ায় বসে থাকে একলা পথিক কে",
          "হারানো সেই দিনের কথা আবার বলে সে",
          "বৃষ্টি পড়ে টিনের চালে ছন্দে ছন্দে গান",
          "দূরের ট্রেনের বাঁশি শুনে উদাস হল প্রাণ",
          "আকাশ জুড়ে তারার মেলা চুপটি করে চায়",
          "মনের পাখি উড়ে উড়ে তোমার দেশে যায়",
          "হাটের পথে দেখা হল ফাগুন মাসের সাথে",
          "একটি প্রদীপ জ্বেলে রেখো আজকে নিশুত রাতে",
          "ধানের খেতে ঢেউ খেলে যায় দখিন হাওয়ার দোলা",
          "তোমার দুয়ার আমার জন্য রইল আজও খোলা");

  private DemoWords() {}
}
