import Foundation
import LatentZoo
import Testing

@Suite struct LatentPriorTests {
  private static let kinds: [LatentPrior] = [
    .standardNormal, .uniform(radius: 2), .gaussianMixture(PetalMixture()), .swissRoll(SwissRoll()),
    .fitted, .labelled(classCount: 3, style: .uniform(radius: 0.5)),
  ]

  private static func decoded(_ json: String) throws -> LatentPrior {
    try JSONDecoder().decode(LatentPrior.self, from: Data(json.utf8))
  }

  /// Mean and standard deviation.
  private static func moments(_ values: some Sequence<Double>) -> (mean: Double, deviation: Double)
  {
    let values = Array(values)
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(values.count)).squareRoot())
  }

  @Test("JSON gives every prior back", arguments: kinds)
  func json(_ prior: LatentPrior) throws {
    let data = try JSONEncoder().encode(prior)
    #expect(try JSONDecoder().decode(LatentPrior.self, from: data) == prior)
  }

  @Test("A prior without settings is a word, and a word is a prior with the usual settings")
  func words() throws {
    let stored = try JSONEncoder().encode(LatentPrior.fitted)
    #expect(stored == Data("\"fitted\"".utf8))
    #expect(try LatentPrior(parsing: "swissRoll") == .swissRoll(SwissRoll()))
    #expect(try LatentPrior(parsing: #"{"kind": "uniform", "radius": 3}"#) == .uniform(radius: 3))
    #expect(try Self.decoded(#"{"kind":"standardNormal"}"#) == .standardNormal)
  }

  @Test(
    "What is wrong with a prior is said by name",
    arguments: [
      ("\"normal\"", "standardNormal"), (#"{"kind":"cube"}"#, "kind is one of"),
      (#"{"kind":"uniform","raduis":1}"#, "the uniform prior has no setting \"raduis\""),
      (#"{"kind":"gaussianMixture","components":0}"#, "\"components\" lies in 1...1000, got 0"),
      (#"{"kind":"swissRoll","turns":"two"}"#, "\"turns\" takes a number"),
    ])
  func badJSON(_ json: String, _ message: String) {
    #expect {
      try Self.decoded(json)
    } throws: { error in
      "\(error)".contains(message)
    }
  }

  @Test(
    "A typed prior that is none is answered with those there are", arguments: ["normal", "3", "{}"])
  func badText(_ text: String) {
    #expect {
      try LatentPrior(parsing: text)
    } throws: { error in
      "\(error)".contains("setting \"prior\" is one of standardNormal, uniform")
        && "\(error)".contains("got \"\(text)\"")
    }
  }

  @Test(
    "A prior refuses codes of a size it does not have",
    arguments: [
      (LatentPrior.gaussianMixture(PetalMixture()), 3, "use latentSize=2"),
      (.swissRoll(SwissRoll()), 1, "use latentSize=2"),
      (.labelled(classCount: 4, style: .standardNormal), 4, "no room for a style"),
      (.labelled(classCount: 4, style: .swissRoll(SwissRoll())), 7, "the swissRoll prior"),
      (.fitted, 2, "once codes were fitted"),
    ])
  func badSize(_ prior: LatentPrior, _ size: Int, _ message: String) {
    #expect {
      try prior.codes(1, size: size, seed: 1)
    } throws: { error in
      "\(error)".contains(message)
    }
  }

  @Test("The same seed draws the same codes, another one others", arguments: kinds)
  func seeds(_ prior: LatentPrior) throws {
    guard prior != .fitted else { return }
    let size = prior.classCount == 3 ? 5 : 2
    let codes = try prior.codes(20, size: size, seed: 4)
    #expect(codes.shape == [20, size])
    #expect(try prior.codes(20, size: size, seed: 4) == codes)
    #expect(try prior.codes(20, size: size, seed: 5) != codes)
  }

  @Test("Uniform elements fill their range evenly")
  func uniform() throws {
    let values = try LatentPrior.uniform(radius: 3).codes(4000, size: 3, seed: 1).scalars
    #expect(values.allSatisfy { (-3...3).contains($0) })
    let (mean, deviation) = Self.moments(values.map { Double($0) })
    #expect(abs(mean) < 0.05)
    #expect(abs(deviation - 3.0.squareRoot()) < 0.03)
  }

  @Test("A label chooses a petal, which lies along its own direction", arguments: [0, 3, 9])
  func petal(_ label: Int) throws {
    let labels = [Int](repeating: label, count: 3000)
    let codes = try LatentPrior.gaussianMixture(PetalMixture())
      .codes(3000, size: 2, labels: labels, seed: 2).scalars.map { Double($0) }
    let angle = 2 * Double.pi * Double(label) / 10
    let along = Self.moments(
      (0..<3000).map { codes[2 * $0] * cos(angle) + codes[2 * $0 + 1] * sin(angle) })
    let across = Self.moments(
      (0..<3000).map { codes[2 * $0 + 1] * cos(angle) - codes[2 * $0] * sin(angle) })
    #expect(abs(along.mean - 1.4) < 0.03 && abs(along.deviation - 0.5) < 0.03)
    #expect(abs(across.mean) < 0.01 && abs(across.deviation - 0.1) < 0.01)
  }

  @Test("A label chooses an arc of the spiral", arguments: [0, 4, 9])
  func arc(_ label: Int) throws {
    let labels = [Int](repeating: label, count: 500)
    let codes = try LatentPrior.swissRoll(SwissRoll())
      .codes(500, size: 2, labels: labels, seed: 2).scalars.map { Double($0) }
    for row in 0..<500 {
      let (x, y) = (codes[2 * row], codes[2 * row + 1])
      let root = (x * x + y * y).squareRoot() / 3
      let arc = Double(label) / 10 - 1e-5...Double(label + 1) / 10 + 1e-5
      #expect(arc.contains(root * root))
      let angle = 4 * Double.pi * root
      #expect(abs(x - 3 * root * cos(angle)) < 1e-4 && abs(y - 3 * root * sin(angle)) < 1e-4)
    }
  }

  @Test("A labelled code ends with its class; -1 and no label are any class, each as likely")
  func labelled() throws {
    let prior = LatentPrior.labelled(classCount: 4, style: .standardNormal)
    func classes(_ labels: [Int]?) throws -> [Int] {
      let codes = try prior.codes(4000, size: 6, labels: labels, seed: 3).scalars
      return try (0..<4000).map { row in
        let ending = codes[6 * row + 2..<6 * row + 6]
        #expect(ending.reduce(0, +) == 1)
        return try #require(ending.firstIndex(of: 1)) - ending.startIndex
      }
    }
    let given = (0..<4000).map { $0 % 4 }
    #expect(try classes(given) == given)
    for labels in [nil, [Int](repeating: -1, count: 4000)] {
      let found = try classes(labels)
      for label in 0..<4 { #expect(abs(found.count { $0 == label } - 1000) < 100) }
    }
  }
}
