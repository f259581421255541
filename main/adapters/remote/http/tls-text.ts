import type { X509Certificate } from 'node:crypto';
import { hasPublicIssuer, issuerName } from './certificates.ts';

/** Why a secure connection was refused and what to do, from OpenSSL's code and the certificate that was shown. */
export function tlsSentence(code: string, host: string, certificate: X509Certificate | undefined): string {
  const refused = `No secure connection to ${host} could be made:`;
  if (!certificate) {
    return `${refused} the two sides could not agree on how (${code || 'TLS'}). Check that the address is one for https.`;
  }
  const issuer = issuerName(certificate);
  const isSelfSigned = certificate.subject === certificate.issuer;
  if (code === 'CERT_HAS_EXPIRED') {
    return `${refused} its certificate has expired (${certificate.validTo}). Check this machine's clock, or try later.`;
  }
  if (code === 'CERT_NOT_YET_VALID') {
    return `${refused} its certificate is not valid before ${certificate.validFrom}. Check this machine's clock.`;
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `${refused} its certificate belongs to another name. Check the address.`;
  }
  if (isSelfSigned) {
    return (
      `${refused} its certificate is self-signed ("${issuer}"), so no authority vouches for it. If it is your own ` +
      'server, install its certificate on this machine; otherwise your network inspects TLS: ask your administrator.'
    );
  }
  if (!hasPublicIssuer(certificate)) {
    return (
      `${refused} its certificate was issued by "${issuer}", which is no public authority and not known to this ` +
      'machine. Your network inspects TLS, or the server has a private certificate: install the certificate of that ' +
      'authority on this machine, or ask your administrator to.'
    );
  }
  return `${refused} its certificate can't be trusted (${code}). The server may be set up badly; try later.`;
}
