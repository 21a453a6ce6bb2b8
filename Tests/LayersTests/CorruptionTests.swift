import Layers
import Tensors
import TestSupport
import Testing

@Suite struct CorruptionTests {
  private static func damaged(
    _ corruption: Corruption, _ x: NDArray, seed: UInt64 = 1
  ) throws -> [Float] {
    var pass = Pass.evaluation(using: RandomSource(seed: 3))
    let y = corruption(Tensor(x), using: &pass)
    let plan = try Plan(inputs: [], outputs: [y])
    try plan.run([NDArray](), seed: seed, step: 0)
    #expect(plan.output(0).shape == x.shape)
    return plan.output(0).scalars
  }

  private static let flat = NDArray(repeating: 0.25, shape: [500, 400])

  @Test("Normal noise has mean 0 and the deviation asked for", arguments: [0.1, 0.5])
  func gaussian(_ deviation: Double) throws {
    let noise = try Self.damaged(Corruption(.gaussian, amount: deviation), Self.flat)
      .map { Double($0) - 0.25 }
    let mean = noise.reduce(0, +) / Double(noise.count)
    let variance = noise.reduce(0) { $0 + $1 * $1 } / Double(noise.count)
    #expect(abs(mean) < 0.01 * deviation && abs(variance.squareRoot() / deviation - 1) < 0.01)
  }

  @Test("Masking sets the share of elements asked for to 0", arguments: [0.0, 0.25, 0.5, 1])
  func masking(_ rate: Double) throws {
    let values = try Self.damaged(Corruption(.masking, amount: rate), Self.flat)
    #expect(Set(values).isSubset(of: [0, 0.25]))
    let share = Double(values.count { $0 == 0 }) / Double(values.count)
    #expect(abs(share - rate) < 0.006)
  }

  @Test("Salt and pepper are equally frequent", arguments: [0.2, 0.6])
  func saltAndPepper(_ rate: Double) throws {
    let values = try Self.damaged(Corruption(.saltAndPepper, amount: rate), Self.flat)
    #expect(Set(values) == [0, 0.25, 1])
    for extreme in [Float(0), 1] {
      let share = Double(values.count { $0 == extreme }) / Double(values.count)
      #expect(abs(share - rate / 2) < 0.006)
    }
  }

  @Test(
    "Of an image whole pixels are damaged", arguments: [Corruption.Kind.masking, .saltAndPepper])
  func pixels(_ kind: Corruption.Kind) throws {
    let images = NDArray(repeating: 0.5, shape: [20, 3, 10, 10])
    let values = try Self.damaged(Corruption(kind, amount: 0.5), images)
    for image in 0..<20 {
      for pixel in 0..<100 {
        let channels = (0..<3).map { values[image * 300 + $0 * 100 + pixel] }
        #expect(Set(channels).count == 1)
      }
    }
  }

  @Test("A square lies wholly in the image, anywhere", arguments: [(0.5, 4), (0.01, 1), (1, 8)])
  func squares(_ amount: Double, _ side: Int) throws {
    let (count, height, width) = (2000, 8, 11)
    let images = NDArray(repeating: 1, shape: [count, 1, height, width])
    let values = try Self.damaged(Corruption(.squares, amount: amount), images)
    var corners = [Int](repeating: 0, count: (height - side + 1) * (width - side + 1))
    for image in 0..<count {
      let pixels = values[image * height * width..<(image + 1) * height * width]
      let zeros = pixels.enumerated().filter { $0.element == 0 }.map(\.offset)
      let (rows, columns) = (zeros.map { $0 / width }, zeros.map { $0 % width })
      let (top, left) = (try #require(rows.min()), try #require(columns.min()))
      #expect(zeros.count == side * side)
      #expect(rows.max() == top + side - 1 && columns.max() == left + side - 1)
      corners[top * (width - side + 1) + left] += 1
    }
    let expected = Double(count) / Double(corners.count)
    for found in corners { #expect(abs(Double(found) - expected) < 6 * expected.squareRoot() + 1) }
  }

  @Test("Several squares cover more; each image has its own, each run others")
  func severalSquares() throws {
    let images = NDArray(repeating: 1, shape: [50, 1, 16, 16])
    let few = try Self.damaged(Corruption(.squares, amount: 0.25), images)
    let many = try Self.damaged(Corruption(.squares, amount: 0.25, squareCount: 4), images)
    #expect(few.count { $0 == 0 } == 50 * 16)
    #expect((50 * 24...50 * 64).contains(many.count { $0 == 0 }))
    #expect(Array(few[..<256]) != Array(few[256..<512]))
    #expect(try Self.damaged(Corruption(.squares, amount: 0.25), images, seed: 2) != few)
    #expect(try Self.damaged(Corruption(.squares, amount: 0.25), images) == few)
  }

  @Test("No corruption records nothing, and what was not damaged keeps its gradient")
  func gradient() throws {
    let x = Tensor(NDArray(repeating: 2, shape: [100]))
    var pass = Pass.evaluation()
    #expect(Corruption.none(x, using: &pass) == x)
    let y = Corruption(.masking, amount: 0.5)(x, using: &pass)
    let slope = try #require(try gradients(of: y.sum(), withRespectTo: [x])[0])
    let values = try Tensor.evaluated([y, slope])
    #expect(values[1].scalars == values[0].scalars.map { $0 / 2 })
  }

  @Test("Numbers that suit no corruption are named")
  func complaints() {
    #expect(Corruption(.masking, amount: 0.5).complaint == nil)
    #expect(Corruption(.gaussian, amount: 7).complaint == nil)
    #expect(Corruption(.none, amount: -7).complaint == nil)
    #expect(Corruption(.gaussian, amount: -1).complaint?.key == "amount")
    #expect(Corruption(.saltAndPepper, amount: 1.5).complaint?.requirement == "lies in 0...1")
    #expect(Corruption(.squares, amount: 0.5, squareCount: 0).complaint?.key == "squares")
  }
}
