import Testing

extension CommandTests {
  /// What a user gets wrong is told in one sentence, and nothing is trained.
  @Suite struct BadInputTests {
    /// A wrong way to train, and what is said about it.
    struct Mistake: CustomTestStringConvertible, Sendable {
      let arguments: [String]
      let status: Int32
      let sentence: String

      init(_ line: String, _ sentence: String, status: Int32 = 1) {
        arguments = line.split(separator: " ").map(String.init)
        self.status = status
        self.sentence = sentence
      }

      var testDescription: String { arguments.joined(separator: " ") }
    }

    static let mistakes = [
      Mistake("va --data digits", "there is no family \"va\"; did you mean \"vae\"?"),
      Mistake("vae --data digit", "there is no data source 'digit' (did you mean 'digits'?)"),
      Mistake("vae --data idx:/nowhere", "there is no folder '/nowhere'"),
      Mistake("vae --data digits --backbone dens", "did you mean \"dense\"?"),
      Mistake("vae --data digits --set latentsize=3", "did you mean \"latentSize\"?"),
      Mistake("vae --data digits --set latentSize=x", "\"latentSize\" takes a whole number, got x"),
      Mistake("vae --data digits --set latentSize=0", "lies in 1...1048576, got 0"),
      Mistake("vae --data digits --set latentSize", "a setting is written key=value"),
      Mistake("vae --data digits --set likelihood=gauss", "is one of bernoulli, gaussian"),
      Mistake("vae --data digits --set hiddenSizes=[0]", "must be numbers in 1...1048576, got [0]"),
      Mistake("vae --data digits --epochs 0", "the epochs must be at least 1, got 0"),
      Mistake("vae --data digits --batch-size 0", "the batch size must be at least 1, got 0"),
      Mistake("vae --data digits --learning-rate -1", "must be a positive number, got -1.0"),
      Mistake("vae --data digits --learning-rate nan", "must be a positive number, got nan"),
      Mistake("vae --data digits --weight-decay -1", "must not be negative, got -1.0"),
      Mistake("vae --data digits --clip-norm 0", "the clipping must be a positive number"),
      Mistake("vae --data digits --validation 1", "held back for validation is 1.0"),
      Mistake("vae --data digits --validation 0", "held back for validation is 0.0"),
      Mistake("vae --data digits --name ../x", "\"../x\" cannot name a model"),
      Mistake("vae --data digits --name .x", "\".x\" cannot name a model"),
      Mistake(
        "vae --data digits --zoo /dev/null/zoo", "the zoo folder /dev/null/zoo cannot be used"),
      Mistake("vae", "Missing expected argument '--data <source>'", status: 64),
      Mistake("--data digits", "Missing expected argument '<family>'", status: 64),
      Mistake(
        "vae --data digits --epochs x", "The value 'x' is invalid for '--epochs <n>'", status: 64),
      Mistake("vae --data digits --optimizer x", "Please provide one of 'adam'", status: 64),
      Mistake(
        "vae --data digits --momentum 0.9", "--momentum belongs to --optimizer sgd", status: 64),
      Mistake("vae --data digits --clip-norm 1 --clip-value 1", "exclude each other", status: 64),
      Mistake("vae --data digits --threads 0", "--threads lies in 1...1024, got 0", status: 64),
      Mistake("vae --data digits --wat", "Unknown option '--wat'", status: 64),
    ]

    @Test("A mistake is one sentence", arguments: mistakes)
    func mistakeIsOneSentence(_ mistake: Mistake) throws {
      let folder = try TemporaryFolder()
      let zoo = mistake.arguments.contains("--zoo") ? [] : ["--zoo", folder.path]
      let run = try runCommand(["train"] + mistake.arguments + zoo)
      #expect(run.status == mistake.status, "\(run)")
      #expect(run.output.isEmpty, "\(run)")
      #expect(run.messages.hasPrefix("latentzoo: error: "), "\(run)")
      #expect(run.messages.contains(mistake.sentence), "\(run)")
      if mistake.status == 1 {
        #expect(run.messages.split(separator: "\n").count == 1, "\(run)")
      }
      #expect(try folder.names.isEmpty, "\(run)")
    }

    @Test("A training that diverges says so and saves nothing") func divergence() throws {
      let folder = try TemporaryFolder()
      let run = try runCommand([
        "train", "ae", "--data", "digits", "--zoo", folder.path, "--learning-rate", "1e30",
        "--set", "loss=squaredError", "--set", "outputActivation=identity", "--epochs", "3",
      ])
      #expect(run.status == 1, "\(run)")
      #expect(run.messages.contains("use a smaller --learning-rate"), "\(run)")
      #expect(try folder.names.isEmpty, "\(run)")
    }

    @Test("A name that is taken is told before training") func takenName() throws {
      let zoo = try TrainedZoo.shared()
      let run = try runCommand([
        "train", "vae", "--data", "digits", "--zoo", zoo.folder.path, "--epochs", "100000",
      ])
      #expect(run.status == 1, "\(run)")
      #expect(run.messages.contains("choose another --name or replace it with --force"), "\(run)")
    }
  }
}
