// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.stack.net.NumericHost;
import com.techpro.callclient.stack.sip.message.SipParseException;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** The SIP domains of a certificate (RFC 5922 §7.1), and whether a domain is one of them (§7.2). */
final class CertificateNames {
    private static final int DNS = 2;
    private static final int URI = 6;
    private static final int IP = 7;

    private CertificateNames() {}

    /**
     * Returns the domains in lower case: SIP URIs without user part and DNS names of the
     * subjectAltName. Also literal addresses, as a phone system on a local network has no name. The
     * common name counts only if there is no subjectAltName at all. A DNS name or common name that
     * looks like an address does not count (RFC 9525 §6.5).
     */
    static List<String> of(X509Certificate certificate) {
        Collection<List<?>> alternatives;
        try {
            alternatives = certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException e) {
            return List.of();
        }
        List<String> names = new ArrayList<>(2);
        if (alternatives == null) {
            String common = commonName(certificate.getSubjectX500Principal());
            if (common != null && NumericHost.parse(common) == null) {
                names.add(common.toLowerCase(Locale.ROOT));
            }
            return names;
        }
        for (List<?> alternative : alternatives) {
            if (alternative.get(0) instanceof Integer type && alternative.get(1) instanceof String value) {
                String name = type == URI ? domainOf(value) : type == DNS || type == IP ? value : null;
                boolean disguised = type == DNS && NumericHost.parse(value) != null;
                if (name != null && !disguised) {
                    names.add(name.toLowerCase(Locale.ROOT));
                }
            }
        }
        return names;
    }

    /** Compares complete names: wildcards do not match (RFC 5922 §7.2). */
    static boolean speaksFor(X509Certificate certificate, String domain) {
        String wanted = domain.toLowerCase(Locale.ROOT);
        InetAddress address = NumericHost.parse(wanted);
        for (String name : of(certificate)) {
            boolean same = address == null ? name.equals(wanted) : address.equals(NumericHost.parse(name));
            if (same && name.indexOf('*') < 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a web server with this certificate may serve a host (RFC 9525 §6): by the names of
     * the subjectAltName only, where a wildcard may replace the first label.
     */
    static boolean speaksForWeb(X509Certificate certificate, String host) {
        String wanted = host.toLowerCase(Locale.ROOT);
        InetAddress address = NumericHost.parse(wanted);
        int dot = wanted.indexOf('.');
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            for (List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
                if (alternative.get(0) instanceof Integer type && alternative.get(1) instanceof String value) {
                    String name = value.toLowerCase(Locale.ROOT);
                    boolean wildcard = name.startsWith("*.") && dot > 0 && name.indexOf('.', 2) > 0;
                    boolean same = address != null
                            ? type == IP && address.equals(NumericHost.parse(name))
                            : type == DNS
                                    && (name.equals(wanted)
                                            || (wildcard && name.substring(1).equals(wanted.substring(dot))));
                    if (same) {
                        return true;
                    }
                }
            }
        } catch (CertificateParsingException e) {
            return false;
        }
        return false;
    }

    private static @Nullable String domainOf(String text) {
        try {
            SipUri uri = SipUri.parse(text);
            return uri.scheme().equals("sip") && uri.user() == null ? uri.host() : null;
        } catch (SipParseException e) {
            return null;
        }
    }

    /** Returns the most specific common name, if it looks like a host. */
    private static @Nullable String commonName(X500Principal subject) {
        String name = subject.getName(X500Principal.RFC2253);
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            char c = i < name.length() ? name.charAt(i) : ',';
            if (c == '\\') {
                i++;
            } else if (c == ',' || c == '+') {
                String part = name.substring(start, i);
                if (part.regionMatches(true, 0, "CN=", 0, 3)) {
                    String value = part.substring(3);
                    return value.matches("[A-Za-z0-9._:-]+") ? value : null;
                }
                start = i + 1;
            }
        }
        return null;
    }
}
