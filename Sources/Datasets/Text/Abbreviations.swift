/// Words that tell where English sentences end.
enum Abbreviations {
  /// Words whose period does not end a sentence, because a name follows.
  static let titles: Set<String> = [
    "Mr", "Mrs", "Ms", "Messrs", "Dr", "St", "Ste", "Rev", "Revd", "Prof", "Hon", "Capt", "Col",
    "Gen", "Lieut", "Lt", "Sergt", "Sgt", "Maj", "Gov", "Mme", "Mlle", "Mdlle", "Supt", "Insp",
    "viz", "vs", "cf",
  ]

  /// Words whose period does not end a sentence where a number follows.
  static let references: Set<String> = [
    "No", "no", "Nos", "nos", "p", "pp", "vol", "Vol", "chap", "Chap", "Fig", "fig",
  ]

  /// Verbs that tell who spoke.
  static let speech: Set<String> = [
    "said", "says", "cried", "asked", "answered", "replied", "exclaimed", "inquired", "enquired",
    "began", "returned", "repeated", "continued", "remarked", "observed", "whispered", "murmured",
    "muttered", "shouted", "called", "ejaculated", "demanded", "added", "interrupted", "thought",
    "gasped", "screamed", "laughed", "sighed", "groaned", "faltered", "stammered", "burst",
    "broke", "pursued", "rejoined", "retorted", "responded", "protested", "suggested", "growled",
    "roared",
  ]
}
