// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.tls;

/** The kind of certificate that the PBX presents to TLS clients. */
public enum ServerCertificate {
    /**
     * Names the PBX's domain, is valid now, and comes from the authority of
     * {@code EmbeddedPbx#tlsTrust}.
     */
    VALID,
    /** Expired, otherwise right. */
    EXPIRED,
    /** Has wrong names, otherwise right. */
    WRONG_HOST,
    /** From an untrusted authority, otherwise right. */
    UNTRUSTED
}
