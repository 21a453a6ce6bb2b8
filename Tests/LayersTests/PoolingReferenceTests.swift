import Layers
import Tensors
import Testing

@Suite struct PoolingReferenceTests {
  private static func check(
    _ path: String, _ make: (LayerReference) throws -> any Layer
  ) throws {
    try checkFunction(path) { example, inputs in
      var pass = Pass.evaluation()
      let (layer, x) = (try make(example), try inputs("x"))
      return layer(x, using: &pass)
    }
  }

  private static func window(_ example: LayerReference) throws -> [Size2D] {
    try ["kernelSize", "stride", "padding"].map { name in
      let numbers: [Int] = try example.setting(name)
      return Size2D(numbers[0], numbers[numbers.count - 1])
    }
  }

  @Test(
    "The greatest of windows of images is PyTorch's",
    arguments: LayerReference.cases(of: "maxPool2d"))
  func maxPool2D(_ path: String) throws {
    try Self.check(path) {
      let window = try Self.window($0)
      return MaxPool2D(kernelSize: window[0], stride: window[1], padding: window[2])
    }
  }

  @Test(
    "The greatest of windows of sequences is PyTorch's",
    arguments: LayerReference.cases(of: "maxPool1d"))
  func maxPool1D(_ path: String) throws {
    try Self.check(path) {
      let window = try Self.window($0).map(\.width)
      return MaxPool1D(kernelSize: window[0], stride: window[1], padding: window[2])
    }
  }

  @Test(
    "The mean of windows of images is PyTorch's",
    arguments: LayerReference.cases(of: "averagePool2d"))
  func averagePool2D(_ path: String) throws {
    try Self.check(path) {
      let window = try Self.window($0)
      return AveragePool2D(kernelSize: window[0], stride: window[1], padding: window[2])
    }
  }

  @Test(
    "The mean of windows of sequences is PyTorch's",
    arguments: LayerReference.cases(of: "averagePool1d"))
  func averagePool1D(_ path: String) throws {
    try Self.check(path) {
      let window = try Self.window($0).map(\.width)
      return AveragePool1D(kernelSize: window[0], stride: window[1], padding: window[2])
    }
  }

  @Test(
    "The mean over all places is PyTorch's",
    arguments: LayerReference.cases(of: "globalAveragePool1d")
      + LayerReference.cases(of: "globalAveragePool2d"))
  func globalAveragePool(_ path: String) throws {
    try Self.check(path) { _ in GlobalAveragePool() }
  }

  @Test(
    "Images and sequences of another size are PyTorch's",
    arguments: LayerReference.cases(of: "upsample"))
  func upsample(_ path: String) throws {
    try Self.check(path) { example in
      let mode: String = try example.setting("mode")
      let isAligned: Bool = try example.settingIfPresent("alignCorners") ?? false
      let interpolation: Interpolation =
        mode == "nearest" ? .nearest : isAligned ? .linearAlignedCorners : .linear
      if let scale: [Int] = try example.settingIfPresent("scale") {
        return Upsample(
          .scale(Size2D(scale[0], scale[scale.count - 1])), interpolation: interpolation)
      }
      let size: [Int] = try example.setting("size")
      return Upsample(.fixed(Size2D(size[0], size[size.count - 1])), interpolation: interpolation)
    }
  }

  @Test("The stride is the window's size where none is given")
  func defaultStride() throws {
    var pass = Pass.evaluation()
    let image = Tensor(NDArray(repeating: 0, shape: [1, 2, 7, 9]))
    #expect(MaxPool2D(kernelSize: Size2D(2, 3))(image, using: &pass).shape == [1, 2, 3, 3])
    #expect(AveragePool2D(kernelSize: 3)(image, using: &pass).shape == [1, 2, 2, 3])
    let sequence = Tensor(NDArray(repeating: 0, shape: [1, 2, 9]))
    #expect(MaxPool1D(kernelSize: 4)(sequence, using: &pass).shape == [1, 2, 2])
    #expect(AveragePool1D(kernelSize: 4)(sequence, using: &pass).shape == [1, 2, 2])
    #expect(Upsample(scale: 2)(image, using: &pass).shape == [1, 2, 14, 18])
  }

  @Test("What does not fit a layer is a fault, not a crash")
  func faults() {
    var pass = Pass.evaluation()
    let matrix = Tensor(NDArray(repeating: 0, shape: [4, 5]))
    let short = Tensor(NDArray(repeating: 0, shape: [1, 2, 3]))
    #expect(MaxPool1D(kernelSize: 4)(short, using: &pass).fault != nil)
    for layer in [MaxPool1D(kernelSize: 2), MaxPool2D(kernelSize: 2), Upsample(scale: 2)]
      as [any Layer]
    {
      #expect(layer(matrix, using: &pass).fault != nil)
    }
  }
}
