import Foundation
import Tensors
import Testing

@Suite struct ValueTests {
  @Test("A shape knows its rank, its count and its extents from both ends")
  func shape() {
    let shape: Shape = [2, 3, 4]
    #expect((shape.rank, shape.count, shape[0], shape[-1], shape[-3]) == (3, 24, 2, 4, 2))
    #expect(Shape.scalar.count == 1)
    #expect(([3, 0, 5] as Shape).count == 0)
    #expect(shape.description == "[2, 3, 4]")
    #expect(Shape.scalar.description == "[]")
  }

  @Test(
    "Shapes broadcast as in NumPy",
    arguments: [
      ([], [], []), ([3], [], [3]), ([2, 1], [3], [2, 3]), ([1], [0], [0]), ([0], [0], [0]),
      ([5, 1, 3], [4, 1], [5, 4, 3]), ([2], [3], nil), ([0], [2], nil), ([2, 3], [2], nil),
    ] as [(Shape, Shape, Shape?)])
  func broadcasting(_ a: Shape, _ b: Shape, _ expected: Shape?) {
    #expect(a.broadcast(with: b) == expected)
    #expect(b.broadcast(with: a) == expected)
  }

  @Test("A shape is stored as a plain list, and a negative extent is refused")
  func shapeCoding() throws {
    let data = try JSONEncoder().encode([2, 3] as Shape)
    #expect(String(decoding: data, as: UTF8.self) == "[2,3]")
    #expect(try JSONDecoder().decode(Shape.self, from: data) == [2, 3])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Shape.self, from: Data("[2,-1]".utf8))
    }
  }

  @Test("An array hands out rows along its first axis")
  func rows() {
    let array = NDArray([1, 2, 3, 4, 5, 6], shape: [3, 2])
    #expect(array.rows(1..<3) == NDArray([3, 4, 5, 6], shape: [2, 2]))
    #expect(array.rows(1..<1) == NDArray([], shape: [0, 2]))
    #expect(NDArray(7).shape == [])
    #expect(NDArray(repeating: 2, shape: [2, 0]).scalars.isEmpty)
  }

  @Test("A storage begins with zeros, aligned to a cache line")
  func storage() {
    for count in [0, 1, 15, 1000] {
      let storage = Storage(count: count)
      #expect(storage.count == count)
      storage.withFloats { floats in
        #expect(floats.count == count && floats.allSatisfy { $0 == 0 })
        #expect(UInt(bitPattern: floats.baseAddress).isMultiple(of: 64))
      }
    }
  }

  @Test("Gathering parameters keeps their values, in one block in order")
  func gathering() {
    let parameters = [3, 16, 0, 17].map { count in
      Parameter(NDArray((0..<count).map(Float.init), shape: [count]))
    }
    let values = parameters.map(\.value)
    Parameter.gather(parameters)
    #expect(parameters.map(\.value) == values)
    let addresses = parameters.map { $0.withFloats { UInt(bitPattern: $0.baseAddress) } }
    #expect(addresses == addresses.sorted())
    #expect(addresses.allSatisfy { $0.isMultiple(of: 64) })
    #expect(addresses[1] - addresses[0] == 64)
    Parameter.gather(Array(parameters.reversed()))
    #expect(parameters.map(\.value) == values)
    parameters[1].withMutableFloats { $0[0] = 9 }
    #expect(parameters[1].value.scalars[0] == 9)
  }
}
