/// Where the time of a training's steps went.
public struct TrainingProfile: Sendable {
  /// One objective's share of the steps.
  public struct Objective: Sendable {
    /// The objective's name.
    public let name: String
    /// Time of each kernel, with the layer it works for.
    public let kernels: PlanProfile
    /// Memory for values between layers, bytes.
    public let arenaByteCount: Int
  }

  /// Examples in a step; steps of other sizes, such as the last of an epoch, are not in it.
  public let batchSize: Int
  /// In the order in which a step runs them.
  public let objectives: [Objective]
  /// What matrix products reached at best afterwards, floating-point operations a second.
  public let productPeak: Double
  /// The most memory the process held, bytes.
  public let peakMemory: Int
}
