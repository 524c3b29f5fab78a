# The shape of the release for NixOS 25.11, whose options for DKIM and certificates have other names.
let
  unset = name: throw "The option `mailserver.${name}' was accessed but has no value defined.";
  secret = name: abort "${name} was looked at";
in
{
  fqdn = "mail.example.com";
  sendingFqdn = "mail.example.com";
  domains = [ "example.com" ];
  enableImap = true;
  enableImapSsl = true;
  enableSubmission = true;
  enableSubmissionSsl = true;
  enablePop3 = false;
  enablePop3Ssl = false;
  enableManageSieve = false;
  loginAccounts = secret "loginAccounts";
  dkimSigning = true;
  dkimKeyDirectory = /var/dkim;
  dkimSelector = "mail";
  dkimKeyType = "rsa";
  srs = { enable = false; domain = unset "srs.domain"; };
  systemDomain = "example.com";
  dmarcReporting = { enable = false; };
  certificateScheme = "manual";
  acmeCertificateName = "mail.example.com";
  certificateFile = "/etc/mail/cert.pem";
  keyFile = secret "keyFile";
}
