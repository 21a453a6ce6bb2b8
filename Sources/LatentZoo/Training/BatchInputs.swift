/// The inputs of a plan that hold a batch, and the batch as the family's code sees it.
struct BatchInputs {
  /// In the order of `LoadedBatch.storages`, then the epoch.
  let tensors: [Tensor]
  let batch: Batch

  /// Inputs for `count` examples.
  init(_ data: DataShape, contents: BatchContents, count: Int) {
    let shape = data.batched(count)
    let (examples, epoch) = (Tensor.input(shape), Tensor.input(.scalar))
    var tensors = [examples]
    func input(_ shape: Shape) -> Tensor {
      let tensor = Tensor.input(shape)
      tensors.append(tensor)
      return tensor
    }
    let labels = contents.contains(.labels) ? input([count]) : nil
    let neighbours = contents.contains(.neighbours) ? (input(shape), input(shape)) : nil
    let labelled = contents.contains(.labelledExamples) ? (input(shape), input([count])) : nil
    self.tensors = tensors + [epoch]
    batch = Batch(
      examples: examples, epoch: epoch, labels: labels, neighbours: neighbours, labelled: labelled)
  }
}
