import Tensors
import TestSupport
import Testing

@Suite struct ResizeTests {
  struct Case: CustomStringConvertible {
    let x: Shape
    let size: [Int]
    var description: String { "\(x) to \(size)" }
  }

  static let cases = [
    Case(x: [2, 3, 3, 4], size: [6, 8]), Case(x: [1, 1, 3, 2], size: [9, 2]),
    Case(x: [2, 17, 2, 3], size: [5, 7]), Case(x: [3, 2, 6, 5], size: [4, 2]),
    Case(x: [2, 2, 1, 1], size: [3, 2]), Case(x: [2, 3, 4, 5], size: [1, 1]),
    Case(x: [1, 4, 1, 7], size: [1, 13]), Case(x: [2, 2, 3, 3], size: [3, 3]),
    Case(x: [0, 3, 2, 2], size: [4, 4]),
  ]

  /// Where a row or column of the result lies in the image, and the shares of its two neighbours.
  private static func neighbours(
    _ place: Int, _ extent: Int, _ count: Int, _ interpolation: Interpolation
  ) -> [(index: Int, share: Double)] {
    let scale = Double(extent) / Double(count)
    let position: Double
    switch interpolation {
    case .nearest: return [(Int((Double(place) * scale + 1e-9).rounded(.down)), 1)]
    case .linear: position = max((Double(place) + 0.5) * scale - 0.5, 0)
    case .linearAlignedCorners:
      position = count == 1 ? 0 : Double(place * (extent - 1)) / Double(count - 1)
    }
    let first = min(Int(position), extent - 1)
    return [
      (first, 1 - (position - Double(first))),
      (min(first + 1, extent - 1), position - Double(first)),
    ]
  }

  private static func resized(
    _ x: DoubleArray, _ size: [Int], _ interpolation: Interpolation
  ) -> DoubleArray {
    var values: [Double] = []
    for image in 0..<x.shape[0] * x.shape[1] {
      for y in 0..<size[0] {
        for column in 0..<size[1] {
          var total = 0.0
          for (row, a) in neighbours(y, x.shape[2], size[0], interpolation) {
            for (place, b) in neighbours(column, x.shape[3], size[1], interpolation) {
              total += a * b * x.values[(image * x.shape[2] + row) * x.shape[3] + place]
            }
          }
          values.append(total)
        }
      }
    }
    return DoubleArray(values, shape: Shape([x.shape[0], x.shape[1]] + size))
  }

  @Test(
    "Images of another size agree with plain loops, and so do the gradients", arguments: cases,
    [.nearest, .linear, .linearAlignedCorners] as [Interpolation])
  func values(_ example: Case, _ interpolation: Interpolation) throws {
    try checkOperator(
      [Draw(example.x)],
      reference: { Self.resized($0[0], example.size, interpolation) },
      { $0[0].resized(to: example.size, interpolation) })
  }

  @Test("What is copied is copied, infinities and NaN as well")
  func copies() throws {
    let x = NDArray([.infinity, -1, .nan, 2], shape: [1, 1, 2, 2])
    let y = try Tensor(x).resized(to: [4, 4], .nearest).evaluated().scalars
    let inf = Float.infinity
    #expect(y[..<8] == [inf, inf, -1, -1, inf, inf, -1, -1])
    #expect(y[8...].map(\.isNaN) == [true, true, false, false, true, true, false, false])
    #expect(y[10] == 2 && y[15] == 2)
  }

  @Test("Each number of an image comes equally often, however large the factor")
  func wholeFactors() throws {
    for factor in [3, 7, 41, 49] {
      let x = NDArray((0..<13).map { Float($0) }, shape: [1, 1, 1, 13])
      let y = try Tensor(x).resized(to: [1, 13 * factor], .nearest).evaluated().scalars
      #expect(y == (0..<13 * factor).map { Float($0 / factor) })
    }
  }

  @Test("Sizes and shapes that make no sense are reported")
  func faults() {
    let x = Tensor(NDArray(repeating: 0, shape: [2, 3, 4, 5]))
    #expect(
      x.resized(to: [0, 2], .nearest).fault?.description
        == "Resize of [2, 3, 4, 5]: height and width must be positive, before and after")
    #expect(
      x.reshaped(to: [6, 4, 5]).resized(to: [2, 2], .linear).fault?.description
        == "Resize of [6, 4, 5]: images must be [N, C, H, W]")
  }
}
