import DNSData
import SPF
package import Verdict

extension Rule {
  package static let spfSharedInfra = Rule(
    "spf.shared-infra",
    "SPF passes mail of a platform that many customers share",
    about: SPFLink.self,
    severity: .info,
    why: """
      The platform's addresses are those of all its customers, and SPF cannot tell them apart: that none of \
      them sends under this domain is left to the platform. What passes SPF so also passes DMARC.
      """,
    fix: """
      If the platform signs with a DKIM key of the domain, write `?include:`: such mail then passes DMARC by \
      its signature alone.
      """,
    references: [.rfc(9989, "11.1"), .rfc(7208, "11.4")],
    examples: [
      .flags(
        "a platform", at: ["example.com."],
        "@ MX 10 mail\n@ TXT \"v=spf1 include:sendgrid.net -all\"\nsendgrid.net. TXT \"v=spf1 -all\""),
      .passes(
        "neutral, so that DKIM decides",
        "@ MX 10 mail\n@ TXT \"v=spf1 ?include:sendgrid.net -all\"\nsendgrid.net. TXT \"v=spf1 -all\""),
      .passes(
        "a service of somebody else",
        "@ MX 10 mail\n@ TXT \"v=spf1 include:vendor.example -all\"\nvendor.example. TXT \"v=spf1 -all\""),
    ]
  ) { link, facts in
    guard link.kind == .include, link.term.qualifier == .pass,
      let platform = SharedPlatform.all.first(where: { $0.include == link.target.display })
    else { return [] }
    return [
      Fault(
        in: link.answer,
        "\(foreign: link.term.text) passes the mail of every customer of \(own: platform.name).",
        observed: "\(foreign: link.term.text)")
    ]
  }
}

/// A service that sends for many customers from the same addresses, by the name that its manual has them include.
private struct SharedPlatform {
  let include: String
  let name: String

  static let all = [
    SharedPlatform(include: "_spf.google.com", name: "Google Workspace"),
    SharedPlatform(include: "_spf.hostedemail.com", name: "OpenSRS Hosted Email"),
    SharedPlatform(include: "_spf.salesforce.com", name: "Salesforce"),
    SharedPlatform(include: "amazonses.com", name: "Amazon SES"),
    SharedPlatform(include: "mail.zendesk.com", name: "Zendesk"),
    SharedPlatform(include: "mailgun.org", name: "Mailgun"),
    SharedPlatform(include: "mx.ovh.com", name: "OVHcloud"),
    SharedPlatform(include: "relay.mailchannels.net", name: "MailChannels"),
    SharedPlatform(include: "sendgrid.net", name: "Twilio SendGrid"),
    SharedPlatform(include: "servers.mcsv.net", name: "Mailchimp"),
    SharedPlatform(include: "spf.brevo.com", name: "Brevo"),
    SharedPlatform(include: "spf.mailjet.com", name: "Mailjet"),
    SharedPlatform(include: "spf.mandrillapp.com", name: "Mailchimp Transactional"),
    SharedPlatform(include: "spf.protection.outlook.com", name: "Microsoft 365"),
    SharedPlatform(include: "spf.sendinblue.com", name: "Brevo"),
    SharedPlatform(include: "zohomail.com", name: "Zoho Mail"),
  ]
}
