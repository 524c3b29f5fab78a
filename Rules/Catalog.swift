package import Verdict

extension Rule {
  /// Every check, in the order of the reports. A test compares this list with the files.
  package static let catalog: [Rule] = [
    dnsNoDelegation,

    mxMissing, mxIPLiteral, mxTargetNXDOMAIN, mxTargetSpecial, mxNullMixed, mxNullSending, mxDangling,

    hostAMissing, hostAddressSpecial, hostPTRMissing, hostPTRNotConfirmed, hostPTRGeneric,
    hostPTRCNAMEClassless,
    hostPTRMultiple,

    spfMissing, spfMultiple, spfVersionPrefix, spfSplitTXTAsTwo, spfJoinMissingSpace, spfSyntax,
    spfUnknownMechanism,
    spfIP4Bad, spfIP6Bad, spfMacroBad, spfTrailingGarbage, spfUnicodeDomain, spfRedirectDup, spfAllPass,
    spfCIDRWide,
    spfIncludeNone, spfIncludePermerror, spfIncludeLoop, spfIncludeSelf, spfRedirectNone, spfLookupLimit,
    spfMXLimit,
    spfVoidLimit, spfTakeover, spfOwnHostNotPass, spfMXOnlyV6,

    dkimActiveSelectorUnpublished, dkimCNAMEDangling, dkimMultipleRecords, dkimVTag, dkimTagSyntax,
    dkimPMissing,
    dkimPEmpty, dkimPBase64, dkimPDERInvalid, dkimPTruncated, dkimTXTQuotes, dkimRSATooShort, dkimRSAExponent,
    dkimKMismatch, dkimEd25519Length, dkimEd25519Sole, dkimHSHA1Only, dkimHUnknown, dkimSService,
    dkimWildcard,

    dmarcMissing, dmarcMultiple, dmarcVersion, dmarcPMissing, dmarcPInvalid, dmarcSPNPInvalid,
    dmarcPSDYMisuse,
    dmarcWrongLocation, dmarcCNAME, dmarcRUAScheme,

    dnsblListedMajor, dnsblListedPBL, dnsblDomainListed, dnsblListedMinor, dnsblResolverBlocked,
    dnsblAnswerNot127, dnsblSelftest, dnsblWhitelisted,
  ]
}
