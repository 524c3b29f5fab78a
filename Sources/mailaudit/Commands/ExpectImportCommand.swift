import ArgumentParser
import DNSData

struct ExpectImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make the file from the configuration of a mail server.",
    subcommands: [ExpectImportMailserver.self, ExpectImportFlyingCircus.self])
}

struct ImportOptions: ParsableArguments {
  @Option(
    name: .customLong("address"),
    help: .init(
      "An address of the host; repeatable. Default: what the configuration tells, else the DNS.",
      valueName: "address"))
  var addresses: [String] = []

  @Option(
    name: .customLong("keys"),
    help: .init(
      "Where copies of the server's DKIM records are, named DOMAIN.SELECTOR.txt as there.",
      valueName: "directory"))
  var keys: String?

  func validate() throws {
    for text in addresses where IPAddress(text) == nil {
      throw ValidationError("--address takes an IPv4 or IPv6 address, not \(Shown.text(text))")
    }
    guard Set(read).count == addresses.count else {
      throw ValidationError("--address names one address twice")
    }
  }

  var read: [IPAddress] { addresses.compactMap { IPAddress($0) } }
}

/// How an importer reaches the DNS, and where it writes.
struct ImportOutput: ParsableArguments {
  @OptionGroup(title: "Where to ask") var network: NetworkOptions
  @OptionGroup var output: ExpectOutput

  /// The DNS is asked for the addresses that are not known.
  func write(_ imported: ImportedSite) async throws {
    var result = imported
    if result.site.hosts.contains(where: \.addresses.isEmpty) {
      let session = try Session(network)
      await result.completeAddresses(asking: session.source, at: Session.clock())
      await session.shutDown()
    }
    try output.write(try result.text())
  }
}

struct ExpectImportMailserver: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snm",
    abstract: "From Simple NixOS Mailserver.",
    discussion: """
      With a flake:

        nix eval --json .#nixosConfigurations.HOST.config.mailserver \\
          --apply "$(mailaudit expect import snm --print-nix)" > mailserver.json
        mailaudit expect import snm mailserver.json --address 192.0.2.1 -o site.yaml

      The expression selects what is needed; accounts, passwords and keys are never looked at. Addresses are not in \
      it: without --address those of `fqdn` in the DNS are taken, and marked so in the file.
      """)

  @Argument(help: "The JSON; - for standard input.")
  var file: String?

  @Flag(name: .customLong("print-nix"), help: "Print the expression for nix eval --apply.")
  var printsNix = false

  @OptionGroup var options: ImportOptions
  @OptionGroup var output: ImportOutput

  func validate() throws {
    guard (file == nil) == printsNix else {
      throw ValidationError(
        printsNix
          ? "--print-nix takes no file"
          : "name the JSON file, or get the expression that makes it with --print-nix")
    }
  }

  func run() async throws {
    guard let file else {
      return try output.output.write(String(decoding: PackageResources.mailserver_nix, as: UTF8.self))
    }
    let input = try JSONInput.read(file)
    try await output.write(
      MailserverImport(input: input, addresses: options.read, copies: options.keys).imported())
  }
}

struct ExpectImportFlyingCircus: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flyingcircus",
    abstract: "From the mail server role of Flying Circus.",
    discussion: """
      The file is /etc/local/mail/config.json, or the options flyingcircus.roles.mailserver as JSON.

      Example: mailaudit expect import flyingcircus config.json --address 192.0.2.1 -o site.yaml
      """)

  @Argument(help: "The JSON; - for standard input.")
  var file: String

  @OptionGroup var options: ImportOptions
  @OptionGroup var output: ImportOutput

  func run() async throws {
    let input = try JSONInput.read(file)
    try await output.write(
      FlyingCircusImport(input: input, addresses: options.read, copies: options.keys).imported())
  }
}
