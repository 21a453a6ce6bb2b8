import Testing

@testable import Datasets

@Suite struct TokenizerTests {
  /// A sentence and its tokens with spaces between.
  private static let cases: [(String, String)] = [
    ("The cat sat.", "the cat sat ."),
    ("I don't know, he said.", "i do n't know , he said ."),
    (
      "It's John's; we'll go, they've gone, I'd stay, I'm here.",
      "it 's john 's ; we 'll go , they 've gone , i 'd stay , i 'm here ."
    ),
    ("can't won't cannot", "ca n't wo n't cannot"),
    ("wouldn't've", "would n't 've"),
    ("'Tis well,' quoth he to 'em.", "'tis well , ' quoth he to 'em ."),
    ("\u{201C}Stop!\u{201D} he cried \u{2014} or so\u{2026}", "\" stop ! \" he cried -- or so ..."),
    ("``quoted'' text", "\" quoted \" text"),
    ("good-bye - and then -- gone", "good-bye -- and then -- gone"),
    ("$1,000.50 at 4:30 p.m. in the u.s.", "$ 1,000.50 at 4:30 p.m . in the u.s ."),
    ("wait . . . what ? .", "wait ... what ? ."),
    ("the end.Next one", "the end . next one"),
    ("an _emphatic_ word", "an emphatic word"),
    ("celebrities ' real names", "celebrities ' real names"),
    ("Caf\u{E9} Z\u{DC}RICH o'clock", "caf\u{E9} z\u{FC}rich o'clock"),
    ("a<unk>b", "a < unk > b"),
    ("  \t ", ""),
  ]

  @Test(arguments: cases)
  func sentencesComeApartAsInTheTreebank(sentence: String, tokens: String) {
    #expect(Tokenizer().tokens(of: sentence).joined(separator: " ") == tokens)
  }

  @Test(arguments: cases)
  func textThatIsSplitAlreadyStaysAsItIs(sentence: String, tokens: String) {
    let again = Tokenizer().tokens(of: tokens).joined(separator: " ")
    #expect(again == tokens)
  }
}
