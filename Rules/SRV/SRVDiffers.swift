package import Verdict

extension Rule {
  package static let srvDiffers = Rule(
    "srv.differs",
    "Mail programs are led elsewhere than expected",
    about: ExpectedRecords<WantedScopes.Services>.self,
    severity: .low,
    why: """
      Mail programs set accounts up by these records: by a missing one they find nothing, by another they try a server \
      that is not meant for them, or not the best one first.
      """,
    fix: """
      Publish the records of the expected configuration.
      """,
    references: [
      .rfc(6186, "3"), .rfc(8314, "5.1"), .rfc(2782, ""), .practice("the expected configuration"),
    ],
    examples: [
      .flags(
        "another port", at: ["_imaps._tcp.example.com."], expecting: .example,
        "_imaps._tcp SRV 0 1 1993 mail\n_submissions._tcp SRV 0 1 465 mail\n_pop3s._tcp SRV 0 0 0 .\n_imap._tcp SRV 0 0 0 ."
      ),
      .flags(
        "a service that is closed", at: ["_imap._tcp.example.com."], expecting: .example,
        "_imaps._tcp SRV 0 1 993 mail\n_submissions._tcp SRV 0 1 465 mail\n_pop3s._tcp SRV 0 0 0 .\n_imap._tcp SRV 10 1 143 mail"
      ),
      .passes(
        "as expected", expecting: .example,
        "_imaps._tcp SRV 0 1 993 MAIL\n_submissions._tcp SRV 0 1 465 mail\n_pop3s._tcp SRV 0 0 0 .\n_imap._tcp SRV 0 0 0 ."
      ),
      .passes("nothing is expected", "_imaps._tcp SRV 0 1 1993 mail"),
    ],
    precedence: .general
  ) { records, _ in records.fault() }
}
