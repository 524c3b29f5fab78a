# The shape of `config.mailserver` of Simple NixOS Mailserver for NixOS 26.05. What must not be looked at aborts, which
# nothing can catch; options that nobody has set throw, as in NixOS.
let
  unset = name: throw "The option `mailserver.${name}' was accessed but has no value defined.";
  secret = name: abort "${name} was looked at";
in
{
  enable = true;
  stateVersion = 5;
  fqdn = "mail.example.com";
  sendingFqdn = "out.example.com";
  domains = [ "example.com" "example.org" ];
  enableImap = false;
  enableImapSsl = true;
  enableSubmission = false;
  enableSubmissionSsl = true;
  enablePop3 = false;
  enablePop3Ssl = true;
  enableManageSieve = true;
  accounts = secret "accounts";
  loginAccounts = secret "loginAccounts";
  extraVirtualAliases = secret "extraVirtualAliases";
  ldap = { bind = { dn = secret "ldap.bind.dn"; passwordFile = secret "ldap.bind.passwordFile"; }; };
  redis = { password = secret "redis.password"; };
  dkim = {
    enable = true;
    keyDirectory = "/var/dkim";
    defaults = { selector = "mail"; keyType = "rsa"; keyLength = 2048; };
    domains = {
      "example.org" = {
        selectors = {
          "ed-2026" = { keyType = "ed25519"; keyLength = unset "keyLength"; keyFile = secret "keyFile"; };
          "rsa-2026" = { keyType = "rsa"; keyLength = 2048; keyFile = secret "keyFile"; };
        };
      };
    };
  };
  srs = { enable = true; domain = "srs.example.com"; };
  systemDomain = "example.com";
  systemContact = unset "systemContact";
  dmarcReporting = { enable = true; };
  tlsrpt = { enable = false; };
  certificateScheme = throw "The option `mailserver.certificateScheme' has been removed.";
  x509 = {
    useACMEHost = "mail.example.com";
    certificateFile = unset "x509.certificateFile";
    privateKeyFile = secret "x509.privateKeyFile";
  };
}
