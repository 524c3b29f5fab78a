package import Verdict

extension Rule {
  /// Every check, in the order of the reports. A test compares this list with the files.
  package static let catalog: [Rule] = [
    dnsNoDelegation,

    mxMissing, mxIPLiteral, mxTargetNXDOMAIN, mxTargetSpecial, mxNullMixed, mxNullSending, mxDangling,
    mxCNAME, mxNullPreference, mxNullAdvised, mxDupPreferenceFamily, mxTooMany,

    hostAMissing, hostAddressSpecial, hostPTRMissing, hostPTRNotConfirmed, hostPTRGeneric,
    hostPTRCNAMEClassless,
    hostPTRMultiple, hostPTRHELODomain, hostHELOSPF, hostAAAAMissing,

    spfMissing, spfMultiple, spfVersionPrefix, spfSplitTXTAsTwo, spfJoinMissingSpace, spfSyntax,
    spfUnknownMechanism,
    spfIP4Bad, spfIP6Bad, spfMacroBad, spfTrailingGarbage, spfUnicodeDomain, spfRedirectDup, spfAllPass,
    spfCIDRWide,
    spfIncludeNone, spfIncludePermerror, spfIncludeLoop, spfIncludeSelf, spfRedirectNone, spfLookupLimit,
    spfMXLimit,
    spfVoidLimit, spfTakeover, spfOwnHostNotPass, spfMXOnlyV6, spfAllWeak, spfSoftfail, spfTermsAfterAll,
    spfRedirectAndAll,
    spfLookupNear, spfPTR, spfPTRLimit, spfMacroP, spfMXVsNull, spfAEmpty, spfDupTerms, spfLengthTotal,
    spfExpBroken, spfCNAMEAtDomain, spfParked, spfType99, spfSenderID,

    dkimActiveSelectorUnpublished, dkimCNAMEDangling, dkimMultipleRecords, dkimVTag, dkimTagSyntax,
    dkimPMissing,
    dkimPEmpty, dkimPBase64, dkimPDERInvalid, dkimPTruncated, dkimTXTQuotes, dkimRSATooShort, dkimRSAExponent,
    dkimKMismatch, dkimEd25519Length, dkimEd25519Sole, dkimHSHA1Only, dkimHUnknown, dkimSService,
    dkimWildcard, dkimNameTypo, dkimRSA1024, dkimRSALarge, dkimTY, dkimKUnknown, dkimKeyShared,
    dkimPWhitespace, dkimGTag, dkimNLong, dkimPolicyRecord,

    dmarcMissing, dmarcMultiple, dmarcVersion, dmarcPMissing, dmarcPInvalid, dmarcSPNPInvalid,
    dmarcPSDYMisuse,
    dmarcWrongLocation, dmarcCNAME, dmarcRUAScheme, dmarcSplitStrings, dmarcSyntaxDropped, dmarcDupTag,
    dmarcRUAEncoding,
    dmarcEnforceNoRUA, dmarcTestMode, dmarcSPWeaker, dmarcNPWeaker, dmarcSubdomainShadow, dmarcPSDParent,
    dmarcDeepName, dmarcRUFPrivacy, dmarcPCT, dmarcPNoneNoRUA, dmarcNPUnset, dmarcSPOnSubdomain, dmarcRFRI,
    dmarcUnknownTag, dmarcPSDInvalid, dmarcPNotSecond, dmarcRUASize, dmarcRUAMany, dmarcFOInvalid,
    dmarcParked, dmarcPNone, dmarcNPIneffective, dmarcFOWithoutRUF,

    mtastsRecordMultiple, mtastsRecordSyntax, mtastsCNAMEDangling, mtastsHostMissing, mtastsSubdomain,
    mtastsMissing, mtastsNullMX,

    tlsrptMultiple, tlsrptSyntax, tlsrptRUAScheme, tlsrptRUAUndeliverable, tlsrptWrongName, tlsrptMissing,
    tlsrptRUAEncoding, tlsrptWildcard,

    daneLength, daneAllUnusable, daneUsagePKIX, daneMatching0, daneSHA512Only, daneSelector0, daneNoRollover,

    srvTargetUnresolved, srvTargetIP, srvTargetCNAME, srvDotMixed, srvPriorityOrder, srvWeight,

    caaSyntax, caaWildcardIssue, caaMissing,

    dnsblListedMajor, dnsblListedPBL, dnsblDomainListed, dnsblListedMinor, dnsblResolverBlocked,
    dnsblAnswerNot127, dnsblSelftest, dnsblWhitelisted,
  ]
}
