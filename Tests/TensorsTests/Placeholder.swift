import Layers
import Tensors
import Testing

@Test func spike() throws {
  for threads in [1, 2] {
    let engine = try Engine(threadCount: threads)
    var random = RandomSource(seed: 1)
    let a = Linear(inputSize: 784, outputSize: 400, using: &random)
    let m = Linear(inputSize: 400, outputSize: 20, using: &random)
    let l = Linear(inputSize: 400, outputSize: 20, using: &random)
    let d = Linear(inputSize: 20, outputSize: 400, using: &random)
    let o = Linear(inputSize: 400, outputSize: 784, using: &random)
    var pass = Pass.training(using: random)
    let x = Tensor.input([128, 784])
    let rates = Tensor.input([3])
    let h = a(x, using: &pass).relu()
    let q = DiagonalGaussian(mean: m(h, using: &pass), logVariance: l(h, using: &pass))
    let y = o(d(q.sample(using: &pass), using: &pass).relu(), using: &pass)
    let rec = ReconstructionLoss.binaryCrossEntropy(of: y, target: x).mean()
    let kl = q.klDivergenceToStandardNormal().mean()
    let loss = rec + kl
    let ps = [a, m, l, d, o].flatMap(\.parameters)
    let opt = Optimizer(.adam(), of: ps)
    let gs = try gradients(of: loss, withRespectTo: opt.parameters.map(\.tensor))
    let plan = try Plan(inputs: [x, rates], outputs: [loss, rec, kl], updates: opt.updates(gradients: gs, rates: rates), on: engine)
    print("barriers", plan.barrierCount, "arena", plan.arenaByteCount)
    plan.dump()
    let xs = Storage(count: 128 * 784), rs = Storage(count: 3)
    xs.withMutableFloats { for i in $0.indices { $0[i] = random.uniform() } }
    let clock = ContinuousClock()
    func step(_ t: UInt64) throws {
      let r = opt.nextRates(learningRate: 1e-3)
      rs.withMutableFloats { _ = $0.update(from: r) }
      try plan.run(on: [xs, rs], seed: 1, step: t)
    }
    for t in 0..<30 { try step(UInt64(t)) ; if t % 10 == 0 { print(plan.output(0).scalars) } }
    var times: [Double] = []
    for t in 0..<300 {
      let s = try clock.measure { try step(UInt64(t + 30)) }
      times.append(Double(s.components.attoseconds) * 1e-15)
    }
    times.sort()
    print("threads", threads, "median ms", times[150], "min", times[0], "loss", plan.output(0).scalars)
  }
}
