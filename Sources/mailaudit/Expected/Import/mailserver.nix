# What mailaudit needs of `config.mailserver` of Simple NixOS Mailserver, and nothing else: no account, no password, no
# key is looked at. An option that was not set, or that this release does not have, is null.
mailserver:
let
  inherit (builtins) attrNames deepSeq elem foldl' isAttrs isList isPath listToAttrs tryEval;

  # Options without a default throw when nobody has set them.
  attempt = value: let result = tryEval value; in if result.success then result.value else null;

  at = set: path:
    foldl' (found: name: if isAttrs found then attempt (found.${name} or null) else null) set path;

  # The first of several names that has a value: releases have renamed some.
  first = paths: foldl' (found: path: if found == null then at mailserver path else found) null paths;

  # A path stays text: it must not be copied into the store.
  plain = value:
    if isList value then map plain value
    else if isPath value then toString value
    else if isAttrs value then null
    else value;

  option = paths: let value = plain (first paths); in attempt (deepSeq value value);

  names = set: if isAttrs set then attrNames set else [ ];

  # Before 26.05 the name of an ACME certificate has a value whatever the scheme is.
  isByACME = elem (at mailserver [ "certificateScheme" ]) [ "acme" "acme-nginx" ];

  domains = at mailserver [ "dkim" "domains" ];
  selectors = domain:
    let found = at domains [ domain "selectors" ];
    in map
      (name: {
        inherit name;
        keyType = attempt (at found [ name "keyType" ]);
      })
      (names found);
in
{
  fqdn = option [ [ "fqdn" ] ];
  sendingFqdn = option [ [ "sendingFqdn" ] ];
  domains = option [ [ "domains" ] ];
  enableImap = option [ [ "enableImap" ] ];
  enableImapSsl = option [ [ "enableImapSsl" ] ];
  enableSubmission = option [ [ "enableSubmission" ] ];
  enableSubmissionSsl = option [ [ "enableSubmissionSsl" ] ];
  enablePop3 = option [ [ "enablePop3" ] ];
  enablePop3Ssl = option [ [ "enablePop3Ssl" ] ];
  enableManageSieve = option [ [ "enableManageSieve" ] ];
  dkim = {
    enable = option [ [ "dkim" "enable" ] [ "dkimSigning" ] ];
    keyDirectory = option [ [ "dkim" "keyDirectory" ] [ "dkimKeyDirectory" ] ];
    defaults = {
      selector = option [ [ "dkim" "defaults" "selector" ] [ "dkimSelector" ] ];
      keyType = option [ [ "dkim" "defaults" "keyType" ] [ "dkimKeyType" ] ];
    };
    domains = listToAttrs (map (name: { inherit name; value = { selectors = selectors name; }; }) (names domains));
  };
  srs = {
    enable = option [ [ "srs" "enable" ] ];
    domain = option [ [ "srs" "domain" ] ];
  };
  systemDomain = option [ [ "systemDomain" ] ];
  systemContact = option [ [ "systemContact" ] ];
  dmarcReporting = { enable = option [ [ "dmarcReporting" "enable" ] ]; };
  tlsrpt = { enable = option [ [ "tlsrpt" "enable" ] ]; };
  certificateScheme = option [ [ "certificateScheme" ] ];
  x509 = {
    useACMEHost = option ([ [ "x509" "useACMEHost" ] ] ++ (if isByACME then [ [ "acmeCertificateName" ] ] else [ ]));
    certificateFile = option [ [ "x509" "certificateFile" ] [ "certificateFile" ] ];
  };
}
